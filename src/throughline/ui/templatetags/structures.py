"""Components with parts: tables, lists, timelines, threads. Merged into `components`, so every template has them."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from django import template
from django.core.paginator import Page as PageOfRows
from django.template.context import RequestContext
from django.utils.html import format_html, format_html_join, strip_tags
from django.utils.safestring import SafeString, mark_safe

from throughline.methods import printed
from throughline.ui import glyphs, scales
from throughline.ui.parts import Cell, Grid, Happening, Row, Step

register = template.Library()

# How many letters a cell may have to be short, and from how many on it is long.
SHORT, LONG = 14, 50


def mark_tag(mark: scales.Mark, *, is_round: bool = False, words: str = "") -> SafeString:
    """A mark as a tag: words, shape and colour."""
    return format_html(
        '<strong class="tl-tag tl-tag--{}{}">{}{}</strong>',
        mark.tone, " tl-tag--round" if is_round else "", glyphs.glyph(mark.glyph), words or mark.words,
    )  # fmt: skip


def show(value: Any, *, long: bool = False) -> str:
    """A value as a page prints it: days, moments and numbers through the one formatter, nothing as an en dash.

    long: days with their whole month, where there is room.
    """
    if value is None or value == "":
        return mark_safe('<span aria-hidden="true">–</span><span class="govuk-visually-hidden">None</span>')
    if isinstance(value, Cell):
        return show_cell(value)
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, datetime):
        return printed.moment(value)
    if isinstance(value, date):
        return printed.day(value) if long else printed.short_day(value)
    return printed.number(value) if isinstance(value, int | float) else str(value)


def show_cell(cell: Cell) -> SafeString:
    """A cell with its tag, link and small print."""
    body: Any = mark_tag(cell.mark, is_round=cell.is_round, words=str(cell.text)) if cell.mark else cell.text
    body = body if cell.mark else show(body)
    if cell.url:
        about = format_html('<span class="govuk-visually-hidden"> {}</span>', cell.about) if cell.about else ""
        body = format_html('<a class="govuk-link" href="{}">{}{}</a>', cell.url, body, about)
    detail = format_html('<span class="tl-detail">{}</span>', cell.detail) if cell.detail else ""
    return format_html("{}{}", body, detail)


register.filter("show", show)


def cell_css(text: str, *, numeric: bool, narrow: bool) -> str:
    """The classes of a cell, by what it holds: few letters ask for no room, sentences for enough to be read in."""
    if numeric:
        return "govuk-table__cell--numeric"
    if narrow:
        return "tl-narrow"
    letters = len(strip_tags(text))
    return "tl-short" if letters <= SHORT else "tl-long" if letters >= LONG else ""


@register.inclusion_tag("ui/components/table.html")
def table(grid: Grid, css: str = "") -> dict[str, Any]:
    """A dense table from a `Grid`. At narrow widths it scrolls by itself, and keyboards reach it."""
    rows = [
        [
            (text := show(value), column, cell_css(text, numeric=column.numeric, narrow=column.narrow))
            for value, column in zip(row, grid.columns, strict=True)
        ]
        for row in grid.rows
    ]
    return {"grid": grid, "rows": rows, "css": css}


@register.simple_block_tag
def scroll(content: str, label: str) -> SafeString:
    """A region that scrolls sideways around a table written by hand, named for those who cannot see it."""
    return format_html('<div class="tl-scroll" role="region" aria-label="{}" tabindex="0">{}</div>', label, content)


@register.inclusion_tag("ui/components/summary_list.html")
def summary_list(rows: Iterable[Row | tuple[str, Any]], css: str = "") -> dict[str, Any]:
    """Facts in pairs, from `Row`s or (label, text) pairs."""
    found = [row if isinstance(row, Row) else Row(*row) for row in rows]
    shown = [(row, show(row.text, long=True)) for row in found]
    return {"rows": shown, "has_actions": any(row.url for row in found), "css": css}


@register.simple_block_tag
def summary(content: str, css: str = "") -> SafeString:
    """Facts in pairs whose texts are markup, each a `{% summary_row "Due" %}…{% endsummary_row %}`."""
    return format_html('<dl class="govuk-summary-list {}">{}</dl>', css, content)


@register.simple_block_tag
def summary_row(content: str, label: str, url: str = "", action: str = "Change") -> SafeString:
    """One pair of a `{% summary %}`, with a link to change it if `url` is given."""
    link = ""
    if url:
        link = format_html(
            '<dd class="govuk-summary-list__actions"><a class="govuk-link" href="{}">{}'
            '<span class="govuk-visually-hidden"> {}</span></a></dd>',
            url, action, label,
        )  # fmt: skip
    return format_html(
        '<div class="govuk-summary-list__row{}"><dt class="govuk-summary-list__key">{}</dt>'
        '<dd class="govuk-summary-list__value">{}</dd>{}</div>',
        "" if url else " govuk-summary-list__row--no-actions", label, content, link,
    )  # fmt: skip


@register.simple_tag
def breadcrumbs(*crumbs: str) -> SafeString:
    """Where the page stands: `{% breadcrumbs "Plan" plan_url "Actions" actions_url %}`, label and address in turn."""
    if len(crumbs) % 2:
        raise template.TemplateSyntaxError("breadcrumbs takes a label and an address for each page.")
    items = format_html_join(
        "",
        '<li class="govuk-breadcrumbs__list-item"><a class="govuk-breadcrumbs__link" href="{}">{}</a></li>',
        zip(crumbs[1::2], crumbs[::2], strict=True),
    )
    return format_html(
        '<nav class="govuk-breadcrumbs govuk-breadcrumbs--collapse-on-mobile" aria-label="Breadcrumb">'
        '<ol class="govuk-breadcrumbs__list">{}</ol></nav>',
        items,
    )


@register.inclusion_tag("ui/components/timeline.html")
def timeline(happenings: Sequence[Happening], level: int = 3) -> dict[str, Any]:
    """What happened, entry by entry. `level` is the heading level of each."""
    return {
        "entries": [
            (entry, printed.moment(entry.at) if isinstance(entry.at, datetime) else printed.day(entry.at))
            for entry in happenings
        ],
        "level": level,
    }


@register.inclusion_tag("ui/components/thread.html")
def thread(steps: Sequence[Step], label: str = "The line") -> dict[str, Any]:
    """The unbroken line: finding, action, update, downwards. A missing step is drawn as a gap and says what to do."""
    return {"steps": [(step, mark_tag(step.mark, is_round=step.is_round) if step.mark else "") for step in steps],
            "label": label}  # fmt: skip


@register.simple_tag
def heat_cell(scale: str, value: str, number: int | None = None, url: str = "", label: str = "") -> SafeString:
    """A table cell on a scale: shape, number and words together. `label` completes the words for screen readers."""
    found = scales.scale_of(scale)
    mark = found.mark(value)
    figure: Any = ""
    if number is not None:
        figure = format_html('<span class="tl-heat__number">{}</span> ', printed.number(number))
    more = format_html('<span class="govuk-visually-hidden">, {}</span>', label) if label else ""
    body = format_html(
        '{}<span>{}<span class="tl-heat__words">{}</span>{}</span>', glyphs.glyph(mark.glyph), figure, mark.words, more
    )
    if url:
        body = format_html('<a class="tl-heat__inner" href="{}">{}</a>', url, body)
    else:
        body = format_html('<div class="tl-heat__inner">{}</div>', body)
    return format_html('<td class="tl-heat tl-heat--{}">{}</td>', mark.tone, body)


@register.simple_tag
def scale_key(name: str) -> SafeString:
    """Every mark of a scale with its meaning: the key that stands beside a heat map or a list."""
    found = scales.scale_of(name)
    items = format_html_join(
        "",
        '<div class="tl-key__item"><dt>{}</dt><dd>{}</dd></div>',
        ((mark_tag(mark, is_round=found.is_round), mark.meaning) for mark in found.marks.values()),
    )
    return format_html('<dl class="tl-key">{}</dl>', items)


@register.simple_tag(takes_context=True)
def query(context: RequestContext, **changes: Any) -> str:
    """This page's address with some of its parameters changed; an empty value takes one away."""
    request = context.get("request")
    found = request.GET.copy() if request is not None else None
    if found is None:
        return "?"
    for name, value in changes.items():
        if value in {None, ""}:
            found.pop(name, None)
        else:
            found[name] = str(value)
    return f"?{found.urlencode()}"


@register.inclusion_tag("ui/components/pagination.html", takes_context=True)
def pagination(context: RequestContext, page_of_rows: PageOfRows, label: str = "Pages") -> dict[str, Any]:
    """The pages of a list, keeping its filters. Nothing when there is one page."""
    pages = [
        {"number": number, "url": query(context, page=number), "current": number == page_of_rows.number}
        if isinstance(number, int)
        else {}
        for number in page_of_rows.paginator.get_elided_page_range(page_of_rows.number, on_each_side=1, on_ends=1)
    ]
    return {
        "label": label,
        "pages": pages if page_of_rows.paginator.num_pages > 1 else [],
        "previous": query(context, page=page_of_rows.previous_page_number()) if page_of_rows.has_previous() else "",
        "next": query(context, page=page_of_rows.next_page_number()) if page_of_rows.has_next() else "",
    }


@register.inclusion_tag("ui/components/filter_panel.html", takes_context=True)
def filter_panel(context: RequestContext, shown: Any) -> dict[str, Any]:
    """The filters of a `lists.ShownList`, each choice with its count. Works as a plain GET form."""
    request = context.get("request")
    return {"list": shown, "action": request.path if request is not None else ""}
