"""The list of written statements, as its page shows it and files export it."""

from datetime import date

from throughline.inspections.clock import clock_given
from throughline.methods.printed import short_day
from throughline.statements.models import Statement
from throughline.statements.notices import place_of
from throughline.statements.states import PRINTED, StatementState
from throughline.ui.lists import FieldFilter, ListColumn, ListPage
from throughline.ui.parts import Cell
from throughline.ui.scales import mark_of


def statements(on: date) -> ListPage:
    """Every statement with its day, its state and how many have signed."""

    def left(each: Statement) -> str:
        if each.submitted_on:
            return f"Submitted {short_day(each.submitted_on)}"
        return clock_given(each.letter, submitted=None).left(on)

    def state(each: Statement) -> Cell:
        return Cell(PRINTED[StatementState(each.state)], mark=mark_of("statement", each.state))

    return ListPage(
        title="Written statements", name="written-statements",
        empty="No letter is being answered yet. A statement begins on the page of its inspection.",
        columns=(
            ListColumn("In answer to", lambda each: Cell(each.letter.inspection.title, url=place_of(each))),
            ListColumn("Due", lambda each: each.letter.statement_due, sort="letter__statement_due", narrow=True),
            ListColumn("Time", left),
            ListColumn("State", state, sort="state"),
            ListColumn("Signed", lambda each: f"{each.signed} of {each.asked}"),
        ),
        filters=(
            FieldFilter("state", "State", "state", words={each.value: PRINTED[each] for each in StatementState}),
        ),
    )  # fmt: skip
