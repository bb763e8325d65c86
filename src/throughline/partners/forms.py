"""What people type into the partners room's pages."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms

from throughline.access.roles import FOR_A_BODY, PRINTED, Role
from throughline.partners.models import Agency, Group, Partnership
from throughline.ui.forms import DateField, Form

MARKINGS = ("OFFICIAL", "OFFICIAL-SENSITIVE")


class Settings(Form):
    """How a partnership and its papers are called and marked."""

    name = forms.CharField(max_length=200, label="Name of the partnership")
    marking = forms.ChoiceField(
        label="Marking",
        choices=[(each, each) for each in MARKINGS],
        widget=forms.RadioSelect,
        help_text="Printed on every page, paper, file and message.",
    )
    executive_name = forms.CharField(
        max_length=200,
        label="Name of the executive group",
        help_text="The group that judges impact and decides, for example ‘Executive Group’. Reports and pages as at an"
        " earlier day keep the name that it had then.",
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    @classmethod
    def begins(cls, partnership: Partnership) -> dict[str, Any]:
        """The values to begin with."""
        return {name: getattr(partnership, name) for name in cls.base_fields}


class TakeOn(Form):
    """Somebody and their role."""

    name = forms.CharField(max_length=200, label="Full name", widget=forms.TextInput(attrs={"autocomplete": "off"}))
    email = forms.EmailField(
        max_length=254,
        label="E-mail address",
        help_text="Their work address. They sign in with it, and reminders go to it.",
        widget=forms.EmailInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    post_title = forms.CharField(
        max_length=200,
        required=False,
        label="Post (optional)",
        help_text="Public papers print the post in place of the name, for example ‘Named nurse’.",
    )
    role = forms.ChoiceField(label="Role", choices=[("", "Choose a role"), *((r.value, PRINTED[r]) for r in Role)])
    body = forms.ChoiceField(
        label="Agency or group",
        required=False,
        help_text="Whom they act for. An agency lead, deputy, executive, action owner, chair of a group and chief"
        " officer must act for one.",
    )
    starts = DateField(label="From")
    invites = forms.BooleanField(label="Send an invitation to sign in", required=False, initial=True)

    def __init__(self, *positional: Any, bodies: Sequence[Agency | Group], **named: Any) -> None:
        super().__init__(*positional, **named)
        self.bodies = {str(each.pk): each for each in bodies}
        body: Any = self.fields["body"]
        body.choices = [("", "None: for the whole partnership"), *((pk, str(each)) for pk, each in self.bodies.items())]

    def clean(self) -> dict[str, Any]:
        found = super().clean() or self.cleaned_data
        if found.get("role") in set(FOR_A_BODY) and not found.get("body") and "body" not in self.errors:
            self.add_error("body", f"{PRINTED[Role(found['role'])]}: choose the agency or group that they act for")
        return found

    @property
    def agency(self) -> Agency | None:
        """The chosen agency, if an agency was chosen."""
        chosen = self.bodies.get(self.cleaned_data["body"])
        return chosen if isinstance(chosen, Agency) else None

    @property
    def group(self) -> Group | None:
        """The chosen group, if a group was chosen."""
        chosen = self.bodies.get(self.cleaned_data["body"])
        return chosen if isinstance(chosen, Group) else None


class EndRole(Form):
    """When a role ends."""

    when = forms.ChoiceField(
        label="When does it end?",
        choices=[("now", "At once"), ("later", "At the end of a day")],
        widget=forms.RadioSelect,
    )
    ends = DateField(label="Last day", required=False, help_text="Only if it ends at the end of a day.")
    version = forms.IntegerField(widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        found = super().clean() or self.cleaned_data
        if found.get("when") == "later" and not found.get("ends") and "ends" not in self.errors:
            self.add_error("ends", "Enter the last day of the role")
        return found


class TakePart(Form):
    """An agency that takes part."""

    name = forms.CharField(max_length=200, label="Name of the agency")
    short_name = forms.CharField(
        max_length=40, label="Short name", help_text="For tables and charts, for example ‘Police’."
    )
    starts = DateField(label="Takes part from")


class NewGroup(Form):
    """A working group of the partnership."""

    name = forms.CharField(max_length=200, label="Name of the group")
    short_name = forms.CharField(max_length=40, label="Short name", help_text="For tables and charts.")


class Leave(Form):
    """When an agency's part ends."""

    ends = DateField(label="Last day")
    version = forms.IntegerField(widget=forms.HiddenInput)


class Succeed(Form):
    """Which agency takes another one's place, and from when."""

    says_optional = False
    successor = forms.ChoiceField(label="Which agency takes its place?", required=False)
    name = forms.CharField(
        label="Name of the agency, if it is not listed", max_length=200, required=False,
        help_text="As its law or its own papers have it.",
    )  # fmt: skip
    short_name = forms.CharField(
        max_length=40, label="Its short name", required=False, help_text="For tables and charts, for example ‘Police’."
    )
    on = DateField(label="The first day of the successor", help_text="The predecessor’s last day is the one before.")

    def __init__(self, *positional: Any, others: Sequence[Agency], today: date, **named: Any) -> None:
        super().__init__(*positional, **named)
        self._others = {str(each.pk): each for each in others}
        self._today = today
        successor: Any = self.fields["successor"]
        successor.choices = [("", "One that is not listed"), *((pk, each.name) for pk, each in self._others.items())]

    def clean(self) -> dict[str, Any]:
        found = super().clean() or self.cleaned_data
        name, listed = found.get("name", ""), found.get("successor", "")
        if not listed and not name:
            self.add_error("name", "Name the agency that takes its place, or choose one that is listed")
        elif listed and name:
            self.add_error("name", "Choose an agency that is listed or name another, not both")
        elif name and not found.get("short_name"):
            self.add_error("short_name", "Give its short name")
        on = found.get("on")
        if on is not None and on > self._today:
            self.add_error("on", "That day has not come yet. Record the succession on that day or after it")
        return found

    @property
    def words(self) -> dict[str, Any]:
        """What was typed, as `succession.succeed` takes it."""
        data = self.cleaned_data
        return {
            "successor": self._others.get(data["successor"]), "name": data["name"], "short_name": data["short_name"],
            "on": data["on"],
        }  # fmt: skip


class Details(Form):
    """What a person may say about themselves."""

    name = forms.CharField(max_length=200, label="Full name", widget=forms.TextInput(attrs={"autocomplete": "name"}))
    post_title = forms.CharField(
        max_length=200,
        required=False,
        label="Post (optional)",
        help_text="Public papers print it in place of your name.",
        widget=forms.TextInput(attrs={"autocomplete": "organization-title"}),
    )
    email = forms.EmailField(
        max_length=254,
        label="E-mail address",
        help_text="You sign in with it, and reminders go to it.",
        widget=forms.EmailInput(attrs={"autocomplete": "email", "spellcheck": "false"}),
    )
    version = forms.IntegerField(widget=forms.HiddenInput)


class Redact(Form):
    """Words that must not be in the record, and why."""

    field = forms.ChoiceField(label="Where do the words stand?", widget=forms.RadioSelect)
    words = forms.CharField(
        label="The words that must go",
        help_text="Exactly as they stand, and no more than must go. They go from every entry that repeats them.",
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    reason = forms.CharField(
        max_length=500,
        label="Why they must go",
        help_text="Kept for ever, so do not repeat the words. For example: ‘names a child’.",
    )

    def __init__(self, *positional: Any, texts: dict[str, tuple[str, str]], **named: Any) -> None:
        """`texts`: for each field of the entry, its label and its text."""
        super().__init__(*positional, **named)
        self.texts = texts
        field: Any = self.fields["field"]
        field.choices = [(name or "reason:", label) for name, (label, _text) in texts.items()]

    def clean(self) -> dict[str, Any]:
        found = super().clean() or self.cleaned_data
        if "field" in found and "words" in found:
            text = self.texts[self.place][1]
            if found["words"] not in text:
                self.add_error("words", "Those words do not stand there. Copy them from the entry above")
        return found

    @property
    def place(self) -> str:
        """The field's name as history knows it: '' for the reason."""
        chosen = str(self.cleaned_data["field"])
        return "" if chosen == "reason:" else chosen

    @property
    def span(self) -> tuple[int, int]:
        """Where the words begin and end in their text."""
        start = self.texts[self.place][1].index(self.cleaned_data["words"])
        return start, start + len(self.cleaned_data["words"])


class Day(Form):
    """One day, to filter the record by."""

    on = DateField(required=False, label="Day")
