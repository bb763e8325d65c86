"""throughline example: build the worked example and the practice partnership, once."""

import argparse
import time

from throughline.cli import CommandError, django


def add(commands: argparse._SubParsersAction) -> None:
    """Add the command."""
    example = commands.add_parser(
        "example",
        help="build the worked example and the empty practice partnership",
        description="Builds County Durham (worked example) with its reports under var/reports, and the practice "
        "partnership. What exists already is left alone. Only in the embedded setting.",
    )
    example.set_defaults(run=run)


def run(given: argparse.Namespace) -> int:
    """Build what is missing, saying what is being done."""
    django()
    from django.conf import settings
    from django.utils import timezone

    from throughline.example import durham, practice

    if not settings.EMBEDDED:
        raise CommandError("The example is for one machine. In the shared setting begin with: throughline partnership.")
    began = time.monotonic()
    print("Building the worked example and the practice partnership …", flush=True)
    made = [each for each in (durham.build(), *practice.build(now=timezone.now())) if each is not None]
    for partnership in made:
        print(f"  {partnership.name}")
    written = durham.write_reports(settings.VAR / "reports")
    for path in written:
        print(f"  {path}")
    if not made and not written:
        print("  They are there already.")
    print(f"Done in {time.monotonic() - began:.1f} seconds.")
    return 0
