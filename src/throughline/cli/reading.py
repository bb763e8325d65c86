"""throughline clock: dates worked out without a database."""

import argparse
import json
from datetime import date

from throughline.cli import CommandError


def add(commands: argparse._SubParsersAction) -> None:
    """Add the commands of this module."""
    clock = commands.add_parser("clock", help="by when a letter must be answered")
    clock.add_argument("--received", required=True, metavar="DATE", help="the day that starts the clock: 2018-08-24")
    clock.add_argument("--framework", default="jtai", help="the inspection regime (jtai)")
    clock.add_argument("--json", action="store_true", help="print the answer as JSON")
    clock.set_defaults(run=run_clock)


def day_given(text: str) -> date:
    """A day as ISO 8601. CommandError when it is none."""
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise CommandError(f"'{text}' is not a date. Give year, month and day, for example 2018-08-24.") from error


def run_clock(given: argparse.Namespace) -> int:
    """Print the last day, how it was counted, and a warning where bank holidays are not known."""
    from throughline.inspections.frameworks import FRAMEWORKS
    from throughline.methods import calendars
    from throughline.methods.clocks import Unit
    from throughline.methods.printed import day

    received = day_given(given.received)
    framework = FRAMEWORKS.get(given.framework.lower())
    if framework is None:
        known = ", ".join(FRAMEWORKS)
        raise CommandError(f"'{given.framework}' is no regime that Throughline knows. Give one of: {known}.")
    if framework.clock is None:
        raise CommandError(f"{framework.printed}: no time is set. Give the day that the letter prints.")
    try:
        due = framework.clock.ends_on(received, calendars.bank_holidays())
    except OverflowError as error:
        raise CommandError(f"No day can be counted from {day(received)}. Give an earlier one.") from error
    warning = calendars.holiday_warning(received, due)
    if given.json:
        answer = {
            "framework": framework.key, "received": received.isoformat(), "clock": framework.clock.printed,
            "working_days": framework.clock.count if framework.clock.unit == Unit.WORKING_DAYS else None,
            "due": due.isoformat(), "warning": warning,
        }  # fmt: skip
        print(json.dumps(answer, indent=2))
        return 0
    print(f"{framework.response}: due on {day(due, weekday=True)}.")
    print(f"That is {framework.clock.printed} after {day(received)}. A date printed in the letter goes first.")
    if warning:
        print(warning)
    return 0
