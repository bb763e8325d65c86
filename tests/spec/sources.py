"""The project's own source as syntax trees, for tests that read it."""

import ast
from collections.abc import Iterator
from pathlib import Path

SOURCE = Path(__file__).resolve().parent.parent.parent / "src" / "throughline"


def trees(*folders: str) -> Iterator[tuple[str, ast.Module]]:
    """Every module below the folders (all of them when none is named): its path within the package, and its tree."""
    for root in [SOURCE / folder for folder in folders] or [SOURCE]:
        for path in sorted(root.rglob("*.py")):
            yield path.relative_to(SOURCE).as_posix(), ast.parse(path.read_text(encoding="utf-8"))


def dotted(node: ast.expr) -> str:
    """'Job.objects.filter' for such a chain of names; calls and subscripts on the way are left out."""
    parts: list[str] = []
    while True:
        if isinstance(node, ast.Attribute):
            parts.append(node.attr)
            node = node.value
        elif isinstance(node, ast.Call):
            node = node.func
        elif isinstance(node, ast.Subscript):
            node = node.value
        else:
            break
    if isinstance(node, ast.Name):
        parts.append(node.id)
    return ".".join(reversed(parts))
