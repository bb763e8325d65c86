"""Reporting periods: opened, changed with a reason, and withdrawn while nothing has been reported."""

from datetime import date, datetime
from typing import Any

from django.utils.text import slugify

from throughline.access import Scope, check, check_new
from throughline.evidence.models import EvidenceLink
from throughline.history import door
from throughline.history.door import action
from throughline.history.moments import day_of
from throughline.partners.models import Agency, Group, Participation, Person
from throughline.plans.models import Plan
from throughline.returns import asked, notices, permissions, proposals
from throughline.returns.models import AssuranceOutcome, MilestoneUpdate, ReportingPeriod, Return, Update
from throughline.returns.refusals import CannotDo
from throughline.returns.states import ReturnState


@action("plan")
def open_period(
    *, by: Person, plan: Plan, reference: str, label: str, opens: date, data_to: date, due: date, now: datetime,
    verification_closes: date | None = None, papers_cleared: date | None = None, papers_out: date | None = None,
    meeting: date | None = None,
) -> ReportingPeriod:  # fmt: skip
    """Open a reporting period: every agency that takes part on its first day and every group owes one return.

    Raises AccessDenied, CannotDo.
    """
    check_new(by, "create", permissions.PERIOD, Scope(frozenset({plan.partnership_id})), day_of(now))
    if ReportingPeriod.objects.filter(partnership_id=plan.partnership_id, reference=reference).exists():
        raise CannotDo(f"The period '{label}' is open already. Choose another quarter.")
    _check_days(opens=opens, due=due, meeting=meeting)
    period = door.create(
        ReportingPeriod, by=by, verb="opened", now=now, partnership_id=plan.partnership_id, plan=plan,
        reference=reference, label=label, opens=opens, data_to=data_to, due=due,
        verification_closes=verification_closes, papers_cleared=papers_cleared, papers_out=papers_out, meeting=meeting,
    )  # fmt: skip
    owed = [
        {"partnership_id": plan.partnership_id, "period": period, "slug": slug, **_of(body)}
        for slug, body in _bodies(plan, opens).items()
    ]
    if not owed:
        raise CannotDo("No agency takes part yet. Add the agencies first, so that each gets its return.")
    for return_ in door.bulk(Return, by=by, verb="asked for", now=now, rows=owed):
        notices.asked_for(return_, at=now)
    return period


def _check_days(*, opens: date, due: date, meeting: date | None) -> None:
    if due < opens:
        raise CannotDo("Returns cannot be due before the period opens. Give a later day.")
    if meeting is not None and meeting < due:
        raise CannotDo("The meeting cannot be before the returns are due. Give a later day.")


def _bodies(plan: Plan, on: date) -> dict[str, Agency | Group]:
    """Who owes a return, by its place in addresses."""
    agencies = Agency.objects.filter(
        pk__in=Participation.objects.filter(
            partnership_id=plan.partnership_id, starts__lte=on, withdrawn_at__isnull=True
        )
        .exclude(ends__lt=on)
        .values("agency_id")
    )
    groups = Group.objects.filter(partnership_id=plan.partnership_id, withdrawn_at__isnull=True)
    found: dict[str, Agency | Group] = {}
    bodies: list[Agency | Group] = [*agencies, *groups]
    for body in bodies:
        plain = slugify(body.short_name) or "body"
        slug, number = plain, 2
        while slug in found or slug in _ADDRESSES:
            slug, number = f"{plain}-{number}", number + 1
        found[slug] = body
    return found


# What stands in a period's addresses where a body's return would.
_ADDRESSES = frozenset({"change", "withdraw"})


def _of(body: Agency | Group) -> dict[str, Agency | Group]:
    return {"agency": body} if isinstance(body, Agency) else {"group": body}


def _standing(period: ReportingPeriod) -> ReportingPeriod:
    current = ReportingPeriod.objects.get(pk=period.pk)
    if current.withdrawn_at is not None:
        raise CannotDo(f"{current.label} was withdrawn.")
    return current


@action("period")
def change_period(
    *, by: Person, period: ReportingPeriod, expected_version: int, label: str, opens: date, data_to: date, due: date,
    reason: str, now: datetime, verification_closes: date | None = None, papers_cleared: date | None = None,
    papers_out: date | None = None, meeting: date | None = None,
) -> ReportingPeriod:  # fmt: skip
    """Give a period that is open another name or other days, with the reason. Who owes a return stays as it was asked.

    Whoever still owes a return hears of it when its due date moves. Raises AccessDenied, Conflict, CannotDo.
    """
    current = _standing(period)
    check(by, "change", current, day_of(now))
    days: dict[str, Any] = {
        "opens": opens, "data_to": data_to, "due": due, "verification_closes": verification_closes,
        "papers_cleared": papers_cleared, "papers_out": papers_out, "meeting": meeting,
    }  # fmt: skip
    if wrong := proposals.why_not_in_order(**days):
        raise CannotDo(" ".join(sentence for _, sentence in wrong))
    if not reason.strip():
        raise CannotDo("Say why the period changes. Every agency and group can read the reason.")
    was_due = current.due
    changed = door.change(
        by=by, thing=current, expected_version=expected_version, verb="changed", now=now, reason=reason, label=label,
        **days,
    )  # fmt: skip
    if changed.due != was_due:
        for each in _owed(changed):
            notices.due_moved(each, at=now)
    return changed


def _owed(period: ReportingPeriod) -> list[Return]:
    """The returns of a period that are not given in."""
    rows = Return.objects.filter(period=period, withdrawn_at__isnull=True).exclude(
        state__in=(ReturnState.SUBMITTED, ReturnState.ACCEPTED)
    )
    return list(rows.select_related("period", "partnership", "agency", "group"))


def has_report(period: ReportingPeriod) -> bool:
    """Whether anything was said or brought in a return of the period."""
    returns = Return.objects.filter(period=period)
    return (
        returns.exclude(state=ReturnState.DRAFT).exists()
        or returns.filter(nil=True).exists()
        or any(
            model.objects.filter(return_record__period=period).exists()  # type: ignore[attr-defined]
            for model in (Update, MilestoneUpdate, AssuranceOutcome)
        )
        or EvidenceLink.objects.filter(
            thing_kind=asked.KIND, thing_id__in=returns.values("pk"), withdrawn_at__isnull=True
        ).exists()
    )


@action("period")
def withdraw_period(
    *, by: Person, period: ReportingPeriod, expected_version: int, reason: str, now: datetime
) -> ReportingPeriod:
    """Take back a period that was opened by mistake, with its returns, while nothing has been reported in any.

    Raises AccessDenied, Conflict, CannotDo.
    """
    current = _standing(period)
    check(by, "change", current, day_of(now))
    if has_report(current):
        raise CannotDo(f"Something has been reported for {current.label}, so it stays. Change its days instead.")
    if not reason.strip():
        raise CannotDo("Say why the period is withdrawn. Every agency and group can read the reason.")
    gone = door.withdraw(by=by, thing=current, expected_version=expected_version, now=now, reason=reason)
    asked_for = _owed(gone)
    door.change_many(
        by=by, changes=[(each, each.version, {"withdrawn_at": now}) for each in asked_for], verb="no longer asked for",
        now=now, reason=reason,
    )  # fmt: skip
    for each in asked_for:
        notices.no_longer_asked_for(each, at=now)
    return gone
