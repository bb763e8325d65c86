"""What people type about an inspection's record, its recipients and their duties."""

from collections.abc import Sequence
from dataclasses import fields
from datetime import date
from typing import Any

from django import forms

from throughline.inspections import record_rules
from throughline.inspections.models import Inspection, Recipient
from throughline.inspections.record_rules import Accuracy, Duties
from throughline.inspections.recording import InspectionFacts
from throughline.partners.models import Agency
from throughline.ui.forms import DateField, Form

_LONGEST_NAME = 100
_SMALL_NUMBER = forms.TextInput(attrs={"class": "govuk-input--width-3", "inputmode": "numeric"})


class _Versioned(Form):
    """A form about a row that somebody else may be changing."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def _refuse(self, wrong: dict[str, str]) -> None:
        for name, sentence in wrong.items():
            if name not in self.errors:
                self.add_error(name, sentence)


class RecordForm(_Versioned):
    """The facts of an inspection."""

    title = forms.CharField(
        max_length=200, label="What the inspection was about", help_text="As at the top of the letter."
    )
    area = forms.CharField(
        max_length=200, required=False, label="Area", help_text="The area that was inspected, as the letter names it."
    )
    inspectorates = forms.CharField(
        max_length=1_000, required=False, label="Inspectorates", widget=forms.Textarea(attrs={"rows": "4"}),
        help_text="One to a line, as the letter prints them, for example Ofsted.",
    )  # fmt: skip
    theme = forms.CharField(
        max_length=200, required=False, label="Theme", help_text="For example ‘Children living with domestic abuse’."
    )
    fieldwork_start = DateField(label="First day of fieldwork", required=False)
    fieldwork_end = DateField(label="Last day of fieldwork", required=False)
    team_size = forms.IntegerField(
        required=False, min_value=1, max_value=200, label="How many inspectors came", widget=_SMALL_NUMBER
    )
    deep_dive_cases = forms.IntegerField(
        required=False, min_value=0, max_value=1_000, label="Deep-dive cases", widget=_SMALL_NUMBER,
        help_text="How many children’s cases were looked at in depth. Give the number only, nothing about a child.",
    )  # fmt: skip
    what_inspectors_did = forms.CharField(
        required=False, max_length=5_000, label="What the inspectors did", widget=forms.Textarea(attrs={"rows": "6"}),
        help_text="Whom they met, what they watched and read. Nothing by which a child could be known.",
    )  # fmt: skip

    def clean_inspectorates(self) -> list[str]:
        """The names, one to a line."""
        names = record_rules.lines_of(self.cleaned_data["inspectorates"])
        for each in names:
            if len(each) > _LONGEST_NAME:
                raise forms.ValidationError(f"‘{each[:40]}…’ is too long for a name. Put each inspectorate on its line")
        return names

    def clean(self) -> dict[str, Any]:
        """Fieldwork ends after it starts."""
        data: dict[str, Any] = super().clean() or {}
        self._refuse(record_rules.wrong_fieldwork(data.get("fieldwork_start"), data.get("fieldwork_end")))
        return data

    @property
    def facts(self) -> InspectionFacts:
        """The facts, once the form is valid."""
        return InspectionFacts(**{each.name: self.cleaned_data[each.name] for each in fields(InspectionFacts)})

    @classmethod
    def begins(cls, inspection: Inspection) -> dict[str, Any]:
        """The values to begin with."""
        found = {name: getattr(inspection, name) for name in cls.base_fields}
        return {**found, "inspectorates": "\n".join(inspection.inspectorates)}


class AccuracyForm(_Versioned):
    """The stage of factual accuracy."""

    draft_received = DateField(
        label="Draft letter received", required=False, help_text="The day on which the inspectors’ draft came."
    )
    corrections_due = DateField(
        label="Corrections due", required=False,
        help_text="The day that the inspectors give in their covering message. Those who keep the inspection are"
        " reminded of it.",
    )  # fmt: skip
    corrections_sent = DateField(label="Corrections sent", required=False)
    corrections = forms.CharField(
        required=False, max_length=5_000, label="What was corrected", widget=forms.Textarea(attrs={"rows": "5"}),
        help_text="What the partnership asked to have put right, and what came of it.",
    )  # fmt: skip

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._today = today

    def clean(self) -> dict[str, Any]:
        """Days in their order, none of them to come."""
        data: dict[str, Any] = super().clean() or {}
        self._refuse(record_rules.wrong_accuracy(self._stage(data), self._today))
        return data

    @staticmethod
    def _stage(data: dict[str, Any]) -> Accuracy:
        return Accuracy(
            data.get("draft_received"), data.get("corrections_due"), data.get("corrections_sent"),
            data.get("corrections") or "",
        )  # fmt: skip

    @property
    def stage(self) -> Accuracy:
        """The stage, once the form is valid."""
        return self._stage(self.cleaned_data)

    @classmethod
    def begins(cls, inspection: Inspection) -> dict[str, Any]:
        """The values to begin with."""
        return {name: getattr(inspection, name) for name in cls.base_fields}


class RecipientForm(Form):
    """One of those whom the letter names."""

    printed = forms.CharField(
        max_length=300, label="Recipient", help_text="Name, post and organisation, as the letter prints them."
    )
    agency = forms.ChoiceField(
        label="Agency of the partnership", required=False,
        help_text="Its lead can then record what it has done. Leave it out for whoever belongs to no agency here.",
    )  # fmt: skip

    def __init__(self, *args: Any, agencies: Sequence[Agency], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._agencies = {str(each.pk): each for each in agencies}
        field = self.fields["agency"]
        assert isinstance(field, forms.ChoiceField)
        named = [(key, each.name) for key, each in self._agencies.items()]
        field.choices = [("", "No agency of the partnership"), *named]

    @property
    def chosen(self) -> Agency | None:
        """The agency, once the form is valid."""
        return self._agencies.get(self.cleaned_data["agency"])


class ChangeRecipientForm(RecipientForm):
    """A recipient's line and agency, put right."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    @staticmethod
    def begins(recipient: Recipient, proposed: Agency | None) -> dict[str, Any]:
        """The values to begin with: the agency that the line names where none is linked yet."""
        agency = recipient.agency_id or (proposed.pk if proposed else "")
        return {"printed": recipient.printed, "agency": str(agency), "version": recipient.version}


class DutiesForm(_Versioned):
    """What a recipient has done."""

    published_on = DateField(
        label="Published the letter on", required=False,
        help_text="Every recipient publishes the letter on its website (SI 2015/1792, regulation 3).",
    )  # fmt: skip
    published_where = forms.CharField(
        max_length=record_rules.LONGEST_ADDRESS, required=False, label="Where it is published",
        help_text="The web address of the page, beginning with https://",
        widget=forms.TextInput(attrs={"inputmode": "url", "spellcheck": "false", "autocomplete": "off"}),
    )  # fmt: skip
    contributed_on = DateField(
        label="Contributed to the written statement on", required=False,
        help_text="Recipients co-operate with whoever makes the statement (SI 2015/1792, regulation 4).",
    )  # fmt: skip
    contribution = forms.CharField(
        max_length=500, required=False, label="What they contributed", widget=forms.Textarea(attrs={"rows": "3"})
    )
    signed_on = DateField(label="Signed the written statement on", required=False)
    signed_by = forms.CharField(
        max_length=200, required=False, label="Who signed", help_text="The post, for example ‘Chief constable’."
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._today = today

    def clean(self) -> dict[str, Any]:
        """Each duty with its day, none of them to come."""
        data: dict[str, Any] = super().clean() or {}
        self._refuse(record_rules.wrong_duties(self._duties(data), self._today))
        return data

    @staticmethod
    def _duties(data: dict[str, Any]) -> Duties:
        found: dict[str, Any] = {each.name: data.get(each.name) for each in fields(Duties)}
        return Duties(**{name: value for name, value in found.items() if value is not None})

    @property
    def duties(self) -> Duties:
        """The duties, once the form is valid."""
        return self._duties(self.cleaned_data)

    @classmethod
    def begins(cls, recipient: Recipient) -> dict[str, Any]:
        """The values to begin with."""
        return {name: getattr(recipient, name) for name in cls.base_fields}
