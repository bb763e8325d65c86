"""The desired impacts of a plan as they were judged: the page's list, and what files export."""

from typing import Any

from django.db.models import F, Q

from throughline.assurance.addresses import activity_url
from throughline.assurance.outcomes import RESULTS, Result
from throughline.impact import queries, rules
from throughline.impact.models import Judgement
from throughline.impact.permissions import EXECUTIVE, SCRUTINEER
from throughline.impact.scale import NOT_JUDGED, SCALE, Impact
from throughline.methods.printed import short_day
from throughline.plans.offers import impact_url
from throughline.ui.lists import Choice, ChoiceFilter, FieldFilter, ListColumn, ListPage
from throughline.ui.parts import Cell
from throughline.ui.scales import mark_of

_WORDS = {each.value: SCALE[each].printed for each in Impact}


def newest(each: Any, whose: str) -> Judgement | None:
    """The judgement that counts, among those that the row has with it."""
    return next((found for found in each.judgements_ever if found.whose == whose), None)


def state_cell(found: Judgement | None, *, doubt: str = "") -> Cell:
    """A judgement as a cell: its mark, its day, and what it rests on where that is nothing."""
    if found is None:
        return Cell(NOT_JUDGED, mark=mark_of("impact", "not_judged"), is_round=True)
    detail = f"{short_day(found.on)}. {doubt}" if doubt else short_day(found.on)
    return Cell(SCALE[Impact(found.state)].printed, mark=mark_of("impact", found.state), is_round=True, detail=detail)


def _judged(each: Any) -> Cell:
    found = newest(each, EXECUTIVE)
    return state_cell(found, doubt=rules.doubt_of(Impact(found.state), int(each.tested)) if found else "")


def _viewed(each: Any) -> Any:
    found = newest(each, SCRUTINEER)
    return state_cell(found) if found else ""


def _tests(each: Any) -> str:
    tests = [
        f"{link.activity.reference} {RESULTS[Result(link.activity.result)].printed.lower()}"
        if link.activity.result
        else f"{link.activity.reference} planned"
        for link in each.tested_by
    ]
    return ", ".join(tests) or "Nothing"


def _tests_cell(each: Any) -> Cell:
    only = each.tested_by[0].activity if len(each.tested_by) == 1 else None
    return Cell(_tests(each), url=activity_url(only)) if only else Cell(_tests(each))


def _reason(each: Any) -> str:
    found = newest(each, EXECUTIVE)
    return found.reason if found else ""


IMPACT = ListPage(
    title="Impact", name="impact",
    empty="Nobody has said yet what should be different for children. Add the first desired impact to the plan.",
    columns=(
        ListColumn("Reference", lambda each: Cell(each.reference, url=impact_url(each)), sort="number", narrow=True),
        ListColumn("What would be seen", lambda each: Cell(each.would_see, detail=f"For: {each.for_whom}"),
                   export=lambda each: each.would_see, sort="would_see"),
        ListColumn("Executive Group", _judged, sort="judged"),
        ListColumn("Reason", _reason),
        ListColumn("Scrutineer’s view", _viewed, sort="viewed"),
        ListColumn("What tests it", _tests_cell),
        ListColumn("Since", lambda each: queries.held_since(each.judgements_ever, EXECUTIVE), sort="judged_on",
                   narrow=True),
    ),
    filters=(
        FieldFilter("judgement", "Executive Group", "judged", words=_WORDS, without="Without a judgement"),
        FieldFilter("view", "Scrutineer’s view", "viewed", words=_WORDS, without="Without a view"),
        ChoiceFilter("tests", "What tests it", (
            Choice("done", "Something that tests it is done", Q(tested=True)),
            Choice("planned", "Planned only", Q(tested=False, tests_planned=True)),
            Choice("nothing", "Nothing tests it", Q(tests_planned=False)),
        )),
        ChoiceFilter("check", "Look at", (
            Choice("on-nothing", "Said to be better, and nothing that tests it is done",
                   Q(judged__in=queries.favourable(), tested=False)),
            Choice("differ", "The scrutineer differs", Q(viewed__isnull=False) & ~Q(viewed=F("judged"))),
        )),
    ),
    search=("reference", "would_see", "for_whom"), search_label="Search in desired impacts", default_sort="number",
)  # fmt: skip
