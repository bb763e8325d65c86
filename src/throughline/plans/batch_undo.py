"""Taking a batch back: what is remembered of the last one, and the batch that would undo it.

It is remembered in the session of whoever did it. What was changed again since is not taken back.
"""

from collections.abc import Callable, Mapping, MutableMapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from throughline.partners.models import Person
from throughline.plans import queries
from throughline.plans.batch import Cost, Screening, Shown, Wanted, What, shown, undo_of
from throughline.plans.delivery import Delivery
from throughline.plans.models import Action, Plan

_KEY = "last batch"
_BY_KEY = frozenset({
    What.AREA, What.LEAD, What.ADD_FINDING, What.REMOVE_FINDING, What.ADD_IMPACT, What.REMOVE_IMPACT,
})  # fmt: skip


def _packed(value: Any) -> Any:
    if isinstance(value, Cost):
        return [value.resources, value.note, value.funder, _packed(value.decided)]
    if isinstance(value, Screening):
        return [value.equality, value.note, _packed(value.screened)]
    if isinstance(value, date):
        return value.isoformat()
    return str(value.pk) if hasattr(value, "pk") else value


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _unpacked(what: What, value: Any, things: Mapping[str, Any]) -> Any:
    """The value again; KeyError for a thing that is not there any more."""
    if what in _BY_KEY:
        return things[value]
    if what is What.DUE:
        return _day(value)
    if what is What.RESOURCES:
        return Cost(value[0], value[1], value[2], _day(value[3]))
    if what is What.EQUALITY:
        return Screening(value[0], value[1], _day(value[2]))
    return Delivery(value) if what is What.RESTORE else value


def remember(
    session: MutableMapping[str, Any], plan: Plan, before: Sequence[Action], wanted: Wanted, *, said: str
) -> None:
    """Keep what would take a batch back. `said` tells what was done ("Owner’s post of 12 actions")."""
    undone = [undo_of(act, wanted) for act in before]
    now = dict(Action.objects.filter(pk__in=[act.pk for act in before]).values_list("pk", "version"))
    session[_KEY] = {
        "plan": str(plan.pk), "said": said, "what": undone[0].what.value,
        "rows": [[str(act.pk), now[act.pk], _packed(back.value)] for act, back in zip(before, undone, strict=True)],
    }  # fmt: skip


def remembered(session: Mapping[str, Any], plan: Plan) -> str:
    """What the last batch of this session in this plan did; empty where there is none to take back."""
    kept = session.get(_KEY)
    return str(kept["said"]) if kept and kept["plan"] == str(plan.pk) else ""


def what_of(session: Mapping[str, Any]) -> What:
    """What taking the last batch back would change."""
    return What(session[_KEY]["what"])


def forget(session: MutableMapping[str, Any]) -> None:
    """It was taken back, and is not to be a second time."""
    session.pop(_KEY, None)


def undoing(
    session: Mapping[str, Any], plan: Plan, *, by: Person, things: Callable[[], Mapping[str, Any]], reason: str
) -> list[tuple[Shown, Wanted | None]]:
    """Each action of the last batch with what taking it back would make of it; refused where that cannot be.

    things: the areas, bodies, findings and impacts that there are, by the text of their key.
    """
    kept = session[_KEY]
    what = What(kept["what"])
    held = {str(each.pk): each for each in queries.actions_of(plan, for_person=by).filter(
        pk__in=[UUID(key) for key, _, _ in kept["rows"]]
    )}  # fmt: skip
    there = things() if what in _BY_KEY else {}
    found: list[tuple[Shown, Wanted | None]] = []
    for key, version, value in kept["rows"]:
        act = held.get(key)
        if act is None:
            continue
        if act.version != version:
            found.append((Shown(act, "", "", refused=f"{act.reference} was changed again since."), None))
            continue
        try:
            wanted = Wanted(what, _unpacked(what, value, there), reason)
        except KeyError:
            gone = f"What {act.reference} had before is not there any more."
            found.append((Shown(act, "", "", refused=gone), None))
            continue
        found.append((shown(act, wanted), wanted))
    return found
