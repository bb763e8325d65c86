"""Reads of periods and returns. Everything starts from what the person may see."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Prefetch, Q

from throughline.access import GuardedQuerySet, decide, scope_of
from throughline.history.models import Event
from throughline.partners.models import Partnership, Person
from throughline.plans.delivery import Delivery, Shown, shown_delivery
from throughline.plans.models import Action, ActionFinding
from throughline.returns import actions, rules
from throughline.returns.models import ReportingPeriod, Return, ReturnComment, Update
from throughline.returns.states import ReturnState

_IN = (ReturnState.SUBMITTED, ReturnState.ACCEPTED)


def periods_of(partnership: Partnership, *, for_person: Person) -> GuardedQuerySet:
    """The partnership's periods, newest first, each with how many returns it asks for, has and has accepted."""
    return (
        ReportingPeriod.objects.visible_to(for_person)
        .filter(partnership=partnership, withdrawn_at__isnull=True)
        .select_related("plan")
        .annotate(
            asked=Count("returns"),
            received=Count("returns", filter=Q(returns__state__in=_IN)),
            accepted=Count("returns", filter=Q(returns__state=ReturnState.ACCEPTED)),
        )
        .order_by("-opens", "reference")
    )


def period_of(partnership: Partnership, reference: str, *, for_person: Person) -> ReportingPeriod:
    """One period. Raises DoesNotExist for what is not there or not the person's."""
    found: ReportingPeriod = periods_of(partnership, for_person=for_person).get(reference=reference)
    return found


def returns_of(period: ReportingPeriod, *, for_person: Person) -> GuardedQuerySet:
    """The returns of a period with their bodies: who, and in which state, in one query."""
    return (
        Return.objects.visible_to(for_person)
        .filter(period=period)
        .select_related("agency", "group", "period__plan", "partnership")
        .order_by("slug")
    )


def return_of(partnership: Partnership, period: str, slug: str, *, for_person: Person) -> Return:
    """One body's return. Raises DoesNotExist for what is not there or not the person's."""
    found: Return = (
        Return.objects.visible_to(for_person)
        .select_related("agency", "group", "period__plan", "partnership", "signed_by", "submitted_by", "accepted_by")
        .get(partnership=partnership, period__reference=period, slug=slug)
    )
    return found


def may_read(return_: Return, person: Person, on: date) -> bool:
    """Whether the person may read what the return says, not only that it exists."""
    return decide(person.grants_on(on), "view", Update.access_kind, scope_of(return_))


@dataclass(frozen=True)
class Line:
    """One action on a return: what was found, what is owed, what was said last quarter and what is said now."""

    act: Action
    shown: Shown
    update: Update | None
    last: Update | None
    gap: str

    @property
    def is_answered(self) -> bool:
        """Whether nothing more has to be said about it."""
        return not self.gap

    @property
    def last_summary(self) -> str:
        """What stands over the last accepted words."""
        return f"What you said for {self.last.return_record.period.label}" if self.last else ""

    @property
    def save_label(self) -> str:
        """The button that saves this action's answer."""
        return f"Save {self.act.reference}"

    @property
    def is_exception(self) -> bool:
        """Whether it stands before the others: overdue, at risk, or said to be at risk."""
        return self.shown.overdue or Delivery.AT_RISK in (self.shown.state, self.update and self.update.self_rating)


@dataclass(frozen=True)
class Content:
    """Everything that a return says, exceptions first."""

    lines: tuple[Line, ...]
    general: Update | None
    gaps: tuple[str, ...]

    @property
    def answered(self) -> int:
        """How many actions need nothing more."""
        return sum(each.is_answered for each in self.lines)


def content_of(return_: Return, *, on: date) -> Content:
    """What a return says, for somebody who may read it, in a constant number of queries."""
    said = {
        each.action_id: each
        for each in Update.objects.filter(return_record=return_).select_related("action__area", "action__plan")
    }
    general = said.pop(None, None)
    findings = (
        ActionFinding.objects.filter(withdrawn_at__isnull=True, finding__withdrawn_at__isnull=True)
        .select_related("finding__inspection", "finding__letter")
        .order_by("finding__place")
    )
    # What is asked for, and what was said about anything that has been ended or handed on since.
    acts = (
        Action.objects.filter(plan_id=return_.period.plan_id)
        .filter(Q(pk__in=actions.led_by(return_)) | Q(pk__in=[pk for pk in said if pk]))
        .select_related("area", "plan")
        .prefetch_related(Prefetch("finding_links", queryset=findings, to_attr="answers"))
    )
    last = actions.last_said(return_)
    closed = return_.state in _IN
    lines = []
    for act in acts:
        update = said.get(act.pk)
        answer = rules.Answer(
            act.reference,
            Delivery(act.delivery),
            update.self_rating if update else "",
            update.progress if update else "",
        )
        shown = shown_delivery(Delivery(act.delivery), act.due, act.original_due, on)
        lines.append(Line(act, shown, update, last.get(act.pk), "" if closed else rules.gap(answer)))
    lines.sort(key=lambda each: (not each.is_exception, each.act.number))
    gaps = () if closed else tuple(actions.gaps_of(return_))
    return Content(tuple(lines), general, gaps)


def comments_of(return_: Return, *, for_person: Person) -> GuardedQuerySet:
    """Why the return was sent back, newest first."""
    return ReturnComment.objects.visible_to(for_person).filter(return_record=return_).order_by("-at")


def last_hand(said: Update) -> tuple[str, datetime]:
    """Who saved these words last, and when."""
    event = Event.objects.filter(thing_id=said.pk).order_by("-sequence").first()
    if event is None:
        raise LookupError("The words stand in no event.")
    return event.by_name, event.recorded_at


def updates_of(act: Action, *, for_person: Person) -> GuardedQuerySet:
    """What was said about an action, as far as the person may read it, the newest period first. One query."""
    return (
        Update.objects.visible_to(for_person)
        .filter(action=act)
        .select_related("return_record__period", "agency", "group")
        .order_by("-return_record__period__opens")
    )


def audience_of(return_: Return) -> str:
    """Who may read what a return says, as the end of a sentence."""
    if return_.state == ReturnState.ACCEPTED:
        return f"all members of the {return_.partnership.name}"
    if return_.state == ReturnState.SUBMITTED:
        return f"{return_.body}, the business manager, the chair and the independent scrutineer, until it is accepted"
    return f"{return_.body} only, until it is submitted"
