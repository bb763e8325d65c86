"""What is different between two frozen reports of a kind, as a page and as a file."""

from itertools import groupby

from django.http import Http404
from django.http.response import HttpResponseBase
from django.shortcuts import render

from throughline.documents import kept, tables
from throughline.documents.compare import Difference, differences
from throughline.methods.printed import day, london_day, moment
from throughline.partners.models import Partnership
from throughline.partners.requests import Request
from throughline.partners.web import member_view
from throughline.reports import kinds, queries
from throughline.reports.forms import CompareForm
from throughline.reports.models import Report
from throughline.reports.permissions import FROZEN
from throughline.ui import page
from throughline.ui.downloads import FORMATS, download

_MOST_OPEN = 50  # differences under one heading of the first level; more are folded, section by section


@member_view
def compare(request: Request, partnership: Partnership) -> HttpResponseBase:
    """Choose two reports, and read what was added, removed and changed, section by section."""
    frozen = list(queries.reports_of(partnership, for_person=request.user).filter(stage=FROZEN))
    chosen = request.GET if request.GET.get("before") or request.GET.get("after") else None
    form = CompareForm(chosen, reports=frozen, initial=_newest_two(frozen))
    context = {
        "partnership": partnership, "form": form, "enough": len(frozen) > 1, "list_url": queries.list_url(partnership),
    }  # fmt: skip
    if chosen is None or not form.is_valid():
        return render(request, "reports/compare.html", context, status=400 if form.is_bound and form.errors else 200)
    before, after = (
        queries.report_of(partnership, form.cleaned_data[name], for_person=request.user) for name in ("before", "after")
    )
    if before.kind != after.kind:
        form.add_error("after", "Choose two reports of the same kind: their sections are not the same")
        return render(request, "reports/compare.html", context, status=400)
    found = differences(kept.from_data(before.content or {}), kept.from_data(after.content or {}))
    page.describe(request, marking=max(before.marking, after.marking, key=len))
    if wanted := request.GET.get("export"):
        return _file(request, wanted, partnership, before, after, found)
    kind = kinds.of(after.kind)
    by_section = [(name, list(some)) for name, some in groupby(found, key=lambda each: each.section)]
    chapters = _chapters(by_section)
    long = {name for name, _, number in chapters if number > _MOST_OPEN}
    context |= {
        "before": before, "sides": (("Before", before), ("After", after)), "count": len(found),
        "csv_url": _export_url(request, "csv"), "xlsx_url": _export_url(request, "xlsx"),
        "kind": kind.printed if kind else after.kind,
        "sections": [(name, some, _chapter(name) in long) for name, some in by_section], "chapters": chapters,
    }  # fmt: skip
    return render(request, "reports/compare.html", context)


def _export_url(request: Request, kind: str) -> str:
    query = request.GET.copy()
    query["export"] = kind
    return f"?{query.urlencode()}"


def _chapter(section: str) -> str:
    """The heading of the first level that a section stands under."""
    return section.split(" › ")[0]


def _chapters(sections: list[tuple[str, list[Difference]]]) -> list[tuple[str, int, int]]:
    """The first headings of what is different: each with the place of its first section and how many there are."""
    found: dict[str, tuple[str, int, int]] = {}
    for place, (section, some) in enumerate(sections, start=1):
        name = _chapter(section)
        _, first, number = found.get(name, (name, place, 0))
        found[name] = (name, first, number + len(some))
    return list(found.values())


def _newest_two(frozen: list[Report]) -> dict[str, str]:
    """The two newest reports of the newest one's kind."""
    if not frozen:
        return {}
    same = [each for each in frozen if each.kind == frozen[0].kind]
    return {"after": same[0].reference, "before": same[1].reference if len(same) > 1 else ""}


def _file(
    request: Request, kind: str, partnership: Partnership, before: Report, after: Report,
    found: tuple[Difference, ...],
) -> HttpResponseBase:  # fmt: skip
    """The differences as a file of a kind, with what was compared above them. Raises Http404 for an unknown kind."""
    if kind not in FORMATS:
        raise Http404
    marking = page.of(request).marking
    table = tables.Table(
        title="Differences",
        columns=["Section", "What", "How", "Before", "After"],
        rows=[[each.section, each.what, each.how.value, each.before, each.after] for each in found],
        note_lines=[
            marking, f"{partnership.name} – differences between two reports", _named("Before", before),
            _named("After", after), f"Exported on {moment(request.now)}.",
        ],
        prepared_on=london_day(request.now),
    )  # fmt: skip
    return download(table, f"differences-{before.reference}-{after.reference}", kind)


def _named(word: str, report: Report) -> str:
    place = f"as at {day(report.as_of)}, event {report.sequence}, {report.head_hash[:12]}"
    return f"{word}: {report.reference} {report.title}, {place}"
