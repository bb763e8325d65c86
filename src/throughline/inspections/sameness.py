"""Whether a letter, or the inspection that it reports, is here already: by its bytes, its words, its days, its area."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from throughline.inspections.models import Inspection, Letter
from throughline.methods.mentions import searchable
from throughline.methods.printed import day
from throughline.partners.models import Partnership, Person


@dataclass(frozen=True)
class Marks:
    """By what a letter and its inspection are known again. Whatever is empty or None is compared with nothing."""

    sha256: str = ""
    words_sha256: str = ""
    framework: str = ""
    area: str = ""
    published: date | None = None
    fieldwork_start: date | None = None
    fieldwork_end: date | None = None
    year: int | None = None


@dataclass(frozen=True)
class Noticed:
    """Something that is here already: why it looks the same, in a sentence, and which inspection, perhaps letter."""

    why: str
    inspection: Inspection
    letter: Letter | None = None

    @property
    def key(self) -> UUID:
        """The id of what is here."""
        return self.letter.pk if self.letter is not None else self.inspection.pk


def noticed(
    partnership: Partnership, marks: Marks, *, for_person: Person, within: Inspection | None = None
) -> list[Noticed]:
    """What of the partnership looks the same, letters first; each inspection once. Two queries.

    within: the inspection to which the letter is added, which is of course here.
    """
    letters = (
        Letter.objects.visible_to(for_person)
        .filter(partnership=partnership, withdrawn_at__isnull=True, inspection__withdrawn_at__isnull=True)
        .select_related("inspection__partnership", "file")
        .order_by("inspection__reference", "number")
    )
    found = [Noticed(why, each.inspection, each) for each in letters if (why := why_letter(each, marks))]
    known = {each.inspection.pk for each in found} | ({within.pk} if within is not None else set())
    inspections: Iterable[Inspection] = (
        Inspection.objects.visible_to(for_person)
        .filter(partnership=partnership, withdrawn_at__isnull=True)
        .select_related("partnership")
        .order_by("reference")
    )
    return found + [
        Noticed(why, each)
        for each in inspections
        if each.pk not in known and within is None and (why := why_inspection(each, marks))
    ]


def why_letter(letter: Letter, marks: Marks) -> str:
    """Why a letter looks like the one with these marks, in a sentence; empty when it does not. Pure."""
    which = f"letter {letter.number} of ‘{letter.inspection.title}’"
    if marks.sha256 and letter.file.sha256 == marks.sha256:
        return f"This is the same file as {which}."
    if marks.words_sha256 and letter.words_sha256 == marks.words_sha256:
        return f"Its text is the same as that of {which}."
    if marks.published and letter.published == marks.published and _same_area(letter.inspection.area, marks.area):
        return f"It is of the same area and day, {day(marks.published)}, as {which}."
    return ""


def why_inspection(inspection: Inspection, marks: Marks) -> str:
    """Why an inspection looks like the one with these marks, in a sentence; empty when it does not. Pure."""
    ours = (inspection.fieldwork_start, inspection.fieldwork_end)
    if None not in ours and ours == (marks.fieldwork_start, marks.fieldwork_end):
        return f"‘{inspection.title}’ has the same days of fieldwork."
    year = inspection.fieldwork_start.year if inspection.fieldwork_start else None
    if (
        year is not None
        and year == marks.year
        and inspection.framework == marks.framework
        and _same_area(inspection.area, marks.area)
    ):
        return f"‘{inspection.title}’ was an inspection of the same area and kind in {year}."
    return ""


def _same_area(one: str, other: str) -> bool:
    return bool(one.strip()) and searchable(one) == searchable(other)
