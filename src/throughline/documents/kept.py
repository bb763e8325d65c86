"""A document as plain data and back: what a frozen paper keeps of itself, so that it can be printed again for ever."""

from dataclasses import fields, is_dataclass
from datetime import date
from typing import Any

from throughline.documents import model

FORMAT = 1
_CLASSES: dict[str, type[Any]] = {
    each.__name__: each
    for each in (
        model.Bullets, model.Cell, model.Column, model.Document, model.Figure, model.Heading, model.KeyFacts,
        model.Link, model.Notice, model.PageBreak, model.Paragraph, model.Quotation, model.Signatures, model.Step,
        model.Strong, model.Table, model.Thread,
    )
}  # fmt: skip


def to_data(document: model.Document) -> dict[str, Any]:
    """The document as JSON can hold it: each part is an object that says what it `is`."""
    return {"format": FORMAT, "document": _plain(document)}


def from_data(data: dict[str, Any]) -> model.Document:
    """The document that `to_data` was given. ValueError for data of a format that this version does not know."""
    if data.get("format") != FORMAT:
        raise ValueError(f"This report is kept in format {data.get('format')}, which this version cannot read.")
    found = _thing(data["document"])
    if not isinstance(found, model.Document):
        raise ValueError("What is kept is not a document.")
    return found


def _plain(value: Any) -> Any:
    if is_dataclass(value) and not isinstance(value, type):
        return {"is": type(value).__name__, **{each.name: _plain(getattr(value, each.name)) for each in fields(value)}}
    if isinstance(value, tuple | list):
        return [_plain(each) for each in value]
    if isinstance(value, date):
        return {"is": "day", "day": value.isoformat()}
    if isinstance(value, float) and value.is_integer():
        return int(value)  # the record keeps whole numbers as they are
    return str(value) if isinstance(value, str) else value


def _thing(data: Any) -> Any:
    if isinstance(data, list):
        return tuple(_thing(each) for each in data)
    if not isinstance(data, dict):
        return data
    if data["is"] == "day":
        return date.fromisoformat(data["day"])
    given = {name: _thing(each) for name, each in data.items() if name != "is"}
    return _CLASSES[data["is"]](**given)
