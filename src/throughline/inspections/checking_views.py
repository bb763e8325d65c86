"""What was read of a letter is checked, page by page: entered in the register, put right, or set aside."""

import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from throughline.access import check_new, scope_of
from throughline.files.store import Missing
from throughline.files.verdict import Refused
from throughline.history.door import Conflict
from throughline.inspections import checking, letter_reading, permissions, proposals, queries, rules, themes
from throughline.inspections.frameworks import FindingKind
from throughline.inspections.letter_reading import Reading
from throughline.inspections.models import Finding, Letter, ProposedFinding, Theme
from throughline.inspections.models.proposal import ENTERED, OPEN, SET_ASIDE
from throughline.inspections.offers import check_url, finding_url, inspection_url, page_url
from throughline.inspections.proposing import words_of
from throughline.inspections.views import picture_of
from throughline.methods.printed import count
from throughline.partners.models import Agency, Partnership
from throughline.partners.requests import Request
from throughline.partners.web import answer_once, member_view
from throughline.ui import answers
from throughline.ui import page as pages


@dataclass(frozen=True)
class Card:
    """A proposal as its card shows it. `reference`: the one it has, or gets once those before it are entered."""

    proposal: ProposedFinding
    reference: str
    kind: FindingKind
    parts: Sequence[tuple[str, str]]
    agencies: Sequence[str]
    themes: Sequence[str]
    url: str
    can_split: bool

    @property
    def is_open(self) -> bool:
        return self.proposal.state == OPEN

    @property
    def is_entered(self) -> bool:
        return self.proposal.state == ENTERED

    @property
    def is_set_aside(self) -> bool:
        return self.proposal.state == SET_ASIDE


@dataclass(frozen=True)
class Sheet:
    """A letter's proposals with what their cards need, read at once."""

    letter: Letter
    every: Sequence[ProposedFinding]
    bodies: Sequence[Agency]
    known: Sequence[Theme]
    references: dict[UUID, str]

    def on_page(self, page: int) -> list[ProposedFinding]:
        return [each for each in self.every if each.page == page]

    @property
    def open(self) -> list[ProposedFinding]:
        return [each for each in self.every if each.state == OPEN]

    def cards(self, rows: Iterable[ProposedFinding]) -> list[Card]:
        bodies = {str(each.pk): each.short_name for each in self.bodies}
        known = {str(each.pk): each.name for each in self.known}
        return [
            Card(
                each, self.references.get(each.pk, ""), each.finding_kind,
                [(text, bodies.get(agency, "")) for text, agency in zip(each.parts, words_of(each).part_agencies,
                                                                       strict=True)],
                [bodies[key] for key in each.agencies if key in bodies],
                [known[key] for key in each.themes if key in known],
                _finding_url(self.letter, each.finding) if each.finding else "",
                can_split=len(proposals.pieces(words_of(each))) > 1,
            )
            for each in rows
        ]  # fmt: skip


def _finding_url(letter: Letter, finding: Finding) -> str:
    finding.inspection = letter.inspection
    return finding_url(finding)


def letter_to_check(request: Request, partnership: Partnership, inspection: str, letter: int) -> Letter:
    """The letter, for those who may confirm what was read in it."""
    check_new(request.user, "create", permissions.PROPOSAL, scope_of(partnership))
    found = queries.letter_of(
        queries.inspection_of(partnership, inspection, for_person=request.user), letter, for_person=request.user
    )
    pages.describe(request, audience=f"the business manager and the lead officer of {partnership.name}")
    return found


def sheet_of(request: Request, letter: Letter) -> Sheet:
    """Five queries, however many proposals there are."""
    partnership = letter.inspection.partnership
    every = list(queries.proposals_of(letter, for_person=request.user))
    taken = list(Finding.objects.visible_to(request.user).filter(inspection=letter.inspection).values_list(
        "reference", flat=True
    ))  # fmt: skip
    waiting = [each for each in every if each.state == OPEN]
    coming = checking.references_of([each.kind for each in waiting], taken)
    references = {each.pk: reference for each, reference in zip(waiting, coming, strict=True)}
    references |= {each.pk: each.finding.reference for each in every if each.finding}
    return Sheet(
        letter, every, list(queries.agencies_of(partnership, for_person=request.user)),
        list(themes.themes_of(partnership, for_person=request.user)), references,
    )  # fmt: skip


def reading_of(letter: Letter) -> Reading:
    """What was read; nothing where the file is missing or can be read no more."""
    try:
        return letter_reading.reading_of(letter.file.sha256, name=letter.file.name)
    except (Refused, Missing) as error:
        return Reading(texts=("",) * letter.pages, note=getattr(error, "sentence", str(error)))


# -- the page --------------------------------------------------------------------------------------------------------


@member_view
def check_letter(request: Request, partnership: Partnership, inspection: str, letter: int) -> HttpResponse:
    """One page of the letter beside what was read on it. One button does one thing to one card."""
    found = letter_to_check(request, partnership, inspection, letter)
    if request.method == "POST":
        return _do(request, found)
    sheet = sheet_of(request, found)
    reading = reading_of(found)
    read = sorted({each.page for each in sheet.every} | {each.page for each in reading.passages if each.page})
    page = _page_asked(request, found, sheet, read)
    cards = sheet.cards(sheet.on_page(page))
    text = reading.texts[page - 1] if page <= len(reading.texts) else ""
    context = {
        "partnership": partnership, "letter": found, "inspection": found.inspection, "page": page,
        "inspection_url": inspection_url(found.inspection), "cards": cards, "note": reading.note,
        "text": rules.shown_text(text), "picture": picture_of(found, page),
        "previous": check_url(found, page - 1) if page > 1 else "",
        "next": check_url(found, page + 1) if page < found.pages else "",
        "pages": [
            (number, len([each for each in sheet.open if each.page == number])) for number in range(1, found.pages + 1)
        ],
        "open_here": len([each for each in cards if each.is_open]), "open": len(sheet.open),
        "progress": progress(sheet.every), "passages": [each for each in reading.passages if each.page == page],
        "mark_url": page_url(found, page),
        "findings_url": reverse("inspections:findings", args=[partnership.slug, found.inspection.reference]),
        "next_open": _next_open(found, sheet, page),
    }  # fmt: skip
    return render(request, "inspections/check.html", context)


def progress(every: Sequence[ProposedFinding]) -> str:
    """`17 of 74 entered, 2 set aside.`"""
    entered = len([each for each in every if each.state == ENTERED])
    aside = len([each for each in every if each.state == SET_ASIDE])
    return f"{entered} of {len(every)} entered{f', {aside} set aside' if aside else ''}."


def _page_asked(request: Request, letter: Letter, sheet: Sheet, pages: Sequence[int]) -> int:
    """The page of the address; else the first that has something open, or anything read."""
    asked = request.GET.get("page", "")
    if asked:
        return _page_of(letter, asked)
    return next((each.page for each in sheet.open), next(iter(pages), 1))


def _next_open(letter: Letter, sheet: Sheet, page: int) -> str:
    """The next page that has something open, going round; empty when it is this one or none."""
    pages = sorted({each.page for each in sheet.open} - {page})
    after = [each for each in pages if each > page] or pages
    return check_url(letter, after[0]) if after else ""


# -- one thing to one card -------------------------------------------------------------------------------------------

_DONE: dict[str, str] = {
    "merge": "They are one now.", "up": "It is moved up.", "down": "It is moved down.",
    "aside": "It is set aside. You can bring it back.", "back": "It is back.",
}  # fmt: skip


def _do(request: Request, letter: Letter) -> HttpResponse:
    """What a card's button asks for. Whoever comes second is told what the first did."""
    do, version = request.POST.get("do", ""), request.POST.get("version", "")
    try:
        proposal = queries.proposal_of(
            letter, UUID(request.POST.get("proposal", "")), for_person=request.user, merged_too=True
        )
    except ValueError:
        raise Http404 from None
    if (do != "enter" and do not in _DONE) or not version.isdecimal() or len(version) > 9:
        raise Http404
    try:
        return answer_once(request, lambda: _act(request, letter, proposal, do, int(version)))
    except checking.CannotDo as error:
        messages.error(request, str(error))
    except Conflict:
        messages.error(request, "Somebody changed it first. This page shows how it stands now: look, and choose again.")
    return HttpResponseRedirect(card_url(letter, proposal))


def _page_of(letter: Letter, asked: str) -> int:
    """The page that an address names. Raises Http404 for one that the letter does not have."""
    if not asked.isdecimal() or len(asked) > 4 or not 1 <= int(asked) <= letter.pages:
        raise Http404
    return int(asked)


def _act(request: Request, letter: Letter, proposal: ProposedFinding, do: str, version: int) -> str:
    """The one action of a button. Gives where to go on."""
    if do == "enter":
        entered = checking.enter(by=request.user, letter=letter, chosen={proposal.pk: version}, now=request.now)
        messages.success(request, f"{entered[0].reference} is in the register.")
        return card_url(letter, proposal)
    verbs: dict[str, Callable[..., ProposedFinding]] = {
        "merge": checking.merge, "aside": checking.set_aside, "back": checking.bring_back,
        "up": lambda **named: checking.move(up=True, **named),
        "down": lambda **named: checking.move(up=False, **named),
    }  # fmt: skip
    kept = verbs[do](by=request.user, proposal=proposal, expected_version=version, now=request.now)
    messages.success(request, _DONE[do])
    return card_url(letter, kept)


def card_url(letter: Letter, proposal: ProposedFinding) -> str:
    """A proposal's card on the page of the letter where it stands."""
    return f"{check_url(letter, proposal.page)}#card-{proposal.pk}"


# -- many at once ----------------------------------------------------------------------------------------------------


@member_view
def enter_all(request: Request, partnership: Partnership, inspection: str, letter: int) -> HttpResponse:
    """Enter everything that is open, in the letter or on one page of it. Asks first, and says how many."""
    found = letter_to_check(request, partnership, inspection, letter)
    sheet = sheet_of(request, found)
    asked = request.GET.get("page", "")
    page = _page_of(found, asked) if asked else None
    rows = [each for each in sheet.open if page is None or each.page == page]
    back = check_url(found, page)
    if not rows and request.method != "POST":
        messages.error(request, "Nothing is open there: all of it is entered or set aside.")
        return HttpResponseRedirect(back)
    seen = _digest(rows)

    def enter() -> str:
        if request.POST.get("seen") != seen:
            raise checking.CannotDo("Somebody changed what is open since you looked. Look again before you enter it.")
        entered = checking.enter(
            by=request.user, letter=found, chosen={each.pk: each.version for each in rows}, now=request.now
        )
        messages.success(request, f"{count(len(entered), 'finding is', 'findings are')} in the register.")
        left = [each for each in sheet.open if each not in rows]
        return check_url(found, left[0].page) if left else _findings_url(found)

    if request.method == "POST":
        try:
            return answer_once(request, enter)
        except (checking.CannotDo, Conflict) as error:
            said = str(error) if isinstance(error, checking.CannotDo) else "Somebody changed one of them first."
            messages.error(request, said)
            return HttpResponseRedirect(back)
    return _ask(request, found, rows, page)


def _ask(request: Request, letter: Letter, rows: Sequence[ProposedFinding], page: int | None) -> HttpResponse:
    number = count(len(rows), "finding")
    where = f"on page {page}" if page else "in the letter"
    kinds: dict[FindingKind, int] = {}
    for each in rows:
        kinds[each.finding_kind] = kinds.get(each.finding_kind, 0) + 1
    return answers.confirm(
        request,
        title=f"Enter {number} in the register?",
        action=f"Enter {number}",
        cancel_url=check_url(letter, page),
        sentence=f"Everything that is open {where}:",
        consequences=[
            *(count(n, kind.printed.lower(), kind.plural.lower()) for kind, n in kinds.items()),
            "Each gets its reference in the letter’s order. What is wrong afterwards can be changed or withdrawn.",
        ],
        hidden={"seen": _digest(rows)},
        is_destructive=False,
    )


def _digest(rows: Sequence[ProposedFinding]) -> str:
    """What was on the page when somebody said yes to it."""
    text = " ".join(f"{each.pk}:{each.version}" for each in rows)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def _findings_url(letter: Letter) -> str:
    inspection = letter.inspection
    return reverse("inspections:findings", args=[inspection.partnership.slug, inspection.reference])
