"""Several people saving at once, and machines that stop in the middle of it: nothing acknowledged is lost."""

import os
import random
import signal
import threading
import time
import uuid
from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from django.db import connection, connections

from tests.soak.world import World, begin
from throughline.history import verify
from throughline.history.door import Conflict
from throughline.history.models import Chain, Event, EventBody
from throughline.plans import actions as plans
from throughline.plans.models import Action, ImprovementArea


@pytest.fixture
def world(own_database, django_db_blocker) -> World:
    with django_db_blocker.unblock():
        yield begin()


def at_once(workers: list[Callable[[], None]]) -> list[BaseException]:
    """Run the workers in threads that begin together; what they raised."""
    raised: list[BaseException] = []
    together = threading.Barrier(len(workers))

    def run(worker: Callable[[], None]) -> None:
        try:
            together.wait()
            worker()
        except BaseException as error:  # whatever it was, the test wants to see it
            raised.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(worker,)) for worker in workers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return raised


def four_writers(world: World, each: int) -> None:
    """Two writers add actions, one re-words an area, one works in the other partnership; all at once."""
    now = datetime.now(UTC)

    def adds(name: str) -> Callable[[], None]:
        def work() -> None:
            for number in range(each):
                plans.create_area(by=world.cast.bea, plan=world.plan, title=f"{name} {number}", now=now)

        return work

    def rewords() -> None:
        for number in range(each):
            while True:
                area = ImprovementArea.objects.get(pk=world.area.pk)
                try:
                    plans.rename_area(
                        by=world.cast.bea, area=area, expected_version=area.version, title=f"Title {number}", now=now
                    )
                    break
                except Conflict:
                    continue

    def elsewhere() -> None:
        plan = plans.create_plan(
            by=world.cast.otto, partnership=world.cast.brackley, reference="theirs", title="Theirs", now=now
        )
        for number in range(each - 1):
            plans.create_area(by=world.cast.otto, plan=plan, title=f"Theirs {number}", now=now)

    events = Event.objects.count()
    assert at_once([adds("One"), adds("Two"), rewords, elsewhere]) == []
    assert Event.objects.count() == events + 4 * each
    numbers = list(ImprovementArea.objects.filter(plan=world.plan).values_list("number", flat=True))
    assert sorted(numbers) == list(range(1, 2 * each + 2))
    assert verify.verify() == []


def test_four_writers_at_once_break_nothing(world: World) -> None:
    four_writers(world, each=10)


def conflicting_saves(world: World, each: int) -> tuple[int, int]:
    """Two editors open the same text, `each` times, and both save; the loser sees both and saves again.

    How many saves are missing at the end, and how many conflicts were shown.
    """
    conflicts = []
    now = datetime.now(UTC)
    both_have_it_open = threading.Barrier(2)

    def edits(name: str) -> Callable[[], None]:
        def save(act: Action, number: int) -> None:
            plans.change_action(
                by=world.cast.bea, act=act, expected_version=act.version, area=world.area, title=act.title,
                detail=f"{act.detail} {name}{number};", owner_post="", lead_agency=world.cast.police, now=now,
            )  # fmt: skip

        def work() -> None:
            for number in range(each):
                act = Action.objects.get(pk=world.act.pk)
                both_have_it_open.wait(timeout=60)
                try:
                    save(act, number)
                except Conflict as conflict:
                    conflicts.append(f"{name}{number};" in conflict.mine["detail"])
                    save(conflict.theirs, number)
                both_have_it_open.wait(timeout=60)

        return work

    assert at_once([edits("a"), edits("b")]) == []
    assert all(conflicts), "a loser's own text was not handed back"
    text = Action.objects.get(pk=world.act.pk).detail
    missing = sum(f" {name}{number};" not in text for name in "ab" for number in range(each))
    return missing, len(conflicts)


def test_two_editors_lose_nothing(world: World) -> None:
    missing, conflicts = conflicting_saves(world, each=25)
    assert (missing, conflicts) == (0, 25)


def test_saving_without_looking_at_the_version_loses_saves(world: World) -> None:
    """The planted fault beside it: the same two editors, writing what they read, without the door."""

    def edits(name: str) -> Callable[[], None]:
        def work() -> None:
            for number in range(25):
                detail = Action.objects.get(pk=world.act.pk).detail
                time.sleep(0.001)
                Action.objects.filter(pk=world.act.pk).update(detail=f"{detail} {name}{number};")

        return work

    assert at_once([edits("a"), edits("b")]) == []
    text = Action.objects.get(pk=world.act.pk).detail
    assert any(f" {name}{number};" not in text for name in "ab" for number in range(25))


def killed_while_saving(world: World, kills: int, dice: random.Random, *, too_early: bool = False) -> tuple[int, int]:
    """Kill a process that saves, again and again; acknowledged saves in all, and those that are not there.

    `too_early` plants the fault: saves are acknowledged before they are committed.
    """
    acknowledged: list[str] = []
    connections.close_all()
    for _ in range(kills):
        reading, writing = os.pipe()
        child = os.fork()
        if child == 0:
            _save_for_ever(world, writing, too_early)
        os.close(writing)
        first = os.read(reading, 4096)  # however slow the machine is, something has been saved when it is killed
        time.sleep(dice.uniform(0.0, 0.12))
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        with os.fdopen(reading, "rb") as pipe:
            whole, _, _cut = (first + pipe.read()).rpartition(b"\n")
        acknowledged += whole.decode().split()
    found = set(ImprovementArea.objects.values_list("title", flat=True))
    return len(acknowledged), sum(token not in found for token in acknowledged)


def _save_for_ever(world: World, writing: int, too_early: bool) -> None:
    """Save areas under unique titles and acknowledge each after its commit, until killed."""
    try:
        while True:
            token = uuid.uuid4().hex
            if too_early:
                os.write(writing, f"{token}\n".encode())
            plans.create_area(by=world.cast.bea, plan=world.plan, title=token, now=datetime.now(UTC))
            if not too_early:
                os.write(writing, f"{token}\n".encode())
    finally:
        os._exit(1)


def test_no_acknowledged_save_is_lost_when_the_process_is_killed(world: World) -> None:
    saved, lost = killed_while_saving(world, kills=8, dice=random.Random(1))
    assert saved > 0
    assert lost == 0
    assert verify.verify() == []


def test_a_save_that_is_acknowledged_too_early_would_be_noticed(world: World) -> None:
    """The planted fault beside it."""
    _, lost = killed_while_saving(world, kills=8, dice=random.Random(1), too_early=True)
    assert lost > 0


@pytest.mark.soak
def test_soak_four_writers(world: World, capsys) -> None:
    four_writers(world, each=250)
    with capsys.disabled():
        print(f"\n{connection.vendor}: four writers, 1,000 writes: 0 breaks, 0 deadlocks")


@pytest.mark.soak
def test_soak_two_editors(world: World, capsys) -> None:
    missing, conflicts = conflicting_saves(world, each=1000)
    with capsys.disabled():
        print(
            f"\n{connection.vendor}: 2 editors x 1,000 conflicting saves: {missing} lost, {conflicts} conflicts shown"
        )
    assert (missing, conflicts) == (0, 1000)


@pytest.mark.soak
def test_soak_kills(world: World, capsys) -> None:
    saved, lost = killed_while_saving(world, kills=200, dice=random.Random(20181203))
    faults = verify.verify()
    heads = {chain.head_sequence for chain in Chain.objects.all()}
    with capsys.disabled():
        print(f"\n{connection.vendor}: 200 kills during saves: {saved} acknowledged, {lost} lost, {len(faults)} faults")
    assert (lost, faults) == (0, [])
    assert Event.objects.count() == EventBody.objects.count() == sum(heads)
