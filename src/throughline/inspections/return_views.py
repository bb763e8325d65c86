"""Pages of findings that come back: choosing the earlier one, both texts side by side, and an inspection's returns."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse

from throughline.access import allows, check_new, scope_of
from throughline.inspections import permissions, queries, recurrence
from throughline.inspections.forms import Withdraw
from throughline.inspections.models import Finding, Inspection, Recurrence
from throughline.inspections.offers import finding_url, inspection_url, may_add
from throughline.inspections.record_views import save_once
from throughline.inspections.views import say_audience
from throughline.methods.likeness import (
    Candidate,
    marked_needles,
    marked_words,
    needles_of,
    stem,
    subject_words,
)
from throughline.methods.mentions import searchable
from throughline.methods.printed import listing
from throughline.partners.models import Partnership
from throughline.partners.requests import Request
from throughline.partners.web import bound, member_view
from throughline.ui import answers
from throughline.ui.forms import Form
from throughline.ui.lists import FieldFilter, ListColumn, ListPage
from throughline.ui.parts import Cell

SHOWN = 25


def choose_url(finding: Finding) -> str:
    """Where the earlier finding is chosen that a finding is a return of."""
    return reverse("inspections:choose-earlier", args=_where(finding))


def compare_url(finding: Finding, earlier: Finding, page: str = "return") -> str:
    """Both texts side by side. `page` names the page on which the mark is taken away."""
    return reverse(
        f"inspections:{page}", args=[*_where(finding), earlier.inspection.reference, earlier.reference]
    )  # fmt: skip


def returns_url(inspection: Inspection) -> str:
    """The list of an inspection's findings that came back."""
    return reverse("inspections:returns", args=[inspection.partnership.slug, inspection.reference])


def _where(finding: Finding) -> list[str]:
    inspection = finding.inspection
    return [inspection.partnership.slug, inspection.reference, finding.reference]


class Note(Form):
    """What came back, in a sentence."""

    note = forms.CharField(
        label="What came back", required=False, max_length=500, widget=forms.Textarea(attrs={"rows": "3"}),
        help_text="For example ‘Minutes are sent now, but strategy meetings are late again’.",
    )  # fmt: skip


class ChangeNote(Note):
    """The sentence, put right."""

    version = forms.IntegerField(widget=forms.HiddenInput)


@dataclass(frozen=True)
class Offered:
    """An earlier finding as it is offered: its words in pieces, and why it is proposed, if it is."""

    finding: Finding
    url: str
    pieces: list[tuple[str, bool]]
    why: str = ""


def _why(found: Candidate) -> str:
    parts = []
    if found.themes:
        parts.append(f"the {'theme' if len(found.themes) == 1 else 'themes'} {listing(found.themes)}")
    parts.append(f"the words {listing(found.words[:8])}" if len(found.words) > 1 else f"the word {found.words[0]}")
    return f"Proposed: both have {listing(parts)}."


def _finding(request: Request, partnership: Partnership, inspection: str, reference: str) -> Finding:
    within = queries.inspection_of(partnership, inspection, for_person=request.user)
    say_audience(request, partnership)
    return queries.finding_of(within, reference, for_person=request.user)


@member_view
def choose_earlier(request: Request, partnership: Partnership, inspection: str, finding: str) -> HttpResponse:
    """Choose the finding of an earlier inspection that a finding is a return of: proposed, or searched for by words."""
    found = _finding(request, partnership, inspection, finding)
    check_new(request.user, "create", permissions.RECURRENCE, scope_of(partnership))
    if found.withdrawn_at is not None:
        raise Http404
    earlier = recurrence.earlier_inspections(found.inspection, for_person=request.user)
    asked, query = request.GET.get("in", ""), request.GET.get("q", "").replace("\x00", "").strip()[:200]
    within = [each for each, _ in earlier if not asked or each.reference == asked]
    rows = list(recurrence.findings_to_return(within, found, for_person=request.user))
    themes = [each.theme.name for each in recurrence.themes_of_finding(found, for_person=request.user)]
    needles = needles_of(query)
    matching = [each for each in rows if all(needle in searchable(each.text) for needle in needles)]
    own = subject_words(found.text)
    proposed = [] if needles else recurrence.proposed_for(found, themes, rows)
    context: dict[str, Any] = {
        "partnership": partnership, "finding": found, "back": finding_url(found), "earlier": earlier,
        "inspection_url": inspection_url(found.inspection), "asked": asked,
        "query": query, "total": len(matching), "shown": SHOWN,
        "proposed": [
            Offered(each, compare_url(found, each), marked_words(each.text, own), _why(candidate))
            for each, candidate in proposed
        ],
        "offered": [
            Offered(each, compare_url(found, each), marked_needles(each.text, needles)) for each in matching[:SHOWN]
        ],
    }  # fmt: skip
    return render(request, "inspections/choose_earlier.html", context)


def _pair(
    request: Request, partnership: Partnership, inspection: str, finding: str, before: str, earlier: str
) -> tuple[Finding, Finding, Recurrence | None]:
    """Both findings, and the mark between them if it stands. Without one, the page is for those who may make it."""
    found = _finding(request, partnership, inspection, finding)
    other = _finding(request, partnership, before, earlier)
    mark = recurrence.recurrence_of(found, other, for_person=request.user)
    if mark is None:
        check_new(request.user, "create", permissions.RECURRENCE, scope_of(partnership))
    return found, other, mark


@member_view
def compare(
    request: Request, partnership: Partnership, inspection: str, finding: str, before: str, earlier: str
) -> HttpResponse:
    """Both texts side by side with what they share marked, and the form that marks the one as a return of the other."""
    found, other, mark = _pair(request, partnership, inspection, finding, before, earlier)
    form: Note | ChangeNote | None = None
    if mark is None:
        form = bound(request, Note)
    elif allows(request.user, "change", mark):
        form = bound(request, ChangeNote, initial={"note": mark.note, "version": mark.version})
    elif request.method == "POST":
        raise Http404

    def save() -> str:
        data = form.cleaned_data if form is not None else {}
        if mark is None:
            recurrence.mark_return(
                by=request.user, finding=found, earlier=other, note=data["note"], now=request.now
            )  # fmt: skip
            messages.success(
                request, f"{found.reference} is marked as a return of {other.reference}, ‘{other.inspection.title}’."
            )
        else:
            recurrence.change_note(
                by=request.user, recurrence=mark, expected_version=data["version"], note=data["note"], now=request.now
            )
            messages.success(request, "The note is saved.")
        return finding_url(found)

    if form is not None and request.method == "POST" and form.is_valid():
        answer = save_once(request, form, save, title="the note", theirs_url=compare_url(found, other))
        if answer is not None:
            return answer
    shared = subject_words(found.text) & subject_words(other.text)
    context = {
        "partnership": partnership, "finding": found, "earlier": other, "mark": mark, "form": form,
        "back": finding_url(found), "inspection_url": inspection_url(found.inspection),
        "undo_url": compare_url(found, other, "undo-return") if mark and form else "",
        "sides": [
            {"finding": each, "url": finding_url(each), "pieces": marked_words(each.text, shared), "when": when}
            for each, when in ((other, "Earlier"), (found, "Now"))
        ],
        "shared": _as_words(found.text, shared),
    }  # fmt: skip
    return render(
        request, "inspections/return.html", context, status=400 if form is not None and form.errors else 200
    )  # fmt: skip


def _as_words(text: str, stems: frozenset[str]) -> list[str]:
    """Stems as words of a text, in its order, each once."""
    return list(
        {stem(word): word for word in reversed(searchable(text).split()) if stem(word) in stems}.values()
    )[::-1]  # fmt: skip


@member_view
def undo_return(
    request: Request, partnership: Partnership, inspection: str, finding: str, before: str, earlier: str
) -> HttpResponse:
    """Take a mark away, with a reason."""
    found, other, mark = _pair(request, partnership, inspection, finding, before, earlier)
    if mark is None or not allows(request.user, "change", mark):
        raise Http404
    back = compare_url(found, other)
    form = bound(request, Withdraw, initial={"version": mark.version})

    def undo() -> str:
        recurrence.undo_return(
            by=request.user, recurrence=mark, expected_version=form.cleaned_data["version"],
            reason=form.cleaned_data["reason"], now=request.now,
        )  # fmt: skip
        messages.success(request, f"{found.reference} is no longer marked as a return of {other.reference}.")
        return finding_url(found)

    answer = None
    if request.method == "POST" and form.is_valid():
        answer = save_once(request, form, undo, title="the mark", theirs_url=back)
    return answer or answers.confirm(
        request, title="Take this mark away?", action="Take the mark away", cancel_url=back, form=form,
        sentence=f"{found.reference} is marked as a return of {other.reference} of ‘{other.inspection.title}’.",
        consequences=["Neither finding’s page shows the other any more.", "The mark and your reason stay on record."],
    )  # fmt: skip


RETURNS = ListPage(
    title="Findings that came back",
    name="returns",
    columns=(
        ListColumn(
            "Finding", lambda each: Cell(each.finding.reference, url=finding_url(each.finding)), sort="finding__place",
            narrow=True,
        ),
        ListColumn("What it says now", lambda each: each.finding.title, sort="finding__title"),
        ListColumn(
            "Returns",
            lambda each: Cell(each.earlier.reference, url=compare_url(each.finding, each.earlier), about="both texts"),
            narrow=True,
        ),
        ListColumn("What it said before", lambda each: each.earlier.title),
        ListColumn("Earlier inspection", lambda each: each.earlier.inspection.title),
        ListColumn("Note", lambda each: each.note),
    ),
    filters=(
        FieldFilter(
            "earlier", "Earlier inspection", "earlier__inspection__reference", words="earlier__inspection__title"
        ),
    ),
    search=("finding__title", "finding__text", "earlier__title", "earlier__text", "note"),
    search_label="Search in both findings",
    default_sort="finding__place",
    empty="No finding is marked as a return yet. Open a finding and look for it in the earlier inspections.",
)  # fmt: skip


@member_view
def returns(request: Request, partnership: Partnership, inspection: str) -> HttpResponseBase:
    """An inspection's findings that an earlier inspection had made already."""
    found = queries.inspection_of(partnership, inspection, for_person=request.user)
    say_audience(request, partnership)
    rows = recurrence.returns_in(found, for_person=request.user)
    context = {
        "partnership": partnership, "inspection": found, "inspection_url": inspection_url(found),
        "may_mark": may_add(request, partnership, permissions.RECURRENCE),
    }  # fmt: skip
    return RETURNS.respond(request, rows, template="inspections/returns.html", context=context)
