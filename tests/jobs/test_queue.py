"""The queue: each job once, by whoever may, again after a fault, and never lost with its worker."""

import threading
from datetime import timedelta

import pytest
from django.db import IntegrityError, connections, transaction

from tests.cast import NOW, Cast, assemble
from throughline.history.moments import day_of
from throughline.jobs import CannotFinish, kinds, queue
from throughline.jobs.models import Job


@pytest.fixture
def ledger():
    """A kind of job that notes who had it done; its behaviour and rights can be set by the test."""
    done = []

    class Ledger:
        behaviour = staticmethod(lambda work: done.append(work) or f"/made/{work.arguments['n']}/")
        allowed = staticmethod(lambda person, arguments: bool(person.grants_on(day_of(NOW))))

    Ledger.done = done
    kinds.register(
        "ledger", lambda work: Ledger.behaviour(work), lambda *given: Ledger.allowed(*given), printed="Ledger"
    )
    yield Ledger
    kinds.unregister("ledger")


def ask(cast: Cast, n: int = 1, by=None) -> Job:
    return queue.enqueue(
        "ledger", by=by or cast.bea, arguments={"n": n}, key=f"ledger:{n}", now=NOW, partnership=cast.ashvale
    )


def test_a_job_is_done_and_keeps_where_its_outcome_is(cast: Cast, ledger) -> None:
    job = ask(cast)
    assert queue.run_due("w", NOW) == 1
    job.refresh_from_db()
    assert (job.state, job.result, len(ledger.done)) == ("done", "/made/1/", 1)
    assert queue.run_due("w", NOW + timedelta(days=1)) == 0


def test_the_same_job_asked_for_twice_is_one_job(cast: Cast, ledger) -> None:
    assert ask(cast).pk == ask(cast).pk
    assert queue.run_due("w", NOW) == 1


def test_a_job_asked_for_in_a_transaction_that_fails_does_not_exist(cast: Cast, ledger) -> None:
    @transaction.atomic
    def fails() -> None:
        ask(cast)
        raise IntegrityError

    with pytest.raises(IntegrityError):
        fails()
    assert not Job.objects.exists()


def test_a_job_of_an_unknown_kind_cannot_be_asked_for(cast: Cast) -> None:
    with pytest.raises(KeyError):
        queue.enqueue("nothing", by=cast.bea, arguments={}, key="k", now=NOW)


def test_rights_are_asked_again_when_the_job_starts(cast: Cast, ledger) -> None:
    job = ask(cast)
    ledger.allowed = lambda person, arguments: False
    queue.run_due("w", NOW)
    job.refresh_from_db()
    assert (job.state, ledger.done) == ("failed", [])
    assert job.error == queue.NOT_ALLOWED


def test_a_fault_is_tried_again_later_and_at_last_given_up_with_a_sentence(cast: Cast, ledger) -> None:
    job = ask(cast)

    def fail(work) -> str:
        ledger.done.append(work)
        raise RuntimeError("the printer is on fire")

    ledger.behaviour = fail
    queue.run_due("w", NOW)
    job.refresh_from_db()
    assert (job.state, job.attempts) == ("queued", 1)
    assert job.run_after > NOW
    for _ in range(queue.ATTEMPTS + 2):
        job.refresh_from_db()
        queue.run_due("w", job.run_after)
    job.refresh_from_db()
    assert (job.state, len(ledger.done)) == ("failed", queue.ATTEMPTS)
    assert "on fire" not in job.error
    assert "Ask again" in job.error


def test_a_refusal_is_kept_as_its_sentence_and_not_tried_again(cast: Cast, ledger) -> None:
    job = ask(cast)

    def refuse(work) -> str:
        raise CannotFinish("There is no plan to print. Make one first.")

    ledger.behaviour = refuse
    queue.run_due("w", NOW)
    job.refresh_from_db()
    assert (job.state, job.error, job.attempts) == ("failed", "There is no plan to print. Make one first.", 1)


def test_a_claim_whose_worker_died_is_taken_back_and_done(cast: Cast, ledger) -> None:
    job = ask(cast)
    assert queue.claim("dead", NOW).pk == job.pk
    assert queue.run_due("w", NOW + timedelta(minutes=1)) == 0
    later = NOW + queue.SILENT_FOR + timedelta(seconds=1)
    queue.run_due("w", later)
    queue.run_due("w", later + queue.PAUSES[0])
    job.refresh_from_db()
    assert (job.state, len(ledger.done)) == ("done", 1)


def test_a_worker_that_was_given_up_cannot_end_the_job_that_another_has(cast: Cast, ledger) -> None:
    ask(cast)
    slow = queue.claim("slow", NOW)
    queue.take_back(NOW + queue.SILENT_FOR + timedelta(seconds=1))
    queue.run(slow, NOW)
    assert Job.objects.get().state == "queued"


def test_progress_is_kept_and_shows_life(cast: Cast, ledger) -> None:
    job = ask(cast)
    seen = []

    def slow(work) -> str:
        work.say("2 of 3 pages")
        seen.append(Job.objects.get(pk=job.pk).progress)
        return "/x/"

    ledger.behaviour = slow
    queue.run_due("w", NOW)
    assert seen == ["2 of 3 pages"]


def test_four_workers_at_once_do_each_job_once(own_database, django_db_blocker, ledger) -> None:
    with django_db_blocker.unblock():
        cast = assemble()
        for n in range(24):
            ask(cast, n)
        faults = []
        begin = threading.Barrier(4)

        def worker(name: str) -> None:
            try:
                with django_db_blocker.unblock():
                    begin.wait()
                    while queue.run_due(name, NOW, limit=1):
                        pass
            except BaseException as error:
                faults.append(error)
            finally:
                connections.close_all()

        threads = [threading.Thread(target=worker, args=(f"w{n}",)) for n in range(4)]
        for each in threads:
            each.start()
        for each in threads:
            each.join()
        assert faults == []
        assert sorted(work.arguments["n"] for work in ledger.done) == list(range(24))
        assert set(Job.objects.values_list("state", "attempts")) == {("done", 1)}
