"""The line of a plan on one page: from each finding to the last accepted words, now or as at a date."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse

from throughline.line import checks, threads
from throughline.line.queries import plan_line
from throughline.line.threads import AddressOf
from throughline.methods.printed import count
from throughline.partners.models import Partnership
from throughline.partners.requests import Request
from throughline.partners.web import as_of, member_view, today
from throughline.plans.models import Plan
from throughline.plans.queries import plans_of


@member_view
def line(request: Request, partnership: Partnership, plan: str) -> HttpResponse:
    """The page. Its number of queries does not grow with the plan."""
    found: Plan = plans_of(partnership, for_person=request.user).get(reference=plan)
    on = today(request)
    asked = as_of(request)
    tree = plan_line(found, for_person=request.user, as_of=asked)
    address = address_in(partnership, found)
    shown = [
        threads.threads_of(tree, each, address)
        for each in tree.findings
        if (each.needs_action or tree.answers_to(each)) and not each.answered_elsewhere
    ]
    broken = checks.breaks(tree, asked or on)
    answered = sum(bool(each.threads) for each in shown)
    return render(
        request, "line/line.html",
        context={
            "partnership": partnership, "plan": found, "tree": tree, "threads": shown, "on": asked or on,
            "groups": checks.grouped(broken), "broken": len(broken), "asked": asked,
            "position": f"{answered} of {count(len(shown), 'finding')} answered by an action",
            "loose": [each for each in tree.actions if not each.findings],
        },
    )  # fmt: skip


def address_in(partnership: Partnership, plan: Plan) -> AddressOf:
    """Where the pages of a plan's things are."""

    def address(kind: str, reference: str) -> str:
        if kind != "action":
            return ""
        try:
            return reverse("plans:action", args=[partnership.slug, plan.reference, reference])
        except NoReverseMatch:
            return ""

    return address
