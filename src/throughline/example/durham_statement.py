"""The worked example's written statement: due on 3 December 2018 and submitted that day, as the public record has it.

Its words, and on what day each body signed, are invented.
"""

from collections.abc import Callable, Sequence
from datetime import date, datetime

from throughline.inspections.models import Letter
from throughline.partners.models import Agency, Person
from throughline.plans.models import Plan
from throughline.statements import actions, building, queries, signing, submitting
from throughline.statements.models import Statement

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


def build(
    letter: Letter, plan: Plan, agencies: Sequence[Agency], *, by: Person, at: Callable[..., datetime]
) -> Statement:
    """Draft it from the plan, have every body sign on paper, submit it, and print its files."""
    drafted, signed = at(date(2018, 11, 30), 16), at(SIGNED, 9)
    made = actions.begin(by=by, letter=letter, plan=plan, now=drafted)
    made = actions.change_words(
        by=by, statement=made, expected_version=made.version, introduction=INTRODUCTION, oversight=OVERSIGHT,
        prints_names=False, now=drafted,
    )  # fmt: skip
    # Those whom the letter names are asked already.
    asked = {each.agency_id for each in queries.signs_of(made, for_person=by)}
    for agency in (each for each in agencies if each.pk not in asked):
        actions.ask_to_sign(by=by, statement=made, body=agency, post=f"Chief officer, {agency.name}", now=drafted)
    actions.respond_to_rest(by=by, statement=made, answer=made.regime.answers[0], now=drafted)
    opened = signing.open_for_signature(by=by, statement=made, expected_version=made.version, now=drafted)
    for each in queries.signs_of(opened, for_person=by):
        signing.record_signature(
            by=by, sign=each, expected_version=each.version, signed_on=SIGNED, name=each.post,
            note="With the business unit (illustrative).", now=signed,
        )  # fmt: skip
    whole = Statement.objects.get(pk=opened.pk)
    submitted = submitting.submit(
        by=by, statement=whole, expected_version=whole.version, on=SIGNED, to=SENT_TO, now=at(SIGNED, 12)
    )
    # The job that was asked for would print them today: the story's files are of the story's day.
    building.print_and_attach(submitted, by=by, now=at(SIGNED, 12))
    return submitted
