"""Pages of a partnership's themes: the list with its words and findings, a try-out, and what is put right about one."""

from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import Count, Q
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from throughline.access import check, check_new, scope_of
from throughline.inspections import permissions, themes
from throughline.inspections.forms import Withdraw
from throughline.inspections.models import Theme
from throughline.inspections.offers import may_add
from throughline.inspections.record_rules import lines_of
from throughline.inspections.record_views import form_page, save_once
from throughline.inspections.views import say_audience
from throughline.methods.likeness import marked_needles
from throughline.methods.mentions import needle
from throughline.methods.printed import count
from throughline.partners.models import Partnership
from throughline.partners.requests import Request
from throughline.partners.web import answer_once, bound, member_view
from throughline.ui import answers
from throughline.ui import page as pages
from throughline.ui.forms import Form

BEGIN, MOVE, TRY = "begin", "move", "try"
_STANDING = Q(finding_links__withdrawn_at__isnull=True, finding_links__finding__withdrawn_at__isnull=True)


class ThemeForm(Form):
    """A theme's name and the words by which it is recognised."""

    name = forms.CharField(max_length=100, label="Name of the theme", help_text="For example ‘Strategy meetings’.")
    words = forms.CharField(
        max_length=5_000, required=False, label="Words that say it", widget=forms.Textarea(attrs={"rows": "8"}),
        help_text="One word or phrase to a line. Each is found from the beginning of a word, so ‘meeting’ finds"
        " ‘meetings’; up to three letters are found only as a whole word. Without any, the theme is never proposed.",
    )  # fmt: skip

    def clean_words(self) -> list[str]:
        """The words, one to a line."""
        words = lines_of(self.cleaned_data["words"])
        for each in words:
            if not needle(each):
                raise forms.ValidationError(f"‘{each[:40]}’ has no letter or digit to look for. Take the line out")
        return words


class ChangeThemeForm(ThemeForm):
    """The same, put right."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    @staticmethod
    def begins(theme: Theme) -> dict[str, Any]:
        """The values to begin with."""
        return {"name": theme.name, "words": "\n".join(theme.words), "version": theme.version}


class TryForm(Form):
    """A text, to see which themes it would get."""

    text = forms.CharField(
        max_length=10_000, label="Try a text", widget=forms.Textarea(attrs={"rows": "5", "spellcheck": "false"}),
        help_text="Paste a finding. Nothing is saved.", error_messages={"required": "Paste a text to try"},
    )  # fmt: skip


def themes_url(partnership: Partnership) -> str:
    """The list of a partnership's themes."""
    return reverse("inspections:themes", args=[partnership.slug])


def theme_url(theme: Theme) -> str:
    """Where a theme is put right."""
    return reverse("inspections:theme", args=[theme.partnership.slug, theme.pk])


@member_view
def theme_list(request: Request, partnership: Partnership) -> HttpResponse:
    """The themes in their order. Sent as a form, it begins the list, moves a theme, or tries a text."""
    say_audience(request, partnership)
    pages.describe(request, section="inspections")
    asked = request.POST.get("form", "") if request.method == "POST" else ""
    form = TryForm(request.POST) if asked == TRY else TryForm()
    if request.method == "POST" and asked != TRY:
        check_new(request.user, "create", permissions.THEME, scope_of(partnership))
        if asked == BEGIN:
            return answer_once(request, lambda: _begin(request, partnership))
        if asked == MOVE:
            return _move(request, partnership)
        raise Http404
    rows = list(
        themes.themes_of(partnership, for_person=request.user)
        .select_related("partnership")
        .annotate(findings=Count("finding_links", filter=_STANDING, distinct=True))
    )
    context: dict[str, Any] = {
        "partnership": partnership, "form": form, "may_change": may_add(request, partnership, permissions.THEME),
        "themes": [{"theme": each, "url": theme_url(each), "words": ", ".join(each.words)} for each in rows],
    }  # fmt: skip
    if asked == TRY and form.is_valid():
        text = form.cleaned_data["text"]
        found = themes.proposed_themes(text, rows)
        needles = [looked_for for each in found for word in each.words if (looked_for := needle(word))]
        context |= {"tried": True, "found": found, "pieces": marked_needles(text, needles)}
    return render(request, "inspections/themes.html", context, status=400 if form.errors else 200)


def _begin(request: Request, partnership: Partnership) -> str:
    made = themes.begin_taxonomy(by=request.user, partnership=partnership, now=request.now)
    messages.success(request, f"The list has {count(len(made), 'theme')}. Change them as you need.")
    return themes_url(partnership)


def _move(request: Request, partnership: Partnership) -> HttpResponseRedirect:
    theme = _theme(request, partnership, request.POST.get("theme", ""))

    def move() -> str:
        themes.move_theme(by=request.user, theme=theme, up=request.POST.get("way") == "up", now=request.now)
        return f"{themes_url(partnership)}#theme-{theme.pk}"

    return answer_once(request, move)


def _theme(request: Request, partnership: Partnership, pk: object) -> Theme:
    """One theme that stands. 404 for one that does not, or that is not for this person to see."""
    try:
        found: Theme = (
            themes.themes_of(partnership, for_person=request.user).select_related("partnership").get(pk=pk)
        )  # fmt: skip
    except (ValueError, forms.ValidationError) as error:
        raise Http404 from error
    return found


@member_view
def add_theme(request: Request, partnership: Partnership) -> HttpResponse:
    """Add a theme at the end of the list."""
    check_new(request.user, "create", permissions.THEME, scope_of(partnership))
    say_audience(request, partnership)
    pages.describe(request, section="inspections")
    form = bound(request, ThemeForm)

    def add() -> str:
        made = themes.add_theme(
            by=request.user, partnership=partnership, name=form.cleaned_data["name"], words=form.cleaned_data["words"],
            now=request.now,
        )  # fmt: skip
        messages.success(request, f"‘{made.name}’ is on the list.")
        return themes_url(partnership)

    answer = None
    if request.method == "POST" and form.is_valid():
        answer = save_once(request, form, add, title="the theme", theirs_url=themes_url(partnership))
    return answer or form_page(
        request, form, partnership=partnership, title="Add a theme", button="Add this theme",
        back=themes_url(partnership), back_words="Themes",
    )  # fmt: skip


@member_view
def theme(request: Request, partnership: Partnership, theme: object) -> HttpResponse:
    """Rename a theme or change its words."""
    found = _theme(request, partnership, theme)
    check(request.user, "change", found)
    say_audience(request, partnership)
    pages.describe(request, section="inspections")
    form = bound(request, ChangeThemeForm, initial=ChangeThemeForm.begins(found))
    back = themes_url(partnership)

    def save() -> str:
        data = form.cleaned_data
        themes.change_theme(
            by=request.user, theme=found, expected_version=data["version"], name=data["name"], words=data["words"],
            now=request.now,
        )  # fmt: skip
        messages.success(request, f"‘{data['name']}’ is saved. Findings keep the themes that they have.")
        return back

    answer = None
    if request.method == "POST" and form.is_valid():
        answer = save_once(request, form, save, title=f"‘{found.name}’", theirs_url=back)
    return answer or form_page(
        request, form, partnership=partnership, title="Change the theme", button="Save", caption=found.name, back=back,
        back_words="Themes",
        links=[("Take it off the list", reverse("inspections:withdraw-theme", args=[partnership.slug, found.pk]))],
    )  # fmt: skip


@member_view
def withdraw_theme(request: Request, partnership: Partnership, theme: object) -> HttpResponse:
    """Take a theme off the list, with a reason."""
    found = _theme(request, partnership, theme)
    check(request.user, "change", found)
    say_audience(request, partnership)
    pages.describe(request, section="inspections")
    form = bound(request, Withdraw, initial={"version": found.version})

    def withdraw() -> str:
        themes.withdraw_theme(
            by=request.user, theme=found, expected_version=form.cleaned_data["version"],
            reason=form.cleaned_data["reason"], now=request.now,
        )  # fmt: skip
        messages.success(request, f"‘{found.name}’ is off the list.")
        return themes_url(partnership)

    answer = None
    if request.method == "POST" and form.is_valid():
        answer = save_once(request, form, withdraw, title=f"‘{found.name}’", theirs_url=themes_url(partnership))
    return answer or answers.confirm(
        request, title=f"Take ‘{found.name}’ off the list?", action="Take it off the list", cancel_url=theme_url(found),
        form=form, consequences=["It is proposed for no finding any more.", "Findings that have it keep it."],
    )  # fmt: skip
