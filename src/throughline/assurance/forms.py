"""What people type into the pages of the programme of scrutiny and audit."""

from collections.abc import Sequence
from typing import Any

from django import forms

from throughline.assurance import rules
from throughline.assurance.outcomes import KINDS, RESULTS, ActivityKind, Result
from throughline.partners.models import Agency, Group
from throughline.plans.models import Action, DesiredImpact
from throughline.ui.forms import DateField, Form

KIND_CHOICES = [(each.value, KINDS[each]) for each in ActivityKind]
RESULT_CHOICES = [(each.value, RESULTS[each].printed) for each in Result]


class ActivityForm(Form):
    """One activity of the programme and what it tests."""

    title = forms.CharField(
        max_length=300, label="What is it called?", help_text="For example ‘Audit of strategy discussions, spring’."
    )
    kind = forms.ChoiceField(label="What kind of activity is it?", choices=KIND_CHOICES, widget=forms.RadioSelect)
    tests = forms.CharField(
        label="What does it test?", max_length=2_000, widget=forms.Textarea(attrs={"rows": "3"}),
        help_text="In a sentence, so that its result can support it or not: for example ‘Every strategy discussion has"
        " the police in it.’",
    )  # fmt: skip
    body = forms.ChoiceField(label="Who carries it out?", help_text="One agency or group. It returns the result.")
    due = DateField(label="Due date", help_text="The day by which it is done, for example 31 3 2027.")
    impacts = forms.MultipleChoiceField(
        label="Which desired impacts does it test?", required=False, widget=forms.CheckboxSelectMultiple
    )
    actions = forms.MultipleChoiceField(
        label="Which actions does it test?", required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(
        self, *args: Any, bodies: Sequence[Agency | Group], actions: Sequence[Action],
        impacts: Sequence[DesiredImpact], **kwargs: Any,
    ) -> None:  # fmt: skip
        super().__init__(*args, **kwargs)
        self._bodies = {str(each.pk): each for each in bodies}
        self._actions = {str(each.pk): each for each in actions}
        self._impacts = {str(each.pk): each for each in impacts}
        agencies = [(str(each.pk), each.name) for each in bodies if isinstance(each, Agency)]
        groups = [(str(each.pk), each.name) for each in bodies if isinstance(each, Group)]
        choices: list[tuple[str, Any]] = [("", "Select who carries it out"), ("Agencies", agencies)]
        self.fields["body"].choices = [*choices, ("Groups", groups)] if groups else choices  # type: ignore[attr-defined]
        for name, held, label in (
            ("impacts", self._impacts, lambda each: f"{each.reference} {each.would_see}"),
            ("actions", self._actions, lambda each: f"{each.reference} {each.title}"),
        ):
            self.fields[name].choices = [(key, label(each)) for key, each in held.items()]  # type: ignore[attr-defined]
            self.fields[name].is_small = True  # type: ignore[attr-defined]
            if not held:
                del self.fields[name]

    @property
    def words(self) -> dict[str, Any]:
        """What was typed, as the actions of this room take it."""
        data = self.cleaned_data
        body = self._bodies[data["body"]]
        return {
            "title": data["title"], "kind": data["kind"], "tests": data["tests"], "due": data["due"],
            "agency": body if isinstance(body, Agency) else None,
            "group": body if isinstance(body, Group) else None,
            "actions": [self._actions[key] for key in data.get("actions", ())],
            "impacts": [self._impacts[key] for key in data.get("impacts", ())],
        }  # fmt: skip


class ChangeActivity(ActivityForm):
    """An activity put right."""

    version = forms.IntegerField(widget=forms.HiddenInput)


class ResultForm(Form):
    """What an activity found."""

    says_optional = False
    done_on = DateField(label="When was it done?")
    result = forms.ChoiceField(
        label="Does it support what it tests?", choices=RESULT_CHOICES, widget=forms.RadioSelect,
        error_messages={"required": "Say whether it supports what it tests"},
    )  # fmt: skip
    found = forms.CharField(
        label="What was found?", max_length=4_000, widget=forms.Textarea(attrs={"rows": "4"}),
        help_text="How many were looked at, and what they showed. No child may be recognisable.",
    )  # fmt: skip
    reason = forms.CharField(
        label="Why is the result put right?", max_length=500, required=False, help_text="It stands in the record."
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, on: Any, has_result: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._on = on
        if not has_result:
            del self.fields["reason"]
        else:
            self.fields["reason"].required = True
            self.fields["reason"].error_messages["required"] = "Say why the result is put right"

    def clean(self) -> dict[str, Any]:
        """A day that has come, and all three parts."""
        data: dict[str, Any] = super().clean() or {}
        for field, sentence in rules.why_not_outcome(
            data.get("done_on"), data.get("result") or "", data.get("found") or "", on=self._on
        ):
            if field not in self.errors:
                self.add_error(field, sentence.rstrip("."))
        return data
