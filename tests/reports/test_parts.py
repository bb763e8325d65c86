"""The parts of the papers, on a line of the reference case's size: what a chair reads first, what is never said."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from tests.reports import large
from throughline.documents.model import Heading, Table, plain
from throughline.documents.strings import found_in, strings_of
from throughline.impact.scale import Impact
from throughline.line.tree import JudgementLine
from throughline.plans.delivery import KEY, Delivery
from throughline.reports import board_drafts, board_implications, by_area, executive, position, public, standing
from throughline.reports.board_facts import BoardFacts, InspectionFacts
from throughline.reports.board_form import SECTIONS

LINE = large.line()
PERIOD = LINE.periods[-1]


def table_of(document, caption: str) -> list[list[str]]:
    found = next(each for each in document.blocks if isinstance(each, Table) and each.caption.startswith(caption))
    return [[plain(cell.text) for cell in row] for row in found.cells]


def test_the_first_page_says_what_to_decide_then_who_is_missing_then_what_is_gravest():
    document = executive.build(LINE, PERIOD, large.facts())
    headings = [each.text for each in document.blocks if isinstance(each, Heading)]
    assert headings[:3] == ["Position", "For this meeting", "Decisions sought"]
    rows = table_of(document, "What the meeting has to decide")
    assert rows[0] == ["Decide", "DEC-01: Agree a new date.", "Agency number 1 of the county"]
    assert rows[1][1].startswith("No return for Q3")
    assert rows[1][2] == "Agency number 6 of the county"
    assert "overdue since" in rows[2][1]
    assert len(rows) <= 9


def test_returns_say_by_how_many_days_each_body_was_late():
    rows = table_of(executive.build(LINE, PERIOD, large.facts()), "Returns for Q3")
    states = {row[0]: row[1] for row in rows}
    assert states["Agency number 4 of the county"] == "Accepted, 5 days late"
    days = (large.ON - PERIOD.due).days
    assert states["Agency number 6 of the county"] == f"Not submitted, {days} days late"


def test_a_claim_that_was_not_confirmed_is_an_exception_until_a_later_look_is_satisfied():
    act = next(each for each in LINE.actions if standing.not_confirmed(each))
    assert act.delivery == Delivery.DELIVERED_CLAIMED
    again = replace(act.verifications[0], id="later", satisfied=True, on=large.ON + timedelta(days=1))
    assert standing.not_confirmed(replace(act, verifications=(*act.verifications, again))) is None
    found = standing.out_of_order(LINE, PERIOD, large.ON)
    assert act.id in {each.action.id for each in found if each.unconfirmed}


def test_what_changed_is_told_against_the_day_of_the_report_before():
    was = tuple(replace(each, delivery=Delivery.NOT_STARTED, due=each.original_due) for each in LINE.actions)
    before = replace(LINE, actions=was, impacts=tuple(replace(each, judgements=()) for each in LINE.impacts))
    document = executive.build(LINE, PERIOD, large.facts(before=before, since=date(2019, 5, 1)))
    rows = table_of(document, "Changes since 1 May 2019")
    assert ["ACT-002", "Not started", "At risk"] in [[row[0][:7], *row[1:]] for row in rows]
    assert any(row[2].startswith("Due ") for row in rows)
    assert any(row[1] == "Not judged yet" for row in rows)
    assert found_in(executive.build(LINE, PERIOD, large.facts()), ["This is the plan’s first report"])


def test_nothing_is_called_good_that_nobody_proved_and_no_success_hides_a_failure():
    assert {each.key for each in KEY} == set(by_area.MEANS)
    claimed = replace(LINE, actions=tuple(replace(each, delivery=Delivery.DELIVERED_CLAIMED) for each in LINE.actions))
    said = " ".join(position.delivery(claimed, large.facts()))
    assert said == "All 100 actions are delivered, not verified. Nothing has been verified by somebody independent yet."
    none = replace(LINE, impacts=tuple(replace(each, judgements=()) for each in LINE.impacts))
    assert position.impact(none) == [
        "None of the eight desired impacts has been judged yet: whether children are better off is not known."
    ]
    bad = JudgementLine("x", "executive", Impact.NO_CHANGE, "Nothing.", large.ON, "Chair")
    unmoved = replace(claimed, impacts=(replace(LINE.impacts[0], judgements=(bad,)),))
    assert position.impact(unmoved)[1] == (
        "For IMP-00 what was planned has been done, and no change for the better shows."
    )


def test_the_public_line_holds_no_word_that_nobody_released_and_all_that_somebody_did():
    stripped = public.for_public(LINE, ())
    document = executive.build(stripped, PERIOD, large.facts(public=True))
    words = [large.WORDS, "The audit says so.", "Saw ten records.", "Eighteen of twenty.", "says on track", "DEC-01"]
    assert found_in(document, words) == []
    full = executive.build(LINE, PERIOD, large.facts())
    assert found_in(full, words) == words  # the planted fault: the members' paper says them all
    given = frozenset((each.id, each.text) for each in public.releasable(LINE))
    released = executive.build(public.for_public(LINE, given), PERIOD, large.facts(public=True))
    assert found_in(released, words) == [large.WORDS, "The audit says so.", "Eighteen of twenty."]


def test_every_section_of_the_form_has_its_draft_and_an_empty_register_proposes_nothing_untrue():
    about = BoardFacts(
        InspectionFacts("Joint inspection", "jtai", "Joint targeted area inspection", "JTAI", "Act", "Statement")
    )
    assert set(board_drafts.drafts(LINE, PERIOD, large.facts(about=about))) == {each.key for each in SECTIONS}
    bare = replace(LINE, findings=(), actions=(), areas=(), impacts=(), activities=(), periods=())
    empty = board_drafts.drafts(bare, PERIOD, large.facts(about=BoardFacts()))
    for key in ("legal", "finance", "consultation", "equality", "human_rights", "crime_and_disorder", "staffing",
                "accommodation", "risk", "procurement", "summary", "background", "letter"):  # fmt: skip
        assert empty[key].text == "", key


@pytest.mark.parametrize(
    ("name", "is_one"),
    [("Vale Police", True), ("National Probation Service", True), ("Youth offending service", True),
     ("Hospital trust", False), ("Clinical commissioning groups", False), ("Schools", False)],
)  # fmt: skip
def test_criminal_justice_agencies_are_known_by_their_names(name: str, is_one: bool):
    body = replace(large.BODIES[0], name=name, short_name="X")
    assert board_implications.is_justice(body) is is_one


def test_what_staff_do_is_no_word_about_how_many_there_are():
    said, spoken = "Health staff do not escalate. ", "There are too few social workers. "
    findings = tuple(
        replace(each, title="A finding", text=text, needs_action=True, reference=reference)
        for each, text, reference in zip(LINE.findings, (said, spoken), ("AFI-1", "AFI-2"), strict=False)
    )
    line = replace(LINE, actions=(), findings=findings)
    text = board_drafts.drafts(line, PERIOD, large.facts(about=BoardFacts()))["staffing"].text
    assert "AFI-2" in text
    assert "AFI-1" not in text


def test_implications_are_drafted_from_what_actions_cost_and_who_screened_them():
    priced = replace(
        LINE.actions[0], resources="additional", resources_note="Six posts were asked for.", funder="the county",
        funding_decided=date(2019, 4, 1), equality="full",
    )  # fmt: skip
    line = replace(
        LINE, actions=(priced, *LINE.actions[1:]), equality_screened=date(2018, 11, 30), equality_note="Fine."
    )
    drafts = board_drafts.drafts(line, PERIOD, large.facts(about=BoardFacts()))
    assert (
        "within existing resource wherever possible. So far that is said of 99 of 100 actions."
        in drafts["finance"].text
    )
    assert "Six posts were asked for. Funded by the county, decided on 1 April 2019." in drafts["finance"].text
    assert "carried out on 30 November 2018" in drafts["equality"].text
    assert "A full assessment is needed for ACT-000." in drafts["equality"].text
    assert "ACT-000" in drafts["staffing"].text
    assert "ACT-000" in drafts["procurement"].text
    assert ("What it found", "Fine.") in drafts["equality"].sources


def test_a_large_paper_tells_of_every_action_and_every_finding():
    texts = "\n".join(strings_of(executive.build(LINE, PERIOD, large.facts())))
    assert all(each.reference in texts for each in (*LINE.actions, *LINE.findings, *LINE.impacts))
