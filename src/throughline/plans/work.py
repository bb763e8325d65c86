"""What the plan asks of people: days to decide, and claims that somebody independent should look at."""

from collections.abc import Sequence
from datetime import date
from urllib.parse import urlencode

from django.db.models import Count, Exists, OuterRef, Q
from django.urls import reverse

from throughline.methods.printed import count, day
from throughline.partners.models import Person
from throughline.partners.web import WorkItem
from throughline.plans.delivery import Delivery
from throughline.plans.models import Action, ActionFinding, Extension, Plan
from throughline.plans.offers import action_url
from throughline.plans.permissions import KEEPERS
from throughline.plans.verifying import LEVELS, PRIORITY_KINDS, Level


def my_work(person: Person, on: date) -> list[WorkItem]:
    """The extensions that wait for this person's decision, and the claims that wait for their word.

    Reads across partnerships, as "my work" does. Three queries at most.
    """
    return [*_to_decide(person, on), *_to_verify(person, on)]


def _to_decide(person: Person, on: date) -> Sequence[WorkItem]:
    waiting = (
        Extension.objects.visible_to(person, on, verb="decide")
        .filter(state=Extension.ASKED, withdrawn_at__isnull=True)
        .select_related("action__plan__partnership", "agency", "group")
    )
    return [
        WorkItem(
            f"Decide whether {each.action.reference} of {each.agency or each.group} may be done by"
            f" {day(each.proposed)}",
            f"{action_url(each.action)}#dates", each.action.plan.partnership.name, order=10,
        )
        for each in waiting
    ]  # fmt: skip


def _to_verify(person: Person, on: date) -> Sequence[WorkItem]:
    """Claims, plan by plan: all of them for those who check, those of priority actions for those who confirm."""
    grants = person.grants_on(on)
    checks = {each.partnership for each in grants if each.role in KEEPERS}
    confirms = {each.partnership for each in grants if each.role in LEVELS[Level.CONFIRMED].roles}
    if not checks and not confirms:
        return []
    priority = ActionFinding.objects.filter(
        action=OuterRef("pk"), withdrawn_at__isnull=True, finding__kind__in=PRIORITY_KINDS
    )
    counted = dict(
        Action.objects.visible_to(person, on)
        .filter(delivery=Delivery.DELIVERED_CLAIMED, withdrawn_at__isnull=True)
        .annotate(priority=Exists(priority))
        .filter(Q(partnership__in=checks, priority=False) | Q(partnership__in=confirms, priority=True))
        .order_by()
        .values_list("plan")
        .annotate(claims=Count("pk"))
    )
    if not counted:
        return []
    plans = Plan.objects.visible_to(person, on).filter(pk__in=counted).select_related("partnership")
    query = urlencode({"delivery": Delivery.DELIVERED_CLAIMED.value})
    return [
        WorkItem(
            f"Say what you have seen of {count(counted[each.pk], 'action')} that"
            f" {'is' if counted[each.pk] == 1 else 'are'} delivered as claimed",
            f"{reverse('plans:actions', args=[each.partnership.slug, each.reference])}?{query}", each.partnership.name,
            order=30,
        )
        for each in plans
    ]  # fmt: skip
