"""throughline report: a board report as Word, PDF and web page, read from the register as one person may read it."""

import argparse
from datetime import date
from pathlib import Path
from typing import Any

from throughline.cli import CommandError, django

_MOST_NAMED = 5


def add(commands: argparse._SubParsersAction) -> None:
    """Add the commands of this module."""
    report = commands.add_parser("report", help="write a board report as Word, PDF and web page")
    report.add_argument("kind", metavar="KIND", help="executive_group or health_and_wellbeing_board")
    report.add_argument("--plan", required=True, metavar="REF", help="the plan's place in addresses: improvement-plan")
    report.add_argument("--period", required=True, metavar="P", help="the period's place in addresses: q4-2018-19")
    report.add_argument(
        "--out", required=True, metavar="DIR", help="the folder to write into; made where it is not there"
    )
    report.add_argument("--partnership", metavar="SLUG", help="needed where several partnerships have such a plan")
    report.add_argument("--as-of", metavar="DATE", help="read the register as at the end of this day: 2019-01-30")
    report.add_argument("--by", metavar="EMAIL", help="read as this person; else as the business manager")
    report.add_argument("--public", action="store_true", help="for a meeting in public: posts instead of names")
    report.set_defaults(run=run_report)


def run_report(given: argparse.Namespace) -> int:
    """Print a report of what the register holds. Nothing is frozen or recorded: the site does that."""
    django()
    from django.utils import timezone

    from throughline.documents.fonts import FontsMissingError
    from throughline.documents.pdf import PrintError
    from throughline.history.moments import day_of
    from throughline.reports import board, building, kinds, permissions

    now = timezone.now()
    kind = given.kind.replace("-", "_")
    if kinds.of(kind) is None:
        raise CommandError(
            f"There is no report '{given.kind}'. There is: {', '.join(each.name for each in kinds.kinds())}."
        )
    partnership = _partnership(given.partnership, given.plan)
    today = partnership.shown_today or day_of(now)
    as_of = _day(given.as_of) or today
    if as_of > today:
        raise CommandError(f"{given.as_of} is still to come. Give today or an earlier day.")
    by = _person(given.by, partnership, day_of(now))
    period = _period(partnership, given.plan, given.period, by)
    if as_of < period.opens:
        raise CommandError(f"{period.label} was not open on {as_of}. Give a later day.")
    audience = permissions.PUBLIC_MEETING if given.public else permissions.EXECUTIVE_ONLY
    try:
        document, _, _ = building.read(
            period, by=by, kind=kind, as_of=as_of, audience=audience, reference="", now=now,
            kept=board.kept_in(period, kind, as_of=as_of, for_person=by),
            marking="OFFICIAL" if given.public else partnership.marking,
        )  # fmt: skip
        files = building.files_of(document)
    except LookupError as error:
        raise CommandError(f"{period.label} is not in the register as at {as_of}. Give a later day.") from error
    except (FontsMissingError, PrintError) as error:
        raise CommandError(str(error)) from error
    for path in _write(Path(given.out), f"{kind.replace('_', '-')}-{period.reference}-{as_of.isoformat()}", files):
        print(path)
    return 0


def _write(folder: Path, name: str, files: dict[str, bytes]) -> list[Path]:
    """Write all files, each under a temporary name first, so that none is ever half there."""
    written = []
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for ending, data in files.items():
            path = folder / f"{name}.{ending}"
            unfinished = path.with_name(f".{path.name}.new")
            unfinished.write_bytes(data)
            unfinished.replace(path)
            written.append(path)
    except OSError as error:
        raise CommandError(f"{folder}: {error.strerror or error}. Choose another folder.") from error
    return written


def _day(text: str | None) -> date | None:
    try:
        return None if text is None else date.fromisoformat(text)
    except ValueError as error:
        raise CommandError(f"--as-of: '{text}' is not a date. Give it as 2019-01-30.") from error


def _partnership(slug: str | None, plan: str = "") -> Any:
    """The partnership that is named; else the only one, or the only one that has the plan or, without one, any plan."""
    from throughline.partners.models import Partnership
    from throughline.plans.models import Plan

    found = list(Partnership.objects.filter(slug=slug) if slug else Partnership.objects.all())
    if len(found) > 1:
        plans = Plan.objects.filter(withdrawn_at__isnull=True, **({"reference": plan} if plan else {}))
        having = set(plans.values_list("partnership_id", flat=True))
        found = [each for each in found if each.pk in having] or found
    if len(found) == 1:
        return found[0]
    if slug:
        raise CommandError(f"There is no partnership at '{slug}'. See: throughline partnership list")
    if not found:
        raise CommandError("There is no partnership yet. Make one: throughline partnership create")
    first = ", ".join(sorted(each.slug for each in found)[:_MOST_NAMED])
    more = "" if len(found) <= _MOST_NAMED else " and more: throughline partnership list"
    raise CommandError(f"Say which partnership: --partnership SLUG. There is: {first}{more}")


def _person(email: str | None, partnership: Any, on: date) -> Any:
    from throughline.access import Role
    from throughline.partners.models import Membership, Person

    held = Membership.objects.in_force(on).filter(partnership=partnership, person__is_active=True)
    if email:
        found = Person.objects.filter(email__iexact=email, pk__in=held.values("person_id")).first()
        if found is None:
            raise CommandError(f"Nobody with the address '{email}' has a role in this partnership.")
        return found
    first = held.filter(role=Role.BUSINESS_MANAGER).select_related("person").order_by("starts", "pk").first()
    if first is None:
        raise CommandError("This partnership has no business manager. Say as whom to read: --by EMAIL")
    return first.person


def _period(partnership: Any, plan: str, reference: str, by: Any) -> Any:
    from throughline.returns.queries import periods_of

    periods = periods_of(partnership, for_person=by).filter(plan__reference=plan)
    found = periods.filter(reference=reference).first()
    if found is None:
        known = ", ".join(periods.values_list("reference", flat=True))
        there = f"There is: {known}." if known else "It has none that you may see; check --plan."
        raise CommandError(f"There is no period '{reference}' of the plan '{plan}'. {there}")
    return found
