"""Pages on which many actions are changed at once: choose, answer, look at each before and after, do it, undo it.

Everything that was chosen travels in the forms themselves, so nothing is kept between the steps and the browser's way
back works. What was looked at travels with its versions: whoever was faster stops the batch.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse

from throughline.access import check_new, scope_of
from throughline.history.models import Event
from throughline.inspections.views import say_audience
from throughline.methods.printed import count, lapse
from throughline.partners import web
from throughline.partners.models import Partnership
from throughline.partners.queries import bodies_of
from throughline.partners.requests import FIELD, Request, kept_words
from throughline.partners.web import answer_once, member_view
from throughline.plans import batch, batch_undo, permissions, queries
from throughline.plans.action_list import actions_page, rows_of
from throughline.plans.actions import CannotDo
from throughline.plans.batch import MOST, RULES, ChangedMeanwhile, Shown, Step, Wanted, What
from throughline.plans.batch_forms import Choose, Why, answer_form
from throughline.plans.models import Action, Plan
from throughline.plans.offers import action_url, plan_url

CHOSEN, ANSWER, LOOK, APPLY = "chosen", "answer", "look", "apply"
_OWN = frozenset({"step", "rows", "looked", "what", FIELD, "csrfmiddlewaretoken"})


def _keeper(request: Request, partnership: Partnership, reference: str) -> Plan:
    found = queries.plan_of(partnership, reference, for_person=request.user)
    check_new(request.user, "create", permissions.ACTION, scope_of(partnership))
    say_audience(request, partnership)
    return found


def _address(plan: Plan, name: str, query: str = "") -> str:
    address = reverse(f"plans:{name}", args=[plan.partnership.slug, plan.reference])
    return f"{address}?{query}" if query else address


def _lists(request: Request, plan: Plan) -> dict[str, Callable[[], Sequence[Any]]]:
    by = request.user
    return {
        "areas": lambda: list(queries.areas_of(plan, for_person=by)),
        "bodies": lambda: bodies_of(plan.partnership, for_person=by, on=web.today(request)),
        "findings": lambda: list(queries.findings_to_answer(plan.partnership, for_person=by)),
        "impacts": lambda: list(queries.impacts_of(plan, for_person=by)),
    }


def _page(request: Request, plan: Plan, template: str, status: int = 200, **context: Any) -> HttpResponse:
    query = request.GET.urlencode()
    given = {
        "partnership": plan.partnership, "plan": plan, "plan_url": plan_url(plan),
        "list_url": _address(plan, "actions", query), "start_url": _address(plan, "several", query), **context,
    }  # fmt: skip
    return render(request, template, given, status=status)


@member_view
def several(request: Request, partnership: Partnership, plan: str) -> HttpResponse:
    """Change many actions: each sending of a form leads to the next step."""
    found = _keeper(request, partnership, plan)
    sent: QueryDict | None = request.POST if request.method == "POST" else kept_words(request)
    if sent is None:
        return _choose(request, found, None)
    step = sent.get("step", "")
    if request.method == "GET":
        messages.warning(request, "Your words are kept, and nothing is changed yet.")
        step = LOOK if step == APPLY else step
    what = sent.get("what", "")
    if step == CHOSEN or what not in batch.OFFERED:
        return _choose(request, found, sent)
    acts = _acts(request, found, sent.get("rows", "").split())
    if not acts:
        messages.error(request, "Choose the actions again.")
        return HttpResponseRedirect(_address(found, "several", request.GET.urlencode()))
    form = answer_form(What(what), _lists(request, found), data=sent)
    if step not in (LOOK, APPLY) or not form.is_valid():
        return _answer(request, found, What(what), acts, form)
    return _look_or_apply(request, found, sent, form.wanted(What(what)), acts, applies=step == APPLY)


# -- 1: which actions, and what of them ------------------------------------------------------------------------------


def _choose(request: Request, plan: Plan, sent: QueryDict | None) -> HttpResponse:
    listed = actions_page(web.today(request), plan).shown(
        request, rows_of(plan, for_person=request.user), state=web.state_of(plan.partnership)
    )  # fmt: skip
    rows = list(listed.matching[:MOST])
    if not rows:
        messages.error(request, "The list shows no action. Take away a filter first.")
        return HttpResponseRedirect(_address(plan, "actions", request.GET.urlencode()))
    form = Choose(sent, rows=rows, total=listed.total, narrowed=listed.is_filtered)
    if sent is not None and form.is_valid():
        what = What(form.cleaned_data["what"])
        chosen = set(form.chosen)
        acts = [each for each in rows if each.reference in chosen]
        return _answer(request, plan, what, acts, answer_form(what, _lists(request, plan)))
    context = {
        "form": form, "narrowed": listed.narrowed_by, "last": batch_undo.remembered(request.session, plan),
        "undo_url": _address(plan, "undo-several"),
    }  # fmt: skip
    return _page(request, plan, "plans/several.html", 400 if form.errors else 200, **context)


# -- 2: to what ------------------------------------------------------------------------------------------------------


def _acts(request: Request, plan: Plan, references: Sequence[str]) -> list[Action]:
    """The actions by their references, in that order; without those that are not there."""
    wanted = list(dict.fromkeys(references))[: MOST + 1]
    found = {
        each.reference: each
        for each in queries.actions_of(plan, for_person=request.user).filter(reference__in=wanted)
    }  # fmt: skip
    return [found[each] for each in wanted if each in found]


def _answer(request: Request, plan: Plan, what: What, acts: Sequence[Action], form: Any) -> HttpResponse:
    return _page(
        request, plan, "plans/several_answer.html", 400 if form.errors else 200, form=form, what=what.value,
        title=RULES[what].printed, acts=acts, references=" ".join(each.reference for each in acts),
    )  # fmt: skip


# -- 3: before and after, and doing it -------------------------------------------------------------------------------


def _hidden(sent: QueryDict) -> list[tuple[str, str]]:
    """The answer, to be carried on unseen."""
    return [(name, value) for name, values in sent.lists() if name not in _OWN for value in values]


def _looked_at(text: str) -> dict[str, int]:
    """References with the versions that were looked at: `ACT-001:3 ACT-002:1`."""
    pairs = [each.partition(":") for each in text.split()]
    return {reference: int(version) for reference, _, version in pairs if version.isdecimal() and len(version) < 10}


def _look_or_apply(
    request: Request, plan: Plan, sent: QueryDict, wanted: Wanted, acts: Sequence[Action], *, applies: bool
) -> HttpResponse:
    looked = _looked_at(sent.get("looked", ""))
    steps = [Step(each.pk, looked[each.reference], wanted) for each in acts if each.reference in looked]
    carried = {"what": wanted.what.value, "references": sent.get("rows", ""), "hidden": _hidden(sent)}
    if applies:
        try:
            return answer_once(request, lambda: _apply(request, plan, steps, wanted))
        except ChangedMeanwhile as error:
            return _conflict(request, plan, error, **carried)
        except CannotDo as error:
            messages.error(request, f"Nothing was changed. {error}")
    return _preview(
        request, plan, [batch.shown(each, wanted) for each in acts], title=RULES[wanted.what].printed,
        reason=wanted.reason, **carried,
    )  # fmt: skip


def _preview(request: Request, plan: Plan, rows: Sequence[Shown], **context: Any) -> HttpResponse:
    changed = [each for each in rows if each.would_change]
    form = context.get("form")
    return _page(
        request, plan, "plans/several_look.html", 400 if form is not None and form.errors else 200,
        changed=[(each, action_url(each.act)) for each in changed],
        refused=[each for each in rows if each.refused], same=[each for each in rows if each.same],
        looked=" ".join(f"{each.act.reference}:{each.act.version}" for each in changed),
        button=f"{'Undo for' if context.get('is_undo') else 'Change'} {count(len(changed), 'action')}", **context,
    )  # fmt: skip


def _apply(request: Request, plan: Plan, steps: Sequence[Step], wanted: Wanted) -> str:
    before = batch.change_several(by=request.user, plan=plan, steps=steps, now=request.now)
    said = f"{RULES[wanted.what].printed}: {count(len(before), 'action')}"
    batch_undo.remember(request.session, plan, before, wanted, said=said)
    messages.success(request, f"{count(len(before), 'action').capitalize()} changed. You can undo this below.")
    return _address(plan, "several-done", request.GET.urlencode())


def _conflict(request: Request, plan: Plan, error: ChangedMeanwhile, **carried: Any) -> HttpResponse:
    """Somebody was faster: who changed which of them. Looking again carries the same answer on."""
    ids = [each.pk for each in error.acts]
    latest: dict[Any, Event] = {}
    for event in Event.objects.filter(thing_id__in=ids).order_by("sequence"):
        latest[event.thing_id] = event
    changed = [
        (each, action_url(each), latest[each.pk].by_name, lapse(request.now - latest[each.pk].recorded_at))
        for each in error.acts if each.pk in latest
    ]  # fmt: skip
    return _page(request, plan, "plans/several_conflict.html", 409, changed=changed, **carried)


@member_view
def done(request: Request, partnership: Partnership, plan: str) -> HttpResponse:
    """What was changed last, and the way to take it back."""
    found = _keeper(request, partnership, plan)
    said = batch_undo.remembered(request.session, found)
    if not said:
        return HttpResponseRedirect(_address(found, "actions", request.GET.urlencode()))
    return _page(request, found, "plans/several_done.html", said=said, undo_url=_address(found, "undo-several"))


# -- undo ------------------------------------------------------------------------------------------------------------


@member_view
def undo(request: Request, partnership: Partnership, plan: str) -> HttpResponse:
    """Take the last batch back: what each action would be again, and what cannot be taken back."""
    found = _keeper(request, partnership, plan)
    if not batch_undo.remembered(request.session, found):
        messages.error(request, "There is nothing to undo. It was undone already, or you have signed in again since.")
        return HttpResponseRedirect(_address(found, "actions"))
    lists = _lists(request, found)

    def things() -> Mapping[str, Any]:
        return {str(each.pk): each for make in lists.values() for each in make()}

    asks = RULES[batch_undo.what_of(request.session)].needs_reason
    form = web.bound(request, Why) if asks else None
    answered = request.method == "POST" and (form is None or form.is_valid())
    reason = form.cleaned_data["reason"] if form is not None and answered else ""
    rows = batch_undo.undoing(request.session, found, by=request.user, things=things, reason=reason)
    if answered:
        looked = _looked_at(request.POST.get("looked", ""))
        steps = [
            Step(each.act.pk, looked.get(each.act.reference, 0), wanted)
            for each, wanted in rows if each.would_change and wanted is not None
        ]  # fmt: skip
        try:
            return answer_once(request, lambda: _undo(request, found, steps))
        except (ChangedMeanwhile, CannotDo) as error:
            messages.error(request, f"Nothing was changed. {error}")
    return _preview(
        request, found, [each for each, _ in rows], title=f"Undo ‘{batch_undo.remembered(request.session, found)}’",
        form=form, is_undo=True,
    )  # fmt: skip


def _undo(request: Request, plan: Plan, steps: Sequence[Step]) -> str:
    before = batch.change_several(by=request.user, plan=plan, steps=steps, now=request.now)
    batch_undo.forget(request.session)
    number = count(len(before), "action").capitalize()
    messages.success(request, f"{number} {'stands' if len(before) == 1 else 'stand'} as before.")
    return _address(plan, "actions")
