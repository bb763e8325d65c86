"""The typeface of a Word file: what stands in where it is not installed, and the typeface itself inside the file.

With the typeface inside, a board's Word prints the same letters as the PDF on any machine.
"""

from __future__ import annotations

import hashlib
import struct
import uuid
from pathlib import Path

from docx.document import Document as WordDocument
from docx.opc.constants import NAMESPACE, RELATIONSHIP_TYPE
from docx.opc.oxml import serialize_part_xml
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn

from throughline.documents.fonts import FAMILY, FontsMissingError
from throughline.documents.word_styles import STYLES

_FALLBACK = "Calibri"
_SHAPE = "020B0303030403020204"  # the typeface's own PANOSE numbers, by which a likeness is found
# Element of the font table -> the file of that face. Words are upright, regular or bold, so no italic is carried.
_FACES = {"w:embedRegular": "SourceSans3_400Regular.ttf", "w:embedBold": "SourceSans3_700Bold.ttf"}
_FONT = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/font"
_CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.obfuscatedFont"
_ENDING = "odttf"
_TYPED_BY_ENDING = {"Extension": _ENDING, "ContentType": _CONTENT_TYPE}
_KEYED_BYTES = 32
# The styles' line heights suit faces that ask for about 1.2 of their size, as Calibri does; ours asks for 1.42. This
# much of them comes near the PDF's lines and keeps the tops of capital letters whole.
_CLOSER = 0.88
_SINGLE = 240
_CLOSEST = 204  # 0.85 of a line


def set_typeface(document: WordDocument, font_dir: Path | None) -> None:
    """Name the typeface in the document's font table and, with `font_dir`, put its regular and bold faces in the file.

    Wants the styles of `word_styles` in place, for with the faces their lines are set closer. Faces whose own bits
    (OS/2 fsType) do not allow installing are not put in. Raises FontsMissingError when `font_dir` lacks a face.
    """
    table = next(
        (each.target_part for each in document.part.rels.values() if each.reltype == RELATIONSHIP_TYPE.FONT_TABLE), None
    )
    if table is None:
        return
    root = parse_xml(table.blob)
    faces = {} if font_dir is None else _faces(font_dir)
    entry = parse_xml(
        f'<w:font {nsdecls("w")} w:name="{FAMILY}"><w:altName w:val="{_FALLBACK}"/>'
        f'<w:panose1 w:val="{_SHAPE}"/><w:charset w:val="00"/><w:family w:val="swiss"/>'
        f'<w:pitch w:val="variable"/>{_signature(next(iter(faces.values()))) if faces else ""}</w:font>'
    )
    for number, (name, font) in enumerate(faces.items(), start=1):
        key = font_key(font)
        place = PackURI(f"/word/fonts/font{number}.{_ENDING}")
        part = Part(place, _CONTENT_TYPE, obfuscated(font, key), document.part.package)
        embedded = OxmlElement(name)
        embedded.set(qn("r:id"), table.relate_to(part, _FONT))
        embedded.set(qn("w:fontKey"), f"{{{str(key).upper()}}}")
        entry.append(embedded)
    root.append(entry)
    table._blob = serialize_part_xml(root)
    if faces:
        _say_that_fonts_are_inside(document)
        _close_lines(document)


def font_key(font: bytes) -> uuid.UUID:
    """The key that `font` is kept under; the same font always has the same."""
    return uuid.UUID(bytes=hashlib.sha256(font).digest()[:16])


def obfuscated(font: bytes, key: uuid.UUID) -> bytes:
    """`font` as Word keeps it, and the other way round: the first 32 bytes XOR the key's bytes, last byte first, twice.

    Key 001B70DC-AA60-4AD5-90EC-18A0948E1EAE masks with AE 1E 8E 94 A0 18 and so on to 00.
    Source: ECMA-376 Part 1, 17.8.1, Font Embedding.
    """
    mask = key.bytes[::-1] * 2
    return bytes(a ^ b for a, b in zip(font[:_KEYED_BYTES], mask, strict=True)) + font[_KEYED_BYTES:]


def typed_by_ending(types: bytes) -> bytes:
    """The package's `[Content_Types].xml` with the fonts' type given once, by their ending, as Word writes it."""
    root = parse_xml(types)
    fonts = [
        each
        for each in root
        if each.get("ContentType") == _CONTENT_TYPE and each.get("PartName", "").endswith(f".{_ENDING}")
    ]
    if not fonts:
        return types
    for each in fonts:
        root.remove(each)
    root.insert(0, root.makeelement(f"{{{NAMESPACE.OPC_CONTENT_TYPES}}}Default", _TYPED_BY_ENDING))
    return serialize_part_xml(root)


def _faces(folder: Path) -> dict[str, bytes]:
    """Element -> font, or none at all when one of them may not be embedded: half a typeface would look worse."""
    try:
        faces = {name: (folder / file).read_bytes() for name, file in _FACES.items()}
    except FileNotFoundError as error:
        raise FontsMissingError("Fonts are missing. Run make setup.") from error
    return faces if all(_may_be_installed(font) for font in faces.values()) else {}


def _os2(font: bytes) -> int:
    """Where the font's OS/2 table begins (OpenType 1.9, "OS/2")."""
    count = struct.unpack_from(">H", font, 4)[0]
    directory = {font[12 + 16 * n : 16 + 16 * n]: struct.unpack_from(">I", font, 20 + 16 * n)[0] for n in range(count)}
    return int(directory[b"OS/2"])


def _may_be_installed(font: bytes) -> bool:
    return bool(struct.unpack_from(">H", font, _os2(font) + 8)[0] == 0)


def _signature(font: bytes) -> str:
    """Which scripts and code pages the font covers, in its own bits, so that Word does not look elsewhere for them."""
    at = _os2(font)
    unicode, pages = struct.unpack_from(">4I", font, at + 42), struct.unpack_from(">2I", font, at + 78)
    bits = [f'w:usb{n}="{value:08X}"' for n, value in enumerate(unicode)]
    bits += [f'w:csb{n}="{value:08X}"' for n, value in enumerate(pages)]
    return f"<w:sig {' '.join(bits)}/>"


def _say_that_fonts_are_inside(document: WordDocument) -> None:
    """Have Word keep the fonts when the file is saved again, and then only the letters that are used."""
    settings = document.settings.element
    zoom = settings.find(qn("w:zoom"))
    at = 0 if zoom is None else settings.index(zoom) + 1
    for name in ("w:saveSubsetFonts", "w:embedTrueTypeFonts"):
        settings.insert(at, OxmlElement(name))


def _close_lines(document: WordDocument) -> None:
    """Set the lines of our styles nearly as close as the PDF's.

    Running text keeps a whole line: below it, a picture that somebody puts into a paragraph would lose its top.
    """
    for style in document.styles:
        spacing = style.element.find(f"{qn('w:pPr')}/{qn('w:spacing')}")
        if style.name in STYLES and spacing is not None and spacing.get(qn("w:lineRule")) == "auto":
            line = int(spacing.get(qn("w:line")))
            least = _SINGLE if line > _SINGLE else _CLOSEST
            spacing.set(qn("w:line"), str(max(round(line * _CLOSER), least)))
