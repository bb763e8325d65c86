"""Where the pages are of what stands on the line, and where each kind of break is mended by those who may."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.urls import NoReverseMatch, reverse
from django.utils.http import urlencode

from throughline.access import Kind, Role, Scope, decide
from throughline.access.engine import Grant
from throughline.line.checks import Break, Page
from throughline.partners.models import Partnership, Person
from throughline.plans import permissions
from throughline.plans.models import Plan
from throughline.plans.verifying import LEVELS, Level


@dataclass(frozen=True)
class Addresses:
    """The addresses of one plan's things. `origin` stands in front of each: https://… in a file, nothing in a page.

    query is carried on to the line's own pages: the day as at which they are shown.
    """

    slug: str
    plan: str
    query: str = ""
    origin: str = ""

    def _of(self, name: str, *args: object, query: str = "") -> str:
        try:
            path = reverse(name, args=[self.slug, *args])
        except NoReverseMatch:  # a reference that no address can hold has no page
            return ""
        return f"{self.origin}{path}{query}"

    def finding(self, inspection: str, reference: str) -> str:
        """A finding's own line."""
        return self._of("line:finding", self.plan, inspection, reference, query=self.query)

    def finding_page(self, inspection: str, reference: str) -> str:
        """A finding's page in the inspections room."""
        return self._of("inspections:finding", inspection, reference)

    def letter_page(self, inspection: str, letter: int, page: int) -> str:
        """A page of a letter."""
        return self._of("inspections:page", inspection, letter, page)

    def action(self, reference: str, part: str = "") -> str:
        """An action's page, perhaps one of its parts."""
        return self._of("plans:action", self.plan, reference, query=f"#{part}" if part else "")

    def impact(self, reference: str) -> str:
        """A desired impact's page."""
        return self._of("plans:impact", self.plan, reference)

    def activity(self, reference: str) -> str:
        """An assurance activity's page."""
        return self._of("assurance:activity", self.plan, reference)

    def evidence(self, reference: str) -> str:
        """A piece of evidence's page."""
        return self._of("evidence:evidence", reference)

    def inspection(self, reference: str) -> str:
        """An inspection's page."""
        return self._of("inspections:inspection", reference)

    def line(self, **query: str) -> str:
        """The line of the plan, narrowed by a query."""
        asked = urlencode(query)
        return self._of("line:line", self.plan, query=f"?{asked}" if asked else self.query)

    def actions(self, **query: str) -> str:
        """The list of the plan's actions, narrowed by a query."""
        return self._of("plans:actions", self.plan, query=f"?{urlencode(query)}" if query else "")

    def step(self, name: str, reference: str, field: str = "") -> str:
        """A form about an action, with a field to begin at: `step("set-due", "ACT-012", "id_due")`."""
        return self._of(f"plans:{name}", self.plan, reference, query=f"#{field}" if field else "")

    def plan_form(self, name: str, *args: object, query: str = "") -> str:
        """A form of the plan's."""
        return self._of(f"plans:{name}", self.plan, *args, query=query)


def of_plan(partnership: Partnership, plan: Plan, *, as_of: date | None = None, origin: str = "") -> Addresses:
    """The addresses of a plan's things."""
    query = f"?{urlencode({'as-of': as_of.isoformat()})}" if as_of else ""
    return Addresses(partnership.slug, plan.reference, query, origin)


# -- where breaks are mended -------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Way:
    """Who may mend, told by the verb and the kind of row that it needs, and where. `roles` narrows it further."""

    kind: Kind
    verb: str
    to: Callable[[Addresses, Break], str]
    roles: frozenset[Role] = frozenset(Role)


def _add_action(at: Addresses, each: Break) -> str:
    return at.plan_form("add-action", query=f"?{urlencode({'finding': f'{each.inspection}/{each.finding}'})}#id_title")


def _links(at: Addresses, each: Break) -> str:
    field = "id_findings_0" if each.kind == "action without finding" else "id_impacts_0"
    return at.step("links", each.action, field)


def _numbered(name: str, field: str) -> Callable[[Addresses, Break], str]:
    """A form about a milestone or an extension of an action."""
    return lambda at, each: at.plan_form(name, each.action, each.number, query=f"#{field}")


# The first way that is open to a person is theirs: whoever decides goes to the form, whoever asks to the action's page.
WAYS: Mapping[Page, tuple[Way, ...]] = {
    Page.ADD_ACTION: (Way(permissions.ACTION, "create", _add_action),),
    Page.LINKS: (Way(permissions.ACTION, "change", _links),),
    Page.CHANGE_ACTION: (
        Way(permissions.ACTION, "change", lambda at, each: at.step("change-action", each.action, "id_owner_post")),
    ),
    Page.ADD_TEST: (
        Way(
            permissions.IMPACT_TEST, "create", lambda at, each: at.plan_form("add-test", each.impact, query="#id_text")
        ),
    ),
    Page.SERVE_IMPACT: (
        Way(permissions.ACTION, "create", lambda at, each: at.plan_form("add-action", query="#id_title")),
    ),
    Page.OWNER: (
        Way(permissions.AREA, "change", lambda at, each: at.plan_form("area-owner", each.area, query="#id_owner_post")),
    ),
    Page.DUE: (
        Way(permissions.ACTION, "change", lambda at, each: at.step("set-due", each.action, "id_due_day")),
        Way(permissions.EXTENSION, "create", lambda at, each: at.step("ask-extension", each.action, "id_proposed_day")),
    ),
    Page.MILESTONES: (
        Way(permissions.MILESTONE, "change", _numbered("reach-milestone", "id_reached_day")),
        Way(permissions.EXTENSION, "create", lambda at, each: at.action(each.action, "milestones")),
    ),
    Page.VERIFY: (
        Way(
            permissions.VERIFICATION, "create", lambda at, each: at.step("verify", each.action, "id_basis"),
            frozenset(LEVELS[Level.CONFIRMED].roles),
        ),
    ),
    Page.DECIDE: (Way(permissions.EXTENSION, "decide", _numbered("decide-extension", "id_answer_0")),),
}  # fmt: skip


@dataclass(frozen=True)
class Mending:
    """Where a person mends what is broken."""

    at: Addresses
    partnership: UUID
    grants: tuple[Grant, ...]

    def url(self, each: Break) -> str:
        """The page or form, with its field; '' for a break that this person may not mend."""
        bodies = frozenset({UUID(each.body)}) if each.body else frozenset()
        scope = Scope(frozenset({self.partnership}), bodies)
        for way in WAYS[each.of.page]:
            grants = [grant for grant in self.grants if grant.role in way.roles]
            if decide(grants, way.verb, way.kind, scope):
                return way.to(self.at, each)
        return ""


def mending(at: Addresses, partnership: Partnership, person: Person, on: date) -> Mending:
    """Where `person` mends what is broken in a plan."""
    return Mending(at, partnership.pk, person.grants_on(on))
