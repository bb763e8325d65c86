"""From what was read to proposals: each finding with a title, and the agencies and themes that its words speak of."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from throughline.access import Scope, check_new
from throughline.history import door
from throughline.history.door import action
from throughline.history.moments import day_of
from throughline.inspections import permissions, queries, themes
from throughline.inspections.letter_reading import ReadFinding
from throughline.inspections.models import Letter, ProposedFinding, Theme
from throughline.inspections.proposals import Words
from throughline.methods.bodies import bodies_named
from throughline.methods.titles import short_title
from throughline.partners.models import Agency, Person

# Positions lie so far apart that one that is split or moved finds room between two others.
STEP = 1024


@action("letter")
def propose(*, by: Person, letter: Letter, findings: Sequence[ReadFinding], now: datetime) -> list[ProposedFinding]:
    """Keep what was read in a letter as proposals, in its order. The partnership's themes begin with the first letter.

    Nothing of it is in the register. Raises AccessDenied.
    """
    check_new(by, "create", permissions.PROPOSAL, Scope(frozenset({letter.partnership_id})), day_of(now))
    known = themes.begin_taxonomy(by=by, partnership=letter.partnership, now=now)
    bodies = list(queries.agencies_of(letter.partnership, for_person=by))
    rows = []
    for number, each in enumerate(findings, start=1):
        words = with_agencies(Words(each.text, each.parts), bodies)
        rows.append(
            {
                "partnership": letter.partnership, "letter": letter, "position": number * STEP, "kind": each.kind,
                "page": min(max(each.page, 1), letter.pages), "title": short_title(each.text), **columns_of(words),
                **links_of(words, bodies, known),
            }
        )  # fmt: skip
    return door.bulk(ProposedFinding, by=by, verb="read", now=now, rows=rows)


def columns_of(words: Words) -> dict[str, Any]:
    """The words as a proposal's columns hold them."""
    return {"text": words.text, "parts": list(words.parts), "part_agencies": list(words.part_agencies)}


def words_of(proposal: ProposedFinding) -> Words:
    """A proposal's words."""
    return Words(proposal.text, tuple(proposal.parts), tuple(proposal.part_agencies))


def with_agencies(words: Words, bodies: Sequence[Agency]) -> Words:
    """The words with an agency for each part that speaks of exactly one. Pure."""
    named = [bodies_named(each, bodies) for each in words.parts]
    return Words(words.text, words.parts, tuple(str(each[0].pk) if len(each) == 1 else "" for each in named))


def links_of(words: Words, bodies: Sequence[Agency], known: Iterable[Theme]) -> dict[str, Any]:
    """The agencies that all the words speak of, and the themes that they are about, by their ids. Pure."""
    whole = words.whole
    return {
        "agencies": [str(each.pk) for each in bodies_named(whole, bodies)],
        "themes": [str(each.pk) for each in themes.proposed_themes(whole, known)],
    }
