"""Forms beside a page of the letter: a proposal is put right or split, and a passage becomes a finding."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from throughline.history.door import Conflict
from throughline.inspections import actions, checking, checking_forms, proposals, queries, rules, themes
from throughline.inspections.checking import EnteredAlready
from throughline.inspections.checking_views import Sheet, card_url, letter_to_check, reading_of, sheet_of
from throughline.inspections.letter_reading import Passage, Reading
from throughline.inspections.models import Letter, ProposedFinding
from throughline.inspections.models.proposal import ENTERED, OPEN
from throughline.inspections.naming_forms import parts_wanted
from throughline.inspections.offers import check_url, inspection_url
from throughline.inspections.proposals import Words
from throughline.inspections.proposing import words_of
from throughline.inspections.views import picture_of
from throughline.partners import web
from throughline.partners.models import Partnership
from throughline.partners.requests import Request
from throughline.partners.web import answer_once, bound, member_view


@member_view
def change(request: Request, partnership: Partnership, inspection: str, letter: int, proposal: UUID) -> HttpResponse:
    """Put a proposal right: its words, kind, page, title, parts, agencies and themes."""
    found = letter_to_check(request, partnership, inspection, letter)
    sheet, this = _open_one(request, found, proposal)
    if sheet is None:
        return HttpResponseRedirect(card_url(found, this))
    back = card_url(found, this)
    form = bound(
        request, checking_forms.ChangeProposal, letter=found, bodies=sheet.bodies, known=sheet.known,
        parts=parts_wanted(words_of(this), request.POST),
        kinds=checking_forms.kinds_for(found.inspection.regime, also=this.kind),
        initial=checking_forms.ChangeProposal.begins(this),
    )  # fmt: skip

    def save() -> str:
        changed = checking.change_proposal(
            by=request.user, proposal=this, expected_version=form.cleaned_data["version"], draft=form.draft,
            now=request.now,
        )  # fmt: skip
        if doubt := form.doubt(reading.texts):
            messages.warning(request, doubt)
        messages.success(request, "It is changed. It is not in the register yet.")
        return card_url(found, changed)

    reading = reading_of(found)
    if request.method == "POST" and form.is_valid():
        try:
            return answer_once(request, save)
        except checking.CannotDo as error:
            form.add_error(None, str(error))
        except Conflict as error:
            return web.conflict(request, error, form=form, title="what was read", theirs_url=back)
    return _form_page(request, found, form, reading, this.page, back, title="Change what was read", button="Save")


def _open_one(request: Request, letter: Letter, pk: UUID) -> tuple[Sheet | None, ProposedFinding]:
    """An open proposal and its sheet; no sheet, and a message, for one that is entered or set aside."""
    this = queries.proposal_of(letter, pk, for_person=request.user)
    if this.state == OPEN or request.method == "POST":
        return sheet_of(request, letter), this
    said = str(EnteredAlready(this)) if this.state == ENTERED else "It is set aside. Bring it back first."
    messages.error(request, said)
    return None, this


def _form_page(
    request: Request, letter: Letter, form: Any, reading: Reading, page: int, back: str, *, title: str, button: str
) -> HttpResponse:
    text = reading.texts[page - 1] if 1 <= page <= len(reading.texts) else ""
    context = {
        "letter": letter, "inspection": letter.inspection, "form": form, "page": page, "back": back, "title": title,
        "button": button, "text": rules.shown_text(text), "picture": picture_of(letter, page),
        "inspection_url": inspection_url(letter.inspection), "check_url": check_url(letter, page),
    }  # fmt: skip
    return render(request, "inspections/beside_page.html", context, status=400 if form.errors else 200)


@member_view
def split(request: Request, partnership: Partnership, inspection: str, letter: int, proposal: UUID) -> HttpResponse:
    """Make two of one, at a sentence or part."""
    found = letter_to_check(request, partnership, inspection, letter)
    sheet, this = _open_one(request, found, proposal)
    words, back = words_of(this), card_url(found, this)
    if sheet is None:
        return HttpResponseRedirect(back)
    if len(proposals.pieces(words)) < 2 and request.method != "POST":
        messages.error(request, "It is one sentence: there is nowhere to split it. Change its words instead.")
        return HttpResponseRedirect(back)
    form = bound(request, checking_forms.SplitProposal, words=words, initial={"version": this.version})

    def save() -> str:
        first, _ = checking.split(
            by=request.user, proposal=this, expected_version=form.cleaned_data["version"], at=form.cleaned_data["at"],
            now=request.now,
        )  # fmt: skip
        messages.success(request, "They are two now. Look at the title of the second.")
        return card_url(found, first)

    if request.method == "POST" and form.is_valid():
        try:
            return answer_once(request, save)
        except checking.CannotDo as error:
            form.add_error(None, str(error))
        except Conflict:
            messages.error(request, "Somebody changed it first. Look at its words, and split it again.")
            return HttpResponseRedirect(back)
    context = {
        "letter": found, "inspection": found.inspection, "form": form, "back": back, "proposal": this,
        "first": proposals.pieces(words)[0].text, "inspection_url": inspection_url(found.inspection),
        "check_url": check_url(found, this.page),
    }  # fmt: skip
    return render(request, "inspections/split.html", context, status=400 if form.errors else 200)


@member_view
def passage(request: Request, partnership: Partnership, inspection: str, letter: int, passage: int) -> HttpResponse:
    """Make a finding of a passage, or of a piece of it. It enters the register at once: a person chose it."""
    found = letter_to_check(request, partnership, inspection, letter)
    reading = reading_of(found)
    this: Passage | None = next((each for each in reading.passages if each.number == passage), None)
    if this is None:
        raise Http404
    bodies = list(queries.agencies_of(partnership, for_person=request.user))
    known = list(themes.themes_of(partnership, for_person=request.user))
    back = check_url(found, this.page)
    form = bound(
        request, checking_forms.FromPassage, letter=found, bodies=bodies, known=known,
        parts=parts_wanted(Words(this.text), request.POST),
        kinds=checking_forms.kinds_for(found.inspection.regime),
        initial=checking_forms.FromPassage.begins(this.text, this.page, bodies, known),
    )  # fmt: skip

    def make() -> str:
        draft = form.draft
        made = actions.mark_finding(
            by=request.user, inspection=found.inspection, letter=found, page=draft.page, kind=draft.kind,
            text=draft.words.whole, title=draft.title, words=draft.words, agencies=draft.agencies, bodies=bodies,
            themes=draft.themes, now=request.now,
        )  # fmt: skip
        if doubt := form.doubt(reading.texts):
            messages.warning(request, doubt)
        messages.success(request, f"{made.reference} is in the register.")
        return check_url(found, draft.page)

    if request.method == "POST" and form.is_valid():
        try:
            return answer_once(request, make)
        except checking.CannotDo as error:
            form.add_error(None, str(error))
    return _form_page(
        request, found, form, reading, this.page, back, title="Make a finding of this passage",
        button="Enter in the register",
    )  # fmt: skip
