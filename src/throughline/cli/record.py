"""throughline verify: whether the record is as it was written."""

import argparse
import json
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any

from throughline.cli import CommandError, django


def add(commands: argparse._SubParsersAction) -> None:
    """Add the commands of this module."""
    verify = commands.add_parser("verify", help="check every event, its body and every row against the record")
    verify.add_argument("--against", type=Path, metavar="HEADS", help="a head file that was kept somewhere else")
    verify.add_argument("--export", type=Path, metavar="FILE", help="write a head file, to be kept somewhere else")
    verify.add_argument("--json", action="store_true", help="print the faults as JSON")
    verify.set_defaults(run=run_verify)


def read_heads(path: Path) -> dict[str, Any]:
    """The head file as written. CommandError when it cannot be read."""
    try:
        kept = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise CommandError(f"{path} cannot be read ({error.strerror}). Give a head file.") from error
    except ValueError as error:
        raise CommandError(f"{path} is not a head file. Give one that 'throughline verify --export' wrote.") from error
    return kept  # type: ignore[no-any-return]


def run_verify(given: argparse.Namespace) -> int:
    """Print every fault in one line; 1 when there is one. The head file is written only when there is none."""
    kept = read_heads(given.against) if given.against else None
    django()
    from django.utils import timezone

    from throughline.history import verify

    faults = verify.verify()
    if kept is not None:
        try:
            faults += verify.against(kept)
        except verify.UnreadableHeads as error:
            raise CommandError(f"{given.against}: {error}") from error
    heads = verify.heads(timezone.now())
    if given.json:
        print(json.dumps({"faults": [asdict(fault) for fault in faults], **heads}, indent=2))
    else:
        for fault in faults:
            print(f"{fault.chain}: {fault.sentence}")
        events = sum(head["sequence"] for head in heads["heads"].values())
        if not faults:
            print(f"The record is whole: {events} events in {len(heads['heads'])} chains.")
    if given.export and faults:
        print(f"throughline: {given.export} was not written, because the record has faults.", file=sys.stderr)
    elif given.export:
        try:
            given.export.write_text(json.dumps(heads, indent=2) + "\n", encoding="utf-8")
        except OSError as error:
            raise CommandError(f"{given.export} cannot be written ({error.strerror}). Give another place.") from error
    return 1 if faults else 0
