"""The fields by which somebody says what a finding's parts are, whom it names and what it is about."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms

from throughline.inspections import links
from throughline.inspections.models import Finding, Theme
from throughline.inspections.proposals import Words
from throughline.partners.models import Agency
from throughline.ui.forms import Form

_MOST_PARTS = 40
_SPARE = 2


class Named(Form):
    """Whom a finding names and what it is about. Its parts are fields: part_1 with agency_1, and so on."""

    agencies = forms.MultipleChoiceField(
        label="Agencies named", required=False, widget=forms.CheckboxSelectMultiple,
        help_text="Proposed from the words. Tick those whom the finding speaks of.",
    )  # fmt: skip
    themes = forms.MultipleChoiceField(
        label="Themes", required=False, widget=forms.CheckboxSelectMultiple,
        help_text="Proposed from the words. Tick what the finding is about.",
    )  # fmt: skip

    def offer(self, bodies: Iterable[Agency], known: Iterable[Theme], parts: int) -> None:
        """Give the fields their choices, and as many parts as are wanted, with a few to spare."""
        self.bodies = {str(each.pk): each for each in bodies}
        self.known = {str(each.pk): each for each in known}
        self.fields["agencies"].choices = [(key, each.name) for key, each in self.bodies.items()]  # type: ignore[attr-defined]
        self.fields["themes"].choices = [(key, each.name) for key, each in self.known.items()]  # type: ignore[attr-defined]
        for each in ("agencies", "themes"):
            self.fields[each].is_small = True  # type: ignore[attr-defined]
        self.parts = parts
        for number in range(1, self.parts + 1):
            self.fields[f"part_{number}"] = forms.CharField(
                label=f"Part {number}", required=False, max_length=10_000,
                widget=forms.Textarea(attrs={"rows": "3", "spellcheck": "false"}),
            )  # fmt: skip
            self.fields[f"agency_{number}"] = forms.ChoiceField(
                label=f"Agency of part {number}", required=False,
                choices=[("", "No agency of its own"), *((key, each.name) for key, each in self.bodies.items())],
            )  # fmt: skip

    def ordered(self, first: Sequence[str]) -> None:
        """Put the fields in their order: those given, the parts, then agencies and themes."""
        parts = [f"{name}_{number}" for number in range(1, self.parts + 1) for name in ("part", "agency")]
        self.order_fields([*first, *parts, "agencies", "themes"])

    def words(self, text: str) -> Words:
        """The words with their parts, once the form is valid. A part without words is left out."""
        data = self.cleaned_data
        kept = [
            (data[f"part_{number}"], data[f"agency_{number}"])
            for number in range(1, self.parts + 1)
            if data.get(f"part_{number}", "").strip()
        ]
        return Words(text, tuple(part for part, _ in kept), tuple(agency for _, agency in kept))

    @property
    def chosen_agencies(self) -> list[Agency]:
        """The agencies ticked."""
        return [self.bodies[key] for key in self.cleaned_data["agencies"]]

    @property
    def chosen_themes(self) -> list[Theme]:
        """The themes ticked."""
        return [self.known[key] for key in self.cleaned_data["themes"]]

    @staticmethod
    def parts_begin(words: Words) -> dict[str, Any]:
        """The parts to begin with."""
        found: dict[str, Any] = {}
        for number, (text, agency) in enumerate(zip(words.parts, words.part_agencies, strict=True), start=1):
            found |= {f"part_{number}": text, f"agency_{number}": agency}
        return found


def parts_wanted(words: Words, sent: Iterable[str]) -> int:
    """How many parts a form has: all that are there, a few to spare, and what was sent beyond them up to a limit."""
    numbers = [int(each[5:]) for each in sent if each.startswith("part_") and each[5:].isdecimal() and len(each) < 9]
    return max([len(words.parts) + _SPARE, *(number for number in numbers if number <= _MOST_PARTS)])


class ChangeFinding(Named):
    """A finding's words, page and title, put right, with its parts, the agencies that it names and its themes."""

    text = forms.CharField(
        label="The inspectors’ words",
        widget=forms.Textarea(attrs={"rows": "7", "spellcheck": "false"}),
        max_length=10_000,
        help_text="Exactly as printed in the letter, without its parts.",
    )
    title = forms.CharField(label="Our short title", max_length=200, help_text="What you call it in the plan.")
    page = forms.IntegerField(
        label="Page of the letter", min_value=1,
        widget=forms.TextInput(attrs={"class": "govuk-input--width-3", "inputmode": "numeric"}),
    )  # fmt: skip
    reason = forms.CharField(
        label="Why it is changed",
        required=False,
        max_length=500,
        help_text="It stands beside the change in the record.",
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(
        self, *args: Any, finding: Finding, bodies: Sequence[Agency], known: Sequence[Theme], parts: int, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self._finding = finding
        self.offer(bodies, known, parts)
        self.ordered(["text", "title", "page"])
        self.order_fields([*(name for name in self.fields if name != "reason"), "reason"])
        if finding.letter is None:
            del self.fields["page"]
            self.fields["text"].label, self.fields["text"].help_text = "What you found", ""

    @property
    def given(self) -> links.Given:
        """What was typed, once the form is valid."""
        return links.Given(
            self._finding, self.words(self.cleaned_data["text"]), tuple(self.chosen_agencies),
            tuple(self.chosen_themes), tuple(self.bodies.values()),
        )  # fmt: skip

    @staticmethod
    def begins(finding: Finding) -> dict[str, Any]:
        """The values to begin with. The finding is one of `queries.finding_of`."""
        words = links.words_of(finding, finding.standing_parts)  # type: ignore[attr-defined]
        return {
            "title": finding.title, "page": finding.page, "version": finding.version, "text": words.text,
            "agencies": [str(each.agency_id) for each in finding.names],  # type: ignore[attr-defined]
            "themes": [str(each.theme_id) for each in finding.about],  # type: ignore[attr-defined]
            **Named.parts_begin(words),
        }  # fmt: skip
