"""The Word file that a document is written into: a blank one, or the council's own template."""

from __future__ import annotations

import io
import zipfile
import zlib

import docx
from docx.document import Document as WordDocument
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from throughline.documents.archives import write_without_clock

_MOST_BYTES = 64 * 1024 * 1024
_MOST_MEMBERS = 2_000
_ATTACHED = "/attachedTemplate"
_TYPES = "[Content_Types].xml"
_TEMPLATE_TYPE = b"wordprocessingml.template.main+xml"
_DOCUMENT_TYPE = b"wordprocessingml.document.main+xml"


class TemplateError(Exception):
    """The Word template cannot be used; the message is one sentence that says what to do."""


def open_template(template: bytes | None) -> WordDocument:
    """An empty Word document with the template's styles, page, header and footer; without one, a blank document.

    Takes .docx and .dotx. Raises TemplateError for anything else.
    """
    document = docx.Document() if template is None else _read(_as_document(template))
    _empty(document)
    _modernise(document)
    return document


def _as_document(template: bytes) -> io.BytesIO:
    """The template as a .docx that is safe to open: of a bearable size, without macros."""
    try:
        with zipfile.ZipFile(io.BytesIO(template)) as archive:
            members = archive.infolist()
            if len(members) > _MOST_MEMBERS or sum(member.file_size for member in members) > _MOST_BYTES:
                raise TemplateError("The Word template is too large: remove its pictures and save it again.")
            types = archive.read(_TYPES)
            if b"macroEnabled" in types or any("vbaproject" in member.filename.lower() for member in members):
                raise TemplateError("The Word template holds macros: save it as a Word document (.docx) and try again.")
            out = io.BytesIO()
            write_without_clock(io.BytesIO(template), out, {_TYPES: types.replace(_TEMPLATE_TYPE, _DOCUMENT_TYPE)})
    except (zipfile.BadZipFile, KeyError, NotImplementedError, RuntimeError, EOFError, zlib.error) as error:
        raise TemplateError("The template is not a Word document (.docx or .dotx): choose another file.") from error
    out.seek(0)
    return out


def _read(file: io.BytesIO) -> WordDocument:
    try:
        document = docx.Document(file)
        _ = document.styles, document.settings, document.sections[0].header, document.element.body
    except Exception as error:  # a broken file makes the reader raise almost anything
        raise TemplateError(
            "The Word template cannot be read: open it in Word, save it as .docx and try again."
        ) from error
    return document


def _empty(document: WordDocument) -> None:
    """Take out the body's content; its last section keeps page, header and footer."""
    body = document.element.body
    for child in list(body):
        if child.tag != qn("w:sectPr"):
            body.remove(child)


def _modernise(document: WordDocument) -> None:
    """No stray thumbnail, no template fetched from elsewhere, and no "compatibility mode"."""
    package = document.part.package
    for key, relation in list(package.rels.items()):
        if relation.reltype == RELATIONSHIP_TYPE.THUMBNAIL:
            del package.rels[key]
    settings = document.settings.element
    for attached in settings.findall(qn("w:attachedTemplate")):
        settings.remove(attached)
    for relation in document.part.rels.values():
        if relation.reltype == RELATIONSHIP_TYPE.SETTINGS:
            links = relation.target_part.rels
            for key in [key for key, link in links.items() if link.reltype.endswith(_ATTACHED)]:
                del links[key]
    compat = settings.find(qn("w:compat"))
    if compat is None:
        compat = OxmlElement("w:compat")
        successors = ("w:docVars", "w:rsids", "m:mathPr", "w:themeFontLang", "w:clrSchemeMapping", "w:decimalSymbol")
        after = next((found for name in successors if (found := settings.find(qn(name))) is not None), None)
        if after is None:
            settings.append(compat)
        else:
            after.addprevious(compat)
    modes = [item for item in compat if item.get(qn("w:name")) == "compatibilityMode"]
    for mode in modes:
        mode.set(qn("w:val"), "15")
    if not modes:
        mode = OxmlElement("w:compatSetting")
        mode.set(qn("w:name"), "compatibilityMode")
        mode.set(qn("w:uri"), "http://schemas.microsoft.com/office/word")
        mode.set(qn("w:val"), "15")
        compat.append(mode)
