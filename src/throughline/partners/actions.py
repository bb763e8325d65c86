"""What is done to partnerships, people, bodies and memberships. The first partnership is made from the command line."""

import hashlib
import secrets
from datetime import date, datetime, timedelta

from django.db.models import Q

from throughline.access import Role, Scope, check, check_new
from throughline.access.roles import FOR_A_BODY
from throughline.history import consequences, door
from throughline.history.door import action
from throughline.history.models import Event
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
    return door.create(Group, by=by, verb="created", now=now, partnership=partnership, name=name, short_name=short_name)


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
    """Give a person a role in the partnership. CannotDo when the role needs a body, or the body takes no part."""
    _keeps(by, "create", partnership, permissions.MEMBERSHIP, day_of(now))
    if role in FOR_A_BODY and agency is None and group is None:
        raise CannotDo("This role acts for an agency or a group. Choose which.")
    if agency is not None and group is not None:
        raise CannotDo("Choose an agency or a group, not both.")
    if (
        agency is not None
        and not Participation.objects.filter(partnership=partnership, agency=agency, withdrawn_at__isnull=True).exists()
    ):
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
    _leaves_a_keeper(membership)
    ended = door.change(
        by=by, thing=membership, expected_version=expected_version, verb="role ended", now=now, ends=ends
    )
    by.forget_grants()
    return ended


@action("membership")
def end_role_at_once(*, by: Person, membership: Membership, expected_version: int, now: datetime) -> Membership:
    """Have a membership end before the next request. One that began today is withdrawn: it never held for a day.

    Raises AccessDenied, Conflict, CannotDo.
    """
    yesterday = day_of(now) - timedelta(days=1)
    if membership.starts <= yesterday:
        return end_role(by=by, membership=membership, expected_version=expected_version, ends=yesterday, now=now)
    if not by.is_system:
        check(by, "change", membership, day_of(now))
    _leaves_a_keeper(membership)
    ended = door.withdraw(
        by=by, thing=membership, expected_version=expected_version, now=now, verb="role ended",
        reason="Ended on the day on which it began.",
    )  # fmt: skip
    by.forget_grants()
    return ended


def _leaves_a_keeper(membership: Membership) -> None:
    """Somebody must remain who can let people in: raise CannotDo when this is the last such role."""
    keeping = [role.value for role in permissions.KEEPERS]
    if membership.role not in keeping:
        return
    others = Membership.objects.filter(
        partnership_id=membership.partnership_id, role__in=keeping, ends__isnull=True, withdrawn_at__isnull=True
    ).exclude(pk=membership.pk)
    if not others.filter(person__is_active=True).exists():
        raise CannotDo(
            "This is the last business manager or administrator. Give the role to somebody else first, without an end."
        )


@action("partnership")
def take_on(
    *, by: Person, partnership: Partnership, name: str, email: str, post_title: str, role: Role, starts: date,
    now: datetime, agency: Agency | None = None, group: Group | None = None,
) -> Membership:  # fmt: skip
    """Give somebody a role, by their e-mail address: a person whom the deployment knows keeps the name it knows.

    Raises AccessDenied, CannotDo.
    """
    _keeps(by, "create", partnership, permissions.MEMBERSHIP, day_of(now))
    address = email.strip().lower()
    person = Person.objects.filter(email=address, is_system=False).first()
    if person is not None and not person.is_active:
        raise CannotDo("The account of that address was closed. An administrator can open it again.")
    same = person and person.memberships.filter(
        partnership=partnership, role=role.value, agency=agency, group=group, withdrawn_at__isnull=True
    )
    if same and same.filter(Q(ends__isnull=True) | Q(ends__gte=starts)).exists():
        raise CannotDo(f"{person.name} has this role already.")
    # The partnership's chain comes before the deployment's, in which people are recorded.
    person = person or create_person(by=by, name=name, email=address, post_title=post_title, now=now)
    return give_role(
        by=by, partnership=partnership, person=person, role=role, starts=starts, now=now, agency=agency, group=group
    )


@action("partnership")
def take_part(
    *, by: Person, partnership: Partnership, name: str, short_name: str, starts: date, now: datetime
) -> Participation:  # fmt: skip
    """Have an agency take part, by its name: one that the deployment knows already is that one.

    Raises AccessDenied, CannotDo.
    """
    _keeps(by, "create", partnership, permissions.PARTICIPATION, day_of(now))
    agency = Agency.objects.filter(name__iexact=name.strip(), withdrawn_at__isnull=True).first()
    if (
        agency is not None
        and agency.participations.filter(
            Q(ends__isnull=True) | Q(ends__gte=starts), partnership=partnership, withdrawn_at__isnull=True
        ).exists()
    ):
        raise CannotDo(f"{agency.name} takes part already.")
    agency = agency or create_agency(by=by, name=name.strip(), short_name=short_name.strip(), now=now)
    return join(by=by, partnership=partnership, agency=agency, starts=starts, now=now)


@action("participation")
def leave(
    *, by: Person, participation: Participation, expected_version: int, ends: date, now: datetime
) -> Participation:
    """Have an agency's participation end with a day. Raises AccessDenied, Conflict, CannotDo."""
    check(by, "change", participation, day_of(now))
    if ends < participation.starts:
        raise CannotDo("An agency cannot leave before it joined. Give a later day.")
    still = Membership.objects.in_force(ends + timedelta(days=1)).filter(
        partnership_id=participation.partnership_id, agency_id=participation.agency_id
    )
    if still.exists():
        raise CannotDo("People still act for this agency after that day. End their roles first.")
    return door.change(by=by, thing=participation, expected_version=expected_version, verb="left", now=now, ends=ends)


@action("partnership")
def invite(*, by: Person, partnership: Partnership, person: Person, now: datetime) -> tuple[Invitation, str]:
    """Ask a person to make a login. Returns the invitation and the token for the link, which is not kept.

    The consequence 'partners.invited' (invitation, token) is for whoever sends the link. Raises AccessDenied, CannotDo.
    """
    _keeps(by, "create", partnership, permissions.INVITATION, day_of(now))
    if not person.email:
        raise CannotDo(f"{person.name} has no e-mail address. Add one first.")
    if not person.memberships.filter(partnership=partnership).exists():
        raise CannotDo(f"{person.name} has no role in this partnership yet. Give one first.")
    if person.has_usable_password():
        raise CannotDo(f"{person.name} can sign in already. They can renew a forgotten password themselves.")
    token = secrets.token_urlsafe(32)
    invitation = door.create(
        Invitation, by=by, verb="invited", now=now, partnership=partnership, person=person,
        token_sha256=digest_of(token), expires_at=now + INVITATION_LASTS,
    )  # fmt: skip
    cause = Event.objects.filter(thing_kind="partners.invitation", thing_id=invitation.pk).latest("sequence")
    consequences.follow("partners.invited", by=by, cause=cause, now=now, invitation=invitation, token=token)
    return invitation, token


def digest_of(token: str) -> str:
    """What is kept of an invitation's token: its SHA-256, as 64 hexadecimal characters."""
    return hashlib.sha256(token.encode()).hexdigest()


@action("invitation")
def answer_invitation(
    *, by: Person, invitation: Invitation, expected_version: int, password_hash: str, now: datetime
) -> Person:  # fmt: skip
    """Give the invited person, who is `by`, the password that they chose, once.

    Hashed before (`make_password`), because hashing is slow on purpose. Raises CannotDo, Conflict.
    """
    person = Person.objects.select_for_update().get(pk=invitation.person_id)
    if by.pk != person.pk or invitation.answered_at or invitation.expires_at <= now or person.has_usable_password():
        raise CannotDo("This invitation can no longer be used. Ask for a new one.")
    door.change(
        by=by, thing=invitation, expected_version=expected_version, verb="invitation answered", now=now,
        answered_at=now,
    )  # fmt: skip
    return door.change(
        by=by, thing=person, expected_version=person.version, verb="password set", now=now, password=password_hash
    )


@action(None)
def change_own_details(
    *, by: Person, expected_version: int, name: str, post_title: str, email: str, now: datetime
) -> Person:
    """Change how a person is called, what their post is and where they are written to. Raises Conflict, CannotDo."""
    address = email.strip().lower()
    if Person.objects.filter(email=address).exclude(pk=by.pk).exists():
        raise CannotDo("That address cannot be used here. Give another one.")
    return door.change(
        by=by, thing=by, expected_version=expected_version, verb="details changed", now=now, name=name,
        post_title=post_title, email=address,
    )  # fmt: skip


@action(None)
def sign_out_everywhere(*, by: Person, now: datetime) -> Person:
    """End every session of one's own, this one included, at its next request."""
    return door.change(
        by=by, thing=by, expected_version=by.version, verb="signed out everywhere", now=now, sign_outs=by.sign_outs + 1
    )


def _only_ours(by: Person, person: Person, on: date) -> None:
    """Raise CannotDo when the person also belongs where `by` keeps no accounts."""
    ours = {grant.partnership for grant in by.grants_on(on) if grant.role in permissions.KEEPERS}
    theirs = {grant.partnership for grant in person.grants_on(on)}
    if theirs - ours:
        raise CannotDo(
            f"{person.name} also belongs to another partnership. End their roles here; the account stays open there."
        )


@action(None)
def close_account(*, by: Person, person: Person, expected_version: int, now: datetime) -> Person:
    """Shut a person out of the deployment, at their next request. Raises AccessDenied, Conflict, CannotDo."""
    on = day_of(now)
    check(by, "close", person, on)
    if person.pk == by.pk:
        raise CannotDo("You cannot close your own account. Another administrator can.")
    _only_ours(by, person, on)
    return door.change(
        by=by, thing=person, expected_version=expected_version, verb="account closed", now=now, is_active=False,
        sign_outs=person.sign_outs + 1,
    )  # fmt: skip


@action(None)
def open_account(*, by: Person, person: Person, expected_version: int, now: datetime) -> Person:
    """Let a person in again whose account was closed. Raises AccessDenied, Conflict."""
    check(by, "close", person, day_of(now))
    return door.change(
        by=by, thing=person, expected_version=expected_version, verb="account opened again", now=now, is_active=True
    )


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
