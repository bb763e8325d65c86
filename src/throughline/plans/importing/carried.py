"""An uploaded plan between its steps: what was judged and stored, and what its columns mean, signed for one person.

Nobody chooses the file again because a heading was mapped wrongly. The bytes lie in the store without a row for a day;
the signature ends before that.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from uuid import UUID

from django.core import signing

from throughline.files.intake import Received
from throughline.files.store import KEPT_WITHOUT_ROW, Blob
from throughline.files.verdict import Kind, Verdict

_SALT = "throughline carried plan"
LASTS = timedelta(hours=12)
assert LASTS < KEPT_WITHOUT_ROW


class NotCarried(ValueError):
    """A token that is not ours, or is for somebody else or for another plan."""


class TooOld(NotCarried):
    """A token of ours that was signed too long ago."""


@dataclass(frozen=True)
class Carried:
    """An upload that passed the gate and is in the store. `fields` gives each folded heading's field, once mapped."""

    upload: Received
    fields: Mapping[str, str] = field(default_factory=dict)


def sign(carried: Carried, *, person: UUID, plan: UUID) -> str:
    """A text that only `person` can turn back, for the same plan."""
    upload = carried.upload
    value = [
        person.hex, plan.hex, upload.blob.sha256, upload.blob.size, upload.verdict.kind.value,
        list(upload.verdict.warnings), upload.name, dict(carried.fields),
    ]  # fmt: skip
    return signing.dumps(value, salt=_SALT, compress=True)


def open_(token: str, *, person: UUID, plan: UUID) -> Carried:
    """What `sign` was given. Raises NotCarried, TooOld."""
    try:
        value = signing.loads(token, salt=_SALT, max_age=LASTS)
    except signing.SignatureExpired as error:
        raise TooOld(token) from error
    except signing.BadSignature as error:
        raise NotCarried("not ours") from error
    whose, which, sha256, size, kind, warnings, name, fields = value
    if (whose, which) != (person.hex, plan.hex):
        raise NotCarried("somebody else's, or of another plan")
    return Carried(Received(Blob(sha256, size), Verdict(Kind(kind), warnings=tuple(warnings)), name), fields)
