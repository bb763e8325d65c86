"""The list of actions, the plan on a page, exports and the Executive report: 12 agencies, one process.

Pages are asked for through the whole of the product (session, access, menus, templates). What grows is measured beside
the same with less; what is written beside the bare writer over the same rows. Memory is what Python allocated at most.
"""

import csv
import io
import tracemalloc
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from typing import Any

from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import NoReverseMatch, reverse
from openpyxl import Workbook

from benchmarks import scene
from benchmarks.measure import Beside, Work, beside, reference_loop
from benchmarks.scene import Scene
from throughline.plans import action_list
from throughline.plans.models import Plan
from throughline.reports import building
from throughline.reports.executive import EXECUTIVE_GROUP
from throughline.reports.permissions import EXECUTIVE_ONLY
from throughline.returns import periods
from throughline.ui import tallies

ON = date(2026, 1, 12)
LONG = 10_000
# Measured on another machine than this one: two cores, CISO Assistant community of 6 February 2026 (b54dcac34).
ELSEWHERE = (
    ("a list of 25", "397 ms and 223 queries"),
    ("its dashboard", "1.26 s"),
    ("CSV of 10,000", "9.3 s"),
    ("XLSX of 10,000", "12.5 s"),
)


@dataclass(frozen=True)
class Noted:
    """A line beside the measured ones."""

    text: str

    def line(self) -> str:
        """One printed line."""
        return self.text


class Reader:
    """The business manager of a scene, in a browser."""

    def __init__(self, of: Scene) -> None:
        self.client, self.place = Client(), [of.partnership.slug, of.plan.reference]
        self.client.force_login(of.manager, backend=settings.AUTHENTICATION_BACKENDS[0])

    def get(self, name: str, query: str = "") -> bytes:
        """A page or a file, whole. Anything but 200 is a mistake of the measurement."""
        answer: Any = self.client.get(f"{reverse(name, args=self.place)}{query}")
        if answer.status_code != 200:
            raise RuntimeError(f"{name} answered {answer.status_code}")
        return b"".join(answer.streaming_content) if answer.streaming else bytes(answer.content)

    def queries(self, name: str) -> int:
        """How many queries a page asks when nothing is kept from before, in a session that has begun."""
        self.get(name)
        tallies.forget()
        with CaptureQueriesContext(connection) as captured:
            self.get(name)
        return len(captured)

    def cold(self, name: str) -> None:
        """A page for the first time after a change of the register."""
        tallies.forget()
        self.get(name)


def run() -> Iterator[Beside | Noted]:
    """Lists, the plan on a page, files and the report."""
    settings.ALLOWED_HOSTS = ["*"]
    scenes = {size: scene.build(size) for size in (100, 1_000, LONG)}
    readers = {size: Reader(each) for size, each in scenes.items()}
    yield Noted("")
    yield from _list(readers)
    yield from _page(readers)
    yield from _files(scenes[LONG], readers[LONG])
    yield from _report(scenes[100])
    yield Noted("")
    yield Noted("On another machine (2 cores), CISO Assistant community of 6 February 2026, commit b54dcac34:")
    yield from (Noted(f"  {what}: {took}") for what, took in ELSEWHERE)


def _list(readers: dict[int, Reader]) -> Iterator[Beside]:
    name = "plans:actions"
    asked = {size: reader.queries(name) for size, reader in readers.items()}
    yield beside(
        f"list of 25 of {LONG:,} actions, {asked[LONG]} queries", lambda: readers[LONG].get(name),
        f"of 100 actions, {asked[100]} queries", lambda: readers[100].get(name), runs=15,
    )  # fmt: skip
    yield beside(
        f"the same, first time after a change, {LONG:,} actions", lambda: readers[LONG].cold(name),
        "first time, 100 actions", lambda: readers[100].cold(name),
    )  # fmt: skip
    yield beside(
        "list of 25 of 100 actions", lambda: readers[100].get(name), "reference loop (SHA-256 of 64 MiB)",
        reference_loop,
    )  # fmt: skip


def _page(readers: dict[int, Reader]) -> Iterator[Beside]:
    try:
        reverse("line:page", args=["a", "b"])
    except NoReverseMatch:
        return
    asked = {size: readers[size].queries("line:page") for size in (100, 1_000)}
    yield beside(
        f"plan on a page, 1,000 actions, {asked[1_000]} queries", lambda: readers[1_000].get("line:page"),
        f"100 actions, {asked[100]} queries", lambda: readers[100].get("line:page"),
    )  # fmt: skip


def _files(of: Scene, reader: Reader) -> Iterator[Beside | Noted]:
    plan = Plan.objects.select_related("partnership").get(pk=of.plan.pk)
    listed = action_list.actions_page(ON, plan)

    def rows() -> Iterator[list[Any]]:
        shown = action_list.rows_of(plan, for_person=of.manager).order_by("number", "pk")
        return iter(action_list.file_rows(plan, shown))

    def bare_csv() -> None:
        csv.writer(io.StringIO()).writerows(rows())

    values = list(rows())

    def bare_xlsx() -> None:
        book = Workbook(write_only=True)
        sheet = book.create_sheet()
        for row in values:
            sheet.append(row)
        book.save(io.BytesIO())

    kinds = (("csv", "bare csv.writer, same SELECT", bare_csv), ("xlsx", "bare openpyxl, same values", bare_xlsx))
    for kind, floor, bare in kinds:
        export = partial(reader.get, "plans:actions", f"?export={kind}")
        yield beside(f"{kind.upper()} of {LONG:,} actions, {len(listed.columns)} columns", export, floor, bare, runs=3)
        yield Noted(f"  at most {_most(export) / 1e6:.0f} MB allocated")


def _most(work: Work) -> int:
    tracemalloc.start()
    try:
        work()
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def _report(of: Scene) -> Iterator[Beside]:
    now: datetime = scene.NOW
    plan = Plan.objects.select_related("partnership").get(pk=of.plan.pk)
    period = periods.open_period(
        by=of.manager, plan=plan, reference="q4", label="Q4", opens=date(2026, 1, 1), data_to=date(2025, 12, 31),
        due=date(2026, 1, 20), now=now,
    )  # fmt: skip

    def report() -> None:
        document, _, _ = building.read(
            period, by=of.manager, kind=EXECUTIVE_GROUP.name, as_of=ON, audience=EXECUTIVE_ONLY, marking="OFFICIAL",
            reference="R-1", now=now,
        )  # fmt: skip
        building.files_of(document)

    yield beside(
        f"Executive report, {scene.FINDINGS} findings, 100 actions, {scene.AGENCIES} agencies: Word, PDF, HTML", report,
        "reference loop (SHA-256 of 64 MiB)", reference_loop, runs=3,
    )  # fmt: skip
