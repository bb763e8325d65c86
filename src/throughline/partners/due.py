"""Which of this room's dates nobody is reminded of."""

NOT_DATED = {
    "partners.partnership.shown_today": "the day that an illustrative partnership shows",
    "partners.agency.valid_from": "when it begins",
    "partners.agency.valid_to": "when it ends: an Act or an order says so long before",
    "partners.participation.starts": "when it begins",
    "partners.participation.ends": "when it ends: agreed by those who would be reminded",
    "partners.membership.starts": "when it begins",
    "partners.membership.ends": "when it ends: the page of people shows it",
    "partners.invitation.expires_at": "the invitation itself says it",
    "partners.invitation.answered_at": "when it happened",
}
