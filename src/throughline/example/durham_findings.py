"""The worked example’s letter, read and entered in the register as anybody would: read first, then confirmed."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from io import BytesIO

from throughline.example import durham_letter
from throughline.example import durham_story as story
from throughline.files import store
from throughline.files.verdict import Kind, Verdict
from throughline.inspections import actions, checking, duties, letter_reading, queries, recording, themes
from throughline.inspections.actions import About, LetterDates, LetterSays, ReadLetter
from throughline.inspections.models import Finding, Letter
from throughline.inspections.proposing import words_of
from throughline.partners.models import Agency, Partnership, Person

NAME = "Letter of findings (worked example).pdf"
RECEIVED = date(2018, 8, 24)


def build(
    partnership: Partnership, agencies: Mapping[str, Agency], *, by: Person, at: Callable[..., datetime]
) -> tuple[Letter, dict[str, Finding]]:
    """Take the letter in, give each proposal the story's short title, and enter them all. Findings by their keys."""
    letter = _take_in(partnership, by, at(RECEIVED))
    for recipient in duties.recipients_of(letter.inspection, for_person=by):
        if key := story.RECIPIENT_OF.get(recipient.number):
            duties.change_recipient(
                by=by, recipient=recipient, expected_version=recipient.version, printed=recipient.printed,
                agency=agencies[key], now=at(RECEIVED, 13),
            )  # fmt: skip
    by_words = {_bare(each.text): each for each in story.FINDINGS}
    bodies = {str(each.pk): each for each in queries.agencies_of(partnership, for_person=by)}
    known = {str(each.pk): each for each in themes.themes_of(partnership, for_person=by)}
    chosen = {}
    for proposal in queries.proposals_of(letter, for_person=by):
        draft = checking.Draft(
            proposal.kind, proposal.page, by_words[_bare(proposal.text)].title, words_of(proposal),
            agencies=[bodies[key] for key in proposal.agencies], themes=[known[key] for key in proposal.themes],
        )  # fmt: skip
        titled = checking.change_proposal(
            by=by, proposal=proposal, expected_version=proposal.version, draft=draft, now=at(RECEIVED, 14)
        )
        chosen[titled.pk] = titled.version
    entered = checking.enter(by=by, letter=letter, chosen=chosen, now=at(RECEIVED, 15))
    return letter, {by_words[_bare(each.text)].key: each for each in entered}


def _take_in(partnership: Partnership, by: Person, now: datetime) -> Letter:
    blob = store.put(BytesIO(durham_letter.letter_pdf()))
    reading = letter_reading.reading_of(blob.sha256, name=NAME)
    letter = actions.begin_inspection(
        by=by,
        partnership=partnership,
        about=About(
            title=reading.title, framework="jtai", theme=reading.theme, area=reading.area,
            inspectorates=reading.inspectorates, fieldwork_start=reading.fieldwork_start,
            fieldwork_end=reading.fieldwork_end,
        ),
        letter=ReadLetter(
            blob, Verdict(Kind.PDF), NAME, len(reading.texts), words_sha256=reading.words_sha256,
            findings=reading.findings, notes=reading.warnings,
        ),
        dates=LetterDates(RECEIVED, published=reading.published, statement_due=reading.statement_due),
        says=LetterSays(reading.recipients, reading.principal_authority, reading.statement_due_printed),
        now=now,
    )  # fmt: skip
    inspection = letter.inspection
    facts = recording.InspectionFacts(
        title=reading.title, area=reading.area, inspectorates=list(reading.inspectorates), theme=reading.theme,
        fieldwork_start=reading.fieldwork_start, fieldwork_end=reading.fieldwork_end, team_size=15, deep_dive_cases=7,
        what_inspectors_did=(
            "Spent time at the front door and in the safeguarding hub; met senior and middle managers and front-line "
            "practitioners of all agencies; spoke to children and families; looked at many case files, seven in depth."
        ),
    )  # fmt: skip
    recording.change_record(by=by, inspection=inspection, expected_version=inspection.version, facts=facts, now=now)
    return letter


def _bare(text: str) -> str:
    """A finding's words without its line ends."""
    return " ".join(text.split())
