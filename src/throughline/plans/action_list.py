"""The list of a plan's actions."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from functools import partial
from typing import Any

from django.db.models import Count, IntegerField, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http.response import HttpResponseBase
from django.utils.html import format_html_join

from throughline.access import GuardedQuerySet
from throughline.inspections.offers import may_add
from throughline.inspections.views import say_audience
from throughline.partners import web
from throughline.partners.models import Partnership, Person
from throughline.partners.requests import Request
from throughline.partners.web import member_view
from throughline.plans import judged, permissions, queries
from throughline.plans.delivery import PRINTED, Delivery
from throughline.plans.models import (
    Action,
    ActionFinding,
    ActionImpact,
    Contributor,
    DesiredImpact,
    Extension,
    Milestone,
    Plan,
    Verification,
)
from throughline.plans.offers import action_url, plan_url
from throughline.plans.verifying import LEVELS, Level
from throughline.plans.views import line_of
from throughline.ui.lists import Choice, ChoiceFilter, FieldFilter, Filter, ListColumn, ListPage
from throughline.ui.parts import Cell
from throughline.ui.scales import mark_of

# -- the rows --------------------------------------------------------------------------------------------------------


def rows_of(plan: Plan, *, for_person: Person) -> GuardedQuerySet:
    """The plan's actions as the list shows them: `queries.actions_of` with who contributes and how many milestones.

    Each has its contributors in `contributing`, and `milestones_set` and `milestones_reached`. Four queries.
    """
    contributors = (
        Contributor.objects.filter(withdrawn_at__isnull=True).select_related("agency", "group").order_by("pk")
    )
    return (
        queries.actions_of(plan, for_person=for_person)
        .annotate(milestones_set=_milestones(), milestones_reached=_milestones(reached__isnull=False))
        .prefetch_related(Prefetch("contributors", queryset=contributors, to_attr="contributing"))
    )


def _milestones(**narrowed: Any) -> Coalesce:
    """How many milestones stand, worked out only for the rows of a page."""
    counted = (
        Milestone.objects.filter(action=OuterRef("pk"), withdrawn_at__isnull=True, **narrowed)
        .order_by()
        .values("action")
        .annotate(n=Count("pk"))
        .values("n")
    )
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)


def _with(model: Any, partnership: Partnership, **narrowed: Any) -> Q:
    """Actions that have one of a model's rows.

    All their keys are read once, not asked for action by action: that is what keeps the counts of a long list quick.
    """
    held: QuerySet[Any] = model.objects.filter(partnership=partnership, withdrawn_at__isnull=True, **narrowed)
    return Q(pk__in=held.order_by().values("action"))


# -- the list --------------------------------------------------------------------------------------------------------


def actions_page(on: date, plan: Plan) -> ListPage:
    """The list of a plan's actions as it is on a day."""
    return ListPage(
        title="Actions",
        name="actions",
        columns=_columns(on),
        filters=_filters(on, plan.partnership),
        search=("reference", "own_number", "title", "detail", "owner_post"),
        search_label="Search in actions",
        default_sort="number",
        empty="This plan has no actions yet.",
        counted_together=True,
        file_rows=partial(file_rows, plan),
    )


def _columns(on: date) -> tuple[ListColumn, ...]:
    def reference(each: Action) -> Cell:
        return Cell(each.reference, url=action_url(each), detail=each.own_number)

    def due(each: Action) -> Cell:
        line = line_of(each, on)
        words = " ".join(part for part in (line.due_mark.words if line.due_mark else "", line.due_words) if part)
        return Cell(each.due, detail=words)

    def delivery(each: Action) -> Cell:
        steps = f"{_steps(each)} milestones" if _steps(each) else ""
        return Cell(mark=line_of(each, on).delivery, text=PRINTED[Delivery(each.delivery)], detail=steps)

    def lead(each: Action) -> Cell:
        return Cell(each.lead.short_name, detail=f"with {_contributors(each)}" if _contributors(each) else "")

    def impact(each: Action) -> Cell:
        mark = line_of(each, on).impact
        return Cell(mark.words, mark=mark, is_round=True)

    return (
        ListColumn("Reference", reference, sort="number", narrow=True),
        ListColumn("Action", lambda each: each.title, sort="title"),
        ListColumn("Area", lambda each: each.area.number, export=lambda each: str(each.area), sort="area__number"),
        ListColumn("Lead", lead, export=lambda each: each.lead_name, sort="lead_name"),
        ListColumn("With", lambda each: _contributors(each, whole=True), in_file_only=True),
        ListColumn("Due", due, export=lambda each: each.due, sort="due", narrow=True),
        ListColumn("Delivery", delivery, sort="delivery"),
        ListColumn("Milestones", _steps, in_file_only=True),
        ListColumn("Findings", _findings_whole, export=_findings),
        ListColumn("Impact", impact),
        ListColumn("Own number", lambda each: each.own_number, in_file_only=True),
        ListColumn("Owner’s post", lambda each: each.owner_post, in_file_only=True),
        ListColumn("How", lambda each: each.detail, in_file_only=True),
        ListColumn("First due date", lambda each: each.original_due, in_file_only=True),
        ListColumn("Resources", lambda each: Action.RESOURCES[each.resources], in_file_only=True),
        ListColumn("Equality screening", lambda each: Action.SCREENING[each.equality], in_file_only=True),
        ListColumn("Desired impacts", _impacts, in_file_only=True),
    )


def _findings(each: Any) -> str:
    return ", ".join(link.finding.reference for link in each.answers)


def _findings_whole(each: Any) -> str:
    """The references, none of which breaks at its hyphen."""
    references = ((link.finding.reference,) for link in each.answers)
    return format_html_join(", ", '<span class="tl-narrow">{}</span>', references)


def _contributors(each: Any, *, whole: bool = False) -> str:
    return ", ".join(link.body.name if whole else link.body.short_name for link in each.contributing)


def _impacts(each: Any) -> str:
    return ", ".join(link.desired_impact.reference for link in each.serves)


def _steps(each: Any) -> str:
    return f"{each.milestones_reached} of {each.milestones_set}" if each.milestones_set else ""


# -- the file --------------------------------------------------------------------------------------------------------

_IN_FILE = (
    "number", "reference", "title", "area__number", "area__title", "lead_name", "due", "delivery", "own_number",
    "owner_post", "detail", "original_due", "resources", "equality",
)  # fmt: skip


def file_rows(plan: Plan, shown: QuerySet) -> Iterator[list[Any]]:
    """What a file holds of the actions that are shown: the same as the columns give, straight from the database.

    Six queries, however many actions, and no object for any of them.
    """
    findings = _joined(ActionFinding, plan, ("finding__inspection__reference", "finding__place"), "finding__reference")
    impacts = _joined(ActionImpact, plan, ("desired_impact__number",), "desired_impact__reference")
    body = Coalesce("agency__name", "group__name")
    with_ = _joined(Contributor, plan, ("pk",), "body", body=body)
    steps = _standing(Milestone, plan).order_by().values_list("action__number")
    reached = Count("pk", filter=Q(reached__isnull=False))
    said = {number: f"{done} of {every}" for number, every, done in steps.annotate(n=Count("pk"), done=reached)}
    judgements = _judgements(plan, set(impacts.values()))
    delivered = {each.value: words for each, words in PRINTED.items()}
    for (
        number, reference, title, area, area_title, lead, due, delivery, own, post, detail, first, resources, equality,
    ) in shown.values_list(*_IN_FILE).iterator(chunk_size=2000):  # fmt: skip
        yield [
            reference, title, f"{area} {area_title}", lead, with_.get(number, ""), due, delivered[delivery],
            said.get(number, ""), findings.get(number, ""), judgements[impacts.get(number, "")], own, post, detail,
            first, Action.RESOURCES[resources], Action.SCREENING[equality], impacts.get(number, ""),
        ]  # fmt: skip


def _judgements(plan: Plan, served: Iterable[str]) -> dict[str, str]:
    """What stands for the desired impacts that an action serves, by their references as `_joined` joins them."""
    rows = judged.annotated(DesiredImpact.objects.filter(plan=plan).order_by())
    state = dict(rows.values_list("reference", "judged"))
    return {
        each: mark_of("impact", judged.shown([state[one] for one in each.split(", ")] if each else [])).words
        for each in {"", *served}
    }


def _standing(model: Any, plan: Plan) -> QuerySet:
    rows: QuerySet = model.objects.filter(action__plan=plan, withdrawn_at__isnull=True)
    return rows


def _joined(model: Any, plan: Plan, order: Sequence[str], words: str, **named: Any) -> dict[int, str]:
    """What the actions of a plan are linked to, by the action's number: `AFI-1, AFI-3`."""
    found: dict[int, str] = {}
    for number, text in _standing(model, plan).annotate(**named).order_by(*order).values_list("action__number", words):
        found[number] = f"{found[number]}, {text}" if number in found else text
    return found


def _filters(on: date, partnership: Partnership) -> tuple[Filter, ...]:
    said = {key: words for key, words in Action.RESOURCES.items() if key}
    screened = {key: words for key, words in Action.SCREENING.items() if key}
    return (
        FieldFilter("area", "Improvement area", "area__number", words="area__title"),
        FieldFilter("lead", "Who leads", "lead_name"),
        FieldFilter("delivery", "Delivery", "delivery", words={each.value: PRINTED[each] for each in Delivery}),
        ChoiceFilter(
            "check",
            "Look at",
            (
                Choice("overdue", "Overdue", queries.overdue(on)),
                Choice("redated", "Re-dated", queries.REDATED),
                Choice("asked", "Extension asked for", _with(Extension, partnership, state=Extension.ASKED)),
                Choice("without-finding", "Without a finding", ~_with(ActionFinding, partnership)),
                Choice("without-impact", "Without a desired impact", ~_with(ActionImpact, partnership)),
                Choice("without-owner", "Without an owner’s post", Q(owner_post="")),
                Choice("without-milestone", "Without a milestone", ~_with(Milestone, partnership)),
            ),
        ),
        ChoiceFilter("verified", "Verification", _verified(partnership)),
        FieldFilter("resources", "Resources", "resources", words=said, without=Action.RESOURCES[""]),
        FieldFilter("equality", "Equality screening", "equality", words=screened, without=Action.SCREENING[""]),
    )


def _verified(partnership: Partnership) -> tuple[Choice, ...]:
    """By level, the strongest first; then claims that were not confirmed, and those that nobody has looked at."""
    levels = [
        Choice(each.value, LEVELS[each].printed, _with(Verification, partnership, level=each, satisfied=True))
        for each in reversed(Level)
    ]
    claimed = Q(delivery=Delivery.DELIVERED_CLAIMED)
    return (
        *levels,
        Choice("refused", "Claim not confirmed", _with(Verification, partnership, satisfied=False)),
        Choice("waiting", "Claimed, not verified yet", claimed & ~_with(Verification, partnership)),
    )


@member_view
def actions_list(request: Request, partnership: Partnership, plan: str) -> HttpResponseBase:
    """A plan's actions, with filters and counts."""
    found = queries.plan_of(partnership, plan, for_person=request.user)
    say_audience(request, partnership)
    context = {
        "partnership": partnership, "plan": found, "plan_url": plan_url(found),
        "may_add": may_add(request, partnership, permissions.ACTION),
    }  # fmt: skip
    rows = rows_of(found, for_person=request.user)
    listed = actions_page(web.today(request), found)
    return listed.respond(
        request, rows, template="plans/actions.html", context=context, state=web.state_of(partnership)
    )
