"""Paragraphs under their headings: which of them are findings, and which are passages."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from throughline.methods.letters.headings import FINDINGS, MOST_WORDS, Heading, Section, heading_of, is_bare_study
from throughline.methods.letters.letter import PREFIXES, Finding, Part, Passage
from throughline.methods.letters.paragraphs import Measure, Paragraph

_INSIDE = 4.0  # points: a box's text stands at least so far inside the letter's margin
_DEEPER = 6.0  # points: a second-level bullet's text stands at least so far inside its lead's
# 'There are no areas for priority action', however it is put.
_FOUND = (
    r"(?: (?:was|were|is|are|has|have|been|identified|found|noted|raised|required|needed|in|at|during|by|from|"
    r"for|of|this|the|our|inspection|inspectors|letter|partnership|area|time|arising|currently|present))*"
)
_NONE = re.compile(
    r"(?:[^.]{0,80}\b(?:no|not (?:identify|find|identified|found)(?: any)?|without)\s+)?"
    r"(?:specific |identified |immediate )?(?:areas?|actions?|matters?)(?: identified)? (?:for|of|requiring) "
    r"(?:(?:urgent |immediate )?priority|urgent|immediate) actions?\b[^.]{0,80}\.?|"
    rf"[^.]{{0,60}}\bno (?:urgent |immediate )?priority actions?{_FOUND}\.?|"
    rf"(?:there (?:are|were) )?none{_FOUND}\.?|not applicable\.?|n/a\.?",
    re.IGNORECASE,
)
_NOT = re.compile(r"\b(?:no|not|none|without|n/a)\b", re.IGNORECASE)
_MOST_NONE_WORDS = 30
_ANNOUNCES = re.compile(
    r":\s*[-–—]?$|\b(?:the following|includ(?:es?|ing)|such as|as follows|namely|in order to)\W*$", re.I
)
_FIGURES = re.compile(r"\d+")
_CLOSING = re.compile(r"yours (sincerely|faithfully)\b.{0,20}", re.IGNORECASE)
_UNENDED = re.compile(r"[^.?!:;’”'\")\]]$")
_OPEN = re.compile(r"[\w)’'&]$")
_LEAD_IN_WORDS = 25
_PLAIN_WORDS = 12


@dataclass
class _Draft:
    """A finding that is being collected."""

    kind: Section
    heading: str
    page: int
    end_page: int
    bullet: str
    left: float
    body: float
    leads: list[str]
    parts: list[str] = field(default_factory=list)


@dataclass
class Sorted:
    """What stands where: findings in document order, passages, headings met, and what a person should check."""

    findings: list[Finding] = field(default_factory=list)
    passages: list[Passage] = field(default_factory=list)
    headings: list[Heading] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)


def sort_paragraphs(paragraphs: Sequence[Paragraph], usual: Measure, title: str) -> Sorted:
    """Walk through the paragraphs behind a letter's title. `title` heads the passages before the first heading."""
    walk = _Walk(usual, title)
    for index, paragraph in enumerate(paragraphs):
        if _CLOSING.fullmatch(paragraph.text):
            break
        heading = heading_in(paragraph, usual) or _plain_heading(paragraphs, index, walk.section)
        if heading is None:
            walk.text(paragraph, paragraphs[index + 1 :])
        else:
            walk.heading(heading, paragraph, paragraphs[index + 1 :])
    walk.close()
    return walk.sorted


def heading_in(paragraph: Paragraph, usual: Measure) -> Heading | None:
    """The heading that a paragraph is: one that the table knows, or another one by its type."""
    if paragraph.bullet and not paragraph.bold:
        return None
    heavy = is_heavy(paragraph, usual)
    found = heading_of(paragraph.text, bold=heavy)
    if found is None and heavy and not paragraph.bullet and len(paragraph.text) <= 400:
        words = len(paragraph.text.split())
        # A box may open with a whole sentence in bold.
        if words <= MOST_WORDS or paragraph.bold:
            return Heading(paragraph.text, Section.OTHER)
    return found


def says_none(text: str) -> bool:
    """Whether a paragraph says that there is no area for priority action.

    >>> says_none("There are no areas for priority action."), says_none("No agency took part in meetings.")
    (True, False)
    """
    return len(text.split()) <= _MOST_NONE_WORDS and bool(_NONE.fullmatch(text) and _NOT.search(text))


def _plain_heading(paragraphs: Sequence[Paragraph], index: int, section: Section) -> Heading | None:
    """A few words without bullet or full stop above a finding divide a list, in italics or whatever they are set in."""
    paragraph = paragraphs[index]
    if section not in FINDINGS or section is Section.CASE_STUDY or index + 1 == len(paragraphs):
        return None
    below = paragraphs[index + 1]
    if index and paragraphs[index - 1].text.endswith(":") and not paragraphs[index - 1].bold:
        return None  # it belongs to the list that the colon announces
    few = len(paragraph.text.split()) <= _PLAIN_WORDS and bool(_OPEN.search(paragraph.text))
    full = bool(below.bullet) or len(below.text.split()) > _PLAIN_WORDS
    if _ANNOUNCES.search(paragraph.text):
        return None
    if few and full and not paragraph.bullet and paragraph.text[:1].isupper():
        return Heading(paragraph.text, Section.OTHER)
    return None


def is_heavy(paragraph: Paragraph, usual: Measure) -> bool:
    """Whether a paragraph is set in bold or in clearly larger type."""
    return paragraph.bold or paragraph.size > usual.size * 1.12


class _Walk:
    """Where the walk is: the section, its headings, whether it has had bullets, and the box that interrupts it."""

    def __init__(self, usual: Measure, title: str) -> None:
        self.usual = usual
        self.sorted = Sorted()
        self.section = Section.OTHER
        self.printed = title
        self.bulleted = False
        self.box: Paragraph | None = None
        self.outside: tuple[Section, str, bool] | None = None
        self.last_bullet: Paragraph | None = None
        self.draft: _Draft | None = None
        self.counts = dict.fromkeys(PREFIXES, 0)

    def heading(self, heading: Heading, paragraph: Paragraph, rest: Sequence[Paragraph]) -> None:
        """Enter a section, or pass a heading inside one."""
        if heading.section is Section.OTHER:
            self._other_heading(heading, paragraph, rest)
            return
        last = self.sorted.headings[-1] if self.sorted.headings else None
        if self.section is Section.CASE_STUDY and self.draft is None and last and is_bare_study(last):
            # 'Case study' on one line and 'Area for improvement' on the next are one heading.
            self.printed = f"{last.text} {heading.text}"
            self.sorted.headings[-1] = replace(last, text=self.printed)
            return
        self.close()
        if heading.doubt:
            self.sorted.warnings.append(heading.doubt)
        self.sorted.headings.append(heading)
        if heading.section is Section.CASE_STUDY:
            if self.section is not Section.CASE_STUDY:
                self.outside = (self.section, self.printed, self.bulleted)
            self.box = paragraph
        else:
            self.box = self.outside = None
        self.section, self.printed, self.bulleted = heading.section, heading.text, False

    def _other_heading(self, heading: Heading, paragraph: Paragraph, rest: Sequence[Paragraph]) -> None:
        if self.section is Section.CASE_STUDY and not self._leaves_box(paragraph):
            return  # a title inside the box
        self._leave_box_before(paragraph)
        if self.section in FINDINGS:
            fresh = self.draft is None and self.section is Section.HEADLINE
            self.close()
            if self._continues(rest) or fresh:
                return
            self.sorted.warnings.append(
                f"‘{heading.text}’ on page {paragraph.page} stands among the findings but holds running text: "
                "check whether anything under it is a finding."
            )
            self.section = Section.OTHER
        self.sorted.headings.append(heading)
        self.printed = heading.text

    def _continues(self, rest: Sequence[Paragraph]) -> bool:
        """Whether an unknown heading inside a section divides its findings, seen from what stands below it."""
        if not self.bulleted and self.section is not Section.HEADLINE:
            return True
        if not any(each.section is Section.HEADLINE for each in self.sorted.headings):
            return True  # letters of the first structure divide their lists, with bullets or without
        for paragraph in rest:
            if heading_in(paragraph, self.usual):
                return False
            if paragraph.bullet:
                return True
        return False

    def text(self, paragraph: Paragraph, rest: Sequence[Paragraph]) -> None:
        """Take a paragraph of text into a finding or a passage."""
        if self.section is Section.CASE_STUDY and self._leaves_box(paragraph):
            self._leave_box_before(paragraph)
        if self.section is Section.CASE_STUDY:
            self._extend_study(paragraph)
        elif self.section not in FINDINGS:
            if paragraph.bullet:
                self.bulleted, self.last_bullet = True, paragraph
            if self.section is not Section.NEXT_STEPS:
                self._passage(paragraph)
        elif paragraph.bullet:
            self._bullet(paragraph)
        else:
            self._running(paragraph, rest)

    def _leaves_box(self, paragraph: Paragraph) -> bool:
        if self.box is None or self.outside is None:
            return False
        if self.box.left - self.usual.left >= _INSIDE:
            # Letters begin a point or two behind the edge that they stand at: between the two edges is the line.
            return paragraph.left < max(self.box.left - _INSIDE, (self.box.left + self.usual.left) / 2)
        # A box at the margin ends where the list goes on that it interrupted.
        last = self.last_bullet
        if last is None or not self.outside[2] or not paragraph.bullet:
            return False
        alike = _FIGURES.sub("1", paragraph.bullet) == _FIGURES.sub("1", last.bullet)
        return alike and abs(paragraph.left - last.left) < _INSIDE

    def _leave_box_before(self, paragraph: Paragraph) -> None:
        if self.section is Section.CASE_STUDY and self.outside is not None:
            self.close()
            self.section, self.printed, self.bulleted = self.outside
            self.box = self.outside = None

    def _extend_study(self, paragraph: Paragraph) -> None:
        at_margin = self.box is not None and self.box.left - self.usual.left < _INSIDE
        if at_margin and self.draft is not None and self.outside is not None and self.outside[0] is Section.MAIN:
            self.sorted.warnings.append(
                f"‘{self.printed}’ on page {self.draft.page} is not set in from the text around it: check its end."
            )
        if self.draft is None:
            self._begin(paragraph)
        else:
            self._add_lead(paragraph)

    def _bullet(self, paragraph: Paragraph) -> None:
        draft = self.draft
        self.bulleted = True
        self.last_bullet = paragraph
        if draft is not None and self._is_part(draft, paragraph):
            draft.parts.append(paragraph.text)
            draft.end_page = paragraph.end_page
            return
        self._begin(paragraph)

    def _is_part(self, draft: _Draft, paragraph: Paragraph) -> bool:
        if not draft.bullet:  # a lead without bullet: what follows its colon belongs to it
            return bool(_ANNOUNCES.search(draft.leads[-1]))
        if paragraph.body > draft.body + _DEEPER and paragraph.left > draft.left + _DEEPER:
            return True
        other_sign = paragraph.bullet != draft.bullet and paragraph.bullet in "-–—\u2212o◦○"
        return other_sign and (draft.leads[-1].endswith(":") or bool(draft.parts))

    def _running(self, paragraph: Paragraph, rest: Sequence[Paragraph]) -> None:
        draft = self.draft
        if says_none(paragraph.text):
            self.close()
            self._passage(paragraph)
            return
        if draft is not None and draft.bullet and paragraph.left > draft.left + _DEEPER:
            self._add_lead(paragraph)  # indented like the bullet's own text: its second paragraph
            return
        if draft is not None and draft.leads[-1].endswith(":") and paragraph.left > draft.left + _DEEPER:
            draft.parts.append(paragraph.text)  # a list whose signs are drawn, so that no text has them
            draft.end_page = paragraph.end_page
            return
        if paragraph.text[:1].islower() and self._continue_last(paragraph):
            return
        leads_in = paragraph.text.endswith(":") and bool(rest) and bool(rest[0].bullet)
        if leads_in and self.section is not Section.PRIORITY_ACTION and len(paragraph.text.split()) <= _LEAD_IN_WORDS:
            self.close()
            self._passage(paragraph)
            return
        if self.bulleted and self.section is not Section.PRIORITY_ACTION:
            self.sorted.warnings.append(
                f"A paragraph without a bullet on page {paragraph.page}, under ‘{self.printed}’, was read as a finding "
                f"of its own: check ‘{_opening(paragraph.text)} …’."
            )
        self._begin(paragraph)

    def _continue_last(self, paragraph: Paragraph) -> bool:
        """A sentence that a box interrupted goes on behind it: add it to the finding that it began in."""
        self.close()
        for place in range(len(self.sorted.findings) - 1, -1, -1):
            found = self.sorted.findings[place]
            if found.kind == self.section:
                held = [found.text, *(part.text for part in found.parts)]
                if not _UNENDED.search(held[-1]):
                    return False
                held[-1] = f"{held[-1]} {paragraph.text}"
                parts = tuple(Part(text) for text in held[1:])
                self.sorted.findings[place] = replace(found, text=held[0], parts=parts, end_page=paragraph.end_page)
                return True
        return False

    def _add_lead(self, paragraph: Paragraph) -> None:
        draft = self.draft
        assert draft is not None
        if draft.parts:
            draft.parts[-1] += f"\n{paragraph.text}"
        else:
            draft.leads.append(paragraph.text)
        draft.end_page = paragraph.end_page

    def _begin(self, paragraph: Paragraph) -> None:
        self.close()
        if paragraph.bullet and says_none(paragraph.text):
            self._passage(paragraph)
            return
        self.draft = _Draft(
            kind=self.section, heading=self.printed, page=paragraph.page, end_page=paragraph.end_page,
            bullet=paragraph.bullet, left=paragraph.left, body=paragraph.body, leads=[paragraph.text],
        )  # fmt: skip

    def _passage(self, paragraph: Paragraph) -> None:
        self.sorted.passages.append(Passage(self.printed, paragraph.page, paragraph.text))

    def close(self) -> None:
        """Put the finding that was being collected among the findings."""
        draft = self.draft
        if draft is None:
            return
        self.draft = None
        self.counts[draft.kind] += 1
        self.sorted.findings.append(
            Finding(
                ref=f"{PREFIXES[draft.kind]}-{self.counts[draft.kind]}",
                kind=str(draft.kind),
                page=draft.page,
                end_page=draft.end_page,
                text="\n".join(draft.leads),
                parts=tuple(Part(text) for text in draft.parts),
                heading=draft.heading,
            )
        )


def _opening(text: str) -> str:
    return " ".join(text.split()[:6])
