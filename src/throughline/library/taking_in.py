"""The job that reads what was brought to the library: each file by itself, so that a bad one loses none of the others.

Nothing here runs inside a transaction but the actions.
"""

from collections import Counter
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.urls import reverse

from throughline.access import Scope, allows_new
from throughline.files import gate, store
from throughline.files.store import Blob, Missing
from throughline.files.verdict import Refused
from throughline.inspections import letter_pages, letter_reading
from throughline.inspections.frameworks import FINDING_KINDS
from throughline.inspections.letter_reading import Reading
from throughline.jobs import Work
from throughline.library import actions, permissions
from throughline.library.actions import AlreadyHere, CannotDo, FoundText, LetterFacts
from throughline.library.models import LibraryLetter, LibraryUpload
from throughline.methods.printed import count, day, listing
from throughline.partners.models import Person

ADDED, KNOWN, REFUSED = "added", "known", "refused"
KINDS = (ADDED, KNOWN, REFUSED)


def upload_url(upload: LibraryUpload) -> str:
    """The page that says what became of each file."""
    return reverse("library:upload", args=[upload.partnership.slug, upload.number])


def may_read(person: Person, arguments: Mapping[str, Any]) -> bool:
    """Whether a person may keep the library that an upload is for."""
    upload = LibraryUpload.objects.filter(pk=UUID(arguments["upload"])).first()
    if upload is None:
        return False
    return allows_new(person, "create", permissions.LETTER, Scope(frozenset({upload.partnership_id})))


def run(work: Work) -> str:
    """Read every file of an upload. Harmless to repeat: what was kept is kept once, and what was said stays."""
    upload = LibraryUpload.objects.select_related("partnership").get(pk=UUID(work.arguments["upload"]))
    if not upload.outcomes:
        outcomes: list[dict[str, Any]] = []
        seen: dict[str, str] = {}
        for number, each in enumerate(upload.files, start=1):
            work.say(f"Reading file {number} of {len(upload.files)}: {each['name']}")
            if each["sha256"] in seen:
                outcomes.append(_said(each["name"], KNOWN, f"{each['name']} is the same as {seen[each['sha256']]}."))
                continue
            seen[each["sha256"]] = each["name"]
            outcomes.append(take_in(upload, each["sha256"], each["name"], by=work.person, now=work.now))
        actions.finish_upload(by=work.person, upload=upload, outcomes=outcomes, now=work.now)
    return upload_url(upload)


def take_in(upload: LibraryUpload, sha256: str, name: str, *, by: Person, now: datetime) -> dict[str, Any]:
    """Judge, read and keep one file, or say in a sentence why not. Gives an outcome as `LibraryUpload` keeps it."""
    try:
        path = store.path_of(sha256)
        if not path.exists():
            return _said(name, REFUSED, f"{name} is no longer on the server: bring it again.")
        verdict = gate.inspect(path, name=name)
        letter_pages.check_readable(verdict.kind, name)
        reading = letter_reading.reading_of(sha256, name=name)
        if not reading.is_recognised:
            return _said(name, REFUSED, reading.note or _nothing_found(name))
        letter = actions.add_letter(
            by=by, upload=upload, blob=Blob(sha256, path.stat().st_size), verdict=verdict, name=name,
            pages=len(reading.texts), facts=_facts(reading), findings=_findings(reading), now=now,
        )  # fmt: skip
    except Refused as refused:
        return _said(name, REFUSED, refused.sentence)
    except Missing:
        return _said(name, REFUSED, f"{name} is no longer on the server: bring it again.")
    except AlreadyHere as already:
        return _said(name, KNOWN, str(already), letter=already.letter.number)
    except CannotDo as cannot:
        return _said(name, REFUSED, str(cannot))
    notes = [*verdict.warnings, *reading.warnings]
    return _said(name, ADDED, _sentence(letter, reading), letter=letter.number, notes=notes)


def _said(
    name: str, kind: str, sentence: str, *, letter: int | None = None, notes: list[str] | None = None
) -> dict[str, Any]:
    return {"name": name, "kind": kind, "sentence": sentence, "letter": letter, "notes": notes or []}


def _nothing_found(name: str) -> str:
    return f"No finding was recognised in {name}. Open it: if it is a letter of findings, its structure is not known."


def _facts(reading: Reading) -> LetterFacts:
    starts, ends = reading.fieldwork_start, reading.fieldwork_end
    if starts and ends and ends < starts:
        starts = ends = None
    return LetterFacts(
        area=reading.area[:200], published=reading.published, theme=_begun(reading.theme)[:200],
        inspectorates=list(reading.inspectorates), fieldwork_start=starts, fieldwork_end=ends if starts else None,
    )  # fmt: skip


def _findings(reading: Reading) -> list[FoundText]:
    return [FoundText(each.kind, each.page, "\n".join([each.text, *each.parts])) for each in reading.findings]


def _sentence(letter: LibraryLetter, reading: Reading) -> str:
    counted = Counter(each.kind for each in reading.findings)
    kinds = [
        count(counted[key], _inside(each.printed), _inside(each.plural))
        for key, each in FINDING_KINDS.items()
        if counted[key]
    ]
    where = letter.area or "No area was recognised: give it on the letter’s page"
    when = day(letter.published) if letter.published else "no day of publication"
    return f"{where}, {when}: {listing(kinds)}."


def _begun(words: str) -> str:
    """Words at the beginning of a line."""
    return words[:1].upper() + words[1:]


def _inside(words: str) -> str:
    """A kind's name within a sentence."""
    return words[:1].lower() + words[1:]
