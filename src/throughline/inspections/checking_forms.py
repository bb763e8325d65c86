"""What people type when they put a proposal right, split it, or make a finding of a passage."""

from collections.abc import Sequence
from typing import Any

from django import forms

from throughline.inspections import proposals, proposing
from throughline.inspections.checking import Draft
from throughline.inspections.forms import TITLE_HINT, doubt_about
from throughline.inspections.frameworks import FINDING_KINDS, Framework
from throughline.inspections.models import Letter, ProposedFinding, Theme
from throughline.inspections.naming_forms import Named
from throughline.inspections.proposals import Words
from throughline.methods.titles import short_title
from throughline.partners.models import Agency
from throughline.ui.forms import Form


def kinds_for(regime: Framework, also: str = "") -> list[tuple[str, str]]:
    """The kinds of a regime as choices, with the one that is there already."""
    known = [*(each.key for each in regime.kinds), *([also] if also else [])]
    return [(key, FINDING_KINDS[key].printed) for key in dict.fromkeys(known)]


class _Proposed(Named):
    """Kind, title, page and words of what will be a finding."""

    kind = forms.ChoiceField(label="What kind of finding?")
    title = forms.CharField(
        label="Our short title",
        max_length=200,
        help_text=f"What you will call it in the plan. At most about {TITLE_HINT} characters.",
    )
    page = forms.IntegerField(
        label="Page of the letter", min_value=1,
        widget=forms.TextInput(attrs={"class": "govuk-input--width-3", "inputmode": "numeric"}),
    )  # fmt: skip
    text = forms.CharField(
        label="The inspectors’ words",
        widget=forms.Textarea(attrs={"rows": "7", "spellcheck": "false"}),
        max_length=10_000,
        help_text="Exactly as printed, without its parts.",
    )

    def __init__(
        self, *args: Any, letter: Letter, bodies: Sequence[Agency], known: Sequence[Theme], parts: int,
        kinds: Sequence[tuple[str, str]], **kwargs: Any,
    ) -> None:  # fmt: skip
        super().__init__(*args, **kwargs)
        self._letter = letter
        self.fields["kind"].choices = list(kinds)  # type: ignore[attr-defined]
        self.offer(bodies, known, parts)
        self.ordered(["kind", "title", "page", "text"])

    def clean_page(self) -> int:
        """A page that the letter has."""
        page: int = self.cleaned_data["page"]
        if page > self._letter.pages:
            raise forms.ValidationError(f"The letter has {self._letter.pages} pages. Give one of them")
        return page

    @property
    def draft(self) -> Draft:
        """What was typed, once the form is valid."""
        data = self.cleaned_data
        return Draft(
            kind=data["kind"], page=data["page"], title=data["title"], words=self.words(data["text"]),
            agencies=self.chosen_agencies, themes=self.chosen_themes,
        )  # fmt: skip

    def doubt(self, texts: Sequence[str]) -> str:
        """What to warn of where the words do not stand on the page, or run on to the next; empty when they do."""
        page = self.cleaned_data["page"]
        here, behind = [*texts[page - 1 : page + 1], "", ""][:2]
        if not doubt_about(self.words(self.cleaned_data["text"]).whole, page, here, behind):
            return ""
        return f"These words are not on page {page} as printed. They are kept as you typed them."


class ChangeProposal(_Proposed):
    """A proposal, put right."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    @staticmethod
    def begins(proposal: ProposedFinding) -> dict[str, Any]:
        """The values to begin with."""
        names = ("kind", "title", "page", "text", "agencies", "themes", "version")
        return {
            **{name: getattr(proposal, name) for name in names},
            **Named.parts_begin(proposing.words_of(proposal)),
        }


class FromPassage(_Proposed):
    """A finding made of a passage, or of a piece of it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [("", "Select a kind"), *self.fields["kind"].choices]  # type: ignore[attr-defined]
        self.fields["text"].help_text = "The whole passage stands here. Leave only the words that you want."

    @staticmethod
    def begins(text: str, page: int, bodies: Sequence[Agency], known: Sequence[Theme]) -> dict[str, Any]:
        """The values to begin with."""
        words = Words(text)
        return {
            "text": text, "page": page, "title": short_title(text), **proposing.links_of(words, bodies, known),
        }  # fmt: skip


class _AnyPlace(forms.TypedChoiceField):
    """Takes any number: what is still there when it is sent, the action decides, once for each sending."""

    def valid_value(self, value: Any) -> bool:
        """Whether it is a number at all."""
        return str(value).isdecimal() and len(str(value)) < 5


class SplitProposal(Form):
    """Where the second finding begins."""

    at = _AnyPlace(
        label="With which sentence or part does the second finding begin?", coerce=int, widget=forms.RadioSelect,
        error_messages={"required": "Choose the sentence or part with which the second finding begins"},
    )  # fmt: skip
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, words: Words, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["at"].choices = [  # type: ignore[attr-defined]
            (number, f"{proposals.BULLET if each.begins_part else ''}{each.text.strip()}")
            for number, each in enumerate(proposals.pieces(words))
            if number
        ]
