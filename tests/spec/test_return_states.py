"""The life of a return as a table: every pair is decided, every state reached, and nothing leaves 'accepted'."""

import pytest

from throughline.plans.delivery import CLAIMABLE, Delivery
from throughline.returns.permissions import RETURN
from throughline.returns.rules import Answer, gap, gaps
from throughline.returns.states import NEEDS_REASON, PRINTED, STEPS, ReturnState, after

S = ReturnState
DECIDED = {
    ("report", S.DRAFT): S.DRAFT, ("report", S.SIGNED): S.DRAFT, ("report", S.SUBMITTED): None,
    ("report", S.ACCEPTED): None, ("report", S.SENT_BACK): S.SENT_BACK,
    ("sign", S.DRAFT): S.SIGNED, ("sign", S.SIGNED): None, ("sign", S.SUBMITTED): None, ("sign", S.ACCEPTED): None,
    ("sign", S.SENT_BACK): S.SIGNED,
    ("submit", S.DRAFT): None, ("submit", S.SIGNED): S.SUBMITTED, ("submit", S.SUBMITTED): None,
    ("submit", S.ACCEPTED): None, ("submit", S.SENT_BACK): None,
    ("accept", S.DRAFT): None, ("accept", S.SIGNED): None, ("accept", S.SUBMITTED): S.ACCEPTED,
    ("accept", S.ACCEPTED): None, ("accept", S.SENT_BACK): None,
    ("send_back", S.DRAFT): None, ("send_back", S.SIGNED): None, ("send_back", S.SUBMITTED): S.SENT_BACK,
    ("send_back", S.ACCEPTED): None, ("send_back", S.SENT_BACK): None,
}  # fmt: skip


def test_every_pair_of_verb_and_state_is_decided_here_and_there_alike():
    assert set(DECIDED) == {(verb, state) for verb in STEPS for state in S}
    for (verb, state), expected in DECIDED.items():
        assert after(verb, state) == expected, (verb, state)


def test_every_state_is_reached_from_a_draft_and_has_its_words():
    reached, before = {S.DRAFT}, set()
    while reached != before:
        before = set(reached)
        reached |= {to for steps in STEPS.values() for state, to in steps.items() if state in reached}
    assert reached == set(S) == set(PRINTED)


def test_nothing_leaves_accepted_and_nothing_is_submitted_unsigned():
    assert not any(S.ACCEPTED in steps for steps in STEPS.values())
    assert {state for steps in STEPS.values() for state, to in steps.items() if to == S.SUBMITTED} == {S.SIGNED}


def test_every_step_has_somebody_who_may_take_it():
    assert set(STEPS) <= set(RETURN.verbs)
    assert all(RETURN.verbs[verb] for verb in STEPS)
    assert set(STEPS) >= NEEDS_REASON


@pytest.mark.parametrize("stored", [Delivery.NOT_STARTED, Delivery.ON_TRACK, Delivery.AT_RISK])
@pytest.mark.parametrize("claimed", CLAIMABLE)
def test_a_bad_or_a_good_claim_needs_its_sentence_and_on_track_does_not(stored, claimed):
    bare, said = (Answer("ACT-001", stored, claimed.value, words) for words in ("", "Because."))
    assert gap(said) == ""
    needs = claimed in (Delivery.AT_RISK, Delivery.DELIVERED_CLAIMED) or (claimed == Delivery.NOT_STARTED)
    assert bool(gap(bare)) == (needs and stored != claimed)


def test_every_gap_is_named_at_once():
    answers = [Answer(f"ACT-00{n}", Delivery.ON_TRACK, "", "") for n in (1, 2, 3)]
    assert len(gaps(answers, nil=True, general="words do not stand in for answers")) == 3


def test_a_body_without_actions_says_nil_or_says_something():
    assert gaps([], nil=False, general=" ")
    assert not gaps([], nil=True, general="")
    assert not gaps([], nil=False, general="An audit of 20 cases.")
