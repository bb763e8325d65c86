"""Days as people write them into plans: found in a text, each with what was inexact about it; and why there is none."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from throughline.methods.mentions import mentions
from throughline.methods.printed import MONTHS, day

_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)"
)
_SHORT_YEAR = rf"['’]?\d{{2}}(?![\d/])(?!\s*(?:st|nd|rd|th)?\s*{_MONTH}\b)"
_YEAR = rf"(?:\d{{4}}(?!\d)|{_SHORT_YEAR})"
_DAY = re.compile(
    rf"(?<![\d/.])(?:"
    rf"(?P<iso>\d{{4}}-\d{{1,2}}-\d{{1,2}})(?!\d)"
    rf"|(?P<d>\d{{1,2}}) ?(?P<sign>[./-]) ?(?P<m>\d{{1,2}}) ?(?P=sign) ?(?P<y>\d{{4}}|\d{{2}})(?!\d)"
    rf"|(?P<wd>\d{{1,2}})(?:st|nd|rd|th)?(?: of)?[ -]?(?P<wm>{_MONTH})\b\.?[ ,-]*(?P<wy>{_YEAR})"
    rf"|(?P<am>{_MONTH})\b\.? (?P<ad>\d{{1,2}})(?:st|nd|rd|th)?,? (?P<ay>\d{{4}})(?!\d)"
    rf"|\b(?P<mm>{_MONTH})\b\.?[ ,-]{{0,3}}(?P<my>{_YEAR})"
    rf"|\b(?:q|quarter ?)(?P<q>[1-4]),? ?(?:of )?(?P<qy>\d{{4}}) ?[/-] ?(?P<qz>\d{{4}}|\d{{2}})(?!\d)"
    rf")",
    re.IGNORECASE,
)
_NO_YEAR = re.compile(
    rf"(?<![\d/.])(?:\d{{1,2}}/\d{{1,2}}(?![\d/])|\d{{1,2}}(?:st|nd|rd|th)? {_MONTH}\b)(?!\.?[ ,-]*\d)", re.IGNORECASE
)
_SERIAL = re.compile(r"[34]\d{4}|5[0-4]\d{3}")
# Words that stand beside a day and say nothing more than it does.
BESIDE = frozenset({
    "by", "the", "end", "of", "on", "before", "no", "later", "than", "due", "from", "and", "then", "to", "in", "at",
    "date", "dates", "target", "completion", "complete", "monday", "tuesday", "wednesday", "thursday", "friday",
    "saturday", "sunday",
})  # fmt: skip
_EARLIEST, _LATEST = 1990, 2099
# Spaces and hyphens of Word and Excel that look like plain ones, each of one character, so that places stay the same.
_PLAIN = str.maketrans("\u00a0\u2007\u2009\u202f\u2010\u2011", "    --")
_TWO_DAYS = re.compile(r"(?<=\d)/(?=\d{1,2}([./-])\d{1,2}\1\d{2,4}(?!\d))")
_WRITTEN = re.compile(r"\d{1,2}([./-])\d{1,2}\1(?:\d{4}|\d{2})$")


@dataclass(frozen=True)
class FoundDay:
    """A day in a text: from where to where it is written, and how it was read where that is not plain."""

    day: date
    begins: int
    ends: int
    remark: str = ""

    @property
    def exact(self) -> bool:
        """Whether it was written as a day."""
        return not self.remark


def days_in(text: str) -> list[FoundDay]:
    """The days that a text gives, in its order. A month is read as its last day, with a remark.

    Two digits of a year are of this century: 31/12/18 is 31 December 2018.
    """
    return list(_days(_plain(text)))


def _plain(text: str) -> str:
    """A text with plain spaces and hyphens, and a space between two days that a stroke parts: 31.12.18/31.1.19."""
    plain = text.translate(_PLAIN)
    return _TWO_DAYS.sub(lambda found: " " if _WRITTEN.search(plain, 0, found.start()) else "/", plain)


def _days(text: str) -> Iterator[FoundDay]:
    for found in _DAY.finditer(text):
        on, exact = _day_of(found)
        if on is None or not _EARLIEST <= on.year <= _LATEST:
            continue
        words = " ".join(found[0].split())
        remark = "" if exact else f"‘{words}’ was read as its last day, {day(on)}. Correct it if another day is meant."
        yield FoundDay(on, found.start(), found.end(), remark)


def _day_of(found: re.Match[str]) -> tuple[date | None, bool]:
    """(the day, whether it was written as one); None for a day that the calendar does not have."""
    if found["iso"]:
        year, month, number = (int(each) for each in found["iso"].split("-"))
        return _real(year, month, number), True
    if found["d"]:
        return _real(_year(found["y"]), int(found["m"]), int(found["d"])), True
    if found["wd"]:
        return _real(_year(found["wy"]), _month(found["wm"]), int(found["wd"])), True
    if found["am"]:
        return _real(_year(found["ay"]), _month(found["am"]), int(found["ad"])), True
    if found["mm"]:
        return _last(_year(found["my"]), _month(found["mm"])), False
    first, second = int(found["qy"]), _year(found["qz"])
    if second != first + 1:
        return None, False
    ends = {1: (first, 6), 2: (first, 9), 3: (first, 12), 4: (second, 3)}[int(found["q"])]
    return _last(*ends), False


def _real(year: int, month: int, number: int) -> date | None:
    try:
        return date(year, month, number)
    except ValueError:
        return None


def _last(year: int, month: int) -> date | None:
    first_of_next = _real(year + month // 12, month % 12 + 1, 1)
    return first_of_next - timedelta(days=1) if first_of_next else None


def _year(text: str) -> int:
    digits = text.lstrip("'’")
    return int(digits) if len(digits) == 4 else 2000 + int(digits)


def _month(text: str) -> int:
    short = text[:3].casefold()
    return next(index for index, name in enumerate(MONTHS, start=1) if name[:3].casefold() == short)


def only_days(text: str, found: list[FoundDay]) -> bool:
    """Whether a text says no more than the days in it: 'by end of March 2019' does not, 'March 2019: review' does."""
    rest, at = [], 0
    for each in found:
        rest.append(text[at : each.begins])
        at = each.ends
    rest.append(text[at:])
    return all(word.casefold() in BESIDE for word in re.findall(r"\w+", " ".join(rest)))


def without_year(text: str) -> str:
    """The first day in a text that lacks its year, as written; empty when there is none."""
    found = _NO_YEAR.search(_plain(text))
    return " ".join(found[0].split()) if found else ""


# Words with which plans put a day off, and what each leaves open.
_NO_DAYS: tuple[tuple[tuple[str, ...], str], ...] = (
    (("ongoing", "on going", "continuous", "continuing", "rolling", "throughout"), "goes on and has no end"),
    (("asap", "as soon as possible", "immediate", "immediately", "urgent", "now"), "says how urgent it is"),
    (("tbc", "tba", "tbd", "to be confirmed", "to be agreed", "to be decided"), "was left to be decided"),
    (("complete", "completed", "done", "closed", "achieved"), "says that it is done"),
    (("monthly", "quarterly", "weekly", "annually", "annual", "termly", "half yearly"), "says how often"),
)
_DONE = next(those for those, says in _NO_DAYS if "done" in says)
GIVE = "Give the day by which it will be done."


def says_done(text: str) -> bool:
    """Whether words beside a day say that it is the day on which something was done."""
    return mentions(text, _DONE)


def why_no_day(text: str) -> str:
    """Why a text gives no day and what to do, as sentences. For a text in which `days_in` finds none."""
    words = " ".join(_plain(text).split())
    shown = f"‘{words[:80]}{'…' if len(words) > 80 else ''}’"
    if _SERIAL.fullmatch(words):
        return f"{shown} looks like the number by which Excel keeps a date. Format the cell as a date, or give the day."
    if _DAY.search(words):
        return f"{shown} is no day of the calendar. {GIVE}"
    if _NO_YEAR.search(words):
        return f"{shown} has no year. {GIVE}"
    for those, says in _NO_DAYS:
        if mentions(words, those):
            return f"{shown} is not a date: it {says}. {GIVE}"
    return f"{shown} is not a date. {GIVE}"
