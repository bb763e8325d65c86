"""What every room's pages share: whose partnership, who may, once only, and the same 404 for all that is not theirs."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import wraps
from typing import Any, TypeVar
from uuid import UUID

from django.core.exceptions import ObjectDoesNotExist
from django.forms import BaseForm
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone

from throughline.access import AccessDenied
from throughline.history.once import once
from throughline.partners.models import Partnership, Person
from throughline.partners.requests import claim_of, kept_words, key_of
from throughline.ui import page

View = Callable[..., HttpResponse]
SomeForm = TypeVar("SomeForm", bound=BaseForm)


def open_to_all(view: View) -> View:
    """Mark a view as answering people who are not signed in."""
    view.open_to_all = True  # type: ignore[attr-defined]
    return view


def partnership_or_404(request: HttpRequest, slug: str) -> Partnership:
    """The partnership, if this person may see it; sets the page's particulars."""
    found: Partnership | None = (
        Partnership.objects.visible_to(request.user).filter(slug=slug, withdrawn_at__isnull=True).first()
    )
    if found is None:
        raise Http404
    page.describe(
        request,
        marking=found.marking,
        audience=f"all members of the {found.name}",
        partnership=found.name,
        partnership_url=reverse("partners:front", args=[found.slug]),
        illustrative=found.illustrative,
    )
    request.partnership = found  # type: ignore[attr-defined]
    return found


def member_view(view: View) -> View:
    """A page of a partnership: `view(request, partnership, ...)` for a route with `slug`.

    Not yours and not there are the same 404.
    """

    @wraps(view)
    def answer(request: HttpRequest, slug: str, **rest: Any) -> HttpResponse:
        try:
            return view(request, partnership_or_404(request, slug), **rest)
        except (AccessDenied, ObjectDoesNotExist) as error:
            raise Http404 from error

    return answer


def answer_once(request: HttpRequest, act: Callable[[], str]) -> HttpResponseRedirect:
    """Do what a form asks for, once: `act` calls the one action and returns where to go.

    A second sending of the same form with the same words goes where the first one went. Raises what `act` raises.
    """
    key = key_of(request)
    if key is None or key.person_id != request.user.pk:
        raise Http404
    with once(person_id=key.person_id, key=claim_of(request, key), now=request.now) as answer:  # type: ignore[attr-defined]
        if answer.already is None:
            answer.location = act()
    return HttpResponseRedirect(answer.already or answer.location)


def bound(request: HttpRequest, form: type[SomeForm], *, only: str = "", **rest: Any) -> SomeForm:
    """The form as sent, or with the words kept from before a new sign-in, or as it begins.

    On a page of several forms `only` names the value of the field 'form' that this one answers to.
    """
    if request.method == "POST" and (not only or request.POST.get("form") == only):
        return form(request.POST, request.FILES, **rest)
    kept = kept_words(request) if request.method == "GET" else None
    if kept is not None and (not only or kept.get("form") == only):
        return form(kept, **rest)
    return form(**rest)


def today(request: HttpRequest) -> date:
    """The day in Europe/London on which the request came."""
    return timezone.localdate(request.now)  # type: ignore[attr-defined]


@dataclass(frozen=True)
class WorkItem:
    """One thing that a person owes or may do. `order` 0 is most urgent; `due` may be None."""

    sentence: str
    url: str
    partnership: str
    due: date | None = None
    order: int = 50


@dataclass(frozen=True)
class Panel:
    """A part of a partnership's front page, or of another room's page: `template` drawn with `context`."""

    template: str
    context: dict[str, Any]
    order: int = 50


MyWork = Callable[[Person, date], Sequence[WorkItem]]
Panels = Callable[[HttpRequest, Any], Sequence[Panel]]
HealthLines = Callable[[], Sequence[tuple[str, str, bool]]]

_my_work: list[MyWork] = []
_panels: dict[str, list[Panels]] = {}
_health: list[HealthLines] = []


def offer_work(source: MyWork) -> None:
    """Have a room's items shown under 'My work', the one page that reads across partnerships."""
    _my_work.append(source)


def my_work(person: Person, on: date) -> list[WorkItem]:
    """Everything that a person has to do, most urgent first."""
    found = [item for source in _my_work for item in source(person, on)]
    return sorted(found, key=lambda item: (item.order, item.due or date.max, item.sentence))


def offer_panel(place: str, source: Panels) -> None:
    """Have a room's part shown on a page of a lower room. `place` is 'front', 'finding', 'action' or 'period'."""
    _panels.setdefault(place, []).append(source)


def panels(place: str, request: HttpRequest, thing: Any) -> list[Panel]:
    """The parts that higher rooms give to a page about `thing`."""
    return sorted((each for source in _panels.get(place, []) for each in source(request, thing)), key=lambda p: p.order)


def offer_health(source: HealthLines) -> None:
    """Have a room's lines (label, text, all well) stand on the health page."""
    _health.append(source)


def health_lines() -> list[tuple[str, str, bool]]:
    """Every room's lines for the health page."""
    return [line for source in _health for line in source()]


def role_names(person: Person, partnership_id: UUID, on: date) -> frozenset[str]:
    """The roles that a person holds in one partnership on a day, for choosing what to offer, never for deciding."""
    return frozenset(grant.role for grant in person.grants_on(on) if grant.partnership == partnership_id)
