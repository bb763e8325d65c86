"""The published letters, where THROUGHLINE_CASES names the folder that holds letters/ and letters/truth/.

They are read through the reader’s process and held to what people annotated: every finding with kind, page, start,
end, words and parts, and every fact. No letter may fall below 95 %, all of them together not below 99 %.
"""

import json
import os
import re
from pathlib import Path
from typing import Any

import pytest

from throughline.files import child

CASES = os.environ.get("THROUGHLINE_CASES", "")
LETTERS = sorted(Path(CASES, "letters").glob("*.pdf")) if CASES else []
pytestmark = pytest.mark.skipif(not LETTERS, reason="THROUGHLINE_CASES names no folder with letters/")
LETTER_BAR, WHOLE_BAR = 0.95, 0.99
FACTS = ("published", "fieldwork_start", "fieldwork_end", "statement_due")


def squeezed(text: str | None) -> str:
    """Text as it is compared: without white space and case, one kind of apostrophe."""
    return re.sub(r"\s+", "", text or "").replace("’", "'").replace("‘", "'").casefold()


def without_the(text: str | None) -> str:
    return re.sub(r"^the", "", squeezed(text))


def is_read(truth: dict[str, Any], finding: dict[str, Any]) -> bool:
    """Whether a finding has the annotated kind, page, first and last words, parts and (within three) count of words."""
    text = " ".join([finding["text"], *(part["text"] for part in finding["sub"])])
    begins = [truth["start"], truth.get("alt_start")]
    return (
        finding["kind"] == truth["kind"]
        and finding["page"] == truth["page"]
        and any(squeezed(text).startswith(squeezed(each)) for each in begins if each)
        and squeezed(text).endswith(squeezed(truth["end"]))
        and abs(len(text.split()) - truth["words"]) <= 3
        and len(finding["sub"]) == len(truth.get("sub") or [])
    )


def score(path: Path) -> tuple[int, int, int, dict[str, Any], dict[str, Any]]:
    """(findings that are right, annotated, read, the letter as read, the annotation)."""
    letter = child.run("letter", path).value["letter"]
    truth = json.loads((path.parent / "truth" / f"{path.stem}.json").read_text(encoding="utf-8"))
    left = list(letter["findings"])
    right = 0
    for each in truth["findings"]:
        found = next((finding for finding in left if is_read(each, finding)), None)
        if found is not None:
            left.remove(found)
            right += 1
    return right, len(truth["findings"]), len(letter["findings"]), letter, truth


@pytest.mark.parametrize("path", LETTERS, ids=lambda path: path.stem)
def test_a_published_letter_is_read_as_people_annotated_it(path: Path) -> None:
    right, annotated, read, letter, truth = score(path)
    assert right >= LETTER_BAR * annotated
    assert right >= LETTER_BAR * read
    assert {key: letter[key] for key in FACTS} == {key: truth[key] for key in FACTS}
    assert squeezed(letter["area"]) in (squeezed(truth["area"]), squeezed(truth["area_as_printed"]))
    assert set(letter["inspectorates"]) == set(truth["inspectorates"])
    assert without_the(letter["theme"]) == without_the(truth["theme"])
    assert without_the(letter["principal_authority"]) == without_the(truth["principal_authority"])
    assert without_the(letter["statement_sender"]) == without_the(truth["statement_sender"])
    assert len(letter["recipients"]) == truth["recipients"]


def test_nearly_every_finding_of_all_letters_is_right_and_hardly_any_is_invented() -> None:
    scores = [score(path)[:3] for path in LETTERS]
    right, annotated, read = (sum(each) for each in zip(*scores, strict=True))
    assert right >= WHOLE_BAR * annotated
    assert right >= WHOLE_BAR * read
