"""The worked example is built through the same actions as everybody's, in its own past, and shows nothing later."""

from collections import Counter
from datetime import date

import pytest

from throughline.evidence.models import Evidence
from throughline.example import (
    durham,
    story_bodies,
    story_evidence,
    story_findings,
    story_later,
    story_plan,
    story_quarters,
)
from throughline.history.models import Event
from throughline.history.moments import day_of
from throughline.history.verify import verify
from throughline.impact.models import Judgement, LaterTest
from throughline.impact.scale import Impact
from throughline.inspections import duties
from throughline.inspections.models import Finding, Letter, ProposedFinding, Recurrence
from throughline.inspections.models.proposal import ENTERED
from throughline.line.queries import plan_line
from throughline.partners.models import Agency, Person
from throughline.plans.delivery import Delivery
from throughline.plans.models import Action, Plan, Verification
from throughline.plans.queries import NEEDS_ACTION
from throughline.reports.models import Report, ReportFile
from throughline.returns.models import Return
from throughline.statements.models import SignOff, Statement, StatementFile
from throughline.statements.states import StatementState

NOBODY = {"Example agency A", "Example agency B"}


def test_the_story_is_whole_before_anything_is_built():
    """43 findings, each answered by an action; every quarter speaks of every action until it is verified."""
    needed = {story_findings.PRIORITY.key} | {each.key for each in story_findings.IMPROVEMENTS}
    assert len(needed) == 43
    assert {key for each in story_plan.ACTIONS for key in each.findings} == needed
    assert {each.key for each in story_plan.ACTIONS} == set(story_quarters.SAID)
    impacts = {each.key for each in story_plan.IMPACTS}
    assert {key for each in story_plan.ACTIONS for key in each.impacts} == impacts
    assert {each.impact for each in (*story_quarters.JUDGED, *story_later.JUDGED)} == impacts
    assert len(story_plan.PROGRAMME) == 7


def test_whatever_would_shame_somebody_is_told_of_bodies_that_nobody_is():
    shamed = {key for _, key in (*story_quarters.NOT_RETURNED, *story_quarters.LATE)}
    leads = {each.key: each.lead for each in story_plan.ACTIONS}
    shamed |= {
        leads[key]
        for key, said in story_quarters.SAID.items()
        if any(each and (each.rating == story_quarters.AT_RISK or each.slip) for each in said)
    }
    shamed |= {leads[each.action] for each in story_quarters.VERIFIED if not each.satisfied}
    assert {story_bodies.AGENCIES[key][0] for key in shamed} == NOBODY


@pytest.fixture
def partnership(db):
    return durham.build()


def test_the_worked_example_is_told_on_the_days_of_the_public_record(partnership):
    letter = Letter.objects.get()
    assert (letter.published, letter.statement_due) == (date(2018, 8, 24), date(2018, 12, 3))
    assert letter.principal_authority == "director of children’s services"
    assert letter.recipients.count() == 8
    told = {each.title for each in story_findings.FINDINGS}
    assert {each.title for each in Finding.objects.filter(letter=letter)} == told
    assert set(ProposedFinding.objects.values_list("state", flat=True)) == {ENTERED}
    statement = Statement.objects.get()
    assert (statement.state, statement.submitted_on) == (StatementState.SUBMITTED, date(2018, 12, 3))
    assert statement.responses.count() == Finding.objects.filter(letter=letter, kind__in=NEEDS_ACTION).count() == 43
    assert not SignOff.objects.filter(signed_on__isnull=True).exists()
    assert set(StatementFile.objects.values_list("format", flat=True)) == {"docx", "pdf", "html"}
    assert letter.recipients.filter(duties.SIGNED).count() == len(story_bodies.RECIPIENT_OF)

    # Four quarters: everybody returned but one body that nobody is, once.
    missing = Return.objects.exclude(state="accepted").values_list("period__reference", "agency__name")
    assert list(missing) == [(story_quarters.Q1, "Example agency A")]
    board, after = Agency.objects.get(name="Local safeguarding children board"), story_later.BOARD_SUCCESSOR[0]
    assert board.successor is not None
    assert board.successor.name == after

    # What was delivered is verified, and one claim was not confirmed before it was.
    assert set(Action.objects.values_list("delivery", flat=True)) == {Delivery.DELIVERED_VERIFIED}
    refused = Verification.objects.filter(satisfied=False)
    assert {each.action.lead_agency.name for each in refused} == {"Example agency B"}

    # The priority action ends well; oversight and the quality of plans are delivered and do not achieve their impact.
    newest = {
        each.desired_impact_id: each for each in Judgement.objects.filter(whose="executive").order_by("on", "number")
    }
    by_key = {
        told.key: next(each for each in newest.values() if each.desired_impact.would_see == told.see)
        for told in story_plan.IMPACTS
    }
    assert by_key["safe"].state == Impact.ACHIEVED
    assert by_key["plan"].state == by_key["oversight"].state == Impact.NO_CHANGE
    came_back = LaterTest.objects.filter(said=LaterTest.CAME_BACK).values_list("finding__reference", flat=True)
    assert set(came_back) == {"AFI-2", "AFI-22"}
    assert Recurrence.objects.count() == 3

    kinds = Counter(Report.objects.values_list("kind", flat=True))
    assert kinds == {"executive_group": 4, "health_and_wellbeing_board": 1}
    assert ReportFile.objects.count() == 15
    last = Event.objects.filter(chain__partnership_id=partnership.pk).latest("recorded_at")
    assert day_of(last.recorded_at) <= durham.TODAY == partnership.shown_today
    assert durham.build() is None  # once, and no second time
    assert verify() == []

    _as_at_30_january_2019_nothing_later_shows(partnership)


def _as_at_30_january_2019_nothing_later_shows(partnership):
    plan, manager = Plan.objects.get(), Person.objects.get(name=durham.MANAGER)
    then = plan_line(plan, for_person=manager, as_of=durham.FIRST_REPORT, on=durham.TODAY)
    now = plan_line(plan, for_person=manager, on=durham.TODAY)
    assert {each.inspection for each in then.findings} == {"jtai-2018"}
    assert not any(each.later or each.returns_of for each in then.findings)
    assert [each.reference for each in then.periods] == [story_quarters.Q1]
    assert not any(each.verifications for each in then.actions)
    assert {each.done_on for each in then.activities} == {date(2018, 12, 14), None}
    assert {each.judged.state for each in then.impacts if each.judged} == {Impact.TOO_EARLY}
    days = [each.answered_on for each in then.decisions if each.answered_on]
    assert max(days) <= durham.FIRST_REPORT
    bodies = {each.lead.name for each in then.actions}
    assert "Local safeguarding children board" in bodies
    assert story_later.BOARD_SUCCESSOR[0] not in bodies
    # The same questions, asked of today, are answered otherwise: the sameness above is not an empty one.
    assert any(each.later for each in now.findings)
    assert len(now.periods) == 4
    assert story_later.BOARD_SUCCESSOR[0] in {each.lead.name for each in now.actions}
    held = {each.title for each in story_evidence.EVIDENCE}
    assert set(Evidence.objects.filter(agency__isnull=False).values_list("title", flat=True)) == held
