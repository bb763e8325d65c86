"""What a row would change in an action that stands: shown field by field, and done by the same values."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from throughline.inspections.models import Finding
from throughline.methods.plan_tables.fields import alike
from throughline.methods.printed import day
from throughline.plans.importing.held import Body, Held, HeldAction
from throughline.plans.importing.printing import resources_text, same_words
from throughline.plans.importing.wanted import Wanted, WantedImpact, WantedNote, WantedPart, WantedStep
from throughline.plans.models import Action


@dataclass(frozen=True)
class Difference:
    """One field: as it is here, and as the file has it."""

    label: str
    here: str
    there: str


@dataclass(frozen=True)
class Change:
    """What would be changed. An empty field of the row changes nothing, and nothing is taken away."""

    title: str = ""
    detail: str | None = None
    owner_post: str = ""
    area: str = ""
    lead: Body | None = None
    due: date | None = None
    columns: Mapping[str, Any] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()
    impacts: tuple[WantedImpact, ...] = ()
    tests: tuple[WantedImpact, ...] = ()
    parts: tuple[WantedPart, ...] = ()
    steps: tuple[WantedStep, ...] = ()
    notes: tuple[WantedNote, ...] = ()

    @property
    def says_otherwise(self) -> bool:
        """Whether the action's own words, area or lead would change."""
        return bool(self.title or self.detail is not None or self.owner_post or self.area or self.lead)

    @property
    def is_empty(self) -> bool:
        """Whether nothing would change."""
        return not self.says_otherwise and not any(
            (self.due, self.columns, self.findings, self.impacts, self.tests, self.parts, self.steps, self.notes)
        )


def change_of(wanted: Wanted, held: Held) -> tuple[Change, list[str]]:
    """(what a row would change in its action, sentences about what it says differently and cannot change)."""
    found = wanted.held
    assert found is not None
    act, sentences = found.act, list(_beside(wanted, found))
    columns = {key: value for key, value in wanted.columns.items() if getattr(act, key) != value}
    if wanted.own_number and wanted.own_number != act.own_number:
        columns["own_number"] = wanted.own_number
    served = {each.pk for each in found.impacts}
    bodies = {each.body for each in found.contributors}
    steps = {alike(each.title) for each in found.milestones}
    notes = {(each.dated, _key(each.text)) for each in found.notes}
    change = Change(
        title=wanted.title if wanted.title and not same_words(wanted.title, act.title) else "",
        detail=wanted.detail if wanted.detail and not same_words(wanted.detail, act.detail) else None,
        owner_post=wanted.owner_post if wanted.owner_post and wanted.owner_post != act.owner_post else "",
        area=wanted.area if wanted.area and alike(wanted.area) != alike(act.area.title) else "",
        lead=wanted.lead if wanted.lead and wanted.lead != act.lead else None,
        due=wanted.due if wanted.due and wanted.due != act.due else None,
        columns=columns,
        findings=tuple(each for each in wanted.findings if each not in found.findings),
        impacts=tuple(each for each in wanted.impacts if each.standing is None or each.standing.pk not in served),
        tests=tuple(_new_tests(wanted, held, served)),
        parts=tuple(
            each for each in wanted.parts if each.body not in bodies and each.body != (wanted.lead or act.lead)
        ),
        steps=tuple(each for each in wanted.steps if alike(each.title) not in steps),
        notes=tuple(each for each in wanted.notes if (each.dated, _key(each.text)) not in notes),
    )
    return change, sentences


def _key(text: str) -> str:
    return " ".join(text.split())


def _new_tests(wanted: Wanted, held: Held, served: set[Any]) -> Iterator[WantedImpact]:
    """The impacts that the action serves already and for which the row names a further test."""
    for each in wanted.impacts:
        if each.standing is None or each.standing.pk not in served:
            continue
        there = {(test.kind, test.text.casefold()) for test in held.tests.get(each.standing.pk, ())}
        new = tuple((kind, text) for kind, text in each.tests if (kind, text.casefold()) not in there)
        if new:
            yield WantedImpact(each.would_see, each.for_whom, each.standing, new)


def _beside(wanted: Wanted, found: HeldAction) -> Iterator[str]:
    """What the row says of parts that stand, and that only their own pages change."""
    parts = {each.body: each.part for each in found.contributors}
    for part in wanted.parts:
        if part.said and part.body in parts and not same_words(parts[part.body], part.part):
            name = part.body.name
            yield f"{wanted.where}: {name} contributes already, with another part. Change it on the action’s page."
    steps = {alike(each.title): each for each in found.milestones}
    for step in wanted.steps:
        standing = steps.get(alike(step.title))
        if standing is not None and standing.due != step.due:
            yield (
                f"{wanted.where}: the milestone ‘{standing.title}’ is due on {day(standing.due)} here and on"
                f" {day(step.due)} in the file. Change it on the action’s page."
            )


def differences(change: Change, act: Action) -> list[Difference]:
    """A change, field by field, for a person to decide on."""
    rows = [
        ("Action", act.title, change.title),
        ("How", act.detail, change.detail or ""),
        ("Improvement area", act.area.title, change.area),
        ("Who leads", act.lead.name, change.lead.name if change.lead else ""),
        ("Owner’s post", act.owner_post, change.owner_post),
        ("Due date", day(act.due), day(change.due) if change.due else ""),
        *_column_rows(change, act),
    ]
    found = [Difference(label, here, there) for label, here, there in rows if there]
    added = [
        ("Findings", [each.reference for each in change.findings]),
        ("Desired impacts", [each.would_see for each in change.impacts]),
        ("What would show them", [text for each in change.tests for _, text in each.tests]),
        ("Contributors", [f"{each.body.name}: {each.part}" for each in change.parts]),
        ("Milestones", [f"{each.title}, by {day(each.due)}" for each in change.steps]),
        ("Notes", [note_text(each) for each in change.notes]),
    ]
    return [*found, *(Difference(label, "", "\n".join(f"+ {each}" for each in more)) for label, more in added if more)]


_COLUMNS = {
    "own_number": "The plan’s own number", "resources": "Resources", "resources_note": "Resources",
    "funder": "Funder", "funding_decided": "Funding decided", "equality": "Equality screening",
    "equality_note": "Equality note", "equality_screened": "Screened on",
}  # fmt: skip


def _column_rows(change: Change, act: Action) -> Iterator[tuple[str, str, str]]:
    for name, value in change.columns.items():
        here = resources_text(act) if name == "resources_note" else _shown(name, getattr(act, name))
        yield _COLUMNS[name], here, _shown(name, value) or "Nothing"


def _shown(name: str, value: Any) -> str:
    if isinstance(value, date):
        return day(value)
    if name == "resources":
        return Action.RESOURCES[value]
    return Action.SCREENING[value] if name == "equality" else str(value or "")


def note_text(note: WantedNote) -> str:
    """A note as the preview shows it."""
    return f"{f'{day(note.dated)}: ' if note.dated else ''}{note.text}"
