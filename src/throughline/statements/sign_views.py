"""Pages on which a written statement is signed, submitted and followed up."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.safestring import mark_safe

from throughline.access import check
from throughline.documents import html
from throughline.files import intake
from throughline.files.verdict import Refused
from throughline.history.door import Conflict
from throughline.methods.printed import day
from throughline.partners import web
from throughline.partners.models import Partnership
from throughline.partners.requests import Request
from throughline.partners.web import answer_once, bound, member_view, today
from throughline.statements import building, content, forms, queries, signing, states, submitting, views
from throughline.statements.models import SignOff, Statement
from throughline.statements.notices import place_of
from throughline.statements.states import StatementState
from throughline.statements.steps import CannotDo, NotAsSeen, NotReady
from throughline.statements.writing_views import answered, form_page
from throughline.ui.answers import confirm

_CHANGED = "The statement was changed a moment ago. Look at it again."


def _at(request: Request, verb: str, partnership: Partnership, inspection: str, letter: int) -> Statement:
    """The statement, for somebody who may take a step on it by role. Raises AccessDenied, DoesNotExist."""
    statement = views.found(request, partnership, inspection, letter)
    check(request.user, verb, statement)
    return statement


def _not_now(request: Request, verb: str, statement: Statement) -> HttpResponse | None:
    """Back to the statement, with the reason, when the step may not be taken from where it stands."""
    state = StatementState(statement.state)
    if states.after(verb, state) is not None:
        return None
    messages.info(request, f"This statement is ‘{states.PRINTED[state]}’. {states.INSTEAD[verb]}")
    return redirect(place_of(statement))


def _refused(request: Request, refusal: CannotDo | Conflict, where: str) -> HttpResponse:
    messages.error(request, _CHANGED if isinstance(refusal, Conflict) else str(refusal))
    return redirect(where)


@member_view
def open_for_signature(request: Request, partnership: Partnership, inspection: str, letter: int) -> HttpResponse:
    """Ask, then fix the words and ask the chief officers."""
    statement = _at(request, "open_for_signature", partnership, inspection, letter)
    if (away := _not_now(request, "open_for_signature", statement)) is not None:
        return away
    seen = content.digest_of(statement, by=request.user)
    form = forms.OpenForm(request.POST or None, initial={"version": statement.version, "seen": seen})
    if request.method == "POST" and form.is_valid():

        def go() -> str:
            signing.open_for_signature(
                by=request.user, statement=statement, expected_version=form.cleaned_data["version"],
                seen=form.cleaned_data["seen"], now=request.now,
            )  # fmt: skip
            messages.success(request, "The statement is open for signature. Those who must sign have been told.")
            return place_of(statement)

        try:
            return answer_once(request, go)
        except NotReady:
            return views.show(request, statement, status=400)
        except NotAsSeen as refusal:
            return _refused(request, refusal, place_of(statement, "open"))
        except (CannotDo, Conflict) as refusal:
            return _refused(request, refusal, place_of(statement))
    signs = queries.signs_of(statement, for_person=request.user)
    return confirm(
        request, title="Open the statement for signature?", action="Open it for signature", form=form,
        cancel_url=place_of(statement), is_destructive=False,
        sentence=f"These are asked to sign: {'; '.join(f'{each.post}, {each.body_name}' for each in signs)}.",
        consequences=(
            "Its words are fixed as they are now, whatever changes in the plan meanwhile.",
            "To change a word you open it again for drafting, and every signature is asked for anew.",
        ),
    )  # fmt: skip


@member_view
def reopen(request: Request, partnership: Partnership, inspection: str, letter: int) -> HttpResponse:
    """Ask why, then take the statement back for drafting."""
    statement = _at(request, "reopen", partnership, inspection, letter)
    if (away := _not_now(request, "reopen", statement)) is not None:
        return away
    form = bound(request, forms.ReasonForm, initial={"version": statement.version})

    def go() -> str:
        signing.reopen(
            by=request.user, statement=statement, expected_version=form.cleaned_data["version"],
            reason=form.cleaned_data["reason"], now=request.now,
        )  # fmt: skip
        messages.success(request, "The statement is open for drafting again. No signature stands.")
        return place_of(statement)

    if request.method == "POST" and form.is_valid():
        answer = answered(request, form, go, statement=statement, title="the statement")
        if answer is not None:
            return answer  # type: ignore[no-any-return]
    signed = sum(each.signed_on is not None for each in queries.signs_of(statement, for_person=request.user))
    return confirm(
        request, title="Open the statement again for drafting?", action="Open it again", form=form,
        cancel_url=place_of(statement),
        consequences=(
            "Every signature falls, and has to be given again." if signed else "Nobody has signed it yet.",
            "Those who have signed are told.",
        ) if signed else ("Nobody has signed it yet.",),
    )  # fmt: skip


def _sign_of(request: Request, statement: Statement, number: int) -> SignOff:
    found = next((each for each in queries.signs_of(statement, for_person=request.user) if each.number == number), None)
    if found is None:
        raise Http404
    return found


@member_view
def sign(request: Request, partnership: Partnership, inspection: str, letter: int, number: int) -> HttpResponse:
    """Read the whole statement, tick, and sign it for one's own body."""
    statement = views.found(request, partnership, inspection, letter)
    asked = _sign_of(request, statement, number)
    if not views.may_sign(request.user, asked, statement.state):
        raise Http404
    if asked.signed_on is not None:
        messages.info(request, f"{asked.body_name} signed on {day(asked.signed_on)}.")
        return redirect(place_of(statement))
    if (away := _not_now(request, "sign", statement)) is not None:
        return away
    form = bound(
        request, forms.SignForm, body=asked.body_name, initial={"version": asked.version, "seen": statement.version}
    )
    if request.method == "POST" and form.is_valid():

        def go() -> str:
            signing.sign(
                by=request.user, sign=asked, expected_version=form.cleaned_data["version"],
                seen=form.cleaned_data["seen"], now=request.now,
            )  # fmt: skip
            messages.success(request, f"You have signed the statement for {asked.body_name}.")
            return place_of(statement)

        try:
            return answer_once(request, go)
        except (CannotDo, Conflict) as refusal:
            return _refused(request, refusal, place_of(statement))
    document = building.document_of(statement, by=request.user, on=today(request))
    return render(
        request, "statements/sign.html", status=400 if form.is_bound and form.errors else 200,
        context={"statement": statement, "sign": asked, "form": form, "url": place_of(statement), "document": document,
                 "body": mark_safe(html.fragment(document))},  # noqa: S308 - every text of a document is escaped there
    )  # fmt: skip


@member_view
def on_paper(request: Request, partnership: Partnership, inspection: str, letter: int, number: int) -> HttpResponse:
    """Record a signature that was given on paper."""
    statement = views.found(request, partnership, inspection, letter)
    asked = _sign_of(request, statement, number)
    check(request.user, "record_signature", asked)
    if (away := _not_now(request, "record_signature", statement)) is not None:
        return away
    form = bound(request, forms.PaperForm, initial={"version": asked.version, "signed_on": today(request)})

    def go() -> str:
        data = form.cleaned_data
        signing.record_signature(
            by=request.user, sign=asked, expected_version=data["version"], signed_on=data["signed_on"],
            name=data["name"], note=data["note"], now=request.now,
        )  # fmt: skip
        messages.success(request, f"The signature of {asked.body_name} is recorded.")
        return place_of(statement)

    if request.method == "POST" and form.is_valid():
        answer = answered(request, form, go, statement=statement, title=asked.body_name)
        if answer is not None:
            return answer  # type: ignore[no-any-return]
    return form_page(
        request, statement, form, title=f"Record the signature of {asked.body_name}", button="Record this signature",
        intro=f"The {asked.post} has signed the statement on paper, with the words that are open for signature now. "
        "The record says that you recorded it.",
    )  # fmt: skip


@member_view
def submit(request: Request, partnership: Partnership, inspection: str, letter: int) -> HttpResponse:
    """Ask, then freeze the statement as it goes to the inspectors."""
    statement = _at(request, "submit", partnership, inspection, letter)
    if (away := _not_now(request, "submit", statement)) is not None:
        return away
    form = bound(request, forms.SubmitForm, initial={"version": statement.version, "on": today(request)})

    def go() -> str:
        data = form.cleaned_data
        submitting.submit(
            by=request.user, statement=statement, expected_version=data["version"], on=data["on"], to=data["to"],
            now=request.now,
        )  # fmt: skip
        messages.success(request, "The statement is submitted and frozen. Its files are being printed.")
        return place_of(statement)

    if request.method == "POST" and form.is_valid():
        answer = answered(request, form, go, statement=statement, title="the statement")
        if answer is not None:
            return answer  # type: ignore[no-any-return]
    due = statement.letter.statement_due
    sentence = "Every chief officer who must sign has signed."
    if due is not None:
        is_late = today(request) > due
        sentence += f" It {'was' if is_late else 'is'} due on {day(due, weekday=True)}."
    return confirm(
        request, title="Submit the statement?", action="Submit and freeze it", form=form,
        cancel_url=place_of(statement), is_destructive=False, sentence=sentence,
        consequences=(
            "Nothing in it can be changed any more.",
            "Word, PDF and web page are printed, to be sent to the inspectors. Throughline sends nothing to them.",
        ),
    )  # fmt: skip


@member_view
def receipt(request: Request, partnership: Partnership, inspection: str, letter: int) -> HttpResponse:
    """File the inspectors' receipt."""
    statement = _at(request, "file_receipt", partnership, inspection, letter)
    if (away := _not_now(request, "file_receipt", statement)) is not None:
        return away
    form = bound(request, forms.ReceiptForm, initial={"version": statement.version, "on": today(request)})
    if request.method == "POST" and form.is_valid():
        try:
            received = intake.receive(form.cleaned_data["receipt"])
        except Refused as refused:
            form.add_error("receipt", refused.sentence)
        else:
            upload = submitting.Upload(received.blob, received.verdict, received.name)

            def go() -> str:
                data = form.cleaned_data
                submitting.file_receipt(
                    by=request.user, statement=statement, expected_version=data["version"], upload=upload,
                    on=data["on"], reference=data["reference"], note=data["note"], now=request.now,
                )  # fmt: skip
                messages.success(request, "The receipt is filed.")
                return place_of(statement)

            try:
                return answer_once(request, go)
            except CannotDo as refusal:
                form.add_error("on", str(refusal))
            except Conflict as error:
                return web.conflict(
                    request, error, form=form, title="the statement", theirs_url=place_of(statement)
                )  # fmt: skip
    return form_page(
        request, statement, form, title="File the receipt", button="File it", upload=True,
        intro="What the inspectorate sent back to say that the statement came in. It is not an approval: inspectors do "
        "not approve a written statement.",
    )  # fmt: skip


@member_view
def follow_up(request: Request, partnership: Partnership, inspection: str, letter: int) -> HttpResponse:
    """Record feedback, or a later inspection that tested the statement."""
    statement = _at(request, "add_follow_up", partnership, inspection, letter)
    if (away := _not_now(request, "add_follow_up", statement)) is not None:
        return away
    form = bound(request, forms.FollowUpForm, regime=statement.regime, initial={"on": today(request)})

    def go() -> str:
        data = form.cleaned_data
        made = submitting.add_follow_up(
            by=request.user, statement=statement, kind=data["kind"], on=data["on"], text=data["text"], now=request.now
        )
        messages.success(request, f"Recorded: {made.kind.lower()}, {day(made.on)}.")
        return place_of(statement)

    if request.method == "POST" and form.is_valid():
        answer = answered(request, form, go, statement=statement, title="what followed")
        if answer is not None:
            return answer  # type: ignore[no-any-return]
    return form_page(request, statement, form, title="Record what followed", button="Record it")
