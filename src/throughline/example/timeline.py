"""What happens in the worked example, in the order of time; and what it is made of while it is being told."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from typing import Any

from throughline.assurance.models import AssuranceActivity
from throughline.inspections.models import Finding, Inspection
from throughline.partners.models import Agency, Group, Partnership, Person
from throughline.plans.models import Action, DesiredImpact, ImprovementArea, Plan
from throughline.returns.models import ReportingPeriod
from throughline.scrutiny.models import Decision


@dataclass
class Story:
    """What the example is made of. Bodies are known by the keys of `story_bodies`, the rest by their story's keys."""

    partnership: Partnership = field(init=False)
    plan: Plan = field(init=False)
    manager: Person = field(init=False)
    chair: Person = field(init=False)
    scrutineer: Person = field(init=False)
    quality: Person = field(init=False)
    bodies: dict[str, Agency | Group] = field(default_factory=dict)
    leads: dict[str, Person] = field(default_factory=dict)
    signatories: dict[str, Person] = field(default_factory=dict)
    inspections: dict[str, Inspection] = field(default_factory=dict)
    findings: dict[str, Finding] = field(default_factory=dict)
    areas: list[ImprovementArea] = field(default_factory=list)
    impacts: dict[str, DesiredImpact] = field(default_factory=dict)
    actions: dict[str, Action] = field(default_factory=dict)
    activities: dict[str, AssuranceActivity] = field(default_factory=dict)
    periods: dict[str, ReportingPeriod] = field(default_factory=dict)
    decisions: dict[str, Decision] = field(default_factory=dict)

    def body(self, key: str) -> dict[str, Any]:
        """A body as the argument that actions take it by."""
        found = self.bodies[key]
        return {"agency": found} if isinstance(found, Agency) else {"group": found}

    def act(self, key: str) -> Action:
        """An action as it stands now."""
        return Action.objects.get(pk=self.actions[key].pk)


Step = Callable[[datetime], None]


class Timeline:
    """Steps with their instants. Those of one instant are taken in the order in which they were told."""

    def __init__(self) -> None:
        self._steps: list[tuple[datetime, int, Step]] = []

    def at(self, day: date, hour: int, step: Step) -> None:
        """Have something happen at an hour of a day."""
        self._steps.append((at(day, hour), len(self._steps), step))

    def run(self, *, until: date) -> None:
        """Take every step up to the end of a day."""
        for when, _, step in sorted(self._steps, key=lambda each: each[:2]):
            if when.date() <= until:
                step(when)


def at(day: date, hour: int = 10) -> datetime:
    """An instant of the story's past."""
    return datetime.combine(day, time(hour), tzinfo=UTC)
