"""The page on which is recorded that an agency is succeeded by another."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse

from throughline.access import check
from throughline.methods.printed import count
from throughline.partners import forms, queries, succession, web
from throughline.partners.actions import CannotDo
from throughline.partners.models import Agency, Partnership
from throughline.partners.requests import Request
from throughline.partners.web import answer_once, bound, member_view
from throughline.ui import answers, page


@member_view
def succeed(request: Request, partnership: Partnership, participation: str) -> HttpResponse:
    """Say which agency takes another one's place, and from which day."""
    on = web.today(request)
    every = queries.participations_of(partnership, for_person=request.user, on=on)
    found = every.get(pk=participation)
    check(request.user, "change", found)
    page.describe(request, section="people")
    others: list[Agency] = [each.agency for each in every if each.agency_id != found.agency_id]
    form = bound(request, forms.Succeed, others=others, today=on, initial={"on": on})
    back = reverse("partners:bodies", args=[partnership.slug])

    def save() -> str:
        joined = succession.succeed(
            by=request.user, partnership=partnership, agency=found.agency, now=request.now, **form.words
        )
        messages.success(request, f"{joined.agency.name} has taken the place of {found.agency.name}.")
        return back

    if request.method == "POST" and form.is_valid():
        try:
            return answer_once(request, save)
        except CannotDo as error:
            form.add_error(None, str(error))
    acting = queries.acting_for(found, for_person=request.user, on=on)
    return answers.confirm(
        request, title=f"Which agency takes the place of {found.agency.name}?", action="Record the succession",
        cancel_url=back, form=form, consequences=_consequences(found.agency, acting),
    )  # fmt: skip


def _consequences(agency: Agency, acting: int) -> list[str]:
    people: Any = f"{count(acting, 'person', 'people')} who act for it act for the successor from that day, in the same"
    return [
        f"{people} roles." if acting else "Nobody acts for it, so no role is given to the successor.",
        "What it leads, contributes to, seeks and has not returned or carried out yet is the successor’s. It holds its"
        " evidence.",
        f"What was reported as {agency.name}’s keeps that name, and so does every page as at an earlier day.",
        "Other partnerships in which it takes part record it for themselves.",
    ]
