"""A report to a Health and Wellbeing Board in the council's fixed form, from kept sections and from the line. Pure.

A section that nobody has decided stands in the paper as what it is: a draft, or a gap. Such a paper is marked DRAFT and
is never frozen.
"""

from collections.abc import Sequence

from throughline.documents.model import Block, Document, Heading, Notice, PageBreak, Paragraph, Step, Thread
from throughline.documents.passages import blocks_of
from throughline.line.tree import PeriodLine, PlanLine
from throughline.reports import appendix, assured, by_area
from throughline.reports.board_drafts import BOARD, drafts
from throughline.reports.board_form import ATTACHED, BODY, END, FRONT, IMPLICATIONS, SECTIONS
from throughline.reports.draft import Draft
from throughline.reports.executive import ILLUSTRATIVE, footer, up_to
from throughline.reports.kinds import Facts, Kept, Kind, Section, register

TO_BE_WRITTEN = "To be written."
NOT_TAKEN = "Draft from the register. Nobody has taken it yet."
NONE = "None."


def build(line: PlanLine, period: PeriodLine, facts: Facts) -> Document:
    """The report as a document, in the order of the form."""
    line = up_to(line, period)
    period = line.period(period.reference) or period
    proposed = drafts(line, period, facts)
    is_draft = bool(gaps(facts))
    blocks: list[Block] = []
    if is_draft:
        blocks.append(Notice(f"DRAFT. {len(gaps(facts))} sections are still to be decided. Not for a meeting."))
    if facts.illustrative:
        blocks.append(Notice(ILLUSTRATIVE))
    blocks += _section(FRONT[2], facts, proposed, numbered=False)
    for section in BODY:
        blocks += _section(section, facts, proposed, numbered=True, heading=_heading(section, line))
        if section.key == "progress":
            blocks += _progress(line, period, facts)
    for section in END:
        blocks += _section(section, facts, proposed, numbered=False)
    blocks += [PageBreak(), Heading(1, "Appendix 1: Implications")]
    for section in IMPLICATIONS:
        blocks += _section(section, facts, proposed, numbered=False, level=2)
    blocks += _section(ATTACHED[0], facts, proposed, numbered=False)
    blocks += [PageBreak(), Heading(1, f"Appendix 3: {line.title}"), *appendix.blocks(line, facts, level=2)]
    blocks += by_area.key()
    name = _one_line(FRONT[0], facts, proposed) or line.title
    return Document(
        title=f"DRAFT: {name}" if is_draft else name, subtitle=_report_of(facts, proposed),
        organisation=facts.organisation, kind=f"Report to the {BOARD}", marking=facts.marking,
        audience=facts.audience, as_of=facts.on, prepared_on=facts.prepared_on, reference=facts.reference,
        blocks=tuple(blocks), footer_note=footer(line, facts), subject=f"{line.title}, {period.label}",
        keywords=("improvement plan", BOARD), author=facts.organisation,
    )  # fmt: skip


def title(group: str, period: str) -> str:
    """What the report is called until its own title is decided."""
    return f"Report to the {BOARD}: {period}"


def gaps(facts: Facts) -> list[Section]:
    """The sections that nobody has written, taken or answered, in the order of the form."""
    return [each for each in SECTIONS if each.key not in facts.kept]


def _heading(section: Section, line: PlanLine) -> str:
    return f"The {line.title}" if section.key == "plan" else section.heading


def _section(
    section: Section, facts: Facts, proposed: dict[str, Draft], *, numbered: bool, level: int = 1, heading: str = ""
) -> list[Block]:
    found: list[Block] = [Heading(level, heading or section.heading)]
    kept = facts.kept.get(section.key)
    if kept is None:
        text = proposed[section.key].text
        said = Notice(NOT_TAKEN if text else TO_BE_WRITTEN)
        return [*found, said, *blocks_of(text, numbered=numbered)]
    return [*found, *(_none(numbered) if kept.is_none else blocks_of(kept.text, numbered=numbered))]


def _none(numbered: bool) -> Sequence[Block]:
    return (Paragraph(NONE, numbered=numbered),)


def _one_line(section: Section, facts: Facts, proposed: dict[str, Draft]) -> str:
    kept = facts.kept.get(section.key) or Kept(proposed[section.key].text)
    return " ".join(kept.text.split())


def _report_of(facts: Facts, proposed: dict[str, Draft]) -> str:
    who = _one_line(FRONT[1], facts, proposed)
    return f"Report of {who}" if who else "Report of: to be written"


def _progress(line: PlanLine, period: PeriodLine, facts: Facts) -> list[Block]:
    """Both scales by area, what was judged, what scrutiny found, and such words of agencies as were released."""
    found: list[Block] = []
    if by_area.by_area(line):
        found.append(by_area.table(line, facts))
        found.append(Paragraph("What the words mean is printed at the end of Appendix 3.", numbered=True))
    judged = assured.judgement_table(line)
    done = assured.done_table(line, period, facts.on)
    found += [each for each in (judged, done) if each is not None]
    steps = [
        Step(f"{act.reference} {act.title}", said.progress, f"{said.body.name}, {said.period_label}")
        for act in line.actions
        for said in act.accepted
        if facts.public and said.period == period.reference and said.progress
    ]
    if steps:
        found += [Heading(2, "In the words of those who act"), *(Thread((each,)) for each in steps)]
    return found


HEALTH_AND_WELLBEING_BOARD = register(
    Kind(
        "health_and_wellbeing_board", "Health and Wellbeing Board report",
        "In the council’s fixed form, with its ten implications. Each section is drafted from the register; you take "
        "the draft or write your own, and then it is frozen.",
        title, build, sections=SECTIONS,
    )
)  # fmt: skip
