"""What an inspection's record and its recipients' duties may say: the order of days, addresses, lists. Pure.

Each rule gives sentences by the name of what they are about; no sentence, nothing wrong.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlsplit

from throughline.methods.mentions import searchable
from throughline.methods.printed import day

LONGEST_ADDRESS = 500


@dataclass(frozen=True)
class Accuracy:
    """The stage of factual accuracy: a draft comes, corrections are due by a day, are sent, and say what was wrong."""

    draft_received: date | None = None
    corrections_due: date | None = None
    corrections_sent: date | None = None
    corrections: str = ""


@dataclass(frozen=True)
class Duties:
    """What one recipient of a letter has done: published it, contributed to the statement, signed the statement."""

    published_on: date | None = None
    published_where: str = ""
    contributed_on: date | None = None
    contribution: str = ""
    signed_on: date | None = None
    signed_by: str = ""


def lines_of(text: str) -> list[str]:
    """A list that was typed one to a line: each entry once, without empty ones."""
    return list(dict.fromkeys(line.strip() for line in text.splitlines() if line.strip()))


def wrong_accuracy(stage: Accuracy, today: date) -> dict[str, str]:
    """What cannot be: corrections before there was a draft, and what has not happened yet."""
    wrong: dict[str, str] = {}
    draft, due, sent = stage.draft_received, stage.corrections_due, stage.corrections_sent
    if draft and draft > today:
        wrong["draft_received"] = f"{day(draft)} is still to come. Enter the day on which the draft came"
    if sent and sent > today:
        wrong["corrections_sent"] = f"{day(sent)} is still to come. Enter the day on which the corrections went"
    if (due or sent) and not draft:
        wrong.setdefault("draft_received", "Enter the day on which the draft came, before the days that follow it")
    if draft and due and due < draft:
        wrong["corrections_due"] = f"The draft came on {day(draft)}. Corrections cannot be due before it"
    if draft and sent and sent < draft:
        wrong.setdefault("corrections_sent", f"The draft came on {day(draft)}. Corrections cannot go before it")
    return wrong


def doubts_about_accuracy(stage: Accuracy, published: date | None) -> list[str]:
    """What is odd about the stage, for a person to weigh. `published` is the letter's first day in public."""
    doubts = []
    draft, due, sent = stage.draft_received, stage.corrections_due, stage.corrections_sent
    if due and sent and sent > due:
        doubts.append(f"The corrections went on {day(sent)}, after the day that they were due, {day(due)}.")
    latest = max((each for each in (draft, due, sent) if each), default=None)
    if published and latest and published < latest:
        doubts.append(
            f"The letter was published on {day(published)}, before {day(latest)}. A draft is corrected before its "
            "letter is published: check these days."
        )
    if sent and not stage.corrections.strip():
        doubts.append("Nothing says what was corrected. Write it down, or that there was nothing to correct.")
    return doubts


def wrong_fieldwork(starts: date | None, ends: date | None) -> dict[str, str]:
    """Fieldwork has a first day when it has a last one, and ends no earlier than it starts."""
    if ends and not starts:
        return {"fieldwork_start": "Enter the first day of fieldwork too, or leave both out"}
    if starts and ends and ends < starts:
        return {"fieldwork_end": "The last day of fieldwork is before the first. Check both days"}
    return {}


def is_web_address(text: str) -> bool:
    """Whether text is the whole address of a page: http or https, a host with a dot, no name or spaces."""
    if any(each.isspace() or ord(each) < 32 for each in text) or len(text) > LONGEST_ADDRESS:
        return False
    try:
        found = urlsplit(text)
        host = found.hostname or ""
        _ = found.port  # ValueError where it is none
    except ValueError:
        return False
    return found.scheme in {"http", "https"} and "." in host.strip(".") and not found.username


def wrong_duties(duties: Duties, today: date) -> dict[str, str]:
    """A duty that is recorded has its day, and its day has come."""
    wrong: dict[str, str] = {}
    for name, done, what in (
        ("published_on", duties.published_on, "published the letter"),
        ("contributed_on", duties.contributed_on, "contributed"),
        ("signed_on", duties.signed_on, "signed"),
    ):
        if done and done > today:
            wrong[name] = f"{day(done)} is still to come. Enter the day on which they {what}, once they have"
    if duties.published_where and not is_web_address(duties.published_where):
        wrong["published_where"] = (
            "Enter the whole web address of the page, beginning with https:// or http://, for example "
            "https://www.example.org/letter"
        )
    for when, detail, sentence in (
        ("published_on", duties.published_where, "Enter the day on which the letter was published there"),
        ("contributed_on", duties.contribution, "Enter the day on which they contributed"),
        ("signed_on", duties.signed_by, "Enter the day on which the statement was signed"),
    ):
        if detail and not getattr(duties, when):
            wrong.setdefault(when, sentence)
    if duties.published_on and not duties.published_where:
        wrong.setdefault("published_where", "Enter the web address at which the letter was published")
    if duties.signed_on and not duties.signed_by:
        wrong.setdefault("signed_by", "Enter the post of whoever signed, for example ‘Chief constable’")
    return wrong


def doubts_about_duties(duties: Duties, published: date | None) -> list[str]:
    """What is odd about a recipient's duties. `published` is the day on which the inspectors published the letter."""
    if published and duties.published_on and duties.published_on < published:
        return [
            f"The inspectors published the letter on {day(published)}, later than {day(duties.published_on)}. "
            "Check both days."
        ]
    return []


def named_in(line: str, names: Iterable[tuple[str, str]]) -> int | None:
    """Which body a printed recipient speaks for, as its place among `names` (full name, short name); None if unsure.

    A body is meant when every word of its full name stands in the line, or its short name does where that is in
    capitals: 'Police' stands in the title of a commissioner, 'ICB' in no other body's. The body with the most words in
    its name wins, because 'Ashvale Council' stands in every longer name of the council's; where two have equally many,
    nobody is proposed.
    """
    within = searchable(line)
    words = set(within.split())
    found: list[tuple[int, int]] = []
    for place, (full, short) in enumerate(names):
        own = set(searchable(full).split())
        abbreviation = searchable(short)
        if own and own <= words:
            found.append((len(own), place))
        elif short.isupper() and abbreviation in within:
            found.append((1, place))
    if not found:
        return None
    most = max(size for size, _ in found)
    best: Sequence[int] = [place for size, place in found if size == most]
    return best[0] if len(best) == 1 else None
