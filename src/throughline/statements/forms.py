"""What people type into the pages of written statements."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms

from throughline.inspections.frameworks import Framework
from throughline.partners.models import Agency, Group
from throughline.plans.models import Plan
from throughline.statements.actions import Said
from throughline.statements.queries import Answered
from throughline.ui.forms import DateField, Form

LONGEST = 10_000
_ACCEPTED_FILES = ".pdf,.docx,.png,.jpg,.jpeg,.txt"


class VersionForm(Form):
    """A step that is taken on what was read."""

    version = forms.IntegerField(widget=forms.HiddenInput)


class OpenForm(VersionForm):
    """The words are fixed as they were shown."""

    seen = forms.CharField(widget=forms.HiddenInput)


class WordsForm(VersionForm):
    """What the statement says beside its findings."""

    introduction = forms.CharField(
        label="Introduction", required=False, max_length=LONGEST, widget=forms.Textarea(attrs={"rows": "8"}),
        help_text="Who answers, and how the answer was made. An empty line begins a new paragraph. No child may be "
        "recognisable.",
    )  # fmt: skip
    oversight = forms.CharField(
        label="How this will be overseen", required=False, max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": "6"}),
        help_text="Which board oversees the actions, how often it hears of them, and who tests whether they helped.",
    )  # fmt: skip
    prints_names = forms.BooleanField(label="Print the names of those who sign beside their posts", required=False)
    field_order = ["introduction", "oversight", "prints_names"]


class ResponsesForm(Form):
    """Every finding's answer on one page: `answer-AFI-1`, `text-AFI-1` and the version that each was read at."""

    says_optional = False

    def __init__(self, *args: Any, findings: Sequence[Answered], regime: Framework, **kwargs: Any) -> None:
        self._findings = findings
        super().__init__(*args, **kwargs)
        for each in findings:
            self._ask(each, regime)

    def _ask(self, each: Answered, regime: Framework) -> None:
        reference = each.finding.reference
        response = each.response
        answer = forms.ChoiceField(
            label=f"Response to {reference}", required=False, widget=forms.RadioSelect,
            choices=[(word, word) for word in regime.answers], initial=each.answer,
        )  # fmt: skip
        text = forms.CharField(
            label=f"What we say to {reference}", required=False, max_length=LONGEST, initial=each.said,
            widget=forms.Textarea(attrs={"rows": "3"}),
        )  # fmt: skip
        version = forms.IntegerField(
            required=False, widget=forms.HiddenInput, initial=response.version if response else 0
        )
        answer.is_inline = answer.is_small = True  # type: ignore[attr-defined]
        answer.error_messages["invalid_choice"] = f"{reference}: choose one of the answers"
        self.fields |= {f"answer-{reference}": answer, f"text-{reference}": text, f"version-{reference}": version}

    @property
    def rows(self) -> list[tuple[Any, ...]]:
        """Each finding with its three fields."""
        return [
            (each, *(self[f"{name}-{each.finding.reference}"] for name in ("answer", "text", "version")))
            for each in self._findings
        ]  # fmt: skip

    @property
    def said(self) -> list[Said]:
        """What was typed, once the form is valid."""
        data = self.cleaned_data
        return [
            Said(
                each.finding, data[f"answer-{ref}"], data[f"text-{ref}"], data[f"version-{ref}"] or 0
            )
            for each in self._findings
            for ref in [each.finding.reference]
        ]  # fmt: skip

    def take_theirs_into_account(self, theirs: dict[Any, Any]) -> None:
        """Show beside each overtaken answer what the other person saved, and let a second sending be a choice."""
        self.data = self.data.copy()  # type: ignore[assignment, attr-defined]
        for each in self._findings:
            stored = theirs.get(each.finding.pk)
            if stored is None:
                continue
            ref = each.finding.reference
            self.data[f"version-{ref}"] = str(stored.version)  # type: ignore[index]
            words = f": {stored.text}" if stored.text else ""
            self.add_error(
                f"text-{ref}",
                f"{ref}: somebody saved ‘{stored.answer or 'no answer'}{words}’ while you wrote. Save again to put "
                "your words in its place, or copy theirs",
            )


class SignatoryForm(Form):
    """A body whose chief officer must sign."""

    body = forms.ChoiceField(label="Agency or group")
    post = forms.CharField(
        label="Post of whoever signs", max_length=200,
        help_text="As the statement prints it, for example ‘Chief constable’.",
    )  # fmt: skip

    def __init__(self, *args: Any, bodies: Iterable[Agency | Group], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._bodies = {str(each.pk): each for each in bodies}
        self.fields["body"].choices = [  # type: ignore[attr-defined]
            ("", "Select an agency or group"), *((key, each.name) for key, each in self._bodies.items())
        ]  # fmt: skip

    @property
    def body_chosen(self) -> Agency | Group:
        """The body, once the form is valid."""
        return self._bodies[self.cleaned_data["body"]]


class ReasonForm(VersionForm):
    """Why a step back is taken."""

    reason = forms.CharField(label="Why?", max_length=500, widget=forms.Textarea(attrs={"rows": "3"}))


class SignForm(VersionForm):
    """The signature of whoever answers for the body."""

    seen = forms.IntegerField(widget=forms.HiddenInput)
    read = forms.BooleanField(label="I have read this statement")

    def __init__(self, *args: Any, body: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["read"]
        field.label = f"I have read this statement and sign it for {body}"
        field.error_messages["required"] = "Tick that you have read the statement"


class PaperForm(VersionForm):
    """A signature that was given on paper."""

    name = forms.CharField(label="Name of whoever signed", max_length=200)
    signed_on = DateField(label="Date of the signature")
    note = forms.CharField(
        label="Where is the signed paper?", max_length=500,
        help_text="For example ‘Scan filed in the partnership’s records, 14 November 2018’.",
    )  # fmt: skip


class SubmitForm(VersionForm):
    """When it is sent, and where."""

    on = DateField(label="Date on which it is sent")
    to = forms.CharField(
        label="Sent to",
        required=False,
        max_length=200,
        help_text="The address that the letter gives under ‘Next steps’.",
    )


class ReceiptForm(VersionForm):
    """The inspectors’ receipt."""

    receipt = forms.FileField(
        label="The receipt", help_text="The e-mail or letter as PDF, Word, text or a picture. At most 25 MB.",
        widget=forms.FileInput(attrs={"accept": _ACCEPTED_FILES}),
    )  # fmt: skip
    on = DateField(label="Date of the receipt")
    reference = forms.CharField(label="Its reference", required=False, max_length=200)
    note = forms.CharField(label="Note", required=False, max_length=500)
    field_order = ["receipt", "on", "reference", "note"]


class FollowUpForm(Form):
    """What followed."""

    kind = forms.ChoiceField(label="What followed?", widget=forms.RadioSelect)
    on = DateField(label="When was it?")
    text = forms.CharField(
        label="What was said", max_length=LONGEST, widget=forms.Textarea(attrs={"rows": "6"}),
        help_text="In the inspectors’ words where you have them. No child may be recognisable.",
    )  # fmt: skip

    def __init__(self, *args: Any, regime: Framework, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [(each, each) for each in regime.follow_up]  # type: ignore[attr-defined]


class BeginForm(Form):
    """Out of which plan the actions come."""

    plan = forms.ChoiceField(label="Plan")

    def __init__(self, *args: Any, plans: Sequence[Plan], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._plans = {str(each.pk): each for each in plans}
        self.fields["plan"].choices = [(key, each.title) for key, each in self._plans.items()]  # type: ignore[attr-defined]
        if len(plans) == 1:
            self.fields["plan"].widget = forms.HiddenInput()
            self.fields["plan"].initial = str(plans[0].pk)

    @property
    def plan_chosen(self) -> Plan:
        """The plan, once the form is valid."""
        return self._plans[self.cleaned_data["plan"]]
