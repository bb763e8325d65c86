"""Every address, the methods that it answers, and who may open it. A route that is not here fails the build.

`who` is PUBLIC, SIGNED_IN, CLOSED (an address of allauth's that answers 404 to everybody), MEMBERS (everybody with a
role in the partnership; what they find there is the access engine's decision) or a set of roles. The routes of one
thing say who may open such a page at all; whose thing it is, each room's own tests decide.
"""

from dataclasses import dataclass

from throughline.access import Role

PUBLIC, SIGNED_IN, CLOSED, MEMBERS = "public", "signed in", "closed", "members"
BUSINESS_MANAGER = frozenset({Role.BUSINESS_MANAGER})
KEEPERS = frozenset({Role.BUSINESS_MANAGER, Role.ADMINISTRATOR})
REDACTORS = frozenset({Role.BUSINESS_MANAGER, Role.LEAD_OFFICER})
TAKING_PART = frozenset(Role) - {Role.BOARD_READER, Role.ADMINISTRATOR}
HOLDERS = TAKING_PART - {
    Role.QUALITY_LEAD, Role.AUDITOR, Role.EXECUTIVE_CHAIR, Role.EXECUTIVE_MEMBER, Role.CHIEF_OFFICER, Role.SCRUTINEER,
    Role.ANALYST, Role.VOICE_LEAD,
}  # fmt: skip
APPROVERS = REDACTORS | {Role.EXECUTIVE_CHAIR, Role.SCRUTINEER, Role.ADMINISTRATOR}


@dataclass(frozen=True)
class Route:
    """One address. `methods` are those that do something; a page that only shows answers GET."""

    who: str | frozenset[Role]
    methods: str = "GET"


P = "p/<slug:slug>/"
INSPECTION = f"{P}inspections/<slug:inspection>/"
FINDING = f"{INSPECTION}findings/<slug:finding>/"
STATEMENT = f"{INSPECTION}letters/<int:letter>/statement/"
PLAN = f"{P}plans/<slug:plan>/"
ACTION = f"{PLAN}actions/<slug:act>/"
ACTIVITY = f"{PLAN}assurance/<slug:activity>/"
EVIDENCE = f"{P}evidence/<slug:evidence>/"
RETURN = f"{P}returns/<slug:period>/<slug:body>/"
BOTH = "GET POST"

ROUTES: dict[str, Route] = {
    # -- the deployment and one's own account
    "": Route(SIGNED_IN),
    "health": Route(SIGNED_IN),
    "health.json": Route(PUBLIC),
    "invitation/<str:token>/": Route(PUBLIC, BOTH),
    "practice-sign-in/": Route(PUBLIC, "POST"),
    "account/": Route(SIGNED_IN),
    "account/details/": Route(SIGNED_IN, BOTH),
    "account/sign-out-everywhere/": Route(SIGNED_IN, "POST"),
    "accessibility": Route(PUBLIC),
    "privacy": Route(PUBLIC),
    "styles": Route(PUBLIC),
    # -- allauth's
    "account/login/": Route(PUBLIC, BOTH),
    "account/logout/": Route(PUBLIC, BOTH),
    "account/inactive/": Route(PUBLIC),
    "account/reauthenticate/": Route(SIGNED_IN, BOTH),
    "account/password/change/": Route(SIGNED_IN, BOTH),
    "account/password/reset/": Route(PUBLIC, BOTH),
    "account/password/reset/done/": Route(PUBLIC),
    "account/password/reset/key/done/": Route(PUBLIC),
    r"account/^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$": Route(PUBLIC, BOTH),
    "account/2fa/": Route(SIGNED_IN),
    "account/2fa/authenticate/": Route(PUBLIC, BOTH),
    "account/2fa/reauthenticate/": Route(SIGNED_IN, BOTH),
    "account/2fa/totp/activate/": Route(SIGNED_IN, BOTH),
    "account/2fa/totp/deactivate/": Route(SIGNED_IN, BOTH),
    "account/2fa/recovery-codes/": Route(SIGNED_IN),
    "account/2fa/recovery-codes/generate/": Route(SIGNED_IN, BOTH),
    "account/2fa/recovery-codes/download/": Route(SIGNED_IN),
    "account/2fa/webauthn/": Route(SIGNED_IN),
    "account/2fa/webauthn/add/": Route(SIGNED_IN, BOTH),
    "account/2fa/webauthn/reauthenticate/": Route(SIGNED_IN, BOTH),
    "account/2fa/webauthn/keys/<int:pk>/remove/": Route(SIGNED_IN, BOTH),
    "account/2fa/webauthn/keys/<int:pk>/edit/": Route(SIGNED_IN, BOTH),
    "account/2fa/webauthn/login/": Route(PUBLIC, BOTH),
    "account/3rdparty/login/cancelled/": Route(PUBLIC),
    "account/3rdparty/login/error/": Route(PUBLIC),
    r"account/oidc/^(?P<provider_id>[^/]+)/login/": Route(PUBLIC, BOTH),
    r"account/oidc/^(?P<provider_id>[^/]+)/login/callback/": Route(PUBLIC),
    "account/signup/": Route(CLOSED),
    "account/email/": Route(CLOSED),
    "account/password/set/": Route(CLOSED),
    "account/confirm-email/": Route(CLOSED),
    r"account/^confirm-email/(?P<key>[-:\w]+)/$": Route(CLOSED),
    r"^account/confirm-email/(?:(?P<key>[-:\w]+)/)?$": Route(CLOSED),
    "account/login/code/confirm/": Route(CLOSED),
    "account/3rdparty/": Route(CLOSED),
    "account/3rdparty/signup/": Route(CLOSED),
    r"^account/social/.*$": Route(CLOSED),
    "account/social/login/cancelled/": Route(CLOSED),
    "account/social/login/error/": Route(CLOSED),
    "account/social/signup/": Route(CLOSED),
    "account/social/connections/": Route(CLOSED),
    # -- partners
    P: Route(MEMBERS),
    f"{P}people/": Route(MEMBERS),
    f"{P}people/add/": Route(KEEPERS, BOTH),
    f"{P}people/<uuid:membership>/": Route(KEEPERS, BOTH),
    f"{P}bodies/": Route(MEMBERS),
    f"{P}bodies/add-agency/": Route(KEEPERS, BOTH),
    f"{P}bodies/add-group/": Route(KEEPERS, BOTH),
    f"{P}bodies/<uuid:participation>/leave/": Route(KEEPERS, BOTH),
    f"{P}settings/": Route(KEEPERS, BOTH),
    f"{P}record/": Route(MEMBERS),
    f"{P}record/<int:sequence>/": Route(MEMBERS),
    f"{P}record/<int:sequence>/redact/": Route(REDACTORS, BOTH),
    f"{P}redactions/": Route(APPROVERS),
    f"{P}redactions/<int:sequence>/": Route(APPROVERS, BOTH),
    # -- files, jobs
    "files/<uuid:file_id>/": Route(SIGNED_IN),
    "files/<uuid:file_id>/pages/<int:number>/<int:width>.png": Route(SIGNED_IN),
    "jobs/<uuid:job_id>/": Route(SIGNED_IN),
    # -- inspections
    f"{P}inspections/": Route(MEMBERS),
    f"{P}inspections/new/": Route(BUSINESS_MANAGER, BOTH),
    f"{P}inspections/new/check/": Route(BUSINESS_MANAGER, BOTH),
    INSPECTION: Route(MEMBERS),
    f"{INSPECTION}letters/add/": Route(BUSINESS_MANAGER, BOTH),
    f"{INSPECTION}letters/add/check/": Route(BUSINESS_MANAGER, BOTH),
    f"{INSPECTION}letters/<int:letter>/check/": Route(BUSINESS_MANAGER, BOTH),
    f"{INSPECTION}letters/<int:letter>/check/enter/": Route(BUSINESS_MANAGER, BOTH),
    f"{INSPECTION}letters/<int:letter>/check/passages/<int:passage>/": Route(BUSINESS_MANAGER, BOTH),
    f"{INSPECTION}letters/<int:letter>/check/<uuid:proposal>/change/": Route(BUSINESS_MANAGER, BOTH),
    f"{INSPECTION}letters/<int:letter>/check/<uuid:proposal>/split/": Route(BUSINESS_MANAGER, BOTH),
    f"{INSPECTION}letters/<int:letter>/dates/": Route(BUSINESS_MANAGER, BOTH),
    f"{INSPECTION}letters/<int:letter>/pages/<int:page>/": Route(MEMBERS, BOTH),
    f"{INSPECTION}findings/": Route(MEMBERS),
    f"{INSPECTION}findings/add/": Route(MEMBERS, BOTH),
    FINDING: Route(MEMBERS),
    f"{FINDING}change/": Route(MEMBERS, BOTH),
    f"{FINDING}withdraw/": Route(MEMBERS, BOTH),
    f"{INSPECTION}record/": Route(BUSINESS_MANAGER, BOTH),
    f"{INSPECTION}accuracy/": Route(BUSINESS_MANAGER, BOTH),
    f"{P}themes/": Route(MEMBERS, BOTH),
    f"{P}themes/add/": Route(BUSINESS_MANAGER, BOTH),
    f"{P}themes/<uuid:theme>/": Route(MEMBERS, BOTH),
    f"{P}themes/<uuid:theme>/withdraw/": Route(MEMBERS, BOTH),
    f"{INSPECTION}returns/": Route(MEMBERS),
    f"{FINDING}returns/": Route(MEMBERS),
    f"{FINDING}returns/<slug:before>/<slug:earlier>/": Route(MEMBERS, BOTH),
    f"{FINDING}returns/<slug:before>/<slug:earlier>/undo/": Route(MEMBERS, BOTH),
    f"{INSPECTION}duties/": Route(MEMBERS, BOTH),
    f"{INSPECTION}duties/add/": Route(BUSINESS_MANAGER, BOTH),
    f"{INSPECTION}letters/<int:letter>/recipients/<int:number>/": Route(MEMBERS, BOTH),
    f"{INSPECTION}letters/<int:letter>/recipients/<int:number>/change/": Route(MEMBERS, BOTH),
    f"{INSPECTION}letters/<int:letter>/recipients/<int:number>/withdraw/": Route(MEMBERS, BOTH),
    # -- library
    f"{P}library/": Route(MEMBERS),
    f"{P}library/findings/": Route(MEMBERS),
    f"{P}library/add/": Route(BUSINESS_MANAGER, BOTH),
    f"{P}library/brought/<int:number>/": Route(BUSINESS_MANAGER),
    f"{P}library/<int:number>/": Route(MEMBERS),
    f"{P}library/<int:number>/pages/<int:page>/": Route(MEMBERS),
    f"{P}library/<int:number>/change/": Route(MEMBERS, BOTH),
    f"{P}library/<int:number>/withdraw/": Route(MEMBERS, BOTH),
    f"{P}regimes/": Route(TAKING_PART),
    f"{P}regimes/<slug:framework>/": Route(BUSINESS_MANAGER, BOTH),
    f"{P}regimes/<slug:framework>/default/": Route(BUSINESS_MANAGER, BOTH),
    # -- evidence
    f"{P}evidence/": Route(TAKING_PART),
    f"{P}evidence/add/": Route(HOLDERS, BOTH),
    EVIDENCE: Route(MEMBERS),
    f"{EVIDENCE}change/": Route(MEMBERS, BOTH),
    f"{EVIDENCE}share/": Route(MEMBERS, BOTH),
    f"{EVIDENCE}files/<int:number>/": Route(MEMBERS),
    f"{EVIDENCE}files/<int:number>/take-away/": Route(MEMBERS, BOTH),
    f"{EVIDENCE}links/": Route(MEMBERS, BOTH),
    f"{EVIDENCE}links/<uuid:link>/remove/": Route(MEMBERS, BOTH),
    f"{EVIDENCE}see/": Route(MEMBERS, BOTH),
    f"{EVIDENCE}seen/<uuid:sighting_>/take-back/": Route(MEMBERS, BOTH),
    f"{EVIDENCE}restrict/": Route(MEMBERS, BOTH),
    f"{EVIDENCE}expire/": Route(MEMBERS, BOTH),
    f"{EVIDENCE}withdraw/": Route(MEMBERS, BOTH),
    # -- plans
    f"{P}plans/": Route(MEMBERS),
    f"{P}plans/new/": Route(BUSINESS_MANAGER, BOTH),
    PLAN: Route(MEMBERS),
    f"{PLAN}bring-in/": Route(MEMBERS, BOTH),
    f"{PLAN}bring-in/headings/": Route(MEMBERS, BOTH),
    f"{PLAN}bring-in/check/": Route(MEMBERS, BOTH),
    f"{PLAN}export/<slug:kind>/": Route(MEMBERS),
    f"{PLAN}areas/add/": Route(MEMBERS, BOTH),
    f"{PLAN}areas/<int:area>/": Route(MEMBERS, BOTH),
    f"{PLAN}actions/": Route(MEMBERS),
    f"{PLAN}actions/add/": Route(MEMBERS, BOTH),
    ACTION: Route(MEMBERS),
    f"{ACTION}change/": Route(MEMBERS, BOTH),
    f"{ACTION}due/": Route(MEMBERS, BOTH),
    f"{ACTION}links/": Route(MEMBERS, BOTH),
    f"{ACTION}withdraw/": Route(MEMBERS, BOTH),
    f"{ACTION}restore/": Route(MEMBERS, BOTH),
    f"{PLAN}impacts/": Route(MEMBERS),
    f"{PLAN}impacts/add/": Route(MEMBERS, BOTH),
    f"{PLAN}impacts/<slug:impact>/": Route(MEMBERS, BOTH),
    f"{PLAN}impacts/<slug:impact>/tests/add/": Route(MEMBERS, BOTH),
    f"{PLAN}impacts/<slug:impact>/tests/<int:number>/": Route(MEMBERS, BOTH),
    f"{PLAN}impacts/<slug:impact>/tests/<int:number>/withdraw/": Route(MEMBERS, BOTH),
    f"{PLAN}placed/<uuid:placed>/": Route(MEMBERS, BOTH),
    # -- assurance
    f"{PLAN}assurance/": Route(MEMBERS),
    f"{PLAN}assurance/add/": Route(MEMBERS, BOTH),
    ACTIVITY: Route(MEMBERS),
    f"{ACTIVITY}change/": Route(MEMBERS, BOTH),
    f"{ACTIVITY}result/": Route(MEMBERS, BOTH),
    f"{ACTIVITY}withdraw/": Route(MEMBERS, BOTH),
    # -- suggestions
    f"{PLAN}draft/": Route(MEMBERS, BOTH),
    f"{PLAN}draft/<slug:inspection>/<slug:finding>/": Route(MEMBERS, BOTH),
    f"{P}bank/": Route(BUSINESS_MANAGER, BOTH),
    f"{P}bank/<uuid:theme>/add/": Route(MEMBERS, BOTH),
    f"{P}bank/entries/<uuid:entry>/": Route(MEMBERS, BOTH),
    f"{P}bank/entries/<uuid:entry>/withdraw/": Route(MEMBERS, BOTH),
    # -- statements
    f"{P}statements/": Route(MEMBERS),
    "statement.css": Route(SIGNED_IN),
    STATEMENT: Route(MEMBERS),
    f"{STATEMENT}begin/": Route(MEMBERS, BOTH),
    f"{STATEMENT}read/": Route(MEMBERS),
    f"{STATEMENT}draft/<slug:format>/": Route(MEMBERS),
    f"{STATEMENT}files/<slug:format>/": Route(MEMBERS),
    f"{STATEMENT}files/": Route(MEMBERS, "POST"),
    f"{STATEMENT}words/": Route(MEMBERS, BOTH),
    f"{STATEMENT}responses/": Route(MEMBERS, BOTH),
    f"{STATEMENT}responses/rest/": Route(MEMBERS, BOTH),
    f"{STATEMENT}signatories/add/": Route(MEMBERS, BOTH),
    f"{STATEMENT}signatories/<int:number>/take-off/": Route(MEMBERS, BOTH),
    f"{STATEMENT}open/": Route(MEMBERS, BOTH),
    f"{STATEMENT}reopen/": Route(MEMBERS, BOTH),
    f"{STATEMENT}signatories/<int:number>/sign/": Route(MEMBERS, BOTH),
    f"{STATEMENT}signatories/<int:number>/paper/": Route(MEMBERS, BOTH),
    f"{STATEMENT}submit/": Route(MEMBERS, BOTH),
    f"{STATEMENT}receipt/": Route(MEMBERS, BOTH),
    f"{STATEMENT}follow-up/": Route(MEMBERS, BOTH),
    # -- returns
    f"{P}returns/": Route(MEMBERS),
    f"{P}returns/open/": Route(BUSINESS_MANAGER, BOTH),
    f"{P}returns/<slug:period>/": Route(MEMBERS),
    f"{P}returns/<slug:period>/change/": Route(MEMBERS, BOTH),
    f"{P}returns/<slug:period>/withdraw/": Route(MEMBERS, BOTH),
    RETURN: Route(MEMBERS, BOTH),
    f"{RETURN}actions/<str:reference>/": Route(MEMBERS, BOTH),
    f"{RETURN}outcomes/<str:reference>/": Route(MEMBERS, "POST"),
    f"{RETURN}evidence/add/": Route(MEMBERS, BOTH),
    f"{RETURN}evidence/<slug:evidence>/leave-out/": Route(MEMBERS, "POST"),
    f"{RETURN}rest/": Route(MEMBERS, "POST"),
    f"{RETURN}nil/": Route(MEMBERS, BOTH),
    f"{RETURN}sign/": Route(MEMBERS, BOTH),
    f"{RETURN}submit/": Route(MEMBERS, BOTH),
    f"{RETURN}accept/": Route(MEMBERS, BOTH),
    f"{RETURN}send-back/": Route(MEMBERS, BOTH),
    # -- line, reports
    f"{PLAN}line/": Route(MEMBERS),
    f"{P}reports/": Route(MEMBERS),
    f"{P}reports/new/": Route(BUSINESS_MANAGER, BOTH),
    f"{P}reports/<str:reference>/": Route(MEMBERS),
    f"{P}reports/<str:reference>/<slug:format>/": Route(MEMBERS),
    "report.css": Route(SIGNED_IN),
}
