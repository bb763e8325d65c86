"""Pages on which a written statement is drafted: begun, worded, its findings answered, its signatories named."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.forms import BaseForm
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from throughline.access import Scope, check, check_new
from throughline.history.door import Conflict
from throughline.inspections import queries as inspections
from throughline.inspections.offers import finding_url, inspection_url
from throughline.methods.printed import count
from throughline.partners import web
from throughline.partners.models import Partnership
from throughline.partners.queries import bodies_of
from throughline.partners.requests import Request
from throughline.partners.web import answer_once, bound, member_view, today
from throughline.plans.offers import action_url
from throughline.plans.queries import plans_of
from throughline.statements import actions, forms, permissions, queries, views
from throughline.statements.models import Statement
from throughline.statements.notices import place_of
from throughline.statements.states import StatementState
from throughline.statements.steps import CannotDo, Overtaken
from throughline.statements.words import MEANINGS
from throughline.ui import page
from throughline.ui.answers import confirm

DRAFTING_ONLY = "The words are fixed while the statement is open for signature. Open it again for drafting first."


def writable(request: Request, partnership: Partnership, inspection: str, letter: int) -> Statement:
    """The statement, for somebody who may write it. Raises AccessDenied, DoesNotExist."""
    statement = views.found(request, partnership, inspection, letter)
    check(request.user, "write", statement)
    return statement


def elsewhere(request: Request, statement: Statement) -> HttpResponse | None:
    """Back to the statement, with the reason, when it is not being drafted now."""
    if statement.state == StatementState.DRAFTING:
        return None
    messages.info(request, DRAFTING_ONLY if not statement.is_frozen else "A submitted statement stays as it is.")
    return redirect(place_of(statement))


def form_page(
    request: Request, statement: Statement, form: BaseForm, *, title: str, button: str, intro: str = "",
    upload: bool = False, back: str = "",
) -> HttpResponse:  # fmt: skip
    """A page with one form about a statement."""
    return render(
        request, "statements/form.html", status=400 if form.is_bound and form.errors else 200,
        context={"statement": statement, "form": form, "title": title, "button": button, "intro": intro,
                 "upload": upload, "back": back or place_of(statement), "url": place_of(statement)},
    )  # fmt: skip


def answered(request: Request, form: BaseForm, act: Callable[[], str], *, statement: Statement, title: str) -> Any:
    """Do it once and go on; None when the form has to be shown again, with what is wrong in it."""
    try:
        return answer_once(request, act)
    except CannotDo as refusal:
        form.add_error(None, str(refusal))
    except Conflict as error:
        return web.conflict(request, error, form=form, title=title, theirs_url=place_of(statement))
    return None


@member_view
def begin(request: Request, partnership: Partnership, inspection: str, letter: int) -> HttpResponse:
    """Begin the answer to a letter: ask, and say what it begins with."""
    which = inspections.letter_of(
        inspections.inspection_of(partnership, inspection, for_person=request.user), letter, for_person=request.user
    )
    scope = Scope(frozenset({partnership.pk}), stage=StatementState.DRAFTING)
    check_new(request.user, "create", permissions.STATEMENT, scope)
    page.describe(request, section="inspections")
    plans = list(plans_of(partnership, for_person=request.user).select_related("partnership"))
    back = inspection_url(which.inspection)
    if not plans:
        messages.info(request, "The statement’s actions come from the plan. Begin the improvement plan first.")
        return redirect(back)
    form = bound(request, forms.BeginForm, plans=plans)
    if request.method == "POST" and form.is_valid():

        def start() -> str:
            made = actions.begin(by=request.user, letter=which, plan=form.plan_chosen, now=request.now)
            messages.success(request, "The statement is begun. Answer each finding first.")
            return place_of(made)

        try:
            return answer_once(request, start)
        except CannotDo as refusal:
            messages.info(request, str(refusal))
            return redirect(back)
    regime = which.inspection.regime
    return confirm(
        request, title=f"Begin the {regime.response.lower()}?", action="Begin", cancel_url=back, form=form,
        is_destructive=False,
        sentence="It answers every finding of the inspection that needs an action, with the actions of the plan.",
        consequences=(
            "Only those who keep the plan see it, and the chief officers who are to sign it.",
            "Bodies that the letter was sent to, and those that have a chief officer here, are asked to sign. You can "
            "change that list.",
        ),
    )  # fmt: skip


@member_view
def write(request: Request, partnership: Partnership, inspection: str, letter: int) -> HttpResponse:
    """The introduction, and how the actions will be overseen."""
    statement = writable(request, partnership, inspection, letter)
    if (away := elsewhere(request, statement)) is not None:
        return away
    begins = {name: getattr(statement, name) for name in ("introduction", "oversight", "prints_names", "version")}
    form = bound(request, forms.WordsForm, initial=begins)
    title = "Introduction and oversight"

    def save() -> str:
        data = form.cleaned_data
        actions.change_words(
            by=request.user, statement=statement, expected_version=data["version"], introduction=data["introduction"],
            oversight=data["oversight"], prints_names=data["prints_names"], now=request.now,
        )  # fmt: skip
        messages.success(request, "The words are saved.")
        return place_of(statement)

    if request.method == "POST" and form.is_valid():
        answer = answered(request, form, save, statement=statement, title="the statement’s words")
        if answer is not None:
            return answer  # type: ignore[no-any-return]
    return form_page(request, statement, form, title=title, button="Save")


@member_view
def respond(request: Request, partnership: Partnership, inspection: str, letter: int) -> HttpResponse:
    """Every finding with its answer, on one page."""
    statement = writable(request, partnership, inspection, letter)
    if (away := elsewhere(request, statement)) is not None:
        return away
    findings = queries.findings_of(statement, for_person=request.user)
    form = bound(request, forms.ResponsesForm, findings=findings, regime=statement.regime)

    def save() -> str:
        changed = actions.respond(by=request.user, statement=statement, answers=form.said, now=request.now)
        messages.success(request, f"{count(changed, 'response')} saved.".capitalize())
        return place_of(statement, "respond")

    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            return answer_once(request, save)
        except Overtaken as clash:
            form.take_theirs_into_account(clash.responses)
            status = 409
        except CannotDo as refusal:
            form.add_error(None, str(refusal))
    if form.is_bound and form.errors and status == 200:
        status = 400
    return render(
        request, "statements/respond.html", status=status,
        context={
            "statement": statement, "form": form, "url": place_of(statement), "rest_url": place_of(statement, "rest"),
            "rows": [
                {"each": each, "answer": answer, "text": text, "version": version,
                 "anchor": each.finding.reference.lower(), "url": finding_url(each.finding),
                 "actions": [(act, action_url(act)) for act in each.actions]}
                for each, answer, text, version in form.rows
            ],
            "without": sum(not each.answer for each in findings), "first": statement.regime.answers[0],
            "meanings": [(word, MEANINGS[word]) for word in statement.regime.answers if word in MEANINGS],
        },
    )  # fmt: skip


@member_view
def respond_to_rest(request: Request, partnership: Partnership, inspection: str, letter: int) -> HttpResponse:
    """Take every finding that has no answer yet as it stands."""
    statement = writable(request, partnership, inspection, letter)
    if (away := elsewhere(request, statement)) is not None:
        return away
    back, first = place_of(statement, "respond"), statement.regime.answers[0]
    without = [each for each in queries.findings_of(statement, for_person=request.user) if not each.answer]
    if request.method == "POST":

        def accept() -> str:
            changed = actions.respond_to_rest(by=request.user, statement=statement, answer=first, now=request.now)
            messages.success(request, f"‘{first}’ is the answer to {count(changed, 'finding')} more.")
            return back

        try:
            return answer_once(request, accept)
        except CannotDo as refusal:
            messages.error(request, str(refusal))
            return redirect(back)
    if not without:
        messages.info(request, "Every finding has its answer.")
        return redirect(back)
    return confirm(
        request, title=f"Answer ‘{first}’ to {count(len(without), 'finding')}?", action=f"Answer ‘{first}’",
        cancel_url=back, is_destructive=False,
        sentence=f"Those that have no answer yet: {', '.join(each.finding.reference for each in without)}.",
        consequences=("Answers that are there already stay as they are.", "You can change each one afterwards."),
    )  # fmt: skip


@member_view
def add_signatory(request: Request, partnership: Partnership, inspection: str, letter: int) -> HttpResponse:
    """Name a body whose chief officer must sign."""
    statement = writable(request, partnership, inspection, letter)
    if (away := elsewhere(request, statement)) is not None:
        return away
    asked = queries.signs_of(statement, for_person=request.user)
    taken = {each.agency_id or each.group_id for each in asked}
    bodies = [
        each for each in bodies_of(partnership, for_person=request.user, on=today(request)) if each.pk not in taken
    ]
    form = bound(request, forms.SignatoryForm, bodies=bodies, initial={"post": "Chief officer"})

    def add() -> str:
        made = actions.ask_to_sign(
            by=request.user, statement=statement, body=form.body_chosen, post=form.cleaned_data["post"],
            now=request.now,
        )  # fmt: skip
        messages.success(request, f"{made.body_name} is asked to sign.")
        return place_of(statement)

    if request.method == "POST" and form.is_valid():
        answer = answered(request, form, add, statement=statement, title="those who sign")
        if answer is not None:
            return answer  # type: ignore[no-any-return]
    return form_page(request, statement, form, title="Add a body that must sign", button="Add")


@member_view
def take_off(request: Request, partnership: Partnership, inspection: str, letter: int, number: int) -> HttpResponse:
    """Take a body off the list of those who must sign."""
    statement = writable(request, partnership, inspection, letter)
    if (away := elsewhere(request, statement)) is not None:
        return away
    sign = next((each for each in queries.signs_of(statement, for_person=request.user) if each.number == number), None)
    if sign is None:
        raise Http404
    form = bound(request, forms.ReasonForm, initial={"version": sign.version})

    def take() -> str:
        actions.take_off(
            by=request.user, sign=sign, expected_version=form.cleaned_data["version"],
            reason=form.cleaned_data["reason"], now=request.now,
        )  # fmt: skip
        messages.success(request, f"{sign.body_name} need not sign.")
        return place_of(statement)

    if request.method == "POST" and form.is_valid():
        answer = answered(request, form, take, statement=statement, title=sign.body_name)
        if answer is not None:
            return answer  # type: ignore[no-any-return]
    return confirm(
        request, title=f"Take {sign.body_name} off the list?", action="Take it off", cancel_url=place_of(statement),
        form=form, consequences=("Its chief officer is not asked to sign, and no longer reads the draft.",),
    )  # fmt: skip
