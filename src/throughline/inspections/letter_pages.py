"""The text of a stored letter's pages, read once in a reader's process and kept beside the store.

What is kept is derived: it may be deleted at any time, and is read again.
"""

import json
import tempfile
from collections.abc import Sequence
from pathlib import Path

from django.conf import settings

from throughline.files import child, store
from throughline.files.models import StoredFile
from throughline.files.verdict import Kind, Refused

READABLE = frozenset({Kind.PDF, Kind.DOCX})
_SECONDS = 20.0
# Part of the kept file's name: a reader that reads better must not be given what an older one read.
_READER = 2


def check_readable(kind: str, name: str) -> None:
    """Raise Refused unless a file of this kind can be a letter."""
    if kind not in READABLE:
        raise Refused(f"{name} is not a letter: choose the letter's PDF, or a Word file of it.")


def texts_of(sha256: str, *, name: str) -> list[str]:
    """The text of each page of stored bytes, as printed; all empty for a scan.

    Raises Refused for what cannot be read, and `store.Missing`. Checks no rights: the caller has found the file among
    those that the person may see, or has just been given it.
    """
    kept = _kept(sha256)
    if kept.exists():
        return list(json.loads(kept.read_text(encoding="utf-8")))
    with store.open_blob(sha256) as file:
        path = Path(file.name)
    answer = child.run("letter_pages", path, arguments={"name": name}, name=name, seconds=_SECONDS)
    texts = [page["text"] for page in answer.value["pages"]]
    keep(sha256, texts)
    return texts


def keep(sha256: str, texts: Sequence[str]) -> None:
    """Keep what was read of a letter's pages, for the next who asks."""
    kept = _kept(sha256)
    kept.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile("w", dir=kept.parent, delete=False, encoding="utf-8") as temporary:
        json.dump(list(texts), temporary)
    Path(temporary.name).replace(kept)


def forget(sha256: str) -> None:
    """Delete what any reader read of these bytes: it repeats words that had to go."""
    for kept in _kept(sha256).parent.glob(f"{sha256[2:]}-*.json"):
        kept.unlink(missing_ok=True)


def _kept(sha256: str) -> Path:
    return Path(settings.VAR) / "derived" / "texts" / sha256[:2] / f"{sha256[2:]}-{_READER}.json"


def text_of(file: StoredFile, number: int) -> str:
    """One page's text. Raises Refused, also for a page that is not there, and `store.Missing`."""
    texts = texts_of(file.sha256, name=file.name)
    if not 1 <= number <= len(texts):
        raise Refused(f"{file.name} has no page {number}: choose another.")
    return texts[number - 1]
