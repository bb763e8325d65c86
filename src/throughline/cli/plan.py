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


def add_whose(step: argparse.ArgumentParser, *, first: bool = True) -> None:
    """The arguments that every step has: which plan, of which partnership, and as whom. first: the plan may lead."""
    if first:
        step.add_argument(
            "named",
            nargs="?",
            metavar="PLAN",
            help="the plan's place in addresses: improvement-plan; else the only one",
        )
    step.add_argument("--plan", metavar="REF", help="the plan's place in addresses: improvement-plan")
    step.add_argument("--partnership", metavar="SLUG", help="needed where several partnerships have such a plan")
    step.add_argument("--by", metavar="EMAIL", help="act as this person; else as the business manager")


def found_plan(given: argparse.Namespace) -> tuple[Any, Any]:
    """(the plan, the person who acts), once Django is set up. Raises CommandError with what there is."""
    from django.utils import timezone

    from throughline.cli.papers import _partnership, _person
    from throughline.history.moments import day_of
    from throughline.plans.queries import plans_of

    reference = given.plan or getattr(given, "named", None) or ""
    partnership = _partnership(given.partnership, reference)
    by = _person(given.by, partnership, day_of(timezone.now()))
    plans = {each.reference: each for each in plans_of(partnership, for_person=by).select_related("partnership")}
    if not reference and len(plans) == 1:
        return next(iter(plans.values())), by
    if reference in plans:
        return plans[reference], by
    there = f"There is: {', '.join(plans)}." if plans else "It has none that you may see."
    if not reference:
        raise CommandError(f"Say which plan of {partnership}: --plan REF. {there}")
    raise CommandError(f"There is no plan '{reference}' in {partnership}. {there}")
