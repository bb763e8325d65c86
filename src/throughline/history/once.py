"""A form sent twice is answered once.

Every POST form carries a request key. The first sending claims it in the same transaction as its action, so a second
one, even at the same moment, waits for the first and gets its answer.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from uuid import UUID

from django.db import transaction

from throughline.history.models import RequestKey


class Answer:
    """What the first sending was answered with. `already` is None for the first sending; then set `location`."""

    def __init__(self, already: str | None) -> None:
        self.already = already
        self.location = ""


@contextmanager
def once(*, person_id: UUID, key: str, now: datetime) -> Iterator[Answer]:
    """Claim a request key around one action. When the action raises, the claim is undone with it.

    with once(person_id=..., key=..., now=...) as answer:
        if answer.already is None:
            answer.location = url_of(actions.create_action(...))
    return redirect(answer.already or answer.location)
    """
    if not key:
        raise ValueError("a form came without a request key")
    with transaction.atomic():
        claim, first = RequestKey.objects.get_or_create(person_id=person_id, key=key, defaults={"at": now})
        answer = Answer(None if first else claim.answer)
        yield answer
        if first:
            RequestKey.objects.filter(pk=claim.pk).update(answer=answer.location)
