"""The list of a plan's actions."""

from datetime import date

from django.db.models import Q
from django.http.response import HttpResponseBase

from throughline.inspections.offers import may_add
from throughline.inspections.views import say_audience
from throughline.partners import web
from throughline.partners.models import Partnership
from throughline.partners.requests import Request
from throughline.partners.web import member_view
from throughline.plans import permissions, queries
from throughline.plans.delivery import PRINTED, Delivery
from throughline.plans.models import Action
from throughline.plans.offers import action_url, plan_url
from throughline.plans.views import line_of
from throughline.ui.lists import Choice, ChoiceFilter, FieldFilter, ListColumn, ListPage
from throughline.ui.parts import Cell


def actions_page(on: date) -> ListPage:
    """The list of a plan's actions as it is on a day."""

    def reference(each: Action) -> Cell:
        return Cell(each.reference, url=action_url(each))

    def due(each: Action) -> Cell:
        line = line_of(each, on)
        words = " ".join(part for part in (line.due_mark.words if line.due_mark else "", line.due_words) if part)
        return Cell(each.due, detail=words)

    def delivery(each: Action) -> Cell:
        return Cell(mark=line_of(each, on).delivery, text=PRINTED[Delivery(each.delivery)])

    def impact(each: Action) -> Cell:
        mark = line_of(each, on).impact
        return Cell(mark.words, mark=mark, is_round=True)

    return ListPage(
        title="Actions",
        name="actions",
        columns=(
            ListColumn("Reference", reference, sort="number", narrow=True),
            ListColumn("Action", lambda each: each.title, sort="title"),
            ListColumn("Area", lambda each: each.area.number, export=lambda each: str(each.area), sort="area__number"),
            ListColumn("Lead", lambda each: each.lead.short_name, export=lambda each: each.lead_name, sort="lead_name"),
            ListColumn("Due", due, export=lambda each: each.due, sort="due", narrow=True),
            ListColumn("Delivery", delivery, sort="delivery"),
            ListColumn("Findings", lambda each: ", ".join(link.finding.reference for link in each.answers)),
            ListColumn("Impact", impact),
        ),
        filters=(
            FieldFilter("area", "Improvement area", "area__number", words="area__title"),
            FieldFilter("lead", "Who leads", "lead_name"),
            FieldFilter("delivery", "Delivery", "delivery", words={each.value: PRINTED[each] for each in Delivery}),
            ChoiceFilter(
                "check",
                "Look at",
                (
                    Choice("overdue", "Overdue", queries.overdue(on)),
                    Choice("redated", "Re-dated", queries.REDATED),
                    Choice("without-finding", "Without a finding", Q(has_finding=False)),
                    Choice("without-impact", "Without a desired impact", Q(has_impact=False)),
                ),
            ),
        ),
        search=("reference", "title", "detail", "owner_post"),
        search_label="Search in actions",
        default_sort="number",
        empty="This plan has no actions yet.",
    )


@member_view
def actions_list(request: Request, partnership: Partnership, plan: str) -> HttpResponseBase:
    """A plan's actions, with filters and counts."""
    found = queries.plan_of(partnership, plan, for_person=request.user)
    say_audience(request, partnership)
    context = {
        "partnership": partnership, "plan": found, "plan_url": plan_url(found),
        "may_add": may_add(request, partnership, permissions.ACTION),
    }  # fmt: skip
    rows = queries.actions_of(found, for_person=request.user)
    return actions_page(web.today(request)).respond(request, rows, template="plans/actions.html", context=context)
