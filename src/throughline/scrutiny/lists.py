"""Decisions sought and answered, as their page shows them and files export them."""

from typing import Any

from throughline.plans.offers import action_url
from throughline.scrutiny.addresses import decision_url
from throughline.scrutiny.models import Decision
from throughline.scrutiny.queries import WAITING
from throughline.scrutiny.states import OUTCOMES, Outcome
from throughline.ui.lists import Choice, ChoiceFilter, FieldFilter, ListColumn, ListPage
from throughline.ui.parts import Cell
from throughline.ui.scales import mark_of


def outcome_cell(each: Decision) -> Cell:
    """What became of it."""
    return Cell(OUTCOMES[Outcome(each.outcome)].printed, mark=mark_of("decision", each.outcome))


def _about(each: Any) -> Cell | str:
    return Cell(each.action.reference, url=action_url(each.action)) if each.action else ""


DECISIONS = ListPage(
    title="Decisions", name="decisions",
    empty="No decision has been sought. Agencies and the business manager seek one where they cannot go on without it.",
    columns=(
        ListColumn("Reference", lambda each: Cell(each.reference, url=decision_url(each)), sort="number", narrow=True),
        ListColumn("What is to be decided", lambda each: Cell(each.text, detail=each.why),
                   export=lambda each: each.text, sort="text"),
        ListColumn("Outcome", outcome_cell, sort="outcome"),
        ListColumn("Answer", lambda each: each.answer),
        ListColumn("Sought by", lambda each: each.body_name, sort="body_name"),
        ListColumn("Action", _about, sort="action__number", narrow=True),
        ListColumn("Quarter", lambda each: each.period.label if each.period else "", sort="period__opens"),
        ListColumn("Sought", lambda each: each.sought_on, sort="sought_on", narrow=True),
        ListColumn("Answered", lambda each: each.answered_on, sort="answered_on", narrow=True),
    ),
    filters=(
        ChoiceFilter("stands", "Where it stands", (
            Choice("waiting", "Waits for an answer", WAITING),
            Choice("answered", "Answered", ~WAITING),
        )),
        FieldFilter("outcome", "Outcome", "outcome", words={each.value: OUTCOMES[each].printed for each in Outcome}),
        FieldFilter("action", "Action", "action__reference", without="About no action"),
        FieldFilter("body", "Sought by", "body_name"),
        FieldFilter("quarter", "Quarter", "period__label", without="For no quarter"),
    ),
    search=("reference", "text", "why", "answer"), search_label="Search in decisions", default_sort="number",
)  # fmt: skip
