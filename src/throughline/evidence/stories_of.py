"""How evidence is told from the record."""

from collections.abc import Mapping

from throughline.partners import stories
from throughline.partners.requests import Request
from throughline.ui.parts import Happening

_BEGINNINGS = frozenset({"held", "shared", "linked", "seen", "planned"})


def happenings(thing: object, request: Request) -> list[Happening]:
    """A thing's story as a timeline shows it, newest first, as far as the person could read it at each stage."""
    return [
        Happening(
            title=each.event.verb[:1].upper() + each.event.verb[1:], at=each.event.recorded_at, by=each.by,
            text="\n".join([*([each.reason] if each.reason else []), *_changes(each)]),
        )
        for each in stories.story_of(thing, request.user)  # type: ignore[arg-type]
    ]  # fmt: skip


def _changes(told: stories.Told) -> list[str]:
    if told.event.verb in _BEGINNINGS:
        return []
    return [f"{each.label}: {each.before or '(empty)'} → {each.after or '(empty)'}" for each in told.changes]


LABELS: Mapping[str, str] = {
    "held_where": "Held where", "dated": "Of", "expires": "Counts until", "strength": "What it can show",
    "detail": "More about it", "agency_id": "Whose", "group_id": "Whose", "satisfied_that": "Of what",
}  # fmt: skip
