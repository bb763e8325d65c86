"""Pages of a partnership: its front page, its people and bodies, its settings; and everybody's own first page."""

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse

from throughline.access import Role, allows, allows_new, check, check_new, scope_of
from throughline.access.engine import Kind
from throughline.access.roles import PRINTED
from throughline.history.door import Conflict
from throughline.partners import actions, forms, permissions, queries, web
from throughline.partners.actions import CannotDo
from throughline.partners.models import Membership, Participation, Partnership
from throughline.partners.requests import Request
from throughline.partners.web import answer_once, bound, member_view, step_up
from throughline.ui import answers, page
from throughline.ui.forms import Form
from throughline.ui.lists import FieldFilter, ListColumn, ListPage
from throughline.ui.parts import Cell


def home(request: Request) -> HttpResponse:
    """My work across partnerships, and the partnerships that I belong to."""
    on = web.today(request)
    page.describe(request, audience="only you")
    seats = queries.seats_of(request.user, on)
    own = {each.partnership.name: each.partnership.shown_today for each in seats if each.partnership.shown_today}
    work = [
        (item, item.due is not None and item.due < own.get(item.partnership, on))
        for item in web.my_work(request.user, on)
    ]
    return render(request, "partners/home.html", {"work": work, "seats": seats})


@member_view
def front(request: Request, partnership: Partnership) -> HttpResponse:
    """The partnership's front page: what its rooms have to say first, or how to begin."""
    shown = web.panels("front", request, partnership)
    seats = queries.seats_of(request.user, web.today(request))
    return render(
        request,
        "partners/front.html",
        {
            "partnership": partnership,
            "panels": shown,
            "first_step": web.first_step(request, partnership),
            "seat": next((each for each in seats if each.partnership == partnership), None),
            "may_change": allows(request.user, "change", partnership),
        },
    )  # fmt: skip


def _may(request: Request, partnership: Partnership, kind: Kind, verb: str = "create") -> bool:
    return allows_new(request.user, verb, kind, scope_of(partnership))


def _require(request: Request, partnership: Partnership, kind: Kind, verb: str = "create") -> None:
    """Raise AccessDenied unless this person may: the form's page is no more theirs than what it does."""
    check_new(request.user, verb, kind, scope_of(partnership))


# -- people ----------------------------------------------------------------------------------------------------------


def _people_list(partnership: Partnership, *, keeps: bool) -> ListPage:
    def person_cell(each: Membership) -> Cell:
        return Cell(each.person.name, detail=each.person.post_title)

    def standing(each: Membership) -> str:
        if not each.person.is_active:
            return "Account closed"
        if each.person.has_usable_password():
            return "Can sign in"
        return "Invited" if each.invited else "Not invited"  # type: ignore[attr-defined]

    def end(each: Membership) -> Cell | str:
        if each.withdrawn_at is not None or not keeps:
            return ""
        return Cell("Change", url=reverse("partners:member", args=[partnership.slug, each.pk]))

    columns = [
        ListColumn("Name", person_cell, export=lambda each: each.person.name, sort="person__name"),
        ListColumn("Role", lambda each: each.get_role_display(), sort="role"),
        ListColumn("Agency or group", lambda each: str(each.agency or each.group or ""), sort="agency__name"),
        ListColumn("From", lambda each: each.starts, sort="starts", narrow=True),
        ListColumn("To", lambda each: each.ends, sort="ends", narrow=True),
    ]
    if keeps:
        columns += [ListColumn("Sign-in", standing), ListColumn("Role and account", end, export=lambda each: "")]
    return ListPage(
        title="People",
        name="people",
        columns=columns,
        filters=(
            FieldFilter("agency", "Agency", "agency_id", words="agency__name", without="Without an agency"),
            FieldFilter("group", "Group", "group_id", words="group__name"),
            FieldFilter("role", "Role", "role", words={role.value: words for role, words in PRINTED.items()}),
        ),
        search=("person__name", "person__post_title"),
        search_label="Search by name or post",
        default_sort="person__name",
        empty="Nobody is here yet.",
        keeps=("ended",),
    )


@member_view
def people(request: Request, partnership: Partnership) -> HttpResponseBase:
    """Who is in the partnership, with filters; those whose roles ended behind a link."""
    page.describe(request, audience=f"members of {partnership.name}, without its board readers")
    ended = request.GET.get("ended") == "yes"
    rows = queries.memberships_of(partnership, for_person=request.user, ended=ended, on=web.today(request))
    keeps = _may(request, partnership, permissions.MEMBERSHIP)
    return _people_list(partnership, keeps=keeps).respond(
        request,
        rows,
        template="partners/people.html",
        context={"partnership": partnership, "keeps": keeps, "ended": ended},
    )


@member_view
@step_up
def add_person(request: Request, partnership: Partnership) -> HttpResponse:
    """Give somebody a role, and invite them."""
    _require(request, partnership, permissions.MEMBERSHIP)
    on = web.today(request)
    bodies = queries.bodies_of(partnership, for_person=request.user, on=on)
    form = bound(request, forms.TakeOn, bodies=bodies, initial={"starts": on})
    if request.method == "POST" and form.is_valid():
        try:
            return answer_once(request, lambda: _take_on(request, partnership, form))
        except CannotDo as error:
            form.add_error(None, str(error))
    return render(request, "partners/add_person.html", {"form": form, "partnership": partnership})


def _take_on(request: Request, partnership: Partnership, form: forms.TakeOn) -> str:
    data = form.cleaned_data
    given = actions.take_on(
        by=request.user, partnership=partnership, name=data["name"], email=data["email"],
        post_title=data["post_title"], role=Role(data["role"]), agency=form.agency, group=form.group,
        starts=data["starts"], now=request.now,
    )  # fmt: skip
    sentence = f"{given.person.name} is now {queries.role_words(given)}."
    if data["invites"] and not given.person.has_usable_password():
        actions.invite(by=request.user, partnership=partnership, person=given.person, now=request.now)
        sentence += f" An invitation goes to {given.person.email}."
    elif given.person.has_usable_password():
        sentence += " They have a sign-in already, and can use it here at once."
    messages.success(request, sentence)
    return reverse("partners:people", args=[partnership.slug])


@member_view
@step_up
def member(request: Request, partnership: Partnership, membership: str) -> HttpResponse:
    """One person's role: end it, invite them, close or open their account. One form for each."""
    held = queries.membership_of(partnership, membership, for_person=request.user)
    check(request.user, "change", held)
    form = bound(request, forms.EndRole, only="end", initial={"version": held.version})
    if request.method == "POST":
        try:
            if request.POST.get("form") != "end":
                return answer_once(request, lambda: _do_to_person(request, partnership, held))
            if form.is_valid():
                return answer_once(request, lambda: _end_role(request, partnership, held, form))
        except CannotDo as error:
            if form.is_bound:
                form.add_error(None, str(error))
            else:
                messages.error(request, str(error))
                return HttpResponseRedirect(request.path)
        except Conflict:
            messages.error(request, "Somebody else changed this a moment ago. This is how it stands now.")
            return HttpResponseRedirect(request.path)
    person = held.person
    return render(
        request,
        "partners/member.html",
        {
            "partnership": partnership, "membership": held, "person": person, "form": form,
            "role_words": queries.role_words(held), "can_sign_in": person.has_usable_password(),
            "is_self": person.pk == request.user.pk, "has_ended": held.withdrawn_at is not None,
        },
    )  # fmt: skip


def _end_role(request: Request, partnership: Partnership, held: Membership, form: forms.EndRole) -> str:
    version = form.cleaned_data["version"]
    if form.cleaned_data["when"] == "now":
        actions.end_role_at_once(by=request.user, membership=held, expected_version=version, now=request.now)
        messages.success(request, f"{held.person.name} no longer has the role {queries.role_words(held)}.")
    else:
        ends = form.cleaned_data["ends"]
        actions.end_role(by=request.user, membership=held, expected_version=version, ends=ends, now=request.now)
        messages.success(request, f"The role of {held.person.name} ends with that day.")
    return reverse("partners:people", args=[partnership.slug])


def _do_to_person(request: Request, partnership: Partnership, held: Membership) -> str:
    """What the smaller forms of a person's page ask for."""
    person, asked = held.person, request.POST.get("form")
    if asked == "invite":
        actions.invite(by=request.user, partnership=partnership, person=person, now=request.now)
        messages.success(request, f"An invitation goes to {person.email}. It can be used once, within 14 days.")
    elif asked in {"close", "open"}:
        typed = request.POST.get("version", "")
        version = int(typed) if typed.isdecimal() and len(typed) < 10 else 0  # else nobody's: a conflict
        act = actions.close_account if asked == "close" else actions.open_account
        act(by=request.user, person=person, expected_version=version, now=request.now)
        messages.success(request, f"The account of {person.name} is {'closed' if asked == 'close' else 'open again'}.")
    return reverse("partners:member", args=[partnership.slug, held.pk])


# -- bodies ----------------------------------------------------------------------------------------------------------


@member_view
def bodies(request: Request, partnership: Partnership) -> HttpResponse:
    """The agencies that take part and the working groups."""
    page.describe(request, section="people")
    on = web.today(request)
    return render(
        request,
        "partners/bodies.html",
        {
            "partnership": partnership,
            "participations": queries.with_predecessors(
                queries.participations_of(partnership, for_person=request.user, on=on)
            ),
            "groups": queries.groups_of(partnership, for_person=request.user),
            "keeps": _may(request, partnership, permissions.PARTICIPATION),
        },
    )


@member_view
def add_agency(request: Request, partnership: Partnership) -> HttpResponse:
    """Have an agency take part."""
    _require(request, partnership, permissions.PARTICIPATION)
    form = bound(request, forms.TakePart, initial={"starts": web.today(request)})
    if request.method == "POST" and form.is_valid():
        try:
            return answer_once(request, lambda: _take_part(request, partnership, form))
        except CannotDo as error:
            form.add_error(None, str(error))
    return _body_page(request, partnership, form, "Add an agency")


def _body_page(request: Request, partnership: Partnership, form: Form, title: str) -> HttpResponse:
    page.describe(request, section="people")
    return render(request, "partners/add_body.html", {"form": form, "partnership": partnership, "title": title})


def _take_part(request: Request, partnership: Partnership, form: forms.TakePart) -> str:
    joined = actions.take_part(by=request.user, partnership=partnership, now=request.now, **form.cleaned_data)
    messages.success(request, f"{joined.agency.name} takes part.")
    return reverse("partners:bodies", args=[partnership.slug])


@member_view
def add_group(request: Request, partnership: Partnership) -> HttpResponse:
    """Make a working group."""
    _require(request, partnership, permissions.GROUP)
    form = bound(request, forms.NewGroup)
    if request.method == "POST" and form.is_valid():
        if queries.groups_of(partnership, for_person=request.user).filter(name__iexact=form.cleaned_data["name"]):
            form.add_error("name", "There is a group of that name already. Give another name.")
        else:
            return answer_once(request, lambda: _new_group(request, partnership, form))
    return _body_page(request, partnership, form, "Add a group")


def _new_group(request: Request, partnership: Partnership, form: forms.NewGroup) -> str:
    made = actions.create_group(by=request.user, partnership=partnership, now=request.now, **form.cleaned_data)
    messages.success(request, f"The group {made.name} is there. Give it a chair under People.")
    return reverse("partners:bodies", args=[partnership.slug])


@member_view
def leave(request: Request, partnership: Partnership, participation: str) -> HttpResponse:
    """Have an agency's part end with a day."""
    found = queries.participations_of(partnership, for_person=request.user, on=web.today(request)).get(pk=participation)
    check(request.user, "change", found)
    form = bound(request, forms.Leave, initial={"version": found.version})
    back = reverse("partners:bodies", args=[partnership.slug])
    if request.method == "POST" and form.is_valid():
        try:
            return answer_once(request, lambda: _leave(request, found, form, back))
        except CannotDo as error:
            form.add_error(None, str(error))
        except Conflict as error:
            return web.conflict(request, error, form=form, title=found.agency.name, theirs_url=back)
    return answers.confirm(
        request, title=f"When does {found.agency.name} leave?", action="End its part", cancel_url=back, form=form,
        consequences=["It owes no returns after that day.", "What it reported and did stays in the record."],
    )  # fmt: skip


def _leave(request: Request, found: Participation, form: forms.Leave, back: str) -> str:
    actions.leave(
        by=request.user, participation=found, expected_version=form.cleaned_data["version"],
        ends=form.cleaned_data["ends"], now=request.now,
    )  # fmt: skip
    messages.success(request, "The day is set.")
    return back


# -- settings --------------------------------------------------------------------------------------------------------


@member_view
def settings(request: Request, partnership: Partnership) -> HttpResponse:
    """Name, marking and executive group."""
    check(request.user, "change", partnership)
    page.describe(request, audience=f"the business manager and administrators of {partnership.name}")
    form = bound(request, forms.Settings, initial=forms.Settings.begins(partnership))
    if request.method == "POST" and form.is_valid():
        try:
            return answer_once(request, lambda: _save_settings(request, partnership, form))
        except Conflict as error:
            return web.conflict(request, error, form=form, title="the settings", theirs_url=request.path)
    return render(request, "partners/settings.html", {"form": form, "partnership": partnership})


def _save_settings(request: Request, partnership: Partnership, form: forms.Settings) -> str:
    data = form.cleaned_data
    actions.change_partnership(
        by=request.user, partnership=partnership, expected_version=data["version"], name=data["name"],
        marking=data["marking"], executive_name=data["executive_name"], now=request.now,
    )  # fmt: skip
    messages.success(request, "The settings are saved.")
    return reverse("partners:front", args=[partnership.slug])
