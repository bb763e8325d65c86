"""What people type into the inspections room's pages."""

import hashlib
from collections.abc import Iterable
from typing import Any

from django import forms

from throughline.inspections import rules
from throughline.inspections.actions import LetterDates
from throughline.inspections.frameworks import FINDING_KINDS, FindingKind
from throughline.inspections.models import Letter
from throughline.ui.forms import DateField, Form

TITLE_HINT = 120
_OWN = "partnership"


class _Dates(Form):
    """The dates that a letter carries."""

    received = DateField(
        label="Letter received",
        help_text="The day on which it reached the partnership. The time for the statement runs from it.",
        error_messages={"required": "Enter the day on which the letter was received"},
    )
    published = DateField(label="Letter published", required=False, help_text="As on the inspectorate’s website.")
    statement_due = DateField(
        label="Written statement due, as the letter prints it",
        required=False,
        help_text="Look under ‘Next steps’, near the letter’s end. The printed day is the one that counts.",
    )

    @property
    def dates(self) -> LetterDates:
        """The dates, once the form is valid."""
        data = self.cleaned_data
        return LetterDates(data["received"], data["published"], data["statement_due"])


class LetterDatesForm(_Dates):
    """The dates of a letter and the body that answers it, put right."""

    principal_authority = forms.CharField(
        label="Principal authority", required=False, max_length=200,
        help_text="Who must make the written statement. Look under ‘Next steps’: it is not always the council.",
    )  # fmt: skip
    version = forms.IntegerField(widget=forms.HiddenInput)

    @classmethod
    def begins(cls, letter: Letter) -> dict[str, Any]:
        """The values to begin with."""
        return {name: getattr(letter, name) for name in cls.base_fields}


def _choices(kinds: Iterable[FindingKind]) -> list[tuple[str, str]]:
    return [(kind.key, kind.printed) for kind in kinds]


class _Words(Form):
    """The inspectors' words and our own title for them."""

    text = forms.CharField(
        label="The inspectors’ words",
        widget=forms.Textarea(attrs={"rows": "7", "spellcheck": "false"}),
        max_length=10_000,
        help_text="Exactly as printed. Mark the words beside this form and take them over, or copy and paste them.",
    )
    title = forms.CharField(
        label="Our short title",
        max_length=200,
        help_text=f"What you will call it in the plan. At most about {TITLE_HINT} characters.",
    )


class MarkFinding(_Words):
    """A finding on a page of a letter. `page_text` is what is printed there.

    Words that do not stand on the page are asked about once: `doubted` then carries what they were.
    """

    kind = forms.ChoiceField(
        label="What kind of finding?",
        choices=[("", "Select a kind"), *_choices(kind for kind in FINDING_KINDS.values() if kind.key != _OWN)],
    )
    doubted = forms.CharField(required=False, widget=forms.HiddenInput)
    field_order = ["kind", "text", "title"]

    def __init__(self, *args: Any, page: int, page_text: str, **kwargs: Any) -> None:
        self._page, self._page_text = page, page_text
        super().__init__(*args, **kwargs)

    def clean(self) -> dict[str, Any]:
        """Ask once about words that the page does not have."""
        data: dict[str, Any] = super().clean() or {}
        words = data.get("text", "")
        doubt, asked = doubt_about(words, self._page, self._page_text), _fingerprint(words, self._page)
        if doubt and data.get("doubted") != asked:
            self.add_error("text", doubt)
            self.data = {**dict(self.data.items()), "doubted": asked}
        return data


def doubt_about(text: str, page: int, page_text: str, next_text: str = "") -> str:
    """The sentence for words that do not stand on a page as printed; empty when they do, or when the page is a scan.

    next_text: the page behind it, where words may run over the page's end.
    """
    if not text or not page_text.strip() or rules.stands_on_pages(text, page_text, next_text):
        return ""
    return f"These words are not on page {page} as printed. Check them, or save again to keep them"


def _fingerprint(text: str, page: int) -> str:
    return hashlib.sha256(f"{page}:{text}".encode()).hexdigest()[:16]


class OwnFinding(_Words):
    """A finding that the partnership made itself."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"].label = "What you found"
        self.fields["text"].help_text = "For example in an audit of your own, or from what families told you."


class Withdraw(Form):
    """Why something is taken out."""

    reason = forms.CharField(
        label="Why?", max_length=500, widget=forms.Textarea(attrs={"rows": "3"}),
        help_text="It stands in the record beside what was withdrawn.",
    )  # fmt: skip
    version = forms.IntegerField(widget=forms.HiddenInput)
