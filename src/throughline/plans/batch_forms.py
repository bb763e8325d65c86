"""What is chosen and typed to change many actions at once."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django import forms
from django.utils.html import format_html

from throughline.methods.printed import short_day
from throughline.plans.batch import MOST, OFFERED, RULES, Cost, Screening, Wanted, What
from throughline.plans.delivery import PRINTED, Delivery
from throughline.plans.forms import Lead, finding_label
from throughline.plans.models import Action
from throughline.ui.forms import DateField, Form

ALL, TICKED = "all", "ticked"


def _label(act: Action) -> str:
    facts = f"{act.lead.short_name} · due {short_day(act.due)} · {PRINTED[Delivery(act.delivery)].lower()}"
    return format_html('{} {}<span class="tl-detail">{}</span>', act.reference, act.title, facts)


class Choose(Form):
    """Which actions, and what of them."""

    scope = forms.ChoiceField(
        label="Which actions?", widget=forms.RadioSelect, error_messages={"required": "Select which actions"}
    )  # fmt: skip
    acts = forms.MultipleChoiceField(
        label="Tick them here", required=False, widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": "One of these actions is not in the list any more. Tick them again"},
    )  # fmt: skip
    what = forms.ChoiceField(
        label="What do you want to change?", widget=forms.RadioSelect,
        choices=[(each.value, RULES[each].printed) for each in OFFERED],
        error_messages=dict.fromkeys(("required", "invalid_choice"), "Select what you want to change"),
    )  # fmt: skip
    says_optional = False

    def __init__(self, *args: Any, rows: Sequence[Action], total: int, narrowed: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._rows, self._total = {each.reference: each for each in rows}, total
        every = f"All {total} that the list shows" if narrowed else f"All {total} of this plan"
        self.fields["scope"].choices = [(ALL, every), (TICKED, "Those that I tick")]  # type: ignore[attr-defined]
        self.fields["acts"].choices = [(each.reference, _label(each)) for each in rows]  # type: ignore[attr-defined]
        self.fields["acts"].is_small = True  # type: ignore[attr-defined]
        if total > len(rows):
            self.fields["acts"].help_text = f"The first {len(rows)}. Narrow the list with a filter to see others."

    def clean(self) -> dict[str, Any]:
        """At least one action, and not too many."""
        data: dict[str, Any] = super().clean() or {}
        if data.get("scope") == TICKED and not data.get("acts") and "acts" not in self.errors:
            self.add_error("acts", "Tick at least one action")
        if data.get("scope") == ALL and self._total > MOST:
            self.add_error("scope", f"At most {MOST} actions are changed at once. Narrow the list with a filter")
        return data

    @property
    def chosen(self) -> list[str]:
        """The references of the chosen actions, in the list's order."""
        return list(self._rows) if self.cleaned_data["scope"] == ALL else self.cleaned_data["acts"]


class _Answer(Form):
    """To what something is changed. `things` are those that can be chosen, by the text of their key."""

    things: Mapping[str, Any]

    def wanted(self, what: What) -> Wanted:
        """What was asked for."""
        return Wanted(what, self._value(), self.cleaned_data.get("reason", ""))

    def _value(self) -> Any:
        return self.things[self.cleaned_data["thing"]]


class ChooseThing(_Answer):
    """One of the areas, bodies, findings or impacts."""

    thing = forms.ChoiceField()

    def __init__(
        self, *args: Any, things: Sequence[Any], label: str, words: Callable[[Any], str] = str, bodies: bool = False,
        **kwargs: Any,
    ) -> None:  # fmt: skip
        super().__init__(*args, **kwargs)
        self.things = {str(each.pk): each for each in things}
        self.fields["thing"].label = label
        choices = [("", "Select one"), *((key, words(each)) for key, each in self.things.items())]
        self.fields["thing"].choices = Lead.choices(things) if bodies else choices  # type: ignore[attr-defined]


class OwnerPost(_Answer):
    """Another post that answers for them."""

    post = forms.CharField(
        max_length=200, label="Owner’s post", required=False,
        help_text="The post that answers for them, not the person: for example ‘Head of safeguarding’. Leave it empty"
        " to take the post away.",
    )  # fmt: skip

    def _value(self) -> str:
        return str(self.cleaned_data["post"])


def _reason(label: str, help_text: str) -> forms.CharField:
    return forms.CharField(
        label=label, max_length=500, widget=forms.Textarea(attrs={"rows": "3"}), help_text=help_text
    )  # fmt: skip


class Due(_Answer):
    """Another due date for all of them."""

    due = DateField(label="New due date")
    reason = _reason(
        "Why does it move?", "It is printed beside the new date of each action. The first date stays beside it."
    )

    def _value(self) -> Any:
        return self.cleaned_data["due"]


class Resources(_Answer):
    """What they cost."""

    resources = forms.ChoiceField(
        label="What do they cost?", widget=forms.RadioSelect,
        choices=[(key or "not_said", words) for key, words in Action.RESOURCES.items()],
    )  # fmt: skip
    note = forms.CharField(max_length=500, required=False, label="In words")
    funder = forms.CharField(max_length=200, required=False, label="Who pays what is additional")
    decided = DateField(required=False, label="When that was decided")

    def clean(self) -> dict[str, Any]:
        """A funder and a decision belong to additional resource."""
        data: dict[str, Any] = super().clean() or {}
        if data.get("resources") and data["resources"] != Action.ADDITIONAL:
            for name in ("funder", "decided"):
                if data.get(name):
                    self.add_error(name, "Only additional resource has this. Choose it, or leave this empty")
        return data

    def _value(self) -> Cost:
        data = self.cleaned_data
        resources = "" if data["resources"] == "not_said" else data["resources"]
        return Cost(resources, data["note"], data["funder"], data["decided"])


class Equality(_Answer):
    """What their equality impact screening found."""

    equality = forms.ChoiceField(
        label="What did the screening find?", widget=forms.RadioSelect,
        choices=[(key, words) for key, words in Action.SCREENING.items() if key],
    )  # fmt: skip
    screened = DateField(label="Day of the screening")
    note = forms.CharField(
        max_length=500, required=False, label="For whom, and what will be done about it",
        help_text="Needed where there is an effect, and where a full assessment is needed.",
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """An effect needs words."""
        data: dict[str, Any] = super().clean() or {}
        if data.get("equality") in {"mitigated", "full"} and not data.get("note") and "note" not in self.errors:
            self.add_error("note", "Say for whom there is an effect and what will be done about it")
        return data

    def _value(self) -> Screening:
        data = self.cleaned_data
        return Screening(data["equality"], data["note"], data["screened"])


class Why(_Answer):
    """Why they end, or why a change is taken back."""

    reason = _reason("Why?", "It stands in the record of each action, and boards may read it.")

    def _value(self) -> None:
        return None


class Withdraw(Why):
    """Why they end."""

    def _value(self) -> Delivery:  # type: ignore[override]
        return Delivery.WITHDRAWN


# For what is chosen from a list: what to call it, and which of the room's lists it comes from.
_CHOSEN: Mapping[What, tuple[str, str]] = {
    What.AREA: ("Improvement area", "areas"),
    What.LEAD: ("Who leads", "bodies"),
    What.ADD_FINDING: ("Which finding do they answer?", "findings"),
    What.REMOVE_FINDING: ("Which finding do they answer no more?", "findings"),
    What.ADD_IMPACT: ("Which desired impact do they serve?", "impacts"),
    What.REMOVE_IMPACT: ("Which desired impact do they serve no more?", "impacts"),
}
_TYPED: Mapping[What, type[_Answer]] = {
    What.POST: OwnerPost,
    What.DUE: Due,
    What.RESOURCES: Resources,
    What.EQUALITY: Equality,
    What.WITHDRAW: Withdraw,
}


def answer_form(what: What, lists: Mapping[str, Callable[[], Sequence[Any]]], **given: Any) -> _Answer:
    """The form for what is changed. `lists` gives areas, bodies, findings and impacts when they are asked for."""
    if what in _TYPED:
        return _TYPED[what](**given)
    label, source = _CHOSEN[what]
    words = finding_label if source == "findings" else str
    return ChooseThing(things=lists[source](), label=label, words=words, bodies=source == "bodies", **given)
