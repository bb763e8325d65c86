"""The empty practice partnership and its neighbour: people and bodies, and nothing of a plan. Built once."""

from datetime import datetime, timedelta

from throughline.example import people
from throughline.history.moments import day_of
from throughline.partners import actions
from throughline.partners.models import Agency, Group, Partnership, Person
from throughline.partners.signin import PRACTICE_PASSWORD


def build(*, now: datetime) -> list[Partnership]:
    """Make both practice partnerships through the ordinary actions, as the system person. Those that exist stay.

    Everything begins a year before `now`, so that a past quarter may be opened in practice.
    """
    if Partnership.objects.filter(slug=people.PRACTICE).exists():
        return []
    system = actions.system_person()
    since = day_of(now) - timedelta(days=365)
    made = {
        slug: actions.create_partnership(by=system, slug=slug, name=name, practice=True, now=now)
        for slug, name in people.PARTNERSHIPS.items()
    }
    agencies = {
        key: actions.create_agency(by=system, name=name, short_name=short, now=now)
        for key, (name, short) in people.AGENCIES.items()
    }
    for slug, keys in people.TAKES_PART.items():
        for key in keys:
            actions.join(by=system, partnership=made[slug], agency=agencies[key], starts=since, now=now)
    groups = {
        key: actions.create_group(by=system, partnership=made[people.PRACTICE], name=name, short_name=short, now=now)
        for key, (name, short) in people.GROUPS.items()
    }
    for each in people.PEOPLE:
        person = actions.create_person(
            by=system, name=each.name, email=each.email, post_title=each.post, password=PRACTICE_PASSWORD, now=now
        )
        _seat(person, each, made, agencies, groups, now)
    return list(made.values())


def _seat(
    person: Person, each: people.PracticePerson, made: dict[str, Partnership], agencies: dict[str, Agency],
    groups: dict[str, Group], now: datetime,
) -> None:  # fmt: skip
    since = day_of(now) - timedelta(days=365)
    for seat in each.seats:
        actions.give_role(
            by=actions.system_person(), partnership=made[seat.partnership], person=person, role=seat.role,
            agency=agencies.get(seat.body), group=groups.get(seat.body), starts=since, now=now,
        )  # fmt: skip
