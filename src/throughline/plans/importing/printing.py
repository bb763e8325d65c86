"""How an action's parts are printed in our own columns, and whether words that come in say the same again."""

import re
from collections.abc import Mapping, Sequence

from throughline.methods.plan_tables.fields import Field
from throughline.methods.printed import day
from throughline.plans.importing.held import HeldAction
from throughline.plans.importing.matching import reference_of
from throughline.plans.models import Action

# The columns of an exported plan, in their order: heading and field. The table of fields knows every heading.
COLUMNS: Sequence[tuple[str, Field]] = (
    ("Reference", Field.REFERENCE),
    ("No.", Field.OWN_NUMBER),
    ("Improvement area", Field.AREA),
    ("Findings answered", Field.FINDING_NUMBER),
    ("Action", Field.TITLE),
    ("How", Field.DETAIL),
    ("Lead agency", Field.LEAD),
    ("Owner’s post", Field.OWNER_POST),
    ("Contributors", Field.CONTRIBUTORS),
    ("First due date", Field.FIRST_DUE),
    ("Due date", Field.DUE),
    ("Milestones", Field.MILESTONES),
    ("Desired impacts", Field.IMPACT),
    ("Resources", Field.RESOURCES),
    ("Progress notes", Field.PROGRESS),
    ("Delivery, for reading only", Field.LEFT_OUT),
)
# What a program cannot keep in a cell is written as this sign; a cell that was cut ends with these words.
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff\ufffd]")
CUT = "(cut: a cell holds no more)"


def same_words(one: str, other: str) -> bool:
    """Whether two texts have the same words, whatever lines they stand on."""
    return _words(one) == _words(other)


def _words(text: str) -> list[str]:
    return _UNPRINTABLE.sub("\ufffd", text).split()


def printed_row(held: HeldAction) -> Mapping[Field, str]:
    """An action as our columns print it. Days are printed as days; the writer may keep them as days too."""
    act = held.act
    return {
        Field.REFERENCE: act.reference,
        Field.OWN_NUMBER: act.own_number,
        Field.AREA: act.area.title,
        Field.FINDING_NUMBER: ", ".join(reference_of(each) for each in held.findings),
        Field.TITLE: act.title,
        Field.DETAIL: act.detail,
        Field.LEAD: act.lead.name,
        Field.OWNER_POST: act.owner_post,
        Field.CONTRIBUTORS: "\n".join(f"{each.body.name}: {each.part}" for each in held.contributors),
        Field.FIRST_DUE: day(act.original_due),
        Field.DUE: day(act.due),
        Field.MILESTONES: "\n".join(
            f"{each.title}, by {day(each.due)}{f', reached {day(each.reached)}' if each.reached else ''}"
            for each in held.milestones
        ),
        Field.IMPACT: "\n".join(f"{each.reference} {each.would_see} (for {each.for_whom})" for each in held.impacts),
        Field.RESOURCES: resources_text(act),
        Field.PROGRESS: "\n".join(
            f"{f'{day(each.dated)}: ' if each.dated else ''}{each.text}" for each in held.notes
        ),
    }  # fmt: skip


def resources_text(act: Action) -> str:
    """What is said of an action's resources, on one line."""
    said = [
        Action.RESOURCES[act.resources] if act.resources else "",
        act.resources_note,
        f"Funder: {act.funder}" if act.funder else "",
        f"Decided on {day(act.funding_decided)}" if act.funding_decided else "",
    ]
    return ". ".join(each.rstrip(".") for each in said if each)
