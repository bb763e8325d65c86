"""What every page that changes something of an action does alike: find it, show a form, save once, settle conflicts."""

from collections.abc import Callable, Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render

from throughline.access import check
from throughline.history.door import Conflict
from throughline.inspections.views import say_audience
from throughline.partners import web
from throughline.partners.models import Agency, Group, Partnership
from throughline.partners.queries import bodies_of
from throughline.partners.requests import Request
from throughline.plans import queries
from throughline.plans.actions import CannotDo
from throughline.plans.models import Action, Plan
from throughline.plans.offers import action_url, plan_url
from throughline.ui import answers


def found(request: Request, partnership: Partnership, plan: str, reference: str, *, verb: str = "") -> Action:
    """The action of an address, if this person may see it, and may do `verb` to it. Says who may see the page."""
    within = queries.plan_of(partnership, plan, for_person=request.user)
    act = queries.action_of(within, reference, for_person=request.user)
    if verb:
        check(request.user, verb, act)
    say_audience(request, partnership)
    return act


def bodies(request: Request, partnership: Partnership) -> list[Agency | Group]:
    """The agencies and groups that may be chosen today."""
    return bodies_of(partnership, for_person=request.user, on=web.today(request))


def edit(
    request: Request, act: Action, form: Any, save: Callable[[], str], *, title: str, button: str,
    field: str | None = None, lead: str = "", about: str = "",
) -> HttpResponse:  # fmt: skip
    """A form about an action: saved once, or shown with what is wrong, or settled with who was first.

    field: which one a broken rule belongs to; lead: a sentence above the form; about: what both changed, if not the
    action itself.
    """
    back = action_url(act)
    context = {"back": back, "back_words": act.reference, "caption": f"{act.reference} {act.title}", "lead": lead}
    return form_page(
        request, act.plan, form, save, title=title, button=button, field=field, about=about or act.reference, **context
    )


def form_page(
    request: Request, plan: Plan, form: Any, save: Callable[[], str], *, title: str, button: str, about: str,
    field: str | None = None, **context: Any,
) -> HttpResponse:  # fmt: skip
    """A form about anything of a plan. `context` is what its page shows beside it."""
    back = context.setdefault("back", plan_url(plan))
    context.setdefault("back_words", plan.title)
    if request.method == "POST" and form.is_valid():
        try:
            return web.answer_once(request, save)
        except CannotDo as error:
            form.add_error(field if field in form.fields else None, str(error))
        except Conflict as error:
            _name_bodies(error, form)
            return web.conflict(request, error, form=form, title=about, theirs_url=back)
    given = {"partnership": plan.partnership, "form": form, "title": title, "button": button, **context}
    return render(request, "plans/form.html", given, status=400 if form.errors else 200)


def _name_bodies(error: Conflict, form: Any) -> None:
    """Have the page that settles two people's words call the body that was chosen by its name."""
    if "lead" in form.fields:
        error.mine["lead"] = form.lead_agency or form.lead_group
    if "owner" in form.fields and error.theirs.owner is not None and form.chosen is not None:  # type: ignore[attr-defined]
        error.mine["owner"] = form.chosen


def ask(
    request: Request, act: Action, form: Any, save: Callable[[], str], *, title: str, action: str,
    consequences: Sequence[str], sentence: str = "", about: str = "", is_destructive: bool = True,
) -> HttpResponse:  # fmt: skip
    """Ask for a reason before a step of an action, then take it once."""
    back = action_url(act)
    if request.method == "POST" and (form is None or form.is_valid()):
        try:
            return web.answer_once(request, save)
        except CannotDo as error:
            if form is None:
                messages.error(request, str(error))
            else:
                form.add_error(None, str(error))
        except Conflict as error:
            if form is not None:
                return web.conflict(request, error, form=form, title=about or act.reference, theirs_url=back)
            messages.error(request, "Somebody changed it a moment ago. Look at it again.")
    return answers.confirm(
        request, title=title, action=action, cancel_url=back, form=form, sentence=sentence, consequences=consequences,
        is_destructive=is_destructive,
    )  # fmt: skip
