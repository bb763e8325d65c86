"""An upload between two forms: what was judged and stored, signed for the person and partnership it was uploaded for.

Nobody chooses a file again because a field beside it was wrong. The bytes lie in the store without a row for a day; the
signature ends before that.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.core import signing

from throughline.files.intake import Received
from throughline.files.store import KEPT_WITHOUT_ROW, Blob
from throughline.files.verdict import Kind, Verdict

_SALT = "throughline carried letter"
LASTS = timedelta(hours=12)
assert LASTS < KEPT_WITHOUT_ROW


class NotCarried(ValueError):
    """A token that is not ours, or is for somebody else or for another place."""


class TooOld(NotCarried):
    """A token of ours that was signed too long ago."""


@dataclass(frozen=True)
class Carried:
    """An upload that passed the gate and is in the store, and the day on which the letter reached the partnership."""

    upload: Received
    received_on: date


def sign(carried: Carried, *, person: UUID, place: UUID) -> str:
    """A text that only `person` can turn back, for the same `place`: the partnership or inspection uploaded to."""
    upload = carried.upload
    value = [
        person.hex, place.hex, upload.blob.sha256, upload.blob.size, upload.verdict.kind.value,
        list(upload.verdict.warnings), upload.name, carried.received_on.isoformat(),
    ]  # fmt: skip
    return signing.dumps(value, salt=_SALT, compress=True)


def open_(token: str, *, person: UUID, place: UUID) -> Carried:
    """What `sign` was given. Raises NotCarried, TooOld."""
    try:
        value = signing.loads(token, salt=_SALT, max_age=LASTS)
    except signing.SignatureExpired as error:
        raise TooOld(token) from error
    except signing.BadSignature as error:
        raise NotCarried("not ours") from error
    whose, where, sha256, size, kind, warnings, name, received_on = value
    if (whose, where) != (person.hex, place.hex):
        raise NotCarried("somebody else's, or of another place")
    verdict = Verdict(Kind(kind), warnings=tuple(warnings))
    return Carried(Received(Blob(sha256, size), verdict, name), date.fromisoformat(received_on))
