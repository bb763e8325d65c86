"""The life of a statement as a table, and every gap with its weight."""

from datetime import date

import pytest

from throughline.inspections.frameworks import FRAMEWORKS
from throughline.statements import rules, states, words
from throughline.statements.permissions import SIGN_OFF, STATEMENT
from throughline.statements.rules import ActionState, Draft, FindingState, Gap, SignState, Weight, missing
from throughline.statements.states import FROZEN, PRINTED, STEPS, StatementState, after, after_signing

S = StatementState
_NO = dict.fromkeys(S)
DECIDED = {
    "write": {**_NO, S.DRAFTING: S.DRAFTING},
    "open_for_signature": {**_NO, S.DRAFTING: S.SIGNING},
    "sign": {**_NO, S.SIGNING: S.SIGNING},
    "record_signature": {**_NO, S.SIGNING: S.SIGNING},
    "reopen": {**_NO, S.SIGNING: S.DRAFTING, S.SIGNED_OFF: S.DRAFTING},
    "submit": {**_NO, S.SIGNED_OFF: S.SUBMITTED},
    "file_receipt": {**_NO, S.SUBMITTED: S.RECEIPT_FILED},
    "add_follow_up": {**_NO, S.SUBMITTED: S.SUBMITTED, S.RECEIPT_FILED: S.RECEIPT_FILED},
}


def test_every_pair_of_verb_and_state_is_decided_here_and_there_alike():
    assert set(DECIDED) == set(STEPS) == set(states.INSTEAD)
    for verb, expected in DECIDED.items():
        assert {state: after(verb, state) for state in S} == expected, verb


def test_every_state_is_reached_from_a_draft_and_has_its_words():
    reached, before = {S.DRAFTING}, set()
    while reached != before:
        before = set(reached)
        reached |= {to for steps in STEPS.values() for state, to in steps.items() if state in reached}
        reached |= {after_signing(1, 1)} if S.SIGNING in reached else set()
    assert reached == set(S) == set(PRINTED)


def test_no_state_says_that_inspectors_approve():
    assert not [each for each in [*S, *PRINTED.values(), *STEPS] if "approv" in each or "accepted" in each]


def test_nothing_leads_out_of_what_is_frozen_and_only_the_last_signature_signs_off():
    assert {to for steps in STEPS.values() for state, to in steps.items() if state in FROZEN} <= FROZEN
    assert [after_signing(signed, 3) for signed in (0, 1, 2, 3)] == [S.SIGNING] * 3 + [S.SIGNED_OFF]
    assert after_signing(0, 0) == S.SIGNING, "a statement that nobody signs is not signed off"


def test_every_step_has_somebody_who_may_take_it():
    verbs = {**STATEMENT.verbs, **SIGN_OFF.verbs}
    assert set(STEPS) <= set(verbs)
    assert all(verbs[verb] for verb in STEPS)


def test_every_gap_has_its_weight_and_every_answer_its_meaning():
    assert set(rules.WEIGHTS) == set(Gap)
    answers = {each for framework in FRAMEWORKS.values() for each in framework.answers}
    assert answers == set(words.MEANINGS)


ON = date(2026, 1, 12)
_DONE = ActionState("ACT-001", "Police", "Superintendent", date(2026, 6, 30), has_impact=True)
_ANSWERED = FindingState("AFI-1", "Accepted", "", [_DONE])
_SIGNS = SignState("Vale Police", "Chief constable", has_officer=True)
WHOLE = Draft(ON, [_ANSWERED], [_SIGNS], "We thank.", "The Executive Group.", "Chief constable", date(2026, 4, 16))


def _changed(**changes):
    from dataclasses import replace

    return replace(WHOLE, **changes)


def _finding(**changes):
    from dataclasses import replace

    return _changed(findings=[replace(_ANSWERED, **changes)])


def _action(**changes):
    from dataclasses import replace

    return _finding(actions=[replace(_DONE, **changes)])


@pytest.mark.parametrize(
    ("gap", "draft"),
    [
        (Gap.NO_FINDING, _changed(findings=[])),
        (Gap.NO_ANSWER, _finding(answer="")),
        (Gap.NO_REASON, _finding(answer="Accepted in part", is_accepted=False)),
        (Gap.NO_ACTION, _finding(actions=[])),
        (Gap.NO_SIGNATORY, _changed(signs=[])),
        (Gap.NOBODY_SIGNS, _changed(signs=[SignState("Vale Police", "Chief constable", has_officer=False)])),
        (Gap.NO_INTRODUCTION, _changed(introduction=" ")),
        (Gap.NO_OVERSIGHT, _changed(oversight="")),
        (Gap.NO_AUTHORITY, _changed(authority="")),
        (Gap.AUTHORITY_DOES_NOT_SIGN, _changed(authority="One Devon Integrated Care Board")),
        (Gap.NO_PRINTED_DUE, _changed(due_is_printed=False)),
        (Gap.DUE_PASSED, _changed(due=date(2026, 1, 11))),
        (Gap.NO_OWNER, _action(owner_post="")),
        (Gap.NO_IMPACT, _action(has_impact=False)),
        (Gap.LEAD_LEFT, _action(lead_takes_part=False)),
        (Gap.ACTION_PAST, _action(due=date(2026, 1, 11))),
    ],
)
def test_each_gap_is_found_alone(gap, draft):
    (found,) = missing(draft)
    assert found.gap == gap
    assert found.forbids == (rules.WEIGHTS[gap] is Weight.FORBIDS)
    assert found.sentence.endswith(".")


def test_each_gap_is_tested_above_and_a_whole_statement_has_none():
    marks = test_each_gap_is_found_alone.pytestmark[0].args[1]
    assert {gap for gap, _ in marks} == set(Gap)
    assert missing(WHOLE) == []


def test_a_finding_that_is_not_accepted_needs_its_reason_and_no_action():
    refused = _finding(answer="Not accepted", text="An older form.", is_accepted=False, is_refused=True, actions=[])
    assert missing(refused) == []


def test_every_gap_is_named_at_once_and_what_forbids_comes_first():
    found = missing(Draft(ON, [FindingState(f"AFI-{n}", "", "") for n in (1, 2, 3)]))
    assert [each.gap for each in found].count(Gap.NO_ANSWER) == 3
    assert [each.forbids for each in found] == sorted((each.forbids for each in found), reverse=True)


def test_an_action_that_answers_two_findings_is_named_once():
    late = ActionState("ACT-001", "Police", "", date(2026, 6, 30), has_impact=True)
    both = [FindingState(f"AFI-{n}", "Accepted", "", [late]) for n in (1, 2)]
    assert [each.gap for each in missing(_changed(findings=both))] == [Gap.NO_OWNER]
