"""What is done to partnerships, people, bodies and memberships. The first partnership is made from the command line."""

import hashlib
import secrets
from datetime import date, datetime, timedelta

from throughline.access import Role, Scope, check, check_new
from throughline.access.roles import FOR_A_BODY
from throughline.history import door
from throughline.history.door import action
from throughline.history.moments import day_of
from throughline.partners import permissions
from throughline.partners.models import Agency, Group, Invitation, Membership, Participation, Partnership, Person

INVITATION_LASTS = timedelta(days=14)


class CannotDo(ValueError):
    """What was asked breaks a rule of the room; the sentence says which and what to do."""


def _keeps(by: Person, verb: str, partnership: Partnership, kind: permissions.Kind, on: date) -> None:
    """The system person sets up the deployment; everyone else needs the role."""
    if not by.is_system:
        check_new(by, verb, kind, Scope(frozenset({partnership.pk})), on)


@action(None)
def create_partnership(
    *, by: Person, slug: str, name: str, now: datetime, illustrative: bool = False, practice: bool = False,
    shown_today: date | None = None, executive_name: str = "Executive Group",
) -> Partnership:  # fmt: skip
    """Make a partnership. Only from the command line: `by` is the system person."""
    if not by.is_system:
        raise CannotDo("A partnership is made on the server: throughline partnership create.")
    return door.create(
        Partnership, by=by, verb="created", now=now, slug=slug, name=name, illustrative=illustrative,
        practice=practice, shown_today=shown_today, executive_name=executive_name,
    )  # fmt: skip


@action("partnership")
def change_partnership(
    *, by: Person, partnership: Partnership, expected_version: int, name: str, marking: str, executive_name: str,
    now: datetime,
) -> Partnership:  # fmt: skip
    """Change how a partnership and its papers are called and marked."""
    check(by, "change", partnership, day_of(now))
    return door.change(
        by=by, thing=partnership, expected_version=expected_version, verb="changed", now=now,
        name=name, marking=marking, executive_name=executive_name,
    )  # fmt: skip


@action(None)
def create_agency(
    *, by: Person, name: str, short_name: str, now: datetime, valid_from: date | None = None,
    valid_to: date | None = None, successor: Agency | None = None,
) -> Agency:  # fmt: skip
    """Name an agency to the deployment. It is nobody's until it joins a partnership (`join`)."""
    on = day_of(now)
    if not by.is_system and not any(grant.role in permissions.KEEPERS for grant in by.grants_on(on)):
        raise CannotDo("Only a business manager or an administrator may add an agency.")
    return door.create(
        Agency, by=by, verb="created", now=now, name=name, short_name=short_name, valid_from=valid_from,
        valid_to=valid_to, successor=successor,
    )  # fmt: skip


@action("partnership")
def join(
    *, by: Person, partnership: Partnership, agency: Agency, starts: date, now: datetime, ends: date | None = None
) -> Participation:
    """Have an agency take part in a partnership from a day."""
    _keeps(by, "create", partnership, permissions.PARTICIPATION, day_of(now))
    return door.create(
        Participation, by=by, verb="joined", now=now, partnership=partnership, agency=agency, starts=starts, ends=ends
    )


@action("partnership")
def create_group(*, by: Person, partnership: Partnership, name: str, short_name: str, now: datetime) -> Group:
    """Make a working group of the partnership."""
    _keeps(by, "create", partnership, permissions.GROUP, day_of(now))
    return door.create(
        Group, by=by, verb="created", now=now, partnership=partnership, name=name, short_name=short_name
    )


@action(None)
def create_person(
    *, by: Person, name: str, now: datetime, email: str | None = None, post_title: str = "", password: str | None = None
) -> Person:
    """Name a person. `password` only for practice people and the first administrator; others answer an invitation."""
    on = day_of(now)
    if not by.is_system and not any(grant.role in permissions.KEEPERS for grant in by.grants_on(on)):
        raise CannotDo("Only a business manager or an administrator may add a person.")
    if password is not None and not by.is_system:
        raise CannotDo("Nobody sets another person's password. Send an invitation.")
    person = Person(email=email.strip().lower() if email else None)
    if password is None:
        person.set_unusable_password()
    else:
        person.set_password(password)
    return door.create(
        Person, by=by, verb="created", now=now, name=name, email=person.email, post_title=post_title,
        password=person.password,
    )  # fmt: skip


@action("partnership")
def give_role(
    *, by: Person, partnership: Partnership, person: Person, role: Role, starts: date, now: datetime,
    agency: Agency | None = None, group: Group | None = None, ends: date | None = None,
) -> Membership:  # fmt: skip
    """Give a person a role in the partnership. Raises CannotDo when the role needs a body, or the body takes no part."""
    _keeps(by, "create", partnership, permissions.MEMBERSHIP, day_of(now))
    if role in FOR_A_BODY and agency is None and group is None:
        raise CannotDo("This role acts for an agency or a group. Choose which.")
    if agency is not None and group is not None:
        raise CannotDo("Choose an agency or a group, not both.")
    if agency is not None and not Participation.objects.filter(
        partnership=partnership, agency=agency, withdrawn_at__isnull=True
    ).exists():
        raise CannotDo(f"{agency.name} does not take part in this partnership. Add it first.")
    given = door.create(
        Membership, by=by, verb="role given", now=now, partnership=partnership, person=person, role=role.value,
        agency=agency, group=group, starts=starts, ends=ends,
    )  # fmt: skip
    person.forget_grants()
    return given


@action("membership")
def end_role(*, by: Person, membership: Membership, expected_version: int, ends: date, now: datetime) -> Membership:
    """Have a membership end with a day; a day before today ends it at once. Raises AccessDenied, Conflict, CannotDo."""
    if not by.is_system:
        check(by, "change", membership, day_of(now))
    if ends < membership.starts:
        raise CannotDo("A role cannot end before it starts. Give a later day.")
    return door.change(
        by=by, thing=membership, expected_version=expected_version, verb="role ended", now=now, ends=ends
    )


@action("partnership")
def invite(*, by: Person, partnership: Partnership, person: Person, now: datetime) -> tuple[Invitation, str]:
    """Ask a person to make a login. Returns the invitation and the token for the link, which is not kept."""
    _keeps(by, "create", partnership, permissions.INVITATION, day_of(now))
    if not person.email:
        raise CannotDo(f"{person.name} has no e-mail address. Add one first.")
    if not person.memberships.filter(partnership=partnership).exists():
        raise CannotDo(f"{person.name} has no role in this partnership yet. Give one first.")
    token = secrets.token_urlsafe(32)
    invitation = door.create(
        Invitation, by=by, verb="invited", now=now, partnership=partnership, person=person,
        token_sha256=hashlib.sha256(token.encode()).hexdigest(), expires_at=now + INVITATION_LASTS,
    )  # fmt: skip
    return invitation, token


def system_person() -> Person:
    """The person that set-up acts as: no login, no role. Made after the first migrate."""
    return Person.objects.get(is_system=True)


@action(None)
def ensure_system_person(*, by: Person, now: datetime) -> Person:
    """Record the system person, once. `by` is the unsaved person itself: somebody has to be first."""
    found = Person.objects.filter(is_system=True).first()
    return found or door.create(
        Person, by=by, verb="created", now=now, id=by.id, name=by.name, is_system=True, password=by.password
    )
