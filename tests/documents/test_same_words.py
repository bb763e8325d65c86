"""The three formats print one document: a sentence of one is in the others."""

import io
import re

import docx
import pypdfium2

from tests.documents.specimen import document
from tests.documents.test_html import Page
from throughline.documents import fonts, html, pdf, word
from throughline.documents.model import (
    Bullets,
    Figure,
    Heading,
    KeyFacts,
    Notice,
    Paragraph,
    Quotation,
    Signatures,
    Table,
    Thread,
    plain,
)


def squeezed(text: str) -> str:
    return re.sub(r"[\s\u200b\ufffe\xad]+", "", text)


def sentences() -> list[str]:
    """Every text of the specimen's blocks."""
    found: list[str] = []
    for block in document().blocks:
        match block:
            case Heading(_, text) | Paragraph(text) | Notice(text):
                found.append(plain(text))
            case Bullets(items):
                found.extend(map(plain, items))
            case KeyFacts(rows):
                found.extend(plain(text) for row in rows for text in row)
            case Quotation(text, source):
                found += [text, source]
            case Table():
                found += [block.caption, *(column.label for column in block.columns)]
                found += [plain(cell.text) for row in block.cells for cell in row]
                found.append(block.note)
            case Thread(steps):
                found += [words for step in steps for words in (step.label, plain(step.text), step.detail)]
            case Signatures(rows):
                found += [words for row in rows for words in row]
            case Figure():
                found.append(block.title)
    return [text for text in found if text]


def test_every_text_of_a_document_is_in_all_three_formats():
    with pypdfium2.PdfDocument(pdf.render(document(), font_dir=fonts.font_dir())) as opened:
        as_pdf = squeezed("".join(page.get_textpage().get_text_bounded() for page in opened))
    opened_word = docx.Document(io.BytesIO(word.render(document())))
    as_word = squeezed("".join(node.text or "" for node in opened_word.element.body.iter() if node.tag.endswith("}t")))
    as_html = squeezed("".join(words for _, words in Page(html.render(document())).all("main")))
    texts = sentences()
    assert len(texts) > 200
    for name, whole in (("PDF", as_pdf), ("Word", as_word), ("HTML", as_html)):
        missing = [text for text in texts if squeezed(text) not in whole]
        assert not missing, (name, missing[:3])


def test_front_facts_and_foot_are_worded_alike_everywhere():
    foot = "NSCP/EG/2019/02 · as at 30 January 2019 · prepared 1 February 2019"
    with pypdfium2.PdfDocument(pdf.render(document(), font_dir=fonts.font_dir())) as opened:
        assert foot in opened[0].get_textpage().get_text_bounded()
    opened_word = docx.Document(io.BytesIO(word.render(document())))
    assert any(foot in paragraph.text for paragraph in opened_word.sections[0].footer.paragraphs)
    assert foot in html.render(document())
    bare = document(reference="", as_of=None)
    assert "Prepared 1 February 2019" in html.render(bare)
    assert "Register as at" not in html.render(bare)
