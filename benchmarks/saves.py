"""Saving through the write door beside a bare Django save, and reading as somebody beside reading as nobody."""

from collections.abc import Iterator
from datetime import UTC, datetime

from benchmarks.measure import Beside, beside
from throughline.example import durham
from throughline.history import verify
from throughline.history.models import Event
from throughline.line.queries import plan_line
from throughline.partners.models import Membership
from throughline.plans import actions as plans
from throughline.plans.models import Action, ImprovementArea, Plan
from throughline.plans.queries import actions_of


def run() -> Iterator[Beside]:
    """Saves, reads, the line and verification over the worked example."""
    partnership = durham.build(until=durham.FIRST_REPORT)
    assert partnership is not None
    plan = Plan.objects.get(partnership=partnership)
    manager = Membership.objects.get(partnership=partnership, role="business_manager").person
    now = datetime.now(UTC)

    def through_the_door() -> None:
        area = ImprovementArea.objects.filter(plan=plan).first()
        plans.rename_area(by=manager, area=area, expected_version=area.version, title=area.title, now=now)

    def bare() -> None:
        area = ImprovementArea.objects.filter(plan=plan).first()
        area.save(update_fields=["title"])

    yield beside(
        "one save through the door (event, hash, lock)", through_the_door, "one bare Django save", bare, runs=25
    )
    yield beside(
        "list of actions as a person may see it",
        lambda: list(actions_of(plan, for_person=manager)),
        "the same rows without access or links",
        lambda: list(Action.objects.filter(plan=plan)),
        runs=25,
    )
    yield beside(
        "the line, as at a day (from events)",
        lambda: plan_line(plan, for_person=manager, as_of=durham.FIRST_REPORT),
        "the line, live (from tables)",
        lambda: plan_line(plan, for_person=manager),
    )
    yield beside(
        f"verify a record of {Event.objects.count()} events",
        verify.verify,
        "read the same events without checking",
        lambda: [event.body.text for event in Event.objects.select_related("body")],
    )
