"""The headings that letters print, whatever their case, number, full stop or colon. The table is the whole rule."""

import re
from dataclasses import dataclass
from enum import StrEnum


class Section(StrEnum):
    """What stands under a heading. The first five hold findings, the others passages."""

    HEADLINE = "headline"
    STRENGTH = "strength"
    PRIORITY_ACTION = "priority_action"
    IMPROVEMENT = "improvement"
    CASE_STUDY = "case_study"
    MAIN = "main_findings"
    CONTEXT = "context"
    NEXT_STEPS = "next_steps"
    OTHER = "other"


FINDINGS = frozenset(
    {Section.HEADLINE, Section.STRENGTH, Section.PRIORITY_ACTION, Section.IMPROVEMENT, Section.CASE_STUDY}
)
MOST_WORDS, MOST_BOLD_WORDS = 16, 30  # a longer line is no heading

# Section -> the whole heading, in small letters without its last full stop, colon or question mark. '(s)' reads as 's'.
WORDINGS: tuple[tuple[Section, str], ...] = (
    (Section.CASE_STUDY, r"(case|practice) (study|studies|example|examples)(\W.*)?"),
    (Section.CASE_STUDY, r"places and spaces(\W.*)?"),
    (Section.PRIORITY_ACTION, r"(key )?areas? (for|of|requiring|needing) (urgent |immediate )?priority actions?"),
    (Section.PRIORITY_ACTION, r"(key )?areas? (for|requiring|needing) (urgent|immediate) (actions?|attention)"),
    (Section.PRIORITY_ACTION, r"(urgent )?priority (actions?|areas? for action)"),
    (Section.IMPROVEMENT, r"(key |main |other |further )?areas? (for|of|requiring|needing) (further )?improvements?"),
    (Section.IMPROVEMENT, r"(key |main |other |further )?areas? for (further )?development"),
    (Section.IMPROVEMENT, r"(key |main |other |further )?areas? for (practice|service|partnership) improvements?"),
    (Section.IMPROVEMENT, r"what (needs?|must|should) (to )?(be )?(improved?|improving|improvement|better)( further)?"),
    (Section.IMPROVEMENT, r"what (does|do) .{3,60} need to (improve|do better)"),
    (Section.IMPROVEMENT, r"what could (be|work) better"),
    (Section.IMPROVEMENT, r"(areas|what) that needs? (to (be )?improved?|improvement)"),
    (Section.IMPROVEMENT, r"(areas? where )?improvements? (is |are )?(needed|required)|improvement areas?"),
    (Section.STRENGTH, r"((key|main|significant|other|further|early help|partnership|areas? of) ){0,2}strengths?"),
    (Section.STRENGTH, r"strengths? (and|&) (good|effective|positive) practice"),
    (Section.STRENGTH, r"areas? of (good|effective|strong) practice"),
    (Section.STRENGTH, r"what (is working|is going|works|worked) well"),
    (Section.HEADLINE, r"((key|main|overall|our) )?headlines?( findings?)?"),
    (Section.MAIN, r"(our )?(main|detailed|full|key|overall) findings?"),
    (Section.CONTEXT, r"(the )?(local |area )?(context|background)"),
    (Section.CONTEXT, r"(about the|context of the|scope of the) (area|inspection|partnership)"),
    (Section.NEXT_STEPS, r"(recommendations and )?next steps?|what happens next"),
)
# Only where the letter sets it in bold or larger type: text could begin with these words as well.
BOLD_WORDINGS: tuple[tuple[Section, str], ...] = (
    (Section.CASE_STUDY, r"highly effective practice"),
    (
        Section.CASE_STUDY,
        r"(highly |good |effective |practice|areas? |for |improvements?|priority |actions?|\W)+"
        r"(case|practice) (study|studies|example|examples)",
    ),
    (Section.PRIORITY_ACTION, r"areas? for priority actions?\W.*"),
    (Section.IMPROVEMENT, r"areas? for improvements?\W.*"),
    (Section.IMPROVEMENT, r"what needs to improve\W.*"),
    (Section.STRENGTH, r"(key )?strengths? ?(in|of|across|for|and|identified|:|-|–)\W?.*"),
    (Section.STRENGTH, r"([\w’'&-]+ ){1,4}strengths?"),
    (Section.MAIN, r"main findings?\W.*|findings"),
    (Section.NEXT_STEPS, r"next steps?\W.*"),
)
_ALWAYS = tuple((section, re.compile(pattern)) for section, pattern in WORDINGS)
_IN_BOLD = tuple((section, re.compile(pattern)) for section, pattern in BOLD_WORDINGS)
_STUDY = re.compile(r"(case|practice) (study|studies|example|examples)|places and spaces")
_TAIL = re.compile(r"[\s.:?;–—-]+$")
_STUDY_ALONE = re.compile(
    r"(case|practice) (study|studies|example|examples)( \w{1,5})?(\s?[:(–—-]\W?.*)?|places and spaces(\s?[:(–—-].*)?"
)


@dataclass(frozen=True)
class Heading:
    """A heading as printed and what stands under it. `doubt` says why a person should look, or is empty."""

    text: str
    section: Section
    doubt: str = ""


def simple(text: str) -> str:
    """A heading in small letters, without its closing signs, '(s)' read as 's'.

    >>> simple("Case Study: area(s) for improvement.")
    'case study: areas for improvement'
    """
    text = re.sub(r"\s+", " ", text).strip().casefold().replace("(s)", "s")
    return _TAIL.sub("", text)


def heading_of(text: str, *, bold: bool) -> Heading | None:
    """What a line of its own is a heading of; None when the table does not know it.

    >>> heading_of("What needs to improve?", bold=False).section
    <Section.IMPROVEMENT: 'improvement'>
    """
    if len(text) > 300 or len(text.split()) > (MOST_BOLD_WORDS if bold else MOST_WORDS):
        return None
    words = simple(text)
    for section, pattern in _ALWAYS:
        if pattern.fullmatch(words):
            # 'Case studies show that ...' in a sentence is no heading.
            if section is Section.CASE_STUDY and not bold and not _STUDY_ALONE.fullmatch(words):
                return None
            return Heading(text, section)
    if not bold:
        return None
    found = [section for section, pattern in _IN_BOLD if pattern.fullmatch(words)]
    if not found:
        return None
    doubt = ""
    if "improvement" in words and found[0] is Section.PRIORITY_ACTION:
        doubt = f"The heading ‘{text}’ names two kinds: check whether each finding under it is the more urgent."
    elif "improve" in words and found[0] is Section.STRENGTH:
        doubt = f"The heading ‘{text}’ names two kinds: check which of them each finding under it is."
    return Heading(text, found[0], doubt)


def is_bare_study(heading: Heading) -> bool:
    """Whether a heading says 'Case study' and leaves to the next line what it is a case of."""
    return _STUDY.fullmatch(simple(heading.text)) is not None
