"""What people type into the pages of evidence, and the file that they share."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator

from throughline.evidence import rules
from throughline.evidence.models import Evidence
from throughline.evidence.strength import STRENGTHS, Strength
from throughline.files import intake
from throughline.files.intake import Received
from throughline.files.verdict import Refused
from throughline.partners.models import Agency, Group
from throughline.ui.forms import DateField, Form

ACCEPT = ".pdf,.docx,.xlsx,.png,.jpg,.jpeg,.txt,.csv"
_STRENGTHS = [(each.value, f"{STRENGTHS[each].printed}: {STRENGTHS[each].means}") for each in Strength]
_NO_CHILD = "No child may be recognisable."
_AGAIN = "Choose the file again, because a browser does not keep a file"


class LinkField(forms.CharField):
    """The address of a page or a document elsewhere: http or https, whole."""

    def clean(self, value: Any) -> str:
        """The address. ValidationError says how one looks."""
        found = str(super().clean(value) or "")
        if found:
            try:
                URLValidator(schemes=["http", "https"])(found)
            except ValidationError:
                raise ValidationError(
                    "The link must be a whole address, like https://www.example.org/paper", code="link"
                ) from None
        return found


class _Shared(Form):
    """The file, or a link to it."""

    file = forms.FileField(
        label="The file", required=False, widget=forms.FileInput(attrs={"accept": ACCEPT}),
        help_text=f"PDF, Word, Excel, picture, text or CSV, at most 25 MB. {_NO_CHILD}",
    )  # fmt: skip
    link = LinkField(label="Or a link to it", required=False, max_length=500)
    note = forms.CharField(label="What should readers look at?", required=False, max_length=300)

    def clean(self) -> dict[str, Any]:
        """A file or a link, not both. A browser never keeps a chosen file: say so where something else is wrong."""
        data: dict[str, Any] = super().clean() or {}
        if data.get("file") and data.get("link"):
            self.add_error("link", "Add the file or a link to it, not both")
        if self.errors and data.get("file"):
            self.add_error("file", _AGAIN)
        return data

    def received(self) -> Received | None:
        """The file once it has passed the gate and is in the store; None for none.

        What the gate refuses becomes an error of the field, in its own sentence. Called before an action begins.
        """
        upload = self.cleaned_data.get("file")
        if not upload:
            return None
        try:
            return intake.receive(upload)
        except Refused as refused:
            self.add_error("file", refused.sentence)
            return None


class _Words(Form):
    """What evidence is and where it is held."""

    title = forms.CharField(
        max_length=300, label="What is it?", help_text="For example ‘Attendance list of the April training’."
    )
    held_where = forms.CharField(
        max_length=300, required=False, label="Where is it held?",
        help_text="So that somebody may come and see it: for example ‘Quality team’s shared drive, folder Training’. If"
        " you leave it empty, add the file or a link.",
    )  # fmt: skip
    strength = forms.ChoiceField(
        label="What can it show?", choices=_STRENGTHS, widget=forms.RadioSelect, initial=Strength.ASSERTION.value
    )
    dated = DateField(label="Which day is it of?", required=False)
    expires = DateField(
        label="Until when does it count?", required=False, help_text="Afterwards it is shown as expired."
    )
    detail = forms.CharField(
        label="More about it", required=False, max_length=4_000, help_text=_NO_CHILD,
        widget=forms.Textarea(attrs={"rows": "3"}),
    )  # fmt: skip

    def __init__(self, *args: Any, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._on = on

    def clean(self) -> dict[str, Any]:
        """Days that can be."""
        data: dict[str, Any] = super().clean() or {}
        for field, sentence in rules.why_not_dated(data.get("dated"), data.get("expires"), on=self._on):
            if field not in self.errors:
                self.add_error(field, sentence.rstrip("."))
        return data

    @property
    def words(self) -> dict[str, Any]:
        """What was typed, as the actions take it."""
        return {
            name: self.cleaned_data[name] for name in ("title", "held_where", "strength", "dated", "expires", "detail")
        }


class HoldForm(_Words, _Shared):
    """New evidence: whose it is, what it is, where it is held or the file itself, and what it belongs to."""

    body = forms.ChoiceField(label="Whose evidence is it?", help_text="The agency or group that holds it.")
    thing = forms.ChoiceField(
        label="What does it belong to?", required=False, help_text="You can say afterwards what else it belongs to."
    )
    restricted = forms.BooleanField(
        label="Restricted: only its body and the independent scrutineer may see it", required=False
    )
    field_order = [
        "body", "title", "strength", "held_where", "file", "link", "note", "thing", "dated", "expires", "detail",
        "restricted",
    ]  # fmt: skip

    def __init__(self, *args: Any, bodies: Sequence[Agency | Group], things: Any = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._bodies = {str(each.pk): each for each in bodies}
        if len(bodies) == 1:
            self.fields["body"] = forms.CharField(widget=forms.HiddenInput, initial=str(bodies[0].pk))
        else:
            choices = [("", "Select whose it is"), *((str(each.pk), each.name) for each in bodies)]
            self.fields["body"].choices = choices  # type: ignore[attr-defined]
        if things:
            self.fields["thing"].choices = [("", "Nothing yet"), *things]  # type: ignore[attr-defined]
        else:
            del self.fields["thing"]

    def clean_body(self) -> str:
        """One of the bodies that this person may hold evidence for."""
        found: str = self.cleaned_data["body"]
        if found not in self._bodies:
            raise ValidationError("Select whose evidence it is")
        return found

    def clean(self) -> dict[str, Any]:
        """Somewhere to find it."""
        data = super().clean()
        if "file" not in self.errors and "link" not in self.errors:
            sentence = rules.why_not_held(
                held_where=data.get("held_where") or "", has_file=bool(data.get("file")), link=data.get("link") or ""
            )
            if sentence:
                self.add_error("held_where", sentence.rstrip("."))
        return data

    @property
    def held(self) -> dict[str, Any]:
        """What was typed, as `actions.hold` takes it; the file and the things apart."""
        data = self.cleaned_data
        body = self._bodies[data["body"]]
        return {
            **self.words, "link": data["link"], "note": data["note"], "restricted": data.get("restricted", False),
            "agency": body if isinstance(body, Agency) else None,
            "group": body if isinstance(body, Group) else None,
        }  # fmt: skip


class ChangeForm(_Words):
    """Evidence in other words."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    @classmethod
    def begins(cls, evidence: Evidence) -> dict[str, Any]:
        """The values to begin with."""
        return {name: getattr(evidence, name) for name in cls.base_fields}


class ShareForm(_Shared):
    """A file or a link beside what was shared before."""

    def clean(self) -> dict[str, Any]:
        """One of the two is needed."""
        data = super().clean()
        if not data.get("file") and not data.get("link") and not self.errors:
            self.add_error("file", "Choose the file, or give a link to it")
        return data


class LinkForm(Form):
    """One more thing that evidence belongs to."""

    thing = forms.ChoiceField(label="What does it belong to?")

    def __init__(self, *args: Any, things: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["thing"].choices = [("", "Select an action, activity or desired impact"), *things]  # type: ignore[attr-defined]


class SeeForm(Form):
    """That evidence was seen."""

    on = DateField(label="When did you see it?")
    capacity = forms.ChoiceField(label="In which capacity?", widget=forms.RadioSelect)
    satisfied = forms.ChoiceField(
        label="Did it satisfy you?", choices=[("yes", "Yes, I am satisfied"), ("no", "No, I am not satisfied")],
        widget=forms.RadioSelect,
    )  # fmt: skip
    satisfied_that = forms.CharField(
        label="Of what?", max_length=2_000, widget=forms.Textarea(attrs={"rows": "3"}),
        help_text="For example ‘that all 41 sergeants were briefed’, or what is missing.",
    )  # fmt: skip

    def __init__(self, *args: Any, capacities: Sequence[str], today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._today = today
        self.fields["capacity"].choices = [(each, each) for each in capacities]  # type: ignore[attr-defined]
        if len(capacities) == 1:
            self.fields["capacity"].widget = forms.HiddenInput()
            self.fields["capacity"].initial = capacities[0]

    def clean_on(self) -> date:
        """A day that has come."""
        found: date = self.cleaned_data["on"]
        if found > self._today:
            raise ValidationError("That day has not come yet. Give the day on which you saw it")
        return found


class ReasonForm(Form):
    """Why something is done with evidence."""

    reason = forms.CharField(
        label="Why?", max_length=500, widget=forms.Textarea(attrs={"rows": "3"}), help_text="It stays on record."
    )
    version = forms.IntegerField(widget=forms.HiddenInput)


class ExpireForm(ReasonForm):
    """From when on evidence shows nothing any more."""

    expires = DateField(label="What is the last day on which it counts?")
    field_order = ["expires", "reason"]
