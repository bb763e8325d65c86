"""Forms of the returns room."""

from datetime import date
from typing import Any

from django import forms

from throughline.methods.calendars import bank_holidays
from throughline.plans.delivery import CLAIMABLE, Delivery
from throughline.plans.models import Plan
from throughline.returns import proposals
from throughline.ui.forms import DateField, Form

LONGEST = 6000

# What an agency says of its own action: a claim, whatever it is called.
RATINGS = [
    (each.value, words)
    for each, words in zip(CLAIMABLE, ("Not started", "On track", "At risk", "Delivered"), strict=True)
]


class PeriodForm(Form):
    """A quarter and its days, proposed and open to change."""

    plan = forms.ModelChoiceField(queryset=Plan.objects.none(), label="Plan", empty_label=None)
    label = forms.CharField(
        label="Name of the period", max_length=60, help_text="As it is printed, for example Q4 2018/19"
    )
    opens = DateField(
        label="Opens", help_text="Every agency that takes part on this day, and every group, owes a return"
    )
    data_to = DateField(label="Data up to", help_text="What happened after this day belongs to the next return")
    due = DateField(label="Returns due", help_text="The day ends at midnight")
    verification_closes = DateField(label="Verification closes", required=False)
    papers_cleared = DateField(label="Papers cleared", required=False)
    papers_out = DateField(label="Papers go out", required=False, help_text="Five clear days before the meeting")
    meeting = DateField(label="Meeting", required=False)

    def __init__(self, *args: Any, plans: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["plan"].queryset = plans  # type: ignore[attr-defined]
        if plans.count() == 1:
            self.fields["plan"].widget = forms.HiddenInput()
            self.fields["plan"].initial = plans[0].pk

    def clean(self) -> dict[str, Any]:
        """Days that follow each other, and papers in time."""
        found = super().clean() or self.cleaned_data
        days = {name: found.get(name) for name in DAYS}
        if all(days[name] for name in ("opens", "data_to", "due")):
            for field, sentence in proposals.why_not_in_order(**days):  # type: ignore[arg-type]
                self.add_error(field, sentence)
            if short := proposals.short_notice(days["meeting"], days["papers_out"], bank_holidays()):
                self.add_error("papers_out", f"{short} Give an earlier day, or leave it empty.")
        return found

    @property
    def days(self) -> dict[str, date | None]:
        """The days as the action takes them."""
        return {name: self.cleaned_data[name] for name in DAYS}


DAYS = ("opens", "data_to", "due", "verification_closes", "papers_cleared", "papers_out", "meeting")


class UpdateForm(Form):
    """How one action stands, in the agency's words. `version` 0: nothing was said about it yet."""

    says_optional = False
    form = forms.CharField(widget=forms.HiddenInput)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    self_rating = forms.ChoiceField(label="Where does it stand?", choices=RATINGS, widget=forms.RadioSelect)
    progress = forms.CharField(
        label="What has happened since the last return?", required=False, max_length=LONGEST,
        help_text="What was done and what came of it. No child may be recognisable.",
        widget=forms.Textarea(attrs={"rows": 4}),
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """Say at once what the signature would be refused for: a claim needs its sentence."""
        found = super().clean() or self.cleaned_data
        if found.get("self_rating") in {Delivery.AT_RISK, Delivery.DELIVERED_CLAIMED} and not found.get("progress"):
            words = dict(RATINGS)[found["self_rating"]]
            self.add_error("progress", f"Say in a sentence why it is ‘{words}’")
        return found


class RestForm(Form):
    """Whatever belongs to no action."""

    says_optional = False
    form = forms.CharField(widget=forms.HiddenInput, initial="rest")
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    progress = forms.CharField(
        label="What else has to be said?", required=False, max_length=LONGEST,
        help_text="Audits and assurance that you carried out and what they showed; anything the chair should know."
        " The Executive Group’s report prints it. No child may be recognisable.",
        widget=forms.Textarea(attrs={"rows": 4}),
    )  # fmt: skip


class VersionForm(Form):
    """A step that is taken on what was read."""

    version = forms.IntegerField(widget=forms.HiddenInput)


class SignForm(VersionForm):
    """The signature of whoever answers for the body."""

    seen = forms.CharField(widget=forms.HiddenInput)
    read = forms.BooleanField(label="I have read this return")

    def __init__(self, *args: Any, body: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["read"]
        field.label = f"I have read this return and sign it for {body}"
        field.error_messages["required"] = "Tick that you have read the return"


class SendBackForm(VersionForm):
    """Why a return goes back."""

    reason = forms.CharField(
        label="What has to change?", max_length=2000, widget=forms.Textarea(attrs={"rows": 4}),
        help_text="The agency reads these words. Say which action, and what is missing.",
    )  # fmt: skip
