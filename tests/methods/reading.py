"""Letters of our own writing, read: what the tests of the letter reader share."""

from pathlib import Path
from typing import Any

import pytest

from tests.methods import letters_of_our_own as own
from tests.methods.letters_of_our_own import Bullet, Heading, plain
from throughline.methods.letters.read import read_letter

MAKERS = {"pdf": own.pdf, "docx": own.docx_of}
kinds = pytest.mark.parametrize("kind", MAKERS)


def read(letter: own.Letter, tmp_path: Path, kind: str = "pdf") -> dict[str, Any]:
    path = tmp_path / f"letter.{kind}"
    path.write_bytes(MAKERS[kind](letter))
    return read_letter(path).as_json()


def findings(letter: dict[str, Any], *kinds: str) -> list[tuple[str, str, list[str]]]:
    """(ref, text, parts) of the findings of these kinds, or of all."""
    return [
        (each["ref"], each["text"], [part["text"] for part in each["sub"]])
        for each in letter["findings"]
        if not kinds or each["kind"] in kinds
    ]


def texts(letter: dict[str, Any], kind: str) -> list[str]:
    return [each["text"] for each in letter["findings"] if each["kind"] == kind]


EXPECTED_2018 = [
    *((f"STR-{number}", plain(text), []) for number, text in enumerate(own.STRENGTHS, start=1)),
    ("CAS-1", "\n".join(own.GOOD), []),
    ("APA-1", own.ACTION, []),
    *((f"AFI-{number}", text, []) for number, text in enumerate(own.IMPROVEMENTS, start=1)),
    ("CAS-2", own.POOR[0], []),
]
STRENGTHS = (Heading("Strengths"), *(Bullet(each) for each in own.STRENGTHS_2023))
