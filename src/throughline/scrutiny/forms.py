"""What people type into the pages of decisions."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms

from throughline.partners.models import Agency, Group
from throughline.plans.models import Action
from throughline.returns.models import ReportingPeriod
from throughline.scrutiny import rules
from throughline.scrutiny.models import Decision
from throughline.scrutiny.queries import THE_PARTNERSHIP
from throughline.scrutiny.states import ANSWERS, OUTCOMES, Outcome, needs_reason
from throughline.ui.forms import DateField, Form

_NOT_ONE = "None"


class ChangeDecision(Form):
    """What is to be decided, why, about which action and for which quarter's meeting."""

    text = forms.CharField(
        label="What is to be decided?", max_length=1_000, widget=forms.Textarea(attrs={"rows": "3"}),
        help_text="So that it can be answered with yes or no, for example ‘That the out-of-hours desk is funded for"
        " another year.’",
    )  # fmt: skip
    why = forms.CharField(
        label="Why is it needed?", required=False, max_length=2_000, widget=forms.Textarea(attrs={"rows": "4"}),
        help_text="What happens without it, and by when it must be known.",
    )  # fmt: skip
    action = forms.ChoiceField(label="Which action is it about?", required=False)
    period = forms.ChoiceField(
        label="Which quarter’s meeting is to decide?", required=False,
        help_text="It stands in the papers of that quarter.",
    )  # fmt: skip
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(
        self, *args: Any, actions: Sequence[Action], periods: Sequence[ReportingPeriod], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self._actions = {str(each.pk): each for each in actions}
        self._periods = {str(each.pk): each for each in periods}
        self.fields["action"].choices = [  # type: ignore[attr-defined]
            ("", _NOT_ONE), *((key, f"{each.reference} {each.title}") for key, each in self._actions.items()),
        ]  # fmt: skip
        self.fields["period"].choices = [  # type: ignore[attr-defined]
            ("", _NOT_ONE), *((key, each.label) for key, each in self._periods.items()),
        ]  # fmt: skip
        for name, held in (("action", self._actions), ("period", self._periods)):
            if not held:
                del self.fields[name]

    @property
    def words(self) -> dict[str, Any]:
        """What was typed, as the actions of this room take it."""
        data = self.cleaned_data
        return {
            "text": data["text"], "why": data["why"], "act": self._actions.get(data.get("action", "")),
            "period": self._periods.get(data.get("period", "")),
        }  # fmt: skip


class SeekDecision(ChangeDecision):
    """A decision that is sought, and for whom."""

    body = forms.ChoiceField(label="Who seeks it?")
    on = DateField(label="When was it sought?", help_text="Today, or the day on which it was asked for in writing.")
    field_order = ("text", "why", "body", "action", "period", "on")

    def __init__(self, *args: Any, seekers: Sequence[Agency | Group | None], today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["version"]
        self._today = today
        self._seekers = {str(each.pk) if each else "partnership": each for each in seekers}
        self.fields["body"].choices = [  # type: ignore[attr-defined]
            (key, each.name if each else THE_PARTNERSHIP) for key, each in self._seekers.items()
        ]
        if len(self._seekers) == 1:
            del self.fields["body"]

    def clean(self) -> dict[str, Any]:
        """A day that has come."""
        data: dict[str, Any] = super().clean() or {}
        for field, sentence in rules.why_not_sought(data.get("text") or "-", data.get("on"), today=self._today):
            name = "on" if field == "sought_on" else field
            if name not in self.errors:
                self.add_error(name, sentence.rstrip("."))
        return data

    @property
    def words(self) -> dict[str, Any]:
        """What was typed, as `decisions.seek` takes it."""
        body = self._seekers[self.cleaned_data.get("body") or next(iter(self._seekers))]
        return {
            **super().words, "on": self.cleaned_data["on"], "agency": body if isinstance(body, Agency) else None,
            "group": body if isinstance(body, Group) else None,
        }  # fmt: skip


class AnswerDecision(Form):
    """What the Executive Group answered."""

    says_optional = False
    outcome = forms.ChoiceField(
        label="What was decided?", choices=[(each.value, OUTCOMES[each].printed) for each in ANSWERS],
        widget=forms.RadioSelect, error_messages={"required": "Say whether it was agreed, not agreed or put off"},
    )  # fmt: skip
    answer = forms.CharField(
        label="The answer, as the minutes have it", max_length=2_000, widget=forms.Textarea(attrs={"rows": "4"}),
        help_text="With any condition, and what is to happen next. If it was put off: until when, and why.",
        error_messages={"required": "Give the answer as the minutes have it"},
    )  # fmt: skip
    on = DateField(label="When was the meeting?")
    reason = forms.CharField(
        label="Why is the answer put right?", max_length=500, help_text="It stands in the record.",
        error_messages={"required": "Say why the answer is put right"},
    )  # fmt: skip
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, decision: Decision, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._decision, self._today = decision, today
        if not needs_reason(Outcome(decision.outcome)):
            del self.fields["reason"]

    def clean(self) -> dict[str, Any]:
        """A day that can be, and all parts."""
        data: dict[str, Any] = super().clean() or {}
        wrong = rules.why_not_answer(
            Outcome(self._decision.outcome), data.get("outcome") or "", data.get("answer") or "", data.get("on"),
            data.get("reason") or "", sought_on=self._decision.sought_on, today=self._today,
        )  # fmt: skip
        for field, sentence in wrong:
            if field not in self.errors:
                self.add_error(field, sentence.rstrip("."))
        return data
