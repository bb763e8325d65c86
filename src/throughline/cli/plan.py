"""throughline plan: a plan comes in from a file, goes out as one, and is looked over."""

import argparse
import importlib
from typing import Any

from throughline.cli import CommandError

# The modules that add a step to `throughline plan`, in the order of its help. Each has `add_step(steps)`.
STEPS = ("plan_import", "plan_export", "plan_check")


def add(commands: argparse._SubParsersAction) -> None:
    """Add the group with its steps."""
    plan = commands.add_parser("plan", help="bring a plan in, export it, check it")
    steps = plan.add_subparsers(metavar="STEP", required=True)
    for each in STEPS:
        importlib.import_module(f"throughline.cli.{each}").add_step(steps)


def add_whose(step: argparse.ArgumentParser) -> None:
    """The two arguments that every step has: which partnership, and as whom."""
    step.add_argument("--partnership", metavar="SLUG", help="needed where there are several partnerships")
    step.add_argument("--by", metavar="EMAIL", help="act as this person; else as the business manager")


def found_plan(given: argparse.Namespace, reference: str) -> tuple[Any, Any]:
    """(the plan, the person who acts), once Django is set up. Raises CommandError with what there is."""
    from django.utils import timezone

    from throughline.cli.papers import _partnership, _person
    from throughline.history.moments import day_of
    from throughline.plans.models import Plan
    from throughline.plans.queries import plan_of, plans_of

    partnership = _partnership(given.partnership)
    by = _person(given.by, partnership, day_of(timezone.now()))
    try:
        return plan_of(partnership, reference, for_person=by), by
    except Plan.DoesNotExist as error:
        known = ", ".join(plans_of(partnership, for_person=by).values_list("reference", flat=True))
        there = f"There is: {known}." if known else "It has none that you may see."
        raise CommandError(f"There is no plan '{reference}' in the {partnership}. {there}") from error
