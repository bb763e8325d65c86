"""Two pages of every room: ask before a step that is hard to take back, and settle two people's words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from throughline.methods import printed


@dataclass(frozen=True)
class Difference:
    """One field of two versions, as text."""

    label: str
    mine: str
    theirs: str

    @property
    def differs(self) -> bool:
        """Whether the two say different things."""
        return self.mine != self.theirs


def confirm(
    request: HttpRequest,
    *,
    title: str,
    action: str,
    cancel_url: str,
    sentence: str = "",
    consequences: Sequence[str] = (),
    form: BaseForm | None = None,
    hidden: Mapping[str, str] | None = None,
    is_destructive: bool = True,
) -> HttpResponse:
    """Ask before a step. The page posts to its own address; status 400 when the form that it shows is wrong.

    title: the question ("Withdraw ACT-012?"); action: the button ("Withdraw this action"); consequences: what will
    happen, one sentence each; form: a reason, say; hidden: values that go with the answer.
    """
    context = {
        "title": title, "action": action, "cancel_url": cancel_url, "sentence": sentence,
        "consequences": consequences, "form": form, "hidden": dict(hidden or {}), "is_destructive": is_destructive,
    }  # fmt: skip
    wrong = form is not None and form.is_bound and not form.is_valid()
    return render(request, "ui/confirm.html", context, status=400 if wrong else 200)


def conflict(
    request: HttpRequest,
    *,
    title: str,
    by: str,
    at: datetime,
    now: datetime,
    differences: Sequence[Difference],
    form: BaseForm,
    theirs_url: str,
    hidden: Mapping[str, str] | None = None,
) -> HttpResponse:
    """Somebody else saved first (status 409). Shows both versions, and the form with this person's words in it.

    form: bound to what was typed; hidden: the new expected version, so that sending again is a choice.
    theirs_url: where keeping the other version leads.
    """
    context = {
        "title": title, "by": by, "ago": printed.lapse(now - at), "at": at, "differences": differences,
        "form": form, "theirs_url": theirs_url, "hidden": dict(hidden or {}),
    }  # fmt: skip
    return render(request, "ui/conflict.html", context, status=409)
