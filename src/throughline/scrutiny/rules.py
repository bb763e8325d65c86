"""Rules of decisions that are neither access nor state. Pure."""

from datetime import date

from throughline.methods.printed import day
from throughline.scrutiny.states import ANSWERS, STEPS, Need, Outcome


def reference(number: int) -> str:
    """DEC-04 from 4."""
    return f"DEC-{number:02d}"


def why_not_sought(text: str, sought_on: date | None, *, today: date) -> list[tuple[str, str]]:
    """(field, sentence) for each part of a decision sought that is missing or cannot be; empty when it is whole."""
    wrong = []
    if not text.strip():
        wrong.append(("text", "Say what is to be decided, so that it can be answered with yes or no."))
    if sought_on is None:
        wrong.append(("sought_on", "Give the day on which it is sought."))
    elif sought_on > today:
        wrong.append(("sought_on", f"{day(sought_on)} has not come yet. Give the day on which it is sought."))
    return wrong


def why_not_answer(
    stands: Outcome, outcome: str, answer: str, on: date | None, reason: str, *, sought_on: date, today: date
) -> list[tuple[str, str]]:
    """(field, sentence) for each part of an answer that is missing or cannot be; empty when it is whole.

    `stands` is where the decision stands before it.
    """
    wrong = []
    if outcome not in set(ANSWERS):
        wrong.append(("outcome", "Say whether it was agreed, not agreed or put off."))
    elif STEPS[stands].get(Outcome(outcome)) is Need.REASON and not reason.strip():
        wrong.append(("reason", "It has its answer already. Say why the answer has to be put right."))
    if not answer.strip():
        wrong.append(("answer", "Give the answer as the minutes have it."))
    if on is None:
        wrong.append(("on", "Give the day of the meeting."))
    elif on > today:
        wrong.append(("on", f"{day(on)} has not come yet. Give the day of the meeting."))
    elif on < sought_on:
        wrong.append(("on", f"{day(on)} is before {day(sought_on)}, when it was sought. Give a later day."))
    return wrong
