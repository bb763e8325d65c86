"""Who contributes to an action that another body leads, and with which part."""

from datetime import datetime

from throughline.access import Scope, check, check_new
from throughline.history import door
from throughline.history.door import action
from throughline.history.moments import day_of
from throughline.partners.models import Agency, Group, Person
from throughline.plans import permissions
from throughline.plans.actions import CannotDo, check_takes_part, in_the_plan
from throughline.plans.models import Action, Contributor


def contributors_of(act: Action) -> list[Contributor]:
    """The bodies that contribute to an action now, with their names. One query; whoever sees the action sees them."""
    rows = Contributor.objects.filter(action=act, withdrawn_at__isnull=True).select_related("agency", "group")
    return sorted(rows, key=lambda each: each.body.name)


def _check_part(part: str) -> None:
    if not part.strip():
        raise CannotDo("Say what its part is, so that it can report on it.")


@action("act")
def add_contributor(
    *, by: Person, act: Action, part: str, now: datetime, agency: Agency | None = None, group: Group | None = None
) -> Contributor:
    """Have an agency or a group contribute to an action, with its part. Raises AccessDenied, CannotDo."""
    scope = Scope(frozenset({act.partnership_id}))
    check_new(by, "create", permissions.CONTRIBUTOR, scope, day_of(now))
    current = in_the_plan(act)
    if (agency is None) == (group is None):
        raise CannotDo("Choose the agency or the group that contributes, and only one.")
    check_takes_part(current.plan, agency, instead="who contributes")
    body = agency or group
    assert body is not None
    if body == current.lead:
        raise CannotDo(f"{body} leads {current.reference}. Choose another body that contributes.")
    if any(each.body == body for each in contributors_of(current)):
        raise CannotDo(f"{body} contributes to {current.reference} already. Change its part instead.")
    _check_part(part)
    return door.create(
        Contributor, by=by, verb="added", now=now, partnership_id=current.partnership_id, action=current, agency=agency,
        group=group, part=part,
    )  # fmt: skip


@action("contributor")
def change_part(
    *, by: Person, contributor: Contributor, expected_version: int, part: str, now: datetime
) -> Contributor:
    """Put a contributor's part in other words. Raises AccessDenied, Conflict, CannotDo."""
    check(by, "change", contributor, day_of(now))
    in_the_plan(contributor.action)
    _check_part(part)
    return door.change(
        by=by, thing=contributor, expected_version=expected_version, verb="part changed", now=now, part=part
    )


@action("contributor")
def let_go(*, by: Person, contributor: Contributor, expected_version: int, reason: str, now: datetime) -> Contributor:
    """Say that a body contributes no longer, and why. Raises AccessDenied, Conflict, CannotDo."""
    check(by, "change", contributor, day_of(now))
    if not reason.strip():
        raise CannotDo("Say why it contributes no longer. The reason stays on record.")
    return door.withdraw(by=by, thing=contributor, expected_version=expected_version, now=now, reason=reason)
