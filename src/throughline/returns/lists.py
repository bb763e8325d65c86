"""The lists of the returns room, as pages show them and files export them."""

from datetime import date

from django.db.models import Q
from django.urls import reverse

from throughline.history.moments import day_of
from throughline.partners.models import Partnership
from throughline.returns.models import ReportingPeriod, Return
from throughline.returns.states import PRINTED, ReturnState
from throughline.ui import scales
from throughline.ui.lists import Choice, ChoiceFilter, FieldFilter, ListColumn, ListPage
from throughline.ui.parts import Cell


def periods(partnership: Partnership) -> ListPage:
    """The periods with how many returns have come in."""

    def place(each: ReportingPeriod) -> str:
        return reverse("returns:period", args=[partnership.slug, each.reference])

    return ListPage(
        title="Returns", name="periods", default_sort="-opens",
        empty="No quarter is open yet.",
        columns=(
            ListColumn(
                "Period", lambda each: Cell(each.label, url=place(each)), export=lambda each: each.label, sort="label"
            ),
            ListColumn("Opens", lambda each: each.opens, sort="opens", narrow=True),
            ListColumn("Due", lambda each: each.due, sort="due", narrow=True),
            ListColumn("Meeting", lambda each: each.meeting, sort="meeting", narrow=True),
            ListColumn("Asked for", lambda each: each.asked, numeric=True),
            ListColumn("Received", lambda each: each.received, numeric=True),
            ListColumn("Accepted", lambda each: each.accepted, numeric=True),
        ),
    )  # fmt: skip


def returns(partnership: Partnership, period: ReportingPeriod, on: date) -> ListPage:
    """Who owes a return for the period and where each stands. States and days are open to all; words are not here."""

    def place(each: Return) -> str:
        return reverse("returns:return", args=[partnership.slug, period.reference, each.slug])

    def is_late(each: Return) -> bool:
        came = day_of(each.submitted_at) if each.submitted_at else on
        return came > period.due

    def state(each: Return) -> Cell:
        found = ReturnState(each.state)
        words = "Nil return, " + PRINTED[found].lower() if each.nil and each.submitted_at else PRINTED[found]
        return Cell(words, mark=scales.mark_of("return", found.value))

    def late(each: Return) -> Cell | str:
        if not is_late(each):
            return ""
        return Cell("Came late" if each.submitted_at else "Late", mark=scales.mark_of("return", "late"))

    late_ones = Q(submitted_at__isnull=True) if on > period.due else Q(pk__in=[])
    return ListPage(
        title=f"Returns for {period.label}", name=f"returns-{period.reference}", default_sort="slug",
        empty="Nobody owes a return for this period.",
        columns=(
            ListColumn("Agency or group", lambda each: Cell(str(each.body), url=place(each)),
                       export=lambda each: str(each.body), sort="slug"),
            ListColumn("State", state, sort="state"),
            ListColumn("Submitted", lambda each: day_of(each.submitted_at) if each.submitted_at else None,
                       sort="submitted_at", narrow=True),
            ListColumn("Accepted", lambda each: day_of(each.accepted_at) if each.accepted_at else None, narrow=True),
            ListColumn("Lateness", late),
        ),
        filters=(
            FieldFilter("state", "State", "state", words={each.value: PRINTED[each] for each in ReturnState}),
            ChoiceFilter("late", "Lateness", (Choice("late", "Late, not submitted", late_ones),)),
        ),
    )  # fmt: skip
