"""A report in a board's form while it is drafted: each section beside its draft, and what should be looked at again."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from throughline.documents.model import Document
from throughline.methods import personal
from throughline.partners.models import Membership, Person
from throughline.reports import board, board_drafts, building
from throughline.reports.addresses import place_of
from throughline.reports.board import State
from throughline.reports.draft import Draft
from throughline.reports.models import Report, ReportSection


@dataclass(frozen=True)
class Part:
    """A section as the pages show it. `doubts` is advice about persons; `moved` says that the register moved on."""

    state: State
    draft: Draft
    url: str
    doubts: tuple[personal.Doubt, ...] = ()

    @property
    def mark(self) -> str:
        """Its value on the scale of sections."""
        return self.state.row.answer or ("proposed" if self.draft.text else "empty")

    @property
    def moved(self) -> bool:
        """Whether the draft says something else now than when it was taken."""
        row = self.state.row
        return row.answer == ReportSection.DRAFT and row.drafted.strip() != self.draft.text.strip()

    @property
    def seen(self) -> str:
        """By what a form names the draft that its reader saw."""
        return seen_of(self.draft)


def seen_of(draft: Draft) -> str:
    """A draft's words as a short text."""
    return hashlib.sha256(draft.text.encode()).hexdigest()[:32]


@dataclass(frozen=True)
class Drafting:
    """A report that is being drafted, read for one person."""

    report: Report
    material: building.Material

    @cached_property
    def parts(self) -> Sequence[Part]:
        """Every section of the form, in order."""
        drafts = board_drafts.drafts(self.material.line, self.material.period, self.material.facts)
        names = _names_in(self.report)
        return [
            Part(each, drafts[each.section.key], place_of(self.report, "section", each.section.key),
                 personal.doubts(each.row.text, names))
            for each in board.states_of(self.report)
        ]  # fmt: skip

    @property
    def gaps(self) -> list[Part]:
        """The sections that nobody has decided."""
        return [each for each in self.parts if each.state.is_open]

    @property
    def proposed(self) -> dict[str, str]:
        """The drafts of open sections that have one."""
        return {each.state.section.key: each.draft.text for each in self.gaps if each.draft.text}

    @property
    def document(self) -> Document:
        """The whole paper as it is now."""
        return self.material.document

    def part(self, key: str) -> Part | None:
        """A section by its key."""
        return next((each for each in self.parts if each.state.section.key == key), None)

    def after(self, key: str) -> Part | None:
        """The next section that nobody has decided, after this one and then from the beginning; None when all are."""
        keys = [each.state.section.key for each in self.parts]
        at = keys.index(key)
        rest = [*self.parts[at + 1 :], *self.parts[:at]]
        return next((each for each in rest if each.state.is_open), None)


def drafting_of(report: Report, *, by: Person, now: datetime) -> Drafting:
    """Read a draft with the line that it is made from. Raises LookupError when its period was not there on its day."""
    material = building.gather(
        report.period, by=by, kind=report.kind, as_of=report.as_of, audience=report.audience, marking=report.marking,
        reference=report.reference, now=now, kept=board.kept_of(report),
    )  # fmt: skip
    return Drafting(report, material)


def _names_in(report: Report) -> tuple[str, ...]:
    """The names of everybody who holds or held a role in the partnership, to warn of them."""
    held = Membership.objects.filter(partnership=report.partnership_id).order_by("person__name")
    return tuple(held.values_list("person__name", flat=True).distinct())
