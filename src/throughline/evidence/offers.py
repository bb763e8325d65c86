"""What the evidence room puts into other rooms' pages: the evidence of a thing, and the menu."""

from collections.abc import Sequence
from typing import Any

from django.db.models import Model
from django.urls import reverse

from throughline.access.roles import MEMBERS
from throughline.evidence import lists, queries
from throughline.evidence.addresses import add_url, evidence_url, file_url
from throughline.evidence.models import Evidence, EvidenceLink, EvidenceRevision, EvidenceSeen
from throughline.evidence.stories_of import LABELS
from throughline.evidence.views import own_bodies
from throughline.partners import stories, web
from throughline.partners.requests import Request
from throughline.partners.web import Panel
from throughline.ui import menus

# The pages of higher rooms that show the evidence of what they are about.
PLACES = ("action", "activity", "impact")


def _menu_url(request: Request) -> str | None:
    partnership = web.partnership_of(request)
    if partnership is None or not request.user.is_authenticated:
        return None
    held = web.role_names(request.user, partnership.pk, web.today(request)) & set(MEMBERS)
    return reverse("evidence:list", args=[partnership.slug]) if held else None


def of_thing(request: Request, thing: Model) -> Sequence[Panel]:
    """The evidence that belongs to a thing, as far as the person may see it, and the way to register more."""
    partnership = web.partnership_of(request)
    if partnership is None:
        return ()
    on = web.today(request)
    found: Any = queries.belonging_to(thing, for_person=request.user)
    pieces = [
        {
            "evidence": each, "url": evidence_url(each), "marks": lists.marks_of(each, on),
            "shared": [_shared(each, revision) for revision in each.shown_revisions],
        }
        for each in found
    ]  # fmt: skip
    add = add_url(partnership, thing) if own_bodies(request, partnership) else ""
    return (Panel("evidence/panel.html", {"pieces": pieces, "add_url": add}, order=25),)


def _shared(evidence: Evidence, revision: Any) -> tuple[str, str]:
    revision.evidence = evidence
    return (revision.file.name, file_url(revision)) if revision.file_id else (revision.link, revision.link)


def _of(each: EvidenceRevision | EvidenceLink | EvidenceSeen) -> str:
    return evidence_url(each.evidence)


def register() -> None:
    """Put everything where it is shown, and say how this room's things are told.

    What was written while evidence was a draft or restricted stays with those who could read it all along.
    """
    menus.register(menus.MenuItem("evidence", "Evidence", _menu_url, order=35))
    for place in PLACES:
        web.offer_panel(place, of_thing)
    stories.tell(
        "evidence.evidence",
        stories.Teller(str, evidence_url, labels=LABELS, related=("partnership",), last_only=True),
    )
    parts = (
        ("evidence.revision", lambda each: f"File or link {each.number} of {each.evidence.reference}"),
        ("evidence.link", lambda each: f"What {each.evidence.reference} belongs to"),
        ("evidence.seen", lambda each: f"{each.evidence.reference}, seen by {each.by_name}"),
    )
    for kind, title in parts:
        stories.tell(
            kind,
            stories.Teller(
                title, _of, labels=LABELS, related=("evidence__partnership",), last_only=True,
                untold=frozenset({"thing_id", "thing_kind"}),
            ),
        )  # fmt: skip
