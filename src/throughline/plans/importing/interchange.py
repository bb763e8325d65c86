"""A plan as JSON, by a published schema: written, checked, and read back into what each action asks for.

Ids are UUIDs and findings stand by their references. Delivery is told and never taken: nothing is delivered because a
file says so.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any, cast

from throughline.inspections.models import Finding
from throughline.methods.mentions import searchable
from throughline.methods.plan_tables.fields import alike, fold
from throughline.partners.models import Agency
from throughline.plans.delivery import ENDED, Delivery
from throughline.plans.importing import schema
from throughline.plans.importing.held import Body, Held, HeldAction
from throughline.plans.importing.matching import reference_of
from throughline.plans.importing.wanted import (
    Problem,
    Wanted,
    WantedImpact,
    WantedNote,
    WantedPart,
    WantedStep,
    each_once,
)
from throughline.plans.importing.wanting import Answers
from throughline.plans.models import DesiredImpact

MOST_BYTES = 25 * 1024 * 1024
_MOST_PIECES = 1_000_000  # brackets and commas: a plan of 2,000 actions has a tenth of it


class NotInterchange(ValueError):
    """A file is no plan by the schema. The sentence says where and what."""


def as_json(held: Held) -> dict[str, Any]:
    """A plan as the schema has it."""
    plan = held.plan
    return {
        "format": schema.FORMAT,
        "version": schema.VERSION,
        "plan": {"id": str(plan.pk), "reference": plan.reference, "title": plan.title},
        "areas": [
            {"id": str(each.pk), "number": each.number, "title": each.title, "owner_post": each.owner_post}
            for each in held.areas
        ],
        "impacts": [_impact_json(each, held) for each in held.impacts],
        "actions": [_action_json(each) for each in held.actions],
    }  # fmt: skip


def _impact_json(impact: DesiredImpact, held: Held) -> dict[str, Any]:
    return {
        "id": str(impact.pk), "reference": impact.reference, "for_whom": impact.for_whom,
        "would_see": impact.would_see, "sufficiency": impact.sufficiency,
        "tests": [{"kind": each.kind, "text": each.text} for each in held.tests.get(impact.pk, ())],
    }  # fmt: skip


def _action_json(held: HeldAction) -> dict[str, Any]:
    act = held.act
    return {
        "id": str(act.pk), "reference": act.reference, "own_number": act.own_number, "area": act.area.title,
        "title": act.title, "detail": act.detail, "lead": _body_json(act.lead), "owner_post": act.owner_post,
        "original_due": act.original_due.isoformat(), "due": act.due.isoformat(), "delivery": act.delivery,
        "resources": act.resources, "resources_note": act.resources_note, "funder": act.funder,
        "funding_decided": _iso(act.funding_decided), "equality": act.equality, "equality_note": act.equality_note,
        "equality_screened": _iso(act.equality_screened),
        "findings": [reference_of(each) for each in held.findings],
        "impacts": [each.reference for each in held.impacts],
        "contributors": [{**_body_json(each.body), "part": each.part} for each in held.contributors],
        "milestones": [
            {
                "title": each.title, "original_due": each.original_due.isoformat(), "due": each.due.isoformat(),
                "reached": _iso(each.reached),
            }
            for each in held.milestones
        ],
        "notes": [{"dated": _iso(each.dated), "text": each.text, "source": each.source} for each in held.notes],
    }  # fmt: skip


def _body_json(body: Body) -> dict[str, str]:
    kind = "agency" if isinstance(body, Agency) else "group"
    return {"kind": kind, "name": body.name, "short_name": body.short_name}


def _iso(value: date | None) -> str | None:
    return value.isoformat() if value else None


def text_of(held: Held) -> str:
    """The same as text, the same every time."""
    return json.dumps(as_json(held), indent=2, ensure_ascii=False) + "\n"


# -- coming in --------------------------------------------------------------------------------------------------------


def decoded(content: bytes, *, name: str) -> str:
    """The text of a file's bytes. Raises NotInterchange for what is not UTF-8."""
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise NotInterchange(f"{name} is not UTF-8 text. Give the file as Throughline exported it.") from error


def value_in(text: str, *, name: str) -> Mapping[str, Any]:
    """A JSON plan that keeps to the schema. Raises NotInterchange with one sentence."""
    if sum(map(text.count, "[{,")) > _MOST_PIECES:
        raise NotInterchange(f"{name} has more in it than any plan. Split it into several files.")
    try:
        value = json.loads(text)
    except (ValueError, RecursionError) as error:
        at = f" from line {error.lineno}, column {error.colno}" if isinstance(error, json.JSONDecodeError) else ""
        raise NotInterchange(f"{name} is not JSON{at}. Give a file that Throughline exported as JSON.") from error
    if wrong := schema.first_wrong(value):
        raise NotInterchange(f"{name}, {wrong}")
    if twice := next(_twice(value), ""):
        raise NotInterchange(f"{name}: the reference {twice} stands twice. Take one of the two actions out.")
    found: Mapping[str, Any] = value
    return found


def wanted_in(text: str, held: Held, *, name: str) -> list[Wanted]:
    """What each action of a JSON plan asks for. Raises NotInterchange with one sentence."""
    return wanted_of(value_in(text, name=name), held)


def wanted_of(value: Mapping[str, Any], held: Held, *, answers: Answers | None = None) -> list[Wanted]:
    """The same for a plan that `value_in` gave, with what a person has said in the preview."""
    impacts = {each["reference"]: each for each in value["impacts"]}
    is_this = value["plan"]["id"] == str(held.plan.pk)
    given = answers or Answers()
    return each_once(
        _wanted(number, each, impacts, held, given, is_this=is_this) for number, each in enumerate(value["actions"])
    )


def _wanted(
    number: int, said: Mapping[str, Any], impacts: Mapping[str, Any], held: Held, answers: Answers, *, is_this: bool
) -> Wanted:
    where = f"Action {number + 1} ({said['reference'] or said['title'][:40]})"
    found, by = (None, "") if str(number) in answers.apart else _match(said, held, is_this=is_this)
    lead = _body(said["lead"], held) or answers.who.get(searchable(said["lead"]["name"]).strip())
    problems = (
        [] if lead else [Problem("lead", f"‘{said['lead']['name']}’ takes no part here. Say who leads, or skip it.")]
    )
    findings, unmet = _findings(said["findings"], held)
    remarks = [f"{where}: there is no finding ‘{each}’ here, so it is not linked." for each in unmet]
    parts = [(_body(each, held), each) for each in said["contributors"]]
    remarks += [
        f"{where}: ‘{each['name']}’ takes no part here, so it does not contribute." for body, each in parts if not body
    ]
    if found and Delivery(found.act.delivery) in ENDED and said["delivery"] != found.act.delivery:
        problems.append(Problem("", f"{found.act.reference} was ended. Put it back into the plan first."))
    if found is None and Delivery(said["delivery"]) not in (Delivery.NOT_STARTED, Delivery.ON_TRACK):
        remarks.append(f"{where}: it comes in as not started. Its delivery is claimed and verified here.")
    return Wanted(
        key=str(number), where=where, title=said["title"], detail=said["detail"], area=said["area"],
        own_number=said["own_number"] or ("" if found or is_this else said["reference"]),
        owner_post=said["owner_post"], lead=lead, lead_words=said["lead"]["name"], due=_day(said["due"]),
        first_due=_day(said["original_due"]), findings=tuple(findings),
        impacts=tuple(_impact(impacts[each], held, is_this=is_this) for each in said["impacts"] if each in impacts),
        parts=tuple(WantedPart(body, each["part"]) for body, each in parts if body),
        steps=tuple(
            WantedStep(each["title"], cast(date, _day(each["due"])), _day(each["original_due"]), _day(each["reached"]))
            for each in said["milestones"]
        ),
        notes=tuple(WantedNote(_day(each["dated"]), each["text"], each["source"]) for each in said["notes"]),
        columns=_columns(said), held=found, by=by, problems=tuple(problems), remarks=tuple(remarks),
    )  # fmt: skip


def _match(said: Mapping[str, Any], held: Held, *, is_this: bool) -> tuple[HeldAction | None, str]:
    """By id; by reference where the file is of this very plan; else by the title where only one has it."""
    for each in held.actions:
        if said["id"] == str(each.act.pk) or (is_this and said["reference"] == each.act.reference):
            return each, "reference"
    same = [each for each in held.actions if alike(each.act.title) == alike(said["title"])]
    return (same[0], "title") if len(same) == 1 else (None, "")


def _body(said: Mapping[str, Any], held: Held) -> Body | None:
    same = [each for each in held.bodies if (said["kind"] == "agency") == isinstance(each, Agency)]
    for name in ("name", "short_name"):
        found = [each for each in same if said[name] and fold(getattr(each, name)) == fold(said[name])]
        if len(found) == 1:
            return found[0]
    return None


def _findings(references: Sequence[str], held: Held) -> tuple[list[Finding], list[str]]:
    by_reference = {reference_of(each): each for each in held.findings}
    return (
        [by_reference[each] for each in references if each in by_reference],
        [each for each in references if each not in by_reference],
    )


def _impact(said: Mapping[str, Any], held: Held, *, is_this: bool) -> WantedImpact:
    tests = tuple((each["kind"], each["text"]) for each in said["tests"])
    words = (alike(said["would_see"]), alike(said["for_whom"]))
    standing = (
        next((each for each in held.impacts if said["id"] == str(each.pk)), None)
        or next((each for each in held.impacts if is_this and said["reference"] == each.reference), None)
        or next((each for each in held.impacts if (alike(each.would_see), alike(each.for_whom)) == words), None)
    )
    return WantedImpact(said["would_see"], said["for_whom"], standing, tests, said["sufficiency"])


def _columns(said: Mapping[str, Any]) -> dict[str, Any]:
    texts = ("resources", "resources_note", "funder", "equality", "equality_note")
    days = ("funding_decided", "equality_screened")
    found: dict[str, Any] = {name: said[name] for name in texts if said[name]}
    return {**found, **{name: _day(said[name]) for name in days if said[name]}}


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _twice(value: Mapping[str, Any]) -> Iterator[str]:
    """References that two actions of a file have."""
    seen: set[str] = set()
    for each in value["actions"]:
        if each["reference"] and each["reference"] in seen:
            yield each["reference"]
        seen.add(each["reference"])
