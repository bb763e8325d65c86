"""Decisions: sought by bodies and keepers, answered by the chair or those who keep the minutes."""

from datetime import date

import pytest

from throughline.access import AccessDenied
from throughline.history.door import Conflict
from throughline.history.models import Event
from throughline.plans import actions as plans
from throughline.scrutiny import decisions
from throughline.scrutiny.models import Decision

from .conftest import MINUTED, TEXT


def seek(scene, **changes) -> Decision:
    given = {"by": scene.cast.bea, "plan": scene.plan, "text": TEXT, "now": scene.now(), **changes}
    return decisions.seek(**given)


def answer(scene, decision, **changes) -> Decision:
    given = {
        "by": scene.cast.esther, "decision": decision, "outcome": "agreed", "answer": MINUTED,
        "expected_version": Decision.objects.get(pk=decision.pk).version, "on": date(2026, 1, 12), "now": scene.now(),
        **changes,
    }  # fmt: skip
    return decisions.answer(**given)


def test_keepers_chair_scrutineer_and_quality_lead_seek_for_nobody_and_bodies_for_themselves(scene):
    for name, person in scene.cast.people.items():
        if name in {"bea", "esther", "sian", "quin"}:
            assert seek(scene, by=person).agency is None
        else:
            with pytest.raises(AccessDenied):
                seek(scene, by=person)
    assert seek(scene, by=scene.cast.hana, agency=scene.cast.hospital).agency == scene.cast.hospital
    assert seek(scene, by=scene.cast.gil, group=scene.cast.strategy_group).group == scene.cast.strategy_group
    with pytest.raises(AccessDenied):
        seek(scene, by=scene.cast.hana, agency=scene.cast.police)
    assert [each.reference for each in Decision.objects.filter(plan=scene.plan)][:2] == ["DEC-01", "DEC-02"]


def test_only_the_chair_and_keepers_answer(scene, decision):
    for name, person in scene.cast.people.items():
        if name in {"bea", "esther"}:
            continue
        with pytest.raises(AccessDenied):
            answer(scene, decision, by=person)
    done = answer(scene, decision)
    assert (done.outcome, done.answer, done.answered_on) == ("agreed", MINUTED, date(2026, 1, 12))
    assert done.answered_by_name == scene.cast.esther.name


def test_what_is_put_off_comes_back_and_is_answered_later(scene, decision):
    put_off = answer(scene, decision, outcome="deferred", answer="Put off until the costs are known.")
    quarter = scene.open_period()
    back = decisions.change(
        by=scene.cast.pauline, decision=put_off, expected_version=put_off.version, text=put_off.text, why=put_off.why,
        act=scene.police_action, period=quarter, now=scene.now(),
    )  # fmt: skip
    assert (back.outcome, back.period) == ("deferred", quarter)
    with pytest.raises(decisions.CannotDo, match="put off in these words"):
        decisions.change(
            by=scene.cast.pauline, decision=put_off, expected_version=back.version, text="Something else.",
            now=scene.now(),
        )  # fmt: skip
    assert answer(scene, back).outcome == "agreed"
    verbs = Event.objects.filter(thing_id=decision.pk).order_by("sequence").values_list("verb", flat=True)
    assert list(verbs) == ["sought", "answered", "changed", "answered"]


def test_an_answer_that_stands_is_put_right_only_with_a_reason_and_what_was_asked_stays(scene, decision):
    done = answer(scene, decision)
    with pytest.raises(decisions.CannotDo, match="has its answer already"):
        answer(scene, done, outcome="not_agreed")
    assert answer(scene, done, outcome="not_agreed", reason="The minutes say otherwise.").outcome == "not_agreed"
    with pytest.raises(decisions.CannotDo, match="stays as it was"):
        decisions.change(by=scene.cast.bea, decision=done, expected_version=3, text="Another", now=scene.now())
    with pytest.raises(decisions.CannotDo, match="stays on record"):
        decisions.withdraw(by=scene.cast.bea, decision=done, expected_version=3, reason="Oops.", now=scene.now())


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"outcome": "sought"}, "agreed, not agreed or put off"),
        ({"answer": " "}, "as the minutes have it"),
        ({"on": date(2026, 1, 9)}, "before 10 January 2026, when it was sought"),
        ({"on": date(2026, 2, 1)}, "has not come yet"),
    ],
)
def test_half_an_answer_is_none(scene, decision, wrong, sentence):
    with pytest.raises(decisions.CannotDo, match=sentence):
        answer(scene, decision, **wrong)
    assert Decision.objects.get(pk=decision.pk).outcome == "sought"


def test_what_it_is_about_belongs_to_its_plan_and_who_seeks_it_to_the_partnership(scene):
    elsewhere = plans.create_plan(
        by=scene.cast.bea, partnership=scene.cast.ashvale, reference="other", title="Other", now=scene.now()
    )
    for wrong, sentence in (
        ({"plan": elsewhere, "act": scene.police_action}, "belongs to another plan"),
        ({"plan": elsewhere, "period": scene.open_period()}, "belongs to another plan"),
        ({"agency": scene.cast.brackley_council}, "does not take part"),
        ({"agency": scene.cast.police, "group": scene.cast.strategy_group}, "not both"),
        ({"text": "  "}, "what is to be decided"),
        ({"on": date(2026, 2, 1)}, "has not come yet"),
    ):
        with pytest.raises(decisions.CannotDo, match=sentence):
            seek(scene, **wrong)
    assert not Decision.objects.exists()


def test_it_is_withdrawn_only_with_a_reason_by_its_body_or_a_keeper(scene, decision):
    with pytest.raises(AccessDenied):
        decisions.withdraw(by=scene.cast.hana, decision=decision, expected_version=1, reason="No.", now=scene.now())
    with pytest.raises(decisions.CannotDo, match="Say why"):
        decisions.withdraw(by=scene.cast.pauline, decision=decision, expected_version=1, reason="", now=scene.now())
    decisions.withdraw(
        by=scene.cast.pauline, decision=decision, expected_version=1, reason="Funded elsewhere.", now=scene.now()
    )
    with pytest.raises(decisions.CannotDo, match="was withdrawn"):
        answer(scene, decision)


def test_two_who_answer_at_once_do_not_write_over_each_other(scene, decision):
    answer(scene, decision)
    with pytest.raises(Conflict):
        answer(scene, decision, expected_version=1, reason="Mine.", outcome="not_agreed")
