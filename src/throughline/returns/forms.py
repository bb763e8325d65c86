"""Forms of the returns room."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms

from throughline.assurance.forms import RESULT_CHOICES
from throughline.methods.calendars import bank_holidays
from throughline.methods.printed import count
from throughline.plans.delivery import CLAIMABLE, Delivery
from throughline.plans.models import Plan
from throughline.returns import proposals, rules
from throughline.returns.content import Line, Step
from throughline.returns.reporting import MilestoneWords
from throughline.ui.forms import DateField, Form

LONGEST = 6000

# What an agency says of its own action: a claim, whatever it is called.
RATINGS = [
    (each.value, words)
    for each, words in zip(CLAIMABLE, ("Not started", "On track", "At risk", "Delivered"), strict=True)
]


class _PeriodDays(Form):
    """A quarter's name and its days."""

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


class PeriodForm(_PeriodDays):
    """A quarter and its days, proposed and open to change."""

    plan = forms.ModelChoiceField(queryset=Plan.objects.none(), label="Plan", empty_label=None)
    field_order = ["plan"]

    def __init__(self, *args: Any, plans: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["plan"].queryset = plans  # type: ignore[attr-defined]
        if plans.count() == 1:
            self.fields["plan"].widget = forms.HiddenInput()
            self.fields["plan"].initial = plans[0].pk


DAYS = ("opens", "data_to", "due", "verification_closes", "papers_cleared", "papers_out", "meeting")


class ChangePeriodForm(_PeriodDays):
    """A quarter that is open, with another name or other days."""

    reason = forms.CharField(
        label="Why does it change?", max_length=500, widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Every agency and group can read the reason.",
    )  # fmt: skip
    version = forms.IntegerField(widget=forms.HiddenInput)


def _in_a_row(field: Any) -> None:
    """Have few choices stand in one row, so that a page of many answers stays short."""
    field.is_small = field.is_inline = True


def _are_wrong(steps: list[tuple[Step, list[Any], Any]]) -> bool:
    return any(field.errors for _, fields, _ in steps for field in fields)


class UpdateForm(Form):
    """How one action stands, in the agency's words, with milestones and slip. `version` 0: nothing was said yet.

    A contributor says how its part stands; milestones and slips are for who leads.
    """

    says_optional = False
    form = forms.CharField(widget=forms.HiddenInput)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    self_rating = forms.ChoiceField(label="Where does it stand?", choices=RATINGS, widget=forms.RadioSelect)
    progress = forms.CharField(
        label="What has happened since the last return?", required=False, max_length=LONGEST,
        help_text="What was done and what came of it. No child may be recognisable.",
        widget=forms.Textarea(attrs={"rows": 4}),
    )  # fmt: skip
    slip_reason = forms.CharField(
        label="Why is the day not kept?", required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 2})
    )
    proposed_due = DateField(
        label="By which day will it be done instead?", required=False,
        help_text="When your return is accepted, this day is asked for. The due date stays until it is decided.",
    )  # fmt: skip

    def __init__(self, *args: Any, line: Line, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._line, self._on = line, on
        _in_a_row(self.fields["self_rating"])
        if not line.answer.leads:
            self.fields["self_rating"].label = "Where does your part stand?"
            self.fields["progress"].label = "What have you done of your part since the last return?"
            del self.fields["slip_reason"], self.fields["proposed_due"]
            return
        for step in line.steps:
            if step.milestone.reached is None:
                self._add_step(step)

    def _add_step(self, step: Step) -> None:
        name, said = f"m{step.milestone.number}", step.said
        self.fields |= {
            f"{name}_reached": DateField(label="Reached on", required=False, initial=said and said.reached),
            f"{name}_due": DateField(
                label="Or: by which day it will be reached", required=False, initial=said and said.proposed_due
            ),
            f"{name}_note": forms.CharField(
                label="Why its day moves", required=False, max_length=1000, initial=said.note if said else ""
            ),
            f"{name}_version": forms.IntegerField(
                widget=forms.HiddenInput, required=False, initial=said.version if said else 0
            ),
        }

    @property
    def steps(self) -> list[tuple[Step, list[Any], Any]]:
        """Each milestone with its three fields, and the hidden one that says which words it was written over."""
        return [
            (
                step,
                [self[f"m{step.milestone.number}_{part}"] for part in ("reached", "due", "note")],
                self[f"m{step.milestone.number}_version"],
            )
            for step in self._line.steps
            if f"m{step.milestone.number}_due" in self.fields
        ]

    @property
    def step_groups(self) -> list[tuple[str, bool, list[tuple[Step, list[Any], Any]]]]:
        """The milestones under two headings, those that were due first: heading, whether it lies open, and each."""
        due = [each for each in self.steps if each[0].is_owed]
        later = [each for each in self.steps if not each[0].is_owed]
        owed = sum(not step.is_answered for step, *_ in due)
        words = f"{count(len(due), 'milestone')} that {'was' if len(due) == 1 else 'were'} due"
        found = [(f"{words}, {owed} to answer" if owed else words, bool(owed), due)] if due else []
        found += [(f"{count(len(later), 'later milestone')}", False, later)] if later else []
        return [
            (heading[:1].upper() + heading[1:], is_open or _are_wrong(some), some) for heading, is_open, some in found
        ]

    @property
    def slip_summary(self) -> str:
        """What stands over the question about the slip."""
        line = self._line
        if line.is_slip_owed and not (line.update and line.update.slip_reason):
            return "Its day has gone: why, and by when instead? (to answer)"
        return "Ask for another day"

    @property
    def is_slip_open(self) -> bool:
        """Whether the question about the slip lies open."""
        return self._line.is_slip_asked or bool({"slip_reason", "proposed_due"} & set(self.errors))

    def clean(self) -> dict[str, Any]:
        """Say at once what the signature would be refused for: a claim needs its sentence, a slip both its parts."""
        found = super().clean() or self.cleaned_data
        if found.get("self_rating") in {Delivery.AT_RISK, Delivery.DELIVERED_CLAIMED} and not found.get("progress"):
            words = dict(RATINGS)[found["self_rating"]]
            self.add_error("progress", f"Say in a sentence why it is ‘{words}’")
        if "slip_reason" in self.fields and not {"slip_reason", "proposed_due"} & set(self.errors):
            slip = rules.why_not_slip(found.get("slip_reason") or "", found.get("proposed_due"), due=self._line.act.due)
            self._wrong(slip)
        for step, *_ in self.steps:
            name = f"m{step.milestone.number}"
            wrong = rules.why_not_milestone(
                found.get(f"{name}_reached"), found.get(f"{name}_due"), found.get(f"{name}_note") or "",
                due=step.milestone.due, on=self._on,
            )  # fmt: skip
            fields = {"reached": f"{name}_reached", "proposed_due": f"{name}_due", "note": f"{name}_note"}
            self._wrong([(fields[field], sentence) for field, sentence in wrong])
        return found

    def _wrong(self, found: list[tuple[str, str]]) -> None:
        for field, sentence in found:
            if field not in self.errors:
                self.add_error(field, sentence.rstrip("."))

    @property
    def words(self) -> dict[str, Any]:
        """What was typed about the action, as `report` takes it."""
        found = {name: self.cleaned_data[name] for name in ("self_rating", "progress")}
        if "slip_reason" in self.fields:
            found |= {name: self.cleaned_data[name] for name in ("slip_reason", "proposed_due")}
        return found

    @property
    def milestones(self) -> list[MilestoneWords]:
        """What was typed about its milestones."""
        data = self.cleaned_data
        return [
            MilestoneWords(
                step.milestone, data[f"{name}_reached"], data[f"{name}_due"], data[f"{name}_note"],
                data[f"{name}_version"] or 0,
            )
            for step, *_ in self.steps
            if (name := f"m{step.milestone.number}")
        ]  # fmt: skip


class OutcomeForm(Form):
    """What an assurance activity found, or how it stands."""

    says_optional = False
    form = forms.CharField(widget=forms.HiddenInput)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    done_on = DateField(label="When was it done?", required=False)
    result = forms.ChoiceField(
        label="Does it support what it tests?", choices=RESULT_CHOICES, required=False, widget=forms.RadioSelect
    )
    found = forms.CharField(
        label="What was found?", required=False, max_length=4000, widget=forms.Textarea(attrs={"rows": 3}),
        help_text="How many were looked at, and what they showed. No child may be recognisable.",
    )  # fmt: skip
    progress = forms.CharField(
        label="If it is not done: how does it stand?", required=False, max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )  # fmt: skip

    def __init__(self, *args: Any, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._on = on
        _in_a_row(self.fields["result"])

    def clean(self) -> dict[str, Any]:
        """Done and found, or how it stands."""
        data = super().clean() or self.cleaned_data
        wrong = rules.why_not_reported(
            data.get("done_on"), data.get("result") or "", data.get("found") or "", data.get("progress") or "",
            on=self._on,
        )  # fmt: skip
        for field, sentence in wrong:
            if field not in self.errors:
                self.add_error(field, sentence.rstrip("."))
        return data

    @property
    def words(self) -> dict[str, Any]:
        """What was typed, as `report_outcome` takes it."""
        return {name: self.cleaned_data[name] for name in ("done_on", "result", "found", "progress")}


class BringForm(Form):
    """Evidence that the body holds already, for its return."""

    evidence = forms.ChoiceField(label="Evidence that you hold already")

    def __init__(self, *args: Any, pieces: Sequence[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["evidence"].choices = [  # type: ignore[attr-defined]
            ("", "Select a piece of evidence"), *((str(each.pk), str(each)) for each in pieces)
        ]  # fmt: skip


class RestForm(Form):
    """Whatever belongs to no action."""

    says_optional = False
    form = forms.CharField(widget=forms.HiddenInput, initial="rest")
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    progress = forms.CharField(
        label="What else has to be said?", required=False, max_length=LONGEST,
        help_text="Anything the chair should know that belongs to no action and no audit."
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


class ReasonForm(VersionForm):
    """Why a step is taken."""

    reason = forms.CharField(
        label="Why?", max_length=500, widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Every agency and group can read the reason.",
    )  # fmt: skip


class SendBackForm(VersionForm):
    """Why a return goes back."""

    reason = forms.CharField(
        label="What has to change?", max_length=2000, widget=forms.Textarea(attrs={"rows": 4}),
        help_text="The agency reads these words. Say which action, and what is missing.",
    )  # fmt: skip
