"""What people type about the steps of an action: milestones, parts, more time, verification, money, equality, notes."""

from collections.abc import Sequence
from typing import Any

from django import forms

from throughline.partners.models import Agency, Group, Person
from throughline.plans.forms import Lead
from throughline.plans.models import Action, ImprovementArea
from throughline.plans.verifying import LEVELS, Level
from throughline.ui.forms import DateField, Form


def _lines(rows: int = 3) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": str(rows)})


class MilestoneWords(Form):
    """A milestone and its day."""

    title = forms.CharField(
        max_length=300, label="What will be reached?",
        help_text="A step that somebody can see was taken, for example ‘The rota is agreed by all three agencies’.",
    )  # fmt: skip
    due = DateField(label="By which day?", help_text="For example 31 3 2027.")


class ChangeMilestone(MilestoneWords):
    """Its words or its day, put right."""

    reason = forms.CharField(
        max_length=500, required=False, label="Why does the day move?", widget=_lines(),
        help_text="Needed if you change the day. It is printed beside it, and the first day stays.",
    )  # fmt: skip
    version = forms.IntegerField(widget=forms.HiddenInput)
    says_optional = False


class Reached(Form):
    """The day on which a milestone was reached."""

    reached = DateField(label="On which day was it reached?")
    version = forms.IntegerField(widget=forms.HiddenInput)


class NewContributor(Form):
    """Who contributes, and with which part."""

    body = forms.ChoiceField(label="Who contributes?")
    part = forms.CharField(
        max_length=500, label="What is its part?", widget=_lines(),
        help_text="What it does itself. It reports on this part each quarter.",
    )  # fmt: skip

    def __init__(self, *args: Any, bodies: Sequence[Agency | Group], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._bodies = {str(each.pk): each for each in bodies}
        self.fields["body"].choices = Lead.choices(bodies, empty="Select who contributes")  # type: ignore[attr-defined]

    @property
    def chosen(self) -> Agency | Group:
        """Who was chosen."""
        return self._bodies[self.cleaned_data["body"]]


class Part(Form):
    """A contributor's part in other words."""

    part = forms.CharField(max_length=500, label="What is its part?", widget=_lines())
    version = forms.IntegerField(widget=forms.HiddenInput)


class AskForTime(Form):
    """Another due date, asked for with its reason."""

    proposed = DateField(label="By which day will it be done?")
    reason = forms.CharField(
        label="Why is more time needed?", max_length=1_000, widget=_lines(4),
        help_text="What is in the way and what you do about it. If it is agreed, it is printed beside the new date.",
    )  # fmt: skip


class DecideOnTime(Form):
    """The answer to whoever asked for more time."""

    APPROVE, REFUSE = "approve", "refuse"
    answer = forms.ChoiceField(
        label="Your decision", widget=forms.RadioSelect,
        choices=[(APPROVE, "Approve: the due date moves"), (REFUSE, "Refuse: the due date stays")],
    )  # fmt: skip
    due = DateField(
        label="The new due date", required=False,
        help_text="The day that was asked for, unless you give another. It counts only if you approve.",
    )  # fmt: skip
    note = forms.CharField(
        label="Note to the body that asked", required=False, max_length=1_000, widget=_lines(),
        help_text="Needed if you refuse: say what it should do instead.",
    )  # fmt: skip
    version = forms.IntegerField(widget=forms.HiddenInput)
    says_optional = False

    def clean(self) -> dict[str, Any]:
        """What each answer needs."""
        data: dict[str, Any] = super().clean() or {}
        if data.get("answer") == self.REFUSE and not data.get("note"):
            self.add_error("note", "Say why it is refused, so that the body knows what to do")
        if data.get("answer") == self.APPROVE and not data.get("due") and "due" not in self.errors:
            self.add_error("due", "Give the new due date")
        return data


class Seen(Form):
    """What somebody independent has seen of an action."""

    level = forms.ChoiceField(label="How far did you look?", widget=forms.RadioSelect)
    on = DateField(label="On which day did you look?")
    basis = forms.CharField(
        label="What have you seen?", max_length=2_000, widget=_lines(5),
        help_text="What your word rests on: records, an audit, an observation. No child may be recognisable.",
    )  # fmt: skip
    satisfied = forms.ChoiceField(
        label="Are you satisfied that it was delivered?", widget=forms.RadioSelect,
        choices=[("yes", "Yes, I am satisfied"), ("no", "No, what I have seen does not confirm it")],
    )  # fmt: skip

    def __init__(self, *args: Any, levels: Sequence[Level], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(each.value, f"{LEVELS[each].printed}: {LEVELS[each].means}") for each in levels]
        if len(levels) == 1:
            self.fields["level"] = forms.ChoiceField(
                choices=choices, widget=forms.HiddenInput, initial=levels[0].value, label="How far did you look?"
            )
        else:
            self.fields["level"].choices = choices  # type: ignore[attr-defined]


class DeclareConflict(Form):
    """Whose conflict of interest it is, and which."""

    person = forms.ChoiceField(label="Who has it?")
    why = forms.CharField(
        max_length=500, label="What is the conflict of interest?", widget=_lines(),
        help_text="In a sentence, for example ‘Worked on this action until May’. All members can read it.",
    )  # fmt: skip

    def __init__(self, *args: Any, people: Sequence[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._people = {str(each.pk): each for each in people}
        if len(people) == 1:
            only = [(str(people[0].pk), people[0].name)]
            self.fields["person"] = forms.ChoiceField(
                choices=only, widget=forms.HiddenInput, initial=only[0][0], label="Who has it?"
            )
        else:
            choices = [("", "Select a person"), *((key, each.name) for key, each in self._people.items())]
            self.fields["person"].choices = choices  # type: ignore[attr-defined]

    @property
    def chosen(self) -> Person:
        """The person who was chosen."""
        return self._people[self.cleaned_data["person"]]


class Resources(Form):
    """What an action costs."""

    resources = forms.ChoiceField(
        label="How is it paid for?", widget=forms.RadioSelect, choices=list(Action.RESOURCES.items()), required=False
    )
    resources_note = forms.CharField(
        max_length=500, required=False, label="What does it take?", widget=_lines(),
        help_text="People, time or money, for example ‘Two posts for a year’.",
    )  # fmt: skip
    funder = forms.CharField(max_length=200, required=False, label="Who pays what is additional?")
    funding_decided = DateField(label="When was that decided?", required=False)
    version = forms.IntegerField(widget=forms.HiddenInput)


class Screening(Form):
    """What the equality impact screening of an action found."""

    equality = forms.ChoiceField(
        label="What did the screening find?", widget=forms.RadioSelect, choices=list(Action.SCREENING.items()),
        required=False,
        help_text="Whether the action may affect people with a protected characteristic otherwise than others.",
    )  # fmt: skip
    equality_note = forms.CharField(
        max_length=500, required=False, label="For whom is there an effect, and what will be done?", widget=_lines()
    )
    equality_screened = DateField(label="When was it screened?", required=False)
    version = forms.IntegerField(widget=forms.HiddenInput)
    says_optional = False


class PlanScreening(Form):
    """What the equality impact screening of a plan as a whole found."""

    equality_screened = DateField(label="When was the plan screened?", required=False)
    equality_note = forms.CharField(
        max_length=500, required=False, label="What did it find?", widget=_lines(4),
        help_text="Boards ask for it with every report. Leave both empty to take a screening back.",
    )  # fmt: skip
    version = forms.IntegerField(widget=forms.HiddenInput)
    says_optional = False


class Owner(Form):
    """The post that owns an improvement area."""

    owner_post = forms.CharField(
        max_length=200, required=False, label="Which post owns the area?",
        help_text="The post, not the person: for example ‘Head of safeguarding’. It answers for the area as a whole.",
    )  # fmt: skip
    owner = forms.ChoiceField(label="Whose post is it?", required=False)
    version = forms.IntegerField(widget=forms.HiddenInput)
    says_optional = False

    def __init__(self, *args: Any, bodies: Sequence[Agency | Group], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._bodies = {str(each.pk): each for each in bodies}
        self.fields["owner"].choices = Lead.choices(bodies, empty="Nobody yet")  # type: ignore[attr-defined]

    @property
    def chosen(self) -> Agency | Group | None:
        """Whose post it is; None for nobody's."""
        return self._bodies.get(self.cleaned_data["owner"])

    @staticmethod
    def begins(area: ImprovementArea) -> dict[str, Any]:
        """The values to begin with."""
        return {
            "owner_post": area.owner_post, "owner": str(area.owner.pk) if area.owner else "", "version": area.version,
        }  # fmt: skip


class Supersede(Form):
    """Which action takes another's place, and why."""

    successor = forms.ChoiceField(label="Which action takes its place?")
    take_over = forms.BooleanField(
        required=False,
        initial=True,
        label="It answers the same findings and serves the same desired impacts from now on",
    )
    reason = forms.CharField(
        label="Why?", max_length=500, widget=_lines(), help_text="It stands in the record, and boards may read it."
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, others: Sequence[Action], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._others = {str(each.pk): each for each in others}
        self.fields["successor"].choices = [  # type: ignore[attr-defined]
            ("", "Select an action"), *((key, str(each)) for key, each in self._others.items())
        ]  # fmt: skip

    @property
    def chosen(self) -> Action:
        """The action that was chosen."""
        return self._others[self.cleaned_data["successor"]]


class Note(Form):
    """A note beside an action."""

    text = forms.CharField(
        label="Note", max_length=4_000, widget=_lines(4),
        help_text="For the record of the plan. Progress belongs into the return of whoever leads the action.",
    )  # fmt: skip
    dated = DateField(label="Which day is it of?", required=False)
    source = forms.CharField(
        max_length=200, required=False, label="Where does it come from?",
        help_text="For example ‘Minutes of the Executive Group’.",
    )  # fmt: skip
