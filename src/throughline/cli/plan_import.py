"""throughline plan import: a plan's table or JSON beside the plan; with --apply it comes in, all of it or nothing."""

import argparse
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from throughline.cli import CommandError, django
from throughline.cli.plan import add_whose, found_plan

_JSON = frozenset({".json"})


def add_step(steps: argparse._SubParsersAction) -> None:
    """Add the step."""
    bring = steps.add_parser(
        "import",
        help="read a plan from Excel, Word or JSON and show it beside the plan",
        description="Shows each row beside the plan. Nothing is written without --apply; then all of it is, or, when "
        "a row stands in the way, nothing.",
    )
    bring.add_argument("file", type=Path, metavar="FILE", help="the plan as .xlsx, .docx or .json")
    bring.add_argument("--apply", action="store_true", help="bring it in; without this it is only shown")
    bring.add_argument(
        "--differing", choices=("stop", "skip", "update"), default="stop",
        help="what to do with rows that differ from an action: stop unless given",
    )  # fmt: skip
    bring.add_argument("--skip-unready", action="store_true", help="leave out rows without a lead or a due date")
    bring.add_argument(
        "--heading", action="append", default=[], metavar="WORDS=FIELD",
        help="what an unknown heading means, for example 'Owner team=lead'; else it is kept as a note",
    )  # fmt: skip
    add_whose(bring, first=False)
    bring.set_defaults(run=run_import)


def run_import(given: argparse.Namespace) -> int:
    """Print the preview, and with --apply bring it in. Raises CommandError when something stands in the way."""
    django()
    from django.utils import timezone

    from throughline.history.moments import day_of
    from throughline.plans.importing.held import held_in

    if not given.file.is_file():
        raise CommandError(f"{given.file} is not a file. Give the plan as .xlsx, .docx or .json.")
    plan, by = found_plan(given)
    now = timezone.now()
    held = held_in(plan, for_person=by, on=plan.partnership.shown_today or day_of(now))
    shown = _preview(given, held)
    decided = [(each, _choice(each, given)) for each in shown.rows]
    print("\n".join(_lines(shown, decided)))
    if not given.apply:
        print("\nNothing is written. With --apply it comes in.")
        return 0
    return _apply(given, plan, by, shown, decided, now)


def _apply(given: argparse.Namespace, plan: Any, by: Any, shown: Any, decided: Any, now: Any) -> int:
    from throughline.access import AccessDenied
    from throughline.history.door import Conflict
    from throughline.plans.actions import CannotDo
    from throughline.plans.importing import actions

    try:
        outcome = actions.bring_in(by=by, plan=plan, expected=shown.digest, rows=decided, name=given.file.name, now=now)
    except CannotDo as error:
        raise CommandError(f"{given.file.name}, {_lower(str(error))}") from error
    except Conflict as error:
        raise CommandError("Somebody changed the plan at this moment. Nothing was brought in: run it again.") from error
    except AccessDenied as error:
        raise CommandError("This person may not change the plan. Say as whom: --by EMAIL") from error
    print(f"\nAdded {len(outcome.added)}, updated {len(outcome.updated)}, left out {outcome.skipped}.")
    return 0


def _preview(given: argparse.Namespace, held: Any) -> Any:
    """The file beside the plan. Raises CommandError for one that cannot be read."""
    from throughline.files import gate
    from throughline.files.verdict import Refused
    from throughline.plans.importing import interchange, preview, reading
    from throughline.plans.importing.wanting import Answers

    path: Path = given.file
    try:
        if path.suffix.lower() in _JSON:
            if path.stat().st_size > interchange.MOST_BYTES:
                raise CommandError(f"{path.name} is larger than 25 MB, which is the limit. Split it.")
            text = interchange.decoded(path.read_bytes(), name=path.name)
            wanted = interchange.wanted_in(text, held, name=path.name)
            return preview.shown_beside(wanted, held)
        reading.check_readable(gate.inspect(path, name=path.name).kind, path.name)
        tables = reading.tables_in_file(path, name=path.name)
    except Refused as refused:
        raise CommandError(refused.sentence) from refused
    except interchange.NotInterchange as error:
        raise CommandError(str(error)) from error
    except OSError as error:
        raise CommandError(f"{path} cannot be read ({error.strerror}).") from error
    meant = _headings(given.heading)
    headings = {**held.headings, **meant}
    offered = preview.offered(tables, headings)
    _check_there(given.heading, offered, path.name)
    fields = {**preview.known_fields(offered), **meant}
    rows, notes = preview.rows_in(tables, headings, fields)
    if not rows:
        raise CommandError(_no_plan(offered, path.name))
    notes += [
        f"{where[:1].upper()}{where[1:]}: ‘{printed}’ is no heading that is known, so it is kept as a note. Say what "
        f"it means: --heading '{printed}=FIELD'"
        for where, printed in preview.unknown_headings(offered, fields)
    ]
    return preview.preview_of(rows, held, name=path.name, answers=Answers(), notes=notes)


def _check_there(given: list[str], offered: list[Any], name: str) -> None:
    """Raise CommandError for a heading that no table has."""
    from throughline.methods.plan_tables.fields import fold

    there = {heading.folded: heading.printed for table in offered for heading in table.headings}
    for each in given:
        words = each.rpartition("=")[0]
        if fold(words) not in there:
            known = ", ".join(f"‘{printed}’" for printed in there.values())
            raise CommandError(f"--heading {each!r}: {name} has no heading ‘{words}’. It has {known or 'none'}.")


def _no_plan(offered: list[Any], name: str) -> str:
    """Why a file brings no row, and what to do."""
    if not offered:
        return f"{name} has no table with a row of headings and a row below it. Give the plan's own table."
    if table := next((each for each in offered if each.known), None):
        return f"{name}, {table.grid.name} has a plan's headings and no row below them. Give the file with the actions."
    table = max(offered, key=lambda each: (sum(one.means is not None for one in each.headings), len(each.headings)))
    row = table.grid.rows[table.first - 1].number
    printed = ", ".join(f"‘{each.printed}’" for each in table.headings)
    return (
        f"{name} has no table with a plan's headings. {table.grid.name[:1].upper()}{table.grid.name[1:]}, row {row} "
        f"has {printed}. Say which is the action, and which its lead or date: --heading "
        f"'{table.headings[0].printed}=title'."
    )


def _headings(given: list[str]) -> dict[str, str]:
    from throughline.methods.plan_tables.fields import Field, fold

    found = {}
    for each in given:
        words, sign, field = each.rpartition("=")
        if not sign or field not in set(Field):
            known = ", ".join(value.value for value in Field if value.value)
            raise CommandError(f"--heading {each!r}: write WORDS=FIELD, and the field is one of {known}.")
        found[fold(words)] = field
    return found


def _choice(shown: Any, given: argparse.Namespace) -> Any:
    from throughline.plans.importing.preview import Choice, Kind

    if shown.problems and given.skip_unready:
        return Choice.SKIP
    if shown.kind is Kind.DIFFERS:
        return Choice(given.differing)
    return shown.choices[0]


def _lines(shown: Any, decided: Any) -> Iterator[str]:
    """The preview for a terminal: a line for each row, what differs, and every remark."""
    from throughline.plans.importing.preview import Kind

    numbers = [(Kind.NEW, "new"), (Kind.DIFFERS, "differ"), (Kind.SAME, "as in the plan")]
    yield ", ".join(f"{len(shown.of(kind))} {words}" for kind, words in numbers)
    yield from (f"  {each}" for each in shown.notes)
    for each, choice in decided:
        yield f"{choice.value:<7}{each.kind.value:<9}{each.wanted.where}: {each.wanted.shown}"
        for one in each.differences:
            yield f"         {one.label}: {_short(one.here) or 'nothing'} -> {_short(one.there)}"
        stops = [each.wanted.told(problem) for problem in each.problems]
        yield from (f"         stops: {sentence}" for sentence in stops)
        yield from (f"         note: {remark}" for remark in each.remarks if remark not in stops)


def _lower(sentence: str) -> str:
    """A sentence that stands behind a file's name."""
    return sentence[:1].lower() + sentence[1:] if sentence.startswith(("Sheet ", "Table ", "Action ")) else sentence


def _short(text: str) -> str:
    words = " ".join(text.split())
    return f"{words[:77]}..." if len(words) > 80 else words
