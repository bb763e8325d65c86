"""What a person should check in a letter that was read: full sentences that say what to do."""

from collections.abc import Iterator
from datetime import date

from throughline.methods.letters.dates import WEEKDAYS, Printed
from throughline.methods.printed import day


def about_due(due: Printed | None, published: date | None) -> Iterator[str]:
    """What is odd about the day by which the statement must be sent."""
    if due is None:
        yield "The letter prints no day by which the statement must be sent: ask the inspectors which day they mean."
        return
    true = WEEKDAYS[due.day.weekday()]
    if due.weekday and due.weekday != true:
        yield (
            f"The letter prints ‘{due.words}’, but {day(due.day)} is a {true}: ask the inspectors which day they mean."
        )
    if due.day.weekday() >= 5:
        yield f"The day by which to send the statement, {day(due.day)}, is a {true}: plan for the Friday before it."
    if published and due.day <= published:
        yield (f"The due date, {day(due.day)}, is not after the letter’s own date, {day(published)}: check both.")


def about_facts(facts: dict[str, object], due: Printed | None, *, area_gathered: bool) -> Iterator[str]:
    """What could not be found, or was gathered from where it is not usually printed."""
    wanted = {
        "published": "the letter’s date", "area": "the area", "fieldwork": "the days of the inspection",
        "inspectorates": "the inspectorates", "theme": "the theme", "recipients": "whom the letter is addressed to",
        "authority": "who must prepare the written statement",
    }  # fmt: skip
    for key, words in wanted.items():
        if not facts.get(key):
            yield f"Nothing in the letter was recognised as {words}: fill it in by hand."
    if area_gathered and facts.get("area"):
        yield f"The title does not name the area: {facts['area']} was gathered from the text, so check it."
    if due is not None and due.inferred:
        yield f"The due date is printed without a year: {day(due.day)} follows from the letter’s date, so check it."
    if facts.get("fieldwork") and facts.get("fieldwork_inferred"):
        yield "The days of the inspection are printed without a year: it follows from the letter’s date, so check it."
