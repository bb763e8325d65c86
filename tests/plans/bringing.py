"""Steps that the tests of bringing a plan in share: a file's bytes, its rows beside a plan, and bringing them in."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from tests.cast import NOW
from throughline.history.moments import day_of
from throughline.methods.plan_tables.read import read_tables
from throughline.plans.importing import actions, preview
from throughline.plans.importing.held import Held, held_in
from throughline.plans.importing.preview import Choice, Kind, Preview
from throughline.plans.importing.wanting import Answers
from throughline.plans.models import Plan

NAME = "plan.xlsx"


def held(by: Any, plan: Plan) -> Held:
    """What a plan holds, as a person sees it. The person's plan is read anew."""
    return held_in(Plan.objects.select_related("partnership").get(pk=plan.pk), for_person=by, on=day_of(NOW))


def beside(
    by: Any, plan: Plan, content: bytes, folder: Path, *, answers: Answers | None = None,
    fields: Mapping[str, str] | None = None,
) -> Preview:  # fmt: skip
    """A file's rows beside a plan. Headings that the table of fields does not know are kept as notes."""
    path = folder / NAME
    path.write_bytes(content)
    tables = read_tables(path, name=NAME)
    here = held(by, plan)
    known = preview.known_fields(preview.offered(tables, here.headings))
    rows, notes = preview.rows_in(tables, here.headings, {**known, **(fields or {})})
    return preview.preview_of(rows, here, name=NAME, answers=answers or Answers(), notes=notes)


def mended(by: Any, plan: Plan, content: bytes, folder: Path) -> Preview:
    """The same with 30 June 2019 for every row that gives no day."""
    found = beside(by, plan, content, folder)
    without = {
        each.wanted.key: date(2019, 6, 30) for each in found.rows for problem in each.problems if problem.field == "due"
    }
    return beside(by, plan, content, folder, answers=Answers(days=without))


def decided(found: Preview, **choices: Choice) -> list[tuple[Any, Choice]]:
    """Every row with what is done with it: new ones added, others left, but for those named (row_0=...)."""
    return [
        (each, choices.get(f"row_{each.wanted.key}", Choice.ADD if each.kind is Kind.NEW else Choice.SKIP))
        for each in found.rows
    ]


def bring(by: Any, plan: Plan, found: Preview, **choices: Choice) -> actions.Outcome:
    """Bring a preview's rows in."""
    return actions.bring_in(by=by, plan=plan, expected=found.digest, rows=decided(found, **choices), name=NAME, now=NOW)
