"""The JSON Schema of a plan (draft 2020-12), and the check of a file against it.

The schema is written once, here; docs/reference/plan.schema.json is printed from it. The check knows the words of JSON
Schema that it uses, and no others.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from throughline.plans.delivery import Delivery
from throughline.plans.models import Action, ImpactTest
from throughline.plans.sufficiency import Sufficiency

FORMAT, VERSION = "throughline-plan", 1
_MOST_ACTIONS = 2_000


def _text(most: int | None = None, *, least: int = 0, **more: Any) -> dict[str, Any]:
    found: dict[str, Any] = {"type": "string", **more}
    if most is not None:
        found["maxLength"] = most
    if least:
        found["minLength"] = least
    return found


def _object(**properties: Any) -> dict[str, Any]:
    return {
        "type": "object", "properties": properties, "required": list(properties), "additionalProperties": False,
    }  # fmt: skip


def _list(items: Mapping[str, Any], most: int) -> dict[str, Any]:
    return {"type": "array", "items": dict(items), "maxItems": most}


_ID = {"type": "string", "format": "uuid"}
_DAY = {"type": "string", "format": "date"}
_DAY_OR_NONE = {"type": ["string", "null"], "format": "date"}
_BODY = {"kind": {"enum": ["agency", "group"]}, "name": _text(200, least=1), "short_name": _text(40)}
_ACTION = _object(
    id=_ID, reference=_text(12), own_number=_text(20), area=_text(200, least=1), title=_text(300, least=1),
    detail=_text(), lead=_object(**_BODY), owner_post=_text(200), original_due=_DAY, due=_DAY,
    delivery={"enum": sorted(each.value for each in Delivery), "description": "Told, and never taken in."},
    resources={"enum": list(Action.RESOURCES)}, resources_note=_text(500), funder=_text(200),
    funding_decided=_DAY_OR_NONE, equality={"enum": list(Action.SCREENING)}, equality_note=_text(500),
    equality_screened=_DAY_OR_NONE,
    findings=_list(_text(140, description="A finding by its inspection and reference: jtai-2018/AFI-17."), 500),
    impacts=_list(_text(12, description="A desired impact by its reference: IMP-03."), 500),
    contributors=_list(_object(**_BODY, part=_text(500, least=1)), 500),
    milestones=_list(
        _object(title=_text(300, least=1), original_due=_DAY, due=_DAY, reached=_DAY_OR_NONE), 500
    ),
    notes=_list(_object(dated=_DAY_OR_NONE, text=_text(least=1), source=_text(200)), 5_000),
)  # fmt: skip


def schema() -> dict[str, Any]:
    """The schema, as it is published."""
    whole = _object(
        format={"const": FORMAT}, version={"const": VERSION},
        plan=_object(id=_ID, reference=_text(60), title=_text(200)),
        areas=_list(_object(id=_ID, number={"type": "integer"}, title=_text(200), owner_post=_text(200)), 500),
        impacts=_list(
            _object(
                id=_ID, reference=_text(12), for_whom=_text(200, least=1), would_see=_text(least=1),
                sufficiency={"enum": [each.value for each in Sufficiency]},
                tests=_list(_object(kind={"enum": list(ImpactTest.PRINTED)}, text=_text(500, least=1)), 500),
            ),
            _MOST_ACTIONS,
        ),
        actions=_list(_ACTION, _MOST_ACTIONS),
    )  # fmt: skip
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "An improvement plan, as Throughline exports and imports it",
        **whole,
    }


def first_wrong(value: Any) -> str:
    """Where a value breaks the schema first, and how: 'actions/3/due: ...'. Empty when it does not."""
    found = _wrong(value, schema(), "")
    if found is None:
        return ""
    where, sentence = found
    return f"{where or 'the file as a whole'}: {sentence}"


_TYPES: Mapping[str, tuple[type, ...]] = {
    "string": (str,), "object": (dict,), "array": (list,), "integer": (int,), "null": (type(None),),
}  # fmt: skip
_NAMED = {"string": "text", "object": "an object", "array": "a list", "integer": "a whole number", "null": "null"}
_FORMATS: Mapping[str, Callable[[str], object]] = {"date": date.fromisoformat, "uuid": UUID}
_UNKEEPABLE = re.compile("[\x00\ud800-\udfff]")


def _wrong(value: Any, rule: Mapping[str, Any], where: str) -> tuple[str, str] | None:
    if "const" in rule and value != rule["const"]:
        return where, f"this must be {rule['const']!r}. Give a file that Throughline exported as JSON."
    if "enum" in rule and value not in rule["enum"]:
        return where, f"this must be one of {', '.join(repr(each) for each in rule['enum'])}."
    types = rule.get("type", [])
    allowed: Sequence[str] = [types] if isinstance(types, str) else types
    fits = [each for each in allowed if isinstance(value, _TYPES[each]) and not isinstance(value, bool)]
    if allowed and not fits:
        return where, f"this must be {' or '.join(_NAMED[each] for each in allowed)}."
    if isinstance(value, str):
        return _wrong_text(value, rule, where)
    if isinstance(value, list):
        if len(value) > rule.get("maxItems", len(value)):
            return where, f"this has {len(value)} entries, and at most {rule['maxItems']} are taken. Split the file."
        inside = (_wrong(each, rule.get("items", {}), f"{where}/{number}") for number, each in enumerate(value))
        return next((each for each in inside if each), None)
    return _wrong_object(value, rule, where) if isinstance(value, dict) else None


def _wrong_object(value: Mapping[str, Any], rule: Mapping[str, Any], where: str) -> tuple[str, str] | None:
    for name in rule.get("required", ()):
        if name not in value:
            return where, f"‘{name}’ is missing. Add it."
    properties = rule.get("properties", {})
    for name, each in value.items():
        if name not in properties:
            return where, f"‘{name[:40]}’ is not known here. Take it out."
        if found := _wrong(each, properties[name], f"{where}/{name}".lstrip("/")):
            return found
    return None


def _wrong_text(value: str, rule: Mapping[str, Any], where: str) -> tuple[str, str] | None:
    if _UNKEEPABLE.search(value):
        return where, "this has a character that cannot be kept. Type the text again."
    if len(value) > rule.get("maxLength", len(value)):
        return where, f"this has {len(value)} characters, and at most {rule['maxLength']} are kept. Shorten it."
    if len(value.strip()) < rule.get("minLength", 0):
        return where, "this is empty. Fill it in."
    try:
        if "format" in rule:
            _FORMATS[rule["format"]](value)
    except ValueError:
        what = "day. Give it as 2019-01-30" if rule["format"] == "date" else "UUID. Give one"
        return where, f"‘{value[:40]}’ is no {what}."
    return None
