"""A plan in our own columns, as an Excel table: what is exported comes in again without a change."""

from collections.abc import Iterator
from datetime import date

from throughline.documents.tables import Table, Value
from throughline.methods.plan_tables.fields import Field
from throughline.methods.printed import day
from throughline.plans.delivery import PRINTED, Delivery
from throughline.plans.importing.held import Held, HeldAction
from throughline.plans.importing.printing import COLUMNS, printed_row


def plan_table(held: Held, *, on: date, audience: str = "") -> Table:
    """The plan as a list, an action a row. `audience` is who may see it, printed above the headings."""
    lines = [held.plan.title, f"As on {day(on)}. Bring it in again on the plan’s page: an empty cell changes nothing."]
    return Table(
        title=held.plan.title,
        columns=[heading for heading, _ in COLUMNS],
        rows=[list(_row(each)) for each in held.actions],
        note_lines=[*lines, audience] if audience else lines,
        prepared_on=on,
    )


def _row(held: HeldAction) -> Iterator[Value]:
    printed = printed_row(held)
    for _, means in COLUMNS:
        if means is Field.FIRST_DUE:
            yield held.act.original_due
        elif means is Field.DUE:
            yield held.act.due
        elif means is Field.LEFT_OUT:
            yield PRINTED[Delivery(held.act.delivery)]
        else:
            yield printed[means]
