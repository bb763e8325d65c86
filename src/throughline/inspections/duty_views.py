"""Pages of those whom a letter names, and of what each has done of its duties."""

from typing import Any
from urllib.parse import urlsplit

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse

from throughline.access import allows, check, check_new, scope_of
from throughline.inspections import duties, permissions, queries, record_forms, record_rules
from throughline.inspections.forms import Withdraw
from throughline.inspections.models import Inspection, Letter, Recipient
from throughline.inspections.offers import inspection_url, may_add
from throughline.inspections.record_views import form_page, save_once
from throughline.inspections.views import say_audience
from throughline.methods.printed import count, day
from throughline.partners.models import Partnership
from throughline.partners.requests import Request
from throughline.partners.web import answer_once, bound, member_view, today
from throughline.ui import answers
from throughline.ui.lists import Choice, ChoiceFilter, FieldFilter, ListColumn, ListPage
from throughline.ui.parts import Cell

_DONE, _NOT_YET = "done", "not-yet"


def duties_url(inspection: Inspection) -> str:
    """The list of those whom an inspection's letters name."""
    return reverse("inspections:duties", args=[inspection.partnership.slug, inspection.reference])


def recipient_url(recipient: Recipient, page: str = "duty") -> str:
    """A recipient's page: what it has done. `page` names another one of its pages."""
    letter = recipient.letter
    inspection = letter.inspection
    return reverse(
        f"inspections:{page}", args=[inspection.partnership.slug, inspection.reference, letter.number, recipient.number]
    )


def _duty(name: str, label: str, done: str, where: Any) -> ChoiceFilter:
    choices = (Choice(_NOT_YET, f"Not yet {done}", ~where), Choice(_DONE, done.capitalize(), where))
    return ChoiceFilter(name, label, choices)


def _where(each: Recipient) -> Cell | str:
    if not record_rules.is_web_address(each.published_where):
        return ""
    return Cell(urlsplit(each.published_where).hostname, url=each.published_where, about=f"page of {each.printed}")


DUTIES = ListPage(
    title="Recipients and their duties",
    name="duties",
    columns=(
        ListColumn("Recipient", lambda each: Cell(each.printed, url=recipient_url(each)), sort="number"),
        ListColumn("Agency", lambda each: each.agency.name if each.agency else "", sort="agency__name"),
        ListColumn("Published", lambda each: each.published_on or "Not yet", sort="published_on", narrow=True),
        ListColumn("Where", _where, export=lambda each: each.published_where),
        ListColumn("Contributed", lambda each: each.contributed_on or "Not yet", sort="contributed_on", narrow=True),
        ListColumn("Signed", lambda each: each.signed_on or "Not yet", sort="signed_on", narrow=True),
        ListColumn("Who signed", lambda each: each.signed_by),
    ),
    filters=(
        _duty("published", "Letter", "published", duties.PUBLISHED),
        _duty("contributed", "Statement: contribution", "contributed", duties.CONTRIBUTED),
        _duty("signed", "Statement: signature", "signed", duties.SIGNED),
        FieldFilter("agency", "Agency", "agency_id", words="agency__name", without="Without an agency"),
    ),
    search=("printed", "agency__name", "contribution", "signed_by"),
    search_label="Search in recipients",
    default_sort="number",
    empty="Nobody is listed yet. A letter names its recipients before ‘Dear’: list them, and what each has done.",
)


@member_view
def recipients(request: Request, partnership: Partnership, inspection: str) -> HttpResponseBase:
    """Those whom the letters name, and what each has done. Sent as a form, it links those who name an agency."""
    found = queries.inspection_of(partnership, inspection, for_person=request.user)
    say_audience(request, partnership)
    if request.method == "POST":
        check(request.user, "change", found)
        return answer_once(request, lambda: _link(request, found))
    rows = duties.recipients_of(found, for_person=request.user)
    context: dict[str, Any] = {
        "partnership": partnership, "inspection": found, "inspection_url": inspection_url(found),
        "may_add": may_add(request, partnership, permissions.RECIPIENT), "proposed": [],
        "has_letter": queries.letters_of(found, for_person=request.user).exists(),
    }  # fmt: skip
    if context["may_add"] and request.GET.get("export") is None:
        context["proposed"] = duties.proposals(rows.filter(agency__isnull=True), duties.agencies_of(found))
    return DUTIES.respond(request, rows, template="inspections/duties.html", context=context)


def _link(request: Request, found: Inspection) -> str:
    linked = duties.link_agencies(by=request.user, inspection=found, now=request.now)
    messages.success(request, f"{count(len(linked), 'recipient').capitalize()} linked to an agency of the partnership.")
    return duties_url(found)


@member_view
def add_recipient(request: Request, partnership: Partnership, inspection: str) -> HttpResponse:
    """Add one of those whom the newest letter names."""
    found = queries.inspection_of(partnership, inspection, for_person=request.user)
    check_new(request.user, "create", permissions.RECIPIENT, scope_of(partnership))
    letter: Letter | None = queries.letters_of(found, for_person=request.user).last()
    if letter is None:
        raise Http404
    say_audience(request, partnership)
    form = bound(request, record_forms.RecipientForm, agencies=duties.agencies_of(found))
    back = duties_url(found)

    def add() -> str:
        made = duties.add_recipient(
            by=request.user, letter=letter, printed=form.cleaned_data["printed"], agency=form.chosen, now=request.now
        )
        messages.success(request, f"‘{made.printed}’ is on the list.")
        return back

    answer = None
    if request.method == "POST" and form.is_valid():
        answer = save_once(request, form, add, title="the recipient", theirs_url=back)
    return answer or form_page(
        request, form, partnership=partnership, title="Add a recipient", button="Add to the list", back=back,
        back_words="Recipients and their duties",
    )  # fmt: skip


def _recipient(request: Request, partnership: Partnership, inspection: str, letter: int, number: int) -> Recipient:
    within = queries.letter_of(
        queries.inspection_of(partnership, inspection, for_person=request.user), letter, for_person=request.user
    )
    say_audience(request, partnership)
    return duties.recipient_of(within, number, for_person=request.user)


@member_view
def duty(request: Request, partnership: Partnership, inspection: str, letter: int, number: int) -> HttpResponse:
    """What one recipient has done, for whoever may record it to put right and for every member to read."""
    found = _recipient(request, partnership, inspection, letter, number)
    back, on = duties_url(found.letter.inspection), today(request)
    if not allows(request.user, "record", found):
        if request.method == "POST":
            raise Http404
        return _read(request, partnership, found, back)
    form = bound(request, record_forms.DutiesForm, today=on, initial=record_forms.DutiesForm.begins(found))

    def save() -> str:
        duties.record_duties(
            by=request.user, recipient=found, expected_version=form.cleaned_data["version"], duties=form.duties,
            today=on, now=request.now,
        )  # fmt: skip
        for each in record_rules.doubts_about_duties(form.duties, found.letter.published):
            messages.warning(request, each)
        messages.success(request, f"What ‘{found.printed}’ has done is saved.")
        return back

    answer = None
    if request.method == "POST" and form.is_valid():
        answer = save_once(request, form, save, title=found.printed, theirs_url=back)
    may_change = allows(request.user, "change", found)
    return answer or form_page(
        request, form, partnership=partnership, title="What has this recipient done?", button="Save",
        caption=found.printed, back=back, back_words="Recipients and their duties",
        links=[
            ("Change the recipient or its agency", recipient_url(found, "change-recipient")),
            ("Take it off the list", recipient_url(found, "withdraw-recipient")),
        ] if may_change else [],
    )  # fmt: skip


def _read(request: Request, partnership: Partnership, found: Recipient, back: str) -> HttpResponse:
    facts = [
        ("Agency", found.agency.name if found.agency else ""), ("Published", found.published_on),
        ("Where", _where(found)), ("Contributed", found.contributed_on), ("What", found.contribution),
        ("Signed", found.signed_on), ("Who signed", found.signed_by),
    ]  # fmt: skip
    context = {"partnership": partnership, "recipient": found, "facts": facts, "back": back}
    return render(request, "inspections/duty.html", context)


@member_view
def change_recipient(
    request: Request, partnership: Partnership, inspection: str, letter: int, number: int
) -> HttpResponse:
    """Put a recipient's line or agency right."""
    found = _recipient(request, partnership, inspection, letter, number)
    check(request.user, "change", found)
    agencies = duties.agencies_of(found.letter.inspection)
    proposed = next((agency for _, agency in duties.proposals([found], agencies)), None)
    form = bound(
        request, record_forms.ChangeRecipientForm, agencies=agencies,
        initial=record_forms.ChangeRecipientForm.begins(found, proposed),
    )  # fmt: skip
    back = recipient_url(found)

    def save() -> str:
        duties.change_recipient(
            by=request.user, recipient=found, expected_version=form.cleaned_data["version"],
            printed=form.cleaned_data["printed"], agency=form.chosen, now=request.now,
        )  # fmt: skip
        messages.success(request, "The recipient is saved.")
        return back

    answer = None
    if request.method == "POST" and form.is_valid():
        answer = save_once(request, form, save, title=found.printed, theirs_url=back)
    lead = f"{proposed.name} is proposed because the line names it: nothing is saved yet." if proposed else ""
    return answer or form_page(
        request, form, partnership=partnership, title="Change the recipient", button="Save", caption=found.printed,
        back=back, back_words=found.printed, lead=lead,
    )  # fmt: skip


@member_view
def withdraw_recipient(
    request: Request, partnership: Partnership, inspection: str, letter: int, number: int
) -> HttpResponse:
    """Take a recipient off the list, with a reason."""
    found = _recipient(request, partnership, inspection, letter, number)
    check(request.user, "change", found)
    form = bound(request, Withdraw, initial={"version": found.version})
    back = recipient_url(found)

    def withdraw() -> str:
        duties.withdraw_recipient(
            by=request.user, recipient=found, expected_version=form.cleaned_data["version"],
            reason=form.cleaned_data["reason"], now=request.now,
        )  # fmt: skip
        messages.success(request, f"‘{found.printed}’ is off the list.")
        return duties_url(found.letter.inspection)

    answer = None
    if request.method == "POST" and form.is_valid():
        answer = save_once(request, form, withdraw, title=found.printed, theirs_url=back)
    consequences = ["It leaves the list and every count.", "What it has done and your reason stay in the record."]
    if found.published_on:
        consequences.insert(0, f"It published the letter on {day(found.published_on)}.")
    return answer or answers.confirm(
        request, title="Take this recipient off the list?", action="Take it off the list", cancel_url=back, form=form,
        sentence=found.printed, consequences=consequences,
    )  # fmt: skip
