"""The typeface inside the Word file: whole, permitted, always the same, and never in a council's own template."""

import io
import re
import shutil
import struct
import subprocess
import uuid
import zipfile
from xml.etree import ElementTree

import docx
import pikepdf
import pypdfium2
import pytest
from docx.oxml.ns import qn
from docx.shared import Pt

from tests.documents.specimen import FINDING, document
from throughline.documents import fonts, word
from throughline.documents.fonts import FontsMissingError
from throughline.documents.word_fonts import font_key, obfuscated
from throughline.files import gate

LARGEST = 700_000
CARRIED = {"embedRegular": "SourceSans3_400Regular.ttf", "embedBold": "SourceSans3_700Bold.ttf"}
TYPES = "{http://schemas.openxmlformats.org/package/2006/content-types}"
ODTTF = "application/vnd.openxmlformats-officedocument.obfuscatedFont"


@pytest.fixture(scope="module")
def carrying() -> bytes:
    return word.render(document(), font_dir=fonts.font_dir())


def parts_of(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def has_fonts(content: bytes) -> bool:
    parts = parts_of(content)
    inside = any(name.startswith("word/fonts/") for name in parts)
    assert inside == (b"embedTrueTypeFonts" in parts["word/settings.xml"])
    assert inside == (b"embedRegular" in parts["word/fontTable.xml"])
    return inside


def os2(font: bytes) -> int:
    count = struct.unpack_from(">H", font, 4)[0]
    return next(
        struct.unpack_from(">I", font, 20 + 16 * n)[0]
        for n in range(count)
        if font[12 + 16 * n : 16 + 16 * n] == b"OS/2"
    )


def test_the_mask_is_the_standards_own_example():
    key = uuid.UUID("001B70DC-AA60-4AD5-90EC-18A0948E1EAE")
    mask = bytes.fromhex("AE1E8E94A018EC90D54A60AADC701B00")
    assert obfuscated(bytes(40), key) == mask + mask + bytes(8)


def test_a_reader_that_follows_the_file_finds_each_face_whole(carrying):
    parts = parts_of(carrying)
    links = ElementTree.fromstring(parts["word/_rels/fontTable.xml.rels"])
    target = {each.get("Id"): each.get("Target") for each in links}
    entries = ElementTree.fromstring(parts["word/fontTable.xml"]).findall(qn("w:font"))
    (entry,) = [each for each in entries if each.get(qn("w:name")) == fonts.FAMILY]
    found = {}
    for each in entry:
        if "embed" in each.tag:
            key = each.get(qn("w:fontKey"))
            assert re.fullmatch(r"\{[0-9A-F]{8}(-[0-9A-F]{4}){3}-[0-9A-F]{12}\}", key)
            kept = parts["word/" + target[each.get(qn("r:id"))]]
            found[each.tag.rpartition("}")[2]] = obfuscated(kept, uuid.UUID(key))
            assert not kept.startswith(b"\x00\x01\x00\x00")
    assert found == {name: (fonts.font_dir() / file).read_bytes() for name, file in CARRIED.items()}


def test_the_font_tables_entry_is_in_the_schemas_order(carrying):
    entries = ElementTree.fromstring(parts_of(carrying)["word/fontTable.xml"]).findall(qn("w:font"))
    names = [each.tag.rpartition("}")[2] for each in entries[-1]]
    assert names == ["altName", "panose1", "charset", "family", "pitch", "sig", *CARRIED]
    settings = ElementTree.fromstring(parts_of(carrying)["word/settings.xml"])
    first = [each.tag.rpartition("}")[2] for each in settings][:4]
    assert first == ["zoom", "embedTrueTypeFonts", "saveSubsetFonts", "proofState"]


def test_the_fonts_type_is_given_once_by_their_ending(carrying):
    types = ElementTree.fromstring(parts_of(carrying)["[Content_Types].xml"])
    assert [each.tag for each in types if each.get("ContentType") == ODTTF] == [f"{TYPES}Default"]
    assert types[0].get("Extension") == "odttf"
    assert not any("font1" in each.get("PartName", "") for each in types)


def test_the_file_stays_small_passes_the_gate_and_opens(carrying, tmp_path):
    assert len(carrying) < LARGEST
    file = tmp_path / "report.docx"
    file.write_bytes(carrying)
    verdict = gate.inspect(file, name="report.docx")
    assert verdict.kind is gate.Kind.DOCX
    assert verdict.warnings == ()
    assert any(p.text == FINDING for p in docx.Document(io.BytesIO(carrying)).paragraphs)


def test_a_board_that_saves_the_file_again_keeps_its_fonts(carrying):
    opened = docx.Document(io.BytesIO(carrying))
    again = io.BytesIO()
    opened.save(again)
    assert has_fonts(again.getvalue())
    before, after = parts_of(carrying), parts_of(again.getvalue())
    assert all(after[name] == before[name] for name in before if name.startswith("word/fonts/"))


def test_nothing_printed_asks_for_a_face_that_is_not_inside(carrying):
    opened = docx.Document(io.BytesIO(carrying))
    assert not list(opened.element.body.iter(qn("w:i")))
    used = {p.style.name for p in opened.paragraphs}
    assert not [name for name in used if opened.styles[name].font.italic]


def test_the_same_document_carries_the_same_bytes(carrying):
    assert word.render(document(), font_dir=fonts.font_dir()) == carrying
    assert font_key(b"one face") != font_key(b"another face")


def test_without_the_fonts_or_in_a_councils_template_nothing_is_put_in():
    assert not has_fonts(word.render(document()))
    own = io.BytesIO()
    docx.Document().save(own)
    assert not has_fonts(word.render(document(), template=own.getvalue(), font_dir=fonts.font_dir()))


def test_fonts_in_a_councils_own_template_stay_as_they_are(carrying):
    made = word.render(document(), template=carrying, font_dir=fonts.font_dir())
    fonts_of = {name: content for name, content in parts_of(carrying).items() if name.startswith("word/fonts/")}
    assert len(fonts_of) == len(CARRIED)
    assert {name: content for name, content in parts_of(made).items() if name.startswith("word/fonts/")} == fonts_of


@pytest.mark.parametrize("file", CARRIED.values())
def test_our_faces_may_be_put_into_documents(file):
    font = (fonts.font_dir() / file).read_bytes()
    assert struct.unpack_from(">H", font, os2(font) + 8)[0] == 0


def test_a_face_that_forbids_it_is_not_put_in(tmp_path):
    folder = shutil.copytree(fonts.font_dir(), tmp_path / "fonts")
    bold = folder / CARRIED["embedBold"]
    font = bytearray(bold.read_bytes())
    struct.pack_into(">H", font, os2(font) + 8, 2)  # restricted licence embedding
    bold.write_bytes(font)
    assert not has_fonts(word.render(document(), font_dir=folder))


def test_a_missing_face_says_what_to_do(tmp_path):
    folder = shutil.copytree(fonts.font_dir(), tmp_path / "fonts")
    (folder / CARRIED["embedBold"]).unlink()
    with pytest.raises(FontsMissingError, match="Run make setup"):
        word.render(document(), font_dir=folder)


def test_lines_are_set_closer_only_where_our_typeface_is_inside(carrying):
    def line(content):
        styles = docx.Document(io.BytesIO(content)).styles
        return [styles[name].paragraph_format.line_spacing for name in ("Normal", "Heading 1", "Title")]

    assert line(word.render(document())) == pytest.approx([1.12, 1, 0.95], abs=0.01)
    assert line(carrying) == pytest.approx([1, 0.88, 0.85], abs=0.01)


@pytest.mark.parametrize("exact", [None, Pt(12)], ids=["ours", "a template with exact heights"])
def test_no_line_height_crops_a_figure(exact):
    own = None
    if exact:
        made, file = docx.Document(), io.BytesIO()
        made.styles["Normal"].paragraph_format.line_spacing = exact
        made.save(file)
        own = file.getvalue()
    opened = docx.Document(io.BytesIO(word.render(document(), template=own, font_dir=fonts.font_dir())))
    (figure,) = [p for p in opened.paragraphs if p._p.findall(".//" + qn("w:drawing"))]
    assert figure.paragraph_format.line_spacing == 1


def printed_by_libreoffice(content: bytes, folder) -> bytes:
    (folder / "report.docx").write_bytes(content)
    profile = f"-env:UserInstallation=file://{folder}/profile"
    command = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(folder)]
    subprocess.run([*command, str(folder / "report.docx")], check=True, capture_output=True, timeout=120)
    return (folder / "report.pdf").read_bytes()


def faces_of(pdf: bytes) -> set[str]:
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        named = (each for each in opened.objects if isinstance(each, pikepdf.Dictionary) and "/BaseFont" in each)
        return {str(each.BaseFont).rpartition("+")[2] for each in named}


@pytest.mark.soak
def test_libreoffice_prints_the_file_in_the_typeface_that_it_carries(carrying, tmp_path):
    assert faces_of(printed_by_libreoffice(carrying, tmp_path)) == {"SourceSans3-Regular", "SourceSans3-Bold"}


@pytest.mark.soak
def test_short_headings_stay_whole_in_a_wider_typeface(tmp_path):
    with pypdfium2.PdfDocument(printed_by_libreoffice(word.render(document()), tmp_path)) as opened:
        lines = "\n".join(page.get_textpage().get_text_bounded() for page in opened)
    assert "Actions" in lines
    assert "Verified" in lines
