"""What people type into the library's pages, and the files that they bring."""

from dataclasses import fields
from typing import Any

from django import forms

from throughline.inspections.record_rules import lines_of, wrong_fieldwork
from throughline.library.actions import LetterFacts
from throughline.library.models import LibraryLetter
from throughline.ui.forms import DateField, Form

MOST_FILES = 100


class _ManyFiles(forms.FileInput):
    """A file input that takes several files."""

    allow_multiple_selected = True


class _Letters(forms.FileField):
    """Several files. What each of them is, the gate says later: a bad one is no reason to lose the others."""

    widget = _ManyFiles

    def clean(self, data: Any, initial: Any = None) -> Any:
        """The files as they were sent, at least one."""
        files = data if isinstance(data, list) else [data] if data else []
        if not files:
            raise forms.ValidationError("Choose at least one letter")
        if len(files) > MOST_FILES:
            raise forms.ValidationError(f"Choose at most {MOST_FILES} letters at once")
        return files


class Bring(Form):
    """Letters for the library."""

    letters = _Letters(
        label="Letters", widget=_ManyFiles(attrs={"accept": ".pdf,.docx", "multiple": True}),
        help_text="PDF or Word files as the inspectors published them, at most 25 MB each. You may choose several.",
    )  # fmt: skip


class Facts(Form):
    """A letter's facts, put right."""

    area = forms.CharField(max_length=200, required=False, label="Area")
    published = DateField(label="Published", required=False)
    theme = forms.CharField(max_length=200, required=False, label="Theme of the inspection")
    inspectorates = forms.CharField(
        max_length=1_000, required=False, label="Inspectorates", widget=forms.Textarea(attrs={"rows": "4"}),
        help_text="One to a line.",
    )  # fmt: skip
    fieldwork_start = DateField(label="First day of fieldwork", required=False)
    fieldwork_end = DateField(label="Last day of fieldwork", required=False)
    version = forms.IntegerField(widget=forms.HiddenInput)

    def clean_inspectorates(self) -> list[str]:
        """The names, one to a line."""
        return lines_of(self.cleaned_data["inspectorates"])

    def clean(self) -> dict[str, Any]:
        """Fieldwork ends after it starts."""
        data: dict[str, Any] = super().clean() or {}
        for name, sentence in wrong_fieldwork(data.get("fieldwork_start"), data.get("fieldwork_end")).items():
            if name not in self.errors:
                self.add_error(name, sentence)
        return data

    @property
    def facts(self) -> LetterFacts:
        """The facts, once the form is valid."""
        return LetterFacts(**{each.name: self.cleaned_data[each.name] for each in fields(LetterFacts)})

    @classmethod
    def begins(cls, letter: LibraryLetter) -> dict[str, Any]:
        """The values to begin with."""
        found = {name: getattr(letter, name) for name in cls.base_fields}
        return {**found, "inspectorates": "\n".join(letter.inspectorates)}
