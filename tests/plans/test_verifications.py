"""Who may say that an action was delivered, and where their word leaves it."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from tests.cast import NOW, SINCE
from tests.inspections.conftest import mark
from tests.plans.conftest import add
from tests.plans.steps import LATER, TODAY, claimed
from throughline.access import AccessDenied, Role
from throughline.partners import actions as partners
from throughline.plans import actions, conflicts, contributors, verifications
from throughline.plans.delivery import Delivery
from throughline.plans.models import Action, Verification
from throughline.plans.verifying import Level


def verify(person, act, level=Level.CHECKED, **changes):
    given = {"satisfied": True, "basis": "Read the minutes of six meetings", "on": TODAY, "now": LATER, **changes}
    person.forget_grants()
    return verifications.verify(by=person, act=act, level=level, **given)


def state_of(act) -> Delivery:
    return Delivery(Action.objects.get(pk=act.pk).delivery)


def seat(cast, person, role, **body):
    partners.give_role(
        by=partners.system_person(), partnership=cast.ashvale, person=person, role=role, starts=SINCE, now=NOW, **body
    )
    person.forget_grants()


@pytest.fixture
def priority(cast, plan, letter):
    """A finding that is an area for priority action."""
    return mark(cast.bea, letter.inspection, letter=letter, page=2, kind="priority_action", title="Meetings fail")


@pytest.mark.parametrize(
    ("who", "level"),
    [("bea", Level.CHECKED), ("quin", Level.ASSURED), ("sian", Level.CONFIRMED), ("esther", Level.CONFIRMED)],
)
def test_each_capacity_verifies_at_its_own_level(cast, plan, who, level):
    act = claimed(cast, plan)
    said = verify(cast.people[who], act, level)
    assert (state_of(act), said.level, said.by) == (Delivery.DELIVERED_VERIFIED, level, cast.people[who])
    assert said.capacity
    for other in set(Level) - {level}:
        with pytest.raises(actions.CannotDo, match="counts as"):
            verify(cast.people[who], act, other)


@pytest.mark.parametrize("who", ["pauline", "olu", "hana", "hugo", "rita", "ada", "otto", "nobody"])
def test_nobody_verifies_without_a_capacity_that_does(cast, plan, who):
    with pytest.raises(AccessDenied):
        verify(cast.people[who], claimed(cast, plan))


@pytest.mark.parametrize("state", [Delivery.NOT_STARTED, Delivery.ON_TRACK, Delivery.AT_RISK])
def test_only_what_is_claimed_is_verified(cast, plan, state):
    act = add(cast, plan)
    actions.record_delivery(by=cast.bea, act=act, expected_version=1, state=state, reason="So it is", now=LATER)
    with pytest.raises(actions.CannotDo, match="calls delivered"):
        verify(cast.bea, act)
    assert not Verification.objects.exists()


def test_a_claim_that_was_not_confirmed_stays_a_claim_on_the_record(cast, plan):
    act = claimed(cast, plan)
    said = verify(cast.quin, act, Level.ASSURED, satisfied=False, basis="Two of ten were held")
    assert (state_of(act), said.satisfied) == (Delivery.DELIVERED_CLAIMED, False)
    verify(cast.quin, act, Level.ASSURED)
    assert state_of(act) is Delivery.DELIVERED_VERIFIED
    assert [each.satisfied for each in verifications.verifications_of(act)] == [True, False]


def test_a_priority_action_is_verified_by_a_confirmation_alone(cast, plan, priority):
    act = claimed(cast, plan, findings=[priority])
    verify(cast.bea, act)
    verify(cast.quin, act, Level.ASSURED)
    assert (state_of(act), verifications.needs(act)) == (Delivery.DELIVERED_CLAIMED, Level.CONFIRMED)
    verify(cast.sian, act, Level.CONFIRMED)
    assert state_of(act) is Delivery.DELIVERED_VERIFIED


def test_what_was_only_checked_cannot_answer_a_priority_action_afterwards(cast, plan, priority):
    act = claimed(cast, plan)
    verify(cast.bea, act)
    with pytest.raises(actions.CannotDo, match="confirmed first"):
        actions.answer_finding(by=cast.bea, act=act, finding=priority, now=LATER)
    verify(cast.sian, act, Level.CONFIRMED)
    assert actions.answer_finding(by=cast.bea, act=act, finding=priority, now=LATER)


def test_what_was_verified_falls_back_with_a_reason_or_by_somebody_who_looked_again(cast, plan):
    act = claimed(cast, plan)
    verify(cast.bea, act)
    at = Action.objects.get(pk=act.pk)
    with pytest.raises(actions.CannotDo, match="Say why"):
        verifications.fall_back(by=cast.bea, act=at, expected_version=at.version, reason=" ", now=LATER)
    with pytest.raises(AccessDenied):
        verifications.fall_back(by=cast.quin, act=at, expected_version=at.version, reason="No", now=LATER)
    verifications.fall_back(by=cast.bea, act=at, expected_version=at.version, reason="It stopped", now=LATER)
    assert state_of(act) is Delivery.AT_RISK
    again = claimed(cast, plan)
    verify(cast.bea, again)
    verify(cast.quin, again, Level.ASSURED, satisfied=False)
    assert state_of(again) is Delivery.AT_RISK


def test_looking_further_at_what_is_verified_adds_to_the_record_and_leaves_it(cast, plan):
    act = claimed(cast, plan)
    verify(cast.bea, act)
    version = Action.objects.get(pk=act.pk).version
    verify(cast.sian, act, Level.CONFIRMED)
    assert (state_of(act), Action.objects.get(pk=act.pk).version) == (Delivery.DELIVERED_VERIFIED, version)


@pytest.mark.parametrize(
    ("changes", "says"),
    [({"basis": "  "}, "what you have seen"), ({"on": TODAY + timedelta(days=1)}, "has not come yet")],
)
def test_a_verification_says_on_what_it_rests_and_is_of_a_day_that_was(cast, plan, changes, says):
    act = claimed(cast, plan)
    with pytest.raises(actions.CannotDo, match=says):
        verify(cast.bea, act, **changes)
    assert state_of(act) is Delivery.DELIVERED_CLAIMED


def test_who_leads_for_a_contributing_body_is_not_independent_whatever_else_they_are(cast, plan):
    act = claimed(cast, plan)
    seat(cast, cast.hana, Role.AUDITOR)
    assert verifications.may_verify(cast.hana, act, TODAY).levels == (Level.ASSURED,)
    contributors.add_contributor(by=cast.bea, act=act, agency=cast.hospital, part="Send a nurse", now=LATER)
    may = verifications.may_verify(cast.hana, act, TODAY)
    assert not may.levels
    assert "contributes to ACT-001" in may.why_not
    with pytest.raises(actions.CannotDo, match="Somebody independent"):
        verify(cast.hana, act, Level.ASSURED)


def test_who_leads_the_body_in_another_partnership_is_not_independent_of_it_here(cast, plan):
    act = claimed(cast, plan)
    theirs = {"by": partners.system_person(), "partnership": cast.brackley, "starts": SINCE, "now": NOW}
    partners.give_role(person=cast.quin, role=Role.AGENCY_LEAD, agency=cast.police, **theirs)
    with pytest.raises(actions.CannotDo, match="Somebody independent"):
        verify(cast.quin, act, Level.ASSURED)


def test_who_answered_for_it_on_the_day_they_looked_is_not_independent_either(cast, plan):
    act = claimed(cast, plan)
    seat(cast, cast.olu, Role.AUDITOR)
    held = cast.olu.memberships.get(role=Role.ACTION_OWNER)
    partners.end_role(by=cast.bea, membership=held, expected_version=1, ends=date(2026, 1, 11), now=LATER)
    with pytest.raises(actions.CannotDo, match="answered for ACT-001 yourself"):
        verify(cast.olu, act, Level.ASSURED, on=date(2026, 1, 11))
    assert verify(cast.olu, act, Level.ASSURED, on=TODAY)


def test_a_declared_conflict_bars_a_person_until_somebody_else_withdraws_it(cast, plan):
    act = claimed(cast, plan)
    made = conflicts.declare(by=cast.quin, act=act, person=cast.quin, why="Trained the team", now=LATER)
    with pytest.raises(actions.CannotDo, match="declared conflict"):
        verify(cast.quin, act, Level.ASSURED)
    with pytest.raises(AccessDenied):
        conflicts.withdraw(by=cast.quin, conflict=made, expected_version=1, reason="Over", now=LATER)
    conflicts.withdraw(by=cast.bea, conflict=made, expected_version=1, reason="Moved on in May", now=LATER)
    assert verify(cast.quin, act, Level.ASSURED)


def test_a_conflict_is_declared_for_oneself_or_by_a_keeper_and_withdrawn_by_another(cast, plan):
    act = add(cast, plan)
    with pytest.raises(AccessDenied):
        conflicts.declare(by=cast.quin, act=act, person=cast.sian, why="Knows them", now=LATER)
    conflicts.declare(by=cast.bea, act=act, person=cast.sian, why="Chaired it", now=LATER)
    with pytest.raises(actions.CannotDo, match="no part in this partnership"):
        conflicts.declare(by=cast.bea, act=act, person=cast.otto, why="From next door", now=LATER)
    own = conflicts.declare(by=cast.bea, act=act, person=cast.bea, why="Wrote it", now=LATER)
    with pytest.raises(actions.CannotDo, match="your own"):
        conflicts.withdraw(by=cast.bea, conflict=own, expected_version=1, reason="Never mind", now=LATER)


def test_a_higher_room_may_bar_whoever_signed_the_claim(cast, plan, monkeypatch):
    act = claimed(cast, plan)
    monkeypatch.setattr(verifications, "_BARS", [])
    verifications.bar(lambda person, of: "You signed the return." if person == cast.quin else "")
    with pytest.raises(actions.CannotDo, match="You signed the return"):
        verify(cast.quin, act, Level.ASSURED)
    assert verify(cast.bea, act)


ANSWERING = [
    Role.AGENCY_LEAD, Role.DEPUTY, Role.ACCOUNTABLE_EXECUTIVE, Role.ACTION_OWNER, Role.CHIEF_OFFICER,
]  # fmt: skip


@pytest.mark.parametrize("role", ANSWERING)
@pytest.mark.parametrize("verifies", [Role.BUSINESS_MANAGER, Role.AUDITOR, Role.SCRUTINEER, Role.EXECUTIVE_CHAIR])
def test_whoever_answers_for_an_action_can_never_verify_it(cast, plan, role, verifies):
    act = claimed(cast, plan)
    seat(cast, cast.nobody, verifies)
    (level,) = verifications.may_verify(cast.nobody, act, TODAY).levels
    seat(cast, cast.nobody, role, agency=cast.police)
    with pytest.raises(actions.CannotDo, match="Somebody independent"):
        verify(cast.nobody, act, level)
    assert state_of(act) is Delivery.DELIVERED_CLAIMED


def test_the_rule_itself_is_what_keeps_them_out(cast, plan, monkeypatch):
    """Without the rule the same person gets through: the test above would notice."""
    act = claimed(cast, plan)
    seat(cast, cast.nobody, Role.AUDITOR)
    seat(cast, cast.nobody, Role.AGENCY_LEAD, agency=cast.police)
    monkeypatch.setattr(verifications, "answering_for", lambda grants, bodies: None)
    assert verify(cast.nobody, act, Level.ASSURED)


def test_grants_of_other_bodies_do_not_stand_in_the_way(cast, plan):
    act = claimed(cast, plan)
    seat(cast, cast.hana, Role.AUDITOR)
    assert verify(cast.hana, act, Level.ASSURED)
    assert replace(verifications.may_verify(cast.hana, act, TODAY)).levels == (Level.ASSURED,)
