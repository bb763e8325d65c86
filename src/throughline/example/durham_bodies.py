"""The worked example's partnership: its people, agencies and groups, and the board's successor."""

from datetime import date, datetime

from throughline.access import Role
from throughline.example import story_bodies, story_later
from throughline.example.timeline import Story, Timeline
from throughline.partners import actions as partners
from throughline.partners import succession
from throughline.partners.models import Agency, Group, Partnership, Person
from throughline.partners.signin import PRACTICE_PASSWORD

SLUG = "county-durham"
BEGAN = date(2018, 7, 1)
TODAY = date(2022, 7, 29)
MANAGER = "Business manager"
# A post, as the public record names it; never who held it.
LEAD_OFFICER = "Corporate Director of Children and Young People’s Services"


def tell(story: Story, timeline: Timeline, *, shown_today: date) -> None:
    """The partnership begins, and its board is succeeded in April 2019."""
    timeline.at(BEGAN, 10, lambda now: _begin(story, shown_today, now))
    timeline.at(story_later.SUCCEEDED, 8, lambda now: _succeed(story, now))


def _begin(story: Story, shown_today: date, now: datetime) -> None:
    system = partners.system_person()
    story.partnership = partners.create_partnership(
        by=system, slug=SLUG, name="County Durham (worked example)", illustrative=True, practice=True,
        shown_today=shown_today, executive_name="LSCB Executive Group", now=now,
    )  # fmt: skip
    for key, (name, short) in story_bodies.AGENCIES.items():
        agency = partners.create_agency(by=system, name=name, short_name=short, now=now)
        partners.join(by=system, partnership=story.partnership, agency=agency, starts=BEGAN, now=now)
        story.bodies[key] = agency
        story.leads[key] = _person(story, f"{short} lead", Role.AGENCY_LEAD, now, agency=agency)
        story.signatories[key] = _person(
            story, f"{short} executive", Role.ACCOUNTABLE_EXECUTIVE, now, agency=agency
        )  # fmt: skip
    for key, (name, short) in story_bodies.GROUPS.items():
        group = partners.create_group(
            by=system, partnership=story.partnership, name=name, short_name=short, now=now
        )  # fmt: skip
        story.bodies[key] = group
        chair = _person(story, f"{short} chair", Role.GROUP_CHAIR, now, group=group)
        story.leads[key] = story.signatories[key] = chair
    story.manager = _person(story, MANAGER, Role.BUSINESS_MANAGER, now, login="durham")
    story.chair = _person(story, "Executive Group chair", Role.EXECUTIVE_CHAIR, now, login="durham-chair")
    story.scrutineer = _person(story, "Independent scrutineer", Role.SCRUTINEER, now, login="durham-scrutineer")
    _person(story, LEAD_OFFICER, Role.LEAD_OFFICER, now)
    story.quality = _person(story, "Quality lead", Role.QUALITY_LEAD, now)


def _person(
    story: Story, post: str, role: Role, now: datetime, *, agency: Agency | None = None, group: Group | None = None,
    login: str = "",
) -> Person:  # fmt: skip
    """Somebody known by post only; with a login where a visitor may look through their eyes."""
    system = partners.system_person()
    made = partners.create_person(
        by=system, name=f"{post} (illustrative)", post_title=post,
        email=f"{login}@practice.example" if login else None, password=PRACTICE_PASSWORD if login else None, now=now,
    )  # fmt: skip
    partners.give_role(
        by=system, partnership=story.partnership, person=made, role=role, agency=agency, group=group, starts=BEGAN,
        now=now,
    )  # fmt: skip
    return made


def _succeed(story: Story, now: datetime) -> None:
    """The safeguarding board becomes a safeguarding partnership."""
    name, short = story_later.BOARD_SUCCESSOR
    board = story.bodies["board"]
    assert isinstance(board, Agency)
    taken_over = succession.succeed(
        by=partners.system_person(), partnership=story.partnership, agency=board, name=name, short_name=short,
        on=story_later.SUCCEEDED, now=now,
    )  # fmt: skip
    story.bodies["board"] = taken_over.agency
    current = Partnership.objects.get(pk=story.partnership.pk)
    partners.change_partnership(
        by=story.manager, partnership=current, expected_version=current.version, name=current.name,
        marking=current.marking, executive_name=story_later.EXECUTIVE_AFTER, now=now,
    )  # fmt: skip
