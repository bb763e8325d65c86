"""What the library puts into other pages: the menu, and how often a finding's themes stand in it."""

from collections.abc import Sequence

from django.urls import reverse

from throughline.inspections.models import Finding, FindingTheme
from throughline.inspections.offers import is_member
from throughline.library import queries
from throughline.library.addresses import finding_url, letter_url, library_url, search_url
from throughline.methods.mentions import searchable
from throughline.partners import stories, web
from throughline.partners.requests import Request
from throughline.partners.web import Panel
from throughline.ui import menus


def _menu_url(request: Request) -> str | None:
    partnership = web.partnership_of(request)
    if partnership is None or not is_member(request, partnership):
        return None
    return library_url(partnership)


def _of_finding(request: Request, finding: Finding) -> Sequence[Panel]:
    """In how many letters of the library each theme of a finding stands. Nothing while the library is empty."""
    partnership = web.partnership_of(request)
    if partnership is None or finding.withdrawn_at is not None:
        return ()
    linked = FindingTheme.objects.visible_to(request.user).filter(finding=finding, withdrawn_at__isnull=True)
    themes = queries.own_themes(
        queries.themes_to_search(partnership, for_person=request.user),
        list(linked.values_list("theme_id", flat=True)),
        searchable(finding.text),
    )
    total, found = queries.how_often(partnership, themes, for_person=request.user)
    if not total:
        return ()
    context = {
        "total": total, "library_url": search_url(partnership),
        "themes": [(each, search_url(partnership, theme=each.theme.key)) for each in found],
    }  # fmt: skip
    return (Panel("library/finding_panel.html", context, order=70),)


def register() -> None:
    """Say what this room offers."""
    menus.register(menus.MenuItem("library", "Library", _menu_url, order=25))
    web.offer_panel("finding", _of_finding)
    stories.tell(
        "library.letter",
        stories.Teller(
            lambda each: f"Letter about {each} in the library",
            lambda each: letter_url(each) if each.withdrawn_at is None else library_url(each.partnership),
            related=("partnership",),
        ),
    )
    stories.tell(
        "library.finding",
        stories.Teller(
            lambda each: f"{each.reference} of {each.letter}, in the library",
            lambda each: (
                finding_url(each) if each.letter.withdrawn_at is None else library_url(each.letter.partnership)
            ),
            related=("letter__partnership",),
            untold=frozenset({"searched"}),
        ),
    )
    stories.tell(
        "library.upload",
        stories.Teller(
            str,
            lambda each: reverse("library:upload", args=[each.partnership.slug, each.number]),
            related=("partnership",),
            untold=frozenset({"files", "outcomes"}),
        ),
    )
