"""What is done with judgements of impact: the Executive Group's is recorded, and the scrutineer's view beside it."""

from datetime import date, datetime

from throughline.access import Scope, check_new
from throughline.history import door
from throughline.history.door import action
from throughline.history.models import Event
from throughline.history.moments import day_of
from throughline.impact import permissions, rules
from throughline.impact.models import Judgement
from throughline.inspections.models import Inspection
from throughline.partners.models import Person
from throughline.plans.models import ActionFinding, DesiredImpact, FindingArea, ImpactFinding, Plan
from throughline.plans.rules import next_number


class CannotDo(ValueError):
    """What was asked breaks a rule of judging impact; the sentence says which and what to do."""


def begun(plan: Plan) -> date | None:
    """The day before which nothing of a plan can have been judged. Four queries.

    The first day of the earliest inspection that it answers: a plan brought in from a file has judgements that are
    older than its row. Where it answers none, the day on which it was begun here.
    """
    findings = [
        ActionFinding.objects.filter(action__plan=plan, withdrawn_at__isnull=True).values("finding"),
        FindingArea.objects.filter(area__plan=plan, withdrawn_at__isnull=True).values("finding"),
        ImpactFinding.objects.filter(desired_impact__plan=plan, withdrawn_at__isnull=True).values("finding"),
    ]
    days = [
        day
        for some in findings
        for day in Inspection.objects.filter(findings__in=some, fieldwork_start__isnull=False)
        .order_by("fieldwork_start")
        .values_list("fieldwork_start", flat=True)[:1]
        if day is not None
    ]
    if days:
        return min(days)
    first = Event.objects.filter(thing_id=plan.pk, thing_kind="plans.plan").order_by("sequence").first()
    return day_of(first.recorded_at) if first is not None else None


@action("impact")
def judge(
    *, by: Person, impact: DesiredImpact, whose: str, state: str, reason: str, on: date, now: datetime
) -> Judgement:
    """Put a judgement of a desired impact on record: the Executive Group's, or the scrutineer's view.

    Earlier ones stay beside it; of two of one day the later recorded counts. The reason is printed.
    Raises AccessDenied, CannotDo.
    """
    today = day_of(now)
    scope = Scope(frozenset({impact.partnership_id}), stage=whose)
    check_new(by, "create", permissions.JUDGEMENT, scope, today)
    current = DesiredImpact.objects.select_related("plan").get(pk=impact.pk)
    if current.withdrawn_at is not None:
        raise CannotDo(f"{current.reference} was withdrawn. Judge another desired impact.")
    if wrong := rules.why_not_judgement(whose, state, reason, on, begun=begun(current.plan), today=today):
        raise CannotDo(" ".join(sentence for _, sentence in wrong))
    number = next_number(Judgement.objects.filter(desired_impact=current).values_list("number", flat=True))
    # `bulk`, because the row has a reason and a person of its own beside the event's.
    row = {
        "partnership_id": current.partnership_id, "desired_impact": current, "number": number, "whose": whose,
        "state": str(state), "reason": reason.strip(), "on": on, "by": by, "by_name": by.name,
    }  # fmt: skip
    return door.bulk(Judgement, by=by, verb="judged", now=now, rows=[row])[0]
