"""What of the plan evidence may belong to: actions and desired impacts."""

from throughline.evidence import links
from throughline.plans.models import Action, DesiredImpact
from throughline.plans.offers import action_url, impact_url


def register() -> None:
    """Let evidence belong to actions and to desired impacts."""
    related, order = ("plan__partnership",), ("plan__reference", "number")
    links.register(
        links.ThingKind("plans.action", "Actions", Action, title=str, url=action_url, related=related, order=order)
    )
    links.register(
        links.ThingKind(
            "plans.desired_impact", "Desired impacts", DesiredImpact, title=str, url=impact_url, related=related,
            order=order,
        )
    )  # fmt: skip
