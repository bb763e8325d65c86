"""A letter comes in, in two steps: the file is judged, stored and read; a person checks what was read, and saves."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode

from throughline.access import check, check_new, scope_of
from throughline.files import intake
from throughline.files.store import Missing
from throughline.files.verdict import Refused
from throughline.inspections import (
    actions,
    carried,
    clock,
    letter_pages,
    letter_reading,
    permissions,
    queries,
    sameness,
    terms,
)
from throughline.inspections.frameworks import FINDING_KINDS, FRAMEWORKS, JTAI
from throughline.inspections.letter_reading import Reading
from throughline.inspections.models import Inspection, Letter
from throughline.inspections.offers import check_url, inspection_url, page_url
from throughline.inspections.reading_forms import (
    ADD,
    NEW,
    CheckedAnotherLetter,
    CheckedInspection,
    CheckedLetter,
    Upload,
)
from throughline.inspections.sameness import Marks, Noticed
from throughline.inspections.views import say_audience
from throughline.methods.printed import count
from throughline.partners.models import Partnership
from throughline.partners.requests import Request
from throughline.partners.web import answer_once, bound, member_view

CARRIED = "upload"


@dataclass(frozen=True)
class _Place:
    """Where a letter is taken in: a partnership, for a new inspection, or an inspection that is here."""

    partnership: Partnership
    inspection: Inspection | None = None

    @property
    def pk(self) -> UUID:
        return self.inspection.pk if self.inspection else self.partnership.pk

    @property
    def upload_url(self) -> str:
        return self._url("new", "add-letter")

    @property
    def check_url(self) -> str:
        return self._url("check-new", "check-added")

    def _url(self, new: str, added: str) -> str:
        if self.inspection:
            return reverse(f"inspections:{added}", args=[self.partnership.slug, self.inspection.reference])
        return reverse(f"inspections:{new}", args=[self.partnership.slug])

    @property
    def form(self) -> type[CheckedLetter]:
        return CheckedAnotherLetter if self.inspection else CheckedInspection


# -- step 1 ----------------------------------------------------------------------------------------------------------


@member_view
def new_inspection(request: Request, partnership: Partnership) -> HttpResponse:
    """Upload the letter of an inspection that is not here yet."""
    check_new(request.user, "create", permissions.INSPECTION, scope_of(partnership))
    return _upload(request, _Place(partnership))


@member_view
def add_letter(request: Request, partnership: Partnership, inspection: str) -> HttpResponse:
    """Upload another letter of an inspection."""
    return _upload(request, _another(request, partnership, inspection))


def _another(request: Request, partnership: Partnership, inspection: str) -> _Place:
    found = queries.inspection_of(partnership, inspection, for_person=request.user)
    check(request.user, "change", found)
    return _Place(partnership, found)


def _upload(request: Request, place: _Place) -> HttpResponse:
    """Judge, store and read. Nothing is written but the bytes, so nothing can be written twice."""
    say_audience(request, place.partnership)
    form = bound(request, Upload)
    if request.method == "POST" and form.is_valid():
        try:
            received = intake.receive(form.cleaned_data["letter"])
            letter_pages.check_readable(received.verdict.kind, received.name)
            letter_reading.reading_of(received.blob.sha256, name=received.name)
        except Refused as refused:
            form.add_error("letter", refused.sentence)
        else:
            token = carried.sign(
                carried.Carried(received, form.cleaned_data["received"]), person=request.user.pk, place=place.pk
            )
            return HttpResponseRedirect(f"{place.check_url}?{urlencode({CARRIED: token})}")
    context = {"partnership": place.partnership, "inspection": place.inspection, "form": form}
    return render(request, "inspections/upload.html", context, status=400 if form.errors else 200)


# -- step 2 ----------------------------------------------------------------------------------------------------------


@member_view
def check_new_inspection(request: Request, partnership: Partnership) -> HttpResponse:
    """Check what was read, and save the inspection with its letter."""
    check_new(request.user, "create", permissions.INSPECTION, scope_of(partnership))
    return _check(request, _Place(partnership))


@member_view
def check_added_letter(request: Request, partnership: Partnership, inspection: str) -> HttpResponse:
    """Check what was read, and save another letter of an inspection."""
    return _check(request, _another(request, partnership, inspection))


def _check(request: Request, place: _Place) -> HttpResponse:
    say_audience(request, place.partnership)
    if CARRIED not in request.GET:
        return HttpResponseRedirect(place.upload_url)
    try:
        held = carried.open_(request.GET.get(CARRIED, ""), person=request.user.pk, place=place.pk)
        reading = letter_reading.reading_of(held.upload.blob.sha256, name=held.upload.name)
    except (carried.TooOld, Missing, Refused):
        messages.error(request, "The letter was uploaded too long ago. Choose it again.")
        return HttpResponseRedirect(place.upload_url)
    except carried.NotCarried:
        raise Http404 from None
    begins = place.form.begins(reading, held.received_on)
    if request.method == "POST":
        return _sent(request, place, held, reading, begins)
    noticed = _noticed(request, place, held, reading, begins)
    form = bound(request, place.form, initial=begins, noticed=noticed, printed=reading)
    return _page(request, place, held, reading, form)


def _sent(
    request: Request, place: _Place, held: carried.Carried, reading: Reading, begins: dict[str, Any]
) -> HttpResponse:
    """Save what was sent, or show it again with what is wrong or what looks the same."""
    typed = place.form(request.POST, printed=reading)
    typed.is_valid()
    looks = [
        *_noticed(request, place, held, reading, begins),
        *_noticed(request, place, held, reading, {**dict.fromkeys(begins), **typed.cleaned_data}),
    ]
    found = _once(looks)
    # What a letter looks like depends on where it goes: the inspection chosen has an area of its own.
    same = request.POST.get("same")
    chosen = next((each.inspection for each in found if same == f"{ADD}:{each.inspection.pk}"), None)
    if chosen is not None:
        found = _once(
            [*found, *_noticed(request, _Place(place.partnership, chosen), held, reading, typed.cleaned_data)]
        )
    seen = request.POST.get("seen", "").split()
    form = place.form(
        request.POST, initial=begins, printed=reading, noticed=[each for each in found if str(each.key) in seen]
    )
    if form.is_valid():
        try:
            return _save(request, place, held, reading, form)
        except actions.SameLetter as error:
            # Said for the first time now: it was typed, it follows from what was chosen, or somebody else was quicker.
            found = _once([*found, *error.noticed])
            data = request.POST.copy()
            data["seen"] = " ".join(str(each.key) for each in found)
            form = place.form(data, initial=begins, printed=reading, noticed=found)
            form.is_valid()
            form.add_error(None, str(error))
        except actions.CannotDo as error:
            form.add_error(None, str(error))
    return _page(request, place, held, reading, form)


def _once(noticed: Sequence[Noticed]) -> list[Noticed]:
    return list({each.key: each for each in noticed}.values())


def _noticed(
    request: Request, place: _Place, held: carried.Carried, reading: Reading, facts: dict[str, Any]
) -> list[Noticed]:
    """What is here already and looks the same as a letter of these facts."""
    inspection = place.inspection
    begun = inspection.fieldwork_start if inspection else facts.get("fieldwork_start")
    marks = Marks(
        sha256=held.upload.blob.sha256, words_sha256=reading.words_sha256, published=facts.get("published"),
        framework=inspection.framework if inspection else facts.get("framework") or "",
        area=inspection.area if inspection else facts.get("area") or "", fieldwork_start=begun,
        fieldwork_end=inspection.fieldwork_end if inspection else facts.get("fieldwork_end"),
        year=begun.year if begun else None,
    )  # fmt: skip
    return sameness.noticed(place.partnership, marks, for_person=request.user, within=inspection)


def _save(
    request: Request, place: _Place, held: carried.Carried, reading: Reading, form: CheckedLetter
) -> HttpResponse:
    """The one action. Raises SameLetter, CannotDo."""
    upload = held.upload
    letter = actions.ReadLetter(
        upload.blob, upload.verdict, upload.name, len(reading.texts), words_sha256=reading.words_sha256,
        findings=reading.findings, notes=_notes(held, reading),
    )  # fmt: skip
    same = form.cleaned_data.get("same") or NEW
    more: dict[str, Any] = {
        "by": request.user, "letter": letter, "dates": form.dates, "says": form.says, "now": request.now,
        "knowing": {each.key for each in form.noticed if str(each.key) in form.cleaned_data.get("seen", "").split()},
    }  # fmt: skip

    def keep() -> str:
        if place.inspection is not None:
            kept = actions.receive_letter(inspection=place.inspection, **more)
        elif same == NEW:
            assert isinstance(form, CheckedInspection)
            kept = actions.begin_inspection(partnership=place.partnership, about=form.about, **more)
        else:
            chosen = next(each.inspection for each in form.noticed if same.endswith(str(each.inspection.pk)))
            kept = actions.receive_letter(inspection=chosen, **more)
        return _kept(request, kept, reading)

    return answer_once(request, keep)


def _kept(request: Request, letter: Letter, reading: Reading) -> str:
    """Say what came of it, and where to go on."""
    pages = count(letter.pages, "page")
    if not reading.findings:
        messages.success(request, f"The letter is here: {pages}. Nothing is marked yet.")
        return page_url(letter, 1)
    found = count(len(reading.findings), "finding")
    messages.success(request, f"The letter is here: {pages}, {found} read. None is in the register until you enter it.")
    return check_url(letter)


def _notes(held: carried.Carried, reading: Reading) -> tuple[str, ...]:
    scan = (
        [f"{held.upload.name} is a scan without text. Read its pages as pictures and type the findings in beside them."]
        if reading.is_scan
        else []
    )
    note = [reading.note] if reading.note and not scan else []
    return (*held.upload.verdict.warnings, *scan, *note, *reading.warnings)


def _page(
    request: Request, place: _Place, held: carried.Carried, reading: Reading, form: CheckedLetter
) -> HttpResponse:
    wrong = form.is_bound and not form.is_valid()
    context = {
        "partnership": place.partnership, "inspection": place.inspection, "form": form, "reading": reading,
        "name": held.upload.name, "pages": len(reading.texts), "kinds": _kinds(reading),
        "notes": _notes(held, reading), "doubts": _doubts(place, form, reading), "upload_url": place.upload_url,
        "noticed": [
            {"why": each.why, "title": each.inspection.title,
             "url": page_url(each.letter, 1) if each.letter else inspection_url(each.inspection)}
            for each in form.noticed
        ],
    }  # fmt: skip
    return render(request, "inspections/check_letter.html", context, status=400 if wrong else 200)


def _kinds(reading: Reading) -> list[str]:
    """How many of each kind were read: `29 strengths`."""
    numbers = Counter(each.kind for each in reading.findings)
    return [
        count(numbers[key], kind.printed.lower(), kind.plural.lower())
        for key, kind in FINDING_KINDS.items()
        if numbers[key]
    ]


def _doubts(place: _Place, form: CheckedLetter, reading: Reading) -> Sequence[str]:
    """What the clock makes of the days in the form."""
    values = form.cleaned_data if form.is_bound else form.initial
    if not values.get("received"):
        return ()
    due = values.get("statement_due")
    letter = Letter(
        received=values["received"], published=values.get("published"), statement_due=due,
        statement_due_printed=reading.statement_due_printed if due == reading.statement_due else "",
    )  # fmt: skip
    key = values.get("framework") or ""
    chosen = key if key in FRAMEWORKS else JTAI.key
    regime = place.inspection.regime if place.inspection else terms.regime_in(place.partnership, chosen)
    return clock.doubts_of(letter, regime)
