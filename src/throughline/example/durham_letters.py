"""The worked example’s letters: read and entered as anybody would, and the inspections that came later."""

from datetime import date, datetime
from functools import partial
from io import BytesIO

from throughline.example import durham_letter, story_bodies, story_findings, story_later
from throughline.example.story_later import StoryInspection
from throughline.example.timeline import Story, Timeline, at
from throughline.files import store
from throughline.files.verdict import Kind, Verdict
from throughline.impact import later_tests
from throughline.inspections import actions, checking, duties, letter_reading, queries, recording, recurrence, themes
from throughline.inspections.actions import About, LetterDates, LetterSays, ReadLetter
from throughline.inspections.models import Letter
from throughline.inspections.proposing import words_of
from throughline.partners.models import Partnership, Person

NAME = "Letter of findings (worked example).pdf"
RECEIVED = date(2018, 8, 24)


def tell(story: Story, timeline: Timeline) -> None:
    """The letter arrives, is read and entered; later inspections come to be known when they were published."""
    timeline.at(RECEIVED, 10, lambda now: _read_and_enter(story, now))
    for each in story_later.INSPECTIONS:
        timeline.at(each.recorded, 10, partial(_record, story, each))


def _read_and_enter(story: Story, now: datetime) -> None:
    """Take the letter in, give each proposal the story's short title, and enter them all."""
    by, partnership = story.manager, story.partnership
    letter = _take_in(partnership, by, now)
    story.inspections["jtai"] = letter.inspection
    for recipient in duties.recipients_of(letter.inspection, for_person=by):
        if key := story_bodies.RECIPIENT_OF.get(recipient.number):
            duties.change_recipient(
                by=by, recipient=recipient, expected_version=recipient.version, printed=recipient.printed,
                now=at(RECEIVED, 13), **story.body(key),
            )  # fmt: skip
    by_words = {_bare(each.text): each for each in story_findings.FINDINGS}
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
    story.findings |= {by_words[_bare(each.text)].key: each for each in entered}


def _record(story: Story, later: StoryInspection, now: datetime) -> None:
    """A later inspection: what it found again, and what it says about what was found before."""
    by = story.manager
    inspection = actions.create_inspection(
        by=by, partnership=story.partnership, reference=later.reference, title=later.title,
        framework=later.framework, fieldwork_start=later.begins, now=now,
    )  # fmt: skip
    story.inspections[later.reference] = inspection
    facts = recording.InspectionFacts(
        title=later.title, area="County Durham", inspectorates=["Ofsted"], theme="", fieldwork_start=later.begins,
        fieldwork_end=None, team_size=None, deep_dive_cases=None,
        what_inspectors_did="Illustrative: the first day of its month or year stands here for the days of the visit.",
    )  # fmt: skip
    recording.change_record(by=by, inspection=inspection, expected_version=inspection.version, facts=facts, now=now)
    for found in (each for each in story_later.RETURNS if each.inspection == later.reference):
        finding = actions.mark_finding(
            by=by, inspection=inspection, kind=found.kind, text=found.text, title=found.title, now=now
        )
        for key in found.brings_back:
            recurrence.mark_return(by=by, finding=finding, earlier=story.findings[key], now=now)
    for test in (each for each in story_later.TESTS if each.inspection == later.reference):
        later_tests.record(
            by=by, finding=story.findings[test.finding], inspection=inspection, said=test.said, says=test.says,
            page=None, now=now,
        )  # fmt: skip


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
            "Spent time at the front door, First Contact, and in the multi-agency safeguarding hub (MASH); met senior "
            "and middle managers and front-line practitioners of all agencies; spoke to children and families; looked "
            "at a large number of case files of children who had lived with domestic abuse, seven of them in depth."
        ),
    )  # fmt: skip
    recording.change_record(by=by, inspection=inspection, expected_version=inspection.version, facts=facts, now=now)
    return letter


def _bare(text: str) -> str:
    """A finding's words without its line ends."""
    return " ".join(text.split())
