"""What a person does to what was read: enter it in the register, put it right, or set it aside.

Nothing enters the register but by `enter`. What was entered is no longer a proposal and changes no more.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from throughline.access import Scope, check, check_new
from throughline.history import door
from throughline.history.door import Conflict, action
from throughline.history.moments import day_of
from throughline.inspections import links, permissions, proposals, proposing, queries, rules, themes
from throughline.inspections.frameworks import FINDING_KINDS
from throughline.inspections.models import Finding, Letter, ProposedFinding, Theme
from throughline.inspections.models.proposal import ENTERED, OPEN, SET_ASIDE
from throughline.inspections.proposals import Words
from throughline.inspections.proposing import STEP, columns_of, words_of
from throughline.inspections.refusals import CannotDo
from throughline.methods.titles import short_title
from throughline.partners.models import Agency, Person


class EnteredAlready(CannotDo):
    """Somebody entered it first: `finding` is what came of it."""

    def __init__(self, proposal: ProposedFinding) -> None:
        self.finding = proposal.finding
        reference = proposal.finding.reference if proposal.finding else "a finding"
        super().__init__(f"It was entered already, as {reference}. Look at it there.")


@dataclass(frozen=True)
class Draft:
    """A proposal as a person wants it."""

    kind: str
    page: int
    title: str
    words: Words
    agencies: Sequence[Agency] = ()
    themes: Sequence[Theme] = ()


# -- into the register -----------------------------------------------------------------------------------------------


@action("letter")
def enter(*, by: Person, letter: Letter, chosen: Mapping[UUID, int], now: datetime) -> list[Finding]:
    """Enter proposals in the register, in the letter's order, all or none. `chosen`: id -> the version that was seen.

    Each gets the next reference of its kind, its parts, the agencies that it names and its themes. The number of
    queries does not grow with them. Raises AccessDenied, EnteredAlready, CannotDo, Conflict.
    """
    check_new(by, "create", permissions.FINDING, Scope(frozenset({letter.partnership_id})), day_of(now))
    rows = _chosen(by, letter, chosen, now)
    taken = list(Finding.objects.filter(inspection=letter.inspection).values_list("reference", flat=True))
    references = references_of([each.kind for each in rows], taken)
    findings = door.bulk(
        Finding, by=by, verb="entered", now=now,
        rows=[
            {
                "partnership": letter.partnership, "inspection": letter.inspection, "letter": letter,
                "reference": reference, "place": rules.place_of(reference, FINDING_KINDS[each.kind]),
                "kind": each.kind, "page": each.page, "text": words_of(each).whole, "title": each.title,
            }
            for each, reference in zip(rows, references, strict=True)
        ],
    )  # fmt: skip
    _link(by, letter, list(zip(rows, findings, strict=True)), now)
    door.change_many(
        by=by, verb="entered", now=now,
        changes=[
            (each, each.version, {"state": ENTERED, "finding": finding})
            for each, finding in zip(rows, findings, strict=True)
        ],
    )  # fmt: skip
    return findings


def _chosen(by: Person, letter: Letter, chosen: Mapping[UUID, int], now: datetime) -> list[ProposedFinding]:
    """The proposals that were chosen, each still open and as it was seen."""
    rows = list(queries.proposals_of(letter, for_person=by).filter(pk__in=list(chosen)))
    if not rows or len(rows) != len(chosen):
        raise CannotDo("Somebody merged or split what you chose. Look at this page again.")
    check(by, "change", rows[0], day_of(now))
    for each in rows:
        each.letter = letter  # which is here already: the door asks whose it is
        _check_open(each)
        if each.version != chosen[each.pk]:
            raise Conflict({"text": each.text}, each)
    return rows


def references_of(kinds: Sequence[str], taken: Sequence[str]) -> list[str]:
    """The references that findings of these kinds get, one after the other. Pure."""
    last: dict[str, int] = {}
    found = []
    for each in kinds:
        kind = FINDING_KINDS[each]
        if each not in last:
            last[each] = int(rules.next_reference(kind, taken).rpartition("-")[2]) - 1
        last[each] += 1
        found.append(f"{kind.prefix}-{last[each]}")
    return found


def _link(by: Person, letter: Letter, entered: Sequence[tuple[ProposedFinding, Finding]], now: datetime) -> None:
    """Give what is entered its parts, agencies and themes; those that no longer take part or stand are left out."""
    bodies = {str(each.pk): each for each in queries.agencies_of(letter.partnership, for_person=by)}
    known = {str(each.pk): each for each in themes.themes_of(letter.partnership, for_person=by)}
    links.give(
        by=by, now=now,
        given=[
            links.Given(
                finding, words_of(each), tuple(bodies[key] for key in each.agencies if key in bodies),
                tuple(known[key] for key in each.themes if key in known), tuple(bodies.values()),
            )
            for each, finding in entered
        ],
    )  # fmt: skip


# -- put right -------------------------------------------------------------------------------------------------------


@action("proposal")
def change_proposal(
    *, by: Person, proposal: ProposedFinding, expected_version: int, draft: Draft, now: datetime
) -> ProposedFinding:
    """Put a proposal right before it is entered. Raises AccessDenied, EnteredAlready, CannotDo, Conflict."""
    here = _open(by, proposal, now)
    if not draft.words.text.strip():
        raise CannotDo("Enter the inspectors’ words.")
    if not 1 <= draft.page <= here.letter.pages:
        raise CannotDo(f"The letter has {here.letter.pages} pages. Give the page on which the words stand.")
    return door.change(
        by=by, thing=here, expected_version=expected_version, verb="changed", now=now, kind=draft.kind,
        page=draft.page, title=draft.title, agencies=[str(each.pk) for each in draft.agencies],
        themes=[str(each.pk) for each in draft.themes], **columns_of(draft.words),
    )  # fmt: skip


@action("proposal")
def merge(*, by: Person, proposal: ProposedFinding, expected_version: int, now: datetime) -> ProposedFinding:
    """Make a proposal part of the one before it, which keeps its kind, page and title. Returns that one.

    Raises AccessDenied, EnteredAlready, CannotDo where none stands open before it, Conflict.
    """
    here = _open(by, proposal, now)
    before = _neighbours(by, here)[0]
    if not before:
        raise CannotDo("It is the letter’s first: there is none before it to merge it with.")
    first = before[-1]
    if first.state != OPEN:
        where = "in the register already" if first.state == ENTERED else "set aside: bring it back first"
        raise CannotDo(f"The one before it is {where}.")
    words = proposals.merged(words_of(first), words_of(here))
    door.withdraw(
        by=by, thing=here, expected_version=expected_version, now=now, verb="merged",
        reason=f"Made part of the one before it: {first.title}",
    )  # fmt: skip
    return door.change(
        by=by, thing=first, expected_version=first.version, verb="merged", now=now,
        agencies=list(dict.fromkeys([*first.agencies, *here.agencies])),
        themes=list(dict.fromkeys([*first.themes, *here.themes])), **columns_of(words),
    )  # fmt: skip


@action("proposal")
def split(
    *, by: Person, proposal: ProposedFinding, expected_version: int, at: int, now: datetime
) -> tuple[ProposedFinding, ProposedFinding]:
    """Make two of one: the second begins with piece `at` of `proposals.pieces`. Both look again at whom they name.

    Raises AccessDenied, EnteredAlready, CannotDo where nothing can begin there, Conflict.
    """
    here = _open(by, proposal, now)
    if here.version != expected_version:
        raise Conflict({}, here)
    try:
        first, second = proposals.split(words_of(here), at)
    except IndexError:
        raise CannotDo("Choose the sentence or part with which the second finding begins.") from None
    bodies = list(queries.agencies_of(here.partnership, for_person=by))
    known = list(themes.themes_of(here.partnership, for_person=by))
    kept = door.change(
        by=by, thing=here, expected_version=expected_version, verb="split", now=now, **columns_of(first),
        **proposing.links_of(first, bodies, known),
    )  # fmt: skip
    made = door.create(
        ProposedFinding, by=by, verb="split off", now=now, partnership=here.partnership, letter=here.letter,
        position=_room_behind(by, kept, now), kind=here.kind, page=here.page, title=short_title(second.text),
        **columns_of(second), **proposing.links_of(second, bodies, known),
    )  # fmt: skip
    return kept, made


@action("proposal")
def move(*, by: Person, proposal: ProposedFinding, expected_version: int, up: bool, now: datetime) -> ProposedFinding:
    """Put a proposal before the one above it, or behind the one below. The first and the last stay where they are.

    Raises AccessDenied, EnteredAlready, CannotDo, Conflict.
    """
    here = _open(by, proposal, now)
    if here.version != expected_version:
        raise Conflict({}, here)
    before, after = _neighbours(by, here)
    if not (before if up else after):
        return here
    behind = (before[-2] if len(before) > 1 else None) if up else after[0]
    position = _room_behind(by, behind, now, letter=here.letter)
    fresh = ProposedFinding.objects.get(pk=here.pk)  # making room may have moved it
    return door.change(by=by, thing=fresh, expected_version=fresh.version, verb="moved", now=now, position=position)


@action("proposal")
def set_aside(*, by: Person, proposal: ProposedFinding, expected_version: int, now: datetime) -> ProposedFinding:
    """Say that this is no finding. It may be brought back. Raises AccessDenied, EnteredAlready, CannotDo, Conflict."""
    here = _open(by, proposal, now)
    return door.change(by=by, thing=here, expected_version=expected_version, verb="set aside", now=now, state=SET_ASIDE)


@action("proposal")
def bring_back(*, by: Person, proposal: ProposedFinding, expected_version: int, now: datetime) -> ProposedFinding:
    """Bring back what was set aside. Raises AccessDenied, EnteredAlready, CannotDo, Conflict."""
    here = _fresh(by, proposal, now)
    if here.state == ENTERED:
        raise EnteredAlready(here)
    if here.state == OPEN:
        raise CannotDo("It is back already.")
    return door.change(by=by, thing=here, expected_version=expected_version, verb="brought back", now=now, state=OPEN)


# -- what they share -------------------------------------------------------------------------------------------------


def _fresh(by: Person, proposal: ProposedFinding, now: datetime) -> ProposedFinding:
    """The proposal as it stands, now that nobody else can write."""
    here = ProposedFinding.objects.select_related("finding", "letter__inspection", "partnership").get(pk=proposal.pk)
    check(by, "change", here, day_of(now))
    if here.withdrawn_at is not None:
        raise CannotDo("Somebody made it part of the one before it. Look at this page again.")
    return here


def _open(by: Person, proposal: ProposedFinding, now: datetime) -> ProposedFinding:
    here = _fresh(by, proposal, now)
    _check_open(here)
    return here


def _check_open(proposal: ProposedFinding) -> None:
    if proposal.state == ENTERED:
        raise EnteredAlready(proposal)
    if proposal.state == SET_ASIDE:
        raise CannotDo("It is set aside. Bring it back first.")


def _neighbours(by: Person, here: ProposedFinding) -> tuple[list[ProposedFinding], list[ProposedFinding]]:
    """Those before and those behind it, in the letter's order."""
    every: list[Any] = list(queries.proposals_of(here.letter, for_person=by))
    at = [each.pk for each in every].index(here.pk)
    return every[:at], every[at + 1 :]


def _room_behind(by: Person, this: ProposedFinding | None, now: datetime, letter: Letter | None = None) -> int:
    """A free position right behind a proposal, or before the first. Where there is no room, all move apart."""
    owner = letter or (this.letter if this else None)
    assert owner is not None
    every: list[Any] = list(queries.proposals_of(owner, for_person=by))
    at = [each.pk for each in every].index(this.pk) if this else -1
    low = every[at].position if this else 0
    high = every[at + 1].position if at + 1 < len(every) else low + 2 * STEP
    if high - low > 1:
        return int((low + high) // 2)
    for each in every:
        each.letter = owner
    spread = [(each, each.version, {"position": place * STEP}) for place, each in enumerate(every, start=1)]
    door.change_many(by=by, changes=spread, verb="moved apart", now=now)
    return (at + 1) * STEP + STEP // 2
