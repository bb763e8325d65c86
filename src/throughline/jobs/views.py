"""The page of one job: how far it is, and where what came of it can be fetched."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from throughline.jobs import kinds, queries
from throughline.partners.requests import Request
from throughline.ui import page

REFRESH_SECONDS = 3


def job(request: Request, job_id: UUID) -> HttpResponse:
    """Progress for whoever asked for the job; the same 404 for everybody else as for a job that is not there."""
    found = queries.job_of(job_id, request.user)
    if found is None:
        raise Http404
    page.describe(request, audience="only you")
    if found.partnership is not None:
        page.describe(
            request, marking=found.partnership.marking, partnership=found.partnership.name,
            partnership_url=reverse("partners:front", args=[found.partnership.slug]),
            illustrative=found.partnership.illustrative,
        )  # fmt: skip
    waiting = found.state in (found.State.QUEUED, found.State.RUNNING)
    response = render(request, "jobs/job.html", {"job": found, "printed": kinds.printed(found.kind)})
    if waiting:
        # A header, so that a reader who has turned refreshing off in the browser keeps the page still.
        response.headers["Refresh"] = str(REFRESH_SECONDS)
    return response
