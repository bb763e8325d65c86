"""A draft of a section: words that the register proposes, and the facts that they came from."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Draft:
    """`text` is empty where the register has nothing to say. `sources` are facts as (label, text)."""

    text: str
    sources: tuple[tuple[str, str], ...] = ()


NOTHING = Draft("")
