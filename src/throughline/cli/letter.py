"""throughline letter: what a letter says, read without a database."""

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from throughline.cli import CommandError

_KINDS = {
    "headline": ("headline finding", "headline findings"),
    "strength": ("strength", "strengths"),
    "priority_action": ("area for priority action", "areas for priority action"),
    "improvement": ("area for improvement", "areas for improvement"),
    "case_study": ("case study", "case studies"),
}
_SHOWN_WORDS = 14


def add(commands: argparse._SubParsersAction) -> None:
    """Add the command."""
    letter = commands.add_parser(
        "letter",
        help="read an inspection letter: its dates, addressees and findings",
        description="Reads a joint targeted area inspection letter (PDF or Word) in a process of its own. Prints JSON "
        "when asked to, or when the output goes anywhere but to a terminal.",
    )
    letter.add_argument("file", type=Path, metavar="FILE", help="the letter, as PDF or Word (.docx)")
    letter.add_argument("--json", action="store_true", help="print JSON on a terminal as well")
    letter.set_defaults(run=run_letter)


def run_letter(given: argparse.Namespace) -> int:
    """Print the letter as JSON, or on a terminal as a page to read."""
    from throughline.files import child
    from throughline.files.verdict import Refused

    path: Path = given.file
    if not path.is_file():
        raise CommandError(f"{path} is not a file. Give a letter as PDF or Word.")
    try:
        letter = child.run("letter", path, name=path.name, arguments={"name": path.name}).value["letter"]
    except Refused as refused:
        raise CommandError(refused.sentence) from refused
    except OSError as error:
        raise CommandError(f"{path} cannot be read ({error.strerror}). Give a letter as PDF or Word.") from error
    if given.json or not sys.stdout.isatty():
        print(json.dumps(letter, indent=2, ensure_ascii=sys.stdout.encoding.lower() != "utf-8"))
    else:
        print("\n".join(summary(letter)))
    return 0


def summary(letter: dict[str, Any]) -> Iterator[str]:
    """A letter as lines for a terminal."""
    from throughline.methods.printed import day

    def dated(value: str | None) -> str:
        return day(date.fromisoformat(value)) if value else "not found"

    yield letter["title"] or "A letter without a title"
    yield ""
    facts = (
        ("Area", letter["area"]),
        ("Theme", letter["theme"]),
        ("Letter of", dated(letter["published"])),
        ("Inspected", f"{dated(letter['fieldwork_start'])} to {dated(letter['fieldwork_end'])}"),
        ("By", ", ".join(letter["inspectorates"])),
        ("Principal authority", letter["principal_authority"]),
        ("Statement due", letter["statement_due_printed"] or dated(letter["statement_due"])),
        ("Addressed to", f"{len(letter['recipients'])} people"),
    )
    for label, value in facts:
        yield f"{label + ':':<21}{value or 'not found'}"
    counts = Counter(each["kind"] for each in letter["findings"])
    told = [f"{counts[kind]} {words[counts[kind] != 1]}" for kind, words in _KINDS.items() if counts[kind]]
    yield f"{'Findings:':<21}{', '.join(told) or 'none'}"
    yield ""
    for each in letter["findings"]:
        words = each["text"].split()
        more = " …" if len(words) > _SHOWN_WORDS else ""
        parts = f" ({len(each['sub'])} parts)" if each["sub"] else ""
        yield f"{each['ref']:<8}p. {each['page']:<4}{' '.join(words[:_SHOWN_WORDS])}{more}{parts}"
    for sentence in letter["warnings"]:
        yield f"\nCheck: {sentence}"
