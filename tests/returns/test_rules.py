"""What a return still owes, as tables: ratings, slips, milestones and outcomes; and that nothing is asked for twice."""

import itertools
from datetime import date

import pytest

from throughline.plans.delivery import CLAIMABLE, Delivery
from throughline.returns import rules
from throughline.returns.rules import Answer, MilestoneAnswer, OutcomeAnswer, gap, gaps, gaps_of_action

TO = date(2026, 3, 31)
BEFORE, AFTER = date(2026, 3, 1), date(2026, 4, 1)
ON = date(2026, 4, 10)


def answer(**changes) -> Answer:
    given = {
        "reference": "ACT-001", "stored": Delivery.ON_TRACK, "self_rating": "on_track", "progress": "Because.",
        "due": AFTER,
    }  # fmt: skip
    return Answer(**{**given, **changes})


@pytest.mark.parametrize("leads", [True, False])
@pytest.mark.parametrize("due", [BEFORE, TO, AFTER, None])
@pytest.mark.parametrize("rating", ["", *CLAIMABLE])
@pytest.mark.parametrize("asked", [True, False])
def test_a_slip_is_owed_by_the_lead_for_what_was_due_and_is_not_delivered(leads, due, rating, asked):
    given = answer(leads=leads, due=due, self_rating=rating, is_extension_asked=asked)
    expected = leads and due in {BEFORE, TO} and rating != Delivery.DELIVERED_CLAIMED and not asked
    assert rules.is_slip_owed(given, TO) == expected
    said = answer(
        leads=leads, due=due, self_rating=rating, is_extension_asked=asked, slip_reason="Ill.", proposed_due=AFTER
    )
    lines = [each for each in gaps_of_action(given, TO) if "propose another day" in each]
    assert len(lines) == expected
    assert not [each for each in gaps_of_action(said, TO) if "propose another day" in each]
    if rating == Delivery.AT_RISK and leads:
        assert rules.is_slip_asked(given, TO)
    if not leads:
        assert not rules.is_slip_asked(given, TO)


def test_without_a_day_up_to_which_it_reports_no_slip_and_no_milestone_is_owed():
    assert gaps_of_action(answer(due=BEFORE, milestones=(MilestoneAnswer(1, BEFORE),)), None) == []


@pytest.mark.parametrize("stored", Delivery)
@pytest.mark.parametrize("rating", CLAIMABLE)
@pytest.mark.parametrize("words", ["", "Because."])
def test_a_contributor_rates_its_own_part_whatever_the_action_is(stored, rating, words):
    needs = rating in {Delivery.AT_RISK, Delivery.DELIVERED_CLAIMED}
    found = gap(answer(leads=False, stored=stored, self_rating=rating, progress=words))
    assert bool(found) == (needs and not words)
    assert "your part" in gap(answer(leads=False, self_rating="", progress=""))


@pytest.mark.parametrize("due", [BEFORE, TO, AFTER])
@pytest.mark.parametrize(("reached", "proposed"), [(None, None), (BEFORE, None), (None, AFTER)])
def test_a_milestone_whose_day_has_gone_wants_a_word(due, reached, proposed):
    milestone = MilestoneAnswer(2, due, reached, proposed)
    expected = due != AFTER and reached is None and proposed is None
    lines = gaps_of_action(answer(milestones=(milestone,)), TO)
    assert lines == (
        [f"ACT-001, milestone 2 was due on {due.day} March 2026: say when it was reached, or when it will be and why."]
        if expected
        else []
    )


SLIPS = [
    ("", None, set()), ("Ill.", None, {"proposed_due"}), ("", AFTER, {"slip_reason"}), (" ", AFTER, {"slip_reason"}),
    ("Ill.", AFTER, set()), ("Ill.", BEFORE, {"proposed_due"}), ("Ill.", TO, {"proposed_due"}),
]  # fmt: skip


@pytest.mark.parametrize(("reason", "proposed", "wrong"), SLIPS)
def test_reason_and_day_of_a_slip_come_together_and_the_day_is_later(reason, proposed, wrong):
    assert {field for field, _ in rules.why_not_slip(reason, proposed, due=TO)} == wrong


@pytest.mark.parametrize("reached", [None, BEFORE, date(2026, 5, 1)])
@pytest.mark.parametrize("proposed", [None, TO, AFTER])
@pytest.mark.parametrize("note", ["", "Because."])
def test_a_milestone_is_reached_or_moved_never_both(reached, proposed, note):
    wrong = {field for field, _ in rules.why_not_milestone(reached, proposed, note, due=TO, on=ON)}
    assert wrong == (
        ({"reached"} if reached == date(2026, 5, 1) else set())
        | ({"proposed_due"} if proposed is not None and (reached is not None or proposed == TO) else set())
        | ({"note"} if proposed is not None and not note else set())
    )


@pytest.mark.parametrize(
    ("done_on", "result", "found", "progress"),
    list(itertools.product([None, BEFORE], ["", "supports"], ["", "18 of 20."], ["", "Half way."])),
)
def test_an_outcome_is_whole_or_says_how_it_stands(done_on, result, found, progress):
    wrong = {field for field, _ in rules.why_not_reported(done_on, result, found, progress, on=ON)}
    if not (done_on or result or found):
        assert wrong == (set() if progress else {"done_on"})
    else:
        assert wrong == (
            ({"done_on"} if not done_on else set())
            | ({"result"} if not result else set())
            | ({"found"} if not found else set())
        )


@pytest.mark.parametrize("due", [BEFORE, TO, AFTER])
@pytest.mark.parametrize("nil", [True, False])
@pytest.mark.parametrize("general", ["", "Words."])
@pytest.mark.parametrize("said", ["", "Half way."])
def test_nil_stands_only_where_nothing_is_owed(due, nil, general, said):
    found = gaps([], nil=nil, general=general, outcomes=[OutcomeAnswer("ASR-01", due, progress=said)], data_to=TO)
    if due == AFTER:
        assert bool(found) == (not nil and not general and not said)
    else:
        assert found == ([] if said else ["ASR-01: say what it found, or how it stands."])


def test_every_gap_of_a_return_is_named_at_once_in_the_plans_order():
    found = gaps(
        [
            answer(self_rating="", due=BEFORE, milestones=(MilestoneAnswer(1, BEFORE), MilestoneAnswer(2, AFTER))),
            answer(reference="ACT-002", self_rating="at_risk", progress=""),
        ],
        nil=True, general="Words stand in for nothing.", outcomes=[OutcomeAnswer("ASR-01", TO)], data_to=TO,
    )  # fmt: skip
    assert [each.split(":")[0] for each in found] == [
        "ACT-001", "ACT-001 was due on 1 March 2026 and is not delivered",
        "ACT-001, milestone 1 was due on 1 March 2026", "ACT-002", "ASR-01",
    ]  # fmt: skip
