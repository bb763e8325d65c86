"""What every list page shares: search, filters with counts, sorting, pages of 25, and export of exactly what is shown.

Everything is in the address, so a list can be sent to a colleague. The number of queries does not grow with the rows:
one for each filter's counts, one to count, one for the page's rows (and whatever the queryset prefetches). A list that
is `counted_together` asks one query for all counts.

    ACTIONS = ListPage(
        title="Actions", name="actions",
        columns=(
            ListColumn("Reference", lambda a: Cell(a.reference, url=a.url), sort="reference"),
            ListColumn("Due", lambda a: a.due, sort="due", narrow=True),
        ),
        filters=(FieldFilter("lead", "Lead agency", "lead_id", words="lead__name", without="Without a lead agency"),),
        search=("reference", "title"),
    )
    return ACTIONS.respond(request, actions_of(plan, for_person=request.user))
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from typing import Any, cast

from django.core.paginator import Paginator
from django.db.models import F, Q, QuerySet
from django.http import HttpRequest, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.text import slugify

from throughline.documents import tables
from throughline.methods import printed
from throughline.ui import page as pages
from throughline.ui.downloads import FORMATS, download
from throughline.ui.filters import Choice, ChoiceFilter, FieldFilter, Filter, OneValued, ShownChoice
from throughline.ui.parts import Cell
from throughline.ui.tallies import Tally, tally
from throughline.ui.templatetags.structures import cell_css, show

PAGE_SIZE = 25
__all__ = [
    "PAGE_SIZE", "Choice", "ChoiceFilter", "FieldFilter", "Filter", "ListColumn", "ListPage", "ShownFilter",
    "ShownList",
]  # fmt: skip


@dataclass(frozen=True)
class ListColumn:
    """A column. `value` gives what the page shows (text, day, number, `Cell`); `export` what a file holds, if other.

    sort: the model field (or annotation) that the heading sorts by; empty for none. in_file_only: the page has no room
    for it.
    """

    label: str
    value: Callable[[Any], Any]
    export: Callable[[Any], Any] | None = None
    sort: str = ""
    numeric: bool = False
    narrow: bool = False
    in_file_only: bool = False

    def exported(self, row: Any) -> Any:
        """The cell of a file: text, number or day."""
        value = self.export(row) if self.export else self.value(row)
        if isinstance(value, Cell):
            value = str(value.text or (value.mark.words if value.mark else ""))
        if isinstance(value, datetime):
            return printed.moment(value)
        return value if value is None or isinstance(value, int | float | date) else str(value)


@dataclass(frozen=True)
class ShownFilter:
    """A filter as the panel shows it."""

    name: str
    label: str
    choices: Sequence[ShownChoice]
    chosen: Sequence[str]

    @property
    def is_open(self) -> bool:
        """Whether the panel shows its choices at once: when one is chosen, or they are few."""
        return bool(self.chosen) or len(self.choices) <= 4


@dataclass(frozen=True)
class ListPage:
    """A list as its room declares it. `search`: the fields in which words are looked for; every word must be found. Or
    a function from what was typed to the rows that have it.

    default_sort: the `sort` of a column, with "-" in front for the other way round. empty: what to do when nothing is
    there at all. keeps: names of other parameters of the address that forms and links carry on. counted_together: every
    filter has one value a row, so that one query counts them all (see `tallies`). file_rows: for lists that are long,
    what a file holds of the rows that are shown, straight from the database: what the columns' `exported` would give.
    """

    title: str
    name: str
    columns: Sequence[ListColumn]
    filters: Sequence[Filter] = ()
    search: Sequence[str] | Callable[[str], Q] = ()
    search_label: str = "Search"
    default_sort: str = ""
    empty: str = "There is nothing here yet."
    page_size: int = PAGE_SIZE
    keeps: Sequence[str] = (pages.AS_OF,)
    counted_together: bool = False
    file_rows: Callable[[QuerySet], Iterable[Sequence[Any]]] | None = None

    def shown(self, request: HttpRequest, rows: QuerySet, *, state: str = "") -> "ShownList":
        """The list as one request asks for it. `state` names the register's state, for counts that are kept."""
        return ShownList(self, request, rows, state)

    def respond(
        self,
        request: HttpRequest,
        rows: QuerySet,
        *,
        template: str = "ui/list.html",
        context: Mapping[str, Any] | None = None,
        state: str = "",
    ) -> HttpResponseBase:
        """The page, or the file that `?export=csv` or `?export=xlsx` asks for."""
        shown = self.shown(request, rows, state=state)
        if request.GET.get("export") in FORMATS:
            return shown.export(request.GET["export"])
        return render(request, template, {"list": shown, **(context or {})})


@dataclass
class ShownList:
    """One list for one request: what the templates `ui/list.html` and `{% filter_panel %}` read."""

    of: ListPage
    request: HttpRequest
    rows: QuerySet
    state: str = ""
    _known: dict[str, Filter] = field(init=False)

    def __post_init__(self) -> None:
        self._known = {each.name: each for each in self.of.filters}

    @property
    def title(self) -> str:
        """The list's name."""
        return self.of.title

    @property
    def page_title(self) -> str:
        """The list's name for the window's title, with its page where it has several."""
        found = self.page_of_rows
        pages_ = found.paginator.num_pages
        return f"{self.title} (page {found.number} of {pages_})" if pages_ > 1 else self.title

    @property
    def can_search(self) -> bool:
        """Whether there is a search box."""
        return bool(self.of.search)

    @property
    def search_label(self) -> str:
        """What stands above the search box."""
        return self.of.search_label

    @property
    def searched(self) -> str:
        """The words looked for."""
        return self.request.GET.get("q", "").replace("\x00", "").strip()[:200]

    @cached_property
    def chosen(self) -> dict[str, list[str]]:
        """The chosen values of each filter."""
        return {name: values for name in self._known if (values := self.request.GET.getlist(name))}

    @property
    def is_filtered(self) -> bool:
        """Whether anything narrows the list."""
        return bool(self.searched or self.chosen)

    def _search(self) -> Q:
        if callable(self.of.search):
            return self.of.search(self.searched)
        found = Q()
        for word in self.searched.split():
            anywhere = Q()
            for each in self.of.search:
                anywhere |= Q(**{f"{each}__icontains": word})
            found &= anywhere
        return found

    def _narrowed(self, but: str = "") -> Q:
        """The search and every chosen filter except `but`, as one condition.

        It speaks of primary keys, so that a join in a filter never shows a row twice.
        """
        rows, narrowed = self.rows.order_by(), False
        if self.searched and self.of.search:
            rows, narrowed = rows.filter(self._search()), True
        for name, values in self.chosen.items():
            if name != but:
                rows, narrowed = rows.filter(self._known[name].where(self.rows, values)), True
        return Q(pk__in=rows.values("pk")) if narrowed else Q()

    @cached_property
    def filters(self) -> list[ShownFilter]:
        """Each filter with its choices, counted among the rows that the search and the other filters leave."""
        return [
            ShownFilter(each.name, each.label, self._choices(each), self.chosen.get(each.name, []))
            for each in self.of.filters
        ]

    def _choices(self, of: Filter) -> list[ShownChoice]:
        if self.of.counted_together:
            return self._tally.choices[of.name]
        return of.counted(self.rows, self._narrowed(but=of.name), self.chosen.get(of.name, []))

    @cached_property
    def _tally(self) -> Tally:
        rows = self.rows.filter(self._search()) if self.searched and self.of.search else self.rows
        return tally(cast(Sequence[OneValued], self.of.filters), rows, self.chosen, state=self.state)

    @property
    def sort(self) -> str:
        """What the list is sorted by: a column's `sort`, perhaps with "-" in front."""
        asked = self.request.GET.get("sort", "")
        known = {column.sort for column in self.of.columns if column.sort}
        return asked if asked.removeprefix("-") in known else self.of.default_sort

    @cached_property
    def matching(self) -> QuerySet:
        """The rows that are shown over all pages, in their order. The primary key settles ties."""
        found = self.rows.filter(self._narrowed())
        if not self.sort:
            return found if found.ordered else found.order_by("pk")
        by = F(self.sort.removeprefix("-"))
        order = by.desc(nulls_last=True) if self.sort.startswith("-") else by.asc(nulls_last=True)
        return found.order_by(order, "pk")

    @cached_property
    def page_of_rows(self) -> Any:
        """The page that is asked for; the nearest one where there is none of that number."""
        paginator = Paginator(self.matching, self.of.page_size)
        if self.of.counted_together:
            paginator.count = self._tally.total  # type: ignore[misc]  # counted already
        return paginator.get_page(self.request.GET.get("page"))

    @property
    def _on_page(self) -> list[ListColumn]:
        return [column for column in self.of.columns if not column.in_file_only]

    @cached_property
    def shown_rows(self) -> list[list[tuple[str, ListColumn, str]]]:
        """The page's cells as they print, each with its column and its classes."""
        return [
            [
                (text := show(column.value(row)), column, cell_css(text, numeric=column.numeric, narrow=column.narrow))
                for column in self._on_page
            ]
            for row in self.page_of_rows.object_list
        ]

    @property
    def total(self) -> int:
        """How many rows there are over all pages."""
        return int(self.page_of_rows.paginator.count)

    @property
    def summary(self) -> str:
        """What is shown, in a sentence."""
        if not self.total:
            return "Nothing matches."
        first, last = self.page_of_rows.start_index(), self.page_of_rows.end_index()
        if self.total <= self.of.page_size:
            return f"Showing {'all ' if self.total > 1 and not self.is_filtered else ''}{printed.number(self.total)}."
        return f"Showing {printed.number(first)} to {printed.number(last)} of {printed.number(self.total)}."

    @property
    def narrowed_by(self) -> list[str]:
        """The search and the chosen filters, a sentence each."""
        lines = [f"Search: {self.searched}."] if self.searched else []
        for each in self.filters if self.chosen else ():
            if each.chosen:
                words = [choice.label for choice in each.choices if choice.is_chosen]
                lines.append(f"{each.label}: {printed.listing(words, 'or') or 'nothing that is known'}.")
        return lines

    # -- addresses -----------------------------------------------------------------------------------------------

    def _address(self, **changes: str) -> str:
        query: QueryDict = self.request.GET.copy()
        for name in ("page", "export"):
            query.pop(name, None)
        for name, value in changes.items():
            query[name] = value
        return f"?{query.urlencode()}"

    @property
    def query(self) -> str:
        """The address's question about this list, for another page about the same rows; empty without one."""
        address = self._address()
        return address if address != "?" else ""

    @property
    def clear_url(self) -> str:
        """The list without search and filters."""
        kept = self.kept
        query = QueryDict(mutable=True)
        for name, value in kept:
            query[name] = value
        return f"{self.request.path}?{query.urlencode()}" if kept else self.request.path

    @property
    def kept(self) -> list[tuple[str, str]]:
        """Parameters that the filter form carries on unseen."""
        names = ("sort", *self.of.keeps)
        return [(name, self.request.GET[name]) for name in names if self.request.GET.get(name)]

    @property
    def exports(self) -> list[tuple[str, str]]:
        """The files on offer, (label, address)."""
        return [("CSV", self._address(export="csv")), ("Excel", self._address(export="xlsx"))]

    @property
    def headings(self) -> list[dict[str, Any]]:
        """The columns' headings: label, address that sorts by it, and how it is sorted now."""
        found = []
        for column in self._on_page:
            way = {column.sort: "ascending", f"-{column.sort}": "descending"}.get(self.sort, "") if column.sort else ""
            url = self._address(sort=f"-{column.sort}" if way == "ascending" else column.sort) if column.sort else ""
            found.append({"label": column.label, "url": url, "way": way, "numeric": column.numeric})
        return found

    # -- files ---------------------------------------------------------------------------------------------------

    def _notes(self) -> list[str]:
        """What stands above an exported list: marking, who may see it, the day it shows, and what narrows it."""
        page, now = pages.of(self.request), getattr(self.request, "now", None)
        lines = [page.marking, " – ".join(part for part in (page.partnership, self.title) if part)]
        if page.illustrative:
            lines.append("Illustrative: invented content.")
        if page.audience:
            lines.append(f"Who may see this: {page.audience}.")
        if page.as_of:
            lines.append(f"As at the end of {printed.day(page.as_of)}.")
        if now:
            lines.append(f"Exported on {printed.moment(now)}.")
        return [line for line in [*lines, *self.narrowed_by] if line]

    def exported_rows(self) -> Iterator[list[Any]]:
        """What a file holds: each row's columns."""
        for row in self.matching.iterator(chunk_size=500):
            yield [column.exported(row) for column in self.of.columns]

    def export(self, format_: str) -> HttpResponseBase:
        """The whole filtered list as a file."""
        now = getattr(self.request, "now", None)
        table = tables.Table(
            title=self.title,
            columns=[column.label for column in self.of.columns],
            rows=self.of.file_rows(self.matching) if self.of.file_rows else self.exported_rows(),
            note_lines=self._notes(),
            prepared_on=printed.london_day(now) if now else None,
        )
        stem = slugify(f"{self.of.name} {printed.london_day(now).isoformat() if now else ''}")
        return download(table, stem, format_)
