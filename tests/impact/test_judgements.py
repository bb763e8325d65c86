"""Judgements of desired impacts: whose they are, what each needs, and which one counts."""

import itertools
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.cast import NOW
from throughline.access import AccessDenied
from throughline.history.models import Event
from throughline.impact import judgements, rules
from throughline.impact.models import Judgement
from throughline.impact.scale import SCALE, Impact, least_favourable

from .conftest import REASON

TODAY = NOW.date()
BEGUN = date(2025, 10, 6)


def judge(scene, **changes) -> Judgement:
    given = {
        "by": scene.cast.esther, "impact": scene.impact, "whose": "executive", "state": "improving", "reason": REASON,
        "on": date(2026, 1, 9), "now": scene.now(), **changes,
    }  # fmt: skip
    return judgements.judge(**given)


def test_every_state_has_its_words_its_meaning_and_a_known_tone():
    assert list(SCALE) == list(Impact), "the scale stands in its own order, the least favourable first"
    for each in Impact:
        assert SCALE[each].printed
        assert SCALE[each].means.endswith(".")
        assert SCALE[each].tone in {"neutral", "good", "info", "warning", "bad"}
    assert len({each.printed for each in SCALE.values()}) == len(SCALE)
    assert rules.printed(None) == "Not judged yet"
    assert rules.printed(None, desired=False) == "No desired impact"


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.sampled_from([*Impact, None]), max_size=8))
def test_the_least_favourable_never_depends_on_the_order_never_flatters_and_never_hides_what_nobody_judged(states):
    found = least_favourable(states)
    assert all(least_favourable(order) == found for order in itertools.islice(itertools.permutations(states), 30))
    judged = [each for each in states if each is not None]
    order = list(Impact)
    if found is not None:
        assert found in judged
        assert all(order.index(found) <= order.index(each) for each in judged)
    if None in states and found is not None:
        assert SCALE[found].tone in {"bad", "warning"}, "only what is unfavourable stands before an unjudged one"
    if not states:
        assert found is None


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.sampled_from(Impact), min_size=1, max_size=6), st.sampled_from(Impact))
def test_one_more_judged_impact_never_makes_an_action_look_better(states, more):
    order = list(Impact)
    before, after = least_favourable(states), least_favourable([*states, more])
    assert before is not None
    assert after is not None
    assert order.index(after) <= order.index(before)


@pytest.mark.parametrize("whose", ["executive", "scrutineer", "council"])
@pytest.mark.parametrize("state", ["improving", "splendid"])
@pytest.mark.parametrize("reason", ["", "  ", REASON])
@pytest.mark.parametrize("on", [None, BEGUN - timedelta(days=1), BEGUN, TODAY, TODAY + timedelta(days=1)])
def test_a_judgement_is_whole_only_with_all_its_parts(whose, state, reason, on):
    wrong = {field for field, _ in rules.why_not_judgement(whose, state, reason, on, begun=BEGUN, today=TODAY)}
    assert wrong == (
        ({"whose"} if whose == "council" else set())
        | ({"state"} if state == "splendid" else set())
        | ({"reason"} if not reason.strip() else set())
        | ({"on"} if on not in {BEGUN, TODAY} else set())
    )


@pytest.mark.parametrize("state", list(Impact))
@pytest.mark.parametrize("done", [0, 1])
def test_only_what_says_better_without_a_test_is_doubted(state, done):
    favourable = state in {Impact.EARLY_SIGN, Impact.IMPROVING, Impact.ACHIEVED}
    assert bool(rules.doubt_of(state, done)) == (favourable and not done)


def test_the_groups_judgement_is_recorded_by_keepers_or_the_chair_and_the_scrutineers_view_by_her_alone(scene):
    may = {("bea", "executive"), ("esther", "executive"), ("sian", "scrutineer")}
    for (name, person), whose in itertools.product(scene.cast.people.items(), ("executive", "scrutineer")):
        if (name, whose) in may:
            assert judge(scene, by=person, whose=whose).by_name == person.name
        else:
            with pytest.raises(AccessDenied):
                judge(scene, by=person, whose=whose)
    assert Judgement.objects.count() == len(may)


def test_a_judgement_stands_with_its_reason_its_day_and_its_event(scene):
    made = judge(scene)
    assert (made.number, made.state, made.reason, made.on) == (1, "improving", REASON, date(2026, 1, 9))
    event = Event.objects.get(thing_id=made.pk)
    assert (event.verb, event.by_name) == ("judged", scene.cast.esther.name)
    assert judge(scene, state="achieved").number == 2


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"reason": " "}, "Give the reason"),
        ({"state": "green"}, "states of the scale"),
        ({"on": date(2026, 1, 13)}, "has not come yet"),
        ({"on": date(2025, 10, 5)}, "before the plan began on 6 October 2025"),
    ],
)
def test_what_cannot_be_judged_is_refused_and_nothing_is_kept(scene, wrong, sentence):
    with pytest.raises(judgements.CannotDo, match=sentence):
        judge(scene, **wrong)
    assert not Judgement.objects.exists()


def test_a_plan_that_answers_no_finding_began_when_it_was_begun_here(scene):
    from throughline.plans import actions as plans

    alone = plans.create_plan(
        by=scene.cast.bea, partnership=scene.cast.ashvale, reference="alone", title="Alone", now=scene.now()
    )
    impact = plans.create_desired_impact(
        by=scene.cast.bea, plan=alone, for_whom="Children", would_see="They are heard.", now=scene.now()
    )
    with pytest.raises(judgements.CannotDo, match="before the plan began on 12 January 2026"):
        judge(scene, impact=impact, on=date(2026, 1, 11))
    assert judge(scene, impact=impact, on=date(2026, 1, 12)).number == 1
