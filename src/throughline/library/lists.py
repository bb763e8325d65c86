"""The library's lists: its letters, and its findings as they are searched."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from throughline.library import queries
from throughline.library.addresses import finding_url, letter_url, page_url
from throughline.library.models import LibraryFinding
from throughline.library.queries import SearchTheme
from throughline.methods.likeness import marked_needles, needles_of
from throughline.methods.printed import listing
from throughline.ui.filters import ShownChoice
from throughline.ui.lists import FieldFilter, ListColumn, ListPage
from throughline.ui.parts import Cell

LETTERS = ListPage(
    title="Library",
    name="library",
    columns=(
        ListColumn("Area", lambda each: Cell(str(each), url=letter_url(each)), sort="area"),
        ListColumn("Published", lambda each: each.published, sort="published", narrow=True),
        ListColumn("Theme", lambda each: each.theme, sort="theme"),
        ListColumn("Inspectorates", lambda each: listing(each.inspectorates)),
        ListColumn("Priority actions", lambda each: each.n_priority_action, sort="n_priority_action", numeric=True),
        ListColumn("To improve", lambda each: each.n_improvement, sort="n_improvement", numeric=True),
        ListColumn("Strengths", lambda each: each.n_strength, sort="n_strength", numeric=True),
        ListColumn("All findings", lambda each: each.n_all, sort="n_all", numeric=True),
    ),
    filters=(FieldFilter("theme", "Theme of the inspection", "theme", without="No theme"),),
    search=("area", "theme"),
    search_label="Search in areas and themes",
    default_sort="area",
    empty="The library is empty. Bring published letters about other areas: then you can look up how others were found"
    " wanting, in what words, and how often what was found in your area is found elsewhere. Nothing in it counts as a"
    " finding of yours.",
)


@dataclass(frozen=True)
class ThemeFilter:
    """Findings in whose text a theme's words stand.

    Looked for here and not by the database: a hundred words of some thirty themes are found faster in texts at hand
    than by as many patterns in a query, and a list asks for the same rows several times.
    """

    themes: Sequence[SearchTheme]
    name: str = "theme"
    label: str = "Theme"
    # What was found for chosen values: a filter is made anew for each request, and asked for the same rows again.
    _found: dict[tuple[str, ...], Q] = field(default_factory=dict, compare=False, repr=False)

    def where(self, rows: QuerySet, values: Sequence[str]) -> Q:
        """The findings that have a word of one of the chosen themes; an unknown theme leaves none."""
        if tuple(values) not in self._found:
            wanted = [needle for each in self.themes if each.key in values for needle in each.needles]
            known = list(rows.order_by().values_list("pk", "searched")) if wanted else []
            found = queries.Shelf([text for _, text in known]).having_one(wanted)
            self._found[tuple(values)] = Q(pk__in=[known[place][0] for place in sorted(found)])
        return self._found[tuple(values)]

    def counted(self, rows: QuerySet, others: Q, values: Sequence[str]) -> list[ShownChoice]:
        """Every theme with its count among the findings that the other filters leave. One query."""
        shelf = queries.Shelf(list(rows.filter(others).order_by().values_list("searched", flat=True)))
        return [
            ShownChoice(each.key, each.name, len(shelf.having_one(each.needles)), each.key in values)
            for each in self.themes
        ]


def marked(text: str, needles: Sequence[str]) -> SafeString:
    """A text with what was looked for marked; everything in it is escaped."""
    return format_html_join(
        "",
        "{}",
        (
            (format_html('<mark class="tl-mark">{}</mark>', piece) if is_marked else piece,)
            for piece, is_marked in marked_needles(text, needles)
        ),
    )


def findings_list(themes: Sequence[SearchTheme], *, query: str, chosen: Sequence[str]) -> ListPage:
    """The search over findings. `query` and the chosen themes say which words are marked in what is shown."""
    needles = [*needles_of(query), *(found for each in themes if each.key in chosen for found in each.needles)]

    def words(each: LibraryFinding) -> Any:
        return marked(each.text, needles)

    return ListPage(
        title="Findings in the library",
        name="library-findings",
        columns=(
            ListColumn("Finding", lambda each: Cell(each.reference, url=finding_url(each), about=str(each.letter)),
                       narrow=True),
            ListColumn("The inspectors’ words", words, export=lambda each: each.text),
            ListColumn("Area", lambda each: str(each.letter), sort="letter__area"),
            ListColumn("Published", lambda each: each.letter.published, sort="letter__published", narrow=True),
            ListColumn("Page", lambda each: Cell(each.page, url=page_url(each.letter, each.page),
                                                 about=f"of the letter about {each.letter}"),
                       export=lambda each: each.page, sort="page", numeric=True),
            ListColumn("Kind", lambda each: each.finding_kind.printed, sort="kind"),
        ),
        filters=(
            FieldFilter("kind", "Kind", "kind", words=queries.kind_words()),
            ThemeFilter(themes),
            FieldFilter("area", "Area", "letter__area", without="No area"),
        ),
        search=queries.having_all,
        search_label="Words in the finding: all of them, or a phrase between double quotes",
        empty="The library has no findings yet. Bring published letters about other areas to search them.",
    )  # fmt: skip
