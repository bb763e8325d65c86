"""How this room's things are called in the record."""

from django.urls import reverse

from throughline.access.roles import PRINTED, Role
from throughline.partners.models import Group, Invitation, Membership, Participation, Partnership
from throughline.partners.queries import after_a_name
from throughline.partners.stories import Teller, tell


def _membership(each: Membership) -> str:
    body = each.agency or each.group
    return f"{each.person.name}, {after_a_name(PRINTED[Role(each.role)])}{f', {body}' if body else ''}"


def _people(each: Membership | Invitation) -> str:
    return reverse("partners:people", args=[each.partnership.slug])


def _bodies(each: Participation | Group) -> str:
    return reverse("partners:bodies", args=[each.partnership.slug])


def _settings(each: Partnership) -> str:
    return reverse("partners:front", args=[each.slug])


_SPAN = {"ends": "Last day", "starts": "First day"}
_SEAT = ("person", "agency", "group", "partnership")

tell("partners.partnership", Teller(lambda each: each.name, _settings))
tell("partners.membership", Teller(_membership, _people, _SPAN, related=_SEAT))
tell("partners.invitation", Teller(lambda each: each.person.name, _people, related=("person", "partnership")))
tell("partners.participation", Teller(lambda each: each.agency.name, _bodies, _SPAN, ("agency", "partnership")))
tell("partners.group", Teller(lambda each: each.name, _bodies, related=("partnership",)))
