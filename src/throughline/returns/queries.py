"""Reads of periods and returns. Everything starts from what the person may see."""

from datetime import date, datetime

from django.db.models import Count, Model, Q

from throughline.access import GuardedQuerySet, decide, scope_of
from throughline.history.models import Event
from throughline.partners.models import Partnership, Person
from throughline.plans.models import Action
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
        .filter(period=period, withdrawn_at__isnull=True)
        .select_related("agency", "group", "period__plan", "partnership")
        .order_by("slug")
    )


def return_of(partnership: Partnership, period: str, slug: str, *, for_person: Person) -> Return:
    """One body's return. Raises DoesNotExist for what is not there or not the person's."""
    found: Return = (
        Return.objects.visible_to(for_person)
        .select_related("agency", "group", "period__plan", "partnership", "signed_by", "submitted_by", "accepted_by")
        .get(partnership=partnership, period__reference=period, slug=slug, withdrawn_at__isnull=True)
    )
    return found


def may_read(return_: Return, person: Person, on: date) -> bool:
    """Whether the person may read what the return says, not only that it exists."""
    return decide(person.grants_on(on), "view", Update.access_kind, scope_of(return_))


def comments_of(return_: Return, *, for_person: Person) -> GuardedQuerySet:
    """Why the return was sent back, newest first."""
    return ReturnComment.objects.visible_to(for_person).filter(return_record=return_).order_by("-at")


def last_hand(said: Model) -> tuple[str, datetime]:
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
        return f"all members of {return_.partnership.name}"
    if return_.state == ReturnState.SUBMITTED:
        return f"{return_.body}, the business manager, the chair and the independent scrutineer, until it is accepted"
    return f"{return_.body} only, until it is submitted"
