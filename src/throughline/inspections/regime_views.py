"""Pages of the regimes of inspection as data: what each sets, where it has it from, and a partnership's own terms."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from throughline.access import check_new, scope_of
from throughline.history.door import Conflict
from throughline.inspections import permissions, terms
from throughline.inspections.forms import Withdraw
from throughline.inspections.frameworks import FRAMEWORKS, Framework
from throughline.inspections.models import FrameworkTerms
from throughline.inspections.offers import may_add
from throughline.inspections.refusals import CannotDo
from throughline.inspections.views import say_audience
from throughline.methods.clocks import Clock, Start, Unit
from throughline.partners import web
from throughline.partners.models import Partnership
from throughline.partners.requests import Request
from throughline.partners.web import answer_once, bound, member_view
from throughline.ui import answers
from throughline.ui import page as pages
from throughline.ui.forms import Form
from throughline.ui.parts import Row

_STARTS = {Start.RECEIVED: "The day on which it was received", Start.PUBLISHED: "The day on which it was published"}


class TermsForm(Form):
    """A regime's time and the name of its answer."""

    response = forms.CharField(label="What the answer is called", max_length=100)
    count = forms.IntegerField(
        label="How long", required=False, min_value=1, max_value=terms.LONGEST_CLOCK,
        help_text="A number. Leave it empty where the regime sets no time.",
        widget=forms.TextInput(attrs={"class": "govuk-input--width-3", "inputmode": "numeric"}),
    )  # fmt: skip
    unit = forms.ChoiceField(
        label="Counted in", choices=[(each.value, each.value.capitalize()) for each in Unit], widget=forms.RadioSelect
    )
    start = forms.ChoiceField(
        label="Counted from", choices=[(each.value, words) for each, words in _STARTS.items()], widget=forms.RadioSelect
    )
    source = forms.CharField(
        label="Where this is from", max_length=300,
        help_text="For example the letter of 3 September 2024, or the handbook of that year.",
    )  # fmt: skip
    version = forms.IntegerField(widget=forms.HiddenInput)

    @property
    def clock(self) -> Clock | None:
        """The time, once the form is valid."""
        data = self.cleaned_data
        return Clock(data["count"], Unit(data["unit"]), Start(data["start"])) if data["count"] else None

    @classmethod
    def begins(cls, regime: Framework, own: FrameworkTerms | None) -> dict[str, Any]:
        """The values to begin with: the partnership's own, or the default's."""
        clock = regime.clock
        return {
            "response": regime.response, "source": regime.source if own else "", "version": own.version if own else 0,
            "count": clock.count if clock else None, "unit": (clock.unit if clock else Unit.WORKING_DAYS).value,
            "start": (clock.start if clock else Start.RECEIVED).value,
        }  # fmt: skip


def regimes_url(partnership: Partnership) -> str:
    """The list of regimes."""
    return reverse("inspections:regimes", args=[partnership.slug])


def _own(request: Request, partnership: Partnership) -> dict[str, FrameworkTerms]:
    return {each.framework: each for each in terms.terms_of(partnership, for_person=request.user)}


@member_view
def regimes(request: Request, partnership: Partnership) -> HttpResponse:
    """Every regime with what holds for it here. Members read it; those who keep the plan change it."""
    check_new(request.user, "view", permissions.TERMS, scope_of(partnership))
    say_audience(request, partnership)
    pages.describe(request, section="inspections")
    own, may_set = _own(request, partnership), may_add(request, partnership, permissions.TERMS)
    shown = []
    for key, default in FRAMEWORKS.items():
        mine = own.get(key)
        regime = mine.applied() if mine else default
        shown.append(
            {
                "regime": regime, "rows": _rows(regime), "own": mine, "anchor": key,
                "url": reverse("inspections:regime", args=[partnership.slug, key]) if may_set else "",
                "default_url": reverse("inspections:regime-default", args=[partnership.slug, key]) if may_set else "",
            }
        )  # fmt: skip
    return render(request, "inspections/regimes.html", {"partnership": partnership, "regimes": shown})


def _rows(regime: Framework) -> list[Row]:
    time = f"{regime.clock.printed} from {regime.clock.start.printed}" if regime.clock else "No time is set"
    return [
        Row("Its answer", regime.response),
        Row("Time", time),
        Row("Who makes it", regime.principal),
        Row("Answers to a finding", ", ".join(regime.answers)),
        Row("Kinds of finding", ", ".join(each.printed for each in regime.kinds)),
        Row("What may follow", ", ".join(regime.follow_up)),
        Row("Source", regime.source),
    ]


def _found(request: Request, partnership: Partnership, framework: str) -> tuple[Framework, FrameworkTerms | None]:
    check_new(request.user, "create", permissions.TERMS, scope_of(partnership))
    if framework not in FRAMEWORKS:
        raise Http404
    say_audience(request, partnership)
    pages.describe(request, section="inspections")
    mine = _own(request, partnership).get(framework)
    return (mine.applied() if mine else FRAMEWORKS[framework]), mine


@member_view
def regime(request: Request, partnership: Partnership, framework: str) -> HttpResponse:
    """Give a regime another time, or another name for its answer."""
    found, mine = _found(request, partnership, framework)
    back = regimes_url(partnership)
    form = bound(request, TermsForm, initial=TermsForm.begins(found, mine))

    def save() -> str:
        data = form.cleaned_data
        terms.set_terms(
            by=request.user, partnership=partnership, framework=framework, response=data["response"], clock=form.clock,
            source=data["source"], expected_version=data["version"], now=request.now,
        )  # fmt: skip
        messages.success(request, f"{found.printed}: your terms hold from now on.")
        return f"{back}#{framework}"

    if request.method == "POST" and form.is_valid():
        try:
            return answer_once(request, save)
        except CannotDo as refusal:
            form.add_error(None, str(refusal))
        except Conflict as error:
            return web.conflict(request, error, form=form, title=found.printed, theirs_url=back)
    context = {"partnership": partnership, "form": form, "regime": found, "back": back}
    return render(request, "inspections/regime.html", context, status=400 if form.is_bound and form.errors else 200)


@member_view
def default(request: Request, partnership: Partnership, framework: str) -> HttpResponse:
    """Go back to a regime's default."""
    found, mine = _found(request, partnership, framework)
    back = regimes_url(partnership)
    if mine is None:
        messages.info(request, f"{found.printed}: the default holds already.")
        return redirect(back)
    form = bound(request, Withdraw, initial={"version": mine.version})

    def drop() -> str:
        terms.drop_terms(
            by=request.user, terms=mine, expected_version=form.cleaned_data["version"],
            reason=form.cleaned_data["reason"], now=request.now,
        )  # fmt: skip
        messages.success(request, f"{found.printed}: the default holds again.")
        return back

    if request.method == "POST" and form.is_valid():
        try:
            return answer_once(request, drop)
        except CannotDo as refusal:
            form.add_error(None, str(refusal))
        except Conflict as error:
            return web.conflict(request, error, form=form, title=found.printed, theirs_url=back)
    usual = FRAMEWORKS[framework]
    return answers.confirm(
        request, title=f"Go back to the default of {found.short}?", action="Go back to the default", cancel_url=back,
        form=form,
        consequences=(
            f"Its answer is called ‘{usual.response}’ again.",
            f"The time is {usual.clock.printed} again." if usual.clock else "No time is set again.",
        ),
    )  # fmt: skip
