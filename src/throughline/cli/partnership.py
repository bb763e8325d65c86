"""throughline partnership | person: the first partnership and its first people, made on the server."""

import argparse
import json
from datetime import datetime
from typing import Any

from throughline.cli import CommandError, django

FIRST_ROLES = ("business_manager", "administrator")


def add(commands: argparse._SubParsersAction) -> None:
    """Add the commands of this module."""
    partnership = commands.add_parser("partnership", help="make a partnership, or list those there are")
    steps = partnership.add_subparsers(metavar="STEP", required=True)
    create = steps.add_parser("create", help="make a partnership")
    create.add_argument("slug", help="its place in addresses: lower-case letters, digits and hyphens")
    create.add_argument("--name", required=True, help="its full name")
    create.add_argument("--executive-name", default="Executive Group", help="how its deciding group is called")
    create.set_defaults(run=run_create)
    listing = steps.add_parser("list", help="list the partnerships")
    listing.add_argument("--json", action="store_true", help="print the list as JSON")
    listing.set_defaults(run=run_list)

    person = commands.add_parser("person", help="invite a partnership's first business manager or administrator")
    steps = person.add_subparsers(metavar="STEP", required=True)
    invite = steps.add_parser("invite", help="name a person, give the role and print the invitation's link")
    invite.add_argument("slug", help="the partnership's place in addresses")
    invite.add_argument("--name", required=True, help="the person's full name")
    invite.add_argument("--email", required=True, help="the address that they sign in with")
    invite.add_argument("--role", choices=FIRST_ROLES, default=FIRST_ROLES[0], help="the role to begin with")
    invite.set_defaults(run=run_invite)


def run_create(given: argparse.Namespace) -> int:
    """Make a partnership as the system person."""
    django()
    from django.core.exceptions import ValidationError
    from django.core.validators import validate_slug
    from django.utils import timezone

    from throughline.partners import actions
    from throughline.partners.models import Partnership

    try:
        validate_slug(given.slug)
    except ValidationError:
        given.slug = ""
    if not given.slug or given.slug != given.slug.lower() or len(given.slug) > 60:
        raise CommandError(
            "The place in addresses has lower-case letters, digits and hyphens only: ashvale, for example."
        )
    if not given.name.strip():
        raise CommandError("Give the partnership's name: --name 'Ashvale Safeguarding Partnership'.")
    system = _system()
    if Partnership.objects.filter(slug=given.slug).exists():
        raise CommandError(f"There is a partnership at '{given.slug}' already. See: throughline partnership list")
    made = actions.create_partnership(
        by=system, slug=given.slug, name=given.name.strip(), executive_name=given.executive_name, now=timezone.now()
    )
    print(f"Made {made.name} at /p/{made.slug}/.")
    print(f"Next: throughline person invite {made.slug} --name NAME --email ADDRESS")
    return 0


def _system() -> Any:
    """The person that set-up acts as. CommandError before the first migrate."""
    from django.db import DatabaseError

    from throughline.partners import actions
    from throughline.partners.models import Person

    try:
        return actions.system_person()
    except (DatabaseError, Person.DoesNotExist) as error:
        raise CommandError("The database is not set up. Run: throughline migrate") from error


def run_list(given: argparse.Namespace) -> int:
    """Print every partnership, one a line."""
    django()
    from throughline.partners.models import Partnership

    _system()
    rows = [
        {"slug": each.slug, "name": each.name, "illustrative": each.illustrative, "practice": each.practice}
        for each in Partnership.objects.filter(withdrawn_at__isnull=True)
    ]
    if given.json:
        print(json.dumps(rows, indent=2, ensure_ascii=False))
        return 0
    for row in rows:
        print(f"{row['slug']}  {row['name']}{'  (illustrative)' if row['illustrative'] else ''}")
    if not rows:
        print("There is no partnership yet. Make one: throughline partnership create SLUG --name NAME")
    return 0


def run_invite(given: argparse.Namespace) -> int:
    """Name the person if nobody has that address yet, give the role, and print the link of a new invitation."""
    django()
    from django.core.exceptions import ValidationError
    from django.core.validators import validate_email
    from django.utils import timezone

    from throughline.notify.outbox import link_to
    from throughline.partners import actions
    from throughline.partners.models import Partnership

    system = _system()
    partnership = Partnership.objects.filter(slug=given.slug, withdrawn_at__isnull=True).first()
    if partnership is None:
        raise CommandError(f"There is no partnership at '{given.slug}'. See: throughline partnership list")
    email = given.email.strip().lower()
    try:
        validate_email(email)
    except ValidationError as error:
        raise CommandError(f"'{given.email}' is not an e-mail address.") from error
    try:
        token = _invite(system, partnership, given.name.strip(), email, given.role, timezone.now())
    except actions.CannotDo as refusal:
        raise CommandError(str(refusal)) from refusal
    print(f"{given.name.strip()} is invited to the {partnership.name}. The link works once, for 14 days:")
    print(link_to(f"/invitation/{token}/"))
    return 0


def _invite(system: Any, partnership: Any, name: str, email: str, role: str, now: datetime) -> str:
    """The token of a new invitation for the person with this address. What was done before is not done again."""
    from throughline.access import Role
    from throughline.history.moments import day_of
    from throughline.partners import actions
    from throughline.partners.models import Person

    person = Person.objects.filter(email=email).first()
    if person is None:
        person = actions.create_person(by=system, name=name, email=email, now=now)
    if not person.memberships.filter(partnership=partnership, role=role, withdrawn_at__isnull=True).exists():
        actions.give_role(
            by=system, partnership=partnership, person=person, role=Role(role), starts=day_of(now), now=now
        )
    _, token = actions.invite(by=system, partnership=partnership, person=person, now=now)
    return token
