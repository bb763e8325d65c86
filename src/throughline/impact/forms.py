"""What people type into the pages of impact."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.html import format_html

from throughline.impact import rules
from throughline.impact.models import Judgement, LaterTest
from throughline.impact.scale import SCALE, Impact
from throughline.inspections.models import Inspection
from throughline.ui.forms import DateField, Form


def _state_choices() -> list[tuple[str, Any]]:
    """Each state with its meaning in small print."""
    return [
        (each.value, format_html('{}<span class="tl-detail">{}</span>', SCALE[each].printed, SCALE[each].means))
        for each in Impact
    ]


class JudgeForm(Form):
    """A judgement of a desired impact."""

    says_optional = False
    whose = forms.ChoiceField(
        label="Whose judgement is it?", choices=list(Judgement.WHOSE.items()), widget=forms.RadioSelect,
        error_messages={"required": "Say whose judgement it is"},
    )  # fmt: skip
    state = forms.ChoiceField(
        label="What is known about this impact?", choices=_state_choices, widget=forms.RadioSelect,
        error_messages={"required": "Choose what is known about this impact"},
    )  # fmt: skip
    reason = forms.CharField(
        label="Why?", max_length=4_000, widget=forms.Textarea(attrs={"rows": "5"}),
        help_text="Name the evidence. The reason is printed with the judgement in every paper.",
        error_messages={"required": "Give the reason. It is printed with the judgement"},
    )  # fmt: skip
    on = DateField(label="When was it judged?", help_text="The day of the meeting, for example 31 3 2027.")

    def __init__(
        self, *args: Any, whose: Sequence[str], begun: date | None, today: date, executive: str, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self._whose, self._begun, self._today = whose, begun, today
        names = {**Judgement.WHOSE, "executive": executive}
        self.fields["whose"].choices = [(each, names[each]) for each in whose]  # type: ignore[attr-defined]
        if len(whose) == 1:
            del self.fields["whose"]

    def clean(self) -> dict[str, Any]:
        """A day that can be, and all parts."""
        data: dict[str, Any] = super().clean() or {}
        if len(self._whose) == 1:
            data["whose"] = self._whose[0]
        for field, sentence in rules.why_not_judgement(
            data.get("whose") or "", data.get("state") or "", data.get("reason") or "", data.get("on"),
            begun=self._begun, today=self._today,
        ):  # fmt: skip
            if field not in self.errors:
                self.add_error(field, sentence.rstrip("."))
        return data


class ChangeLater(Form):
    """What a later inspection said, put right."""

    said = forms.ChoiceField(
        label="What did the inspectors say?", choices=list(LaterTest.SAID.items()), widget=forms.RadioSelect,
        error_messages={"required": "Say whether it came back or is shown to be better"},
    )  # fmt: skip
    says = forms.CharField(
        label="In your own words", max_length=2_000, widget=forms.Textarea(attrs={"rows": "4"}),
        help_text="What the later letter or report says that bears on this finding.",
    )  # fmt: skip
    page = forms.IntegerField(label="Page of the later letter", required=False, min_value=1, max_value=5_000)
    version = forms.IntegerField(widget=forms.HiddenInput)


class RecordLater(ChangeLater):
    """What a later inspection said."""

    inspection = forms.ChoiceField(label="Which inspection?", widget=forms.RadioSelect)
    field_order = ("inspection",)

    def __init__(self, *args: Any, inspections: Sequence[Inspection], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["version"]
        self._inspections = {str(each.pk): each for each in inspections}
        choices = [(key, each.title) for key, each in self._inspections.items()]
        self.fields["inspection"].choices = choices  # type: ignore[attr-defined]

    @property
    def chosen(self) -> Inspection:
        """The inspection that was chosen."""
        return self._inspections[self.cleaned_data["inspection"]]
