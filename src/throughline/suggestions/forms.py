"""What people type and tick on the pages of suggestions."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.http import QueryDict

from throughline.inspections.models import Finding
from throughline.methods.suggestions import Kind
from throughline.plans.actions import NewImpact
from throughline.plans.models import ImpactTest, ImprovementArea
from throughline.suggestions.drafts import Draft, DraftPlan, Fold, Item
from throughline.suggestions.models import BankEntry
from throughline.ui.forms import Form

LATER, NEW = "", "new"
LONGEST_TITLE = 200
OVERTAKEN = (
    "What the plan has for this finding was changed while you wrote; it is shown above. Your words are kept: accept "
    "them to add yours, or untick the desired impact and choose ‘Place it later’ to leave it as it is"
)
_FINDINGS = "findings_"
TESTS = (ImpactTest.MEASURE, ImpactTest.AUDIT, ImpactTest.VOICE)


class FoldsForm(Form):
    """The improvement areas that the findings suggest: which to take, under which title, with which findings."""

    says_optional = False

    def __init__(self, *args: Any, drafted: DraftPlan, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.folds = drafted.folds
        for fold in self.folds:
            self.fields[f"take_{fold.key}"] = forms.BooleanField(
                required=False, initial=True, label=f"Take ‘{fold.title}’"
            )
            self.fields[f"title_{fold.key}"] = forms.CharField(
                max_length=LONGEST_TITLE, initial=fold.title, label="Title of the area", required=False
            )
            findings = forms.MultipleChoiceField(
                required=False, label="Findings", widget=forms.CheckboxSelectMultiple,
                choices=[
                    (str(each.finding.pk), f"{each.finding.reference} {each.finding.title}") for each in fold.drafts
                ],
                initial=[str(each.finding.pk) for each in fold.drafts],
            )  # fmt: skip
            findings.is_small = True  # type: ignore[attr-defined]
            self.fields[f"findings_{fold.key}"] = findings

    def parts(self) -> list[tuple[Fold, Any, Any, Any]]:
        """Each area with its three fields, for the page."""
        return [
            (fold, self[f"take_{fold.key}"], self[f"title_{fold.key}"], self[f"findings_{fold.key}"])
            for fold in self.folds
        ]

    def chosen(self, only: str = "") -> dict[str, list[Finding]]:
        """The findings to place, by the title of their area. `only`: the key of the one area that is asked for."""
        found: dict[str, list[Finding]] = {}
        for fold in self.folds:
            wanted = set(self.cleaned_data[f"findings_{fold.key}"])
            taken = only == fold.key if only else self.cleaned_data[f"take_{fold.key}"]
            if taken and wanted:
                title = self.cleaned_data[f"title_{fold.key}"] or fold.title
                found.setdefault(title, []).extend(
                    each.finding for each in fold.drafts if str(each.finding.pk) in wanted
                )  # fmt: skip
        return found

    def hide(self) -> None:
        """Have every field go along unseen, on the page that asks, each area with a title."""
        titled = self.data.copy()  # type: ignore[attr-defined]
        for fold in self.folds:
            titled[f"title_{fold.key}"] = self.cleaned_data[f"title_{fold.key}"] or fold.title
        self.data = titled
        for field in self.fields.values():
            many = isinstance(field, forms.MultipleChoiceField)
            field.widget = forms.MultipleHiddenInput() if many else forms.HiddenInput()


def sent_choice(data: QueryDict, drafted: DraftPlan) -> dict[str, list[Finding]]:
    """What was confirmed, by title, from what was sent and not from what is suggested now.

    A fold goes as soon as its findings are placed. What was asked for then still has its names, so that the answer can
    be that somebody placed them already. Findings that are not this plan's to answer are left out.
    """
    known = {str(each.finding.pk): each.finding for each in drafted.drafts}
    only = data.get("only", "")
    found: dict[str, list[Finding]] = {}
    for name in data:
        key = name.removeprefix(_FINDINGS)
        taken = only == key if only else bool(data.get(f"take_{key}"))
        title = data.get(f"title_{key}", "").strip()
        if name == key or not taken or not 0 < len(title) <= LONGEST_TITLE:
            continue
        wanted = [known[each] for each in data.getlist(name) if each in known]
        if wanted:
            found.setdefault(title, []).extend(wanted)
    return found


class TakeForm(Form):
    """What one finding suggests: where it belongs, what would be seen, and what would show it."""

    says_optional = False
    shown = forms.CharField(widget=forms.HiddenInput, required=False)
    area = forms.ChoiceField(label="Improvement area", required=False)
    new_area = forms.CharField(
        max_length=200, required=False, label="Title of a new area", help_text="Only if you chose a new area above."
    )
    take_impact = forms.BooleanField(required=False, label="Take this desired impact")
    for_whom = forms.CharField(
        max_length=200, required=False, label="For whom", help_text="For example ‘Children at risk’."
    )
    would_see = forms.CharField(
        max_length=1_000, required=False, label="What would be seen", widget=forms.Textarea(attrs={"rows": "3"}),
        help_text="Answer the question: what would be different for them, so that somebody could look.",
    )  # fmt: skip
    measure = forms.MultipleChoiceField(required=False, label="Measures", widget=forms.CheckboxSelectMultiple)
    audit = forms.MultipleChoiceField(required=False, label="Audit tool", widget=forms.CheckboxSelectMultiple)
    voice = forms.MultipleChoiceField(required=False, label="Question to people", widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, draft: Draft, areas: Sequence[ImprovementArea], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.draft = draft
        self.fields["shown"].initial = draft.standing
        self._areas = {str(each.pk): each for each in areas}
        self._offer_area(areas)
        self._offer_impact()
        for kind in TESTS:
            items = draft.the(kind)
            if items:
                field: Any = self.fields[kind]
                field.choices = [(each.fingerprint, each.text) for each in items]
                field.initial = [each.fingerprint for each in items]
                field.is_small = True
            else:
                del self.fields[kind]

    def _was_sent(self, name: str) -> bool:
        """Whether somebody filled a field in: it stays, with the words, although the plan may have an answer by now."""
        return self.is_bound and self.add_prefix(name) in self.data

    def _offer_area(self, areas: Sequence[ImprovementArea]) -> None:
        if self.draft.in_areas and not self._was_sent("area"):
            del self.fields["area"], self.fields["new_area"]
            return
        suggested = self.draft.suggested_area
        same = next((each for each in areas if each.title.casefold() == suggested.casefold()), None)
        field: Any = self.fields["area"]
        field.choices = [
            (LATER, "Place it later"), *((key, str(each)) for key, each in self._areas.items()), (NEW, "A new area"),
        ]  # fmt: skip
        field.initial = str(same.pk) if same else NEW if suggested else LATER
        self.fields["new_area"].initial = "" if same else suggested

    def _offer_impact(self) -> None:
        if self.draft.impacts and not self._was_sent("would_see"):
            del self.fields["take_impact"], self.fields["for_whom"], self.fields["would_see"]
            return
        for item in self.draft.the("impact"):
            self.fields["take_impact"].initial = True
            self.fields["for_whom"].initial, self.fields["would_see"].initial = item.words

    def clean(self) -> dict[str, Any]:
        """A new area with its title, an impact with both its parts, and no test without an impact to show."""
        data: dict[str, Any] = super().clean() or {}
        if data.get("shown") != self.draft.standing:
            self.add_error(None, OVERTAKEN)
            # Sent again, it is a choice made with what stands now in view.
            renewed = self.data.copy()  # type: ignore[attr-defined]
            renewed[self.add_prefix("shown")] = self.draft.standing
            self.data = renewed
        if data.get("area") == NEW and not data.get("new_area") and "new_area" not in self.errors:
            self.add_error("new_area", "Enter the title of the new area, or choose another one")
        if data.get("take_impact"):
            if not data.get("for_whom") and "for_whom" not in self.errors:
                self.add_error("for_whom", "Say for whom it would be, or untick the desired impact")
            if not data.get("would_see") and "would_see" not in self.errors:
                self.add_error("would_see", "Say what would be seen, or untick the desired impact")
        ticked = next((kind for kind in TESTS if data.get(kind)), None)
        if ticked and not data.get("take_impact") and not self.draft.impacts:
            self.add_error(ticked, "Tick the desired impact that this would show, or untick it here")
        return data

    @property
    def chosen_area(self) -> ImprovementArea | str | None:
        """The area that was chosen, the title of a new one, or none yet."""
        chosen = self.cleaned_data.get("area", LATER)
        return self.cleaned_data["new_area"] if chosen == NEW else self._areas.get(chosen)

    @property
    def impact(self) -> NewImpact | None:
        """The desired impact as it was typed."""
        data = self.cleaned_data
        return NewImpact(data["for_whom"], data["would_see"]) if data.get("take_impact") else None

    @property
    def tests(self) -> list[tuple[str, str]]:
        """What was ticked to show it: (kind, text) of each."""
        return [
            (kind, each.text) for kind in TESTS for each in self.draft.the(kind)
            if each.fingerprint in self.cleaned_data.get(kind, ())
        ]  # fmt: skip

    @property
    def left(self) -> list[Item]:
        """What was shown and not taken. An area that is to be chosen later is not refused."""
        return [
            each for each in self.draft.pending
            if (each.what in TESTS and each.fingerprint not in self.cleaned_data.get(each.what, ()))
            or (each.what == "impact" and not self.cleaned_data.get("take_impact"))
        ]  # fmt: skip


class EntryWords(Form):
    """One entry of the bank."""

    kind = forms.ChoiceField(
        label="What is it?", widget=forms.RadioSelect,
        choices=[(each.value, words) for each, words in BankEntry.PRINTED.items()],
    )  # fmt: skip
    text = forms.CharField(
        max_length=500, label="In words", widget=forms.Textarea(attrs={"rows": "5"}),
        help_text="An improvement area: its title. A measure: what is counted, of what, over which period. An audit"
        " tool: its title and what is looked at. A question: to whom, in plain words.",
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """A title of an area is short enough to be one."""
        data: dict[str, Any] = super().clean() or {}
        if data.get("kind") == Kind.AREA and len(data.get("text", "")) > 200:
            self.add_error("text", "The title of an improvement area must be 200 characters or fewer")
        return data


class ChangeEntry(Form):
    """An entry in other words."""

    text = EntryWords.base_fields["text"]  # type: ignore[attr-defined]
    version = forms.IntegerField(widget=forms.HiddenInput)
