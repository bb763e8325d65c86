"""The list of evidence, as its page shows it and files export it."""

from datetime import date
from typing import Any

from django.db.models import Q

from throughline.evidence import permissions, queries, rules
from throughline.evidence.addresses import evidence_url
from throughline.evidence.models import Evidence
from throughline.evidence.strength import STRENGTHS, Strength
from throughline.ui.lists import Choice, ChoiceFilter, FieldFilter, ListColumn, ListPage
from throughline.ui.parts import Cell
from throughline.ui.scales import Mark, Tone

_RESTRICTED = Mark("restricted", "Restricted", Tone.CARE, "lock")
_DRAFT = Mark("draft", "Not offered yet", Tone.INFO, "pencil")
_EXPIRED = Mark("expired", "Expired", Tone.BAD, "clock")
_SATISFIED = Mark("satisfied", "Seen, satisfied", Tone.GOOD, "disc-tick")
_DOUBTED = Mark("doubted", "Seen, not satisfied", Tone.CARE, "warning")
_UNSEEN = Mark("unseen", "Not seen yet", Tone.QUIET, "circle")


def seen_mark(each: Any) -> Mark:
    """Whether somebody independent has seen it, and whether it satisfied them: the newest word counts."""
    sightings = each.shown_sightings
    if not sightings:
        return _UNSEEN
    return _SATISFIED if sightings[0].satisfied else _DOUBTED


def marks_of(each: Evidence, on: date) -> list[Mark]:
    """What is particular about a piece of evidence on a day, for tags."""
    found = [seen_mark(each)]
    if each.sensitivity == permissions.RESTRICTED:
        found.append(_RESTRICTED)
    if each.stage == permissions.DRAFT:
        found.append(_DRAFT)
    if rules.has_expired(each.expires, on):
        found.append(_EXPIRED)
    return found


def evidence(on: date) -> ListPage:
    """Every piece of evidence that the person may see: whose, how strong, where held, seen or not."""

    def state(each: Evidence) -> Cell:
        first, *rest = marks_of(each, on)
        return Cell(first.words, mark=first, detail=", ".join(mark.words for mark in rest))

    return ListPage(
        title="Evidence", name="evidence",
        empty="No evidence is held yet that you may see. It is registered on an action’s page, in a return, or here.",
        columns=(
            ListColumn("Reference", lambda each: Cell(each.reference, url=evidence_url(each)), sort="number",
                       narrow=True),
            ListColumn("Evidence", lambda each: Cell(each.title, detail="File or link" if each.is_shared else ""),
                       export=lambda each: each.title, sort="title"),
            ListColumn("Body", lambda each: each.body.short_name, export=lambda each: each.body_name, sort="body_name"),
            ListColumn("Strength", lambda each: STRENGTHS[Strength(each.strength)].printed, sort="strength"),
            ListColumn("Held where", lambda each: each.held_where),
            ListColumn("Of", lambda each: each.dated, sort="dated", narrow=True),
            ListColumn("Counts until", lambda each: each.expires, sort="expires", narrow=True),
            ListColumn("State", state, export=lambda each: ", ".join(mark.words for mark in marks_of(each, on))),
        ),
        filters=(
            FieldFilter("body", "Body", "body_name"),
            FieldFilter("strength", "Strength", "strength",
                        words={each.value: STRENGTHS[each].printed for each in Strength}),
            ChoiceFilter("seen", "Seen", (
                Choice("not-seen", "Not seen yet", Q(is_seen=False)),
                Choice("satisfied", "Seen and satisfied", Q(satisfied=True)),
                Choice("doubted", "Seen and not satisfied", Q(doubted=True)),
            )),
            ChoiceFilter("check", "Look at", (
                Choice("expired", "Expired", queries.expired(on)),
                Choice("without-link", "Belongs to nothing", Q(is_linked=False)),
                Choice("shared", "File or link shared", Q(is_shared=True)),
                Choice("restricted", "Restricted", Q(sensitivity=permissions.RESTRICTED)),
                Choice("draft", "Not offered yet", Q(stage=permissions.DRAFT)),
            )),
        ),
        search=("reference", "title", "detail", "held_where"), search_label="Search in evidence",
        default_sort="-number",
    )  # fmt: skip
