"""Who is told when a return has moved, in a sentence without content. Written in the same transaction."""

from collections.abc import Iterable
from datetime import datetime

from django.urls import reverse

from throughline.access import Role
from throughline.history.moments import day_of
from throughline.methods.printed import day
from throughline.notify import outbox
from throughline.partners.models import Membership, Person
from throughline.returns import permissions
from throughline.returns.models import Return

_WRITERS = (Role.AGENCY_LEAD, Role.DEPUTY, Role.GROUP_CHAIR)


def place_of(return_: Return) -> str:
    """The address of a return's page."""
    return reverse("returns:return", args=[return_.partnership.slug, return_.period.reference, return_.slug])


def people_of(return_: Return, roles: Iterable[Role], at: datetime) -> list[Person]:
    """Who holds one of these roles for the return's own body."""
    return _holders(return_, roles, at, agency_id=return_.agency_id, group_id=return_.group_id)


def keepers_of(return_: Return, at: datetime) -> list[Person]:
    """Who receives returns for the partnership."""
    return _holders(return_, permissions.KEEPERS, at)


def _holders(return_: Return, roles: Iterable[Role], at: datetime, **body: object) -> list[Person]:
    held = Membership.objects.in_force(day_of(at)).filter(
        partnership_id=return_.partnership_id, role__in=list(roles), **body
    )
    people = Person.objects.filter(pk__in=held.values("person_id"), is_active=True, email__isnull=False)
    return list(people.order_by("pk"))


def _tell(
    return_: Return, what: str, to: Iterable[Person], *, subject: str, sentences: list[str], at: datetime,
    key: str = "", url: str = "",
) -> None:  # fmt: skip
    if return_.partnership.shown_today is not None:
        return  # an invented past: nobody waits for this mail
    for person in to:
        outbox.enqueue(
            to=str(person.email), subject=subject, sentences=sentences, url=url or place_of(return_), now=at,
            key=f"return:{what}:{return_.pk}:{key or return_.version}:{person.pk}", partnership=return_.partnership,
        )  # fmt: skip


def asked_for(return_: Return, *, at: datetime) -> None:
    """A period has opened: those who write the return hear of it."""
    _tell(
        return_, "asked_for", people_of(return_, _WRITERS, at), subject="A return is asked for",
        sentences=[f"The return of {return_.body} for {return_.period.label} is due on {day(return_.period.due)}."],
        at=at,
    )  # fmt: skip


def due_moved(return_: Return, *, at: datetime) -> None:
    """The day moved: those who write the return hear of it."""
    _tell(
        return_, "due_moved", people_of(return_, _WRITERS, at), subject="A return is due on another day",
        sentences=[f"The return of {return_.body} for {return_.period.label} is now due on {day(return_.period.due)}."],
        at=at, key=str(return_.period.version),
    )  # fmt: skip


def no_longer_asked_for(return_: Return, *, at: datetime) -> None:
    """The period was withdrawn: those who would write the return hear of it."""
    _tell(
        return_, "not_asked_for", people_of(return_, _WRITERS, at), subject="A return is no longer asked for",
        sentences=[f"The return of {return_.body} for {return_.period.label} is no longer asked for."], at=at,
        url=reverse("returns:periods", args=[return_.partnership.slug]),
    )  # fmt: skip


def ready(return_: Return, *, at: datetime) -> None:
    """Everything is answered: those who sign hear that it waits for them."""
    _tell(
        return_, "ready", people_of(return_, permissions.SIGNATORIES, at), subject="A return waits for your signature",
        sentences=[f"The return of {return_.body} for {return_.period.label} is complete. Read it and sign it."], at=at,
    )  # fmt: skip


def signed(return_: Return, *, at: datetime) -> None:
    """It is signed: those who write it hear that they may submit it."""
    _tell(
        return_, "signed", people_of(return_, _WRITERS, at), subject="A return is signed and can be submitted",
        sentences=[f"The return of {return_.body} for {return_.period.label} is signed. Submit it."], at=at,
    )  # fmt: skip


def submitted(return_: Return, *, at: datetime) -> None:
    """It came in: those who receive returns hear of it."""
    _tell(
        return_, "received", keepers_of(return_, at), subject="A return was submitted",
        sentences=[f"{return_.body} has submitted its return for {return_.period.label}. Read it, then accept it or "
                   "send it back."], at=at,
    )  # fmt: skip


def accepted(return_: Return, *, at: datetime) -> None:
    """It was accepted: its body hears of it."""
    _tell(
        return_, "accepted", people_of(return_, {*_WRITERS, *permissions.SIGNATORIES}, at),
        subject="Your return is accepted",
        sentences=[f"The return of {return_.body} for {return_.period.label} is accepted and open to all members."],
        at=at,
    )  # fmt: skip


def sent_back(return_: Return, *, at: datetime) -> None:
    """It came back: its body hears that something is to be done."""
    _tell(
        return_, "sent_back", people_of(return_, {*_WRITERS, *permissions.SIGNATORIES}, at),
        subject="Your return was sent back",
        sentences=[f"The return of {return_.body} for {return_.period.label} was sent back. The reason stands on its "
                   "page."], at=at,
    )  # fmt: skip
