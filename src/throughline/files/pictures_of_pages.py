"""Pictures of a stored letter's pages, made once in a reader's process and kept beside the store.

What is kept is derived: it may be deleted at any time, and is made again.
"""

import tempfile
from pathlib import Path

from django.conf import settings

from throughline.files import child, store
from throughline.files.models import StoredFile
from throughline.files.verdict import Kind, Refused

WIDTHS = (640, 1240)


def page_image(file_: StoredFile, number: int, *, width_px: int = 1240) -> bytes:
    """One page of a stored PDF as PNG. `width_px` is one of WIDTHS, so that nobody can fill the disk with others.

    Raises Refused for a page that is not there or cannot be drawn, and `store.Missing`. Checks no rights: the caller
    has found the file among those that the person may see.
    """
    if width_px not in WIDTHS:
        raise ValueError(f"a width of {width_px} pixels")
    if file_.kind != Kind.PDF:
        raise Refused(f"{file_.name} has no pictures of its pages: download it to look at it.")
    if not 1 <= number <= 10_000:
        raise Refused(f"{file_.name} has no page {number}: choose another.")
    kept = _derived() / file_.sha256[:2] / f"{file_.sha256[2:]}-{number}-{width_px}.png"
    if kept.exists():
        return kept.read_bytes()
    with store.open_blob(file_.sha256) as bytes_:
        path = Path(bytes_.name)
    answer = child.run("page_picture", path, name=file_.name, arguments=_order(file_, number, width_px))
    kept.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=kept.parent, delete=False) as temporary:
        temporary.write(answer.data)
    Path(temporary.name).replace(kept)
    return answer.data


def forget(sha256: str) -> None:
    """Delete every picture that was made of these bytes: they show words that had to go."""
    for kept in (_derived() / sha256[:2]).glob(f"{sha256[2:]}-*.png"):
        kept.unlink(missing_ok=True)


def _order(file_: StoredFile, number: int, width_px: int) -> dict[str, object]:
    return {"number": number, "width_px": width_px, "name": file_.name}


def _derived() -> Path:
    return Path(settings.VAR) / "derived" / "pages"
