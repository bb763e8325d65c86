"""Extensions: a body asks for another due date of an action that it leads; a keeper or the Executive Group decides."""

from datetime import date, datetime

from throughline.access import Scope, check, check_new
from throughline.history import door
from throughline.history.door import action
from throughline.history.moments import day_of
from throughline.methods.printed import day
from throughline.partners.models import Person
from throughline.plans import permissions
from throughline.plans.actions import CannotDo, check_day, in_the_plan, redated
from throughline.plans.delivery import OPEN, PRINTED, Delivery
from throughline.plans.models import Action, Extension
from throughline.plans.rules import next_number


def extensions_of(act: Action) -> list[Extension]:
    """Every extension of an action that was asked for, in order. One query; whoever sees the action sees them."""
    rows = list(Extension.objects.filter(action=act, withdrawn_at__isnull=True).order_by("number"))
    for each in rows:
        each.action = act
    return rows


def open_of(act: Action) -> Extension | None:
    """The extension that waits for its decision; None when none does."""
    found: Extension | None = Extension.objects.filter(
        action=act, state=Extension.ASKED, withdrawn_at__isnull=True
    ).first()
    return found


def scope_of_asking(act: Action) -> Scope:
    """What one asks for: an extension of the action's lead."""
    return Scope(frozenset({act.partnership_id}), frozenset({act.lead_agency_id or act.lead_group_id}))  # type: ignore[arg-type]


@action("act")
def ask(*, by: Person, act: Action, proposed: date, reason: str, now: datetime) -> Extension:
    """Ask for another due date of an action, with the reason: by its lead, or by a keeper on the lead's behalf.

    One at a time. Raises AccessDenied, CannotDo when one is open, the action is not, or the day is not later.
    """
    current = in_the_plan(act)
    check_new(by, "create", permissions.EXTENSION, scope_of_asking(current), day_of(now))
    if Delivery(current.delivery) not in OPEN:
        raise CannotDo(
            f"{current.reference} is {PRINTED[Delivery(current.delivery)].lower()}, so its due date no longer counts."
        )
    if (asked := open_of(current)) is not None:
        raise CannotDo(
            f"{day(asked.proposed)} was asked for on {day(asked.asked_on)} and is not decided yet. Wait for the answer."
        )
    if proposed <= current.due:
        raise CannotDo(f"{current.reference} is due on {day(current.due)}. Give a later day.")
    if not reason.strip():
        raise CannotDo("Say why another day is needed. The reason is printed beside it.")
    check_day(current, proposed)
    number = next_number(Extension.objects.filter(action=current).values_list("number", flat=True))
    asked_for = {
        "partnership_id": current.partnership_id, "action": current, "agency_id": current.lead_agency_id,
        "group_id": current.lead_group_id, "number": number, "was_due": current.due, "proposed": proposed,
        "reason": reason, "asked_on": day_of(now), "asked_by_name": by.name,
    }  # fmt: skip
    # The column `reason` is the body's own words; `create` takes that name for the event's.
    return door.bulk(Extension, by=by, verb="asked", now=now, rows=[asked_for])[0]


@action("extension")
def decide(
    *, by: Person, extension: Extension, expected_version: int, approve: bool, now: datetime,
    due: date | None = None, note: str = "",
) -> Extension:  # fmt: skip
    """Approve an extension, for the day proposed or for `due`, or refuse it with a note.

    Approved, the action's due date moves with the body's reason; its first one stays. Raises AccessDenied, Conflict,
    CannotDo when it was decided already or the action has ended meanwhile.
    """
    current: Extension = Extension.objects.select_related("action").get(pk=extension.pk)
    check(by, "decide", current, day_of(now))
    if current.withdrawn_at is not None:
        raise CannotDo("It was taken back, so there is nothing to decide.")
    if current.state != Extension.ASKED:
        raise CannotDo(f"{current.decided_by_name} {current.state} it on {day(current.decided_on)} already.")  # type: ignore[arg-type]
    if not approve and not note.strip():
        raise CannotDo("Say why it is refused, so that the body knows what to do.")
    given = (due or current.proposed) if approve else None
    decided = door.change(
        by=by, thing=current, expected_version=expected_version,
        verb="approved" if approve else "refused", now=now,
        state=Extension.APPROVED if approve else Extension.REFUSED, due_given=given, decided_on=day_of(now),
        decided_by_name=by.name, decision_note=note,
    )  # fmt: skip
    if given is not None:
        _move(by, current, given, now)
    return decided


def _move(by: Person, extension: Extension, due: date, now: datetime) -> None:
    act = in_the_plan(extension.action)
    if due <= extension.was_due:
        raise CannotDo(f"It was due on {day(extension.was_due)} when more time was asked for. Give a later day.")
    if due != act.due:  # a keeper may have moved it to that very day meanwhile
        redated(by=by, act=act, expected_version=act.version, due=due, reason=extension.reason, now=now)


@action("extension")
def take_back(*, by: Person, extension: Extension, expected_version: int, now: datetime) -> Extension:
    """Take an extension back that is not decided yet: by whoever may ask for it. Raises AccessDenied, Conflict,
    CannotDo."""
    current: Extension = Extension.objects.select_related("action").get(pk=extension.pk)
    check(by, "take back", current, day_of(now))
    if current.state != Extension.ASKED:
        raise CannotDo(f"It was {current.state} already. Ask for another day instead.")
    return door.withdraw(by=by, thing=current, expected_version=expected_version, now=now, reason="", verb="taken back")
