"""What the returns room puts into other pages: the menu, my work, and the front page."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.urls import reverse

from throughline.access import Role, Scope, allows_new
from throughline.access.engine import Grant
from throughline.evidence import actions as evidence_actions
from throughline.evidence import links
from throughline.history import consequences
from throughline.methods.printed import count
from throughline.partners import stories
from throughline.partners.models import Partnership, Person
from throughline.partners.requests import Request
from throughline.partners.web import Panel, WorkItem, offer_panel, offer_work, partnership_of, role_names, today
from throughline.plans.queries import plans_of
from throughline.returns import actions, asked, permissions, queries
from throughline.returns.bringing import follow_change, is_held_back
from throughline.returns.models import AssuranceOutcome, MilestoneUpdate, ReportingPeriod, Return, Update
from throughline.returns.notices import place_of
from throughline.returns.states import ReturnState
from throughline.ui.menus import MenuItem
from throughline.ui.menus import register as register_menu

_WRITERS = (Role.AGENCY_LEAD, Role.DEPUTY, Role.GROUP_CHAIR)
_OPEN = (ReturnState.DRAFT, ReturnState.SENT_BACK)


def register() -> None:
    """Put everything where it is shown."""
    register_menu(MenuItem("returns", "Returns", _menu, order=40))
    offer_work(my_work)
    links.register(
        links.ThingKind(
            asked.KIND, "Returns", Return, title=lambda each: f"The return of {_return_title(each)}", url=place_of,
            related=("agency", "group", "period", "partnership"), holds_back=is_held_back, is_chosen=False,
        )
    )  # fmt: skip
    consequences.subscribe(evidence_actions.CHANGED, "take the signature off returns that bring it", follow_change)
    offer_panel("front", front)
    offer_panel("action", of_action)
    for kind, title in (("returns.milestone_update", _milestone_title), ("returns.outcome", _outcome_title)):
        stories.tell(
            kind,
            stories.Teller(title, _update_place, related=("milestone__action", *_PART) if "milestone" in kind else
                           ("activity", *_PART), last_only=True),
        )  # fmt: skip
    stories.tell("returns.update", stories.Teller(_update_title, _update_place, related=_UPDATE, last_only=True))
    # Whether a body has nothing to report is what its return says: silence until it is submitted.
    stories.tell(
        "returns.return",
        stories.Teller(_return_title, place_of, related=("agency", "group", "period", "partnership"),
                       untold=frozenset({"nil"})),
    )  # fmt: skip
    stories.tell("returns.period", stories.Teller(lambda each: each.label, _period_place, related=("partnership",)))


_PART = (
    "agency", "group", "return_record__agency", "return_record__group", "return_record__partnership",
    "return_record__period",
)  # fmt: skip
_UPDATE = ("action", *_PART)


def _milestone_title(each: MilestoneUpdate) -> str:
    return f"{each.return_record.body} on {each.milestone}, {each.return_record.period.label}"


def _outcome_title(each: AssuranceOutcome) -> str:
    return f"{each.return_record.body} on {each.activity.reference}, {each.return_record.period.label}"


def _return_title(each: Return) -> str:
    return f"{each.body}, {each.period.label}"


def _period_place(each: ReportingPeriod) -> str:
    return reverse("returns:period", args=[each.partnership.slug, each.reference])


def _update_title(each: Update) -> str:
    what = each.action.reference if each.action else "everything else"
    return f"{each.return_record.body} on {what}, {each.return_record.period.label}"


def _update_place(each: Update | MilestoneUpdate | AssuranceOutcome) -> str:
    return place_of(each.return_record)


def _menu(request: Request) -> str | None:
    partnership = partnership_of(request)
    if partnership is None or not request.user.is_authenticated:
        return None
    held = role_names(request.user, partnership.pk, today(request)) - {Role.BOARD_READER, Role.ADMINISTRATOR}
    return reverse("returns:periods", args=[partnership.slug]) if held else None


def my_work(person: Person, on: date) -> Sequence[WorkItem]:
    """Returns that the person is to write, sign, submit or accept."""
    grants = person.grants_on(on)
    waiting = (
        Return.objects.filter(partnership_id__in={grant.partnership for grant in grants}, withdrawn_at__isnull=True)
        .exclude(state=ReturnState.ACCEPTED)
        .select_related("agency", "group", "period__plan", "partnership")
    )
    return [
        item for each in waiting if (item := _item(each, [g for g in grants if g.partnership == each.partnership_id]))
    ]


def _item(return_: Return, grants: Sequence[Grant]) -> WorkItem | None:
    own = {grant.role for grant in grants if grant.body in (return_.agency_id, return_.group_id) and grant.body}
    roles = {grant.role for grant in grants}
    what = f"return of {return_.body} for {return_.period.label}"
    order, sentence = 50, ""
    if return_.state == ReturnState.SUBMITTED and roles & set(permissions.KEEPERS):
        order, sentence = 10, f"Read the {what}, then accept it or send it back"
    elif return_.state in _OPEN and own & set(permissions.SIGNATORIES) and not actions.gaps_of(return_):
        order, sentence = 10, f"Read and sign the {what}"
    elif return_.state == ReturnState.SIGNED and own & set(permissions.SUBMITTERS):
        order, sentence = 20, f"Submit the {what}: it is signed"
    elif return_.state == ReturnState.SENT_BACK and own & set(_WRITERS):
        order, sentence = 10, f"Change the {what}: it was sent back"
    elif return_.state == ReturnState.DRAFT and own & set(_WRITERS):
        order, sentence = 30, f"Write the {what}"
    if not sentence:
        return None
    due = return_.period.due if return_.state != ReturnState.SUBMITTED else None
    return WorkItem(sentence, place_of(return_), return_.partnership.name, due=due, order=order)


def front(request: Request, partnership: Partnership) -> Sequence[Panel]:
    """The newest period on the partnership's front page: what is due and what has come in."""
    newest = queries.periods_of(partnership, for_person=request.user).first()
    on = today(request)
    if newest is None:
        return _first_quarter(request, partnership, on)
    context = {
        "period": newest, "partnership": partnership, "is_past_due": on > newest.due,
        "sentence": f"{newest.received} of {count(newest.asked, 'return')} received, {newest.accepted} accepted.",
    }  # fmt: skip
    return (Panel("returns/front.html", context, order=20),)


def _first_quarter(request: Request, partnership: Partnership, on: date) -> Sequence[Panel]:
    """The step after the plan's first action, for whoever may take it."""
    may_open = allows_new(request.user, "create", permissions.PERIOD, Scope(frozenset({partnership.pk})), on)
    plans = plans_of(partnership, for_person=request.user)
    if not may_open or not plans.filter(actions__withdrawn_at__isnull=True, actions__isnull=False).exists():
        return ()
    return (Panel("returns/front_first.html", {"url": reverse("returns:open", args=[partnership.slug])}, order=20),)


def of_action(request: Request, act: Any) -> Sequence[Panel]:
    """What was said about an action, as far as the person may read it, on its page."""
    found = list(queries.updates_of(act, for_person=request.user))
    return (Panel("returns/action.html", {"updates": found}, order=30),)
