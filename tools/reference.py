"""Write docs/reference from the code: settings, access, routes, commands and consequences. A test holds them together.

Run with the project's own Python: .venv/bin/python tools/reference.py
"""

import argparse
import os
from collections.abc import Iterator
from pathlib import Path

FOLDER = Path(__file__).resolve().parent.parent / "docs" / "reference"
_MADE = "<!-- Made by tools/reference.py from the code. Change the code and run it again. -->\n\n"


def _table(headings: tuple[str, ...], rows: Iterator[tuple[str, ...]] | list[tuple[str, ...]]) -> str:
    lines = ["| " + " | ".join(headings) + " |", "|" + "---|" * len(headings)]
    lines += ["| " + " | ".join(cell.replace("|", "\\|") for cell in row) + " |" for row in rows]
    return "\n".join(lines) + "\n"


def settings_page() -> str:
    """Every environment variable."""
    from throughline.config.environment import SETTINGS

    rows = [(f"`{each.name}`", f"`{each.default}`" if each.default else "(empty)", each.meaning) for each in SETTINGS]
    return (
        "# Settings\n\n"
        + _MADE
        + "Environment variables, read when a command starts. Nothing else configures Throughline.\n\n"
        + _table(("Variable", "Default", "Meaning"), rows)
    )


def _reach(reaches: tuple) -> str:
    parts = []
    for reach in reaches:
        words = ["own agency's or group's" if reach.own_body else "", "own" if reach.own_self else ""]
        words.append("when " + " or ".join(sorted(reach.stages)) if reach.stages is not None else "")
        words.append("for " + " or ".join(sorted(reach.sensitivities)) if reach.sensitivities is not None else "")
        parts.append(" ".join(word for word in words if word) or "all")
    return "; ".join(dict.fromkeys(parts))


def access_page() -> str:
    """The whole role matrix."""
    from throughline.access import Role, kinds
    from throughline.access.roles import PRINTED

    text = (
        "# Who may do what\n\n"
        + _MADE
        + 'Every read and every action is decided by this table; what is not in it is refused. "Not yours" and "not '
        'there" are the same answer. Roles are held in one partnership, from a day, perhaps to a day, and reach '
        "nothing in another.\n\n## Roles\n\n"
        + _table(("Role", "Name in the code"), [(PRINTED[role], f"`{role}`") for role in Role])
    )
    for kind in kinds().values():
        text += f"\n## {kind.printed[:1].upper()}{kind.printed[1:]} (`{kind.name}`)\n\n"
        rows = []
        for verb, roles in kind.verbs.items():
            by_reach: dict[str, list[str]] = {}
            for role in Role:
                if role in roles:
                    by_reach.setdefault(_reach(roles[role]), []).append(PRINTED[role])
            rows += [(f"`{verb}`", reach, ", ".join(names)) for reach, names in by_reach.items()]
        text += _table(("Verb", "Reach within the partnership", "Roles"), rows)
    return text


def routes() -> list[tuple[str, str]]:
    """Every route of ours: its pattern and name. The sign-in library's own are documented by it."""
    from django.urls import URLPattern, get_resolver

    def walk(patterns: list, prefix: str, space: str) -> Iterator[tuple[str, str]]:
        for each in patterns:
            pattern = prefix + str(each.pattern)
            if isinstance(each, URLPattern):
                yield pattern, f"{space}{each.name}"
            else:
                inner = f"{space}{each.namespace}:" if each.namespace else space
                yield from walk(each.url_patterns, pattern, inner)

    found = set(walk(get_resolver().url_patterns, "/", ""))
    return sorted(found, key=lambda route: (route[0], str(route[1]).casefold()))


def routes_page() -> str:
    """Every address."""
    rows = [(f"`{pattern}`", f"`{name}`") for pattern, name in routes()]
    return (
        "# Addresses\n\n"
        + _MADE
        + "Every address that answers, with its name in the code. Who may see what is behind one is decided by "
        "[the access table](access.md), not by the address.\n\n" + _table(("Address", "Name"), rows)
    )


def commands_page() -> str:
    """Every command with its options."""
    from throughline.cli import parser

    os.environ["COLUMNS"] = "100"
    text = (
        "# Commands\n\n"
        + _MADE
        + "Status 0: done. 1: something was found wrong. 2: cannot be used as given; standard error says why in one "
        "sentence.\n"
    )
    for name, command in _commands(parser()):
        usage = command.format_usage().removeprefix("usage: ").strip()
        text += f"\n## {name}\n\n{(command.description or '').strip()}\n\n```\n{usage}\n```\n"
        rows = [
            (", ".join(f"`{option}`" for option in action.option_strings) or f"`{action.dest}`", action.help or "")
            for action in command._actions
            if not isinstance(action, argparse._HelpAction | argparse._SubParsersAction)
        ]
        if rows:
            text += "\n" + _table(("Option", "Meaning"), rows)
    return text


def _commands(parser: argparse.ArgumentParser) -> Iterator[tuple[str, argparse.ArgumentParser]]:
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            for name, command in action.choices.items():
                inner = list(_commands(command))
                if inner:
                    yield from ((f"{name} {below}" if " " not in below else below, each) for below, each in inner)
                else:
                    yield name, command


def consequences_page() -> str:
    """Every consequence, by what it follows."""
    from throughline.history.consequences import subscribed

    rows = [(f"`{each.on}`", each.name) for each in subscribed()]
    return (
        "# Consequences\n\n"
        + _MADE
        + "What a room does because of something in a lower room, inside the same transaction. Its events say "
        "because of which one.\n\n" + _table(("When", "What follows"), rows)
    )


def pages() -> dict[str, str]:
    """Every page by its file name."""
    return {
        "settings.md": settings_page(),
        "access.md": access_page(),
        "routes.md": routes_page(),
        "commands.md": commands_page(),
        "consequences.md": consequences_page(),
    }


def main() -> None:
    """Write every page."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "throughline.config.settings")
    import django

    django.setup()
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name, text in pages().items():
        (FOLDER / name).write_text(text, encoding="utf-8")
        print(f"docs/reference/{name}")


if __name__ == "__main__":
    main()
