"""Who may see and change suggestions: working material of those who keep the plan. What they accept is the plan's."""

from throughline.access.engine import Columns, Kind, declare, everyone
from throughline.plans.permissions import KEEPERS


def _working(name: str, printed: str) -> Kind:
    return declare(
        Kind(
            name=name,
            printed=printed,
            columns=Columns(),
            verbs={"view": everyone(KEEPERS), "create": everyone(KEEPERS), "change": everyone(KEEPERS)},
        )
    )


BANK_ENTRY = _working("suggestions.bank_entry", "entry of the bank of suggestions")
SET_ASIDE = _working("suggestions.set_aside", "suggestion that was set aside")
