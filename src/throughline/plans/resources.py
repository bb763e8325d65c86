"""What an action costs and who pays, and whether equality was screened: for an action, and for a plan as a whole."""

from datetime import date, datetime

from throughline.access import check
from throughline.history import door
from throughline.history.door import action
from throughline.history.moments import day_of
from throughline.methods.printed import day
from throughline.partners.models import Person
from throughline.plans.actions import CannotDo
from throughline.plans.models import Action, Plan


def _not_to_come(given: date | None, now: datetime, what: str) -> None:
    if given is not None and given > day_of(now):
        raise CannotDo(f"{day(given)} has not come yet. Give the day on which {what}.")


@action("act")
def set_resources(
    *, by: Person, act: Action, expected_version: int, resources: str, now: datetime, note: str = "",
    funder: str = "", decided: date | None = None,
) -> Action:  # fmt: skip
    """Say what an action costs: `Action.WITHIN`, `Action.ADDITIONAL` or `Action.NOT_SAID`.

    funder, decided: who pays what is additional, and when that was decided. Raises AccessDenied, Conflict, CannotDo.
    """
    check(by, "change", act, day_of(now))
    if resources not in Action.RESOURCES:
        raise CannotDo("Choose whether it is done within existing resource.")
    if resources != Action.ADDITIONAL and (funder.strip() or decided is not None):
        raise CannotDo("Only additional resource has a funder and a day of decision. Choose it, or leave these empty.")
    _not_to_come(decided, now, "it was decided")
    return door.change(
        by=by, thing=act, expected_version=expected_version, verb="resources said", now=now, resources=resources,
        resources_note=note, funder=funder, funding_decided=decided,
    )  # fmt: skip


@action("act")
def screen_action(
    *, by: Person, act: Action, expected_version: int, equality: str, now: datetime, note: str = "",
    screened: date | None = None,
) -> Action:  # fmt: skip
    """Record the equality impact screening of an action: what it found (`Action.SCREENING`) and on which day.

    Equality Act 2010, section 149. An effect that is mitigated, and a full assessment, need a note that says which.
    Raises AccessDenied, Conflict, CannotDo.
    """
    check(by, "change", act, day_of(now))
    if equality not in Action.SCREENING:
        raise CannotDo("Choose what the screening found.")
    if equality and screened is None:
        raise CannotDo("Give the day of the screening.")
    if not equality and (screened is not None or note.strip()):
        raise CannotDo("Choose what the screening found, or leave its day and note empty.")
    if equality in {"mitigated", "full"} and not note.strip():
        raise CannotDo("Say for whom there is an effect and what will be done about it.")
    _not_to_come(screened, now, "it was screened")
    return door.change(
        by=by, thing=act, expected_version=expected_version, verb="equality screened", now=now, equality=equality,
        equality_note=note, equality_screened=screened,
    )  # fmt: skip


@action("plan")
def screen_plan(
    *, by: Person, plan: Plan, expected_version: int, screened: date | None, note: str, now: datetime
) -> Plan:
    """Record the equality impact screening of a plan as a whole: the day, and what it found.

    `screened` None takes a screening back. Raises AccessDenied, Conflict, CannotDo.
    """
    check(by, "change", plan, day_of(now))
    if (screened is None) != (not note.strip()):
        raise CannotDo("Give both the day of the screening and what it found.")
    _not_to_come(screened, now, "it was screened")
    return door.change(
        by=by, thing=plan, expected_version=expected_version, verb="equality screened", now=now,
        equality_screened=screened, equality_note=note.strip(),
    )  # fmt: skip
