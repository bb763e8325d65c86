"""What needs a decision, from the tables: one query a kind, which counts all and fetches the first few."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Window
from django.db.models.functions import Coalesce

from throughline.assurance.models import AssuranceActivity
from throughline.assurance.outcomes import Result
from throughline.line import deciding
from throughline.line.deciding import SHOWN, Item, Need
from throughline.line.live_matrix import standing_actions
from throughline.partners.models import Person
from throughline.plans import queries as plan_queries
from throughline.plans.delivery import ENDED, Delivery
from throughline.plans.models import Extension, Plan
from throughline.returns.models import Update
from throughline.returns.states import ReturnState
from throughline.scrutiny.models import Decision
from throughline.scrutiny.states import OPEN


def live_needs(plan: Plan, *, for_person: Person, on: date) -> tuple[Need, ...]:
    """`deciding.needs` of the plan's line as it is now, in five queries however many actions there are."""
    return (_decisions(plan, for_person), _extensions(plan, for_person), _overdue(plan, for_person, on),
            _claims(plan, for_person), _assurance(plan, for_person))  # fmt: skip


def _first(rows: QuerySet[Any, Any], order: Iterable[str], *columns: str, **named: Any) -> list[dict[str, Any]]:
    """The first few rows as mappings, each with `of_all`: how many there are altogether."""
    counted = rows.annotate(of_all=Window(Count("pk")), **named).order_by(*order)
    return list(counted.values("of_all", *columns, *named)[:SHOWN])


def _counted(kind: str, rows: list[dict[str, Any]], items: Iterable[Item]) -> Need:
    return deciding.need(kind, items, rows[0]["of_all"] if rows else 0)


_LEAD = Coalesce("lead_agency__name", "lead_group__name")


def _decisions(plan: Plan, person: Person) -> Need:
    rows = _first(
        Decision.objects.visible_to(person).filter(plan=plan, withdrawn_at__isnull=True, outcome__in=OPEN),
        ["number"], "reference", "text", by=Coalesce("agency__name", "group__name"),
    )  # fmt: skip
    return _counted(
        "decision", rows, (deciding.decision(each["reference"], each["text"], each["by"] or "") for each in rows)
    )


def _extensions(plan: Plan, person: Person) -> Need:
    asked = Extension.objects.visible_to(person).filter(
        withdrawn_at__isnull=True, state=Extension.ASKED,
        action__in=standing_actions(plan, for_person=person).exclude(delivery__in=ENDED),
    )  # fmt: skip
    rows = _first(
        asked, ["action__number", "number"], "was_due", "proposed", reference=F("action__reference"),
        lead=Coalesce("action__lead_agency__name", "action__lead_group__name"),
    )  # fmt: skip
    return _counted(
        "extension",
        rows,
        (deciding.extension(each["reference"], each["was_due"], each["proposed"], each["lead"]) for each in rows),
    )


def _overdue(plan: Plan, person: Person, on: date) -> Need:
    """`checks.reason_for_delay` as a query: an extension from that very day, or an accepted word of the lead since."""
    # Whoever sees an action sees its extensions and the accepted words about it, so both are looked up by it alone.
    asked = Extension.objects.filter(action=OuterRef("pk"), withdrawn_at__isnull=True, was_due=OuterRef("due"))
    said = (
        Update.objects.filter(
            action=OuterRef("pk"), withdrawn_at__isnull=True, return_record__withdrawn_at__isnull=True,
            return_record__state=ReturnState.ACCEPTED, return_record__accepted_at__date__gt=OuterRef("due"),
        )
        .filter(Q(agency=OuterRef("lead_agency")) | Q(group=OuterRef("lead_group")))
        .filter(Q(slip_reason__regex=r"\S") | Q(progress__regex=r"\S"))
    )  # fmt: skip
    open_ = standing_actions(plan, for_person=person).filter(plan_queries.overdue(on))
    late = open_.filter(~Exists(asked), ~Exists(said))
    rows = _first(late, ["number"], "reference", "due", lead=_LEAD)
    return _counted("overdue", rows, (deciding.overdue(each["reference"], each["due"], each["lead"]) for each in rows))


def _claims(plan: Plan, person: Person) -> Need:
    claimed = standing_actions(plan, for_person=person).filter(delivery=Delivery.DELIVERED_CLAIMED)
    rows = _first(claimed, ["number"], "reference", "title", lead=_LEAD)
    return _counted("claim", rows, (deciding.claim(each["reference"], each["title"], each["lead"]) for each in rows))


def _assurance(plan: Plan, person: Person) -> Need:
    rows = _first(
        AssuranceActivity.objects.visible_to(person).filter(
            plan=plan, withdrawn_at__isnull=True, result=Result.DOES_NOT_SUPPORT
        ),
        ["number"], "reference", "title", "found",
    )  # fmt: skip
    return _counted(
        "assurance", rows, (deciding.assurance(each["reference"], each["title"], each["found"]) for each in rows)
    )
