"""What is taken out of a clause before it is turned: hedges and quantities, which say how often it was found."""

import re

_QUANTITY = (
    "some|a few|a small number of|a number of|a significant number of|a large number of|many|most|too many|several"
    "|certain|the majority of|a minority of|a small minority of|all too many|a proportion of"
)
_PEOPLE = "children|young people|families|victims|vulnerable|older|younger|babies|infants|agencies|practitioners"
_CASES = "cases|instances|occasions|situations|circumstances|areas"

# What is replaced, and by what.
HEDGES: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern, re.IGNORECASE), put)
    for pattern, put in (
        (r"\([^()]*\)", ""),
        (r"^so (?=\w)", ""),
        (r"(?<=[a-z] )(?:therefore|thus) ", ""),
        (
            rf",? ?(?:in|for|on|during|across) (?:{_QUANTITY}|all) (?:of )?(?:the |these |those )?(?:{_CASES})"
            r"(?: seen| sampled| tracked| reviewed)*,?",
            "",
        ),
        (rf",? ?\bfor (?:{_QUANTITY}) (?=(?:{_PEOPLE}))", " for "),
        (
            r"\b(?:sometimes|potentially|frequently|too often|at times|occasionally|on occasions?|usually|typically"
            r"|generally|currently|at present|simply|inevitably|in turn|overall|as yet|in particular"
            r"|increasingly)\b,?",
            "",
        ),
        (r"(?<=\bare )(?:often|still|also) ", ""),
        (r"(?<=\bis )(?:often|still|also) ", ""),
        (r"\b(?:often|still|also) (?=(?:do|does|is|are|fails?|remains?|waits?|have|has)\b)", ""),
        (r"\b(?:the )?potential(?:ly)? (?=(?:for )?(?:missed|delay))", ""),
        (
            r"(?:^|(?<=\bfor )|(?<=\bsafeguard )|(?<=\bprotect )|(?<=\bto )|(?<=\bin )|(?<=\bof )|(?<=\band )|(?<=, ))"
            rf"(?:{_QUANTITY})(?: of the| of these| of)? (?!of\b)(?=[a-z])",
            "",
        ),
        (rf"\b(?:some|many) (?=(?:{_PEOPLE})\b)", ""),
        (r"\b(safeguard|protect) them\b", r"\1 children"),
        (r" as (\w+ly|well|quickly|soon)( and) as (\w+) as (?:it|they) (?:might|could)(?: be)?\b", r" \1\2 \3"),
        (r" as (\w+ly) as (?:it|they) (?:might|could)(?: be)?\b", r" \1"),
        (r"\b(?:there is )?(?:the )?potential for (?=missed)", ""),
        (r"\bhelp them feel safe\b", "help children feel safe"),
        (r"\bkeep them safe\b", "keep children safe"),
    )
)
NOT_ALL = "not-all"
_NOT_ALL = re.compile(r"\b(?:not all|not every)(?: of the)? (?=[a-z])", re.IGNORECASE)
_SPACES = re.compile(r"\s+")
_EDGES = " ,.;:–-"


def plain(words: str) -> str:
    """A clause in one line, with one kind of apostrophe, without hedges and without its full stop."""
    said = _SPACES.sub(" ", words.replace("'", "’")).strip(_EDGES)
    said = _NOT_ALL.sub(f"{NOT_ALL} ", re.sub(r"^that ", "", said))
    for pattern, put in HEDGES:
        said = _SPACES.sub(" ", pattern.sub(put, said))
    return said.replace(" ,", ",").strip(_EDGES)
