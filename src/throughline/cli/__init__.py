"""The `throughline` command: one module a command group.

A mistake of the person's (CommandError, a bad path, a refusal) is one clear sentence on standard error and exit
status 2.
"""

import argparse
import importlib
import os
import sys
from collections.abc import Callable, Sequence
from typing import NoReturn

# The modules that add commands, in the order of `throughline --help`. Only the named one is run; each imports Django
# only when its command runs, so that reading a file needs no database.
GROUPS = ("serving", "database", "record", "partnership", "letter", "reading", "plan", "papers", "example")


class CommandError(Exception):
    """What the person gave cannot be used; the message says what to do."""


Run = Callable[[argparse.Namespace], int | None]


class _Parser(argparse.ArgumentParser):
    """One that says what is missing in one sentence, as every other mistake is said."""

    def error(self, message: str) -> NoReturn:
        """End with status 2."""
        print(f"throughline: {message[:1].upper()}{message[1:]}. See: {self.prog} --help", file=sys.stderr)
        sys.exit(2)


def parser() -> argparse.ArgumentParser:
    """The whole command line. Every command sets `run` on its sub-parser."""
    whole = _Parser(prog="throughline", description="From an inspection letter to proof that children are better off.")
    commands = whole.add_subparsers(title="commands", metavar="COMMAND", required=True)
    for group in GROUPS:
        importlib.import_module(f"throughline.cli.{group}").add(commands)
    return whole


def django() -> None:
    """Set Django up, for a command that needs the database."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "throughline.config.settings")
    import django as framework

    framework.setup()


def main(arguments: Sequence[str] | None = None) -> None:
    """Run one command and exit with its status: 0 done, 1 something was found wrong, 2 cannot be used as given."""
    given = parser().parse_args(arguments)
    try:
        status = given.run(given)
    except CommandError as error:
        print(f"throughline: {error}", file=sys.stderr)
        sys.exit(2)
    except KeyboardInterrupt:
        sys.exit(130)
    sys.exit(status or 0)
