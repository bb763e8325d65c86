"""The roles that a membership can give. Names and order as in GLOSSARY.md."""

from enum import StrEnum


class Role(StrEnum):
    """What a person is in a partnership. A person may hold several, in several partnerships."""

    BUSINESS_MANAGER = "business_manager"
    LEAD_OFFICER = "lead_officer"
    AGENCY_LEAD = "agency_lead"
    DEPUTY = "deputy"
    ACCOUNTABLE_EXECUTIVE = "accountable_executive"
    ACTION_OWNER = "action_owner"
    GROUP_CHAIR = "group_chair"
    QUALITY_LEAD = "quality_lead"
    AUDITOR = "auditor"
    EXECUTIVE_CHAIR = "executive_chair"
    EXECUTIVE_MEMBER = "executive_member"
    CHIEF_OFFICER = "chief_officer"
    SCRUTINEER = "scrutineer"
    ANALYST = "analyst"
    VOICE_LEAD = "voice_lead"
    BOARD_READER = "board_reader"
    ADMINISTRATOR = "administrator"


PRINTED: dict[Role, str] = {
    Role.BUSINESS_MANAGER: "Business manager",
    Role.LEAD_OFFICER: "Lead officer",
    Role.AGENCY_LEAD: "Agency lead",
    Role.DEPUTY: "Deputy agency lead",
    Role.ACCOUNTABLE_EXECUTIVE: "Accountable executive",
    Role.ACTION_OWNER: "Action owner",
    Role.GROUP_CHAIR: "Group chair",
    Role.QUALITY_LEAD: "Quality lead",
    Role.AUDITOR: "Auditor",
    Role.EXECUTIVE_CHAIR: "Executive Group chair",
    Role.EXECUTIVE_MEMBER: "Executive Group member",
    Role.CHIEF_OFFICER: "Chief officer",
    Role.SCRUTINEER: "Independent scrutineer",
    Role.ANALYST: "Analyst",
    Role.VOICE_LEAD: "Voice lead",
    Role.BOARD_READER: "Board reader",
    Role.ADMINISTRATOR: "Administrator",
}

# Everyone who takes part in the partnership's work. Board readers see frozen reports only; the administrator keeps
# accounts and settings and sees no content.
MEMBERS: frozenset[Role] = frozenset(Role) - {Role.BOARD_READER, Role.ADMINISTRATOR}

# Roles that act for one agency or one group, and so must name it in the membership.
FOR_A_BODY: frozenset[Role] = frozenset(
    {
        Role.AGENCY_LEAD,
        Role.DEPUTY,
        Role.ACCOUNTABLE_EXECUTIVE,
        Role.ACTION_OWNER,
        Role.GROUP_CHAIR,
        Role.CHIEF_OFFICER,
    }
)
