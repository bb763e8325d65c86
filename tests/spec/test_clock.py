"""Methods and documents know no clock: what day it is, is an argument."""

import ast

import pytest

from tests.spec.sources import dotted, trees

CLOCKS = {
    "datetime.now", "datetime.utcnow", "datetime.today", "date.today", "datetime.datetime.now", "datetime.date.today",
    "time.time", "time.time_ns", "time.localtime", "time.gmtime", "timezone.now", "timezone.localdate",
}  # fmt: skip
CLOCK_NAMES = {("time", "time"), ("time", "localtime"), ("time", "gmtime"), ("time", "time_ns")}


def clocks_in(tree: ast.Module) -> list[int]:
    """The lines on which a module asks what time it is."""
    found = []
    for node in ast.walk(tree):
        is_read = isinstance(node, ast.Attribute) and dotted(node) in CLOCKS
        is_brought = isinstance(node, ast.ImportFrom) and any(
            (node.module, each.name) in CLOCK_NAMES for each in node.names
        )
        if is_read or is_brought:
            found.append(node.lineno)
    return found


def test_methods_and_documents_ask_nobody_what_time_it_is() -> None:
    found = {path: lines for path, tree in trees("methods", "documents") if (lines := clocks_in(tree))}
    assert found == {}


@pytest.mark.parametrize(
    "planted",
    ["datetime.now(UTC)", "date.today()", "time.time()", "from time import time", "clock = datetime.now"],
)
def test_a_planted_clock_is_found(planted: str) -> None:
    assert clocks_in(ast.parse(planted)) == [1]
