"""What scrutiny and audit found, how desired impacts were judged, and what later inspections said. Pure."""

from datetime import date

from throughline.assurance.outcomes import KINDS, RESULTS, ActivityKind, Result
from throughline.documents.model import Block, Cell, Column, Heading, Paragraph, Table, Tone
from throughline.impact.scale import SCALE
from throughline.line.tree import ActivityLine, JudgementLine, PeriodLine, PlanLine
from throughline.methods.printed import count, listing, short_day
from throughline.reports.changed import TONES
from throughline.reports.kinds import Facts
from throughline.reports.standing import previous
from throughline.reports.wording import sentence

_DONE = "Scrutiny and audit completed in the period"
SAID = {
    "better": ("Shown to be better", Tone.GOOD), "partly": ("Better in part", Tone.WARNING),
    "came_back": ("Came back as a finding", Tone.BAD),
}  # fmt: skip


def done_in(line: PlanLine, period: PeriodLine, on: date) -> list[ActivityLine]:
    """The activities completed since the data of the period before, so that none falls between two reports."""
    before = previous(line, period)
    after = before.data_to if before else date.min
    found = [each for each in line.activities if each.done_on and after < each.done_on <= on]
    return sorted(found, key=lambda each: (each.done_on or date.min, each.reference))


def blocks(line: PlanLine, period: PeriodLine, facts: Facts) -> list[Block]:
    """Assurance activities completed in the period with their results, and those that are overdue."""
    overdue = [each for each in line.activities if each.done_on is None and each.due < facts.on]
    found: list[Block] = [Heading(1, "Scrutiny and audit")]
    if not line.activities:
        return [*found, Paragraph("No programme of scrutiny and audit is entered yet.")]
    table = done_table(line, period, facts.on)
    found.append(table or Paragraph("No assurance activity was completed in the period."))
    if overdue:
        late = (Column("Activity", 4), Column("Who", 3), Column("Due", 2))
        waiting = tuple(
            (f"{each.reference} {each.title}", each.body.name,
             Cell(f"{short_day(each.due)}, {count((facts.on - each.due).days, 'day')} ago", Tone.BAD))
            for each in overdue
        )  # fmt: skip
        found.append(Table("Overdue", late, waiting, row_headings=True))
    return found


def done_table(line: PlanLine, period: PeriodLine, on: date) -> Table | None:
    """The activities completed in the period with what they test and what they found; None when there was none."""
    done = done_in(line, period, on)
    if not done:
        return None
    columns = (Column("Activity", 3), Column("Tests", 3), Column("Result", 2), Column("What it found", 4))
    rows = tuple(
        (f"{each.reference} {each.title}\n{_when(each)}", _tests(line, each), _result(each), each.found or "–")
        for each in done
    )
    if not any(each.found for each in done):
        return Table(_DONE, columns[:3], tuple(row[:3] for row in rows), row_headings=True)
    return Table(_DONE, columns, rows, row_headings=True)


def _when(each: ActivityLine) -> str:
    done = short_day(each.done_on) if each.done_on else ""
    return f"{KINDS[ActivityKind(each.kind)]}, {each.body.name}, {done}"


def _tests(line: PlanLine, each: ActivityLine) -> str:
    named = [act.reference for act in line.actions if act.id in each.actions]
    named += [impact.reference for impact in line.impacts if impact.id in each.impacts]
    return f"{each.tests}\n({', '.join(named)})" if named else each.tests


def _result(each: ActivityLine) -> Cell:
    meaning = RESULTS[Result(each.result)]
    return Cell(meaning.printed, TONES[meaning.tone])


def judgements(line: PlanLine) -> list[Block]:
    """How each desired impact was judged, why, and what the scrutineer thinks."""
    if not line.impacts:
        return []
    left = [each.reference for each in line.impacts if not each.judged]
    found: list[Block] = [Heading(1, "Impact: what changed for children")]
    table = judgement_table(line)
    found += [table] if table else []
    if left:
        words = "All desired impacts are" if len(left) == len(line.impacts) else f"{listing(left)} {_are(left)}"
        found.append(Paragraph(sentence(f"{words} not judged yet")))
    return found


def judgement_table(line: PlanLine) -> Table | None:
    """The judgements that count, with their reasons as far as they may be printed; None before the first."""
    judged = [each for each in line.impacts if each.judged or each.scrutineers_view]
    if not judged:
        return None
    viewed = any(each.scrutineers_view for each in judged)
    reasoned = any(each.judged and each.judged.reason for each in judged)
    said = Column("Reason", 4) if reasoned else Column("Judged on", 2)
    columns = [Column("Desired impact", 5), Column("Judgement", 2), said]
    columns += [Column("Scrutineer’s view", 3)] if viewed else []
    rows = tuple(
        (f"{each.reference} {each.would_see}\nFor: {each.for_whom}", _state(each.judged), _reason(each.judged),
         *((_view(each.scrutineers_view),) if viewed else ()))
        for each in judged
    )  # fmt: skip
    return Table("How desired impacts are judged", tuple(columns), rows, row_headings=True)


def _are(names: list[str]) -> str:
    return "is" if len(names) == 1 else "are"


def _state(said: JudgementLine | None) -> Cell:
    if said is None:
        return Cell("Not judged yet", Tone.NEUTRAL)
    meaning = SCALE[said.state]
    return Cell(meaning.printed, TONES[meaning.tone])


def _reason(said: JudgementLine | None) -> str:
    if said is None:
        return "–"
    return f"{said.reason} ({short_day(said.on)})" if said.reason else short_day(said.on)


def _view(said: JudgementLine | None) -> str:
    if said is None:
        return "–"
    reason = f": {said.reason}" if said.reason else ""
    return f"{SCALE[said.state].printed}{reason} ({short_day(said.on)})"


def later(line: PlanLine) -> list[Block]:
    """What later inspections said about earlier findings. Nothing before one is known."""
    rows = tuple(
        (f"{finding.reference} {finding.title}", _inspection(test.inspection_title, test.page),
         Cell(SAID[test.said][0], SAID[test.said][1]), test.says)
        for finding in line.findings
        for test in finding.later
    )  # fmt: skip
    if not rows:
        return []
    columns = (Column("Finding", 4), Column("Inspection", 3), Column("Said", 2), Column("In short", 4))
    return [
        Heading(1, "Tested at later inspections"),
        Table("What later inspections said about findings", columns, rows, row_headings=True),
    ]


def _inspection(title: str, page: int | None) -> str:
    return f"{title}, page {page}" if page else title
