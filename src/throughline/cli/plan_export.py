"""throughline plan export: a plan as JSON by the published schema, or as Excel in our own columns."""

import argparse
import io
from pathlib import Path

from throughline.cli import CommandError, django
from throughline.cli.plan import add_whose, found_plan


def add_step(steps: argparse._SubParsersAction) -> None:
    """Add the step."""
    export = steps.add_parser("export", help="write a plan as JSON or Excel, so that it can come in again")
    export.add_argument("--format", choices=("json", "xlsx"), help="as the file's name ends, unless given; else json")
    export.add_argument("--out", type=Path, metavar="FILE", help="the file to write; JSON is printed without one")
    add_whose(export)
    export.set_defaults(run=run_export)


def run_export(given: argparse.Namespace) -> int:
    """Write what one person may see of a plan. Nothing is half written."""
    django()
    from django.utils import timezone

    from throughline.documents.tables import write_xlsx
    from throughline.history.moments import day_of
    from throughline.plans.importing.exporting import plan_table
    from throughline.plans.importing.held import held_in
    from throughline.plans.importing.interchange import text_of

    plan, by = found_plan(given)
    on = plan.partnership.shown_today or day_of(timezone.now())
    held = held_in(plan, for_person=by, on=on)
    wanted = given.format or ("xlsx" if given.out is not None and given.out.suffix.lower() == ".xlsx" else "json")
    if given.out is None:
        if wanted != "json":
            raise CommandError("A workbook is not printed. Say where to write it: --out FILE")
        print(text_of(held))
        return 0
    if wanted == "json":
        content = text_of(held).encode()
    else:
        file = io.BytesIO()
        write_xlsx(plan_table(held, on=on, audience=plan.partnership.marking), file)
        content = file.getvalue()
    target: Path = given.out
    unfinished = target.with_name(f".{target.name}.new")
    try:
        unfinished.write_bytes(content)
        unfinished.replace(target)
    except OSError as error:
        raise CommandError(f"{target}: {error.strerror or error}. Choose another place.") from error
    print(target)
    return 0
