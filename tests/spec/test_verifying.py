"""Verification, as its tables have it: every level reached by somebody, nobody verifying what they answer for."""

import itertools
from uuid import UUID, uuid5

import pytest
from hypothesis import given
from hypothesis import strategies as st

from throughline.access.engine import Grant
from throughline.access.roles import FOR_A_BODY, MEMBERS, Role
from throughline.inspections.models import Finding
from throughline.plans import permissions, verifying
from throughline.plans.delivery import STEPS, Delivery
from throughline.plans.verifications import CAN_BE_VERIFIED, need_in_words, who_verifies
from throughline.plans.verifying import (
    ANSWERS_FOR_ACTIONS,
    LEVELS,
    ORDER,
    PRIORITY_KINDS,
    Level,
    answering_for,
    capacity_for,
    is_enough,
    levels_for,
    needed,
)

SOME = UUID("00000000-0000-4000-8000-000000000000")
BODIES = [uuid5(SOME, each) for each in ("police", "hospital", "council", "group")]
PARTNERSHIPS = [uuid5(SOME, each) for each in ("ashvale", "brackley")]
GRANTS = st.lists(
    st.builds(
        Grant, person=st.just(SOME), partnership=st.sampled_from(PARTNERSHIPS), role=st.sampled_from(Role),
        body=st.sampled_from([None, *BODIES]),
    ),
    max_size=6,
)  # fmt: skip
CARRYING = st.frozensets(st.sampled_from(BODIES), max_size=3)


def test_every_level_has_its_words_and_somebody_who_reaches_it() -> None:
    assert set(LEVELS) == set(Level) == set(ORDER)
    for level, terms in LEVELS.items():
        assert terms.printed
        assert terms.means
        assert terms.roles
        assert levels_for(terms.roles) == (level,)
        assert terms.printed.lower() in who_verifies()


@pytest.mark.parametrize("role", Role)
def test_every_role_either_reaches_a_level_or_answers_for_a_body_or_neither_and_never_both(role: Role) -> None:
    levels = levels_for([role])
    assert len(levels) <= 1
    assert not (levels and role in ANSWERS_FOR_ACTIONS)
    assert all(capacity_for(level, [role]) == (role if level in levels else None) for level in Level)
    assert bool(levels) == (role in permissions.VERIFIERS)


def test_every_role_that_acts_for_a_body_answers_for_its_actions() -> None:
    assert ANSWERS_FOR_ACTIONS == FOR_A_BODY
    assert set(permissions.VERIFIERS) < MEMBERS


@pytest.mark.parametrize(("level", "priority"), list(itertools.product(Level, (True, False))))
def test_a_level_is_enough_from_the_one_that_is_needed_on(level: Level, priority: bool) -> None:
    enough = {(Level.CHECKED, False), (Level.ASSURED, False), (Level.CONFIRMED, False), (Level.CONFIRMED, True)}
    assert is_enough(level, answers_priority=priority) == ((level, priority) in enough)
    assert is_enough(needed(answers_priority=priority), answers_priority=priority)


def test_the_kinds_that_need_a_confirmation_are_kinds_of_finding() -> None:
    kinds = {key for key, _ in Finding._meta.get_field("kind").choices}
    assert PRIORITY_KINDS
    assert kinds >= PRIORITY_KINDS
    assert "confirmed" in need_in_words(PRIORITY_KINDS)
    assert need_in_words(kinds - PRIORITY_KINDS) == need_in_words([])


@given(grants=GRANTS, bodies=CARRYING)
def test_whoever_answers_for_an_action_is_found_whatever_else_they_hold(
    grants: list[Grant], bodies: frozenset[UUID]
) -> None:
    found = answering_for(grants, bodies)
    answering = [each for each in grants if each.role in FOR_A_BODY and each.body in bodies]
    assert (found is None) == (not answering)
    assert found is None or found in answering


def test_the_property_would_notice_a_role_that_was_forgotten(monkeypatch) -> None:
    grant = Grant(SOME, PARTNERSHIPS[0], Role.DEPUTY, BODIES[0])
    assert answering_for([grant], BODIES)
    monkeypatch.setattr(verifying, "ANSWERS_FOR_ACTIONS", ANSWERS_FOR_ACTIONS - {Role.DEPUTY})
    assert answering_for([grant], BODIES) is None


@pytest.mark.parametrize("state", Delivery)
def test_what_can_be_verified_is_what_the_steps_lead_from(state: Delivery) -> None:
    assert (state in CAN_BE_VERIFIED) == (Delivery.DELIVERED_VERIFIED in STEPS[state])
    if state is Delivery.DELIVERED_VERIFIED:
        assert Delivery.AT_RISK in STEPS[state]
