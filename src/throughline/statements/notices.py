"""Where a statement's pages are, and who is told when it has moved, in a sentence without content."""

from collections.abc import Iterable
from datetime import datetime

from django.urls import reverse

from throughline.access import Role
from throughline.history.moments import day_of
from throughline.notify import outbox
from throughline.partners.models import Membership, Person
from throughline.statements.models import SignOff, Statement
from throughline.statements.permissions import KEEPERS, SIGNATORIES


def place_of(statement: Statement, name: str = "statement", *more: object) -> str:
    """The address of a statement's page, or of one of its steps."""
    letter = statement.letter
    inspection = letter.inspection
    where = [inspection.partnership.slug, inspection.reference, letter.number, *more]
    return reverse(f"statements:{name}", args=where)


def people_of(sign: SignOff, at: datetime) -> list[Person]:
    """Who may sign for the body of a sign-off."""
    return _holders(sign.statement, SIGNATORIES, at, agency_id=sign.agency_id, group_id=sign.group_id)


def _holders(statement: Statement, roles: Iterable[Role], at: datetime, **body: object) -> list[Person]:
    held = Membership.objects.in_force(day_of(at)).filter(
        partnership_id=statement.partnership_id, role__in=list(roles), **body
    )
    people = Person.objects.filter(pk__in=held.values("person_id"), is_active=True, email__isnull=False)
    return list(people.order_by("pk"))


def _tell(
    statement: Statement, what: str, to: Iterable[Person], *, subject: str, sentence: str, url: str, at: datetime
) -> None:
    if statement.partnership.shown_today is not None:
        return  # an invented past: nobody waits for this mail
    for person in to:
        outbox.enqueue(
            to=str(person.email), subject=subject, sentences=[sentence], url=url, now=at,
            key=f"statement:{what}:{statement.pk}:{statement.version}:{person.pk}", partnership=statement.partnership,
        )  # fmt: skip


def asked_to_sign(sign: SignOff, *, at: datetime) -> None:
    """The statement is open for signature: those who may sign for a body hear that it waits for them."""
    words = sign.statement.response
    _tell(
        sign.statement, f"to_sign:{sign.pk}", people_of(sign, at), subject=f"{words} to sign",
        sentence=f"The {words.lower()} waits for the signature of {sign.body_name}. Read it and sign it.",
        url=place_of(sign.statement, "sign", sign.number), at=at,
    )  # fmt: skip


def signed_off(statement: Statement, *, at: datetime) -> None:
    """Everybody has signed: those who keep it hear that it can be submitted."""
    words = statement.response
    _tell(
        statement, "signed_off", _holders(statement, KEEPERS, at), subject=f"{words} signed off",
        sentence=f"The {words.lower()} is signed by every chief officer who must sign. Submit it.",
        url=place_of(statement), at=at,
    )  # fmt: skip


def reopened(statement: Statement, signed: Iterable[SignOff], *, at: datetime) -> None:
    """It was opened again: those who had signed hear that their signature no longer stands."""
    words = statement.response
    for sign in signed:
        _tell(
            statement, f"reopened:{sign.pk}", people_of(sign, at), subject=f"{words} opened again",
            sentence=f"The {words.lower()} is being changed after {sign.body_name} signed it. You will be asked again.",
            url=place_of(statement), at=at,
        )  # fmt: skip
