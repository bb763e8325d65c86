"""A day as people type it, and as a form asks for it: three inputs, and a sentence for each way to get it wrong."""

import re
from collections.abc import Mapping
from datetime import date
from typing import Any, NamedTuple

from django import forms
from django.core.exceptions import ValidationError

from throughline.methods.printed import MONTHS

EARLIEST, LATEST = 1900, 2199


class Typed(NamedTuple):
    """What was typed into the three inputs, as it was typed, so that it can be shown again."""

    day: str
    month: str
    year: str


def month_number(text: str) -> int | None:
    """The month that a number or a name says: `12`, `December`, `dec`; None when it says none."""
    text = text.strip().casefold().rstrip(".")
    if text.isascii() and text.isdecimal():
        return int(text) if len(text) <= 2 and 1 <= int(text) <= 12 else None
    if len(text) < 3:
        return None
    if text == "sept":
        return 9
    found = [index for index, name in enumerate(MONTHS, start=1) if name.casefold().startswith(text)]
    return found[0] if len(found) == 1 else None


def typed_from(text: str) -> Typed:
    """Take one piece of text apart: `2018-12-03`, `3/12/2018`, `3 December 2018`. What fits nothing becomes the day."""
    text = text.strip()
    if found := re.fullmatch(r"(\d{4})-(\d{1,2})-(\d{1,2})", text, re.ASCII):
        return Typed(found[3], found[2], found[1])
    parts = re.split(r"[\s/.,-]+", text)
    return Typed(*parts) if len(parts) == 3 else Typed(text, "", "")


def is_number(text: str) -> bool:
    """Whether text is a plain whole number of at most four digits."""
    return text.isascii() and text.isdecimal() and len(text) <= 4


class DateInput(forms.Widget):
    """Three text inputs, as the GOV.UK Design System has them. Its value is a `Typed`, or "" when all are empty."""

    template_name = "ui/forms/date.html"
    use_fieldset = True
    parts = ("day", "month", "year")

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> Typed | str:
        """The three parts as typed. A single value under the field's own name is taken apart, for links and tests."""
        typed = Typed(*(str(data.get(f"{name}_{part}") or "").strip() for part in self.parts))
        if any(typed):
            return typed
        whole = str(data.get(name) or "").strip()
        return typed_from(whole) if whole else ""

    def value_omitted_from_data(self, data: Mapping[str, Any], files: Any, name: str) -> bool:
        """Whether the form was sent without this field at all."""
        return name not in data and not any(f"{name}_{part}" in data for part in self.parts)

    def id_for_label(self, id_: str) -> str:
        """The error summary leads to the day."""
        return f"{id_}_day" if id_ else ""

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """The three inputs with what was typed into them."""
        context = super().get_context(name, None, attrs)
        if isinstance(value, date):
            value = Typed(str(value.day), str(value.month), str(value.year))
        elif isinstance(value, str):
            value = typed_from(value) if value else Typed("", "", "")
        elif value is None:
            value = Typed("", "", "")
        base = context["widget"]["attrs"].get("id", "")
        context["widget"]["items"] = [
            {
                "name": f"{name}_{part}",
                "id": f"{base}_{part}" if base else "",
                "label": part.capitalize(),
                "value": typed,
                "width": 4 if part == "year" else 2,
            }
            for part, typed in zip(self.parts, value, strict=True)
        ]
        return context


class DateField(forms.Field):
    """A day. Gives a `date` or None; what cannot be a day is refused in a sentence that begins with the label."""

    widget = DateInput

    def _say(self, rest: str, code: str) -> ValidationError:
        name = str(self.label or "The date").rstrip("?:").strip()
        return ValidationError(f"{name} {rest}", code=code)

    def to_python(self, value: Any) -> date | None:
        """The day that was typed. Months may be numbers or names. ValidationError says what is missing or wrong."""
        if value in self.empty_values:
            return None
        if isinstance(value, date):
            return value
        typed = value if isinstance(value, Typed) else typed_from(str(value))
        missing = [f"a {part}" for part, text in zip(DateInput.parts, typed, strict=True) if not text]
        if missing and is_number(typed.day or "0") and is_number(typed.year or "0"):
            raise self._say(f"must include {' and '.join(missing)}", "incomplete")
        month = month_number(typed.month)
        if is_number(typed.year) and len(typed.year) < 4:
            raise self._say("must have a year of 4 numbers, for example 2018", "year")
        if not (is_number(typed.day) and month and is_number(typed.year)):
            raise self._say("must be a real date, for example 3 12 2018", "invalid")
        try:
            found = date(int(typed.year), month, int(typed.day))
        except ValueError:
            raise self._say("must be a real date, for example 3 12 2018", "invalid") from None
        if not EARLIEST <= found.year <= LATEST:
            raise self._say(f"must have a year between {EARLIEST} and {LATEST}", "year")
        return found

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Whether the day differs from the one that the form began with."""
        try:
            return bool(self.to_python(data) != self.to_python(initial))
        except ValidationError:
            return True
