"""Addresses for the tests of the look: its own pages, and a view for each kind of answer."""

from datetime import UTC, datetime, timedelta

from django import forms
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.http import Http404, HttpRequest, HttpResponse
from django.template import engines
from django.urls import include, path

from throughline.partners.web import open_to_all
from throughline.ui import answers
from throughline.ui.forms import Form
from throughline.ui.page import describe
from throughline.ui.parts import Column, Grid

NOW = datetime(2019, 1, 30, 12, tzinfo=UTC)


class Reason(Form):
    reason = forms.CharField(max_length=40, widget=forms.Textarea)


@open_to_all
def plain(request: HttpRequest) -> HttpResponse:
    """A page with everything that a view may say about itself."""
    describe(request, audience="all members of <Durham>", partnership="Durham & Co", section="")
    if (day := request.GET.get("as-of")) and "now" not in request.GET:
        describe(request, as_of=datetime.fromisoformat(day).date())
    template = engines["django"].from_string(
        '{% extends "ui/base.html" %}{% block title %}Plan{% endblock %}{% block content %}<h1>Plan</h1>'
        "{% post_form %}{% button 'Save' %}{% endpost_form %}{% endblock %}"
    )
    return HttpResponse(template.render({}, request))


@open_to_all
def long(request: HttpRequest) -> HttpResponse:
    """Words that no line holds, wherever words stand."""
    word = "Safeguarding" * 20
    describe(request, audience=word, partnership=word, partnership_url="/")
    template = engines["django"].from_string(
        '{% extends "ui/base.html" %}{% block title %}Long{% endblock %}'
        '{% block breadcrumbs %}{% breadcrumbs w "/" w "/" %}{% endblock %}{% block content %}'
        "<h1 class='govuk-heading-xl'>{{ w }}</h1>{% inset %}{{ w }}{% endinset %}"
        "{% details w %}{{ w }}{% enddetails %}"
        "{% button w %}{% plain_tag w %}{% warning w %}{% empty_state w w '/' %}{% summary_list rows %}{{ form }}"
        "{% quotation w %}{{ w }}{% endquotation %}{% table grid %}{% endblock %}"
    )
    grid = Grid(word, (Column(word),), ((word,),))
    context = {"w": word, "rows": [(word, word)], "grid": grid, "form": Reason({"reason": word})}
    return HttpResponse(template.render(context, request))


@open_to_all
def cached(request: HttpRequest) -> HttpResponse:
    return HttpResponse("x", headers={"Cache-Control": "private, max-age=60"})


@open_to_all
def moment(request: HttpRequest) -> HttpResponse:
    return HttpResponse(f"{request.now.tzinfo}|{request.now.isoformat()}|{request.now.isoformat()}")


@open_to_all
def broken(request: HttpRequest) -> HttpResponse:
    raise RuntimeError("planted")


@open_to_all
def refused(request: HttpRequest) -> HttpResponse:
    raise PermissionDenied


@open_to_all
def hidden(request: HttpRequest) -> HttpResponse:
    """A page that had begun to speak of a thing before it found that it is not for this person."""
    describe(request, audience="the police", partnership="Durham", marking="SECRET", illustrative=True)
    raise Http404("AFI-08 is not yours")


@open_to_all
def odd(request: HttpRequest) -> HttpResponse:
    raise SuspiciousOperation


@open_to_all
def ask(request: HttpRequest) -> HttpResponse:
    return answers.confirm(
        request,
        title="Withdraw ACT-012?",
        action="Withdraw this action",
        cancel_url="/plain",
        consequences=["it leaves <the> plan"],
        form=Reason(request.POST or None),
        hidden={"version": "3"},
    )


@open_to_all
def settle(request: HttpRequest) -> HttpResponse:
    return answers.conflict(
        request,
        title="ACT-013",
        by="The police lead",
        at=NOW - timedelta(minutes=2),
        now=NOW,
        differences=[
            answers.Difference("Update", "<b>mine</b>", "theirs"),
            answers.Difference("Due date", "29 March 2019", "29 March 2019"),
        ],
        form=Reason({"reason": "<b>mine</b>"}),
        theirs_url="/plain",
        hidden={"expected_version": "4"},
    )


urlpatterns = [
    path("", include("throughline.ui.urls")),
    path("plain", plain, name="plain"),
    path("long", long),
    path("cached", cached),
    path("moment", moment),
    path("broken", broken),
    path("refused", refused),
    path("hidden", hidden),
    path("odd", odd),
    path("ask", ask),
    path("settle", settle),
]
handler400 = "throughline.ui.errors.bad_request"
handler403 = "throughline.ui.errors.permission_denied"
handler404 = "throughline.ui.errors.page_not_found"
handler500 = "throughline.ui.errors.server_error"
