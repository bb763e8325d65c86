"""What is done to the library: files are brought, a letter is taken in with its findings, put right, or taken out."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date, datetime
from typing import Any

from django.db.models import Q

from throughline.access import Scope, check, check_new
from throughline.files import actions as files
from throughline.files.store import Blob
from throughline.files.verdict import Verdict
from throughline.history import door
from throughline.history.door import action
from throughline.history.moments import day_of
from throughline.inspections.frameworks import FINDING_KINDS
from throughline.inspections.models import Letter
from throughline.inspections.record_rules import wrong_fieldwork
from throughline.jobs import queue
from throughline.jobs.models import Job
from throughline.library import permissions
from throughline.library.models import LibraryFinding, LibraryLetter, LibraryUpload
from throughline.methods.mentions import searchable
from throughline.methods.printed import day
from throughline.partners.models import Partnership, Person

READ = "read_library_letters"


class CannotDo(ValueError):
    """What was asked breaks a rule of the room; the sentence says which and what to do."""


class AlreadyHere(CannotDo):
    """The library has this letter already: `letter`."""

    def __init__(self, letter: LibraryLetter, sentence: str) -> None:
        super().__init__(sentence)
        self.letter = letter


@dataclass(frozen=True)
class LetterFacts:
    """What a letter says of itself. Empty or None where it prints nothing."""

    area: str = ""
    published: date | None = None
    theme: str = ""
    inspectorates: list[str] = field(default_factory=list)
    fieldwork_start: date | None = None
    fieldwork_end: date | None = None


@dataclass(frozen=True)
class FoundText:
    """One finding as it was read, in the letter's order."""

    kind: str
    page: int
    text: str


@action("partnership")
def begin_upload(
    *, by: Person, partnership: Partnership, sent: Sequence[Mapping[str, str]], now: datetime
) -> tuple[LibraryUpload, Job]:
    """Have files read that are in the store already: `sent` lists {sha256, name}. Raises AccessDenied, CannotDo."""
    check_new(by, "create", permissions.UPLOAD, Scope(frozenset({partnership.pk})), day_of(now))
    if not sent:
        raise CannotDo("Choose at least one letter.")
    number = LibraryUpload.objects.filter(partnership=partnership).count() + 1
    upload = door.create(
        LibraryUpload, by=by, verb="brought", now=now, partnership=partnership, number=number,
        files=[{"sha256": each["sha256"], "name": each["name"]} for each in sent],
    )  # fmt: skip
    job = queue.enqueue(
        READ, by=by, arguments={"upload": str(upload.pk)}, key=f"library {upload.pk}", now=now, partnership=partnership
    )
    return upload, job


@action("upload")
def add_letter(
    *, by: Person, upload: LibraryUpload, blob: Blob, verdict: Verdict, name: str, pages: int, facts: LetterFacts,
    findings: Sequence[FoundText], now: datetime,
) -> LibraryLetter:  # fmt: skip
    """Keep one letter with its findings. The same file of the same upload is kept once, however often it is tried.

    Raises AccessDenied, AlreadyHere, CannotDo for a letter of the partnership's own inspection.
    """
    check_new(by, "create", permissions.LETTER, Scope(frozenset({upload.partnership_id})), day_of(now))
    again = _same(upload, blob, facts, name)
    if again is not None:
        return again
    file = files.store_file(by=by, partnership=upload.partnership, blob=blob, verdict=verdict, name=name, now=now)
    number = LibraryLetter.objects.filter(partnership_id=upload.partnership_id).count() + 1
    letter = door.create(
        LibraryLetter, by=by, verb="added", now=now, partnership_id=upload.partnership_id, upload=upload, file=file,
        number=number, pages=pages, **asdict(facts),
    )  # fmt: skip
    door.bulk(LibraryFinding, by=by, verb="read", now=now, rows=_rows(letter, findings))
    return letter


def _rows(letter: LibraryLetter, findings: Sequence[FoundText]) -> list[dict[str, Any]]:
    counted: Counter[str] = Counter()
    rows = []
    for number, each in enumerate(findings, start=1):
        counted[each.kind] += 1
        rows.append(
            {
                "partnership_id": letter.partnership_id, "letter": letter, "number": number, "kind": each.kind,
                "reference": f"{FINDING_KINDS[each.kind].prefix}-{counted[each.kind]}", "page": each.page,
                "text": each.text, "searched": searchable(each.text),
            }
        )  # fmt: skip
    return rows


def _same(upload: LibraryUpload, blob: Blob, facts: LetterFacts, name: str) -> LibraryLetter | None:
    """The letter that this upload has made of these bytes already. Raises for one that is here in another way."""
    is_own = Q(file__sha256=blob.sha256)
    if facts.area and facts.published:
        is_own |= Q(inspection__area__iexact=facts.area, published=facts.published)
    own = (
        Letter.objects.filter(is_own, partnership_id=upload.partnership_id, withdrawn_at__isnull=True)
        .select_related("inspection")
        .first()
    )
    if own is not None:
        raise CannotDo(
            f"{name} is the letter of your own inspection ‘{own.inspection.title}’. The library is for other areas’."
        )
    standing = LibraryLetter.objects.filter(partnership_id=upload.partnership_id, withdrawn_at__isnull=True)
    same = standing.filter(file__sha256=blob.sha256).select_related("file").first()
    if same is not None:
        if same.upload_id == upload.pk and same.file.name == name:
            return same
        raise AlreadyHere(same, f"{name} is in the library already, as letter {same.number} ({same}).")
    if facts.area and facts.published:
        like = standing.filter(area__iexact=facts.area, published=facts.published).first()
        if like is not None:
            raise AlreadyHere(
                like,
                f"{name} seems to be letter {like.number} in another file: both are about {facts.area} and were "
                f"published on {day(facts.published)}. If this one is better, take out the other and bring it again.",
            )
    return None


@action("upload")
def finish_upload(
    *, by: Person, upload: LibraryUpload, outcomes: Sequence[Mapping[str, Any]], now: datetime
) -> LibraryUpload:
    """Write down what became of each file. What is written stays. Raises AccessDenied."""
    check(by, "change", upload, day_of(now))
    current = LibraryUpload.objects.get(pk=upload.pk)
    if current.outcomes:
        return current
    return door.change(
        by=by, thing=current, expected_version=current.version, verb="read", now=now,
        outcomes=[dict(each) for each in outcomes],
    )  # fmt: skip


@action("letter")
def change_letter(
    *, by: Person, letter: LibraryLetter, expected_version: int, facts: LetterFacts, now: datetime
) -> LibraryLetter:
    """Put a letter's facts right. Raises AccessDenied, Conflict, CannotDo."""
    _check_standing(by, letter, now)
    wrong = wrong_fieldwork(facts.fieldwork_start, facts.fieldwork_end)
    if wrong:
        raise CannotDo(next(iter(wrong.values())))
    return door.change(
        by=by, thing=letter, expected_version=expected_version, verb="changed", now=now, **asdict(facts)
    )  # fmt: skip


@action("letter")
def withdraw_letter(
    *, by: Person, letter: LibraryLetter, expected_version: int, reason: str, now: datetime
) -> LibraryLetter:
    """Take a letter out of the library with its findings. Raises AccessDenied, Conflict, CannotDo."""
    _check_standing(by, letter, now)
    if not reason.strip():
        raise CannotDo("Say why the letter is taken out.")
    return door.withdraw(by=by, thing=letter, expected_version=expected_version, now=now, reason=reason)


def _check_standing(by: Person, letter: LibraryLetter, now: datetime) -> None:
    check(by, "change", letter, day_of(now))
    if letter.withdrawn_at is not None:
        raise CannotDo(f"Letter {letter.number} was taken out of the library already.")
