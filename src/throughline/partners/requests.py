"""The keys that forms carry, and words kept while somebody signs in again.

A request key names the person for whom a form was drawn and is signed, so that words typed into it are only ever given
back to that person.
"""

import hashlib
import json
import uuid
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from django.core import signing
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, QueryDict
from django.utils.http import escape_leading_slashes

if TYPE_CHECKING:
    from throughline.partners.models import Partnership, Person

_SALT = "throughline request key"
_KEPT = "kept words"
_MOST_KEPT = 200_000
FIELD = "request_key"
_NOT_WORDS = (FIELD, "csrfmiddlewaretoken")


class Request(HttpRequest):
    """A request as the pages of signed-in people see it, for type checkers; the middleware puts these on it."""

    user: "Person"
    now: datetime
    request_key: "FreshKeys"
    partnership: "Partnership | None"


class FreshKeys:
    """Prints a new request key every time it is printed: each form of a page has its own."""

    def __init__(self, person_id: uuid.UUID) -> None:
        self._person_id = person_id

    def __str__(self) -> str:
        return signing.Signer(salt=_SALT).sign(f"{self._person_id.hex}:{uuid.uuid4().hex}")


@dataclass(frozen=True)
class Key:
    """A request key that was ours: whose form it was, and the form's own random part."""

    person_id: uuid.UUID
    value: str


def key_of(request: HttpRequest) -> Key | None:
    """The key that a POST carries, or None when it carries none of ours."""
    try:
        person, value = signing.Signer(salt=_SALT).unsign(request.POST.get(FIELD, "")).split(":")
        return Key(uuid.UUID(person), value)
    except (signing.BadSignature, ValueError):
        return None


def claim_of(request: HttpRequest, key: Key) -> str:
    """What is claimed for a sending: the form's key and everything that was sent with it.

    The same form sent again with other words (the back button) is another request, not a repetition.
    """
    sent = [[name, values] for name, values in sorted(request.POST.lists()) if name not in _NOT_WORDS]
    files = [[name, [_digest(each) for each in request.FILES.getlist(name)]] for name in sorted(request.FILES)]
    text = json.dumps([key.value, request.path, sent, files], ensure_ascii=True)
    return hashlib.sha256(text.encode()).hexdigest()


def _digest(upload: UploadedFile) -> str:
    """What an upload holds, as a short text. The upload stands at its beginning again afterwards."""
    digest = hashlib.sha256()
    for piece in upload.chunks():
        digest.update(piece)
    upload.seek(0)
    return digest.hexdigest()


def keep_words(request: HttpRequest) -> bool:
    """Keep what somebody sent whose session had ended, for when they have signed in again. Passwords are never kept."""
    key = key_of(request)
    if key is None:
        return False
    words = {
        name: values
        for name, values in request.POST.lists()
        if name not in _NOT_WORDS and "password" not in name.casefold()
    }
    if not words or len(json.dumps(words)) > _MOST_KEPT:
        return False
    page = page_of(request)
    request.session[_KEPT] = {"person": key.person_id.hex, "path": page.split("?")[0], "words": words}
    return True


def page_of(request: HttpRequest) -> str:
    """The page whose form was sent: what the browser says it came from, when that is ours, or else the address sent to.

    A form may be sent to an address that has no page of its own; its reader is brought back to where the form stands.
    """
    came_from = urlsplit(request.headers.get("Referer", ""))
    if request.method == "POST" and came_from.netloc == request.get_host() and came_from.path:
        path = escape_leading_slashes(came_from.path)  # //elsewhere.example would be another site
        return f"{path}?{came_from.query}" if came_from.query else path
    return request.get_full_path()


def has_kept_words(request: HttpRequest) -> bool:
    """Whether words are waiting for a sign-in."""
    return _KEPT in request.session


def kept_words(request: HttpRequest, *, only: str = "") -> QueryDict | None:
    """The words that this person typed into this page before their session ended: once, and to nobody else.

    On a page of several forms `only` names the value of the field 'form' whose words are wanted.
    """
    kept: dict[str, Any] | None = request.session.get(_KEPT)
    if kept is None or not request.user.is_authenticated:
        return None
    if kept["person"] != request.user.pk.hex:
        del request.session[_KEPT]
        return None
    if kept["path"] != request.path or (only and kept["words"].get("form") != [only]):
        return None
    del request.session[_KEPT]
    words = QueryDict(mutable=True)
    for name, values in kept["words"].items():
        words.setlist(name, values)
    return words
