"""PDF files: where they begin and end, whether they open, and what they carry besides pages."""

import re
from typing import BinaryIO

from throughline.files.archives import ends_as_archive
from throughline.files.verdict import SAVE_AGAIN, Fault, Limits

MARK = b"%PDF-"
_BEFORE = re.compile(rb"(\xef\xbb\xbf)?[\s\x00]*(\x1b%-12345X@PJL[^<]*)?\Z")
_MARKUP = re.compile(rb"<\s*(html|script|svg|\?php|!doctype)", re.IGNORECASE)
_DAMAGED = f"is damaged or was cut short: {SAVE_AGAIN}"
_TAIL = 70_000


def inspect_pdf(file: BinaryIO, size: int, limits: Limits) -> list[str]:
    """Check a PDF and give what to warn of. Raises Fault. Opens it with PDFium, so only in the reader's process."""
    file.seek(0)
    start = file.read(1024 + len(MARK)).split(MARK)[0]
    if not _BEFORE.match(start):
        raise Fault(f"has something added in front of the PDF: {SAVE_AGAIN}")
    file.seek(max(0, size - _TAIL))
    tail = file.read()
    if ends_as_archive(tail):
        raise Fault(f"is a PDF and a zip archive at once: {SAVE_AGAIN}")
    body, end, behind = tail.rpartition(b"%%EOF")
    if not end or len(behind) > 4096 or b"startxref" not in body:
        raise Fault(_DAMAGED)
    if _MARKUP.search(behind):
        raise Fault(f"has a web page added behind the PDF: {SAVE_AGAIN}")
    return _opened(file, limits)


def _opened(file: BinaryIO, limits: Limits) -> list[str]:
    import pypdfium2  # a tenth of a second: only readers of a PDF pay for it
    import pypdfium2.raw as pdfium

    file.seek(0)
    content = file.read()
    try:
        document = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        if getattr(error, "err_code", None) == pdfium.FPDF_ERR_PASSWORD or "assword" in str(error):
            raise Fault("is protected by a password: remove the password and upload it again") from None
        raise Fault(_DAMAGED) from None
    found = []
    pages = len(document)
    if not pages:
        raise Fault("has no pages: check that it is the right file and upload it again")
    if pages > limits.pdf_pages:
        raise Fault(f"has {pages:,} pages and the limit is {limits.pdf_pages:,}: upload the pages that are needed")
    try:
        for index in range(pages):
            document.get_page_size(index)
    except pypdfium2.PdfiumError:
        # The page tree promises pages that cannot be reached: a loop, or a piece cut out of the middle.
        raise Fault(_DAMAGED) from None
    if pdfium.FPDFDoc_GetAttachmentCount(document.raw):
        found.append("attached files")
    if pdfium.FPDFDoc_GetJavaScriptActionCount(document.raw) > 0 or re.search(rb"/(JavaScript|JS|Launch)\b", content):
        found.append("scripts")
    document.close()
    return found
