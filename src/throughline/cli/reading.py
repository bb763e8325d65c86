"""throughline clock: dates worked out without a database."""

import argparse
import json
from datetime import date
from typing import TYPE_CHECKING

from throughline.cli import CommandError

if TYPE_CHECKING:
    from throughline.inspections.frameworks import Framework
    from throughline.methods.deadlines import Deadline, Facts, PrintedDay


def add(commands: argparse._SubParsersAction) -> None:
    """Add the commands of this module."""
    clock = commands.add_parser("clock", help="by when a letter must be answered")
    clock.add_argument("--received", metavar="DATE", help="the day on which the letter came: 2018-08-24")
    clock.add_argument("--published", metavar="DATE", help="the day on which it was published, if it is another")
    clock.add_argument("--printed", metavar="TEXT", help="the due date as the letter prints it: 'Friday 5 May 2017'")
    clock.add_argument("--framework", default="jtai", metavar="KEY", help="the inspection regime (jtai)")
    clock.add_argument("--json", action="store_true", help="print the answer as JSON")
    clock.set_defaults(run=run_clock)


def day_given(text: str) -> date:
    """A day as ISO 8601. CommandError when it is none."""
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise CommandError(f"'{text}' is not a date. Give year, month and day, for example 2018-08-24.") from error


def run_clock(given: argparse.Namespace) -> int:
    """Print the day that counts, how it was counted, and every doubt about it."""
    from throughline.methods import calendars, deadlines
    from throughline.methods.printed import day

    framework = _framework(given.framework)
    printed = _printed(given.printed)
    facts = deadlines.Facts(
        clock=framework.clock,
        received=day_given(given.received) if given.received else None,
        published=day_given(given.published) if given.published else None,
        printed=printed.day if printed else None,
        words=printed.words if printed else "",
    )
    if facts.start is None:
        raise CommandError("Say from which day to count: --received DATE, or --published DATE.")
    if facts.clock is None and facts.printed is None:
        raise CommandError(f"{framework.printed}: no time is set. Give the day that the letter prints.")
    try:
        found = deadlines.reckon(facts, calendars.bank_holidays())
    except OverflowError as error:
        raise CommandError(f"No day can be counted from {day(facts.start)}. Give an earlier one.") from error
    if given.json:
        print(json.dumps(_as_json(framework, facts, found), indent=2))
    else:
        _say(framework, facts, found)
    return 0


def _framework(key: str) -> "Framework":
    from throughline.inspections.frameworks import FRAMEWORKS

    found = FRAMEWORKS.get(key.lower())
    if found is None:
        raise CommandError(f"'{key}' is no regime that Throughline knows. Give one of: {', '.join(FRAMEWORKS)}.")
    return found


def _printed(text: str | None) -> "PrintedDay | None":
    from throughline.methods.deadlines import printed_day

    if text is None:
        return None
    found = printed_day(text)
    if found is None:
        raise CommandError(f"'{text}' prints no date. Give it with its year, for example 'Friday 5 May 2017'.")
    return found


def _as_json(framework: "Framework", facts: "Facts", found: "Deadline") -> dict[str, object]:
    from throughline.methods.clocks import Unit

    clock = framework.clock
    return {
        "framework": framework.key, "checked": framework.checked, "response": framework.response,
        "received": _iso(facts.received), "published": _iso(facts.published),
        "clock": clock.printed if clock else None, "from": clock.start.value if clock else None,
        "working_days": clock.count if clock and clock.unit == Unit.WORKING_DAYS else None,
        "due": _iso(found.due), "printed": _iso(found.printed), "rules": found.rules.value, "counts": _iso(found.day),
        "warnings": list(found.warnings), "warning": found.warnings[0] if found.warnings else None,
    }  # fmt: skip


def _iso(value: date | None) -> str | None:
    return value.isoformat() if value else None


def _say(framework: "Framework", facts: "Facts", found: "Deadline") -> None:
    from throughline.methods.printed import day

    if found.day is not None:
        print(f"{framework.response}: due on {day(found.day, weekday=True)}.")
    if found.printed is not None:
        print("That is the day that the letter prints, and it is the one that counts.")
    if framework.clock is None:
        print(f"{framework.printed}: no time is set, so there is nothing to compare it with.")
    elif found.printed is None and facts.start is not None:
        print(f"That is {framework.clock.printed} after {day(facts.start)}. A date printed in the letter goes first.")
    elif found.due is not None and facts.start is not None and found.due == found.printed:
        print(f"It is {framework.clock.printed} after {day(facts.start)}, as it should be.")
    if not framework.checked:
        print(f"The time of this regime is a default to begin from: check the letter. Source: {framework.source}.")
    for each in found.warnings:
        print(f"Check: {each}")
