"""Nobody accepts what they signed or submitted themselves, and no keeper turns a claim into something verified."""

import pytest

from tests.cast import SINCE
from tests.returns.scene import Scene
from throughline.access import Role
from throughline.partners import actions as partners
from throughline.plans import actions as plans
from throughline.plans.delivery import Delivery
from throughline.plans.models import Action
from throughline.returns import actions
from throughline.returns.actions import CannotDo


def test_a_keeper_who_also_leads_for_an_agency_does_not_accept_their_own_return(scene: Scene) -> None:
    partners.give_role(
        by=partners.system_person(), partnership=scene.cast.ashvale, person=scene.cast.bea, role=Role.AGENCY_LEAD,
        agency=scene.cast.police, starts=SINCE, now=scene.now(),
    )  # fmt: skip
    period = scene.open_period()
    return_ = scene.police_return_to("signed", period)
    scene.submit(scene.cast.bea, return_)
    with pytest.raises(CannotDo, match="yourself"):
        scene.accept(return_)
    assert scene.return_of(period, "police").state == "submitted"


def test_a_keeper_cannot_turn_a_claim_into_something_verified(scene: Scene) -> None:
    period = scene.open_period()
    return_ = scene.return_of(period, "police")
    scene.report(scene.cast.pauline, return_, scene.police_action, "delivered_claimed", "All sergeants were briefed.")
    scene.sign(scene.priya, return_)
    scene.submit(scene.cast.pauline, return_)
    scene.accept(return_)
    act = Action.objects.get(pk=scene.police_action.pk)
    assert act.delivery == Delivery.DELIVERED_CLAIMED
    with pytest.raises(plans.CannotDo, match="independent"):
        plans.record_delivery(
            by=scene.cast.bea, act=act, expected_version=act.version, state=Delivery.DELIVERED_VERIFIED,
            reason="It looks done.", now=scene.now(),
        )  # fmt: skip


def test_another_keeper_accepts_it(scene: Scene) -> None:
    return_ = scene.police_return_to("submitted", scene.open_period())
    assert actions.accept(
        by=scene.cast.bea, return_=return_, expected_version=return_.version, now=scene.now()
    ).state == "accepted"  # fmt: skip
