"""What people type into the pages of reports."""

from typing import Any

from django import forms

from throughline.methods.printed import day
from throughline.reports import kinds
from throughline.reports.models import Report
from throughline.returns.models import ReportingPeriod
from throughline.ui.forms import DateField, Form

LONGEST = 20_000


class ReportForm(Form):
    """Which report, of which quarter, for whom, as at which day."""

    kind = forms.ChoiceField(label="Kind of report", widget=forms.RadioSelect)
    period = forms.ModelChoiceField(queryset=ReportingPeriod.objects.none(), label="Period", empty_label=None)
    audience = forms.ChoiceField(
        label="Who is it for?", choices=list(kinds.AUDIENCES.items()), widget=forms.RadioSelect,
        help_text="For a meeting in public it prints posts, and none of an agency’s own words unless you released them",
    )  # fmt: skip
    as_of = DateField(label="As at the end of", help_text="The report shows what the register held on this day")

    def __init__(self, *args: Any, periods: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        self.fields["period"].queryset = periods  # type: ignore[attr-defined]
        found = kinds.kinds()
        self.fields["kind"].choices = [(each.name, each.printed) for each in found]  # type: ignore[attr-defined]
        if len(found) == 1:
            self.fields["kind"].widget = forms.HiddenInput()
            self.fields["kind"].initial = found[0].name


class VersionForm(Form):
    """A step that is taken on what was read."""

    version = forms.IntegerField(widget=forms.HiddenInput)


class StepForm(VersionForm):
    """One of the steps of a section's page that need no words. `seen` names the draft that was shown."""

    form = forms.CharField(widget=forms.HiddenInput)
    seen = forms.CharField(widget=forms.HiddenInput, required=False)


class SectionForm(VersionForm):
    """One's own words for a section."""

    form = forms.CharField(widget=forms.HiddenInput, initial="own")
    text = forms.CharField(
        label="Words of this section", max_length=LONGEST, widget=forms.Textarea(attrs={"rows": "14"}),
        help_text="An empty line begins a new paragraph. Lines that begin with - or 1. or (a) are a list.",
        error_messages={"required": "Write the section, take its draft, or say that there is none"},
    )  # fmt: skip
    field_order = ["text"]


class DayForm(VersionForm):
    """The day as at whose end the register is read."""

    as_of = DateField(label="As at the end of", help_text="What was kept in sections stays as it was kept")
    field_order = ["as_of"]


class ReasonForm(VersionForm):
    """Why a draft is set aside."""

    reason = forms.CharField(label="Why is it not needed?", max_length=500, widget=forms.Textarea(attrs={"rows": "3"}))
    field_order = ["reason"]


class CompareForm(Form):
    """Two frozen reports of a kind. Sent by its address, so that a comparison can be sent to a colleague."""

    before = forms.ChoiceField(label="Earlier report")
    after = forms.ChoiceField(label="Later report")

    def __init__(self, *args: Any, reports: list[Report], **given: Any) -> None:
        super().__init__(*args, **given)
        choices = [(each.reference, f"{each.reference} {each.title}, as at {day(each.as_of)}") for each in reports]
        for name in ("before", "after"):
            self.fields[name].choices = choices  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Refuse one and the same report on both sides."""
        given = super().clean() or {}
        if given.get("before") and given.get("before") == given.get("after"):
            self.add_error("after", "Choose another report than the earlier one")
        return given
