"""Pages of findings: the list, one finding with its thread, and what is put right about it."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse

from throughline.access import allows, check, check_new, scope_of
from throughline.files.store import Missing
from throughline.files.verdict import Refused
from throughline.history.door import Conflict
from throughline.inspections import actions, forms, letter_pages, links, permissions, queries, recurrence, themes
from throughline.inspections.finding_filters import LinkFilter
from throughline.inspections.frameworks import FINDING_KINDS
from throughline.inspections.models import Finding, FindingAgency, FindingTheme, Theme
from throughline.inspections.naming_forms import ChangeFinding, parts_wanted
from throughline.inspections.offers import finding_url, inspection_url, may_add, page_url
from throughline.inspections.views import say_audience
from throughline.partners import stories, web
from throughline.partners.models import Partnership
from throughline.partners.requests import Request
from throughline.partners.web import answer_once, bound, member_view
from throughline.ui import answers
from throughline.ui.lists import Choice, ChoiceFilter, FieldFilter, ListColumn, ListPage
from throughline.ui.parts import Cell, Happening

_OWN = "partnership"


def _answered(each: Finding) -> Cell | str:
    if each.answered_by:  # type: ignore[attr-defined]
        return ", ".join(link.action.reference for link in each.answered_by)  # type: ignore[attr-defined]
    return "No action yet" if each.finding_kind.needs_action else "Needs none"


FINDINGS = ListPage(
    title="Findings",
    name="findings",
    columns=(
        ListColumn("Reference", lambda each: Cell(each.reference, url=finding_url(each)), sort="place", narrow=True),
        ListColumn("Finding", lambda each: each.title, sort="title"),
        ListColumn("Kind", lambda each: each.finding_kind.printed, sort="kind"),
        ListColumn("Names", lambda each: ", ".join(link.agency.short_name for link in each.names)),
        ListColumn("Themes", lambda each: "; ".join(link.theme.name for link in each.about)),
        ListColumn("Page", lambda each: each.page, sort="page", numeric=True),
        ListColumn("Answered by", _answered),
    ),
    filters=(
        FieldFilter("kind", "Kind", "kind", words={kind.key: kind.plural for kind in FINDING_KINDS.values()}),
        ChoiceFilter(
            "answer",
            "Answer",
            (
                Choice("answered", "Answered by an action", queries.ANSWERED),
                Choice("without", "Without action", queries.UNANSWERED),
            ),
        ),
        LinkFilter("names", "Agency named", FindingAgency, "agency_id", "agency__name", "Without an agency"),
        LinkFilter("theme", "Theme", FindingTheme, "theme_id", "theme__name", "Without a theme"),
        ChoiceFilter(
            "return",
            "Came back",
            (
                Choice("earlier", "Returns of an earlier finding", recurrence.RETURNS),
                Choice("first", "Not marked as a return", ~recurrence.RETURNS),
            ),
        ),
    ),
    search=("reference", "title", "text"),
    search_label="Search in titles and the inspectors’ words",
    default_sort="place",
    empty="Nothing is marked yet. Open the letter, read it page by page and mark what it found.",
)


@member_view
def findings(request: Request, partnership: Partnership, inspection: str) -> HttpResponseBase:
    """An inspection's findings, with filters and counts."""
    found = queries.inspection_of(partnership, inspection, for_person=request.user)
    say_audience(request, partnership)
    rows = queries.findings_of(partnership, for_person=request.user).filter(inspection=found)
    letter = queries.letters_of(found, for_person=request.user).first()
    context = {
        "partnership": partnership, "inspection": found, "inspection_url": inspection_url(found),
        "letter_url": page_url(letter, 1) if letter else "",
        "may_add": may_add(request, partnership, permissions.FINDING),
    }  # fmt: skip
    return FINDINGS.respond(request, rows, template="inspections/findings.html", context=context)


@member_view
def add_finding(request: Request, partnership: Partnership, inspection: str) -> HttpResponse:
    """Add a finding that the partnership made itself."""
    found = queries.inspection_of(partnership, inspection, for_person=request.user)
    check_new(request.user, "create", permissions.FINDING, scope_of(partnership))
    say_audience(request, partnership)
    form = bound(request, forms.OwnFinding)

    def add() -> str:
        made = actions.mark_finding(
            by=request.user, inspection=found, kind=_OWN, text=form.cleaned_data["text"],
            title=form.cleaned_data["title"], now=request.now,
        )  # fmt: skip
        messages.success(request, f"{made.reference} is added.")
        return finding_url(made)

    if request.method == "POST" and form.is_valid():
        try:
            return answer_once(request, add)
        except actions.CannotDo as error:
            form.add_error(None, str(error))
    back = reverse("inspections:findings", args=[partnership.slug, found.reference])
    context = {"partnership": partnership, "inspection": found, "form": form, "back": back}
    return render(request, "inspections/add_finding.html", context, status=400 if form.errors else 200)


@member_view
def finding(request: Request, partnership: Partnership, inspection: str, finding: str) -> HttpResponse:
    """One finding: its words, where they stand, what answers it, and what happened to it."""
    found = _found(request, partnership, inspection, finding)
    say_audience(request, partnership)
    where = _where(found)
    standing = found.standing_parts  # type: ignore[attr-defined]
    findings_url = reverse("inspections:findings", args=[partnership.slug, found.inspection.reference])
    return render(
        request,
        "inspections/finding.html",
        {
            "partnership": partnership, "finding": found, "inspection": found.inspection,
            "inspection_url": inspection_url(found.inspection),
            "findings_url": findings_url, "lead": links.words_of(found, standing).text, "parts": standing,
            "page_url": page_url(found.letter, found.page) if found.letter and found.page else "",
            "where": where, "panels": web.panels("finding", request, found),
            "history": happenings(found, request),
            "may_change": found.withdrawn_at is None and allows(request.user, "change", found),
        },
    )  # fmt: skip


def _found(request: Request, partnership: Partnership, inspection: str, reference: str) -> Finding:
    within = queries.inspection_of(partnership, inspection, for_person=request.user)
    return queries.finding_of(within, reference, for_person=request.user)


def _where(finding: Finding) -> str:
    if finding.letter is None:
        return "The partnership’s own words"
    which = "" if finding.letter.number == 1 else f" {finding.letter.number}"
    return f"The inspectors’ letter{which}, page {finding.page}"


def happenings(thing: object, request: Request) -> list[Happening]:
    """A thing's story as a timeline shows it, newest first."""
    return [
        Happening(
            title=each.event.verb[:1].upper() + each.event.verb[1:],
            at=each.event.recorded_at,
            by=each.by,
            text="\n".join(
                [
                    *([each.reason] if each.reason else []),
                    *(
                        f"{change.label}: {change.before or '(empty)'} → {change.after or '(empty)'}"
                        for change in each.changes
                        if each.event.verb not in {"created", "marked", "added", "entered"}
                    ),
                ]
            ),
        )
        for each in stories.story_of(thing, request.user)  # type: ignore[arg-type]
    ]


@member_view
def change_finding(request: Request, partnership: Partnership, inspection: str, finding: str) -> HttpResponse:
    """Put a finding's words, page or title right."""
    found = _found(request, partnership, inspection, finding)
    if found.withdrawn_at is not None:
        raise Http404
    check(request.user, "change", found)
    say_audience(request, partnership)
    form = bound(
        request, ChangeFinding, finding=found, initial=ChangeFinding.begins(found),
        bodies=list(queries.agencies_of(partnership, for_person=request.user)), known=_themes_for(request, found),
        parts=parts_wanted(links.words_of(found, found.standing_parts), request.POST),  # type: ignore[attr-defined]
    )  # fmt: skip

    def save() -> str:
        data = form.cleaned_data
        changed = actions.change_finding(
            by=request.user, finding=found, expected_version=data["version"], text=data["text"], title=data["title"],
            page=data.get("page"), reason=data["reason"], given=form.given, now=request.now,
        )  # fmt: skip
        if doubt:
            messages.warning(request, doubt)
        messages.success(request, f"{changed.reference} is saved.")
        return finding_url(changed)

    if request.method == "POST" and form.is_valid():
        doubt = _doubt(found, form.given.words.whole, form.cleaned_data.get("page"))
        try:
            return answer_once(request, save)
        except actions.CannotDo as error:
            form.add_error("page", str(error))
        except Conflict as error:
            return web.conflict(request, error, form=form, title=found.reference, theirs_url=finding_url(found))
    context = {"partnership": partnership, "finding": found, "form": form, "back": finding_url(found)}
    return render(request, "inspections/change_finding.html", context, status=400 if form.errors else 200)


def _themes_for(request: Request, finding: Finding) -> list[Theme]:
    """The themes on offer: those that stand, and those that the finding has although they were taken off the list."""
    standing = list(themes.themes_of(finding.inspection.partnership, for_person=request.user))
    return standing + [each.theme for each in finding.about if each.theme not in standing]  # type: ignore[attr-defined]


def _doubt(finding: Finding, text: str, page: int | None) -> str:
    """The sentence for words that do not stand on the page that is given for them; they are kept all the same."""
    if finding.letter is None or page is None:
        return ""
    try:
        texts = letter_pages.texts_of(finding.letter.file.sha256, name=finding.letter.file.name)
    except (Refused, Missing):
        return ""
    here, behind = [*texts[page - 1 : page + 1], "", ""][:2]
    doubt = forms.doubt_about(text, page, here, behind)
    return f"These words are not on page {page} as printed. They are kept as you typed them." if doubt else ""


@member_view
def withdraw_finding(request: Request, partnership: Partnership, inspection: str, finding: str) -> HttpResponse:
    """Take a finding that was marked by mistake out of the register."""
    found = _found(request, partnership, inspection, finding)
    if found.withdrawn_at is not None:
        raise Http404
    check(request.user, "change", found)
    say_audience(request, partnership)
    form = bound(request, forms.Withdraw, initial={"version": found.version})
    back = finding_url(found)

    def withdraw() -> str:
        actions.withdraw_finding(
            by=request.user, finding=found, expected_version=form.cleaned_data["version"],
            reason=form.cleaned_data["reason"], now=request.now,
        )  # fmt: skip
        messages.success(request, f"{found.reference} is withdrawn. Its reference is not used again.")
        return reverse("inspections:findings", args=[partnership.slug, found.inspection.reference])

    if request.method == "POST" and form.is_valid():
        try:
            return answer_once(request, withdraw)
        except actions.CannotDo as error:
            form.add_error(None, str(error))
        except Conflict as error:
            return web.conflict(request, error, form=form, title=found.reference, theirs_url=back)
    return answers.confirm(
        request, title=f"Withdraw {found.reference}?", action="Withdraw this finding", cancel_url=back, form=form,
        sentence=found.title,
        consequences=["It leaves every list and count.", "Its page, its words and your reason stay in the record."],
    )  # fmt: skip
