"""Delivery, as the table has it: every pair decided, every state reachable, nothing green on somebody's word."""

import itertools
from datetime import date

import pytest

from throughline.plans import delivery
from throughline.plans.delivery import (
    CLAIMABLE,
    ENDED,
    KEY,
    OPEN,
    PRINTED,
    STEPS,
    Delivery,
    Need,
    Shown,
    rating,
    shown_delivery,
)
from throughline.ui.scales import mark_of

SHOWN = list(itertools.product(Delivery, (True, False), (True, False)))
PAIRS = list(itertools.product(Delivery, repeat=2))
# Refused on purpose: what an agency may not do to a verified action, and what has ended for good.
REFUSED = {
    *((Delivery.DELIVERED_VERIFIED, to) for to in (
        Delivery.NOT_STARTED, Delivery.ON_TRACK, Delivery.DELIVERED_CLAIMED, Delivery.WITHDRAWN)),
    *((Delivery.WITHDRAWN, to) for to in Delivery if to not in {Delivery.WITHDRAWN, Delivery.NOT_STARTED}),
    *((Delivery.SUPERSEDED, to) for to in Delivery if to is not Delivery.SUPERSEDED),
    *((each, Delivery.DELIVERED_VERIFIED) for each in OPEN),
}  # fmt: skip


@pytest.mark.parametrize(("before", "after"), PAIRS)
def test_every_pair_is_decided(before: Delivery, after: Delivery) -> None:
    assert (after in STEPS[before]) == ((before, after) not in REFUSED)


def test_every_state_has_its_steps_its_words_and_its_mark() -> None:
    assert set(STEPS) == set(PRINTED) == set(Delivery)
    for each in Delivery:
        assert mark_of("delivery", each.value).words == PRINTED[each]


def test_every_state_can_be_reached_from_the_first() -> None:
    reached, ahead = set(), {Delivery.NOT_STARTED}
    while ahead:
        reached |= ahead
        ahead = {to for each in ahead for to in STEPS[each]} - reached
    assert reached == set(Delivery)


@pytest.mark.parametrize("state", Delivery)
def test_staying_where_one_is_needs_nothing(state: Delivery) -> None:
    assert STEPS[state][state] is Need.NOTHING


def test_nothing_leaves_verified_without_a_reason() -> None:
    verified = Delivery.DELIVERED_VERIFIED
    leaving = {to: need for to, need in STEPS[verified].items() if to is not verified}
    assert leaving
    assert set(leaving.values()) == {Need.REASON}


def test_only_a_claim_can_be_verified_and_only_with_a_reason() -> None:
    from_ = {state for state, steps in STEPS.items() if Delivery.DELIVERED_VERIFIED in steps}
    assert from_ == {Delivery.DELIVERED_CLAIMED, Delivery.DELIVERED_VERIFIED}
    assert STEPS[Delivery.DELIVERED_CLAIMED][Delivery.DELIVERED_VERIFIED] is Need.REASON


def test_an_agency_cannot_claim_what_is_for_others_to_say() -> None:
    assert set(CLAIMABLE).isdisjoint({Delivery.DELIVERED_VERIFIED, *ENDED})


@pytest.mark.parametrize(("state", "overdue", "redated"), SHOWN)
def test_the_printed_key_is_total_and_nothing_unverified_is_good(state: Delivery, overdue: bool, redated: bool) -> None:
    printed = rating(Shown(state, overdue, redated))
    assert printed in KEY
    if state is not Delivery.DELIVERED_VERIFIED or overdue:
        assert printed.tone != "good"


def test_the_key_would_notice_a_claim_that_is_green(monkeypatch) -> None:
    green = {**delivery._BY_STATE, Delivery.DELIVERED_CLAIMED: delivery.VERIFIED}
    monkeypatch.setattr(delivery, "_BY_STATE", green)
    assert rating(Shown(Delivery.DELIVERED_CLAIMED, overdue=False, redated=False)).tone == "good"


DUE = date(2019, 3, 31)


@pytest.mark.parametrize(
    ("stored", "due", "original", "on", "overdue", "redated"),
    [
        (Delivery.ON_TRACK, DUE, DUE, date(2019, 3, 31), False, False),  # a due date ends at the midnight after it
        (Delivery.ON_TRACK, DUE, DUE, date(2019, 4, 1), True, False),
        (Delivery.NOT_STARTED, DUE, date(2019, 1, 31), date(2019, 4, 1), True, True),
        (Delivery.DELIVERED_CLAIMED, DUE, DUE, date(2020, 1, 1), False, False),
        (Delivery.WITHDRAWN, DUE, DUE, date(2020, 1, 1), False, False),
        (Delivery.AT_RISK, date(2019, 6, 30), DUE, date(2019, 4, 1), False, True),
    ],
)
def test_overdue_and_redated_follow_from_the_dates(stored, due, original, on, overdue, redated) -> None:
    assert shown_delivery(stored, due, original, on) == Shown(stored, overdue, redated)
