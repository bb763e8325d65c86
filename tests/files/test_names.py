"""Names that people gave are shown safely, and travel whole to the browser."""

import re
from email.message import Message
from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from throughline.files.names import LONGEST, attachment, safe_name

SHOWN = {
    "letter.pdf": "letter.pdf",
    "../../etc/passwd": "passwd",
    "..\\..\\windows\\win.ini": "win.ini",
    "C:\\Users\\me\\plan.docx": "plan.docx",
    "/etc/shadow": "shadow",
    "a\r\nSet-Cookie: x=1.pdf": "a Set-Cookie: x=1.pdf",
    "nul\x00byte.pdf": "nulbyte.pdf",
    "bell\x07.pdf": "bell.pdf",
    "turned\u202efdp.exe": "turnedfdp.exe",
    "isolated\u2066x\u2069.pdf": "isolatedx.pdf",
    "zero\u200bwidth.pdf": "zerowidth.pdf",
    "line\u2028break.pdf": "line break.pdf",
    "half\ud800pair.pdf": "halfpair.pdf",
    "": "file",
    ".": "file",
    "..": "file",
    "...": "file",
    "   ": "file",
    "/": "file",
    "dir/": "file",
    ".htaccess": "htaccess",
    "trailing. . ": "trailing",
    "CON.pdf": "_CON.pdf",
    "lpt1": "_lpt1",
    "Plan “final” – Zoë’s.docx": "Plan “final” – Zoë’s.docx",
    "计划.pdf": "计划.pdf",
    "خطة.pdf": "خطة.pdf",
    'quote".pdf': 'quote".pdf',
    "semi;colon.pdf": "semi;colon.pdf",
    "back\\slash\\": "file",
    "per%2e%2e%2fcent.pdf": "per%2e%2e%2fcent.pdf",
    "<script>alert(1)<b>.pdf": "<script>alert(1)<b>.pdf",
    "=cmd|x.csv": "=cmd|x.csv",
    "😀 photo.png": "😀 photo.png",
}


@pytest.mark.parametrize(("given_name", "shown"), SHOWN.items())
def test_a_name_is_shown_without_what_could_mislead(given_name: str, shown: str) -> None:
    assert safe_name(given_name) == shown


def test_a_very_long_name_keeps_its_ending() -> None:
    assert safe_name("a" * 500 + ".docx") == "a" * (LONGEST - 5) + ".docx"


@given(st.text(st.characters(), max_size=300))
def test_any_name_is_made_safe_once_and_for_all(name: str) -> None:
    shown = safe_name(name)
    assert 1 <= len(shown) <= LONGEST
    assert not re.search(r"[\x00-\x1f\x7f/\\\u202a-\u202e\u2066-\u2069]", shown)
    assert safe_name(shown) == shown


@given(st.text(max_size=200) | st.sampled_from(sorted(SHOWN)))
def test_any_name_reaches_the_browser_whole_in_one_harmless_header(name: str) -> None:
    header = attachment(name)
    assert header.isascii()
    assert header.isprintable()
    told = re.fullmatch(r"attachment; filename=\"([^\"\\;%/]+)\"; filename\*=UTF-8''([A-Za-z0-9._~%-]+)", header)
    assert told, header
    assert unquote(told[2]) == safe_name(name)
    message = Message()
    message["Content-Disposition"] = header
    assert message.get_content_disposition() == "attachment"
