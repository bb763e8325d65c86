"""What a person says while a plan is brought in: the file, what its headings mean, and what is done with each row."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms

from throughline.methods.mentions import searchable
from throughline.methods.plan_tables.fields import FIELDS, Field
from throughline.methods.plan_tables.headings import Heading, PlanTable, is_plan
from throughline.methods.plan_tables.ratings import rating_shown
from throughline.methods.printed import count
from throughline.partners.models import Agency
from throughline.plans.importing.held import Body
from throughline.plans.importing.preview import Choice, Kind, Preview, Shown
from throughline.plans.importing.wanting import Answers
from throughline.ui.forms import DateField, Form

_LEAVE_OUT = "leave-out"
_EXAMPLES, _LONGEST_EXAMPLE = 2, 70


class PlanFile(Form):
    """The file that holds the plan."""

    plan = forms.FileField(
        label="The plan",
        help_text="An Excel workbook (.xlsx) or a Word document (.docx) with the plan as a table, or a plan that "
        "Throughline gave as JSON (.json). At most 25 MB.",
        widget=forms.FileInput(attrs={"accept": ".xlsx,.docx,.json"}),
    )


class Headings(Form):
    """What each heading means. Known ones are filled in; nothing is guessed for the others."""

    legend = ""

    def __init__(self, *args: Any, tables: Sequence[PlanTable], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._tables = tables
        self._names: dict[str, str] = {}
        choices = [("", "Say what it means"), *((each.value or _LEAVE_OUT, FIELDS[each].printed) for each in Field)]
        for table in tables:
            for index, heading in enumerate(table.headings):
                if heading.folded in self._names:
                    continue
                name = f"heading-{len(self._names)}"
                self._names[heading.folded] = name
                self.fields[name] = forms.ChoiceField(
                    label=f"‘{heading.printed}’", choices=choices, required=table.known,
                    initial=_initial(heading), help_text=_examples(table, index),
                    error_messages={"required": f"Say what ‘{heading.printed[:80]}’ means, or leave the column out"},
                )  # fmt: skip

    says_optional = False

    @property
    def known(self) -> list[Any]:
        """The fields of the tables that are the plan's, unknown headings first."""
        return self._of(known=True)

    @property
    def others(self) -> list[Any]:
        """The fields of the other tables."""
        return self._of(known=False)

    def _of(self, *, known: bool) -> list[Any]:
        names = dict.fromkeys(
            self._names[heading.folded]
            for table in self._tables
            if table.known == known
            for heading in sorted(table.headings, key=lambda each: each.means is not None)
        )
        first = {self._names[heading.folded] for table in self._tables if table.known for heading in table.headings}
        return [self[name] for name in names if known or name not in first]

    def clean(self) -> dict[str, Any]:
        """At least one table must have what makes a plan."""
        data: dict[str, Any] = super().clean() or {}
        if not self.errors and not any(
            is_plan([Field(self.fields_chosen.get(each.folded, Field.NOTE)) for each in table.headings])
            for table in self._tables
        ):
            self.add_error(None, "Say which column holds the action, and which one who leads it or when it is due")
        return data

    @property
    def fields_chosen(self) -> dict[str, str]:
        """Folded heading -> field, of every heading that was given one."""
        chosen = {folded: self.cleaned_data.get(name, "") for folded, name in self._names.items()}
        return {folded: "" if value == _LEAVE_OUT else value for folded, value in chosen.items() if value}


def _initial(heading: Heading) -> str:
    if heading.means is None:
        return ""
    return heading.means.value or _LEAVE_OUT


def _examples(table: PlanTable, index: int) -> str:
    """The first words below a heading."""
    texts = [row.cells[index].text for row in table.rows if index < len(row.cells) and row.cells[index].text]
    shown = [" ".join(each.split()) for each in dict.fromkeys(texts)][:_EXAMPLES]
    cut = [f"{each[:_LONGEST_EXAMPLE]}…" if len(each) > _LONGEST_EXAMPLE else each for each in shown]
    if cut:
        return f"For example: {' · '.join(cut)}"
    coloured = sum(bool(rating_shown(row, index, {index})[0]) for row in table.rows if index < len(row.cells))
    beside = (
        f", and {count(coloured, 'cell has', 'cells have')} a colour: it is read if the column is a rating"
        if coloured
        else ""
    )
    return f"No row has words in this column{beside}."


_CHOICES = {
    Choice.ADD: "Add it", Choice.SKIP: "Skip it", Choice.STOP: "Stop: bring nothing in", Choice.UPDATE: "Update {}",
}  # fmt: skip
_BESIDE = {Choice.ADD: "It is another action: add it", Choice.SKIP: "Leave {} as it is"}


class Decisions(Form):
    """What is done with each row, who is meant by words that name nobody here, and what rows lack."""

    digest = forms.CharField(widget=forms.HiddenInput)
    says_optional = False

    def __init__(self, *args: Any, preview: Preview, bodies: Sequence[Body], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._preview = preview
        self._bodies = {str(each.pk): each for each in bodies}
        self.fields["digest"].initial = preview.digest
        self._who = {f"who-{number}": words for number, words in enumerate(preview.unknown_leads)}
        for name, words in self._who.items():
            said = preview.unknown_leads[words]
            self.fields[name] = self._body_field(f"‘{said[:80]}’", help_text=_count_of(preview, words))
        if len(preview.of(Kind.DIFFERS)) > 1:
            self.fields["all"] = forms.ChoiceField(
                label="For every row that differs and still says stop", required=False,
                choices=[
                    ("", "As each row says"), (Choice.UPDATE.value, "Update the action"),
                    (Choice.SKIP.value, "Leave the action as it is"),
                ],
            )  # fmt: skip
        for shown in preview.rows:
            self._add_row(shown)

    def _add_row(self, shown: Shown) -> None:
        key, where = shown.wanted.key, shown.wanted.where
        row = f"{where[:1].lower()}{where[1:]}"
        if len(shown.choices) > 1:
            held = shown.wanted.held
            reference = held.act.reference if held else ""
            words = {**_CHOICES, **(_BESIDE if held else {})}
            self.fields[f"choice-{key}"] = forms.ChoiceField(
                label=f"What to do with {row}",
                choices=[(each.value, words[each].format(reference)) for each in shown.choices],
                initial=shown.choices[0].value,
            )  # fmt: skip
        lacks = {each.field for each in shown.problems}
        if "due" in lacks:
            self.fields[f"due-{key}"] = DateField(label=f"Due date of {row}", required=False)
        if "lead" in lacks and not shown.wanted.lead_words:
            self.fields[f"lead-{key}"] = self._body_field(f"Who leads {row}")

    def _body_field(self, label: str, help_text: str = "") -> forms.ChoiceField:
        agencies = [(key, each.name) for key, each in self._bodies.items() if isinstance(each, Agency)]
        groups = [(key, each.name) for key, each in self._bodies.items() if not isinstance(each, Agency)]
        choices: list[tuple[str, Any]] = [("", "Select who is meant"), ("Agencies", agencies)]
        return forms.ChoiceField(
            label=label, required=False, help_text=help_text,
            choices=[*choices, ("Groups", groups)] if groups else choices,
        )  # fmt: skip

    @property
    def who(self) -> list[Any]:
        """The fields for words that name nobody here."""
        return [self[name] for name in self._who]

    def of_row(self, shown: Shown) -> list[Any]:
        """A row's own fields, in their order."""
        names = (f"due-{shown.wanted.key}", f"lead-{shown.wanted.key}", f"choice-{shown.wanted.key}")
        return [self[name] for name in names if name in self.fields]

    @property
    def answers(self) -> Answers:
        """What was said, once the form is valid."""
        data = self.cleaned_data
        leads = {name[5:]: self._bodies[value] for name, value in data.items() if name.startswith("lead-") and value}
        days: dict[str, date] = {name[4:]: value for name, value in data.items() if name.startswith("due-") and value}
        return Answers(
            who={words: self._bodies[data[name]] for name, words in self._who.items() if data.get(name)},
            leads=leads, days=days,
            apart=frozenset(
                shown.wanted.key
                for shown in self._preview.rows
                if shown.wanted.held and data.get(f"choice-{shown.wanted.key}") == Choice.ADD
            ),
        )  # fmt: skip

    def choice_of(self, shown: Shown) -> Choice:
        """What is done with a row."""
        said = self.cleaned_data.get(f"choice-{shown.wanted.key}", "")
        choice = Choice(said) if said else shown.choices[0]
        for_all = self.cleaned_data.get("all", "")
        if choice is Choice.STOP and shown.kind is Kind.DIFFERS and for_all and not shown.problems:
            return Choice(for_all)
        return choice

    def explain(self, shown: Shown) -> None:
        """Say at a row's fields what still keeps it from coming in; at the words themselves, once, whom they mean."""
        asked = {words: name for name, words in self._who.items()}
        for problem in shown.problems:
            name = f"{problem.field}-{shown.wanted.key}" if problem.field else ""
            sentence = f"{shown.wanted.where}: {problem.sentence}"
            if problem.field == "lead" and _key(shown) in asked:
                name, sentence = asked[_key(shown)], problem.sentence
            if name in self.errors:
                continue
            self.add_error(name if name in self.fields else None, sentence)


def _count_of(preview: Preview, words: str) -> str:
    places = [each.wanted.where for each in preview.rows if _key(each) == words]
    more = f" and {len(places) - 3} more" if len(places) > 3 else ""
    return f"Named in {', '.join(each[:1].lower() + each[1:] for each in places[:3])}{more}."


def _key(shown: Shown) -> str:
    return searchable(shown.wanted.lead_words).strip()
