"""The Executive Group's quarterly report: from each finding in the letter to the sentence that its agency returned.

Pure: the line, one of its periods and a few facts go in, a document comes out. Only accepted words are printed, and
nothing is said that the register does not hold. Its first page is enough to hold the meeting from.
"""

from dataclasses import replace

from throughline.documents.model import Block, Document, Heading, Notice, PageBreak
from throughline.line.tree import PeriodLine, PlanLine
from throughline.reports import (
    appendix,
    assured,
    by_area,
    changed,
    decided,
    exceptions,
    position,
    returned,
    the_line,
)
from throughline.reports.kinds import Facts, Kind, register

_TOGETHER = "\N{NO-BREAK SPACE}"  # a title that breaks inside "Q3 2026/27" reads like two
ILLUSTRATIVE = "Illustrative: invented content. Not a real partnership."


def build(line: PlanLine, period: PeriodLine, facts: Facts) -> Document:
    """The report as a document."""
    line = up_to(line, period)
    period = line.period(period.reference) or period
    blocks: list[Block] = [Notice(ILLUSTRATIVE)] if facts.illustrative else []
    blocks += position.blocks(line, period, facts)
    if not facts.public:
        blocks += decided.blocks(line, facts)
    blocks += exceptions.blocks(line, period, facts)
    blocks += by_area.blocks(line, facts)
    blocks += changed.blocks(line, facts)
    blocks += assured.judgements(line)
    blocks += assured.blocks(line, period, facts)
    blocks += returned.blocks(period, facts)
    blocks += returned.beside(period)
    blocks += assured.later(line)
    blocks += decided.ahead(line, period, facts)
    blocks += the_line.not_answered(line)
    told = the_line.blocks(line, period, facts)
    blocks += [PageBreak(), *told] if told else []
    number = 2 if told else 1
    blocks += [PageBreak(), Heading(1, f"Appendix {number}: The plan"), *appendix.blocks(line, facts, level=2)]
    return Document(
        title=title(facts.group, period.label.replace(" ", _TOGETHER)), subtitle=line.title,
        organisation=facts.organisation, kind="Quarterly report", marking=facts.marking, audience=facts.audience,
        as_of=facts.on, prepared_on=facts.prepared_on, reference=facts.reference, blocks=tuple(blocks),
        footer_note=footer(line, facts), subject=f"{line.title}, {period.label}",
        keywords=("improvement plan", period.label), author=facts.organisation,
    )  # fmt: skip


def footer(line: PlanLine, facts: Facts) -> str:
    """Who prepared a paper, and where in the record it was read: printed on each page."""
    read = f"from the partnership’s record at event {line.sequence}, {line.head_hash[:12]}"
    return f"Prepared by {facts.prepared_by} {read}."


def title(group: str, period: str) -> str:
    """The paper's title."""
    return f"Report to the {group}: {period}"


def up_to(line: PlanLine, period: PeriodLine) -> PlanLine:
    """The line without what was returned for later periods: a quarter's report is about that quarter."""
    later = {each.reference for each in line.periods if each.opens > period.opens}
    actions = (
        replace(each, updates=tuple(said for said in each.updates if said.period not in later)) for each in line.actions
    )
    return replace(line, actions=tuple(actions))


EXECUTIVE_GROUP = register(
    Kind(
        "executive_group", "Executive Group quarterly report",
        "The position, exceptions, the line from each finding to what its agency returned, and who has not returned.",
        title, build,
    )
)  # fmt: skip
