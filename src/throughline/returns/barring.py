"""Whoever signed or submitted the claim that an action is delivered does not verify it, whatever they have become."""

from django.db.models import Q

from throughline.partners.models import Person
from throughline.plans import verifications
from throughline.plans.delivery import Delivery
from throughline.plans.models import Action
from throughline.returns.models import Update


def claimed_it(person: Person, act: Action) -> str:
    """Why this person may not verify this action, in a sentence; empty when they never claimed it.

    One query, and none for an action that stands where nobody verifies it.
    """
    if act.delivery not in verifications.CAN_BE_VERIFIED:
        return ""
    claim = (
        Update.objects.filter(action=act, self_rating=Delivery.DELIVERED_CLAIMED)
        .filter(Q(return_record__signed_by=person) | Q(return_record__submitted_by=person))
        .select_related("return_record__period")
        .order_by("-return_record__period__opens")
        .first()
    )
    if claim is None:
        return ""
    label = claim.return_record.period.label
    return f"You signed or submitted the return for {label} that claims {act.reference}. Somebody else verifies it."


def register() -> None:
    """Have the plan ask."""
    verifications.bar(claimed_it)
