"""The documents know every setting, role, permission, route and command."""

import importlib.util
import re
from pathlib import Path

import pytest

from throughline.access import Role, kinds
from throughline.access.roles import PRINTED
from throughline.config.environment import SETTINGS

ROOT = Path(__file__).resolve().parents[2]
DOCUMENTS = "\n".join(path.read_text(encoding="utf-8") for path in [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])


def reference():
    spec = importlib.util.spec_from_file_location("reference", ROOT / "tools" / "reference.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("name", ["settings.md", "access.md", "routes.md", "commands.md", "consequences.md"])
def test_the_reference_page_says_what_the_code_says(name: str) -> None:
    written = (ROOT / "docs" / "reference" / name).read_text(encoding="utf-8")
    assert written == reference().pages()[name], "run .venv/bin/python tools/reference.py"


def test_every_setting_is_in_the_documents() -> None:
    assert [each.name for each in SETTINGS if f"`{each.name}`" not in DOCUMENTS] == []


def test_every_variable_that_the_code_reads_is_a_declared_setting() -> None:
    read = set()
    for path in (ROOT / "src").rglob("*.py"):
        read |= set(re.findall(r"[\"'](THROUGHLINE_[A-Z_]+|DATABASE_URL)[\"']", path.read_text(encoding="utf-8")))
    assert read <= {each.name for each in SETTINGS}
    assert read, "the pattern finds nothing"


def test_every_role_and_permission_is_in_the_documents() -> None:
    assert [role for role in Role if f"`{role}`" not in DOCUMENTS] == []
    assert [name for name in kinds() if f"`{name}`" not in DOCUMENTS] == []
    glossary = (ROOT / "GLOSSARY.md").read_text(encoding="utf-8")
    assert [PRINTED[role] for role in Role if PRINTED[role] not in glossary] == []


def test_every_route_and_command_is_in_the_documents() -> None:
    module = reference()
    assert [pattern for pattern, _ in module.routes() if f"`{pattern}`" not in DOCUMENTS] == []
    commands = [name for name, _ in module._commands(__import__("throughline.cli", fromlist=["parser"]).parser())]
    assert [name for name in commands if f"## {name}\n" not in DOCUMENTS] == []
    assert "serve" in commands


def test_a_setting_that_nobody_wrote_down_would_be_noticed() -> None:
    """The planted fault."""
    assert "`THROUGHLINE_UNHEARD_OF`" not in DOCUMENTS


def test_the_links_between_the_documents_lead_somewhere() -> None:
    broken = []
    for path in [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]:
        for target in re.findall(r"\]\(([^)#\s]+)", path.read_text(encoding="utf-8")):
            if "://" not in target and not (path.parent / target).exists():
                broken.append(f"{path.name}: {target}")
    assert broken == []
