"""Who owns an improvement area: the post that answers for it as a whole, and the body whose post it is."""

from datetime import datetime

from throughline.access import check
from throughline.history import door
from throughline.history.door import action
from throughline.history.moments import day_of
from throughline.partners.models import Agency, Group, Person
from throughline.plans.actions import CannotDo, check_takes_part
from throughline.plans.models import ImprovementArea


@action("area")
def set_owner(
    *, by: Person, area: ImprovementArea, expected_version: int, post: str, now: datetime,
    agency: Agency | None = None, group: Group | None = None,
) -> ImprovementArea:  # fmt: skip
    """Name the post that owns an improvement area, with its agency or group; all empty for nobody.

    Raises AccessDenied, Conflict, CannotDo when the post or its body is missing, or the body takes no part.
    """
    check(by, "change", area, day_of(now))
    if agency is not None and group is not None:
        raise CannotDo("Choose the agency or the group whose post it is, and only one.")
    body = agency or group
    if body is not None and not post.strip():
        raise CannotDo("Give the post that owns the area, for example ‘Head of safeguarding’.")
    if body is None and post.strip():
        raise CannotDo("Choose whose post it is, an agency or a group.")
    check_takes_part(area.plan, agency, instead="whose post it is")
    return door.change(
        by=by, thing=area, expected_version=expected_version, verb="owner named" if body else "owner taken away",
        now=now, owner_post=post.strip(), owner_agency=agency, owner_group=group,
    )  # fmt: skip
