"""Builds the worked example from its story, through the same actions as everybody else, in its own past.

Only a partnership that is marked illustrative for ever may be given a past; this is the one place that supplies one.
Everything that happens is a step with its instant; the steps are taken in the order of time, so that the example as at
a past day holds what was known then and nothing later.
"""

from datetime import date
from pathlib import Path

from django.db import transaction

from throughline.example import durham_bodies, durham_letters, durham_plan, durham_quarters, durham_reports
from throughline.example.durham_bodies import SLUG, TODAY
from throughline.example.durham_reports import FIRST as FIRST_REPORT
from throughline.example.timeline import Story, Timeline, at
from throughline.files import store
from throughline.partners.models import Partnership
from throughline.reports.models import ReportFile

__all__ = ["FIRST_REPORT", "MANAGER", "SLUG", "TODAY", "at", "build", "write_reports"]

MANAGER = f"{durham_bodies.MANAGER} (illustrative)"


def build(*, until: date | None = None) -> Partnership | None:
    """Build the example once, up to the end of a day: all of it unless given; FIRST_REPORT is its first chapter.

    Returns the partnership, or None when it is there already.
    """
    if Partnership.objects.filter(slug=SLUG).exists():
        return None
    story = Story()
    timeline = Timeline()
    last = min(until or TODAY, TODAY)
    durham_bodies.tell(story, timeline, shown_today=last)
    durham_letters.tell(story, timeline)
    durham_plan.tell(story, timeline)
    durham_quarters.tell(story, timeline)
    durham_reports.tell(story, timeline)
    # All of it or nothing: half an example could not be told from a whole one the next time.
    with transaction.atomic():
        timeline.run(until=last)
    return story.partnership


def write_reports(folder: Path) -> list[Path]:
    """Write the example's frozen reports into a folder as files. Those that are there stay; returns the new ones."""
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    found = ReportFile.objects.filter(report__partnership__slug=SLUG, withdrawn_at__isnull=True)
    for each in found.select_related("report", "file"):
        path = folder / f"{SLUG} {each.report.reference} {durham_reports.printed(each.report)}.{each.format}"
        if not path.exists():
            with store.open_blob(each.file.sha256) as content:
                path.write_bytes(content.read())
            written.append(path)
    return sorted(written)
