"""What every room's pages share: whose partnership, who may, once only, and the same 404 for all that is not theirs."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import wraps
from typing import Any, TypeVar
from urllib.parse import urlencode
from uuid import UUID

from allauth.account.internal.flows.reauthentication import did_recently_reauthenticate
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist
from django.db.models import OuterRef, Subquery
from django.forms import BaseForm
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils import timezone

from throughline.access import AccessDenied
from throughline.history.door import Conflict
from throughline.history.models import Chain, Event
from throughline.history.once import once
from throughline.methods import printed
from throughline.partners.former import called_on
from throughline.partners.models import Partnership, Person
from throughline.partners.requests import claim_of, keep_words, kept_words, key_of, page_of
from throughline.ui import answers, page
from throughline.ui.dates import EARLIEST, LATEST

View = Callable[..., HttpResponseBase]
SomeForm = TypeVar("SomeForm", bound=BaseForm)


def open_to_all(view: View) -> View:
    """Mark a view as answering people who are not signed in."""
    view.open_to_all = True  # type: ignore[attr-defined]
    return view


def partnership_or_404(request: HttpRequest, slug: str) -> Partnership:
    """The partnership, if this person may see it; sets the page's particulars."""
    person: Any = request.user
    found: Partnership | None = (
        Partnership.objects.visible_to(person)
        .filter(slug=slug, withdrawn_at__isnull=True)
        .annotate(
            head=Subquery(Chain.objects.filter(partnership_id=OuterRef("pk")).values("head_hash")),
            deployment_head=Subquery(Chain.objects.filter(partnership_id__isnull=True).values("head_hash")),
        )
        .first()
    )
    if found is None:
        raise Http404
    page.describe(
        request,
        marking=found.marking,
        audience=f"all members of {found.name}",
        partnership=found.name,
        partnership_url=reverse("partners:front", args=[found.slug]),
        illustrative=found.illustrative,
        today=found.shown_today,
    )
    request.partnership = found  # type: ignore[attr-defined]
    return found


def member_view(view: View) -> View:
    """A page of a partnership: `view(request, partnership, ...)` for a route with `slug`.

    Not yours and not there are the same 404.
    """

    @wraps(view)
    def answer(request: HttpRequest, slug: str, **rest: Any) -> HttpResponseBase:
        try:
            return view(request, partnership_or_404(request, slug), **rest)
        except (AccessDenied, ObjectDoesNotExist, Http404) as error:
            _forget_partnership(request)
            raise Http404 from error

    return answer


def _forget_partnership(request: HttpRequest) -> None:
    """Have the page say nothing of the partnership that it would have been of: a 404 is the same for everybody."""
    request.page = page.Page()  # type: ignore[attr-defined]
    request.partnership = None  # type: ignore[attr-defined]


def state_of(partnership: Partnership) -> str:
    """The state of the register when this request read its partnership: the heads of its chain and the deployment's.

    Every row of the register that a page of this partnership may show is as it was while these stay. Empty where the
    partnership came another way, and then nothing may be kept.
    """
    head = getattr(partnership, "head", None)
    return f"{head}:{partnership.deployment_head}" if head else ""  # type: ignore[attr-defined]


def partnership_of(request: HttpRequest) -> Partnership | None:
    """The partnership that this page is of, for menus; None on a page of none."""
    return getattr(request, "partnership", None)


def step_up(view: View) -> View:
    """Ask again who this is, where Throughline is shared, when the last proof is older than 15 minutes.

    For exports, publishing and the keeping of accounts. Words that were sent are kept meanwhile.
    """

    @wraps(view)
    def answer(request: HttpRequest, *positional: Any, **named: Any) -> HttpResponseBase:
        if settings.EMBEDDED or did_recently_reauthenticate(request):
            return view(request, *positional, **named)
        if request.method == "POST":
            keep_words(request)
        has_password = request.user.has_usable_password()  # type: ignore[union-attr]
        where = reverse("account_reauthenticate" if has_password else "mfa_reauthenticate")
        return HttpResponseRedirect(f"{where}?{urlencode({'next': page_of(request)})}")

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


def conflict(request: HttpRequest, error: Conflict, *, form: BaseForm, title: str, theirs_url: str) -> HttpResponse:
    """The page on which somebody settles their words with those that were saved first. `form` is the one as sent.

    title: what both changed ("ACT-012"); theirs_url: where keeping the other version leads. The form's hidden 'version'
    is renewed, so that sending it again is a choice made with both versions in view.
    """
    last = Event.objects.filter(thing_id=error.theirs.pk).order_by("-recorded_at").first()
    differences = [
        answers.Difference(
            label=str(form.fields[name].label), mine=_as_text(form, name, mine),
            theirs=_as_text(form, name, getattr(error.theirs, name)),
        )
        for name, mine in error.mine.items()
        if name in form.fields
    ]  # fmt: skip
    form.data = form.data.copy()  # type: ignore[attr-defined]
    form.data[form.add_prefix("version")] = str(error.theirs.version)  # type: ignore[attr-defined, index]
    now = request.now  # type: ignore[attr-defined]
    return answers.conflict(
        request, title=title, by=last.by_name if last else "Somebody", at=last.recorded_at if last else now, now=now,
        differences=differences, form=form, theirs_url=theirs_url,
    )  # fmt: skip


def _as_text(form: BaseForm, name: str, value: Any) -> str:
    """A value as the field shows it: a choice by its words."""
    choices = getattr(form.fields[name], "choices", None)
    if choices:
        words = {str(key): str(label) for key, label in choices if not isinstance(label, list | tuple)}
        if isinstance(value, list):
            return "\n".join(words.get(str(each), str(each)) for each in value)
        return words.get(str(getattr(value, "pk", value)), str(value))
    if isinstance(value, date):
        return printed.day(value)
    if isinstance(value, list):
        return "\n".join(str(each) for each in value)
    return "" if value is None else str(value)


def bound(request: HttpRequest, form: type[SomeForm], *, only: str = "", **rest: Any) -> SomeForm:
    """The form as sent, or with the words kept from before a new sign-in, or as it begins.

    On a page of several forms `only` names the value of the field 'form' that this one answers to.
    """
    if request.method == "POST" and (not only or request.POST.get("form") == only):
        return form(request.POST, request.FILES, **rest)
    kept = kept_words(request, only=only) if request.method == "GET" else None
    if kept is not None:
        messages.warning(request, "Your words are kept, and nothing is saved yet. Check them and save.")
        return form(kept, **rest)
    return form(**rest)


def today(request: HttpRequest) -> date:
    """The day that counts as today: in an illustrative partnership its own, else the day in Europe/London."""
    partnership = partnership_of(request)
    if partnership is not None and partnership.shown_today is not None:
        return partnership.shown_today
    return timezone.localdate(request.now)  # type: ignore[attr-defined]


def as_of(request: HttpRequest) -> date | None:
    """The day as at whose end the page is asked for (`?as-of=2019-01-30`), told to the page; None for now."""
    asked = request.GET.get(page.AS_OF, "").strip()
    if not asked:
        return None
    try:
        day: date | None = date.fromisoformat(asked)
    except ValueError:
        day = None
    if day is None or not EARLIEST <= day.year <= LATEST:
        messages.error(request, f"‘{asked[:40]}’ is not a date. Give the day as 2019-01-30. This page shows today.")
        return None
    page.describe(request, as_of=day)
    if (partnership := partnership_of(request)) is not None:
        page.describe(request, partnership=called_on(partnership, day).name)
    return day


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
Panels = Callable[[Any, Any], Sequence[Panel]]
HealthLines = Callable[[], Sequence[tuple[str, str, bool]]]

FirstStep = Callable[[Any, Partnership], tuple[str, str, str] | None]

_my_work: list[MyWork] = []
_first_steps: list[FirstStep] = []
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
    """Have a room's part shown on a page of a lower room. `place` names the page: front, action, impact"""
    _panels.setdefault(place, []).append(source)


def panels(place: str, request: HttpRequest, thing: Any) -> list[Panel]:
    """The parts that higher rooms give to a page about `thing`."""
    return sorted((each for source in _panels.get(place, []) for each in source(request, thing)), key=lambda p: p.order)


def offer_first_step(source: FirstStep) -> None:
    """Have an empty partnership's front page say what comes first: (sentence, button, address), or None."""
    _first_steps.append(source)


def first_step(request: HttpRequest, partnership: Partnership) -> tuple[str, str, str] | None:
    """What an empty partnership's front page offers this person, if any room has something."""
    return next((step for source in _first_steps if (step := source(request, partnership))), None)


def offer_health(source: HealthLines) -> None:
    """Have a room's lines (label, text, all well) stand on the health page."""
    _health.append(source)


def health_lines() -> list[tuple[str, str, bool]]:
    """Every room's lines for the health page."""
    return [line for source in _health for line in source()]


def role_names(person: Person, partnership_id: UUID, on: date) -> frozenset[str]:
    """The roles that a person holds in one partnership on a day, for choosing what to offer, never for deciding."""
    return frozenset(grant.role for grant in person.grants_on(on) if grant.partnership == partnership_id)
