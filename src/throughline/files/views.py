"""Downloads and page pictures. A file of somebody else's partnership is as absent as one that does not exist."""

from datetime import datetime
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.views.decorators.http import require_safe

from throughline.files import actions, serving
from throughline.files.models import StoredFile
from throughline.files.pictures_of_pages import page_image
from throughline.files.queries import visible_file
from throughline.files.verdict import Refused
from throughline.partners.models import Person


def _found(request: HttpRequest, file_id: UUID) -> tuple[StoredFile, Person]:
    """The file, and the signed-in person who may see it."""
    person = request.user
    if not isinstance(person, Person):
        raise Http404
    file = visible_file(file_id, for_person=person)
    if file is None:
        raise Http404
    return file, person


def _now(request: HttpRequest) -> datetime:
    """The request's one moment, which the clock middleware read."""
    now: datetime = getattr(request, "now", None) or timezone.now()
    return now


@require_safe
def download(request: HttpRequest, file_id: UUID) -> HttpResponseBase:
    """A stored file as an attachment. Who was given it is on record before its first byte leaves."""
    file, person = _found(request, file_id)
    if request.method == "GET":
        actions.record_download(by=person, file=file, now=_now(request))
    return serving.as_attachment(sha256=file.sha256, size=file.size, kind=file.kind, name=file.name)


@require_safe
def page_picture(request: HttpRequest, file_id: UUID, number: int, width: int) -> HttpResponseBase:
    """One page of a stored PDF as a picture for the page that quotes it."""
    file, _ = _found(request, file_id)
    try:
        picture = page_image(file, number, width_px=width)
    except (Refused, ValueError) as error:
        raise Http404 from error
    return serving.harmless(HttpResponse(picture, content_type="image/png"))
