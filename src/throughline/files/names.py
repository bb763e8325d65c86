"""File names that people gave: kept as text for display, and never used as a path."""

import re
import unicodedata
from urllib.parse import quote

LONGEST = 150
_JOINERS = {"\u200c", "\u200d"}  # needed to write Persian and several Indian scripts
_RESERVED = re.compile(r"(?i)(con|prn|aux|nul|com[0-9]|lpt[0-9])(\.|$)")


def safe_name(name: str) -> str:
    """The display name: without path parts, control characters, direction overrides or half characters.

    At most 150 characters with the ending kept; 'file' when nothing remains. Applying it twice changes nothing.
    """
    last = re.split(r"[/\\]", name)[-1]
    kept = "".join(
        " " if unicodedata.category(each) in {"Zs", "Zl", "Zp"} or each in "\t\r\n" else each
        for each in last
        if each in "\t\r\n" or each in _JOINERS or unicodedata.category(each) not in {"Cc", "Cf", "Cs", "Cn"}
    )
    kept = re.sub(" +", " ", kept).strip(". ")
    if len(kept) > LONGEST:
        stem, dot, ending = kept.rpartition(".")
        tail = f".{ending}" if dot and len(ending) <= 10 else ""
        kept = (stem if tail else kept)[: LONGEST - len(tail)].rstrip(". ") + tail
    if not kept:
        return "file"
    return f"_{kept}"[:LONGEST] if _RESERVED.match(kept) else kept


def ending_of(name: str) -> str:
    """The ending in lower case without its dot; empty when there is none."""
    stem, dot, ending = name.rpartition(".")
    return ending.lower() if dot and stem else ""


def attachment(name: str) -> str:
    """The Content-Disposition value that offers a download under this name (RFC 6266, RFC 5987)."""
    name = safe_name(name)
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    plain = re.sub(r"[^\w .,()+=@~!&\'-]", "_", plain).strip(". ") or "file"
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"
