"""The thread of a single finding: its page, and its part of the finding's own page."""

from collections.abc import Sequence
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from throughline.line import addresses, checks, narrowing, threads, views
from throughline.line.queries import plan_line
from throughline.line.thread_page import thread_page
from throughline.partners.models import Partnership
from throughline.partners.requests import Request
from throughline.partners.web import Panel, member_view, partnership_of
from throughline.plans.queries import plans_of
from throughline.ui.parts import Step


@member_view
def finding(request: Request, partnership: Partnership, plan: str, inspection: str, finding: str) -> HttpResponse:
    """One finding from the inspectors' words to the last judgement and the inspections after it."""
    asked = views.asked_for(request, partnership, plan)
    found = next(
        (each for each in asked.whole.findings if (each.inspection, each.reference) == (inspection, finding)), None
    )
    context: dict[str, Any] = {
        "partnership": partnership,
        "plan": asked.plan,
        "asked": asked.as_of,
        "tree": asked.whole,
    }
    if found is None:
        if asked.as_of is None:
            raise Http404
        return render(request, "line/not_then.html", context)
    own = narrowing.of_finding(asked.whole, found)
    evidence = reverse("evidence:evidence", args=[partnership.slug, "EV-0"]).replace("EV-0", "{}")
    shown = thread_page(asked.whole, found, asked.on, views.address_in(asked.at), evidence)
    broken = [each for each in checks.all_found(own, asked.on) if each.area is None]
    broken = [each for each in broken if each in asked.found]
    title = f"The line of {found.reference}: {found.title}"
    context |= {
        "shown": shown, "groups": views.grouped(asked, broken),
        "svg": views.safe(views.svg_of(request, asked, shown=own, title=title)),
        "finding_url": asked.at.finding_page(inspection, finding),
        "page_url": asked.at.letter_page(inspection, found.letter, found.page) if found.letter and found.page else "",
    }  # fmt: skip
    return render(request, "line/thread.html", context)


def panel(request: Request, finding: Any) -> Sequence[Panel]:
    """The threads of one finding, on its page, for every plan that answers it."""
    partnership = partnership_of(request)
    if partnership is None:
        return ()
    shown: list[tuple[str, tuple[Step, ...]]] = []
    later: tuple[Step, ...] = ()
    whole: list[tuple[str, str]] = []
    for plan in plans_of(partnership, for_person=request.user):
        line = plan_line(plan, for_person=request.user)
        found = line.finding(str(finding.pk))
        if found is not None:
            at = addresses.of_plan(partnership, plan)
            one = threads.threads_of(line, found, views.address_in(at))
            shown += one.threads
            later = one.later
            whole.append((plan.title, one.url))
    return (Panel("line/finding.html", {"threads": shown, "later": later, "whole": whole}, order=10),)
