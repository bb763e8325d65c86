"""What people type when a letter comes in: first the file and a day, then what was read in it, to be checked."""

import re
from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms

from throughline.inspections import record_rules
from throughline.inspections.actions import About, LetterDates, LetterSays
from throughline.inspections.frameworks import FRAMEWORKS, JTAI
from throughline.inspections.letter_reading import Reading
from throughline.inspections.sameness import Noticed
from throughline.ui.forms import DateField, Form

ADD, NEW = "add", "new"
_MOST_RECIPIENTS = 60


class Upload(Form):
    """The file, and the day on which it came."""

    letter = forms.FileField(
        label="The letter", help_text="The PDF as the inspectors published it, or a Word file. At most 25 MB.",
        widget=forms.FileInput(attrs={"accept": ".pdf,.docx"}),
    )  # fmt: skip
    received = DateField(
        label="Letter received",
        help_text="The day on which it reached the partnership. The time for the statement runs from it.",
        error_messages={"required": "Enter the day on which the letter was received"},
    )

    def clean(self) -> dict[str, Any]:
        """A browser never keeps a chosen file: say so where the day has to be put right first."""
        data: dict[str, Any] = super().clean() or {}
        if self.errors and data.get("letter"):
            self.add_error("letter", "Choose the letter again, because a browser does not keep a file")
        return data


class CheckedLetter(Form):
    """What was read of a letter, as a person leaves it. The file itself waits in the store."""

    received = DateField(
        label="Letter received",
        help_text="The day on which it reached the partnership.",
        error_messages={"required": "Enter the day on which the letter was received"},
    )
    published = DateField(label="Letter published", required=False, help_text="The date at the top of the letter.")
    principal_authority = forms.CharField(
        label="Principal authority", required=False, max_length=200,
        help_text="Who must make the written statement. Look under ‘Next steps’: it is not always the council.",
    )  # fmt: skip
    statement_due = DateField(
        label="Written statement due, as the letter prints it",
        required=False,
        help_text="Look under ‘Next steps’, near the letter’s end. The printed day is the one that counts.",
    )
    recipients = forms.CharField(
        label="Recipients", required=False, max_length=20_000,
        widget=forms.Textarea(attrs={"rows": "8", "spellcheck": "false"}),
        help_text="Those whom the letter names before ‘Dear’, one on each line.",
    )  # fmt: skip
    # On the page only while something looks the same; `seen` then names what was shown.
    same = forms.ChoiceField(label="Is this one of them?", required=False, widget=forms.RadioSelect)
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, noticed: Sequence[Noticed] = (), printed: Reading | None = None, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.noticed, self._printed = tuple(noticed), printed
        self.fields["same"].error_messages["required"] = "Say whether this is one of them"
        if self.noticed:
            self.ask_about(self.noticed)
        else:
            del self.fields["same"], self.fields["seen"]
        words = printed.statement_due_printed if printed else ""
        if words:
            self.fields[
                "statement_due"
            ].help_text = f"The letter prints ‘{words}’. The printed day is the one that counts."

    def ask_about(self, noticed: Sequence[Noticed]) -> None:
        """Offer what looks the same: add to one of them, or say that this is another."""
        inspections = {each.inspection.pk: each.inspection for each in noticed}
        self.fields["same"].choices = [  # type: ignore[attr-defined]
            *((f"{ADD}:{pk}", f"Add it to ‘{each.title}’ as another letter") for pk, each in inspections.items()),
            (NEW, self.other_words),
        ]
        self.fields["same"].required = True
        self.fields["seen"].initial = " ".join(str(each.key) for each in noticed)

    other_words = "It is a different inspection: go on"

    @property
    def dates(self) -> LetterDates:
        """The dates, once the form is valid."""
        data = self.cleaned_data
        return LetterDates(data["received"], data["published"], data["statement_due"])

    @property
    def says(self) -> LetterSays:
        """What else the letter prints, once the form is valid. A due date put right is no longer as it was printed."""
        data, printed = self.cleaned_data, self._printed
        as_printed = printed is not None and printed.statement_due == data["statement_due"]
        return LetterSays(
            recipients=tuple(dict.fromkeys(_lines(data["recipients"]))),
            principal_authority=data["principal_authority"],
            statement_due_printed=printed.statement_due_printed if as_printed and printed else "",
        )

    def clean_recipients(self) -> str:
        """Each line is one of them."""
        lines = _lines(self.cleaned_data["recipients"])
        if len(lines) > _MOST_RECIPIENTS:
            raise forms.ValidationError(
                f"A letter names at most {_MOST_RECIPIENTS} recipients: there are {len(lines)} lines"
            )
        if any(len(each) > 300 for each in lines):
            raise forms.ValidationError("A line has at most 300 characters: put each recipient on a line of its own")
        return "\n".join(lines)

    @classmethod
    def begins(cls, reading: Reading, received: date) -> dict[str, Any]:
        """The values to begin with."""
        return {
            "received": received, "published": reading.published, "statement_due": reading.statement_due,
            "principal_authority": reading.principal_authority[:200], "recipients": "\n".join(reading.recipients),
        }  # fmt: skip


class CheckedInspection(CheckedLetter):
    """The same, with what the inspection was about."""

    title = forms.CharField(
        max_length=200,
        label="What the inspection was about",
        help_text="As at the top of the letter, for example ‘Joint targeted area inspection of the multi-agency"
        " response to domestic abuse in Ashvale’.",
    )
    framework = forms.ChoiceField(
        label="Kind of inspection",
        choices=[("", "Select a kind"), *((key, each.printed) for key, each in FRAMEWORKS.items())],
    )
    area = forms.CharField(label="Area", required=False, max_length=200, help_text="As the letter names it.")
    inspectorates = forms.CharField(
        label="Inspectorates", required=False, max_length=300, help_text="With a comma between them: Ofsted, CQC."
    )
    theme = forms.CharField(label="Theme", required=False, max_length=200, help_text="For example domestic abuse.")
    fieldwork_start = DateField(label="First day of fieldwork", required=False)
    fieldwork_end = DateField(label="Last day of fieldwork", required=False)
    field_order = [
        "same", "title", "framework", "area", "inspectorates", "theme", "fieldwork_start", "fieldwork_end", "received",
        "published", "principal_authority", "statement_due", "recipients",
    ]  # fmt: skip

    @property
    def about(self) -> About:
        """What the inspection was about, once the form is valid."""
        data = self.cleaned_data
        return About(
            title=data["title"], framework=data["framework"], theme=data["theme"], area=data["area"],
            inspectorates=tuple(each.strip() for each in re.split(r"[,;\n]", data["inspectorates"]) if each.strip()),
            fieldwork_start=data["fieldwork_start"], fieldwork_end=data["fieldwork_end"],
        )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """Fieldwork ends after it starts."""
        data: dict[str, Any] = super().clean() or {}
        wrong = record_rules.wrong_fieldwork(data.get("fieldwork_start"), data.get("fieldwork_end"))
        for name, sentence in wrong.items():
            if name not in self.errors:
                self.add_error(name, sentence)
        return data

    @classmethod
    def begins(cls, reading: Reading, received: date) -> dict[str, Any]:
        """The values to begin with. A kind is proposed only for a letter that was read as one of that kind."""
        return {
            **super().begins(reading, received), "title": reading.title[:200], "area": reading.area[:200],
            "framework": JTAI.key if reading.is_recognised else "", "inspectorates": ", ".join(reading.inspectorates),
            "theme": reading.theme[:200], "fieldwork_start": reading.fieldwork_start,
            "fieldwork_end": reading.fieldwork_end,
        }  # fmt: skip


class CheckedAnotherLetter(CheckedLetter):
    """Another letter of an inspection that is here."""

    other_words = "It is another letter: go on"
    field_order = ["same", "received", "published", "principal_authority", "statement_due", "recipients"]

    def ask_about(self, noticed: Sequence[Noticed]) -> None:
        """There is nothing to choose but to go on, or to open the one that is here."""
        super().ask_about(noticed)
        self.fields["same"].choices = [(NEW, self.other_words)]  # type: ignore[attr-defined]


def _lines(text: str) -> list[str]:
    return [line for each in text.split("\n") if (line := " ".join(each.split()))]
