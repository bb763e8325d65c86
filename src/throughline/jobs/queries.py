"""Reads of the queue."""

from collections.abc import Sequence
from uuid import UUID

from django.utils import timezone

from throughline.jobs import kinds
from throughline.jobs.models import Job
from throughline.methods.printed import count, lapse
from throughline.partners.models import Person


def job_of(job_id: UUID, person: Person) -> Job | None:
    """A job, for whoever asked for it and still may have what comes of it; None for everybody else."""
    job = Job.objects.filter(pk=job_id, requested_by=person).select_related("partnership").first()
    if job is None:
        return None
    kind = kinds.of(job.kind)
    return job if kind is None or kind.allowed(person, job.arguments) else None


def health() -> Sequence[tuple[str, str, bool]]:
    """How the queue stands: (label, text, all well). Work that has waited for ten minutes says that no worker runs."""
    waiting = Job.objects.filter(state__in=[Job.State.QUEUED, Job.State.RUNNING])
    oldest = Job.objects.filter(state=Job.State.QUEUED).order_by("run_after").first()
    late = timezone.now() - oldest.run_after if oldest else None
    text = count(waiting.count(), "job waiting or running", "jobs waiting or running")
    stuck = late is not None and late.total_seconds() > 600
    if stuck and late is not None:
        text += f"; the oldest should have begun {lapse(late)} ago. Start the worker: throughline work"
    return [("Queue", text, not stuck)]
