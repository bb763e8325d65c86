"""What one row of a plan proposes, as values: an action with its dates, notes and remarks. No word of it is lost."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from throughline.methods.plan_tables.dated_notes import notes_in
from throughline.methods.plan_tables.days import FoundDay, days_in, only_days, says_done, why_no_day, without_year
from throughline.methods.plan_tables.fields import Field
from throughline.methods.plan_tables.rows import PlanRow, Remark, Value
from throughline.methods.titles import short_title

LONGEST = {
    "title": 300, "area": 200, "number": 20, "post": 200, "milestone": 300, "measure": 500, "for_whom": 200,
    "resources": 500,
}  # fmt: skip
_REFERENCE = re.compile(r"ACT-\d{3,}", re.IGNORECASE)
_OWN_STEP = re.compile(
    r"(?P<title>.{1,300}), by (?P<due>\d{1,2} [A-Z][a-z]+ \d{4})(?:, reached (?P<reached>\d{1,2} [A-Z][a-z]+ \d{4}))?"
)
_SIGNS = " \t:;,.–—-()[]"
_LEADS_TO_A_DAY = re.compile(r"\b(?:by|on|until|due|before)$", re.IGNORECASE)
_BULLET = re.compile(r"^[\s•·▪◦*–—-]+(?=\S)")


@dataclass(frozen=True)
class Note:
    """A note to keep with the action, its day where it bears one, and the heading of the column that it stood in."""

    dated: date | None
    text: str
    heading: str


@dataclass(frozen=True)
class Step:
    """A milestone with its day, and the day on which it was reached where the plan says so."""

    title: str
    due: date
    reached: date | None = None


@dataclass(frozen=True)
class Draft:
    """What a row proposes. Texts are empty and days None where it says nothing.

    `printed` has each field's words as they stood, for telling whether anything changed since they were exported;
    `places` where each stands: sheet ‘Plan’, row 14, column F (‘By when’).
    """

    table: str
    row: int
    reference: str = ""
    own_number: str = ""
    area: str = ""
    title: str = ""
    detail: str = ""
    lead: str = ""
    owner_post: str = ""
    contributors: str = ""
    first_due: date | None = None
    due: date | None = None
    why_no_due: str = ""
    steps: tuple[Step, ...] = ()
    findings: tuple[str, ...] = ()
    finding_numbers: str = ""
    impacts: tuple[str, ...] = ()
    for_whom: str = ""
    measures: tuple[str, ...] = ()
    resources: str = ""
    notes: tuple[Note, ...] = ()
    remarks: tuple[Remark, ...] = ()
    printed: Mapping[Field, str] = field(default_factory=dict)
    places: Mapping[Field, str] = field(default_factory=dict)

    @property
    def where(self) -> str:
        """Where the row stands: 'sheet ‘Plan’, row 14'."""
        return f"{self.table}, row {self.row}"


@dataclass
class _Kept:
    """Notes and remarks as they gather."""

    notes: list[Note] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)

    def whole(self, values: Sequence[Value]) -> None:
        """Keep cells as notes, each under its heading's name."""
        self.notes += [Note(None, f"{named(each.heading)} {each.text}", each.heading) for each in values]

    def fitted(self, values: Sequence[Value], most: int, what: str) -> str:
        """The words of a field on one line; too long ones are shortened, kept whole as a note and remarked on."""
        text = " ".join(" ".join(each.text.split()) for each in values)
        if len(text) <= most:
            return text
        self.whole(values)
        self.remarks.append(
            Remark(values[0].column, f"{what} has at most {most} characters: it was shortened, and is kept as a note.")
        )
        return short_title(text, most)


def named(heading: str) -> str:
    """A heading in front of its words: 'RAG:', and 'When?' as it is."""
    return heading if heading.endswith(("?", ":")) else f"{heading}:"


def draft_of(row: PlanRow) -> Draft:
    """What a row proposes."""
    kept = _Kept(remarks=list(row.remarks))
    cells = row.cells
    reference, own_number = _numbers(row, kept)
    title, detail = _words(row)
    first_due, due, why, steps = _dates(row, title, kept)
    for means in (Field.RATING, Field.COMPLETED, Field.NOTE):
        kept.whole(cells.get(means, ()))
    for each in cells.get(Field.PROGRESS, ()):
        kept.notes += [Note(note.dated, note.text, each.heading) for note in notes_in(each.text)]
    impacts = tuple(line for each in cells.get(Field.IMPACT, ()) for line in _lines(each.text))
    measures = tuple(_measures(cells.get(Field.MEASURE, ()), len(impacts), kept))
    return Draft(
        table=row.table, row=row.first, reference=reference, own_number=own_number,
        area=kept.fitted(cells.get(Field.AREA, ()), LONGEST["area"], "An area’s title") or short_title(row.area, 200),
        title=title, detail=detail, lead=" ".join(row.text(Field.LEAD).split()),
        owner_post=kept.fitted(cells.get(Field.OWNER_POST, ()), LONGEST["post"], "A post"),
        contributors=row.text(Field.CONTRIBUTORS), first_due=first_due, due=due, why_no_due=why, steps=steps,
        findings=tuple(each.text for each in cells.get(Field.FINDING, ())),
        finding_numbers=row.text(Field.FINDING_NUMBER), impacts=impacts,
        for_whom=kept.fitted(cells.get(Field.FOR_WHOM, ()), LONGEST["for_whom"], "Whom an impact is for"),
        measures=measures,
        resources=kept.fitted(cells.get(Field.RESOURCES, ()), LONGEST["resources"], "What is said of resources"),
        notes=tuple(kept.notes), remarks=tuple(kept.remarks),
        printed={key: row.text(key) for key in cells},
        places={key: each[0].column for key, each in cells.items() if each},
    )  # fmt: skip


def _numbers(row: PlanRow, kept: _Kept) -> tuple[str, str]:
    """(our reference, the plan's own number). A column called Reference may hold either."""
    reference, own = "", []
    for each in row.cells.get(Field.REFERENCE, ()):
        if _REFERENCE.fullmatch(each.text.strip()):
            reference = each.text.strip().upper()
        else:
            own.append(each)
    own += row.cells.get(Field.OWN_NUMBER, ())
    number = " ".join(" ".join(each.text.split()) for each in own)
    if len(number) > LONGEST["number"]:
        kept.whole(own)
        number = ""
    return reference, number


def _words(row: PlanRow) -> tuple[str, str]:
    """(title, detail). A long or several-lined action is shortened for its title and stands whole in the detail."""
    what, how = row.text(Field.TITLE), row.text(Field.DETAIL)
    if not row.has_title:
        what = row.text(Field.FINDING)
    under = f"Part of ‘{' '.join(row.under.split())}’" if row.under else ""
    if not what:
        what, how = how, ""
    line = " ".join(_BULLET.sub("", each).strip() for each in what.split("\n") if each.strip())
    is_plain = "\n" not in what.strip() and len(line) <= LONGEST["title"]
    title = line if is_plain else _shortened(what)
    return title, "\n\n".join(each for each in ("" if is_plain else what, how, under) if each)


def _shortened(text: str) -> str:
    first = next((each for each in text.split("\n") if each.strip()), "")
    return short_title(_BULLET.sub("", first), LONGEST["title"])


# -- days -------------------------------------------------------------------------------------------------------------


def _dates(row: PlanRow, title: str, kept: _Kept) -> tuple[date | None, date | None, str, tuple[Step, ...]]:
    """(first due date, due date, why there is none, milestones). Of several target dates the last one is due."""
    first = [found.day for each in row.cells.get(Field.FIRST_DUE, ()) for found in _days_of(each, kept)]
    _keep_beside_days(row.cells.get(Field.FIRST_DUE, ()), kept)
    targets = [(each, found) for each in row.cells.get(Field.DUE, ()) for found in _days_of(each, kept)]
    steps = list(_milestones(row, kept))
    if not targets and first and Field.DUE not in row.cells:
        return first[0], first[0], "", tuple(steps)
    if not targets:
        values = row.cells.get(Field.DUE, ())
        kept.whole([each for each in values if each.text])
        for each in values:
            kept.remarks.append(Remark(each.column, why_no_day(each.text)))
        why = why_no_day(values[0].text) if values else "No due date is given. Give the day by which it will be done."
        return (first[0] if first else None), None, why, tuple(steps)
    due = max(found.day for _, found in targets)
    earlier = [(each, found) for each, found in targets if found.day < due]
    for number, (each, found) in enumerate(earlier, start=1):
        steps.append(Step(_step_title(each.text, found, number, len(earlier) + 1), found.day))
    _keep_beside_days(row.cells.get(Field.DUE, ()), kept)
    return (first[0] if first else None), due, "", tuple(dict.fromkeys(steps))


def _keep_beside_days(values: Sequence[Value], kept: _Kept) -> None:
    """Keep what cells say beside their days, and say why one gives none."""
    for each in values:
        found = days_in(each.text)
        if each.cell.day is not None or (found and only_days(each.text, found)):
            continue
        kept.whole([each])
        if not found:
            kept.remarks.append(Remark(each.column, why_no_day(each.text)))
        elif says_done(each.text):
            kept.remarks.append(
                Remark(
                    each.column,
                    f"‘{' '.join(each.text.split())[:80]}’ says that it is done. Its day was taken as the due date, "
                    "and the words are kept as a note.",
                )
            )
        elif missing := without_year(each.text):
            kept.remarks.append(Remark(each.column, f"‘{missing}’ has no year, so it is kept as a note only."))


def _days_of(value: Value, kept: _Kept) -> list[FoundDay]:
    if value.cell.day is not None:
        return [FoundDay(value.cell.day, 0, len(value.text))]
    found = days_in(value.text)
    kept.remarks += [Remark(value.column, each.remark) for each in found if each.remark]
    return found


def _step_title(text: str, found: FoundDay, number: int, of: int) -> str:
    """The words beside a target date on its line, or which of the dates it is."""
    begins = text.rfind("\n", 0, found.begins) + 1
    ends = text.find("\n", found.ends)
    line = text[begins : ends if ends >= 0 else len(text)]
    days = days_in(line)
    if len(days) == 1 and not only_days(line, days):
        words = f"{line[: days[0].begins]} {line[days[0].ends :]}"
        if kept := _bare(words):
            return short_title(kept, LONGEST["milestone"])
    return f"Target date {number} of {of}"


def _bare(words: str) -> str:
    """Words without the signs and the 'by' that led to a day."""
    kept = " ".join(_BULLET.sub("", words).split()).strip(_SIGNS)
    return _LEADS_TO_A_DAY.sub("", kept).strip(_SIGNS)


def _own_step(line: str) -> Step | None:
    """A milestone as our own columns print it: 'Guidance, by 1 February 2026, reached 2 February 2026'."""
    found = _OWN_STEP.fullmatch(line)
    days = [days_in(each) for each in found.group("due", "reached") if each] if found else []
    if not found or not all(len(each) == 1 for each in days):
        return None
    return Step(found["title"], days[0][0].day, days[1][0].day if len(days) == 2 else None)


def _milestones(row: PlanRow, kept: _Kept) -> Iterator[Step]:
    """The milestones of their own column: a line with a day is one. Lines without are kept as a note."""
    for each in row.cells.get(Field.MILESTONES, ()):
        undated = []
        for line in _lines(each.text):
            days = days_in(line)
            if own := _own_step(line):
                yield own
                continue
            if not days:
                undated.append(line)
                continue
            last = days[-1]
            words = _bare(f"{line[: last.begins]} {line[last.ends :]}") or "Milestone"
            kept.remarks += [Remark(each.column, last.remark)] if last.remark else []
            if len(days) > 1 or len(words) > LONGEST["milestone"]:
                kept.notes.append(Note(None, f"{named(each.heading)} {line}", each.heading))
            yield Step(short_title(words, LONGEST["milestone"]), last.day)
        if undated:
            kept.notes.append(Note(None, f"{named(each.heading)} " + "\n".join(undated), each.heading))
            kept.remarks.append(
                Remark(
                    each.column, f"‘{undated[0][:80]}’ gives no day, so it is kept as a note. Add it as a milestone."
                )
            )


# -- words ------------------------------------------------------------------------------------------------------------


def _lines(text: str) -> list[str]:
    """The lines of a text without their bullets."""
    return [line for each in text.split("\n") if (line := " ".join(_BULLET.sub("", each).split()))]


def _measures(values: Sequence[Value], impacts: int, kept: _Kept) -> Iterator[str]:
    """What would show the row's one impact, a line each. Without one, or beside several, they are kept as a note."""
    if values and impacts != 1:
        kept.whole(values)
        kept.remarks.append(
            Remark(
                values[0].column,
                f"A measure belongs to one desired impact and the row names {'several' if impacts else 'none'}, so it "
                "is kept as a note. Say what would be different for children, and add it there.",
            )
        )
        return
    for each in values:
        for line in _lines(each.text):
            if len(line) <= LONGEST["measure"]:
                yield line
            else:
                kept.notes.append(Note(None, f"{named(each.heading)} {line}", each.heading))
                kept.remarks.append(Remark(each.column, "A measure has at most 500 characters: it is kept as a note."))
