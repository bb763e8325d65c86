"""Pages of a draft plan: how the findings would fold into improvement areas, and what each of them suggests."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import render

from throughline.access import check_new, scope_of
from throughline.inspections.offers import finding_url, page_url
from throughline.inspections.views import say_audience
from throughline.methods.printed import count, listing
from throughline.partners.models import Partnership
from throughline.partners.requests import Request
from throughline.partners.web import answer_once, bound, member_view
from throughline.plans import queries
from throughline.plans.actions import CannotDo
from throughline.plans.models import Plan
from throughline.plans.offers import impact_url, plan_url
from throughline.suggestions import actions, forms, permissions
from throughline.suggestions.drafts import Draft, DraftPlan, draft_plan
from throughline.suggestions.offers import bank_url, draft_url, drafted_finding_url
from throughline.ui import answers, page


def _keepers(request: Request, partnership: Partnership) -> None:
    """Suggestions are working material: 404 for everybody but those who keep the plan."""
    check_new(request.user, "view", permissions.SET_ASIDE, scope_of(partnership))
    say_audience(request, partnership)
    page.describe(request, audience=f"those who keep the plan of {partnership.name}")


@member_view
def draft(request: Request, partnership: Partnership, plan: str) -> HttpResponse:
    """The findings by the improvement areas that they suggest. Sent, it asks, and then places what was ticked."""
    found = queries.plan_of(partnership, plan, for_person=request.user)
    _keepers(request, partnership)
    refusal = ""
    if request.method == "POST" and request.POST.get("sure"):
        # Before anything is read anew: the second of two clicks goes where the first one went.
        try:
            return answer_once(request, lambda: _place_sent(request, found))
        except CannotDo as error:
            refusal = str(error)
    drafted = draft_plan(found, for_person=request.user)
    form = bound(request, forms.FoldsForm, drafted=drafted)
    if refusal:
        form.add_error(None, refusal)
    elif request.method == "POST" and form.is_valid():
        only = request.POST.get("only", "")
        chosen = form.chosen(only)
        if not chosen:
            form.add_error(None, "Tick at least one area, and one finding in it")
        else:
            return _ask(request, found, form, chosen, only)
    context = {
        "partnership": partnership, "plan": found, "plan_url": plan_url(found), "form": form, "drafted": drafted,
        "unplaced": [(each, drafted_finding_url(found, each.finding)) for each in drafted.unplaced],
        "placed": [(each, drafted_finding_url(found, each.finding)) for each in drafted.placed],
        "first_url": _first_url(drafted), "bank_url": bank_url(partnership),
    }  # fmt: skip
    return render(request, "suggestions/draft.html", context, status=400 if form.errors else 200)


def _first_url(drafted: DraftPlan) -> str:
    """The first finding that waits for somebody; nothing when all are decided."""
    waiting = next((each for each in drafted.drafts if not each.is_decided), None)
    return drafted_finding_url(drafted.plan, waiting.finding) if waiting else ""


def _ask(request: Request, plan: Plan, form: forms.FoldsForm, chosen: dict[str, Any], only: str) -> HttpResponse:
    form.hide()
    held = {each.title.casefold(): each for each in queries.areas_of(plan, for_person=request.user)}
    sentences = []
    for title, findings in chosen.items():
        names = listing([each.reference for each in findings])
        area = held.get(title.casefold())
        sentences.append(
            f"Area {area.number} ‘{area.title}’ gets {names}." if area else f"‘{title}’ begins with {names}."
        )
    places = sum(len(each) for each in chosen.values())
    return answers.confirm(
        request, title=f"Place {count(places, 'finding')} in {count(len(chosen), 'improvement area')}?",
        action="Place them", cancel_url=draft_url(plan), consequences=sentences, form=form,
        hidden={"only": only, "sure": "1"}, is_destructive=False,
        sentence="You can move a finding to another area afterwards, and rename an area.",
    )  # fmt: skip


def _place_sent(request: Request, plan: Plan) -> str:
    chosen = forms.sent_choice(request.POST, draft_plan(plan, for_person=request.user))
    if not chosen:
        raise CannotDo("Tick at least one area, and one finding in it")
    made = actions.accept_areas(by=request.user, plan=plan, areas=chosen, now=request.now)
    placed = sum(number for _, number in made)
    if placed:
        messages.success(request, f"{count(placed, 'finding').capitalize()} placed in {count(len(made), 'area')}.")
    else:
        messages.warning(request, "These findings were placed already. Nothing was changed.")
    return draft_url(plan)


@member_view
def finding(request: Request, partnership: Partnership, plan: str, inspection: str, finding: str) -> HttpResponse:
    """What one finding suggests. Sent, it takes what is ticked, sets aside what is suggested, or brings it back."""
    within = queries.plan_of(partnership, plan, for_person=request.user)
    _keepers(request, partnership)
    drafted = draft_plan(within, for_person=request.user)
    at = _place_of(drafted, inspection, finding)
    one = drafted.drafts[at]
    asked = request.POST.get("do", "") if request.method == "POST" else ""
    if asked in {"aside", "back"}:
        return answer_once(request, lambda: _aside_or_back(request, drafted, at, asked))
    form = bound(request, forms.TakeForm, draft=one, areas=drafted.areas)
    if request.method == "POST":
        try:
            return answer_once(request, lambda: _take(request, drafted, at, form))
        except _NotAsItShould:
            pass
        except CannotDo as error:
            form.add_error(None, str(error))
    return render(
        request, "suggestions/finding.html", _finding_context(partnership, drafted, at, form),
        status=400 if form.errors else 200,
    )  # fmt: skip


def _place_of(drafted: DraftPlan, inspection: str, reference: str) -> int:
    for at, each in enumerate(drafted.drafts):
        if each.finding.reference == reference and each.finding.inspection.reference == inspection:
            return at
    raise Http404


def _url_at(drafted: DraftPlan, at: int) -> str:
    """The finding at a place of the order; the overview beyond its ends."""
    if 0 <= at < len(drafted.drafts):
        return drafted_finding_url(drafted.plan, drafted.drafts[at].finding)
    return draft_url(drafted.plan)


class _NotAsItShould(Exception):
    """The form has errors. Only a first sending is looked at: a second click goes where the first one went."""


def _take(request: Request, drafted: DraftPlan, at: int, form: forms.TakeForm) -> str:
    if not form.is_valid():
        raise _NotAsItShould
    one = drafted.drafts[at].finding
    taken = actions.accept(
        by=request.user, plan=drafted.plan, finding=one, area=form.chosen_area, impact=form.impact, tests=form.tests,
        left=form.left, now=request.now,
    )  # fmt: skip
    said = []
    if taken.area is not None:
        said.append(f"it is in improvement area {taken.area.number}")
    if taken.impact is not None:
        tests = f" with {count(taken.new_tests, 'way to show it', 'ways to show it')}" if taken.new_tests else ""
        said.append(f"it has the desired impact {taken.impact.reference}{tests}")
    if taken.set_aside:
        said.append(f"{count(taken.set_aside, 'suggestion')} set aside")
    if said:
        messages.success(request, f"{one.reference}: {listing(said)}.")
    else:
        messages.info(request, f"{one.reference}: nothing was taken.")
    return _url_at(drafted, at + 1)


def _aside_or_back(request: Request, drafted: DraftPlan, at: int, asked: str) -> str:
    one = drafted.drafts[at]
    if asked == "back":
        number = actions.bring_back(by=request.user, plan=drafted.plan, finding=one.finding, now=request.now)
        messages.success(request, f"{count(number, 'suggestion').capitalize()} brought back.")
        return _url_at(drafted, at)
    actions.set_aside(by=request.user, plan=drafted.plan, finding=one.finding, items=one.pending, now=request.now)
    messages.success(request, f"What {one.finding.reference} suggests is set aside. You can bring it back there.")
    return _url_at(drafted, at + 1)


def _finding_context(partnership: Partnership, drafted: DraftPlan, at: int, form: forms.TakeForm) -> dict[str, Any]:
    one = drafted.drafts[at]
    text, clause = one.finding.text, one.suggestion.clause
    letter, page_number = one.finding.letter, one.finding.page
    return {
        "partnership": partnership, "plan": drafted.plan, "draft": one, "finding": one.finding, "form": form,
        "number": at + 1, "total": len(drafted.drafts), "decided": drafted.decided,
        "before": text[: clause.start] if clause else text, "marked": clause.words if clause else "",
        "after": text[clause.end :] if clause else "",
        "source": f"{one.finding.finding_kind.printed} {one.finding.reference}"
        + (f", page {page_number} of the letter" if letter and page_number else ""),
        "page_url": page_url(letter, page_number) if letter and page_number else "",
        "finding_url": finding_url(one.finding), "draft_url": draft_url(drafted.plan),
        "previous_url": _url_at(drafted, at - 1) if at else "",
        "next_url": _url_at(drafted, at + 1) if at + 1 < len(drafted.drafts) else "",
        "why": _why(one), "why_impact": _why_impact(one),
        "impacts": [(each, impact_url(each)) for each in one.impacts],
        "plan_url": plan_url(drafted.plan),
    }  # fmt: skip


def _why(one: Draft) -> str:
    """Why the area and what would show it are suggested: the themes, with the finding's words for them."""
    said = []
    for each in one.suggestion.because:
        words = listing([f"‘{word}’" for word in each.words])
        said.append(f"{each.theme} ({words})" if words else f"{each.theme} (as you marked it)")
    return f"Suggested by the {'theme' if len(said) == 1 else 'themes'} {listing(said)}." if said else ""


def _why_impact(one: Draft) -> str:
    if not one.suggestion.would_see:
        return ""
    clause = one.suggestion.clause
    if clause is None:
        return "Suggested: turned from the finding’s first words."
    return "Suggested: the words marked above, turned to the good."
