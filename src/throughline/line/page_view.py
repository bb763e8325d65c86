"""The plan on a page: areas by who leads on both scales, what moved since the last quarter, what needs a decision.

Live it is counted in the database and costs the same however long the plan is; as at a day it is read from the tree.
"""

import io
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.text import slugify

from throughline.documents import tables
from throughline.history import asof
from throughline.inspections.views import say_audience
from throughline.line import addresses, deciding, marks, moved
from throughline.line.addresses import Addresses
from throughline.line.deciding import Need
from throughline.line.live_deciding import live_needs
from throughline.line.live_matrix import live_matrix
from throughline.line.live_moved import live_moves, live_since
from throughline.line.matrix import AreaRow, Cell, Matrix, matrix_of
from throughline.line.moved import Moves, Since
from throughline.line.queries import plan_line
from throughline.line.tree import Body
from throughline.methods import printed
from throughline.partners.models import Partnership
from throughline.partners.requests import Request
from throughline.partners.web import as_of, member_view, today
from throughline.plans.models import Plan
from throughline.plans.queries import plans_of
from throughline.ui import page as pages
from throughline.ui.scales import Mark

_FORMATS = {
    "csv": ("text/csv; charset=utf-8", tables.write_csv),
    "xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", tables.write_xlsx),
}


@dataclass(frozen=True)
class Seen:
    """A plan on its page, as one request asks for it."""

    matrix: Matrix
    since: Since | None
    moves: tuple[Moves, ...]
    needs: tuple[Need, ...]
    sequence: int
    head_hash: str


def seen_now(plan: Plan, request: Request, on: date) -> Seen:
    """The plan as it is, counted in the database."""
    person = request.user
    since = live_since(plan, for_person=person, on=on)
    moment = asof.head(plan.partnership_id)
    return Seen(
        matrix=live_matrix(plan, for_person=person, on=on),
        since=since,
        moves=live_moves(plan, since, for_person=person, on=on) if since else (),
        needs=live_needs(plan, for_person=person, on=on),
        sequence=moment.sequence,
        head_hash=moment.hash,
    )


def seen_at(plan: Plan, request: Request, day: date) -> Seen:
    """The plan as the register had it at the end of a day."""
    line = plan_line(plan, for_person=request.user, as_of=day)
    since = moved.since(line.periods, day)
    before = plan_line(plan, for_person=request.user, as_of=since.day) if since else None
    return Seen(
        matrix=matrix_of(line, day),
        since=since,
        moves=moved.grouped(moved.moved(before, line, since.day, day)) if since and before else (),
        needs=deciding.needs(line, day),
        sequence=line.sequence,
        head_hash=line.head_hash,
    )


@member_view
def page(request: Request, partnership: Partnership, plan: str) -> HttpResponse:
    """The page, or the matrix as the file that `?export=csv` or `?export=xlsx` asks for."""
    found: Plan = plans_of(partnership, for_person=request.user).get(reference=plan)
    say_audience(request, partnership)
    asked = as_of(request)
    on = asked or today(request)
    seen = seen_at(found, request, asked) if asked else seen_now(found, request, on)
    if request.GET.get("export") in _FORMATS:
        return _file(request, found, seen.matrix, request.GET["export"], on, asked)
    at = addresses.of_plan(partnership, found, as_of=asked)
    return render(
        request, "line/page.html",
        {
            "partnership": partnership, "plan": found, "seen": seen, "asked": asked, "on": on,
            "rows": [_row(each, seen.matrix.bodies, at, asked) for each in seen.matrix.rows],
            "bodies": [(each.short_name or each.name, each.name) for each in seen.matrix.bodies],
            "totals": [_shown(each) for each in seen.matrix.totals], "total": _shown(seen.matrix.total),
            "delivery_key": list(marks.RATING_MARKS.values()), "impact_key": marks.impact_key(),
            "moves": [(each, _move_urls(each, at)) for each in seen.moves],
            "needs": [(each, _need_urls(each, at, partnership, found), _more_url(each, at)) for each in seen.needs],
            "query": f"as-of={asked.isoformat()}&" if asked else "",
        },
    )  # fmt: skip


# -- what the page shows ---------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class ShownCell:
    """A cell as it is drawn: each rating's mark with its number, and the impact's mark; nothing for no actions."""

    counts: tuple[tuple[Mark, int], ...]
    impact: Mark | None
    bare: tuple[Mark, int] | None
    url: str = ""
    label: str = ""


def _shown(cell: Cell, url: str = "", label: str = "") -> ShownCell:
    bare = (marks.impact_mark(None, has_any=False), cell.bare) if cell.bare and cell.has_impact else None
    impact = marks.impact_mark(cell.impact, has_any=cell.has_impact) if cell.standing else None
    return ShownCell(
        tuple((marks.rating_mark(each), number) for each, number in cell.counts), impact, bare, url, label
    )  # fmt: skip


def _row(row: AreaRow, bodies: tuple[Body, ...], at: Addresses, asked: date | None) -> dict[str, Any]:
    """An area with its cells, each leading to the actions behind it; in the past, to the line behind it."""
    area = str(row.area.number)
    cells = []
    for cell, body in zip(row.cells, bodies, strict=True):
        then = {"as-of": asked.isoformat()} if asked else {}
        url = at.line(area=area, body=body.id, **then) if asked else at.actions(area=area, lead=body.name)
        cells.append(_shown(cell, url if cell.actions else "", body.short_name or body.name))
    then = {"as-of": asked.isoformat()} if asked else {}
    return {"area": row.area, "url": at.line(area=area, **then), "cells": cells, "total": _shown(row.total)}


def _move_urls(moves: Moves, at: Addresses) -> list[tuple[str, str]]:
    to = at.impact if moves.kind == "judged" else at.action
    return [(each.sentence, to(each.reference)) for each in moves.items]


def _need_urls(need: Need, at: Addresses, partnership: Partnership, plan: Plan) -> list[tuple[str, str, str]]:
    def url(reference: str) -> str:
        if need.kind == "decision":
            return reverse("scrutiny:decision", args=[partnership.slug, plan.reference, reference])
        return at.activity(reference) if need.kind == "assurance" else at.action(reference)

    return [(each.reference, each.sentence, url(each.reference)) for each in need.items]


def _more_url(need: Need, at: Addresses) -> str:
    """Where all of a kind stand, when not all are shown."""
    ways = {
        "decision": lambda: (
            f"{reverse('scrutiny:decisions', args=[at.slug, at.plan])}?{urlencode({'stands': 'waiting'})}"
        ),
        "overdue": lambda: at.actions(check="overdue"),
        "claim": lambda: at.actions(delivery="delivered_claimed"),
        "assurance": lambda: f"{reverse('assurance:activities', args=[at.slug, at.plan])}?result=does_not_support",
        "extension": lambda: at.line(),
    }
    return ways[need.kind]() if need.more else ""


# -- the matrix as a file ----------------------------------------------------------------------------------------------


def in_words(cell: Cell) -> str:
    """A cell in words, as files and papers have it: "2 on track, 1 overdue. Impact: improving.". '' for no actions."""
    if not cell.actions:
        return ""
    counts = ", ".join(f"{number} {each.printed.lower()}" for each, number in cell.counts)
    if not cell.standing:
        return f"{counts}."
    bare = f", {cell.bare} without a desired impact" if cell.bare and cell.has_impact else ""
    return f"{counts}. Impact: {marks.impact_mark(cell.impact, has_any=cell.has_impact).words.lower()}{bare}."


def matrix_table(
    matrix: Matrix, *, title: str, notes: tuple[str, ...] = (), prepared_on: date | None = None
) -> tables.Table:
    """The matrix as a table to be written: a row an area, a column for each body that leads, and all of them."""

    def rows() -> Iterator[list[str]]:
        for row in matrix.rows:
            area = f"{row.area.number} {row.area.title}"
            yield [area, *map(in_words, row.cells), in_words(row.total)]
        yield ["All areas", *map(in_words, matrix.totals), in_words(matrix.total)]

    return tables.Table(
        title=title, columns=["Improvement area", *(each.name for each in matrix.bodies), "All"], rows=rows(),
        note_lines=notes, prepared_on=prepared_on,
    )  # fmt: skip


def _file(
    request: Request, plan: Plan, matrix: Matrix, format_: str, on: date, asked: date | None
) -> HttpResponse:  # fmt: skip
    told = pages.of(request)
    notes = (
        told.marking, f"{told.partnership} – {plan.title}: plan on a page",
        "Illustrative: invented content." if told.illustrative else "", f"Who may see this: {told.audience}.",
        f"As at the end of {printed.day(asked)}." if asked else f"As at {printed.day(on)}.",
        f"Exported on {printed.moment(request.now)}.",
    )  # fmt: skip
    content_type, write = _FORMATS[format_]
    file = io.BytesIO()
    table = matrix_table(matrix, title="Plan on a page", notes=tuple(each for each in notes if each), prepared_on=on)
    write(table, file)
    response = HttpResponse(file.getvalue(), content_type=content_type)
    stem = slugify(f"plan on a page {plan.reference} {on.isoformat()}")
    response.headers["Content-Disposition"] = f'attachment; filename="{stem}.{format_}"'
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response
