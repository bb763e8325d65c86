"""throughline plan check: advice on a plan's wording, and where its line is broken."""

import argparse
import json

from throughline.cli import django
from throughline.cli.plan import add_whose, found_plan


def add_step(steps: argparse._SubParsersAction) -> None:
    """Add the step."""
    check = steps.add_parser(
        "check", help="look a plan over: where its line is broken, and advice on its wording",
        description="Prints where the plan's line is broken and advice on its wording. Advice is no fault: the exit"
        " status is 0 with it.",
    )  # fmt: skip
    check.add_argument("--json", action="store_true", help="for programs: the same as JSON")
    add_whose(check)
    check.set_defaults(run=run_check)


def run_check(given: argparse.Namespace) -> int:
    """Print both, as one person may see them."""
    django()
    from django.utils import timezone

    from throughline.history.moments import day_of
    from throughline.line import checks
    from throughline.line.queries import plan_line
    from throughline.methods.printed import count
    from throughline.plans import advice

    plan, by = found_plan(given)
    on = plan.partnership.shown_today or day_of(timezone.now())
    broken = checks.breaks(plan_line(plan, for_person=by), on)
    advised = advice.of_plan(plan, for_person=by)
    if given.json:
        print(json.dumps(_as_json(broken, advised), ensure_ascii=False, indent=2))
        return 0
    print(f"{plan.title}: the line is broken in {count(len(broken), 'place')}." if broken else f"{plan.title}: whole.")
    for title, found in checks.grouped(broken):
        print(f"\n{title} ({len(found)})")
        for each in found:
            print(f"  {each.sentence}")
    total = sum(len(each.prompts) for each in advised)
    print(f"\nAdvice on the wording: {count(total, 'question')}." if total else "\nNo advice on the wording.")
    for thing in advised:
        print(f"\n{'Area ' if thing.kind == 'area' else ''}{thing.reference} {thing.title}")
        for prompt in thing.prompts:
            print(f"  {prompt.sentence}")
    return 0


def _as_json(broken: list, advised: list) -> dict:
    return {
        "breaks": [
            {
                "kind": each.kind, "sentence": each.sentence, "finding": each.finding, "action": each.action,
                "impact": each.impact, "area": each.area,
            }
            for each in broken
        ],
        "advice": [
            {
                "kind": each.kind, "reference": each.reference, "title": each.title, "rule": prompt.rule,
                "part": prompt.part.value, "words": prompt.words, "says": prompt.says, "do": prompt.do,
            }
            for each in advised
            for prompt in each.prompts
        ],
    }  # fmt: skip
