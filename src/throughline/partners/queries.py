"""Reads of the partners room: who is in a partnership, which bodies take part, who was invited, who may practise."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Exists, OuterRef, Q, QuerySet

from throughline.access.roles import PRINTED, Role
from throughline.partners.actions import digest_of
from throughline.partners.models import Agency, Group, Invitation, Membership, Participation, Partnership, Person


@dataclass(frozen=True)
class Seat:
    """A partnership of a person's, with what they are in it."""

    partnership: Partnership
    roles: str


def role_words(membership: Membership) -> str:
    """A membership as a person reads it: 'Agency lead, Vale Police'."""
    body = membership.agency or membership.group
    return f"{PRINTED[Role(membership.role)]}, {body}" if body else PRINTED[Role(membership.role)]


def after_a_name(roles: str) -> str:
    """Roles as they follow a name in a sentence; the Executive Group is a name itself."""
    return roles if roles.startswith("Executive Group") else f"{roles[:1].lower()}{roles[1:]}"


def seats_of(person: Person, on: date) -> list[Seat]:
    """The partnerships that a person belongs to on a day, by name, with their roles in each."""
    held: dict[Partnership, list[str]] = {}
    memberships = (
        Membership.objects.in_force(on)
        .filter(person_id=person.pk, partnership__withdrawn_at__isnull=True)
        .select_related("partnership", "agency", "group")
        .order_by("partnership__name", "role", "pk")
    )
    for each in memberships:
        held.setdefault(each.partnership, []).append(role_words(each))
    return [Seat(partnership, "; ".join(roles)) for partnership, roles in held.items()]


def memberships_of(partnership: Partnership, *, for_person: Person, ended: bool, on: date) -> QuerySet[Membership]:
    """Who holds which role in a partnership and may be seen by `for_person`; those that ended only when asked for."""
    found = (
        Membership.objects.visible_to(for_person)
        .filter(partnership=partnership)
        .select_related("person", "agency", "group")
        .annotate(
            invited=Exists(
                Invitation.objects.filter(partnership=partnership, person=OuterRef("person"), answered_at__isnull=True)
            )
        )
    )
    over = Q(ends__lt=on) | Q(withdrawn_at__isnull=False)
    return found.filter(over) if ended else found.exclude(over)


def membership_of(partnership: Partnership, pk: str, *, for_person: Person) -> Membership:
    """One membership. Raises DoesNotExist, also when it is not for this person to see."""
    return Membership.objects.visible_to(for_person).select_related("person").get(partnership=partnership, pk=pk)


def participations_of(partnership: Partnership, *, for_person: Person, on: date) -> QuerySet[Participation]:
    """The agencies that take part on a day or later, by name."""
    return (
        Participation.objects.visible_to(for_person)
        .filter(Q(ends__isnull=True) | Q(ends__gte=on), partnership=partnership, withdrawn_at__isnull=True)
        .select_related("agency")
        .order_by("agency__name", "starts")
    )


def with_predecessors(participations: QuerySet[Participation]) -> QuerySet[Participation]:
    """The participations, each agency with those that it succeeded in `predecessors`. One more query."""
    return participations.prefetch_related("agency__predecessors")


def acting_for(participation: Participation, *, for_person: Person, on: date) -> int:
    """How many people act for an agency in a partnership on a day or later."""
    return (
        Membership.objects.visible_to(for_person)
        .filter(
            Q(ends__isnull=True) | Q(ends__gte=on), partnership=participation.partnership_id,
            agency=participation.agency_id, withdrawn_at__isnull=True,
        )
        .values("person")
        .distinct()
        .count()
    )  # fmt: skip


def groups_of(partnership: Partnership, *, for_person: Person) -> QuerySet[Group]:
    """The partnership's working groups, by name."""
    return Group.objects.visible_to(for_person).filter(partnership=partnership, withdrawn_at__isnull=True)


def bodies_of(partnership: Partnership, *, for_person: Person, on: date) -> list[Agency | Group]:
    """Every body that a role can be held for: agencies first, then groups, each by name."""
    agencies = [each.agency for each in participations_of(partnership, for_person=for_person, on=on)]
    return [*dict.fromkeys(agencies), *groups_of(partnership, for_person=for_person)]


def open_invitation(token: str, *, now: datetime) -> Invitation | None:
    """The invitation that a link's token answers, while it can: not answered, not too old, no password set since.

    The one read that starts from no person: who holds the token is whom it was sent to.
    """
    found = (
        Invitation.objects.filter(
            token_sha256=digest_of(token), answered_at__isnull=True, withdrawn_at__isnull=True, expires_at__gt=now,
            person__is_active=True,
        )
        .select_related("person", "partnership")
        .first()
    )  # fmt: skip
    return found if found is not None and not found.person.has_usable_password() else None


def practice_people(on: date) -> list[tuple[Partnership, list[tuple[Person, str]]]]:
    """Those who may sign in by name on this machine, with what they are, by partnership and then in the roles' order.

    Whoever belongs to several stands under the one where most people are.
    """
    elsewhere = Membership.objects.filter(person_id=OuterRef("person_id"), partnership__practice=False)
    found = (
        Membership.objects.in_force(on)
        .filter(~Exists(elsewhere), partnership__practice=True, person__is_active=True, person__is_system=False)
        .select_related("person", "agency", "group", "partnership")
    )
    order = list(Role)
    by_partnership: dict[Partnership, list[Membership]] = {}
    for each in sorted(found, key=lambda each: (order.index(Role(each.role)), each.person.name, str(each.pk))):
        by_partnership.setdefault(each.partnership, []).append(each)
    listed: set[Person] = set()
    people = []
    for partnership, held in sorted(by_partnership.items(), key=lambda item: (-len(item[1]), item[0].name)):
        roles: dict[Person, list[str]] = {}
        for each in held:
            roles.setdefault(each.person, []).append(role_words(each))
        own = [(person, after_a_name("; ".join(words))) for person, words in roles.items() if person not in listed]
        listed |= set(roles)
        if own:
            people.append((partnership, own))
    return people
