"""Hostile files with the verdict that each must get, and beside them the valid files that must pass."""

import zipfile
from collections.abc import Callable
from dataclasses import dataclass

from tests.hostile import builders as b
from throughline.files.verdict import Kind

MEGABYTE = 1024 * 1024
DOCTYPE = '<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
LAUGHS = '<!DOCTYPE r [<!ENTITY a "ha">' + "".join(
    f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(9)
) + "]>"  # fmt: skip
EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR" + b"-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
WORD_MAIN = "wordprocessingml.document.main+xml"
WORD_LINKS = "word/_rels/document.xml.rels"
EXCEL_MAIN = "spreadsheetml.sheet.main+xml"


@dataclass(frozen=True)
class Hostile:
    """A file that must be refused, and words that the sentence must hold. `name` is the file's own."""

    title: str
    name: str
    build: Callable[[], bytes]
    because: str


@dataclass(frozen=True)
class Valid:
    """A file that must pass, its kind, and words that one of its warnings must hold (empty: no warnings at all)."""

    title: str
    name: str
    build: Callable[[], bytes]
    kind: Kind
    warned: str = ""


def _declared(content: bytes, name: str, doctype: str) -> bytes:
    text = b.part(content, name).decode()
    head, mark, rest = text.rpartition("?>")
    return b.rezipped(content, put={name: f"{head}{mark}{doctype}{rest}".encode()})


def _member(name: str, *, mode: int = 0o100600, data: bytes = b"x") -> bytes:
    info = zipfile.ZipInfo(name)
    info.filename = name  # the constructor would tidy it
    info.external_attr = mode << 16
    return b.with_member(b.word(), info, data)


def _recoded(encoding: str, doctype: str = "") -> bytes:
    content = b.word()
    rest = b.part(content, b.DOCUMENT).decode().partition("?>")[2]
    text = f'<?xml version="1.0" encoding="{encoding}"?>{doctype}{rest}'
    return b.rezipped(content, put={b.DOCUMENT: text.encode(encoding)})


def _nested(depth: int) -> bytes:
    inner = b.word()
    for _ in range(depth):
        inner = b.rezipped(b.word(), put={"word/embeddings/inner.docx": inner}, packed=False)
    return inner


def _deep() -> bytes:
    return b.edited(b.word("here"), b.DOCUMENT, "<w:t>here</w:t>", "<w:x>" * 5_000 + "</w:x>" * 5_000)


def _truncated(content: bytes) -> bytes:
    return content[: len(content) * 2 // 3]


def _bomb(megabytes: int) -> bytes:
    return b.rezipped(b.word(), put={"word/media/image1.bin": bytes(megabytes * MEGABYTE)})


def _lying() -> bytes:
    name = "word/media/image1.bin"
    content = b.rezipped(b.word(), put={name: bytes(8 * MEGABYTE)})
    return b.patched_directory(content, name, 24, (100).to_bytes(4, "little"))


def _relationship(content: bytes, part: str, kind: str, target: str) -> bytes:
    added = (
        f'<Relationship Id="rIdX" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}" '
        f'Target="{target}" TargetMode="External"/></Relationships>'
    )
    return b.edited(content, part, "</Relationships>", added)


def _field() -> bytes:
    run = '<w:r><w:instrText xml:space="preserve"> DDEAUTO c:\\\\windows\\\\cmd.exe "/k calc" </w:instrText></w:r>'
    return b.edited(b.word("here"), b.DOCUMENT, "<w:r><w:t>here</w:t></w:r>", run)


def _tracked() -> bytes:
    mark = 'w:id="1" w:author="A" w:date="2018-08-24T09:00:00Z"'
    run = f"<w:ins {mark}><w:r><w:t>new</w:t></w:r></w:ins><w:del {mark}><w:r><w:delText>old</w:delText></w:r></w:del>"
    return b.edited(b.word("here"), b.DOCUMENT, "<w:r><w:t>here</w:t></w:r>", run)


def _hidden_sheet() -> bytes:
    workbook = b.excel()
    return b.edited(workbook, "xl/workbook.xml", 'state="visible"', 'state="hidden"')


HOSTILE: tuple[Hostile, ...] = (
    Hostile("nothing", "empty.pdf", lambda: b"", "is empty"),
    Hostile("text of blanks only", "blank.txt", lambda: b" \r\n\t ", "is empty"),
    Hostile("larger than the limit", "large.csv", lambda: b"a,b\n" * (7 * MEGABYTE), "25 MB"),
    Hostile("a zip bomb of one member", "bomb.docx", lambda: _bomb(150), "unpacks to more"),
    Hostile("a member that hides its size", "lying.docx", _lying, "larger than it says"),
    Hostile("archives in archives", "nested.docx", lambda: _nested(2), "archives within archives"),
    Hostile("members over each other", "overlap.docx", b.overlapping_bomb, "lie over each other"),
    Hostile(
        "very many members", "many.docx",
        lambda: b.rezipped(b.word(), put={f"word/m/{n}": b"" for n in range(2_500)}), "more than 2,000 parts",
    ),
    Hostile("a way out by dots", "slip.docx", lambda: _member("../../etc/cron.d/x"), "unsafe name"),
    Hostile("an absolute path", "root.docx", lambda: _member("/etc/passwd"), "unsafe name"),
    Hostile("a drive letter", "drive.docx", lambda: _member("C:/x.xml"), "unsafe name"),
    Hostile("backslashes", "back.xlsx", lambda: _member("..\\..\\x.xml"), "unsafe name"),
    Hostile("a symbolic link", "link.docx", lambda: _member("word/l", mode=0o120777, data=b"/etc/passwd"), "a link"),
    Hostile("one name twice", "twice.docx", lambda: _member(b.DOCUMENT), "one name"),
    Hostile("one name twice but for case", "case.docx", lambda: _member("word/Document.XML"), "one name"),
    Hostile(
        "an encrypted member", "locked.docx",
        lambda: b.patched_directory(b.word(), b.DOCUMENT, 8, b"\x01\x00"), "password",
    ),
    Hostile(
        "two readings of one member", "differ.docx",
        lambda: b.word().replace(b.DOCUMENT.encode(), b"word/Xocument.xml", 1), "two different ways",
    ),
    Hostile("something before the archive", "sfx.docx", lambda: b"PK\x03\x04" + b.word(), "in front of it or behind"),
    Hostile("something behind the archive", "tail.docx", lambda: b.word() + b"<script>", "in front of it or behind"),
    Hostile("a cut-off archive", "cut.xlsx", lambda: _truncated(b.excel()), "damaged"),
    Hostile("a flipped bit", "bit.docx", lambda: _flipped(b.word()), "damaged"),
    Hostile("an outside entity", "xxe.docx", lambda: _declared(b.word(), b.DOCUMENT, DOCTYPE), "document type"),
    Hostile("an outside entity in the properties", "xxe2.docx",
            lambda: _declared(b.word(), "docProps/core.xml", DOCTYPE), "document type"),
    Hostile("a billion laughs in Word", "lol.docx", lambda: _declared(b.word(), b.DOCUMENT, LAUGHS), "document type"),
    Hostile("a billion laughs in Excel", "lol.xlsx", lambda: _declared(b.excel(), b.SHEET, LAUGHS), "document type"),
    Hostile("an outside entity in UTF-16", "x16.docx", lambda: _recoded("utf-16", DOCTYPE), "document type"),
    Hostile("deep nesting", "deep.docx", _deep, "nested more deeply"),
    Hostile("an encoding of old", "w1252.docx", lambda: _recoded("windows-1252"), "unusual encoding"),
    Hostile("an encoding that hides markup", "utf7.docx", lambda: _recoded("utf-7"), "unusual encoding"),
    Hostile("no main part", "hollow.docx", lambda: b.rezipped(b.word(), drop=(b.DOCUMENT,)), "lacks parts"),
    Hostile("no content types", "bare.docx",
            lambda: b.rezipped(b.word(), drop=("[Content_Types].xml",)), "zip archive"),
    Hostile("a damaged part", "broken.docx",
            lambda: b.edited(b.word("here"), b.DOCUMENT, "</w:t>", ""), "damaged part"),
    Hostile("macros in Word", "macro.docm", lambda: _macro(b.word(), WORD_MAIN, "word"), "macros"),
    Hostile("macros in Excel", "macro.xlsm", lambda: _macro(b.excel(), EXCEL_MAIN, "excel"), "macros"),
    Hostile("macros under a harmless ending", "macro.docx", lambda: _macro(b.word(), WORD_MAIN, "word"), "macros"),
    Hostile("a macro store alone", "vba.docx",
            lambda: b.rezipped(b.word(), put={"word/vbaProject.bin": b"x"}), "macros"),
    Hostile("an old Word file", "old.doc", lambda: _ole("WordDocument"), "old Office format"),
    Hostile("an old Word file renamed", "old.docx", lambda: _ole("WordDocument"), "old Office format"),
    Hostile("Office with a password", "secret.docx", lambda: _ole("EncryptedPackage"), "password"),
    Hostile("an OpenDocument file", "plan.odt", lambda: _open_document(), "OpenDocument"),
    Hostile("a plain archive", "all.zip", lambda: b.rezipped(b.word(), drop=("[Content_Types].xml",)), "zip archive"),
    Hostile("Excel called Word", "plan.docx", b.excel, "an Excel workbook"),
    Hostile("PDF called Word", "letter.docx", b.pdf, "a PDF"),
    Hostile("text called PDF", "letter.pdf", lambda: b"Dear colleagues", "plain text"),
    Hostile("a picture called PDF", "scan.pdf", b.png, "a PNG picture"),
    Hostile("a program", "setup.exe", lambda: b"MZ" + bytes(500), "a program"),
    Hostile("a program called PDF", "letter.pdf", lambda: b"\x7fELF" + bytes(500), "a program"),
    Hostile("a program behind a turned name", "letter\u202efdp.exe", b.pdf, "ends in .exe"),
    Hostile("no ending", "letter", b.pdf, "no ending"),
    Hostile("a PDF with a password", "locked.pdf", lambda: b.pdf(password="secret"), "password"),
    Hostile("a cut-off PDF", "cut.pdf", lambda: _truncated(b.pdf(*["words " * 50] * 20)), "cut short"),
    Hostile("a PDF that is no PDF", "noise.pdf", lambda: b"%PDF-1.7\nstartxref\n0\n%%EOF\n", "damaged"),
    Hostile("a PDF of loops", "loop.pdf", b.looping_pdf, "cut short"),
    Hostile("a PDF of 5,000 pages", "long.pdf", lambda: b.pdf(*[""] * 5_000), "5,000 pages"),
    Hostile("a web page before a PDF", "both.pdf",
            lambda: b"<html><script>1</script>" + b.pdf(), "in front of the PDF"),
    Hostile("a web page behind a PDF", "both.pdf", lambda: b.pdf() + b"<script>alert(1)</script>", "behind the PDF"),
    Hostile("an archive behind a PDF", "both.pdf", lambda: b.pdf() + b.word(), "zip archive"),
    Hostile("a PDF that begins too late", "late.pdf", lambda: b" " * 1_100 + b.pdf(), "kind"),
    Hostile("a flood of pixels in PNG", "flood.png", lambda: b.png(100_000, 100_000), "too many pixels"),
    Hostile("a flood of pixels in JPEG", "flood.jpg", lambda: b.jpeg(width=60_000), "too many pixels"),
    Hostile("a cut-off PNG", "cut.png", lambda: b.png()[:-20], "damaged picture"),
    Hostile("an archive behind a PNG", "both.png", lambda: b.png() + b.word(), "behind the picture"),
    Hostile("an archive behind a JPEG", "both.jpg", lambda: b.jpeg() + b.word(), "zip archive"),
    Hostile("a JPEG without a picture", "none.jpg", lambda: b"\xff\xd8\xff\xe0\x00\x02\xff\xd9", "damaged picture"),
    Hostile("a web page", "page.html", lambda: b"<!doctype html><script>alert(1)</script>", "web page"),
    Hostile("a web page called text", "page.txt", lambda: b"\xef\xbb\xbf <html><body onload=x()>", "web page"),
    Hostile("a drawing with script", "d.svg",
            lambda: b'<svg xmlns="http://www.w3.org/2000/svg" onload="x()"/>', "markup"),
    Hostile("Rich Text", "letter.rtf", lambda: b"{\\rtf1\\ansi hello}", "Rich Text"),
    Hostile("NUL bytes in CSV", "nul.csv", lambda: b"a,b\n1,\x002\n", "cannot be read"),
    Hostile("UTF-32", "wide.csv", lambda: "a,b\n".encode("utf-32"), "unusual encoding"),
    Hostile("noise", "noise.txt", lambda: bytes(range(256)) * 20, "cannot be read"),
    Hostile("the virus test file", "eicar.txt", lambda: EICAR, "virus scanners"),
    Hostile("the virus test file called CSV", "eicar.csv", lambda: EICAR + b"\r\n", "virus scanners"),
)  # fmt: skip


def _flipped(content: bytes) -> bytes:
    at = content.index(b.DOCUMENT.encode()) + len(b.DOCUMENT) + 40
    return content[:at] + bytes([content[at] ^ 0x10]) + content[at + 1 :]


def _macro(content: bytes, main: str, program: str) -> bytes:
    enabled = {
        "word": "vnd.ms-word.document.macroEnabled.main+xml",
        "excel": "vnd.ms-excel.sheet.macroEnabled.main+xml",
    }
    return b.edited(
        content, "[Content_Types].xml",
        f"application/vnd.openxmlformats-officedocument.{main}", f"application/{enabled[program]}",
    )  # fmt: skip


def _ole(stream: str) -> bytes:
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(1_000) + stream.encode("utf-16-le") + bytes(1_000)


def _open_document() -> bytes:
    put = {"mimetype": b"application/vnd.oasis.opendocument.text", "content.xml": b"<x/>"}
    return b.rezipped(b.rezipped(b.word(), drop=("[Content_Types].xml",)), put=put)


VALID: tuple[Valid, ...] = (
    Valid("a letter in Word", "letter.docx", b.word, Kind.DOCX),
    Valid("a workbook", "return.xlsx", b.excel, Kind.XLSX),
    Valid("a PDF", "letter.pdf", b.pdf, Kind.PDF),
    Valid("a PDF after a printer's header", "print.pdf", lambda: b"\r\n\x00" + b.pdf(), Kind.PDF),
    Valid("a scan", "scan.pdf", lambda: b.pdf("", ""), Kind.PDF),
    Valid("a PNG", "board.png", b.png, Kind.PNG),
    Valid("a JPEG", "board.JPG", b.jpeg, Kind.JPEG),
    Valid("text", "notes.txt", lambda: "Café – notes\n".encode(), Kind.TEXT),
    Valid("CSV with its mark", "data.csv", lambda: "\ufeffa,b\n1,2\n".encode(), Kind.CSV),
    Valid("CSV in UTF-16", "data.csv", lambda: "a,b\n1,2\n".encode("utf-16"), Kind.CSV),
    Valid("text in an old encoding", "old.txt", lambda: "Café".encode("cp1252"), Kind.TEXT, "UTF-8"),
    Valid("a very long paragraph", "long.docx", lambda: b.word("multi-agency " * 8_000), Kind.DOCX),
    Valid("well packed but honest", "rows.xlsx", lambda: b.excel(*[("On track", 1)] * 20_000), Kind.XLSX),
    Valid("a document in UTF-16", "utf16.docx", lambda: _recoded("utf-16"), Kind.DOCX),
    Valid("a workbook inside a document", "chart.docx", lambda: _nested(1), Kind.DOCX, "embedded objects"),
    Valid("a hyperlink", "link.docx",
          lambda: _relationship(b.word(), WORD_LINKS, "hyperlink", "https://example.org"), Kind.DOCX),
    Valid("a picture from outside", "pic.docx",
          lambda: _relationship(b.word(), WORD_LINKS, "image", "http://example.org/x.png"),
          Kind.DOCX, "outside the file"),
    Valid("a template from a server", "tpl.docx",
          lambda: _relationship(b.word(), "_rels/.rels", "attachedTemplate", "\\\\server\\x.dotm"),
          Kind.DOCX, "outside the file"),
    Valid("a field that starts a program", "dde.docx", _field, Kind.DOCX, "fields that fetch"),
    Valid("tracked changes", "tracked.docx", _tracked, Kind.DOCX, "tracked changes"),
    Valid("a hidden sheet", "hidden.xlsx", _hidden_sheet, Kind.XLSX, "hidden sheets"),
    Valid("a PDF with a file in it", "att.pdf", lambda: b.pdf("x", attach=b"hello"), Kind.PDF, "attached files"),
    Valid("a PDF with a script", "js.pdf", lambda: b.pdf("x", script="app.alert(1)"), Kind.PDF, "scripts"),
    Valid("a photograph with its place", "gps.jpg", lambda: b.jpeg(place=True), Kind.JPEG, "place where"),
    Valid("text that turns itself round", "bidi.txt", "abc \u202e def".encode, Kind.TEXT, "invisible characters"),
    Valid("markup within text", "quote.txt", lambda: b"They wrote <script>alert(1)</script>", Kind.TEXT),
)  # fmt: skip
