"""A document as HTML: a page that stands alone, or only its blocks for a page of the site.

Every text is escaped. Nothing runs and nothing is fetched: no script, no inline style, no address but the links.
"""

from __future__ import annotations

from html import escape
from importlib import resources

from throughline.documents import furniture
from throughline.documents.model import (
    Block,
    Bullets,
    Cell,
    Document,
    Figure,
    Heading,
    KeyFacts,
    Link,
    Notice,
    PageBreak,
    Paragraph,
    Quotation,
    Signatures,
    Strong,
    Style,
    Table,
    Text,
    Thread,
    Tone,
    runs,
)

_POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
_NUMERIC = ' class="doc-numeric"'


def report_css() -> str:
    """The stylesheet of documents, `layouts/report.css`; everything in it stands under the class `doc`."""
    return resources.files("throughline.documents.layouts").joinpath("report.css").read_text(encoding="utf-8")


def render(document: Document, *, stylesheet: str | None = None) -> str:
    """A complete page, readable offline. `stylesheet` takes the place of the document's own.

    Raises ValueError for a stylesheet that would end its element.
    """
    css = report_css() if stylesheet is None else stylesheet
    if "</" in css:
        raise ValueError("The stylesheet holds '</', which would end it: take it out.")
    marking = f'<p class="doc-marking">{escape(document.marking)}</p>' if document.marking else ""
    subtitle = f'<p class="doc-subtitle">{escape(document.subtitle)}</p>' if document.subtitle else ""
    note = f"<p>{escape(document.footer_note)}</p>" if document.footer_note else ""
    properties = {
        "author": document.author,
        "description": document.subject,
        "keywords": ", ".join(document.keywords),
        "date": document.prepared_on.isoformat(),
    }
    metas = "".join(f'<meta name="{name}" content="{escape(text)}">\n' for name, text in properties.items() if text)
    return (
        f'<!DOCTYPE html>\n<html lang="{escape(document.language)}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{escape(_POLICY)}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(document.title)} – {escape(document.organisation)}</title>\n{metas}"
        f"<style>\n{css}</style>\n</head>\n"
        f'<body class="doc-page">\n<header class="doc doc-head">{marking}</header>\n<main class="doc">\n'
        f'<p class="doc-eyebrow">{escape(furniture.eyebrow(document))}</p>\n'
        f"<h1>{escape(document.title)}</h1>\n{subtitle}\n{_facts(_front(document), 'doc-facts doc-front')}\n"
        f"{_contents(document)}{_blocks(document, heading_level=2)}\n</main>\n"
        f'<footer class="doc doc-foot"><p>{escape(furniture.footer_line(document))}</p>{note}{marking}</footer>\n'
        "</body>\n</html>\n"
    )


def fragment(document: Document, *, heading_level: int = 2) -> str:
    """The blocks alone, inside `<div class="doc">`, for a page that has its own title, marking and stylesheet link.

    `heading_level` is the HTML level of the document's first level of headings: 2 under a page's own h1.
    """
    if heading_level not in (2, 3, 4):
        raise ValueError(f"The first heading of a fragment has level 2, 3 or 4, not {heading_level}.")
    return f'<div class="doc" lang="{escape(document.language)}">\n{_blocks(document, heading_level)}\n</div>'


def chapters(document: Document) -> list[tuple[str, str]]:
    """The first level of headings of a fragment: the id of each and its text, for a page's own contents."""
    headings = [block for block in document.blocks if isinstance(block, Heading)]
    return [(_anchor(n), block.text) for n, block in enumerate(headings, start=1) if block.level == 1]


def _blocks(document: Document, heading_level: int) -> str:
    out: list[str] = []
    heading = 0
    for block, number in furniture.numbered_blocks(document):
        if isinstance(block, Heading):
            heading += 1
            level = block.level + heading_level - 1
            out.append(f'<h{level} id="{_anchor(heading)}">{escape(block.text)}</h{level}>')
        else:
            out.append(_block(block, number))
    return "\n".join(out)


def _anchor(heading: int) -> str:
    return f"doc-heading-{heading}"


def _contents(document: Document) -> str:
    headings = [block for block in document.blocks if isinstance(block, Heading)]
    if not document.contents or not headings:
        return ""
    entries = "".join(
        f'<li class="doc-level-{block.level}"><a href="#{_anchor(n)}">{escape(block.text)}</a></li>'
        for n, block in enumerate(headings, start=1)
        if block.level <= 2
    )
    return (
        '<nav class="doc-contents" aria-labelledby="doc-contents"><h2 id="doc-contents">Contents</h2>'
        f"<ul>{entries}</ul></nav>\n"
    )


def _words(text: Text) -> str:
    out = []
    for run in runs(text):
        words = escape(run if isinstance(run, str) else run.text).replace("\n", "<br>")
        if isinstance(run, Strong):
            words = f"<strong>{words}</strong>"
        elif isinstance(run, Link):
            words = f'<a href="{escape(run.address)}" rel="noreferrer">{words}</a>'
        out.append(words)
    return "".join(out)


def _block(block: Block, number: int) -> str:
    match block:
        case Paragraph(text, numbered, style):
            if numbered:
                return f'<p class="doc-numbered"><span class="doc-number">{number}.</span> {_words(text)}</p>'
            kind = "" if style is Style.BODY else f' class="doc-{style.value}"'
            return f"<p{kind}>{_words(text)}</p>"
        case Bullets(items, ordered, lettered):
            name = "ol" if ordered or lettered else "ul"
            kind = ' class="doc-lettered" type="a"' if lettered else ""
            return f"<{name}{kind}>" + "".join(f"<li>{_words(item)}</li>" for item in items) + f"</{name}>"
        case KeyFacts(rows):
            return _facts(rows, "doc-facts")
        case Table():
            return _table(block, number)
        case Quotation(text, source):
            said = f'<p class="doc-source">{escape(source)}</p>' if source else ""
            return f'<blockquote class="doc-quotation"><p>{_words(text)}</p>{said}</blockquote>'
        case Figure():
            return _figure(block, number)
        case Thread():
            return _thread(block)
        case Signatures(rows):
            return _signatures(rows)
        case Notice(text):
            return f'<p class="doc-notice">{_words(text)}</p>'
        case PageBreak():
            return '<div class="doc-break"></div>'
        case _:
            raise TypeError(f"{type(block).__name__} is printed by its caller.")


def _front(document: Document) -> list[tuple[str, Text]]:
    return [(label, text) for label, text in furniture.front_facts(document)]


def _facts(rows: list[tuple[str, Text]] | tuple[tuple[str, Text], ...], kind: str) -> str:
    pairs = "".join(f"<div><dt>{escape(label)}</dt><dd>{_words(text)}</dd></div>" for label, text in rows)
    return f'<dl class="{kind}">{pairs}</dl>'


def _table(table: Table, number: int) -> str:
    label = f"doc-table-{number}"
    total = sum(column.width_share for column in table.columns)
    # Widths as classes in steps of five per cent: a strict policy allows no inline style.
    columns = "".join(
        f'<col class="doc-w-{max(5, min(95, 5 * round(20 * column.width_share / total)))}">' for column in table.columns
    )
    head = "".join(
        f'<th scope="col"{_NUMERIC if column.numeric else ""}>{escape(column.label)}</th>' for column in table.columns
    )
    body = "".join(
        "<tr>" + "".join(_cell(table, column, cell) for column, cell in enumerate(row)) + "</tr>" for row in table.cells
    )
    note = f'<p class="doc-table-note">{_words(table.note)}</p>' if table.note else ""
    return (
        f'<div class="doc-table" role="region" aria-labelledby="{label}" tabindex="0"><table>'
        f'<caption id="{label}"><span class="doc-caption-label">{furniture.caption("Table", number)}</span> '
        f"{escape(table.caption)}</caption><colgroup>{columns}</colgroup>"
        f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>{note}"
    )


def _cell(table: Table, column: int, cell: Cell) -> str:
    classes = []
    if table.columns[column].numeric:
        classes.append("doc-numeric")
    if cell.tone is not Tone.NONE:
        classes.append(f"doc-tone-{cell.tone.value}")
    words = _words(cell.text)
    if cell.bold:
        words = f"<strong>{words}</strong>"
    if cell.glyph:
        words = f'<span class="doc-glyph" aria-hidden="true">{escape(cell.glyph)}</span> {words}'
    kind = f' class="{" ".join(classes)}"' if classes else ""
    if table.row_headings and column == 0:
        return f'<th scope="row"{kind}>{words}</th>'
    return f"<td{kind}>{words}</td>"


def _figure(figure: Figure, number: int) -> str:
    drawing = figure.svg.replace("<svg ", f'<svg role="img" aria-label="{escape(figure.description)}" ', 1)
    return (
        f'<figure class="doc-figure"><figcaption><span class="doc-caption-label">{furniture.caption("Figure", number)}'
        f"</span> {escape(figure.title)}</figcaption>{drawing}</figure>"
    )


def _thread(thread: Thread) -> str:
    steps = []
    for step in thread.steps:
        detail = f' <span class="doc-detail">{escape(step.detail)}</span>' if step.detail else ""
        words = f"<p>{_words(step.text)}</p>" if step.text else ""
        steps.append(f'<li><p class="doc-step"><strong>{escape(step.label)}</strong>{detail}</p>{words}</li>')
    return f'<ol class="doc-thread">{"".join(steps)}</ol>'


def _signatures(rows: tuple[tuple[str, str, str], ...]) -> str:
    body = "".join(
        f'<tr><th scope="row">{escape(role)}</th><td>{escape(name)}</td><td></td><td>{escape(on)}</td></tr>'
        for role, name, on in rows
    )
    return (
        '<div class="doc-table" role="region" aria-label="Signatures" tabindex="0"><table class="doc-signatures">'
        '<thead><tr><th scope="col">Role</th><th scope="col">Name</th><th scope="col">Signature</th>'
        f'<th scope="col">Date</th></tr></thead><tbody>{body}</tbody></table></div>'
    )
