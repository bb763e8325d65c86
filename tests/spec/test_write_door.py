"""The write door is the only way to the tables of the register.

A syntax tree cannot know a variable's type, so the rule is on names: a call of a writing method is taken for a write to
a table unless it is one of the forms below that never are (a dict's update, a form's save, a file's...).
"""

import ast
from collections.abc import Iterator

import pytest

from tests.spec.sources import dotted, trees

ON_ROWS = {"save", "delete", "asave", "adelete"}
ON_QUERIES = {
    "create", "update", "bulk_create", "bulk_update", "get_or_create", "update_or_create", "acreate", "aupdate",
    "abulk_create", "abulk_update", "aget_or_create", "aupdate_or_create", "_raw_delete",
}  # fmt: skip

# Where writing is right, and why. Whatever is written there is no row of the register, or is the door itself.
EXCEPTIONS = {
    "history/door.py": "the door",
    "history/once.py": "request keys: which form was answered, no part of the register",
    "history/redaction.py": "an event's body, under the trigger that asks for two people's redaction",
    "jobs/queue.py": "the queue's claims",
    "notify/outbox.py": "the outbox's claims",
    "notify/reminders.py": "what was reminded of: a marker of the outbox",
}
# Single calls in other places, as (module, chain of names).
EXCEPT_CALLS = {
    ("partners/signin.py", "user.save"): "a password, which the record keeps out; allauth's signal becomes the event",
    ("config/settings.py", "DATABASES.setdefault.update"): "a dict",
}
# Chains that end like a write and are none: a page's numbers, digests, dicts and forms.
HARMLESS_ENDS = ("digest.update", "hashing.update", "hasher.update", "sha.update", "door.create", "door.update")
QUERY_MARKS = {"objects", "_base_manager", "_default_manager", "filter", "exclude", "select_for_update", "all"}


def writes_in(path: str, tree: ast.Module) -> Iterator[str]:
    """Every call that may write to a table around the door: 'module:line chain'."""
    if path in EXCEPTIONS or "/migrations/" in path:
        return
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            chain = dotted(node.func)
            if (
                _may_write(node, node.func.attr, chain)
                and (path, chain) not in EXCEPT_CALLS
                and not chain.endswith(HARMLESS_ENDS)
            ):
                yield f"{path}:{node.lineno} {chain}"


def _may_write(call: ast.Call, method: str, chain: str) -> bool:
    """Whether a call is one that a model or a query set would write with."""
    through_query = bool(QUERY_MARKS & set(chain.split(".")[:-1]))
    if method in ON_QUERIES:
        # A dict's update has a mapping; a query's has keywords only. The others belong to managers alone.
        return through_query or (method == "update" and not call.args and bool(call.keywords)) or method not in {
            "update", "create",
        }  # fmt: skip
    if method == "delete":
        return through_query or not call.args
    return method in ON_ROWS and not _saves_a_document(call, chain)


def _saves_a_document(call: ast.Call, chain: str) -> bool:
    """A workbook, a Word document or a picture is saved to a file, which is its first argument."""
    return bool(call.args) and "objects" not in chain.split(".")


def test_only_the_door_writes_to_the_register() -> None:
    assert [found for path, tree in trees() for found in writes_in(path, tree)] == []


def test_every_exception_is_still_needed() -> None:
    needed = set()
    for path, tree in trees():
        if path in EXCEPTIONS:
            calls = [n for n in ast.walk(tree) if isinstance(n, ast.Call) and isinstance(n.func, ast.Attribute)]
            if any(_may_write(call, call.func.attr, dotted(call.func)) for call in calls):
                needed.add(path)
    assert needed == set(EXCEPTIONS)
    chains = {
        (path, dotted(node.func)) for path, tree in trees() for node in ast.walk(tree) if isinstance(node, ast.Call)
    }
    assert set(EXCEPT_CALLS) - chains == set()


@pytest.mark.parametrize(
    "planted",
    [
        "action.save()",
        "action.save(update_fields=['title'])",
        "action.delete()",
        "Action.objects.create(title='x')",
        "Action.objects.filter(pk=1).update(title='x')",
        "Action.objects.visible_to(p).update(title='x')",
        "found.update(title='x')",
        "Action._base_manager.bulk_create(rows)",
        "Action.objects.get_or_create(title='x')",
        "rows.bulk_update(things, ['title'])",
        "Action.objects.filter(pk=1).delete()",
        "plan.actions.all().delete()",
    ],
)
def test_a_planted_write_is_found(planted: str) -> None:
    assert len(list(writes_in("plans/views.py", ast.parse(planted)))) == 1


@pytest.mark.parametrize(
    "harmless", ["door.create(Action, by=by)", "context.update({'a': 1})", "digest.update(piece)", "book.save(file)"]
)
def test_what_writes_to_no_table_is_let_through(harmless: str) -> None:
    assert list(writes_in("plans/views.py", ast.parse(harmless))) == []
