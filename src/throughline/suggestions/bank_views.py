"""Pages of the bank: what findings of each theme suggest, and what is put right about it."""

from collections.abc import Callable, Iterable
from itertools import groupby

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from throughline.access import check, check_new, scope_of
from throughline.history.door import Conflict
from throughline.inspections.forms import Withdraw
from throughline.inspections.models import Theme
from throughline.inspections.themes import themes_of
from throughline.inspections.views import say_audience
from throughline.methods.printed import count
from throughline.methods.suggestions import Kind
from throughline.partners import web
from throughline.partners.models import Partnership
from throughline.partners.requests import Request
from throughline.partners.web import answer_once, bound, member_view
from throughline.plans.actions import CannotDo
from throughline.suggestions import bank, forms, permissions
from throughline.suggestions.models import BankEntry
from throughline.suggestions.offers import bank_url, entry_url
from throughline.ui import answers, page
from throughline.ui.forms import Form


def _keepers(request: Request, partnership: Partnership) -> None:
    check_new(request.user, "view", permissions.BANK_ENTRY, scope_of(partnership))
    say_audience(request, partnership)
    page.describe(request, audience=f"those who keep the plan of {partnership.name}")


def _save(request: Request, form: Form, save: Callable[[], str], partnership: Partnership) -> HttpResponse | None:
    if request.method != "POST" or not form.is_valid():
        return None
    try:
        return answer_once(request, save)
    except CannotDo as error:
        form.add_error(None, str(error))
    except Conflict as error:
        return web.conflict(request, error, form=form, title="the entry", theirs_url=bank_url(partnership))
    return None


def _page(request: Request, partnership: Partnership, form: Form, **context: object) -> HttpResponse:
    shown = {"partnership": partnership, "form": form, "back": bank_url(partnership), **context}
    return render(request, "suggestions/entry.html", shown, status=400 if form.errors else 200)


@member_view
def the_bank(request: Request, partnership: Partnership) -> HttpResponse:
    """The entries theme by theme. Sent, it begins the bank with the usual ones."""
    _keepers(request, partnership)
    if request.method == "POST":
        return answer_once(request, lambda: _begin(request, partnership))
    entries = bank.entries_of(partnership, for_person=request.user)
    held = {theme: list(some) for theme, some in groupby(entries, key=lambda each: each.theme_id)}
    themes = [
        {
            "theme": theme, "add_url": reverse("suggestions:add-entry", args=[partnership.slug, theme.pk]),
            "kinds": [
                (words, some)
                for kind, words in BankEntry.PRINTED.items()
                if (some := _of_kind(partnership, held.get(theme.pk, ()), kind))
            ],
        }
        for theme in themes_of(partnership, for_person=request.user)
    ]  # fmt: skip
    context = {"partnership": partnership, "themes": themes, "entries": sum(len(some) for some in held.values())}
    return render(request, "suggestions/bank.html", context)


def _of_kind(partnership: Partnership, entries: Iterable[BankEntry], kind: Kind) -> list[tuple[BankEntry, str]]:
    return [(each, entry_url(partnership, each)) for each in entries if each.kind == kind]


def _begin(request: Request, partnership: Partnership) -> str:
    made = bank.begin_bank(by=request.user, partnership=partnership, now=request.now)
    messages.success(
        request, f"The bank has {count(made, 'entry', 'entries')}. Change them as you need."
        if made else "The bank had begun already.",
    )  # fmt: skip
    return bank_url(partnership)


@member_view
def add_entry(request: Request, partnership: Partnership, theme: object) -> HttpResponse:
    """Add what findings of a theme suggest."""
    _keepers(request, partnership)
    check_new(request.user, "create", permissions.BANK_ENTRY, scope_of(partnership))
    which: Theme = themes_of(partnership, for_person=request.user).select_related("partnership").get(pk=theme)
    form = bound(request, forms.EntryWords)

    def add() -> str:
        bank.add_entry(
            by=request.user, theme=which, kind=Kind(form.cleaned_data["kind"]), text=form.cleaned_data["text"],
            now=request.now,
        )  # fmt: skip
        messages.success(request, f"Added to ‘{which.name}’.")
        return f"{bank_url(partnership)}#theme-{which.pk}"

    return _save(request, form, add, partnership) or _page(
        request, partnership, form, title=f"Add to ‘{which.name}’", button="Add it"
    )


def _entry(request: Request, partnership: Partnership, pk: object) -> BankEntry:
    _keepers(request, partnership)
    found: BankEntry = bank.entries_of(partnership, for_person=request.user).get(pk=pk)
    check(request.user, "change", found)
    return found


@member_view
def entry(request: Request, partnership: Partnership, entry: object) -> HttpResponse:
    """Put an entry in other words."""
    found = _entry(request, partnership, entry)
    form = bound(request, forms.ChangeEntry, initial={"text": found.text, "version": found.version})

    def save() -> str:
        if found.kind == Kind.AREA and len(form.cleaned_data["text"]) > 200:
            raise CannotDo("The title of an improvement area must be 200 characters or fewer.")
        bank.change_entry(
            by=request.user, entry=found, expected_version=form.cleaned_data["version"],
            text=form.cleaned_data["text"], now=request.now,
        )  # fmt: skip
        messages.success(request, "The entry is saved. Plans keep what they took from it.")
        return f"{bank_url(partnership)}#theme-{found.theme_id}"

    return _save(request, form, save, partnership) or _page(
        request, partnership, form, title="Change the entry", button="Save",
        caption=f"{found.theme.name}: {found.get_kind_display().lower()}",
        withdraw_url=reverse("suggestions:withdraw-entry", args=[partnership.slug, found.pk]),
    )  # fmt: skip


@member_view
def withdraw_entry(request: Request, partnership: Partnership, entry: object) -> HttpResponse:
    """Take an entry out of the bank, with a reason."""
    found = _entry(request, partnership, entry)
    form = bound(request, Withdraw, initial={"version": found.version})

    def withdraw() -> str:
        bank.withdraw_entry(
            by=request.user, entry=found, expected_version=form.cleaned_data["version"],
            reason=form.cleaned_data["reason"], now=request.now,
        )  # fmt: skip
        messages.success(request, "The entry is out of the bank.")
        return f"{bank_url(partnership)}#theme-{found.theme_id}"

    return _save(request, form, withdraw, partnership) or answers.confirm(
        request, title="Take this entry out of the bank?", action="Take it out", form=form, sentence=found.text,
        cancel_url=entry_url(partnership, found),
        consequences=["No finding suggests it any more.", "Plans keep what they took from it."],
    )  # fmt: skip
