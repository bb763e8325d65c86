"""The themes that a partnership begins with. It may rename, add and withdraw them: afterwards its own list counts.

Chosen for what published letters of joint targeted area inspections from 2016 to 2025 come back to most.
"""

# Name -> words by which it is recognised. The order is the list's.
DEFAULT_THEMES: dict[str, tuple[str, ...]] = {
    "Strategy meetings": ("strategy meeting", "strategy discussion"),
    "Front door and thresholds": (
        "threshold", "front door", "mash", "multi-agency safeguarding hub", "first contact", "triage", "screening",
    ),
    "Referrals and feedback to referrers": ("referral", "referrer", "feedback"),
    "Information sharing": (
        "information sharing", "share information", "shared information", "not shared", "sharing of information",
    ),
    "Voice of the child": (
        "voice of the child", "voice of children", "child’s voice", "children’s voices", "views of children",
        "child’s views", "children’s views", "wishes and feelings", "lived experience", "seen alone",
    ),
    "Assessment and risk": ("assessment", "risk assessment", "cumulative", "history", "chronolog"),
    "Plans": ("plans", "child protection plan", "safety plan", "child in need plan", "care plan"),
    "Domestic abuse": ("domestic abuse", "domestic violence", "coercive", "perpetrator"),
    "MARAC": ("marac", "multi-agency risk assessment conference"),
    "Operation Encompass": ("encompass",),
    "Exploitation and missing": ("exploitation", "missing", "gang", "county lines", "return home interview"),
    "Neglect": ("neglect",),
    "Sexual abuse": ("sexual abuse", "sexual assault", "sexually harmful"),
    "Mental health": ("mental health", "camhs", "emotional well", "self harm"),
    "Unborn children and pre-birth": ("unborn", "pre birth", "maternity", "midwi"),
    "Early help": ("early help",),
    "Supervision and management oversight": ("supervision", "management oversight", "managers oversight", "line manag"),
    "Escalation and challenge": ("escalat", "professional challenge", "challenge"),
    "Professional curiosity": ("curiosity", "curious", "disguised compliance"),
    "Over-optimism": ("over-optimis", "overoptimis", "optimistic"),
    "Audit and quality assurance": ("audit", "quality assurance", "dip sampl"),
    "Performance data": (
        "performance data", "performance information", "data set", "dataset", "management information",
    ),
    "Partnership scrutiny and governance": ("lscb", "safeguarding partnership", "scrutiny", "governance", "strategic"),
    "Workforce and capacity": ("caseload", "capacity", "recruitment", "vacanc", "turnover", "staffing", "workforce"),
    "Training": ("training", "trained"),
    "Timeliness and drift": ("timel", "delay", "drift", "backlog", "held late", "too late"),
    "Out of hours": ("out of hours", "emergency duty team", "edt"),
    "Emergency departments": ("emergency department", "urgent care"),
    "Schools": ("school",),
    "Probation": ("probation", "nps", "crc", "community rehabilitation company"),
    "Youth justice": ("youth offending", "youth justice", "yot", "yos"),
    "Think family": ("think family", "whole family", "parental"),
    "Systems and recording": ("recording", "database", "systems", "case record", "flag"),
}  # fmt: skip
