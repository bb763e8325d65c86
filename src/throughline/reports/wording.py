"""How reports count: small numbers in words, sentences that say nothing they do not know. Pure."""

from collections.abc import Sequence

from throughline.methods.printed import listing, number

_WORDS = ("none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


def in_words(value: int) -> str:
    """None to ten in words, above that in figures: 'three', '12'."""
    return _WORDS[value] if 0 <= value < len(_WORDS) else number(value)


def counted(value: int, one: str, many: str = "") -> str:
    """A number in words with its noun: 'one action', 'three actions', 'no actions'."""
    many = many or f"{one}s"
    return f"no {many}" if value == 0 else f"{in_words(value)} {one if value == 1 else many}"


def of_all(part: int, whole: int, noun: str, verb: tuple[str, str], rest: str) -> str:
    """'Two of the three findings have an action', 'All three …', 'The one finding …', 'None of the three …'."""
    singular, plural = verb
    if whole == 1:
        return f"The one {noun} {singular if part else singular.replace('has', 'has not')} {rest}".strip()
    if part == whole:
        return f"All {in_words(whole)} {noun}s {plural} {rest}".strip()
    who = f"{in_words(part).capitalize()} of the {in_words(whole)} {noun}s"
    return f"{who} {singular if part in (0, 1) else plural} {rest}".strip()


def distribution(parts: Sequence[tuple[int, str]]) -> str:
    """'two are on track and one is at risk': only what there is."""
    said = [f"{in_words(value)} {'is' if value == 1 else 'are'} {words}" for value, words in parts if value]
    return listing(said)


def sentence(text: str) -> str:
    """The text with a capital at its start and one full stop at its end."""
    text = text.strip().rstrip(".")
    return f"{text[:1].upper()}{text[1:]}."
