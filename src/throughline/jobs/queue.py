"""Putting jobs into the queue, and a worker's turns at them.

Several workers may run at once: each change of a job's hands is one UPDATE that names the version it read, so one
worker wins. A claim whose worker has been silent for `SILENT_FOR` is taken back.
"""

import logging
import time
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from throughline.jobs import kinds
from throughline.jobs.kinds import CannotFinish, ClaimLost, Work
from throughline.jobs.models import Job
from throughline.partners.models import Partnership, Person

log = logging.getLogger("throughline.jobs")

SILENT_FOR = timedelta(minutes=15)
PAUSES = (timedelta(seconds=30), timedelta(minutes=2), timedelta(minutes=10), timedelta(minutes=30))
ATTEMPTS = len(PAUSES) + 1
NOT_ALLOWED = "You may no longer do this. Ask your partnership's business manager about your role."
UNKNOWN = "This version of Throughline does not know how to do this. Ask for it again."


def enqueue(
    kind: str, *, by: Person, arguments: Mapping[str, Any], key: str, now: datetime,
    partnership: Partnership | None = None,
) -> Job:  # fmt: skip
    """Ask for a job, inside the caller's transaction: it exists when what asked for it does. Once for each key.

    `arguments` are plain JSON: identifiers, no rows. An unregistered kind is a programming error (KeyError).
    """
    if kinds.of(kind) is None:
        raise KeyError(kind)
    with transaction.atomic():
        found, _ = Job.objects.get_or_create(
            key=key,
            defaults={
                "kind": kind, "arguments": dict(arguments), "partnership": partnership, "requested_by": by,
                "asked_at": now, "run_after": now,
            },
        )  # fmt: skip
    return found


def _swap(job: Job, **changes: Any) -> bool:
    """Change a job that nobody else has changed since it was read. Whether that was so."""
    swapped = Job.objects.filter(pk=job.pk, version=job.version, state=job.state).update(
        version=job.version + 1, **changes
    )
    if swapped:
        job.version += 1
        for name, value in changes.items():
            setattr(job, name, value)
    return swapped == 1


def claim(worker: str, now: datetime) -> Job | None:
    """The next job whose turn it is, now this worker's; None when there is none."""
    waiting = Job.objects.filter(state=Job.State.QUEUED, run_after__lte=now).order_by("run_after", "asked_at")
    for job in waiting[:20]:
        if _swap(job, state=Job.State.RUNNING, attempts=job.attempts + 1, heard_at=now, claimed_by=worker, progress=""):
            return job
    return None


def take_back(now: datetime) -> int:
    """Put jobs whose worker died back into the queue, or give up those that it happened to too often. How many."""
    count = 0
    for job in Job.objects.filter(state=Job.State.RUNNING, heard_at__lt=now - SILENT_FOR):
        count += _later(job, now)
    return count


def _later(job: Job, now: datetime) -> bool:
    """Have a job tried again after a pause that grows, or end it when it was tried often enough."""
    if job.attempts >= ATTEMPTS:
        return _end_failed(
            job, f"It did not work in {ATTEMPTS} attempts. Ask again; if it fails again, give your administrator the "
            f"reference {str(job.pk)[:8]}.", now,
        )  # fmt: skip
    return _swap(
        job, state=Job.State.QUEUED, run_after=now + PAUSES[job.attempts - 1], claimed_by="", heard_at=None,
        error="It did not work at the first attempt and will be tried again.",
    )  # fmt: skip


def _end_failed(job: Job, sentence: str, now: datetime) -> bool:
    return _swap(job, state=Job.State.FAILED, error=sentence[:500], ended_at=now, heard_at=None)


def clock_from(now: datetime) -> Callable[[], datetime]:
    """What time it is while a turn that began at `now` lasts: a worker's turn has one beginning, however long it is."""
    began = time.monotonic()
    return lambda: now + timedelta(seconds=time.monotonic() - began)


def run(job: Job, now: datetime) -> None:
    """Do a claimed job: ask for the rights of whoever wanted it, run it, keep what came of it."""
    clock = clock_from(now)
    person = Person.objects.get(pk=job.requested_by_id)
    kind = kinds.of(job.kind)
    if kind is None:
        _end_failed(job, UNKNOWN, now)
        return
    if not (person.is_active and kind.allowed(person, job.arguments)):
        _end_failed(job, NOT_ALLOWED, now)
        return

    def say(progress: str) -> None:
        if not _swap(job, progress=progress[:200], heard_at=clock()):
            raise ClaimLost(str(job.pk))

    try:
        result = kind.run(Work(job.pk, person, job.partnership_id, job.arguments, now, say))
    except ClaimLost:
        log.warning("job %s (%s) was taken back while it ran", job.pk, job.kind)
    except CannotFinish as refusal:
        _end_failed(job, str(refusal), clock())
    except Exception:
        log.exception("job %s (%s) failed at attempt %s", job.pk, job.kind, job.attempts)
        _later(job, clock())
    else:
        _swap(job, state=Job.State.DONE, result=result or "", error="", progress="", ended_at=clock())


def run_due(worker: str, now: datetime, limit: int = 50) -> int:
    """One turn of a worker: take back what the dead left, then do what is due, at most `limit` jobs. How many."""
    take_back(now)
    clock = clock_from(now)
    count = 0
    while count < limit and (job := claim(worker, clock())) is not None:
        run(job, clock())
        count += 1
    return count
