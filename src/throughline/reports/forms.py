"""The form that asks for a report."""

from typing import Any

from django import forms

from throughline.reports import kinds
from throughline.returns.models import ReportingPeriod
from throughline.ui.forms import DateField, Form


class ReportForm(Form):
    """Which report, of which quarter, for whom, as at which day."""

    kind = forms.ChoiceField(label="Kind of report", widget=forms.RadioSelect)
    period = forms.ModelChoiceField(queryset=ReportingPeriod.objects.none(), label="Period", empty_label=None)
    audience = forms.ChoiceField(
        label="Who is it for?", choices=list(kinds.AUDIENCES.items()), widget=forms.RadioSelect,
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
