"""From the rows of a plan's table to what each asks for, beside what the plan holds."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from throughline.inspections.models import Finding
from throughline.methods.mentions import searchable
from throughline.methods.plan_tables.days import days_in
from throughline.methods.plan_tables.drafts import LONGEST, Draft, Note, draft_of
from throughline.methods.plan_tables.fields import Field, alike, fold
from throughline.methods.plan_tables.rows import PlanRow
from throughline.methods.printed import day
from throughline.plans.delivery import ENDED, Delivery
from throughline.plans.importing.held import Body, Held, HeldAction
from throughline.plans.importing.matching import bodies_in, findings_in
from throughline.plans.importing.printing import CUT, printed_row, same_words
from throughline.plans.importing.wanted import (
    Problem,
    Wanted,
    WantedImpact,
    WantedNote,
    WantedPart,
    WantedStep,
    each_once,
)
from throughline.plans.models import Action, ImpactTest
from throughline.plans.rules import why_not_due

Keep = Callable[[str, str], None]

UNSAID = "Not said in the plan that was brought in"
NAMED = "Named beside the lead in the plan that was brought in"
NO_AREA = "Actions brought in"
# Fields that are read together: where the words of all of them are as we printed them, none of them is looked at.
_TOGETHER = (
    (Field.TITLE, Field.DETAIL), (Field.FIRST_DUE, Field.DUE), (Field.IMPACT, Field.MEASURE, Field.FOR_WHOM),
    (Field.OWN_NUMBER,), (Field.AREA,), (Field.FINDING_NUMBER, Field.FINDING), (Field.LEAD,), (Field.OWNER_POST,),
    (Field.CONTRIBUTORS,), (Field.MILESTONES,), (Field.RESOURCES,), (Field.PROGRESS,),
)  # fmt: skip
_WITHIN = frozenset(
    fold(each) for each in (Action.RESOURCES[Action.WITHIN], "Within existing resources", "Existing resources")
)
_FUNDER = re.compile(r"(?:^|\. )Funder: (?P<who>.{1,200}?)(?:\. Decided on (?P<day>\d{1,2} [A-Z][a-z]+ \d{4}))?$")
_MOST_WORDS = 1_000  # of a desired impact


@dataclass(frozen=True)
class Answers:
    """What a person said in the preview: who is meant by a lead's words (folded), and days and leads of single rows.

    `apart` are the rows that are other actions than the ones they match.
    """

    who: Mapping[str, Body] = field(default_factory=dict)
    leads: Mapping[str, Body] = field(default_factory=dict)
    days: Mapping[str, date] = field(default_factory=dict)
    apart: frozenset[str] = frozenset()


def wanted_of(rows: Sequence[PlanRow], held: Held, *, name: str, answers: Answers | None = None) -> list[Wanted]:
    """What each row asks for. `name` is the file's, for the notes' source."""
    drafts = [draft_of(each) for each in rows]
    given = answers or Answers()
    numbers = Counter(each.own_number for each in drafts if each.own_number)
    made = []
    for index, (row, draft) in enumerate(zip(rows, drafts, strict=True)):
        found, by = (None, "") if str(index) in given.apart else _match(draft, held, numbers)
        if found is not None:
            draft = draft_of(_without_unchanged(row, draft, found))
        made.append(replace(_wanted(str(index), draft, held, found, given, name), by=by))
    return each_once(made)


def _match(draft: Draft, held: Held, numbers: Mapping[str, int]) -> tuple[HeldAction | None, str]:
    """(the action that a row is about, by which of reference, number and title); (None, '') for a new one."""
    by_reference = {each.act.reference: each for each in held.actions}
    if draft.reference:
        return by_reference.get(draft.reference), "reference" if draft.reference in by_reference else ""
    title = alike(draft.title)
    same = [each for each in held.actions if alike(each.act.title) == title] if title else []
    own = [each for each in held.actions if draft.own_number and each.act.own_number == draft.own_number]
    both = [each for each in same if each in own]
    if len(both) == 1:
        return both[0], "title"
    if len(own) == 1 and numbers[draft.own_number] == 1:
        return own[0], "number"
    return (same[0], "title") if len(same) == 1 else (None, "")


def _without_unchanged(row: PlanRow, draft: Draft, held: HeldAction) -> PlanRow:
    """The row without the fields whose words are as our own columns print them."""
    printed = printed_row(held)
    gone: set[Field] = set()
    for fields in _TOGETHER:
        said = [each for each in fields if each in draft.printed]
        if said and all(_unchanged(draft.printed[each], printed.get(each, "")) for each in said):
            gone.update(said)
    return replace(row, cells={key: each for key, each in row.cells.items() if key not in gone})


def _unchanged(said: str, printed: str) -> bool:
    if said.rstrip().endswith(CUT):
        return True
    return same_words(said, printed)


def _wanted(key: str, draft: Draft, held: Held, found: HeldAction | None, answers: Answers, name: str) -> Wanted:
    where = f"{draft.where[:1].upper()}{draft.where[1:]}"
    remarks = [str(each) for each in draft.remarks]
    notes = [_note(each, held.on, name) for each in draft.notes]

    def keep(heading: str, text: str) -> None:
        notes.append(WantedNote(None, f"{heading}: {text}", _source(name, heading)))

    named = findings_in(draft.finding_numbers, draft.findings, held.findings)
    remarks += [f"{where}: {each}" for each in named.sentences]
    for text in dict.fromkeys((*named.unmet, *named.loose)):
        if not same_words(text, draft.title):
            keep("Finding", text)
    lead, others, post = _lead(key, draft, held, answers, keep, remarks, where)
    parts = [WantedPart(each, NAMED, said=False) for each in others]
    parts += _contributors(draft, held, keep, remarks, where)
    columns = _resources(draft, held.on)
    due = answers.days.get(key) or draft.due
    begun = _begun((*named.findings, *(found.findings if found else ())))
    steps = []
    for step in draft.steps:
        if doubt := why_not_due(step.due, not_before=begun):
            keep("Milestone", f"{step.title}, by {day(step.due)}")
            remarks.append(f"{where}: the milestone ‘{step.title}’ is kept as a note: {doubt}")
        else:
            steps.append(
                WantedStep(step.title, step.due, reached=step.reached if _past(step.reached, held.on) else None)
            )
    return Wanted(
        key=key, where=where, title=draft.title, detail=draft.detail, own_number=draft.own_number,
        area=draft.area or _area(named.findings, held, found), owner_post=post, lead=lead, lead_words=draft.lead,
        due=due, first_due=draft.first_due if draft.due else due, findings=named.findings,
        impacts=_impacts(draft, held, remarks, where),
        parts=tuple({each.body: each for each in reversed(parts) if each.body != lead}.values()),
        steps=tuple(steps), notes=tuple(dict.fromkeys(notes)),
        columns=columns, held=found, problems=tuple(_problems(draft, found, lead, due, begun)), remarks=tuple(remarks),
    )  # fmt: skip


def _source(name: str, heading: str) -> str:
    return f"{name}, ‘{heading}’"[:200]


def _note(note: Note, on: date, name: str) -> WantedNote:
    """A note as it is kept: one under a day that has not come yet bears none, and says it in its words."""
    if note.dated is not None and note.dated > on:
        return WantedNote(None, f"{day(note.dated)}: {note.text}", _source(name, note.heading))
    return WantedNote(note.dated, note.text, _source(name, note.heading))


def _past(reached: date | None, on: date) -> bool:
    return reached is not None and reached <= on


def _begun(findings: Iterable[Finding]) -> date | None:
    """The first day of the earliest inspection that these findings come from."""
    return min((each.inspection.fieldwork_start for each in findings if each.inspection.fieldwork_start), default=None)


def _problems(
    draft: Draft, found: HeldAction | None, lead: Body | None, due: date | None, begun: date | None
) -> Iterable[Problem]:
    """What a new action lacks. One that stands keeps its own where the row says nothing."""
    if due is not None and (found is None or due != found.act.due) and (doubt := why_not_due(due, not_before=begun)):
        yield Problem("due", doubt, draft.places.get(Field.DUE, ""))
    if found is not None:
        if Delivery(found.act.delivery) in ENDED:
            yield Problem(
                "", f"{found.act.reference} was ended. Skip the row, or put the action back into the plan first."
            )
        if draft.why_no_due and Field.DUE in draft.printed and due is None:
            return  # its day stands, and the remark says that the row gives none
        if draft.lead and lead is None:
            sentence = f"‘{draft.lead}’ is no agency or group here. Say who leads, or skip the row."
            yield Problem("lead", sentence, draft.places.get(Field.LEAD, ""))
        return
    if draft.reference:
        yield Problem(
            "",
            f"The plan has no {draft.reference}. Clear its reference in the file to add it, or skip the row.",
            draft.places.get(Field.REFERENCE, ""),
        )
    if not draft.title:
        yield Problem("", "The row says nothing that will be done. Add the action in the file, or skip the row.")
    if due is None:
        yield Problem("due", draft.why_no_due, draft.places.get(Field.DUE, ""))
    if lead is None:
        said = f"‘{draft.lead}’ is no agency or group here." if draft.lead else "The row does not say who leads."
        yield Problem("lead", f"{said} Say who leads, or skip the row.", draft.places.get(Field.LEAD, ""))


def _lead(
    key: str, draft: Draft, held: Held, answers: Answers, keep: Keep, remarks: list[str], where: str
) -> tuple[Body | None, list[Body], str]:
    """(who leads, who else is named beside them, the owner's post). A lead's other words are the owner's post."""
    named = bodies_in(draft.lead, held.bodies)
    chosen = answers.leads.get(key) or answers.who.get(searchable(draft.lead).strip())
    lead = chosen or (named.bodies[0] if named.bodies else None)
    others = [each for each in named.bodies if each != lead]
    if others and lead is not None:
        beside = ", ".join(each.name for each in others)
        remarks.append(f"{where}: it names several leads. {lead.name} leads, and contributing are: {beside}.")
    post = draft.owner_post
    if draft.lead and not named.only:
        if not post and len(draft.lead) <= LONGEST["post"]:
            post = draft.lead
        else:
            keep("Lead", draft.lead)
    return lead, others, post


def _contributors(draft: Draft, held: Held, keep: Keep, remarks: list[str], where: str) -> list[WantedPart]:
    """The contributors of their own column: 'Hospitals: sends a nurse' on a line, or names with commas between."""
    found = []
    for line in draft.contributors.split("\n"):
        name, colon, part = line.partition(":")
        named = bodies_in(name if colon else line, held.bodies)
        if colon and len(named.bodies) == 1 and part.strip() and len(part) <= 500:
            found.append(WantedPart(named.bodies[0], " ".join(part.split())))
            continue
        found += [WantedPart(each, NAMED, said=False) for each in named.bodies]
        if line.strip() and (not named.only or colon):
            keep("Contributors", line)
            if not named.bodies:
                remarks.append(f"{where}: ‘{line.strip()[:80]}’ is no agency or group here, so it is kept as a note.")
    return found


def _impacts(draft: Draft, held: Held, remarks: list[str], where: str) -> tuple[WantedImpact, ...]:
    by_reference = {each.reference: each for each in held.impacts}
    by_words = {alike(each.would_see): each for each in held.impacts}
    tests = tuple((ImpactTest.MEASURE, each) for each in draft.measures)
    found = []
    for line in draft.impacts:
        standing = by_reference.get(line.split(" ", 1)[0]) or by_words.get(alike(line))
        if standing is None and len(line) > _MOST_WORDS:
            remarks.append(f"{where}: a desired impact has at most 1,000 characters. Shorten it, or skip the row.")
            line = line[:_MOST_WORDS]
        if standing is None and not draft.for_whom:
            remarks.append(f"{where}: the plan does not say for whom ‘{line[:60]}’ would be so. Say it on its page.")
        if standing:
            found.append(WantedImpact(standing.would_see, standing.for_whom, standing, tests))
        else:
            found.append(WantedImpact(line, draft.for_whom or UNSAID, None, tests))
    return tuple(dict.fromkeys(found))


def _area(findings: Sequence[Finding], held: Held, found: HeldAction | None) -> str:
    """Where no row says the area: that of the finding, or one for what was brought in."""
    if found is not None:
        return ""
    placed = next((held.placed[each.pk] for each in findings if each.pk in held.placed), None)
    return placed.title if placed else NO_AREA


def _resources(draft: Draft, on: date) -> dict[str, Any]:
    """What a row says of resources: a choice where it begins with one, who pays, and the rest as a note."""
    if not draft.resources:
        return {}
    if fold(draft.resources) in _WITHIN:
        return {"resources": Action.WITHIN, "resources_note": ""}
    rest = draft.resources
    found: dict[str, Any] = {}
    for choice in (Action.WITHIN, Action.ADDITIONAL):
        if rest.startswith(Action.RESOURCES[choice]):
            found["resources"] = choice
            rest = rest.removeprefix(Action.RESOURCES[choice]).lstrip(". ")
    paid = _FUNDER.search(rest) if found.get("resources") == Action.ADDITIONAL else None
    decided = days_in(paid["day"])[:1] if paid and paid["day"] else []
    if paid and (not decided or decided[0].day <= on):
        found |= {"funder": paid["who"], **({"funding_decided": decided[0].day} if decided else {})}
        rest = rest[: paid.start()]
    return {**found, "resources_note": rest}
