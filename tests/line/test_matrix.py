"""The plan on a page: what the database counts is what the tree counts, whatever happened, live and in the past."""

import random
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.line.test_line import STEPS, _step
from tests.returns.scene import Scene
from throughline.access import AccessDenied
from throughline.assurance import actions as assurance_actions
from throughline.history.door import Conflict
from throughline.impact import judgements
from throughline.impact.scale import Impact
from throughline.line import deciding, moved
from throughline.line.live_deciding import live_needs
from throughline.line.live_matrix import live_matrix
from throughline.line.live_moved import live_moves, live_since
from throughline.line.matrix import matrix_of
from throughline.line.moved import Since
from throughline.line.queries import plan_line
from throughline.plans import actions as plan_actions
from throughline.plans import extensions
from throughline.plans.delivery import Delivery
from throughline.plans.models import Action, ActionImpact, DesiredImpact
from throughline.scrutiny import decisions

MORE = ("area", "impact", "serve", "judge", "ask", "deliver", "decide", "audit", "later day")
ON = date(2026, 9, 1)


def _more(scene: Scene, name: str, dice: random.Random) -> None:
    """What else somebody may do that the page tells."""
    cast, now = scene.cast, scene.now()
    act, impact = dice.choice(list(Action.objects.all())), dice.choice(list(DesiredImpact.objects.all()))
    match name:
        case "area":
            scene.area = plan_actions.create_area(by=cast.bea, plan=scene.plan, title="Another", now=now)
        case "impact":
            plan_actions.create_desired_impact(
                by=cast.bea, plan=scene.plan, for_whom="Children", would_see="Less waiting.", now=now
            )
        case "serve" if not ActionImpact.objects.filter(action=act, withdrawn_at__isnull=True).exists():
            findings = [link.finding for link in act.finding_links.filter(withdrawn_at__isnull=True)]
            plan_actions.set_links(by=cast.bea, act=act, findings=findings, impacts=[impact], now=now)
        case "judge":
            whose, by = dice.choice((("executive", cast.esther), ("scrutineer", cast.sian)))
            judgements.judge(
                by=by, impact=impact, whose=whose, state=dice.choice(list(Impact)),
                reason="Two kinds of evidence agree.", on=now.date(), now=now,
            )  # fmt: skip
        case "ask":
            extensions.ask(
                by=cast.bea, act=act, proposed=act.due + timedelta(days=60), reason="Posts are vacant.", now=now
            )
        case "deliver":
            plan_actions.record_delivery(
                by=cast.bea, act=act, expected_version=act.version, reason="It says so.", now=now,
                state=dice.choice([Delivery.ON_TRACK, Delivery.AT_RISK, Delivery.DELIVERED_CLAIMED]),
            )  # fmt: skip
        case "decide":
            decisions.seek(by=cast.bea, plan=scene.plan, text="That the desk is funded.", act=act, now=now)
        case "audit":
            activity = assurance_actions.plan_activity(
                by=cast.bea, plan=scene.plan, title="Audit of files", kind="audit", tests="Whether it is so",
                agency=cast.police, due=date(2026, 5, 1), impacts=[impact], now=now,
            )  # fmt: skip
            assurance_actions.record_result(
                by=cast.bea, activity=activity, expected_version=activity.version, done_on=now.date(),
                result=dice.choice(["supports", "does_not_support"]), found="Six of twenty.", now=now,
            )  # fmt: skip
        case "later day":
            scene.clock += timedelta(days=20)


@pytest.mark.django_db
@settings(
    max_examples=15, deadline=None, derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)  # fmt: skip
@given(steps=st.lists(st.sampled_from(STEPS + MORE * 2), min_size=8, max_size=30), seed=st.integers(0, 10_000))
def test_the_database_counts_what_the_tree_counts_whatever_happened(scene, steps, seed):
    dice = random.Random(seed)
    for name in steps:
        try:
            (_more if name in MORE else _step)(scene, name, dice)
        except (AccessDenied, ValueError, Conflict):
            continue  # the rules refused it: nothing happened
    for person in (scene.cast.bea, scene.cast.pauline, scene.cast.quin):
        now = plan_line(scene.plan, for_person=person)
        assert live_matrix(scene.plan, for_person=person, on=ON) == matrix_of(now, ON)
        assert live_needs(scene.plan, for_person=person, on=ON) == deciding.needs(now, ON)
        assert live_since(scene.plan, for_person=person, on=ON) == moved.since(now.periods, ON)
        for day in (date(2026, 1, 12), date(2026, 2, 10), date(2026, 4, 1)):
            then = plan_line(scene.plan, for_person=person, as_of=day)
            found = live_moves(scene.plan, Since(day, ""), for_person=person, on=ON)
            assert found == moved.grouped(moved.moved(then, now, day, ON))
