"""An agency is succeeded by another on a day: its part, its people's roles, and what rooms above must hand over.

Bodies change by law or by merger (a clinical commissioning group becomes an integrated care board, a probation company
the Probation Service). What was reported and recorded keeps the name that it bore; what is open goes to the successor.
"""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from django.db.models import Q

from throughline.access import Scope, check_new
from throughline.history import consequences, door
from throughline.history.door import action
from throughline.history.models import Event
from throughline.history.moments import day_of
from throughline.methods.printed import day
from throughline.partners import permissions
from throughline.partners.actions import CannotDo, create_agency
from throughline.partners.models import Agency, Membership, Participation, Partnership, Person

SUCCEEDED = "partners.succeeded"


@action("partnership")
def succeed(
    *, by: Person, partnership: Partnership, agency: Agency, on: date, now: datetime,
    successor: Agency | None = None, name: str = "", short_name: str = "",
) -> Participation:  # fmt: skip
    """Have an agency be succeeded from a day on, by one that is known (`successor`) or by a new one (`name`).

    The predecessor's part and roles end the day before and are given anew to the successor, with the same people. `on`
    must have come, because open work changes hands at once. The consequence 'partners.succeeded' (partnership, agency,
    successor, since) is for rooms that hold such work. Returns the successor's participation.
    Raises AccessDenied, CannotDo.
    """
    if not by.is_system:
        check_new(by, "create", permissions.PARTICIPATION, Scope(frozenset({partnership.pk})), day_of(now))
    if on > day_of(now):
        raise CannotDo(f"{day(on)} has not come yet. Record the succession on that day or after it.")
    # The partnership's rows are read before the deployment's chain is locked, and both before anything is written.
    part = _part_of(partnership, agency, on)
    door.lock_chain(None)
    old = Agency.objects.get(pk=agency.pk)
    new = successor or _named(by, name, short_name, on, now)
    _check_pair(old, new, on)
    _end_agency(by, old, new, on, now)
    joined = _take_part(by, partnership, part, new, on, now)
    cause = Event.objects.filter(thing_kind="partners.participation", thing_id=part.pk).latest("sequence")
    _hand_on_roles(by, partnership, old, new, on, now)
    consequences.follow(
        SUCCEEDED, by=by, cause=cause, now=now, partnership=partnership, agency=old, successor=new, since=on
    )
    by.forget_grants()
    return joined


def _part_of(partnership: Partnership, agency: Agency, on: date) -> Participation:
    """The predecessor's participation on the day before. Raises CannotDo."""
    eve = on - timedelta(days=1)
    part = Participation.objects.filter(
        Q(ends__isnull=True) | Q(ends__gte=eve), partnership=partnership, agency=agency, starts__lte=eve,
        withdrawn_at__isnull=True,
    ).first()  # fmt: skip
    if part is None:
        raise CannotDo(f"{agency.name} did not take part on {day(eve)}, the day before. Give the first day after it.")
    return part


def _named(by: Person, name: str, short_name: str, on: date, now: datetime) -> Agency:
    """The agency of a name: the one that the deployment knows already, else a new one that begins with the day."""
    if not name.strip():
        raise CannotDo("Name the agency that takes its place, or choose one.")
    known = Agency.objects.filter(name__iexact=name.strip(), withdrawn_at__isnull=True).first()
    if known is not None:
        return known
    return create_agency(
        by=by, name=name.strip(), short_name=short_name.strip() or name.strip()[:40], valid_from=on, now=now
    )


def _check_pair(old: Agency, new: Agency, on: date) -> None:
    eve = on - timedelta(days=1)
    if new.pk == old.pk:
        raise CannotDo(
            "An agency cannot take its own place. If only its name changes, give the new name as another one."
        )
    if old.successor_id is not None and (old.successor_id != new.pk or old.valid_to != eve):
        when = f" from {day(old.valid_to + timedelta(days=1))}" if old.valid_to else ""
        raise CannotDo(
            f"{old.name} is succeeded by {old.successor}{when} already. Give the same agency and the same day."
        )
    if old.valid_from is not None and old.valid_from > eve:
        raise CannotDo(f"{old.name} began on {day(old.valid_from)}. Give a later day.")
    follows: Agency | None = new
    while follows is not None:  # a chain of successors is short, and never a circle because of this
        if follows.successor_id == old.pk:
            raise CannotDo(f"{old.name} is what {follows.name} became. It cannot be followed by it again.")
        follows = follows.successor
    if new.valid_to is not None and new.valid_to < on:
        raise CannotDo(f"{new.name} ended on {day(new.valid_to)}. Choose the agency that takes its place then.")


def _end_agency(by: Person, old: Agency, new: Agency, on: date, now: datetime) -> None:
    """Write into the deployment's chain that the one ends and the other follows; once, however many partnerships."""
    if old.successor_id is None:
        door.change(
            by=by, thing=old, expected_version=old.version, verb="succeeded", now=now,
            valid_to=on - timedelta(days=1), successor=new,
        )  # fmt: skip


def _take_part(
    by: Person, partnership: Partnership, part: Participation, new: Agency, on: date, now: datetime
) -> Participation:
    """End the predecessor's part the day before, and have the successor take part unless it does already."""
    ends = part.ends if part.ends is not None and part.ends >= on else None
    held = list(
        Participation.objects.filter(
            Q(ends__isnull=True) | Q(ends__gte=on), partnership=partnership, agency=new, withdrawn_at__isnull=True
        ).order_by("starts")
    )
    if held and held[0].starts > on:
        raise CannotDo(f"{new.name} takes part from {day(held[0].starts)} only. Give that day.")
    door.change(
        by=by, thing=part, expected_version=part.version, verb="succeeded", now=now, ends=on - timedelta(days=1)
    )
    if held:
        return held[0]
    return door.create(
        Participation, by=by, verb="joined", now=now, partnership=partnership, agency=new, starts=on, ends=ends
    )


def _hand_on_roles(by: Person, partnership: Partnership, old: Agency, new: Agency, on: date, now: datetime) -> None:
    """End the roles that are held for the predecessor on the day, and give the same for the successor from then on.

    A role that began on the day or later never held for the predecessor: it is withdrawn and given for the successor.
    Whoever has the role for the successor already keeps that one.
    """
    held = list(
        Membership.objects.filter(
            Q(ends__isnull=True) | Q(ends__gte=on), partnership=partnership, agency=old, withdrawn_at__isnull=True
        ).select_related("person")
    )
    reason = f"{new.name} follows {old.name} on {day(on)}."[:500]
    begun = [each for each in held if each.starts < on]
    spans = [(each, max(each.starts, on), each.ends) for each in held]
    has = {
        (each.person_id, each.role)
        for each in Membership.objects.in_force(on).filter(partnership=partnership, agency=new)
    }
    door.change_many(
        by=by, verb="role ended", now=now, reason=reason,
        changes=[(each, each.version, {"ends": on - timedelta(days=1)}) for each in begun],
    )  # fmt: skip
    for each in held:
        if each not in begun:
            door.withdraw(
                by=by, thing=each, expected_version=each.version, now=now, reason=reason, verb="role ended"
            )  # fmt: skip
    _give(by, partnership, new, [each for each in spans if (each[0].person_id, each[0].role) not in has], reason, now)
    for each in held:
        each.person.forget_grants()


def _give(
    by: Person, partnership: Partnership, new: Agency, spans: Sequence[tuple[Membership, date, date | None]],
    reason: str, now: datetime,
) -> None:  # fmt: skip
    door.bulk(
        Membership, by=by, verb="role given", now=now, reason=reason,
        rows=[
            {"partnership": partnership, "person": each.person, "role": each.role, "agency": new, "starts": starts,
             "ends": ends}
            for each, starts, ends in spans
        ],
    )  # fmt: skip
