"""Pages of the library: its letters, one letter page by page, the search over findings, and what was brought."""

from pathlib import Path
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse

from throughline.access import allows, check, check_new, scope_of
from throughline.files import store
from throughline.files.names import safe_name
from throughline.files.pictures_of_pages import WIDTHS
from throughline.files.verdict import Kind, Refused
from throughline.history.door import Conflict
from throughline.inspections import letter_pages
from throughline.inspections.forms import Withdraw
from throughline.inspections.frameworks import FINDING_KINDS
from throughline.inspections.offers import may_add
from throughline.inspections.rules import shown_text
from throughline.inspections.views import say_audience
from throughline.jobs.models import Job
from throughline.library import actions, forms, lists, permissions, queries, taking_in
from throughline.library.addresses import letter_url, library_url, page_url, search_url
from throughline.library.models import LibraryLetter
from throughline.methods.printed import count, listing
from throughline.partners import web
from throughline.partners.models import Partnership
from throughline.partners.requests import Request
from throughline.partners.web import answer_once, bound, member_view
from throughline.ui import answers
from throughline.ui import page as pages
from throughline.ui.parts import Row

REFRESH_SECONDS = 3


@member_view
def letters(request: Request, partnership: Partnership) -> HttpResponseBase:
    """The letters, with how many findings of each kind they have."""
    say_audience(request, partnership)
    rows = queries.letters_of(partnership, for_person=request.user)
    context = {
        "partnership": partnership, "may_add": may_add(request, partnership, permissions.LETTER),
        "search_url": search_url(partnership),
    }  # fmt: skip
    return lists.LETTERS.respond(request, rows, template="library/letters.html", context=context)


@member_view
def findings(request: Request, partnership: Partnership) -> HttpResponseBase:
    """What the letters found, searched by words, theme, kind and area."""
    say_audience(request, partnership)
    themes = queries.themes_to_search(partnership, for_person=request.user)
    query, chosen = request.GET.get("q", "").replace("\x00", ""), request.GET.getlist("theme")
    found = lists.findings_list(themes, query=query[:200], chosen=chosen)
    rows = queries.findings_of(partnership, for_person=request.user)
    context = {"partnership": partnership, "library_url": library_url(partnership)}
    return found.respond(request, rows, template="library/findings.html", context=context)


# -- letters are brought ----------------------------------------------------------------------------------------------


@member_view
def add(request: Request, partnership: Partnership) -> HttpResponse:
    """Bring letters: they are stored at once, and read one after the other by a job."""
    check_new(request.user, "create", permissions.LETTER, scope_of(partnership))
    say_audience(request, partnership)
    form = bound(request, forms.Bring)
    if request.method == "POST" and form.is_valid():
        sent = []
        for each in form.cleaned_data["letters"]:
            with Path(each.temporary_file_path()).open("rb") as file:
                sent.append({"sha256": store.put(file).sha256, "name": safe_name(each.name or "")})

        def begin() -> str:
            _, job = actions.begin_upload(by=request.user, partnership=partnership, sent=sent, now=request.now)
            return reverse("jobs:job", args=[job.pk])

        return answer_once(request, begin)
    context = {"partnership": partnership, "form": form, "library_url": library_url(partnership)}
    return render(request, "library/add.html", context, status=400 if form.errors else 200)


@member_view
def upload(request: Request, partnership: Partnership, number: int) -> HttpResponse:
    """What became of each file that was brought at once."""
    found = queries.upload_of(partnership, number, for_person=request.user)
    pages.describe(request, audience="the business manager and the lead officer")
    outcomes = [
        {**each, "url": reverse("library:letter", args=[partnership.slug, each["letter"]]) if each["letter"] else ""}
        for each in found.outcomes
    ]
    context: dict[str, Any] = {
        "partnership": partnership, "upload": found, "library_url": library_url(partnership),
        "groups": [
            (heading, [each for each in outcomes if each["kind"] == kind])
            for kind, heading in (
                (taking_in.REFUSED, "Not taken in"), (taking_in.KNOWN, "Here already"), (taking_in.ADDED, "Added"),
            )
        ],
        "added": sum(each["kind"] == taking_in.ADDED for each in outcomes),
        "job": None if outcomes else Job.objects.filter(key=f"library {found.pk}", requested_by=request.user).first(),
    }  # fmt: skip
    return render(request, "library/upload.html", context)


# -- one letter -------------------------------------------------------------------------------------------------------


@member_view
def letter(request: Request, partnership: Partnership, number: int) -> HttpResponse:
    """One letter: its facts and what it found, by kind."""
    found = queries.letter_of(partnership, number, for_person=request.user)
    say_audience(request, partnership)
    rows = queries.findings_of(partnership, for_person=request.user).filter(letter=found).order_by("number")
    by_kind: dict[str, list[dict[str, Any]]] = {}
    for each in rows:
        by_kind.setdefault(each.kind, []).append({"finding": each, "page_url": page_url(found, each.page)})
    context = {
        "partnership": partnership, "letter": found, "facts": _facts(found), "library_url": library_url(partnership),
        "kinds": [(kind, by_kind[key]) for key, kind in FINDING_KINDS.items() if key in by_kind],
        "first_page": page_url(found, 1), "may_change": allows(request.user, "change", found),
    }  # fmt: skip
    return render(request, "library/letter.html", context)


def _facts(found: LibraryLetter) -> list[Row]:
    return [
        Row("Published", found.published), Row("Theme of the inspection", found.theme),
        Row("Inspectorates", listing(found.inspectorates)), Row("Fieldwork began", found.fieldwork_start),
        Row("Fieldwork ended", found.fieldwork_end), Row("Pages", found.pages),
    ]  # fmt: skip


@member_view
def page(request: Request, partnership: Partnership, number: int, page: int) -> HttpResponse:
    """One page of a letter as a picture and as text, beside what was found on it."""
    found = queries.letter_of(partnership, number, for_person=request.user)
    if not 1 <= page <= found.pages:
        raise Http404
    say_audience(request, partnership)
    text, trouble = "", ""
    try:
        text = shown_text(letter_pages.text_of(found.file, page))
    except Refused as refused:
        trouble = refused.sentence
    except store.Missing as missing:
        trouble = str(missing)
    is_pdf = found.file.kind == Kind.PDF
    context = {
        "partnership": partnership, "letter": found, "page": page, "text": text, "trouble": trouble,
        "picture": reverse("files:page_picture", args=[found.file_id, page, WIDTHS[-1]]) if is_pdf else "",
        "findings": queries.findings_of(partnership, for_person=request.user).filter(letter=found, page=page),
        "letter_url": letter_url(found), "library_url": library_url(partnership),
        "previous": page_url(found, page - 1) if page > 1 else "",
        "next": page_url(found, page + 1) if page < found.pages else "",
    }  # fmt: skip
    return render(request, "library/page.html", context)


@member_view
def change(request: Request, partnership: Partnership, number: int) -> HttpResponse:
    """Put a letter's facts right."""
    found = queries.letter_of(partnership, number, for_person=request.user)
    check(request.user, "change", found)
    say_audience(request, partnership)
    form = bound(request, forms.Facts, initial=forms.Facts.begins(found))
    back = letter_url(found)

    def save() -> str:
        actions.change_letter(
            by=request.user, letter=found, expected_version=form.cleaned_data["version"], facts=form.facts,
            now=request.now,
        )  # fmt: skip
        messages.success(request, "The letter’s facts are saved.")
        return back

    if request.method == "POST" and form.is_valid():
        try:
            return answer_once(request, save)
        except actions.CannotDo as error:
            form.add_error(None, str(error))
        except Conflict as error:
            return web.conflict(request, error, form=form, title="the letter’s facts", theirs_url=back)
    context = {"partnership": partnership, "letter": found, "form": form, "back": back}
    return render(request, "library/change.html", context, status=400 if form.errors else 200)


@member_view
def withdraw(request: Request, partnership: Partnership, number: int) -> HttpResponse:
    """Take a letter out of the library, with a reason."""
    found = queries.letter_of(partnership, number, for_person=request.user)
    check(request.user, "change", found)
    say_audience(request, partnership)
    form = bound(request, Withdraw, initial={"version": found.version})
    back = letter_url(found)

    def take_out() -> str:
        actions.withdraw_letter(
            by=request.user, letter=found, expected_version=form.cleaned_data["version"],
            reason=form.cleaned_data["reason"], now=request.now,
        )  # fmt: skip
        messages.success(request, f"The letter about {found} is out of the library.")
        return library_url(partnership)

    if request.method == "POST" and form.is_valid():
        try:
            return answer_once(request, take_out)
        except actions.CannotDo as error:
            form.add_error(None, str(error))
        except Conflict as error:
            return web.conflict(request, error, form=form, title="the letter", theirs_url=back)
    return answers.confirm(
        request, title="Take this letter out of the library?", action="Take it out", cancel_url=back, form=form,
        sentence=str(found),
        consequences=[
            f"Its {count(found.n_all, 'finding')} leave every search and count.",  # type: ignore[attr-defined]
            "The same letter can be brought again.",
        ],
    )  # fmt: skip
