"""The programme of scrutiny and audit, as its page shows it and files export it."""

from dataclasses import replace
from datetime import date

from django.db.models import Q

from throughline.assurance import queries, rules
from throughline.assurance.addresses import activity_url
from throughline.assurance.models import AssuranceActivity
from throughline.assurance.outcomes import KINDS, RESULTS, ActivityKind, Result
from throughline.ui.lists import Choice, ChoiceFilter, FieldFilter, ListColumn, ListPage
from throughline.ui.parts import Cell
from throughline.ui.scales import mark_of


def result_cell(each: AssuranceActivity, on: date) -> Cell:
    """What an activity found, or that it is still to be done, as a cell."""
    if each.result:
        return Cell(RESULTS[Result(each.result)].printed, mark=mark_of("assurance", each.result))
    if rules.is_overdue(each.due, each.done_on, on):
        return Cell("Overdue", mark=mark_of("due", "overdue"))
    return Cell("Not done yet")


def activities(on: date) -> ListPage:
    """Every activity of a plan with what it tests, who carries it out and what it found."""

    def tested(each: AssuranceActivity) -> str:
        both = (
            queries.references(each.tested_impacts, "desired_impact"),  # type: ignore[attr-defined]
            queries.references(each.tested_actions, "action"),  # type: ignore[attr-defined]
        )
        return ", ".join(part for part in both if part)

    def result(each: AssuranceActivity) -> Cell:
        return replace(result_cell(each, on), detail=each.found)

    def result_and_found(each: AssuranceActivity) -> str:
        return ": ".join(part for part in (str(result_cell(each, on).text), each.found) if part)

    return ListPage(
        title="Scrutiny and audit", name="scrutiny-and-audit",
        empty="Nothing is planned yet that would show whether the actions worked.",
        columns=(
            ListColumn("Reference", lambda each: Cell(each.reference, url=activity_url(each)), sort="number",
                       narrow=True),
            ListColumn("Activity", lambda each: Cell(each.title, detail=KINDS[ActivityKind(each.kind)]),
                       export=lambda each: each.title, sort="title"),
            ListColumn("What it tests", lambda each: Cell(each.tests, detail=tested(each)),
                       export=lambda each: f"{each.tests} ({tested(each)})" if tested(each) else each.tests),
            ListColumn("Body", lambda each: each.body.short_name, export=lambda each: each.body_name, sort="body_name"),
            ListColumn("Due", lambda each: each.due, sort="due", narrow=True),
            ListColumn("Done", lambda each: each.done_on, sort="done_on", narrow=True),
            ListColumn("Result", result, export=result_and_found, sort="result"),
        ),
        filters=(
            FieldFilter("kind", "Kind", "kind", words={each.value: KINDS[each] for each in ActivityKind}),
            FieldFilter("body", "Body", "body_name"),
            FieldFilter("result", "Result", "result", words={each.value: RESULTS[each].printed for each in Result},
                        without="Without a result"),
            ChoiceFilter("when", "Due", (
                Choice("overdue", "Overdue", queries.overdue(on)),
                Choice("to-come", "Still to come", Q(done_on__isnull=True, due__gte=on)),
                Choice("done", "Done", Q(done_on__isnull=False)),
            )),
            ChoiceFilter("tests", "What it tests", (
                Choice("impacts", "Desired impacts", Q(tests_impact=True)),
                Choice("actions", "Actions", Q(tests_action=True)),
                Choice("nothing", "Nothing named yet", Q(tests_impact=False, tests_action=False)),
            )),
        ),
        search=("reference", "title", "tests", "found"), search_label="Search in activities", default_sort="due",
    )  # fmt: skip
