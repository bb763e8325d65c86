"""How the steps of an action are told in the record: their titles, their pages, and their columns in words."""

from django.urls import reverse

from throughline.partners import stories
from throughline.plans.offers import action_url

_OF_ACTION = ("action__plan__partnership",)
_BODY = {"agency_id": "Agency", "group_id": "Group"}


def register() -> None:
    """Say how contributors, milestones, extensions, verifications, conflicts and notes are called."""
    stories.tell(
        "plans.contributor",
        stories.Teller(
            lambda each: f"{each.body} contributes to {each.action.reference}",
            lambda each: action_url(each.action),
            labels={**_BODY, "part": "Its part"},
            related=(*_OF_ACTION, "agency", "group"),
        ),
    )
    stories.tell(
        "plans.milestone",
        stories.Teller(
            lambda each: f"{each.action.reference}, milestone {each.number}: {each.title}",
            lambda each: f"{action_url(each.action)}#milestones",
            labels={"title": "What is reached", "original_due": "First day", "due": "Day", "reached": "Reached on"},
            related=_OF_ACTION,
        ),
    )
    stories.tell(
        "plans.extension",
        stories.Teller(
            lambda each: f"Another date for {each.action.reference}",
            lambda each: f"{action_url(each.action)}#dates",
            labels={
                **_BODY, "was_due": "Due until then", "proposed": "Date asked for", "reason": "Why",
                "due_given": "Date given", "decision_note": "Note to the body", "decided_by_name": "Decided by",
            },
            related=_OF_ACTION,
        ),
    )  # fmt: skip
    stories.tell(
        "plans.verification",
        stories.Teller(
            lambda each: f"{each.action.reference}: {each.get_level_display().lower()}"
            if each.satisfied else f"{each.action.reference}: not confirmed",
            lambda each: f"{action_url(each.action)}#verification",
            labels={"basis": "What was seen", "on": "Seen on", "by_name": "By", "capacity": "In the capacity of"},
            related=_OF_ACTION,
        ),
    )  # fmt: skip
    stories.tell(
        "plans.conflict",
        stories.Teller(
            lambda each: f"Conflict of interest of {each.person.name} in {each.action.reference}",
            lambda each: f"{action_url(each.action)}#verification",
            labels={"why": "What it is"},
            related=(*_OF_ACTION, "person"),
        ),
    )
    stories.tell(
        "plans.action_note",
        stories.Teller(
            lambda each: f"Note {each.number} on {each.action.reference}",
            lambda each: f"{action_url(each.action)}#notes",
            labels={"dated": "Of", "text": "Note", "source": "From"},
            related=_OF_ACTION,
        ),
    )
    stories.tell(
        "plans.heading",
        stories.Teller(
            lambda each: f"What the heading ‘{each.heading}’ means in a plan",
            lambda each: reverse("plans:plans", args=[each.partnership.slug]),
            labels={"heading": "Heading", "field": "What it means"},
            related=("partnership",),
        ),
    )
