"""What a finding suggests: the strongest theme's improvement area, a desired impact, and what would show it."""

from collections.abc import Sequence
from dataclasses import dataclass

from throughline.methods.mentions import mentions, needle, searchable
from throughline.methods.suggestions.bank import USUAL_WEIGHT, WEIGHTS, Bank, Entries
from throughline.methods.suggestions.clauses import Clause, consequence, consequences
from throughline.methods.suggestions.heads import shown_by, turned_head
from throughline.methods.suggestions.people import about_people
from throughline.methods.suggestions.turning import Turned, turn

MOST_MEASURES = 3
MOST_CLAUSES = 40  # no finding has more; a text that does stays quick
THEMES_LOOKED_AT = 3
_NOTHING = Entries()


@dataclass(frozen=True)
class ThemeWords:
    """A theme as it is recognised: its name and the words that stand for it."""

    name: str
    words: tuple[str, ...]


@dataclass(frozen=True)
class Because:
    """Why something is suggested: the theme, and the words of the finding that stand for it (perhaps none)."""

    theme: str
    words: tuple[str, ...]


@dataclass(frozen=True)
class Suggestion:
    """What a finding suggests; what could not be suggested is empty or None.

    `clause` is the finding's own consequence clause, to be shown; `because` names the themes, the strongest first.
    """

    area: str | None = None
    for_whom: str = ""
    would_see: str = ""
    measures: tuple[str, ...] = ()
    audit: str | None = None
    voice: str | None = None
    clause: Clause | None = None
    because: tuple[Because, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether nothing at all is suggested."""
        return not (self.area or self.would_see or self.measures or self.audit or self.voice)


def strongest(text: str, themes: Sequence[ThemeWords]) -> list[Because]:
    """The themes of a finding, the strongest first: what it says most, and first, of what decides most.

    A theme that a person gave the finding without any of its words in it comes after those that it mentions.
    """
    within = searchable(text)
    ranked: list[tuple[float, int, int, Because]] = []
    for place, theme in enumerate(themes):
        looked_for = {word: found for word in theme.words if (found := needle(word))}
        said = tuple(word for word, found in looked_for.items() if found in within)
        first = min((within.index(looked_for[word]) for word in said), default=len(within))
        often = min(sum(within.count(looked_for[word]) for word in said), 3)
        early = 1.5 if first < len(within) / 3 else 1.0
        weight = WEIGHTS.get(theme.name, USUAL_WEIGHT)
        ranked.append((-(weight * early + often) if said else 0.0, first, place, Because(theme.name, said)))
    return [each for *_, each in sorted(ranked, key=lambda row: row[:3])]


def desired_impact(text: str) -> tuple[Turned | None, Clause | None]:
    """What a finding's consequence or its first words become, and the clause that it was turned from, if one was.

    A consequence for children comes before another one, and what is wrong before what ought to be.
    """
    found = consequences(text)
    by_weight = sorted(found[:MOST_CLAUSES], key=lambda each: (each.purpose, not about_people(each.words), each.start))
    for clause in by_weight:
        if made := turn(clause.words, about=text, lead=clause.lead, purpose=clause.purpose):
            return made, clause
    return turned_head(text), consequence(text)


def suggest(text: str, themes: Sequence[ThemeWords], bank: Bank) -> Suggestion:
    """What a finding's words and themes suggest, by the bank. The same words give the same suggestion."""
    ordered = strongest(text, themes)
    held = [bank.get(each.theme, _NOTHING) for each in ordered]
    impact, clause = desired_impact(text)
    return Suggestion(
        area=next((entries.areas[0] for entries in held if entries.areas), None),
        for_whom=impact.for_whom if impact else "",
        would_see=impact.would_see if impact else "",
        measures=_measures(text, held),
        audit=next((entries.audits[0] for entries in held if entries.audits), None),
        voice=next((entries.voices[0] for entries in held if entries.voices), None),
        clause=clause,
        because=tuple(ordered[:THEMES_LOOKED_AT]),
    )


def _measures(text: str, held: Sequence[Entries]) -> tuple[str, ...]:
    """Up to three measures of the first themes; one of each theme first, those that the first words ask for before."""
    wanted = shown_by(text)
    by_theme = [
        sorted(entries.measures, key=lambda each: not mentions(each, wanted)) for entries in held[:THEMES_LOOKED_AT]
    ]
    in_turn = [measures[at] for at in range(MOST_MEASURES) for measures in by_theme if at < len(measures)]
    return tuple(dict.fromkeys(in_turn))[:MOST_MEASURES]
