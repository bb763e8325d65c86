"""Tampering by direct SQL is found, every time, and an honest record is never accused."""

import random

import pytest
from django.db import connection

from tests.cast import NOW, Cast
from tests.history import tampering
from throughline.history import triggers, verify
from throughline.history.models import Chain
from throughline.partners import actions


def look(heads: dict) -> bool:
    return bool(verify.verify() or verify.against(heads))


def some_history(cast: Cast, groups: int = 12) -> Chain:
    for number in range(groups):
        actions.create_group(
            by=cast.bea, partnership=cast.ashvale, name=f"Group {number}", short_name=str(number), now=NOW
        )
    return Chain.objects.get(partnership_id=cast.ashvale.pk)


@pytest.mark.parametrize("kind", tampering.KINDS, ids=lambda kind: kind.__name__)
def test_each_kind_of_tampering_is_found(cast: Cast, kind) -> None:
    chain = some_history(cast)
    heads = verify.heads(NOW)
    dice = random.Random(kind.__name__)
    for _ in range(3):
        assert tampering.tampered(kind, dice, chain, lambda: look(heads))
    assert not look(heads), "an honest record is accused"


def test_a_missing_trigger_is_a_fault(cast: Cast) -> None:
    tampering.without_triggers()
    assert triggers.missing() == triggers.wanted()
    assert any("trigger" in fault.sentence for fault in verify.verify())
    triggers.install()
    assert verify.verify() == []


def test_a_trigger_that_does_nothing_any_more_is_a_fault(cast: Cast) -> None:
    if connection.vendor == "sqlite":
        change = "CREATE TRIGGER event_no_update BEFORE UPDATE ON history_event BEGIN SELECT 1; END"
    else:
        change = """CREATE OR REPLACE FUNCTION guard_event_no_update() RETURNS trigger LANGUAGE plpgsql
            AS $$ BEGIN RETURN NEW; END $$"""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("DROP TRIGGER event_no_update")
        cursor.execute(change)
    assert triggers.missing() == {"event_no_update"}
    triggers.install()
    assert triggers.missing() == frozenset()


def test_a_cut_tail_is_not_visible_without_a_head_kept_elsewhere(cast: Cast) -> None:
    """The reason for head files: this is what a check inside the database cannot see."""
    chain = some_history(cast)
    dice = random.Random(1)
    assert not tampering.tampered(tampering.rewrite_history, dice, chain, lambda: bool(verify.verify(rows=False)))


def test_a_file_that_is_no_head_file_is_refused(cast: Cast) -> None:
    with pytest.raises(verify.UnreadableHeads, match="throughline verify --export"):
        verify.against({"heads": {"deployment": {"sequence": "many"}}})


@pytest.mark.soak
def test_a_thousand_tamperings_of_a_thousand_are_found(cast: Cast, capsys) -> None:
    chain = some_history(cast, groups=40)
    heads = verify.heads(NOW)
    dice = random.Random(20181203)
    found = sum(
        tampering.tampered(tampering.KINDS[number % len(tampering.KINDS)], dice, chain, lambda: look(heads))
        for number in range(1000)
    )
    honest = sum(look(heads) for _ in range(10))
    with capsys.disabled():
        print(f"\ntamperings found: {found} of 1000; false alarms on the honest record: {honest} of 10")
    assert (found, honest) == (1000, 0)
