"""The page /styles: every component with all its states, in the words of the field. Nothing of it is kept."""

from datetime import UTC, date, datetime
from types import SimpleNamespace
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from throughline.ui import glyphs, scales
from throughline.ui.filters import ShownChoice
from throughline.ui.forms import DateField, Form
from throughline.ui.page import describe
from throughline.ui.parts import Cell, Column, Grid, Happening, Row, Step

_AREAS = ("Working together", "Recognising and responding", "Front door", "Children’s voice", "Leadership and scrutiny")
_BODIES = ("Council", "Police", "Health", "Probation")
_HEAT = (
    ("on_track", "delivered_claimed", "at_risk", "not_started"),
    ("delivered_verified", "at_risk", "on_track", "on_track"),
    ("at_risk", "on_track", "delivered_claimed", "superseded"),
    ("not_started", "delivered_verified", "on_track", "withdrawn"),
    ("on_track", "on_track", "delivered_verified", "at_risk"),
)


class SpecimenForm(Form):
    """Every kind of field."""

    title = forms.CharField(max_length=80, help_text="Short, and in the words that the board will use.")
    update = forms.CharField(
        label="What changed for children this quarter?", max_length=500, widget=forms.Textarea,
        help_text="Say what was seen, by whom and when. Do not name a child.",
    )  # fmt: skip
    due_date = DateField(label="Due date", help_text="For example, 3 12 2018")
    lead = forms.ChoiceField(
        label="Lead agency", choices=[("", "Select an agency"), ("council", "County Council"), ("police", "Police")]
    )
    rating = forms.ChoiceField(
        label="How is delivery going?",
        widget=forms.RadioSelect,
        choices=[("on_track", "On track"), ("at_risk", "At risk"), ("delivered", "Delivered (claimed)")],
    )
    themes = forms.MultipleChoiceField(
        label="Themes",
        widget=forms.CheckboxSelectMultiple,
        required=False,
        choices=[("voice", "Voice of the child"), ("risk", "Cumulative risk"), ("drift", "Drift and delay")],
    )
    evidence = forms.FileField(required=False, help_text="A PDF or Word file of at most 25 MB.")
    cases = forms.IntegerField(
        label="Cases audited", widget=forms.TextInput(attrs={"class": "govuk-input--width-4", "inputmode": "numeric"})
    )
    seen = forms.BooleanField(label="I have seen the evidence myself")


def _grid() -> Grid:
    verified = scales.mark_of("delivery", "delivered_verified")
    risk = scales.mark_of("delivery", "at_risk")
    early = scales.mark_of("impact", "early_sign")
    return Grid(
        "Actions of area 2",
        (Column("Reference", narrow=True), Column("Action"), Column("Delivery"), Column("Impact"),
         Column("Due", narrow=True), Column("Cases", numeric=True)),
        (
            (Cell("ACT-012", url="#ACT-012"),
             Cell("Notify schools before the next school day", detail="Police, with schools"), Cell(mark=verified),
             Cell(mark=early, is_round=True), date(2019, 1, 31), 1204),
            (Cell("ACT-013", url="#ACT-013"), "Record what children say at every incident attended", Cell(mark=risk),
             Cell(mark=scales.mark_of("impact", "cannot_tell"), is_round=True), date(2019, 3, 29), 17),
            (Cell("ACT-014", url="#ACT-014"), "Review the flags on both record systems", Cell(mark=risk),
             Cell(mark=scales.mark_of("impact", "no_desired_impact"), is_round=True), None, None),
        ),
    )  # fmt: skip


def _thread() -> list[Step]:
    return [
        Step("Finding", "AFI-08", "The child’s voice is rarely recorded at incidents", "#afi-08",
             "Letter, page 5: an area for improvement for the police."),
        Step("Action", "ACT-013", "Record what children say at every incident attended", "#act-013",
             "Police. Due 29 March 2019.", mark=scales.mark_of("delivery", "on_track")),
        Step("Update", "Quarter 4 2018/19", "All response teams briefed; 40 incidents sampled", "#update",
             "Brought forward from quarter 3: unchanged.", mark=scales.mark_of("return", "accepted")),
        Step("Desired impact", "IMP-03", "Children say that officers listened to them", "#imp-03",
             mark=scales.mark_of("impact", "too_early"), is_round=True),
        Step("Decision", "", "No meeting has considered this yet. Put it on the agenda of 30 January.",
             is_missing=True),
    ]  # fmt: skip


def _timeline() -> list[Happening]:
    return [
        Happening("Statement submitted", datetime(2018, 12, 3, 16, 5, tzinfo=UTC), "R. Hall, business manager",
                  "Receipt filed.\nFour chief officers had signed."),
        Happening("Sent back to the police", datetime(2018, 11, 27, 9, tzinfo=UTC), "R. Hall, business manager",
                  "ACT-013 had no due date."),
        Happening("Letter published", date(2018, 8, 24), url="#letter"),
    ]  # fmt: skip


def _filters() -> SimpleNamespace:
    """A filter panel as a list would fill it."""

    def choices(*rows: tuple[str, int, bool]) -> list[ShownChoice]:
        return [ShownChoice(label, label, number, chosen) for label, number, chosen in rows]

    lead = choices(("Council", 21, False), ("Police", 12, True), ("Health", 9, False), ("Without a lead", 2, False))
    due = choices(("Overdue", 3, False), ("Due this month", 5, False), ("Without a due date", 1, False))
    return SimpleNamespace(
        title="Actions", can_search=True, search_label="Search actions", searched="school", is_filtered=True,
        clear_url="?", kept=[],
        filters=[
            SimpleNamespace(name="lead", label="Lead agency", choices=lead, chosen=["Police"], is_open=True),
            SimpleNamespace(name="due", label="Due date", choices=due, chosen=[], is_open=False),
        ],
    )  # fmt: skip


def respond(request: HttpRequest) -> HttpResponse:
    """The specimen page. `?as-of=1` shows the banner of an earlier day."""
    describe(
        request,
        audience="developers of Throughline",
        partnership="Specimen partnership",
        partnership_url="/styles",
        illustrative=True,
        today=date(2019, 3, 29),
        as_of=date(2019, 1, 30),
    )
    wrong = SpecimenForm(
        {"title": "x" * 90, "due_date_day": "31", "due_date_month": "2", "due_date_year": "2019", "cases": "many"},
        prefix="wrong",
    )
    wrong = SpecimenForm({f"wrong-{name}": value for name, value in wrong.data.items()}, prefix="wrong")
    rows: list[Any] = list(range(240))
    context = {
        "form": None,
        "good": SpecimenForm(initial={"due_date": date(2019, 3, 29)}),
        "wrong": wrong,
        "grid": _grid(),
        "empty_grid": Grid("Measures", (Column("Measure"), Column("Position")), (), "No measure shows this yet."),
        "facts": [Row("Reference", "ACT-013"), Row("Lead agency", "Police", url="#lead"), ("Received", None)],
        "plain_facts": [("Received", date(2018, 8, 24)), ("Due", date(2018, 12, 3)), ("Working days", 70)],
        "thread": _thread(),
        "timeline": _timeline(),
        "bodies": _BODIES,
        "heat": [
            (area, [(value, index + 2, body) for index, (value, body) in enumerate(zip(row, _BODIES, strict=True))])
            for area, row in zip(_AREAS, _HEAT, strict=True)
        ],
        "pages": Paginator(rows, 25).page(4),
        "first_page": Paginator(rows[:60], 25).page(1),
        "list": _filters(),
        "glyphs": glyphs.names(),
        "scale_names": ("delivery", "due", "impact", "return"),
        "written_at": datetime(2018, 7, 3, 15, 5, tzinfo=UTC),
        "written_on": date(2018, 12, 3),
    }
    return render(request, "ui/styles.html", context)
