"""What the inspections room puts into other rooms' pages: its menu entry, a first step, how its things are told."""

from django.urls import reverse

from throughline.access import allows_new, scope_of
from throughline.access.engine import Kind
from throughline.access.roles import MEMBERS
from throughline.inspections import due, permissions, queries
from throughline.inspections.models import Finding, Inspection, Letter
from throughline.methods.printed import count
from throughline.partners import stories, web
from throughline.partners.models import Partnership
from throughline.partners.requests import Request
from throughline.ui import menus


def is_member(request: Request, partnership: Partnership) -> bool:
    """Whether this person takes part in the partnership's work, and so has the menu of it."""
    return bool(web.role_names(request.user, partnership.pk, web.today(request)) & set(MEMBERS))


def _menu_url(request: Request) -> str | None:
    partnership = web.partnership_of(request)
    if partnership is None or not is_member(request, partnership):
        return None
    return reverse("inspections:inspections", args=[partnership.slug])


def _first_step(request: Request, partnership: Partnership) -> tuple[str, str, str] | None:
    """Everything begins with a letter; then with the findings in it."""
    if not may_add(request, partnership, permissions.INSPECTION):
        return None
    latest = queries.inspections_of(partnership, for_person=request.user).first()
    if latest is None:
        return (
            "Everything begins with the inspectors’ letter. Add it, check what is read in it, and enter what it found.",
            "Add the inspectors’ letter",
            reverse("inspections:new", args=[partnership.slug]),
        )
    letter = queries.letters_of(latest, for_person=request.user).first()
    waiting, every = queries.open_of(latest, for_person=request.user).get(letter.pk, (0, 0)) if letter else (0, 0)
    if letter is not None and waiting and not latest.findings_marked:
        return (
            f"The letter is here: {count(every, 'finding')} read. None is in the register until you have looked at it "
            "and entered it.",
            "Check what was read",
            check_url(letter),
        )
    if letter is not None and not latest.findings_marked:
        return (
            "The letter is here. Read it page by page and mark each finding in the inspectors’ own words.",
            "Read the letter",
            page_url(letter, 1),
        )
    return None


def may_add(request: Request, partnership: Partnership, kind: Kind) -> bool:
    """Whether to offer this person the making of a thing of a kind here."""
    return allows_new(request.user, "create", kind, scope_of(partnership))


def inspection_url(inspection: Inspection) -> str:
    """An inspection's page."""
    return reverse("inspections:inspection", args=[inspection.partnership.slug, inspection.reference])


def page_url(letter: Letter, page: int) -> str:
    """A page of a letter, beside the form that marks findings."""
    inspection = letter.inspection
    return reverse("inspections:page", args=[inspection.partnership.slug, inspection.reference, letter.number, page])


def check_url(letter: Letter, page: int | None = None) -> str:
    """Where what was read of a letter is checked, perhaps at one of its pages."""
    inspection = letter.inspection
    url = reverse("inspections:check", args=[inspection.partnership.slug, inspection.reference, letter.number])
    return f"{url}?page={page}" if page else url


def finding_url(finding: Finding) -> str:
    """A finding's page."""
    inspection = finding.inspection
    return reverse("inspections:finding", args=[inspection.partnership.slug, inspection.reference, finding.reference])


def register() -> None:
    """Say what this room offers."""
    from throughline.inspections import record_offers

    record_offers.register()
    menus.register(menus.MenuItem("inspections", "Inspection", _menu_url, order=20))
    web.offer_first_step(_first_step)
    stories.tell("inspections.inspection", stories.Teller(lambda each: each.title, inspection_url))
    stories.tell(
        "inspections.letter",
        stories.Teller(
            lambda each: f"Letter {each.number} of {each.inspection}",
            lambda each: page_url(each, 1),
            labels={"statement_due": "Written statement due"},
        ),
    )
    stories.tell(
        "inspections.finding",
        stories.Teller(
            lambda each: f"{each.reference} {each.title}",
            finding_url,
            labels={"text": "The inspectors’ words", "title": "Our short title", "place": "Place in lists"},
        ),
    )
    _tell_of_what_was_read()
    stories.tell(
        "inspections.framework_terms",
        stories.Teller(
            lambda each: f"Terms of {each}", lambda each: reverse("inspections:regimes", args=[each.partnership.slug]),
            labels={"count": "Time", "unit": "Counted in", "start": "Counted from", "response": "Name of the answer"},
        ),
    )  # fmt: skip
    due.register()


def _tell_of_what_was_read() -> None:
    """How proposals, and what findings are linked to, are called in the record."""
    stories.tell(
        "inspections.proposed_finding",
        stories.Teller(
            lambda each: f"Read in letter {each.letter.number}: {each.title}",
            lambda each: f"{check_url(each.letter, each.page)}#card-{each.pk}",
            labels={"text": "The inspectors’ words", "title": "Our short title", "finding_id": "Finding"},
            related=("letter__inspection__partnership",),
            # Lists of ids, which say nothing to a reader. What came of them is told by the finding's own links.
            untold=frozenset({"position", "part_agencies", "agencies", "themes"}),
        ),
    )
    of_finding = ("finding__inspection__partnership",)
    stories.tell(
        "inspections.finding_part",
        stories.Teller(
            lambda each: f"{each.finding.reference}, part {each.number}",
            lambda each: finding_url(each.finding),
            labels={"agency_id": "Agency", "text": "The inspectors’ words"},
            related=of_finding,
        ),
    )
    stories.tell(
        "inspections.finding_agency",
        stories.Teller(
            lambda each: f"{each.finding.reference} names {each.agency.short_name}",
            lambda each: finding_url(each.finding),
            related=(*of_finding, "agency"),
        ),
    )
    stories.tell(
        "inspections.finding_theme",
        stories.Teller(
            lambda each: f"{each.finding.reference}: {each.theme.name}",
            lambda each: finding_url(each.finding),
            related=(*of_finding, "theme"),
        ),
    )
