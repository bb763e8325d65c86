"""Delivery beside impact for every improvement area, with the printed key of both scales. Pure."""

from collections import Counter
from collections.abc import Mapping, Sequence

from throughline.documents.model import Block, Cell, Column, Heading, Table, Tone
from throughline.impact.scale import NO_IMPACT, NOT_JUDGED, SCALE, Impact
from throughline.line.tree import ActionLine, AreaLine, PlanLine
from throughline.methods.printed import listing
from throughline.plans.delivery import ENDED, KEY, rating
from throughline.reports.changed import TONES
from throughline.reports.kinds import Facts
from throughline.reports.position import LOWER
from throughline.reports.standing import judged_state
from throughline.reports.wording import counted

# What each line of the printed key of delivery means; a test holds it to the key.
MEANS: Mapping[str, str] = {
    "not_started": "Nothing has been done, and its day has not passed.",
    "on_track": "Begun, and expected by its day.",
    "at_risk": "Not expected by its day unless something changes.",
    "overdue": "Open, and its day has passed, whatever its lead says.",
    "claimed": "Its lead says that it is done. Nobody independent has confirmed it.",
    "verified": "Somebody independent has confirmed it.",
    "ended": "No longer part of what is to be done.",
}
_WORST_FIRST = tuple(sorted(KEY, key=lambda each: ("bad", "warning", "neutral", "info", "good").index(each.tone)))


def blocks(line: PlanLine, facts: Facts) -> list[Block]:
    """The areas on both scales, and what their words mean. Nothing where no area has an action."""
    shown = by_area(line)
    if not shown:
        return []
    return [Heading(1, "Delivery and impact by improvement area"), table(line, facts), *key()]


def by_area(line: PlanLine) -> list[tuple[AreaLine, list[ActionLine]]]:
    """Each area with its standing actions; areas without any are left out."""
    found = [(area, [each for each in line.actions_in(area) if each.delivery not in ENDED]) for area in line.areas]
    return [(area, actions) for area, actions in found if actions]


def table(line: PlanLine, facts: Facts) -> Table:
    """One row an area: how many actions stand where, and how the desired impacts that they serve were judged."""
    rows = tuple(
        (f"{area.number} {area.title}", str(len(actions)), _delivery(actions, facts), _impact(line, actions))
        for area, actions in by_area(line)
    )
    return Table(
        "Actions and desired impacts by improvement area",
        (Column("Improvement area", 3), Column("Actions", 1, numeric=True), Column("Delivery", 3), Column("Impact", 3)),
        rows,
        note="A sign is that of the area’s least favourable action or impact. Impact is judged from evidence of what "
        "changed for children, never from what was delivered.",
        row_headings=True,
    )


def _delivery(actions: Sequence[ActionLine], facts: Facts) -> Cell:
    by_key = Counter(rating(each.shown(facts.on)).key for each in actions)
    worst = next(each for each in _WORST_FIRST if by_key[each.key])
    words = listing([f"{by_key[each.key]} {LOWER[each.key]}" for each in KEY if by_key[each.key]])
    return Cell(words[:1].upper() + words[1:], tone=TONES[worst.tone])


def _impact(line: PlanLine, actions: Sequence[ActionLine]) -> Cell:
    """How the impacts that an area's actions serve were judged, the least favourable first."""
    served = {impact for each in actions for impact in each.impacts}
    impacts = [each for each in line.impacts if each.id in served]
    by_state = Counter(judged_state(each) for each in impacts)
    parts = [f"{by_state[each]} {SCALE[each].printed.lower()}" for each in Impact if by_state[each]]
    parts += [f"{by_state[None]} {NOT_JUDGED.lower()}"] if by_state[None] else []
    without = sum(not each.impacts for each in actions)
    parts += [f"{counted(without, 'action')} without a desired impact"] if without else []
    return Cell(listing(parts) or NO_IMPACT, tone=_tone(list(by_state), without=bool(without) or not impacts))


def _tone(states: Sequence[Impact | None], *, without: bool) -> Tone:
    worst = min((each for each in states if each is not None), key=list(Impact).index, default=None)
    tone = TONES[SCALE[worst].tone] if worst is not None else Tone.NEUTRAL
    if tone is Tone.BAD:
        return tone
    if without:
        return Tone.WARNING
    return Tone.NEUTRAL if None in states and tone in {Tone.GOOD, Tone.INFO} else tone


def key() -> list[Block]:
    """The printed key of both scales."""
    columns = (Column("Word", 2), Column("Means", 5))
    delivery = tuple((Cell(each.printed, TONES[each.tone]), MEANS[each.key]) for each in KEY)
    impact = tuple((Cell(each.printed, TONES[each.tone]), each.means) for each in SCALE.values())
    return [
        Heading(2, "What the words mean"),
        Table("Delivery: what was done", columns, delivery, row_headings=True),
        Table("Impact: what changed for children", columns, impact, row_headings=True),
    ]
