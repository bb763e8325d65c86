"""How a partnership and its executive group were called on a day, for what is seen or printed as at that day."""

from dataclasses import dataclass
from datetime import date

from throughline.history import asof
from throughline.history.models import EventBody
from throughline.partners.models import Partnership


@dataclass(frozen=True)
class Called:
    """A partnership's names and marking, as they stood."""

    name: str
    executive_name: str
    marking: str


def called_on(partnership: Partnership, day: date | None) -> Called:
    """The names as at the end of a day; as they are now for None, and for a day before the record begins.

    Two queries for a day, none for now (`partnership` as read).
    """
    now = Called(partnership.name, partnership.executive_name, partnership.marking)
    if day is None:
        return now
    moment = asof.moment_at(partnership.pk, day)
    text = (
        EventBody.objects.filter(
            event__chain__partnership_id=partnership.pk, event__sequence__lte=moment.sequence,
            event__thing_kind="partners.partnership", event__thing_id=partnership.pk,
        )
        .order_by("-event__sequence")
        .values_list("text", flat=True)
        .first()
    )  # fmt: skip
    if text is None:
        return now
    state = asof.state_in("partners.partnership", text)
    return Called(state["name"], state["executive_name"], state["marking"])
