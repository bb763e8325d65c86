"""Declared conflicts of interest: who declared one may not verify that action, at any level."""

from datetime import datetime

from throughline.access import Scope, check, check_new
from throughline.history import door
from throughline.history.door import action
from throughline.history.moments import day_of
from throughline.partners.models import Membership, Person
from throughline.plans import permissions
from throughline.plans.actions import CannotDo
from throughline.plans.models import Action, DeclaredConflict


def conflicts_of(act: Action) -> list[DeclaredConflict]:
    """The conflicts that are declared in an action, by name. One query; whoever sees the action sees them."""
    rows = DeclaredConflict.objects.filter(action=act, withdrawn_at__isnull=True).select_related("person")
    return list(rows.order_by("person__name"))


def is_declared(person: Person, act: Action) -> bool:
    """Whether a person's conflict of interest in an action is declared."""
    return DeclaredConflict.objects.filter(action=act, person_id=person.pk, withdrawn_at__isnull=True).exists()


@action("act")
def declare(*, by: Person, act: Action, person: Person, why: str, now: datetime) -> DeclaredConflict:
    """Declare a person's conflict of interest in an action: one's own, or by a keeper for somebody else.

    Raises AccessDenied, CannotDo.
    """
    scope = Scope(frozenset({act.partnership_id}), people=frozenset({person.pk}))
    check_new(by, "create", permissions.CONFLICT, scope, day_of(now))
    if not Membership.objects.filter(partnership_id=act.partnership_id, person_id=person.pk).exists():
        raise CannotDo(f"{person.name} has no part in this partnership. Choose somebody who has.")
    if is_declared(person, act):
        raise CannotDo(f"A conflict of interest of {person.name} in {act.reference} is declared already.")
    if not why.strip():
        raise CannotDo("Say what the conflict of interest is, for example ‘Worked on it until May’.")
    return door.create(
        DeclaredConflict, by=by, verb="declared", now=now, partnership_id=act.partnership_id, action=act,
        person_id=person.pk, why=why,
    )  # fmt: skip


@action("conflict")
def withdraw(
    *, by: Person, conflict: DeclaredConflict, expected_version: int, reason: str, now: datetime
) -> DeclaredConflict:
    """Say that a conflict of interest no longer holds, with the reason. Never one's own: somebody else does that.

    Raises AccessDenied, Conflict, CannotDo.
    """
    current: DeclaredConflict = DeclaredConflict.objects.get(pk=conflict.pk)
    check(by, "change", current, day_of(now))
    if current.person_id == by.pk:
        raise CannotDo("It is your own conflict of interest. Somebody else who keeps the plan has to withdraw it.")
    if current.withdrawn_at is not None:
        raise CannotDo("It was withdrawn already.")
    if not reason.strip():
        raise CannotDo("Say why it no longer holds. The reason stays on record.")
    return door.withdraw(by=by, thing=current, expected_version=expected_version, now=now, reason=reason)
