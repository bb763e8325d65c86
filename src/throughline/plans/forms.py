"""What people type into the plans room's pages."""

from collections.abc import Sequence
from typing import Any

from django import forms

from throughline.inspections.models import Finding
from throughline.partners.models import Agency, Group
from throughline.plans.actions import NewImpact
from throughline.plans.models import Action, DesiredImpact, ImpactTest, ImprovementArea
from throughline.plans.sufficiency import SUFFICIENT, Sufficiency
from throughline.ui.forms import DateField, Form


class NewPlan(Form):
    """A plan's title."""

    title = forms.CharField(
        max_length=200, label="What is the plan called?", help_text="For example ‘Joint inspection improvement plan’."
    )


class AreaTitle(Form):
    """An improvement area's title."""

    title = forms.CharField(
        max_length=200, label="What is the improvement area called?",
        help_text="What its findings and actions have in common, for example ‘Strategy meetings’.",
    )  # fmt: skip


class RenameArea(AreaTitle):
    """Another title for an area."""

    version = forms.IntegerField(widget=forms.HiddenInput)


class Lead:
    """The one choice between agencies and groups, and what it chose."""

    @staticmethod
    def choices(bodies: Sequence[Agency | Group], *, empty: str = "Select who leads") -> list[tuple[str, Any]]:
        """Agencies and groups, each under its own heading."""
        agencies = [(str(each.pk), each.name) for each in bodies if isinstance(each, Agency)]
        groups = [(str(each.pk), each.name) for each in bodies if isinstance(each, Group)]
        found: list[tuple[str, Any]] = [("", empty), ("Agencies", agencies)]
        return [*found, ("Groups", groups)] if groups else found


class _ActionWords(Form):
    """What an action says and who leads it."""

    title = forms.CharField(
        max_length=300, label="What will be done",
        help_text="One thing that somebody will do, in words that a board understands.",
    )  # fmt: skip
    detail = forms.CharField(label="How", required=False, max_length=5_000, widget=forms.Textarea(attrs={"rows": "4"}))
    lead = forms.ChoiceField(label="Who leads", help_text="One agency or group. It returns progress each quarter.")
    owner_post = forms.CharField(
        max_length=200, label="Owner’s post", required=False,
        help_text="The post that answers for it, not the person: for example ‘Head of safeguarding’.",
    )  # fmt: skip

    def __init__(
        self, *args: Any, bodies: Sequence[Agency | Group], areas: Sequence[ImprovementArea], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self._bodies = {str(each.pk): each for each in bodies}
        self._areas = {str(each.pk): each for each in areas}
        self.fields["lead"].choices = Lead.choices(bodies)  # type: ignore[attr-defined]
        self.fields["area"].choices = [  # type: ignore[attr-defined]
            ("", "Select an area"), *((str(each.pk), str(each)) for each in areas)
        ]  # fmt: skip

    @property
    def lead_agency(self) -> Agency | None:
        """The agency that leads, if it is one."""
        found = self._bodies[self.cleaned_data["lead"]]
        return found if isinstance(found, Agency) else None

    @property
    def lead_group(self) -> Group | None:
        """The group that leads, if it is one."""
        found = self._bodies[self.cleaned_data["lead"]]
        return found if isinstance(found, Group) else None


def finding_label(finding: Finding) -> str:
    """A finding among others that can be ticked, with what answers it already."""
    answered = ", ".join(link.action.reference for link in finding.answered_by)  # type: ignore[attr-defined]
    return f"{finding.reference} {finding.title}{f' (answered by {answered})' if answered else ''}"


class _Links(Form):
    """Which findings an action answers, and which desired impacts it serves."""

    findings = forms.MultipleChoiceField(
        label="Which findings does it answer?", required=False, widget=forms.CheckboxSelectMultiple
    )
    impacts = forms.MultipleChoiceField(
        label="Which desired impacts does it serve?", required=False, widget=forms.CheckboxSelectMultiple,
        help_text="What children would notice if it worked.",
    )  # fmt: skip

    def __init__(
        self, *args: Any, findings: Sequence[Finding], impacts: Sequence[DesiredImpact], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self._findings = {str(each.pk): each for each in findings}
        self._impacts = {str(each.pk): each for each in impacts}
        for name, held, label in (
            ("findings", self._findings, finding_label),
            ("impacts", self._impacts, lambda each: f"{each.reference} {each.would_see} (for {each.for_whom})"),
        ):
            self.fields[name].choices = [(key, label(each)) for key, each in held.items()]  # type: ignore[arg-type, attr-defined]
            self.fields[name].is_small = True  # type: ignore[attr-defined]
            if not held:
                del self.fields[name]

    @property
    def chosen_findings(self) -> list[Finding]:
        """The findings that were ticked."""
        return [self._findings[key] for key in self.cleaned_data.get("findings", ())]

    @property
    def chosen_impacts(self) -> list[DesiredImpact]:
        """The desired impacts that were ticked."""
        return [self._impacts[key] for key in self.cleaned_data.get("impacts", ())]


class NewAction(_Links, _ActionWords):
    """An action with everything that belongs to it: perhaps a new area, perhaps a new desired impact."""

    area = forms.ChoiceField(label="Improvement area", required=False, choices=())
    new_area = forms.CharField(
        max_length=200, required=False, label="Or a new improvement area (optional)",
        help_text="Its title. Leave this empty if you chose one above.",
    )  # fmt: skip
    due = DateField(label="Due date", help_text="The day by which it is done, for example 31 3 2027.")
    for_whom = forms.CharField(
        max_length=200, required=False, label="A new desired impact: for whom (optional)",
        help_text="For example ‘Children who live with domestic abuse’.",
    )  # fmt: skip
    would_see = forms.CharField(
        max_length=1_000, required=False, label="What would be seen (optional)",
        widget=forms.Textarea(attrs={"rows": "3"}),
        help_text="What would be different for them, so that somebody could look whether it is so.",
    )  # fmt: skip
    field_order = [
        "area", "new_area", "title", "detail", "lead", "owner_post", "due", "findings", "impacts", "for_whom",
        "would_see",
    ]  # fmt: skip
    says_optional = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self._areas:
            del self.fields["area"]
            new = self.fields["new_area"]
            new.label, new.required = "Improvement area", True
            new.help_text = "The first one of this plan. For example ‘Strategy meetings’."
            new.error_messages["required"] = "Enter the title of the improvement area"
        self.fields["detail"].label = "How (optional)"
        self.fields["owner_post"].label = "Owner’s post (optional)"

    def clean(self) -> dict[str, Any]:
        """One area, and a new impact with both its parts."""
        data: dict[str, Any] = super().clean() or {}
        if "area" in self.fields and "area" not in self.errors and "new_area" not in self.errors:
            if not data.get("area") and not data.get("new_area"):
                self.add_error("area", "Select an improvement area, or enter the title of a new one")
            elif data.get("area") and data.get("new_area"):
                self.add_error("new_area", "Choose an improvement area or enter a new one, not both")
        if data.get("for_whom") and not data.get("would_see") and "would_see" not in self.errors:
            self.add_error("would_see", "Say what would be seen, or leave out for whom it would be")
        if data.get("would_see") and not data.get("for_whom") and "for_whom" not in self.errors:
            self.add_error("for_whom", "Say for whom it would be, for example ‘Children at risk of exploitation’")
        return data

    @property
    def chosen_area(self) -> ImprovementArea | str:
        """The area that was chosen, or the title of a new one."""
        return self.cleaned_data["new_area"] or self._areas[self.cleaned_data["area"]]

    @property
    def new_impact(self) -> NewImpact | None:
        """The desired impact that is written with the action."""
        data = self.cleaned_data
        return NewImpact(data["for_whom"], data["would_see"]) if data["for_whom"] else None


class ChangeAction(_ActionWords):
    """What an action says and who leads it, put right."""

    area = forms.ChoiceField(label="Improvement area", choices=())
    version = forms.IntegerField(widget=forms.HiddenInput)
    field_order = ["area", "title", "detail", "lead", "owner_post"]

    @property
    def chosen_area(self) -> ImprovementArea:
        """The area that was chosen."""
        return self._areas[self.cleaned_data["area"]]

    @staticmethod
    def begins(act: Action) -> dict[str, Any]:
        """The values to begin with."""
        return {
            "area": str(act.area_id), "title": act.title, "detail": act.detail, "lead": str(act.lead.pk),
            "owner_post": act.owner_post, "version": act.version,
        }  # fmt: skip


class Links(_Links):
    """What an action answers and serves."""


class SetDue(Form):
    """Another due date, with its reason."""

    due = DateField(label="New due date")
    reason = forms.CharField(
        label="Why does it move?", max_length=500, widget=forms.Textarea(attrs={"rows": "3"}),
        help_text="It is printed beside the new date. The first date stays beside it.",
    )  # fmt: skip
    version = forms.IntegerField(widget=forms.HiddenInput)


class Reason(Form):
    """Why an action ends, or begins again."""

    reason = forms.CharField(
        label="Why?", max_length=500, widget=forms.Textarea(attrs={"rows": "3"}),
        help_text="It stands in the record, and boards may read it.",
    )  # fmt: skip
    version = forms.IntegerField(widget=forms.HiddenInput)


class ImpactWords(Form):
    """A desired impact."""

    for_whom = forms.CharField(
        max_length=200, label="For whom", help_text="For example ‘Children who live with domestic abuse’."
    )
    would_see = forms.CharField(
        max_length=1_000, label="What would be seen", widget=forms.Textarea(attrs={"rows": "4"}),
        help_text="What would be different for them, so that somebody could look whether it is so.",
    )  # fmt: skip
    sufficiency = forms.ChoiceField(
        label="Which evidence will be enough?", widget=forms.RadioSelect, required=False,
        choices=[(each.value, SUFFICIENT[each]) for each in Sufficiency], initial=Sufficiency.TWO_KINDS.value,
        help_text="Choose it before anything is measured.",
    )  # fmt: skip
    says_optional = False

    def clean_sufficiency(self) -> Sufficiency | None:
        """The rule that was chosen; None where nothing was."""
        return Sufficiency(self.cleaned_data["sufficiency"]) if self.cleaned_data["sufficiency"] else None


class ChangeImpact(ImpactWords):
    """A desired impact in other words."""

    version = forms.IntegerField(widget=forms.HiddenInput)


class TestWords(Form):
    """What would show a desired impact."""

    kind = forms.ChoiceField(label="What is it?", choices=list(ImpactTest.PRINTED.items()), widget=forms.RadioSelect)
    text = forms.CharField(
        max_length=500, label="In words", widget=forms.Textarea(attrs={"rows": "5"}),
        help_text="For a measure: what is counted, of what, over which period. For an audit: what is looked at. For a"
        " question: to whom, and in plain words.",
    )  # fmt: skip


class ChangeTest(TestWords):
    """The same in other words."""

    version = forms.IntegerField(widget=forms.HiddenInput)


class MovePlaced(Form):
    """Another improvement area for a finding, or none."""

    OUT = "out"
    area = forms.ChoiceField(label="Where does it belong?", widget=forms.RadioSelect)
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, areas: Sequence[ImprovementArea], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._areas = {str(each.pk): each for each in areas}
        self.fields["area"].choices = [  # type: ignore[attr-defined]
            *((key, str(each)) for key, each in self._areas.items()), (self.OUT, "In no area of this plan"),
        ]  # fmt: skip

    @property
    def chosen_area(self) -> ImprovementArea | None:
        """The area that was chosen; None for no area."""
        return self._areas.get(self.cleaned_data["area"])
