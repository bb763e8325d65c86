"""Pages of evidence: the list, one piece, registering it, sharing a file of it, and what it belongs to."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from throughline.access import Scope, allows, allows_new, check
from throughline.access.roles import MEMBERS
from throughline.evidence import actions, forms, links, lists, permissions, queries, sighting, stories_of
from throughline.evidence.addresses import FOR, evidence_url, file_url, list_url
from throughline.evidence.models import Evidence
from throughline.evidence.strength import STRENGTHS, Strength
from throughline.files import serving
from throughline.history.door import Conflict
from throughline.partners import web
from throughline.partners.models import Agency, Group, Partnership
from throughline.partners.queries import bodies_of
from throughline.partners.requests import Request
from throughline.partners.web import answer_once, bound, member_view
from throughline.ui import page
from throughline.ui.parts import Row


def say_who(request: Request, evidence: Evidence) -> None:
    """Have the page say who may see this piece of evidence."""
    body = str(evidence.body)
    if evidence.stage == permissions.DRAFT:
        page.describe(request, audience=f"{body} only, until what it belongs to is submitted")
    elif evidence.sensitivity == permissions.RESTRICTED:
        page.describe(request, audience=f"{body} and the independent scrutineer")
    else:
        page.describe(request, audience=f"members of {evidence.partnership.name}, without its board readers")


def _member(request: Request, partnership: Partnership) -> None:
    if not web.role_names(request.user, partnership.pk, web.today(request)) & set(MEMBERS):
        raise Http404
    page.describe(
        request, audience=f"members of {partnership.name}, without its board readers; drafts and restricted "
        "evidence only those whom they are open to",
    )  # fmt: skip


def own_bodies(request: Request, partnership: Partnership) -> list[Agency | Group]:
    """The bodies for which this person may register evidence."""
    on = web.today(request)

    def may(body: Agency | Group) -> bool:
        scope = Scope(frozenset({partnership.pk}), frozenset({body.pk}), stage=permissions.OFFERED)
        return allows_new(request.user, "create", permissions.EVIDENCE, scope, on)

    return [each for each in bodies_of(partnership, for_person=request.user, on=on) if may(each)]


@member_view
def evidence_list(request: Request, partnership: Partnership) -> HttpResponseBase:
    """The evidence that the person may see."""
    _member(request, partnership)
    rows = queries.evidence_of(partnership, for_person=request.user)
    add = reverse("evidence:add", args=[partnership.slug]) if own_bodies(request, partnership) else ""
    return lists.evidence(web.today(request)).respond(
        request, rows, template="evidence/list.html", context={"partnership": partnership, "add_url": add}
    )


def _found(request: Request, partnership: Partnership, reference: str, verb: str = "") -> Evidence:
    found = queries.one(partnership, reference, for_person=request.user)
    if verb:
        check(request.user, verb, found, web.today(request))
    say_who(request, found)
    return found


@member_view
def evidence(request: Request, partnership: Partnership, evidence: str) -> HttpResponse:
    """One piece of evidence: what and where it is, what was shared, what it belongs to, and who has seen it."""
    found: Any = _found(request, partnership, evidence)
    on = web.today(request)
    belongs = links.things_of(found.shown_links, for_person=request.user)
    may_see = bool(allows(request.user, "see", found, on) and sighting.capacities(request.user, found, on))
    context = {
        "partnership": partnership, "evidence": found, "list_url": list_url(partnership), "rows": _rows(found),
        "marks": lists.marks_of(found, on), "may_change": allows(request.user, "change", found, on),
        "may_see": may_see, "history": stories_of.happenings(found, request),
        "urls": {name: evidence_url(found, name) for name in _STEPS},
        "restricted": found.sensitivity == permissions.RESTRICTED,
        "belongs": [(link, belongs[link.pk]) for link in found.shown_links if link.pk in belongs],
        "revisions": [(each, _of(found, each)) for each in found.shown_revisions], "me": request.user.pk,
    }  # fmt: skip
    return render(request, "evidence/evidence.html", context)


_STEPS = ("change", "share", "links", "see", "restrict", "expire", "withdraw")


def _of(evidence: Evidence, revision: Any) -> dict[str, str]:
    revision.evidence = evidence
    return {"file": file_url(revision) if revision.file_id else "", "take_away": file_url(revision, "take-away")}


def _rows(found: Evidence) -> list[Row]:
    strength = STRENGTHS[Strength(found.strength)]
    rows = [
        Row("Whose evidence", found.body.name), Row("What it can show", f"{strength.printed}: {strength.means}"),
        Row("Held where", found.held_where or "Nowhere named: see the file or link"),
    ]  # fmt: skip
    rows += [Row("Of", found.dated)] if found.dated else []
    return [*rows, Row("Counts until", found.expires)] if found.expires else rows


def form_page(
    request: Request, form: Any, save: Callable[[], str], *, partnership: Partnership, title: str, button: str,
    back: str, back_words: str, caption: str = "", lead: str = "", field: str | None = None, upload: bool = False,
) -> HttpResponse:  # fmt: skip
    """A form of this room: saved once, or shown with what is wrong, or settled with who was first.

    A file passes the gate first: `save` runs when the form is valid and nothing was refused.
    """
    if request.method == "POST" and form.is_valid() and (not upload or _passes(form)):
        try:
            return answer_once(request, save)
        except actions.CannotDo as error:
            form.add_error(field if field in form.fields else None, str(error))
        except Conflict as error:
            return web.conflict(request, error, form=form, title=back_words, theirs_url=back)
    context = {
        "partnership": partnership, "form": form, "title": title, "button": button, "back": back, "lead": lead,
        "back_words": back_words, "caption": caption, "upload": upload, "list_url": list_url(partnership),
    }  # fmt: skip
    return render(request, "evidence/form.html", context, status=400 if form.errors else 200)


def _passes(form: Any) -> bool:
    form.admitted = form.received()
    return not form.errors


@member_view
def add(request: Request, partnership: Partnership) -> HttpResponse:
    """Register evidence. `?for=plans.action:<id>` says what it is to belong to."""
    bodies = own_bodies(request, partnership)
    if not bodies:
        raise Http404
    _member(request, partnership)
    begins = {"thing": request.GET.get(FOR, "")}
    form = bound(
        request, forms.HoldForm, on=web.today(request), bodies=bodies, initial=begins,
        things=links.choices(partnership, for_person=request.user),
    )  # fmt: skip

    def save() -> str:
        token = form.cleaned_data.get("thing")
        things = [links.find(token, partnership=partnership, for_person=request.user)] if token else []
        made = actions.hold(
            by=request.user, partnership=partnership, things=things, file=form.admitted, now=request.now,  # type: ignore[attr-defined]
            **form.held,
        )  # fmt: skip
        messages.success(request, f"{made.reference} is registered.")
        seen = queries.evidence_of(partnership, for_person=request.user).filter(pk=made.pk).exists()
        return evidence_url(made) if seen else list_url(partnership)

    back, words = list_url(partnership), "Evidence"
    try:
        thing = links.find(begins["thing"], partnership=partnership, for_person=request.user)
        kind = links.kind_of(thing)
        back, words = kind.url(thing), kind.title(thing)
    except links.NoSuchThing:
        pass
    return form_page(
        request, form, save, partnership=partnership, title="Register evidence", button="Register this evidence",
        back=back, back_words=words, upload=True,
        lead="By default the agency or group keeps its evidence and says where, so that somebody may come and see it. "
        "Add the file or a link where it can be shared.",
    )  # fmt: skip


@member_view
def change(request: Request, partnership: Partnership, evidence: str) -> HttpResponse:
    """Put evidence in other words."""
    found = _found(request, partnership, evidence, "change")
    form = bound(request, forms.ChangeForm, on=web.today(request), initial=forms.ChangeForm.begins(found))

    def save() -> str:
        actions.change(
            by=request.user, evidence=found, expected_version=form.cleaned_data["version"], now=request.now,
            **form.words,
        )  # fmt: skip
        messages.success(request, f"{found.reference} is saved.")
        return evidence_url(found)

    return form_page(
        request, form, save, partnership=partnership, title="Change this evidence", button="Save",
        back=evidence_url(found), back_words=found.reference, caption=str(found), field="held_where",
    )  # fmt: skip


@member_view
def share(request: Request, partnership: Partnership, evidence: str) -> HttpResponse:
    """Share a file or a link."""
    found = _found(request, partnership, evidence, "change")
    form = bound(request, forms.ShareForm)

    def save() -> str:
        actions.add_revision(
            by=request.user, evidence=found, file=form.admitted, link=form.cleaned_data["link"],  # type: ignore[attr-defined]
            note=form.cleaned_data["note"], now=request.now,
        )  # fmt: skip
        messages.success(request, f"It is shared with {found.reference}.")
        return evidence_url(found)

    return form_page(
        request, form, save, partnership=partnership, title="Share a file or a link", button="Share it",
        back=evidence_url(found), back_words=found.reference, caption=str(found), upload=True,
        lead="Whoever may see this evidence can fetch it. What was shared before stays beside it.",
    )  # fmt: skip


@member_view
def belongs(request: Request, partnership: Partnership, evidence: str) -> HttpResponse:
    """Say what else a piece of evidence belongs to."""
    found = _found(request, partnership, evidence, "change")
    form = bound(request, forms.LinkForm, things=links.choices(partnership, for_person=request.user))

    def save() -> str:
        try:
            thing = links.find(form.cleaned_data["thing"], partnership=partnership, for_person=request.user)
        except links.NoSuchThing:
            raise actions.CannotDo("That is not there any more. Choose something else.") from None
        actions.link_to(by=request.user, evidence=found, thing=thing, now=request.now)
        messages.success(request, f"{found.reference} belongs to {links.kind_of(thing).title(thing)}.")
        return evidence_url(found)

    return form_page(
        request, form, save, partnership=partnership, title="What else does it belong to?", button="Save",
        back=evidence_url(found), back_words=found.reference, caption=str(found), field="thing",
    )  # fmt: skip


@require_safe
@member_view
def download(request: Request, partnership: Partnership, evidence: str, number: int) -> HttpResponseBase:
    """A shared file as an attachment, to whoever may see its evidence. Who was given it is on record first."""
    found = queries.one(partnership, evidence, for_person=request.user)
    revision = queries.revision_of(found, number, for_person=request.user)
    file = revision.file
    if file is None or file.withdrawn_at is not None:
        raise Http404
    if request.method == "GET":
        actions.record_download(by=request.user, revision=revision, now=request.now)
    return serving.as_attachment(sha256=file.sha256, size=file.size, kind=file.kind, name=file.name)
