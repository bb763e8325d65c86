"""The states of a decision as a table: every pair decided, every state reachable, every answer whole."""

from datetime import date

import pytest

from throughline.scrutiny import rules
from throughline.scrutiny.models import Decision
from throughline.scrutiny.states import ANSWERS, OPEN, OUTCOMES, STEPS, Need, Outcome, needs_reason

TODAY = date(2026, 1, 12)
SOUGHT_ON = date(2026, 1, 5)


def test_every_outcome_has_its_words_and_they_are_the_tables():
    assert set(OUTCOMES) == set(Outcome)
    assert {each.value: OUTCOMES[each].printed for each in Outcome} == Decision.OUTCOMES
    assert {each.tone for each in OUTCOMES.values()} <= {"neutral", "info", "good", "warning", "bad"}


def test_every_pair_of_states_is_decided():
    assert set(STEPS) == set(Outcome)
    for was in Outcome:
        assert set(STEPS[was]) == set(ANSWERS), "whatever stands, it may be agreed, not agreed or put off"
        assert set(STEPS[was].values()) == {Need.NOTHING if was in OPEN else Need.REASON}
        assert needs_reason(was) == (was not in OPEN)


def test_every_state_is_reached_and_nothing_goes_back_to_being_sought():
    reached, border = {Outcome.SOUGHT}, {Outcome.SOUGHT}
    while border:
        border = {to for each in border for to in STEPS[each]} - reached
        reached |= border
    assert reached == set(Outcome)
    assert all(Outcome.SOUGHT not in steps for steps in STEPS.values())


@pytest.mark.parametrize("stands", list(Outcome))
@pytest.mark.parametrize("outcome", [*Outcome, "", "perhaps"])
@pytest.mark.parametrize("answer", ["", "Agreed for a year."])
@pytest.mark.parametrize("on", [None, date(2026, 1, 4), SOUGHT_ON, TODAY, date(2026, 1, 13)])
@pytest.mark.parametrize("reason", ["", "The minutes were read wrongly."])
def test_an_answer_is_whole_only_with_all_its_parts(stands, outcome, answer, on, reason):
    wrong = {
        field
        for field, _ in rules.why_not_answer(stands, outcome, answer, on, reason, sought_on=SOUGHT_ON, today=TODAY)
    }
    is_answer = outcome in {"agreed", "not_agreed", "deferred"}
    assert wrong == (
        (set() if is_answer else {"outcome"})
        | ({"reason"} if is_answer and not reason and stands in {"agreed", "not_agreed"} else set())
        | (set() if answer else {"answer"})
        | (set() if on in {SOUGHT_ON, TODAY} else {"on"})
    )
