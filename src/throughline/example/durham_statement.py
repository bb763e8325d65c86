"""The worked example's written statement: due on 3 December 2018 and submitted that day, as the public record has it.

Its words, and on what day each body signed, are invented.
"""

from datetime import date, datetime

from throughline.example.timeline import Story, Timeline
from throughline.inspections.models import Letter
from throughline.partners.models import Agency
from throughline.statements import actions, building, queries, signing, submitting
from throughline.statements.models import Statement

DRAFTED = date(2018, 11, 30)
SIGNED = date(2018, 12, 3)
SENT_TO = "ProtectionOfChildren@ofsted.gov.uk"
INTRODUCTION = (
    "This statement answers the letter of 24 August 2018 for all agencies together (illustrative). For each finding it "
    "says what will be done, by whom and by when, and what children would notice if it worked."
)
OVERSIGHT = (
    "Three working groups of the partnership carry the plan from day to day and challenge one another. Every agency "
    "and group reports each quarter to the board’s Executive Group, with the outcome of its audits, from January 2019."
)


def tell(story: Story, timeline: Timeline) -> None:
    """Drafted from the plan, signed by every body on paper, submitted on the day it was due, and its files printed."""
    timeline.at(DRAFTED, 16, lambda now: _draft(story, now))
    timeline.at(SIGNED, 9, lambda now: _sign(story, now))
    timeline.at(SIGNED, 12, lambda now: _submit(story, now))


def _draft(story: Story, now: datetime) -> None:
    by = story.manager
    letter = Letter.objects.get(inspection=story.inspections["jtai"])
    made = actions.begin(by=by, letter=letter, plan=story.plan, now=now)
    made = actions.change_words(
        by=by, statement=made, expected_version=made.version, introduction=INTRODUCTION, oversight=OVERSIGHT,
        prints_names=False, now=now,
    )  # fmt: skip
    # Those whom the letter names are asked already.
    asked = {each.agency_id for each in queries.signs_of(made, for_person=by)}
    for body in story.bodies.values():
        if isinstance(body, Agency) and body.pk not in asked:
            actions.ask_to_sign(by=by, statement=made, body=body, post=f"Chief officer, {body.name}", now=now)
    actions.respond_to_rest(by=by, statement=made, answer=made.regime.answers[0], now=now)
    signing.open_for_signature(by=by, statement=made, expected_version=made.version, now=now)


def _sign(story: Story, now: datetime) -> None:
    for each in queries.signs_of(Statement.objects.get(plan=story.plan), for_person=story.manager):
        signing.record_signature(
            by=story.manager, sign=each, expected_version=each.version, signed_on=SIGNED, name=each.post,
            note="With the business unit (illustrative).", now=now,
        )  # fmt: skip


def _submit(story: Story, now: datetime) -> None:
    whole = Statement.objects.get(plan=story.plan)
    submitted = submitting.submit(
        by=story.manager, statement=whole, expected_version=whole.version, on=SIGNED, to=SENT_TO, now=now
    )
    # The job that was asked for would print them today: the story's files are of the story's day.
    building.print_and_attach(submitted, by=story.manager, now=now)
