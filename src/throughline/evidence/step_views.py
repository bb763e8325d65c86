"""Pages of the steps that need a reason or a capacity: seeing evidence, restricting, ending it, taking a file away."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect

from throughline.access import check
from throughline.evidence import actions, forms, links, permissions, queries, sighting, taking_away
from throughline.evidence.addresses import evidence_url, list_url
from throughline.evidence.models import Evidence
from throughline.evidence.views import form_page, say_who
from throughline.history.door import Conflict
from throughline.methods.printed import day
from throughline.partners import web
from throughline.partners.models import Partnership
from throughline.partners.requests import Request
from throughline.partners.web import answer_once, bound, member_view
from throughline.ui import answers


def _found(request: Request, partnership: Partnership, reference: str, verb: str) -> Evidence:
    found = queries.one(partnership, reference, for_person=request.user)
    check(request.user, verb, found, web.today(request))
    say_who(request, found)
    return found


@member_view
def see(request: Request, partnership: Partnership, evidence: str) -> HttpResponse:
    """Say that evidence was seen, in which capacity, and whether it satisfied one."""
    found = _found(request, partnership, evidence, "see")
    on = web.today(request)
    held = sighting.capacities(request.user, found, on)
    if not held:
        messages.error(request, f"You act for {found.body}, which holds this evidence. Somebody else has to see it.")
        return redirect(evidence_url(found))
    form = bound(request, forms.SeeForm, capacities=held, today=on, initial={"on": on})

    def save() -> str:
        data = form.cleaned_data
        sighting.see(
            by=request.user, evidence=found, on=data["on"], capacity=data["capacity"],
            satisfied=data["satisfied"] == "yes", satisfied_that=data["satisfied_that"], now=request.now,
        )  # fmt: skip
        messages.success(request, f"That you have seen {found.reference} is recorded.")
        return evidence_url(found)

    return form_page(
        request, form, save, partnership=partnership, title="You have seen this evidence", button="Record this",
        back=evidence_url(found), back_words=found.reference, caption=str(found),
    )  # fmt: skip


def _ask(
    request: Request, form: Any, save: Callable[[], str], *, back: str, title: str, action: str, about: str,
    consequences: list[str], sentence: str = "", is_destructive: bool = True,
) -> HttpResponse:  # fmt: skip
    """Ask for a reason before a step, then take it once."""
    if request.method == "POST" and form.is_valid():
        try:
            return answer_once(request, save)
        except actions.CannotDo as error:
            form.add_error(None, str(error))
        except Conflict as error:
            return web.conflict(request, error, form=form, title=about, theirs_url=back)
    return answers.confirm(
        request, title=title, action=action, cancel_url=back, form=form, sentence=sentence, consequences=consequences,
        is_destructive=is_destructive,
    )  # fmt: skip


def _step(
    request: Request, found: Evidence, form: Any, verb: Callable[..., Any], done: str, to: str
) -> Callable[[], str]:
    def save() -> str:
        data = dict(form.cleaned_data)
        verb(by=request.user, evidence=found, expected_version=data.pop("version"), now=request.now, **data)
        messages.success(request, done)
        return to

    return save


@member_view
def restrict(request: Request, partnership: Partnership, evidence: str) -> HttpResponse:
    """Restrict evidence, or open what is restricted."""
    found = _found(request, partnership, evidence, "change")
    form = bound(request, forms.ReasonForm, initial={"version": found.version})
    back = evidence_url(found)
    if found.sensitivity == permissions.RESTRICTED:
        save = _step(request, found, form, actions.unrestrict, f"{found.reference} is open again.", back)
        return _ask(
            request, form, save, back=back, title=f"Open {found.reference} to the members?", action="Open it",
            about=found.reference, sentence=found.title, is_destructive=False,
            consequences=["Every member can see it and fetch what is shared of it, once it is offered."],
        )  # fmt: skip
    to = (
        back
        if found.body.pk in {each.body for each in request.user.grants_on(web.today(request))}
        else list_url(partnership)
    )
    save = _step(request, found, form, actions.restrict, f"{found.reference} is restricted.", to)
    return _ask(
        request, form, save, back=back, title=f"Restrict {found.reference}?", action="Restrict it",
        about=found.reference, sentence=found.title,
        consequences=[
            f"Only {found.body} and the independent scrutineer can see it and fetch what is shared of it.",
            f"Only {found.body} can open it again.",
        ],
    )  # fmt: skip


@member_view
def expire(request: Request, partnership: Partnership, evidence: str) -> HttpResponse:
    """Say from when on evidence shows nothing any more."""
    found = _found(request, partnership, evidence, "change")
    form = bound(
        request, forms.ExpireForm, initial={"version": found.version, "expires": found.expires or web.today(request)}
    )
    save = _step(request, found, form, actions.expire, "The last day on which it counts is saved.", evidence_url(found))
    return form_page(
        request, form, save, partnership=partnership, title="When does it stop counting?", button="Save",
        back=evidence_url(found), back_words=found.reference, caption=str(found), field="expires",
    )  # fmt: skip


@member_view
def withdraw(request: Request, partnership: Partnership, evidence: str) -> HttpResponse:
    """Say that evidence does not count after all."""
    found = _found(request, partnership, evidence, "change")
    form = bound(request, forms.ReasonForm, initial={"version": found.version})
    save = _step(request, found, form, actions.withdraw, f"{found.reference} is withdrawn.", list_url(partnership))
    return _ask(
        request, form, save, back=evidence_url(found), title=f"Withdraw {found.reference}?", action="Withdraw it",
        about=found.reference, sentence=found.title,
        consequences=[
            "It leaves every list, and nothing can be shown by it any more.",
            "A file that was shared stays in the store. Take it away first if nobody should ever have had it.",
        ],
    )  # fmt: skip


@member_view
def take_away(request: Request, partnership: Partnership, evidence: str, number: int) -> HttpResponse:
    """Take a file or link away that should not have been shared."""
    found = _found(request, partnership, evidence, "change")
    revision = queries.revision_of(found, number, for_person=request.user)
    form = bound(request, forms.ReasonForm, initial={"version": revision.version})
    back = evidence_url(found)

    def save() -> str:
        taking_away.take_away(
            by=request.user, revision=revision, expected_version=form.cleaned_data["version"],
            reason=form.cleaned_data["reason"], now=request.now,
        )  # fmt: skip
        messages.success(request, "It is taken away.")
        return back

    what = revision.file.name if revision.file else revision.link
    consequences = (
        ["Nobody can fetch it any more, and its content is deleted from this server."] if revision.file else []
    )
    return _ask(
        request, form, save, back=back, title="Take it away?", action="Take it away", about=found.reference,
        sentence=what,
        consequences=[*consequences, "That it was shared, by whom and when, stays on record, with your reason."]
        + (["Copies in backups stay until those backups are deleted."] if revision.file else []),
    )  # fmt: skip


@member_view
def unlink(request: Request, partnership: Partnership, evidence: str, link: UUID) -> HttpResponse:
    """Say that evidence does not belong to a thing after all."""
    found = _found(request, partnership, evidence, "change")
    held = queries.link_of(found, link, for_person=request.user)
    back = evidence_url(found)
    if request.method == "POST":

        def save() -> str:
            actions.unlink(by=request.user, link=held, expected_version=held.version, now=request.now)
            messages.success(request, "It does not belong to that any more.")
            return back

        return answer_once(request, save)
    leads = _leads_to(request, held)
    if not leads:
        raise Http404
    return answers.confirm(
        request, title=f"Does {found.reference} not belong to it?", action="Take the link away", cancel_url=back,
        sentence=leads, consequences=["The evidence itself stays. You can link it again."],
    )  # fmt: skip


def _leads_to(request: Request, link: Any) -> str:
    """What a link leads to, as far as the person may see it."""
    found = links.things_of([link], for_person=request.user)
    return found[link.pk].title if link.pk in found else ""


@member_view
def take_back(request: Request, partnership: Partnership, evidence: str, sighting_: UUID) -> HttpResponse:
    """Take back what one said of evidence."""
    found = _found(request, partnership, evidence, "see")
    said = queries.sighting_of(found, sighting_, for_person=request.user)
    if said.by_id != request.user.pk:
        raise Http404
    form = bound(request, forms.ReasonForm, initial={"version": said.version})
    back = evidence_url(found)

    def save() -> str:
        sighting.take_back(
            by=request.user, sighting=said, expected_version=form.cleaned_data["version"],
            reason=form.cleaned_data["reason"], now=request.now,
        )  # fmt: skip
        messages.success(request, "It is taken back.")
        return back

    return _ask(
        request, form, save, back=back, title="Take back what you said?", action="Take it back",
        about=found.reference, sentence=f"{day(said.on)}: {said.satisfied_that}",
        consequences=["It no longer counts as seen by you. That you said it stays on record."],
    )  # fmt: skip
