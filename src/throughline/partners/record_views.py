"""What happened: the record of a partnership, one entry of it, and words that two people take out of it."""

import json

from django.contrib import messages
from django.db import models
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse

from throughline.access import allows_new, check_new, scope_of
from throughline.history import redaction, snapshots
from throughline.history.models import Event, EventBody, Redaction
from throughline.history.moments import end_of
from throughline.history.permissions import REDACTION
from throughline.history.redaction import CannotRedact
from throughline.partners import forms, stories
from throughline.partners.models import Partnership, Person
from throughline.partners.requests import Request
from throughline.partners.web import answer_once, bound, member_view, step_up
from throughline.ui import page
from throughline.ui.lists import FieldFilter, ListColumn, ListPage
from throughline.ui.parts import Cell


def _list(partnership: Partnership) -> ListPage:
    def what(event: Event) -> Cell:
        told = getattr(event, "told", None)
        url = reverse("partners:entry", args=[partnership.slug, event.sequence])
        return Cell(f"{event.verb[:1].upper()}{event.verb[1:]}", url=url, detail=told.title if told else "")

    def title(event: Event) -> str:
        words = stories.kind_words(event.thing_kind)
        return f"{words[:1].upper()}{words[1:]}"

    def who(event: Event) -> Cell:
        return Cell(event.by_name, detail=", ".join(part for part in (event.by_role, event.by_agency) if part))

    kinds = {each.kind: stories.kind_words(each.kind).capitalize() for each in stories.visible_kinds()}
    return ListPage(
        title="What happened",
        name="record",
        columns=(
            ListColumn("Number", lambda event: event.sequence, sort="sequence", numeric=True, narrow=True),
            ListColumn("What", what, export=lambda event: event.verb, sort="verb"),
            ListColumn("About", title),
            ListColumn("When", lambda event: event.recorded_at, sort="recorded_at"),
            ListColumn("Who", who, export=lambda e: f"{e.by_name}, {e.by_agency}".rstrip(", "), sort="by_name"),
        ),
        filters=(
            FieldFilter("about", "About", "thing_kind", words=kinds),
            FieldFilter("who", "Who", "by_name"),
            FieldFilter("what", "What", "verb"),
        ),
        default_sort="-sequence",
        empty="Nothing has been recorded yet that you may see.",
        keeps=("on_day", "on_month", "on_year", "on"),
    )


@member_view
def record(request: Request, partnership: Partnership) -> HttpResponseBase:
    """Everything that was recorded about what this person may see now, newest first, by person, verb, kind and day."""
    page.describe(request, audience=f"you; it shows what you may see of the record of {partnership.name}")
    asked = any(request.GET.get(name) for name in ("on", "on_day", "on_month", "on_year"))
    form = forms.Day(request.GET if asked else None)
    rows = stories.events_visible_to(request.user, partnership)
    day = form.cleaned_data["on"] if form.is_bound and form.is_valid() else None
    if day is not None:
        rows = rows.filter(recorded_at__gte=end_of(day.fromordinal(day.toordinal() - 1)), recorded_at__lt=end_of(day))
    listed = _list(partnership)
    if not request.GET.get("export"):
        shown = listed.shown(request, rows)
        events = shown.page_of_rows.object_list
        for event, told in zip(events, stories.told(events), strict=True):
            event.told = told
        context = {
            "list": shown, "form": form, "day": day, "partnership": partnership,
            "may_redact": _may(request, partnership, "view"),
        }  # fmt: skip
        return render(request, "partners/record.html", context)
    return listed.respond(request, rows)


def _may(request: Request, partnership: Partnership, verb: str) -> bool:
    return allows_new(request.user, verb, REDACTION, scope_of(partnership))


def _entry_or_missing(request: Request, partnership: Partnership, sequence: int) -> stories.Told:
    """One entry of the record. Raises Event.DoesNotExist, also when it is not for this person to see."""
    event = stories.events_visible_to(request.user, partnership).get(sequence=sequence)
    told = stories.entry_of(event, request.user)
    if told is None:
        raise Event.DoesNotExist
    return told


@member_view
def entry(request: Request, partnership: Partnership, sequence: int) -> HttpResponse:
    """One entry: who, when, why, and what changed."""
    told = _entry_or_missing(request, partnership, sequence)
    page.describe(request, audience=f"everyone who may see this {told.kind}")
    return render(
        request,
        "partners/entry.html",
        {"partnership": partnership, "told": told, "may_redact": _may(request, partnership, "request")},
    )


# -- words that must go ----------------------------------------------------------------------------------------------


def _texts(told: stories.Told) -> dict[str, tuple[str, str]]:
    """The texts of an entry in which words may be marked: field -> (label, text); '' is the reason."""
    body = json.loads(EventBody.objects.get(event_id=told.event.pk).text)
    model = snapshots.of_kind(told.event.thing_kind).model
    texts = (each for each in model._meta.concrete_fields if isinstance(each, models.CharField | models.TextField))
    typed = {each.attname for each in texts if not each.choices}
    found = {"": ("Reason given", body["reason"])} if body["reason"] else {}
    for name, value in body["state"].items():
        if isinstance(value, str) and value.strip() and name in typed:
            found[name] = (stories.label_of(model, name), value)
    return found


@member_view
@step_up
def redact(request: Request, partnership: Partnership, sequence: int) -> HttpResponse:
    """Mark words that must go; another person approves."""
    check_new(request.user, "request", REDACTION, scope_of(partnership))
    told = _entry_or_missing(request, partnership, sequence)
    texts = _texts(told)
    form = bound(request, forms.Redact, texts=texts)
    if request.method == "POST" and form.is_valid():
        try:
            return answer_once(request, lambda: _ask(request, partnership, told, form))
        except CannotRedact as error:
            form.add_error(None, str(error))
    context = {"partnership": partnership, "told": told, "texts": list(texts.values()), "form": form}
    return render(request, "partners/redact.html", context)


def _ask(request: Request, partnership: Partnership, told: stories.Told, form: forms.Redact) -> str:
    start, end = form.span
    asked = redaction.request_redaction(
        by=request.user, partnership=partnership, event_id=told.event.pk, field=form.place, start=start, end=end,
        reason=form.cleaned_data["reason"], now=request.now,
    )  # fmt: skip
    entries = "one entry" if len(asked) == 1 else f"{len(asked)} entries"
    messages.success(request, f"Asked for: the words stand in {entries}. Another person must approve it.")
    return reverse("partners:redactions", args=[partnership.slug])


def _waiting(request: Request, partnership: Partnership) -> list[dict]:
    """What was asked for, one for each passage: the entry in which it was marked, who asked, and whether it is done."""
    rows = Redaction.objects.visible_to(request.user).filter(partnership_id=partnership.pk)
    events = Event.objects.in_bulk([each.passage_of for each in rows])
    people = Person.objects.in_bulk([each.asked_by for each in rows])
    found: dict = {}
    for each in rows:
        known = found.setdefault(
            each.passage_of,
            {
                "event": events[each.passage_of], "asked_by": people[each.asked_by].name, "entries": 0,
                "is_mine": each.asked_by == request.user.pk, "is_done": each.approved_by is not None,
                "may_approve": _may(request, partnership, "approve"),
            },
        )  # fmt: skip
        known["entries"] += 1
    return sorted(found.values(), key=lambda each: (each["is_done"], -each["event"].sequence))


@member_view
def redactions(request: Request, partnership: Partnership) -> HttpResponse:
    """What was asked for and what is done."""
    check_new(request.user, "view", REDACTION, scope_of(partnership))
    page.describe(request, audience="those who may ask for or approve a redaction", section="record")
    context = {"partnership": partnership, "asked": _waiting(request, partnership)}
    return render(request, "partners/redactions.html", context)


@member_view
@step_up
def approve(request: Request, partnership: Partnership, sequence: int) -> HttpResponse:
    """See the words in their place and approve that they go."""
    check_new(request.user, "approve", REDACTION, scope_of(partnership))
    page.describe(request, audience="those who may approve a redaction", section="record")
    asked = (
        Redaction.objects.visible_to(request.user)
        .filter(partnership_id=partnership.pk, approved_by__isnull=True)
        .get(pk=Event.objects.values("pk").get(chain__partnership_id=partnership.pk, sequence=sequence)["pk"])
    )
    back = reverse("partners:redactions", args=[partnership.slug])
    if request.method == "POST":
        try:
            return answer_once(request, lambda: _approve(request, partnership, asked, back))
        except CannotRedact as error:
            messages.error(request, str(error))
    body = json.loads(EventBody.objects.get(event_id=asked.passage_of).text)
    whole = str(body["reason"] if asked.field == "" else body["state"].get(asked.field, ""))
    context = {
        "partnership": partnership, "sequence": sequence, "back": back,
        "before": whole[: asked.start], "words": whole[asked.start : asked.end], "after": whole[asked.end :],
        "is_mine": asked.asked_by == request.user.pk,
        "asked_by": Person.objects.get(pk=asked.asked_by).name,
        "entries": Redaction.objects.filter(passage_of=asked.passage_of, approved_by__isnull=True).count(),
        "seen": redaction.mark_of(asked),
    }  # fmt: skip
    return render(request, "partners/approve.html", context)


def _approve(request: Request, partnership: Partnership, asked: Redaction, back: str) -> str:
    count = redaction.approve_redaction(
        by=request.user, partnership=partnership, event_id=asked.passage_of, now=request.now,
        seen=request.POST.get("seen", ""),
    )  # fmt: skip
    entries = "one entry" if count == 1 else f"{count} entries"
    messages.success(request, f"The words are gone from {entries} and from every row that held them.")
    return back
