"""Whoever signed a claim does not verify it, not even from another chair."""

from throughline.access import Role
from throughline.partners import actions as partners
from throughline.partners.models import Membership
from throughline.plans.models import Action
from throughline.plans.verifications import may_verify


def test_who_signed_the_claim_does_not_verify_it_after_changing_chairs(scene):
    period, cast = scene.open_period(), scene.cast
    return_ = scene.return_of(period, "hospitals")
    scene.report(cast.hana, return_, scene.hospital_action, "delivered_claimed", "Every ward has had its briefing.")
    scene.sign(cast.hugo, return_)
    scene.submit(cast.hana, return_)
    scene.accept(return_)

    system = partners.system_person()
    for held in Membership.objects.filter(person__in=[cast.hugo, cast.dev], partnership=cast.ashvale):
        partners.end_role_at_once(by=system, membership=held, expected_version=held.version, now=scene.now())
    for person in (cast.hugo, cast.dev):
        partners.give_role(
            by=system, partnership=cast.ashvale, person=person, role=Role.QUALITY_LEAD, starts=scene.now().date(),
            now=scene.now(),
        )  # fmt: skip
    act, on = Action.objects.get(pk=scene.hospital_action.pk), scene.now().date()
    for person in (cast.hugo, cast.dev):
        person.forget_grants()
    signed, neither = may_verify(cast.hugo, act, on), may_verify(cast.dev, act, on)
    assert signed.levels == ()
    assert period.label in signed.why_not
    # Their deputy, who came over the same way and signed nothing, is not barred: it is the signature that bars.
    assert neither.levels
