"""Pages of what stands between findings and actions: a finding moved to another area, and what would show an impact."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from throughline.access import check, check_new, scope_of
from throughline.history.door import Conflict
from throughline.inspections.views import say_audience
from throughline.partners import web
from throughline.partners.models import Partnership
from throughline.partners.requests import Request
from throughline.partners.web import answer_once, bound, member_view
from throughline.plans import actions, drafting, forms, permissions, placings, queries
from throughline.plans.models import DesiredImpact, ImpactTest
from throughline.plans.offers import impact_url, plan_url
from throughline.ui import answers
from throughline.ui.forms import Form


def _save(
    request: Request, form: Form, save: Callable[[], str], *, title: str, theirs_url: str, field: str | None = None
) -> HttpResponse | None:
    """Do once what a valid form asks for. None when it is to be shown, with what stands in the way."""
    if request.method != "POST" or not form.is_valid():
        return None
    try:
        return answer_once(request, save)
    except actions.CannotDo as error:
        form.add_error(field, str(error))
    except Conflict as error:
        return web.conflict(request, error, form=form, title=title, theirs_url=theirs_url)
    return None


def _page(request: Request, form: Form, **context: object) -> HttpResponse:
    return render(request, "plans/form.html", {"form": form, **context}, status=400 if form.errors else 200)


@member_view
def placed(request: Request, partnership: Partnership, plan: str, placed: object) -> HttpResponse:
    """Move a finding to another improvement area, or take it out."""
    within = queries.plan_of(partnership, plan, for_person=request.user)
    found = placings.placing_of(within, placed, for_person=request.user)  # type: ignore[arg-type]
    check(request.user, "change", found)
    say_audience(request, partnership)
    areas = [each for each in queries.areas_of(within, for_person=request.user) if each.pk != found.area_id]
    form = bound(request, forms.MovePlaced, areas=areas, initial={"version": found.version})
    back, name = plan_url(within), found.finding.reference

    def move() -> str:
        version, area = form.cleaned_data["version"], form.chosen_area
        if area is None:
            drafting.take_out(by=request.user, placed=found, expected_version=version, now=request.now)
            messages.success(request, f"{name} is in area {found.area.number} no more.")
        else:
            drafting.move_finding(by=request.user, placed=found, expected_version=version, area=area, now=request.now)
            messages.success(request, f"{name} is in improvement area {area.number} now.")
        return back

    return _save(request, form, move, title=name, theirs_url=back, field="area") or _page(
        request, form, partnership=partnership, title=f"Move {name} to another area", button="Save", back=back,
        back_words=within.title, caption=f"{name} is in {found.area}",
    )  # fmt: skip


def _impact(request: Request, partnership: Partnership, plan: str, impact: str) -> DesiredImpact:
    within = queries.plan_of(partnership, plan, for_person=request.user)
    found = queries.impact_of(within, impact, for_person=request.user)
    say_audience(request, partnership)
    return found


def test_url(test: ImpactTest) -> str:
    """Where one way to show an impact is put in other words."""
    plan = test.desired_impact.plan
    return reverse(
        "plans:test", args=[plan.partnership.slug, plan.reference, test.desired_impact.reference, test.number]
    )


@member_view
def add_test(request: Request, partnership: Partnership, plan: str, impact: str) -> HttpResponse:
    """Say by what one would see a desired impact."""
    found = _impact(request, partnership, plan, impact)
    check_new(request.user, "create", permissions.IMPACT_TEST, scope_of(partnership))
    form = bound(request, forms.TestWords)
    back = impact_url(found)

    def add() -> str:
        made = drafting.add_tests(
            by=request.user, impact=found, tests=[(form.cleaned_data["kind"], form.cleaned_data["text"])],
            now=request.now,
        )  # fmt: skip
        messages.success(request, "It is added." if made else "It was there already.")
        return back

    return _save(request, form, add, title=found.reference, theirs_url=back) or _page(
        request, form, partnership=partnership, title="Add what would show this impact", button="Add it", back=back,
        back_words=found.reference, caption=f"{found.reference} {found.would_see}",
    )  # fmt: skip


@member_view
def change_test(request: Request, partnership: Partnership, plan: str, impact: str, number: int) -> HttpResponse:
    """Put what would show an impact in other words."""
    within = _impact(request, partnership, plan, impact)
    found = placings.test_of(within, number, for_person=request.user)
    check(request.user, "change", found)
    form = bound(
        request, forms.ChangeTest, initial={"kind": found.kind, "text": found.text, "version": found.version}
    )  # fmt: skip
    back = impact_url(within)

    def save() -> str:
        data = form.cleaned_data
        drafting.change_test(
            by=request.user, test=found, expected_version=data["version"], kind=data["kind"], text=data["text"],
            now=request.now,
        )  # fmt: skip
        messages.success(request, "It is saved.")
        return back

    return _save(request, form, save, title="what would show this impact", theirs_url=back) or _page(
        request, form, partnership=partnership, title="Change what would show this impact", button="Save", back=back,
        back_words=within.reference, caption=f"{within.reference} {within.would_see}",
    )  # fmt: skip


@member_view
def withdraw_test(request: Request, partnership: Partnership, plan: str, impact: str, number: int) -> HttpResponse:
    """Let go of one way to show an impact."""
    within = _impact(request, partnership, plan, impact)
    found = placings.test_of(within, number, for_person=request.user)
    check(request.user, "change", found)
    form = bound(request, forms.Reason, initial={"version": found.version})
    back = impact_url(within)

    def withdraw() -> str:
        drafting.withdraw_test(
            by=request.user, test=found, expected_version=form.cleaned_data["version"],
            reason=form.cleaned_data["reason"], now=request.now,
        )  # fmt: skip
        messages.success(request, "It is withdrawn. It stays in the record.")
        return back

    return _save(request, form, withdraw, title="what would show this impact", theirs_url=back) or answers.confirm(
        request, title=f"Take out this {found.get_kind_display().lower()}?", action="Withdraw it", cancel_url=back,
        form=form, sentence=found.text,
    )  # fmt: skip
