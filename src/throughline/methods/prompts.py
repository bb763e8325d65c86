"""Advice on the wording of a plan: what a reader who has to check an action or an impact would ask. Never a block.

A rule is a row of `RULES`: what it is called, in which parts of the plan it looks, what it finds there, what that
means, and what to do. What stands in quotation marks is somebody else's and is left alone. A rule would rather pass
over a clumsy sentence than nag about a good one, so each looks for a construction and not only for a word.

The rules follow what improvement boards and peer reviewers ask of plans: one thing that one post does by one day, and
an impact that is seen in children's lives and not in what staff attended.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum


class Part(StrEnum):
    """Where words stand."""

    TITLE = "title"
    DETAIL = "detail"
    POST = "post"
    WHOM = "for whom"
    SEEN = "would be seen"
    MEASURE = "measure"
    AREA_POST = "area's post"


PRINTED: Mapping[Part, str] = {
    Part.TITLE: "What will be done",
    Part.DETAIL: "How",
    Part.POST: "Owner’s post",
    Part.WHOM: "For whom",
    Part.SEEN: "What would be seen",
    Part.MEASURE: "Measure",
    Part.AREA_POST: "Owner’s post",
}


@dataclass(frozen=True)
class Prompt:
    """One piece of advice. `words` are those that it is about, empty where something is missing."""

    rule: str
    part: Part
    words: str
    says: str
    do: str

    @property
    def sentence(self) -> str:
        """The advice in one paragraph."""
        return f"{f'‘{self.words}’: ' if self.words else ''}{self.says} {self.do}"


# Takes the text of one part without its quotations, and all parts; gives the words that it is about, None for nothing.
Find = Callable[[str, Mapping[Part, str]], str | None]


@dataclass(frozen=True)
class Rule:
    """One rule: where it looks, what it finds, why that is a question, and what to do about it."""

    key: str
    parts: tuple[Part, ...]
    find: Find
    says: str
    do: str


def _pattern(expression: str) -> re.Pattern[str]:
    return re.compile(expression, re.IGNORECASE)


def _found(pattern: re.Pattern[str], text: str) -> str | None:
    match = pattern.search(text)
    return " ".join(match[0].strip(" .;:,()").split()) if match else None


_QUOTED = re.compile(r"“[^”]*”|‘[^’]*(?:’(?=\w)[^’]*)*’|\"[^\"]*\"|(?<!\w)'[^']*(?:'(?=\w)[^']*)*'(?!\w)")


def _own_words(text: str) -> str:
    """The text without what it quotes, which leaves a mark that no rule reads."""
    return " ".join(_QUOTED.sub(" … ", text).split())


# -- one thing that somebody will do ---------------------------------------------------------------------------------

_VAGUE = (
    r"ensur(?:e|ing)|continu(?:e|ing)|explor(?:e|ing)|support(?:ing)?|promot(?:e|ing)|look (?:at|into)"
    r"|work (?:towards?|to ensure)|consider|seek to|aim to|strive|endeavour|try to|encourage|facilitate"
    r"|embed(?:ding)?(?! (?:\d|one|two|three|an? (?:\w+ )?(?:nurse|worker|officer|detective|specialist|practitioner)))"
    r"|strengthen(?:ing)?|enhanc(?:e|ing)|rais(?:e|ing) (?:the )?awareness"
)
# 'Police to continue …', 'All agencies to ensure …': a body or a post, and no verb of its own in front.
_TO_VAGUE = r"ensure|continue|explore|consider|seek to|aim to|strive|endeavour|try to|work (?:towards?|to ensure)"
_BODY = (
    r"(?:agenc(?:y|ies)|partners?|partnership|police|constabulary|council|local authority|social care|csc|health|ccgs?"
    r"|icb|trusts?|schools?|probation|nps|crc|yos|yjs|lscb|lscp|board|group|teams?|leads?|managers?|heads?|staff"
    r"|practitioners?|officers?|workers?|services?|everyone|all)"
)
# A subject that may stand before "will": short, and without a clause of its own in it.
_SUBJECT = (
    r"(?:(?!(?:who|which|that|whose|where|when|so|if|how|whether)\b)[\w’'&/,().-]+ ){1,9}?"
    r"(?:will|shall|must|is to|are to)"
)
_BEGINS_VAGUE = _pattern(rf"^(?:(?:to|please) )?(?:(?:\w+ly|further|better) )?(?P<verb>{_VAGUE})\b")
_BODY_TO_VAGUE = _pattern(rf"^(?:[\w’'&/,-]+ ){{0,4}}?{_BODY} to (?:\w+ly )?(?P<verb>{_TO_VAGUE})\b")
_WILL_VAGUE = _pattern(rf"^{_SUBJECT} (?:\w+ly )?(?P<verb>{_VAGUE})\b")
_NO_VERB = _pattern(
    r"^support (?:work|staff|plan|group|service|package|offer|team|network|need|line|pack|material|and challenge|for"
    r"|in)"
    r"|^supporting (?:families|people|children)|^explore with|^consider (?:every|each)\b"
    r"|^continu(?:e|ing) (?:professional|healthcare|care)|^consider(?:ation|able)"
)


def _vague(text: str, _: Mapping[Part, str]) -> str | None:
    if _NO_VERB.search(text):
        return None
    match = _BEGINS_VAGUE.search(text) or _WILL_VAGUE.search(text)
    if match is None and not _FIRST.search(text) and not _BEGINS_PLAIN.search(text):
        match = _BODY_TO_VAGUE.search(text)
    return match["verb"] if match else None


_PLAIN_VERBS = (
    "train|publish|write|agree|appoint|recruit|develop|introduce|implement|create|establish|deliver|produce|set up"
    "|carry out|roll out|commission|ensure|embed|adopt|launch|revise|provide|monitor|rewrite|relaunch|circulate|agree"
    "|evaluate|complete|undertake|strengthen|improve|identify|convene"
)
# These are nouns as often as verbs: a verb only where what they act on follows.
_BOTH = "audit|review|report|record|plan|test|check|brief|design|survey|visit|share|issue|update|hold|send|use|move"
_ACTS_ON = "the|a|an|its|their|all|each|every|how|whether|this|these|any"
_BEGINS_PLAIN = _pattern(
    rf"^(?:{_PLAIN_VERBS}|{_BOTH}|give|put|ask|tell|write|hire|name|make|place|allocate|assign|require|release|second"
    r"|instruct|direct|meet|invite|bring|add|open|change|replace|extend|increase|double|fund|pay)\b"
)
_SECOND = _pattern(
    r"(?:,? and (?:then )?|; (?:and )?(?:then )?|, then )(?:to )?(?:\w+ly )?"
    rf"(?:(?:{_PLAIN_VERBS})\b|(?:{_BOTH}) (?:{_ACTS_ON})\b)"
)
_ANY_VERB = _pattern(rf"^(?:{_PLAIN_VERBS}|{_BOTH})$")
_FIRST = _pattern(rf"^(?:to )?(?:\w+ly )?(?:{_PLAIN_VERBS}|{_BOTH})\b|^{_SUBJECT} ")


def _two(text: str, _: Mapping[Part, str]) -> str | None:
    match = _SECOND.search(text)
    if match is None or not _FIRST.search(text) or (_REVIEWS.search(text) and _GOES_ON.search(text)):
        return None
    before = text[: match.start()].split()
    joined = len(before) < 2 or bool(_ANY_VERB.search(before[-1]))  # "develop and publish a protocol": one object
    within = re.search(r"\b(?:to|who|which|that|so|how|can|they|staff|help|where|when) \w+", " ".join(before[1:]))
    return None if joined or within else " ".join(match[0].strip(" ,;").split())


_MEETING = r"(?:meetings?|discussions?|workshops?|conversations?|away days?|briefings?|round ?tables?)"
_ENDS_MEETING = _pattern(
    r"^(?:to )?(?:hold|arrange|convene|have|attend|organise|schedule|set up|call) "
    r"(?:an? |the |some |further |regular )?"
    rf"(?:[\w’'-]+ ){{0,4}}?{_MEETING}\b"
    r"|^(?:to )?(?:establish|set up|convene|form|create) (?:an? |the )?(?:[\w’'-]+ ){0,3}?"
    r"(?:task (?:and|&) finish|working|steering|project) group\b(?! of )"
    rf"|^(?:[\w’'-]+ ){{0,4}}?{_MEETING} (?:to be|will be|is to be|are to be) (?:held|arranged|convened|set up)\b"
    rf"|^(?!(?:ask|give|help|get|have|allow|train|require)\b)(?:[\w’'&-]+ ){{0,4}}?{_BODY} to meet\b"
    r"(?! (?:with )?(?:each|every|all)\b)"
)
_TALKS = _pattern(
    r"^(?:to )?(?:discuss|meet (?:with|to|and)|liaise with|have a discussion|raise .{1,60} at (?:the|a|its) "
    r"|raise (?:this |it |the matter )?with)\b"
)
_REVIEWS = _pattern(r"^(?:to )?(?:review|revisit) ")
_AUDITS = _pattern(
    r"^(?:to )?review (?:(?:all|each|every|at least|a sample of|a random|the (?:files|cases|records))\b|\d"
    r"|\w+ (?:case|file)s?\b|(?:case|file|record|referral|plan|decision)s?\b)"
)
_GOES_ON = _pattern(
    r"\b(?:within|every|each|daily|weekly|fortnightly|monthly|quarterly|so that|in order to|to decide"
    r"|to agree|against)\b"
    r"|\b(?:and|then) (?:\w+ly )?(?:change|publish|rewrite|agree|adopt|replace|revise|introduce|decide"
    r"|update|issue|act on|put)"
)


def _meeting(text: str, _: Mapping[Part, str]) -> str | None:
    if _GOES_ON.search(text) or _AUDITS.search(text):
        return None
    for pattern in (_ENDS_MEETING, _TALKS):
        if (words := _found(pattern, text)) is not None:
            return words
    return "Review" if _REVIEWS.search(text) else None


# -- somebody, by a day ----------------------------------------------------------------------------------------------

_EVERYBODY = _pattern(
    r"^(?:(?:(?:the )?(?:police|council|health|schools?|probation|social care|children[’']?s (?:social care|services)"
    r"|csc|lscb|lscp|nps|crc|yos|yjs|ccg|icb|local authority|multi-?agency|safeguarding partners))"
    r"(?:(?:,| and| &| ?/) ?(?=\w)|\.?$))+$"
    r"|^(?:all(?: (?:agencies|partners|staff|members|leads))?|every(?:one|body)|partners?|the partnership|partnership"
    r"|agencies|various|multiple|several|several agencies|all of the above|n/?a|none|-+|–|\?+|unknown|team|staff)\.?$"
)
_NO_DAY = re.compile(
    r"\b(?:[Oo]n-?going|ONGOING)\b(?=\s*(?:[.;,:)\]]|$))|\b(?:TBC|TBD|TBA|tbc|tbd|Tbc)\b|\b(?:ASAP|asap|Asap)\b"
    r"|\b[Tt]o be (?:confirmed|determined)\b|\b[Ii]n due course\b|\b[Aa]t (?:the|an) (?:earliest|early) opportunity\b"
)
_SOON = _pattern(r"\bas soon as (?:possible|practicable)\b\.?$")


def _no_post(text: str, _: Mapping[Part, str]) -> str | None:
    return "" if not text else _found(_EVERYBODY, text)


def _no_day(text: str, parts: Mapping[Part, str]) -> str | None:
    found = _found(_NO_DAY, text)
    if found is None and not re.search(r"\bso that\b|\bare\b|\bis\b|\bbe\b|\bchild", text, re.IGNORECASE):
        found = _found(_SOON, text)
    return found


# -- impact ----------------------------------------------------------------------------------------------------------

_CHILD = _pattern(
    r"\b(?:child(?:ren|hood)?|young (?:people|person|men|women|carers?|adults?)|bab(?:y|ies)|infants?"
    r"|toddlers?|teenagers?"
    r"|adolescents?|girls?|boys?|pupils?|students?|siblings?|youths?|unborn|care leavers?|famil(?:y|ies)|parents?"
    r"|mothers?|fathers?|mums?|dads?|carers?|victims?|survivors?|under[- ]?(?:1[0-8]|[0-9])s?)\b"
)
_OF_THEM = _pattern(r"\b(?:they|them|their|those|whom?|wait(?:s|ed|ing)?|themselves|him|her)\b")
_STAFF = _pattern(
    r"^(?:(?:the|all|more|most|every|each|our|frontline|front-line|social|\d+%? (?:per cent )?of(?: all)?) )*"
    r"(?:staff|practitioners?|professionals?|managers?|workers?|officers?|agenc(?:y|ies)|partners?|teams?|services?"
    r"|polic(?:y|ies)|procedures?|processes|protocols?|systems?|guidance|governance|compliance|data"
    r"|records?|recording|thresholds?|(?:lscb |lscp |safeguarding |partnership |executive )?(?:board|group|partnership)"
    r"|quality assurance|supervision|oversight|workforce|leaders?|leadership)\b"
)


def _no_child(text: str, parts: Mapping[Part, str]) -> str | None:
    whom = _own_words(parts.get(Part.WHOM, ""))
    if not text or _CHILD.search(text):
        return None
    if not _CHILD.search(whom):
        return " ".join(text.split()[:6])
    match = _STAFF.search(text)
    return match[0] if match and not _OF_THEM.search(text) else None


_TRAINED = _pattern(
    r"\b(?:trained|(?:attend(?:s|ed|ing)?|complet(?:e|es|ed|ing)|receiv(?:e|es|ed|ing)|deliver(?:s|ed)?|undert\w+"
    r"|had|have|been on|uptake of|number of|attendance at)\b[^.;]{0,40}?\b(?:training|course|e-?learning"
    r"|briefings?|workshops?)"
    r"|training (?:is|has been|was|sessions?|figures|uptake|compliance|attendance|delivered|completed|records?"
    r"|logs?))\b"
)
_SCHOOLING = _pattern(
    r"education,? (?:employment|training)|employment (?:and|or) training|apprentice|toilet|sleep training"
)


def _training(text: str, _: Mapping[Part, str]) -> str | None:
    if _SCHOOLING.search(text) or _CHILD.search(text):
        return None
    return _found(_TRAINED, text)


_MONITORING = _pattern(
    r"\b(?:through|by|via|from)\s+(?:(?:regular|ongoing|on-going|continued|continuous|close|robust|routine|effective"
    r"|performance|quarterly|monthly|the|our) ){0,3}monitoring\b"
    r"|^(?:(?:regular|ongoing|on-going|continued|close|robust|routine|performance|quarterly|monthly) ){0,2}monitoring\b"
    r"|^monitored\b"
    r"|\b(?:will|to|is|are) be(?:ing)? monitored\b|^monitor\b"
)
_COUNTED = _pattern(
    r"\b(?:number|share|proportion|percentage|per cent|rate|how (?:many|often|long|soon)|median|average"
    r"|count|days?|hours?)\b|%|\d"
)


def _monitoring(text: str, _: Mapping[Part, str]) -> str | None:
    return None if _COUNTED.search(text) else _found(_MONITORING, text)


def _judged_by_monitoring(text: str, _: Mapping[Part, str]) -> str | None:
    """In an action's own words only where they speak of how it will be measured."""
    pattern = _pattern(
        r"\b(?:measured|evidenced|evaluated|assessed|shown|assured|success|impact)\b[^.;]{0,40}?" + _MONITORING.pattern
    )
    return None if _COUNTED.search(text) else _found(pattern, text)


_ONLY_NAMED = _pattern(
    r"^(?:an? )?(?:improved|improvement in|better|increased?|reduced|reduction in|enhanced|effective"
    r"|robust|strong(?:er)?|good"
    r"|positive|greater|more|timely|timelier|consistent|high(?:er)?|clear(?:er)?|strengthened|excellent|safe)\b"
)
_SAYS_SOMETHING = _pattern(
    r"\b(?:is|are|was|were|be|has|have|had|can|do|does|did|will|would|know|feel|say|get|gets|receive|live"
    r"|lives|see|sees|tell"
    r"|tells|reach|reaches|need|needs|go|goes|come|comes|stay|stays|wait|waits|attend|attends|begin|begins"
    r"|return|returns|leave"
    r"|happen|happens|make|makes|take|takes|fall|falls|rise|rises|find|finds|follow|follows|lead|leads"
    r"|meet|meets|start|starts"
    r"|sooner|earlier|faster|quicker|fewer|longer|lasts?|stops?|keeps?|knows|feels|says|report|reports"
    r"|trust|trusts|engage"
    r"|engages|achieve|achieves|recover|recovers|sleep|enjoy|use|uses|speak|speaks|talk|talks|recognise"
    r"|hear|hears|grow)\b"
)
_OUTCOMES = _pattern(r"\b(?:improved?|better|positive|good) (?:\w+ )?outcomes\b")


def _no_change(text: str, _: Mapping[Part, str]) -> str | None:
    if found := _found(_OUTCOMES, text):
        return found
    named = _ONLY_NAMED.search(text)
    return text.rstrip(".") if named and len(text.split()) <= 12 and not _SAYS_SOMETHING.search(text) else None


# -- the table -------------------------------------------------------------------------------------------------------

RULES: tuple[Rule, ...] = (
    Rule(
        "vague verb", (Part.TITLE,), _vague,
        "Nobody can see when this is done.",
        "Say what somebody will do, so that a stranger could check it: ‘write’, ‘appoint’, ‘audit 20 files a month’.",
    ),
    Rule(
        "two in one", (Part.TITLE,), _two,
        "These may be two actions, which can be done at different times.",
        "Make the second an action or a milestone of its own, if one could be finished without the other.",
    ),
    Rule(
        "ends in a meeting", (Part.TITLE,), _meeting,
        "A meeting, a review or a discussion is where something is decided, not what is different afterwards.",
        "Say what will be different after it, and by which day.",
    ),
    Rule(
        "no named post", (Part.POST,), _no_post,
        "No single post answers for this.",
        "Name the one post that does, for example ‘Head of safeguarding’; others can contribute.",
    ),
    Rule(
        "no named post", (Part.AREA_POST,), _no_post,
        "No single post answers for this improvement area.",
        "Name the one post that does.",
    ),
    Rule(
        "no day", (Part.TITLE, Part.DETAIL, Part.POST), _no_day,
        "This is no day, so nobody can be late.",
        "Give the day by which it is done. For work that goes on, give the day on which it will be looked at.",
    ),
    Rule(
        "through monitoring", (Part.MEASURE, Part.SEEN), _monitoring,
        "Monitoring is how one looks, not what one sees.",
        "Say what is counted, of what and how often, or which question is put to whom.",
    ),
    Rule(
        "through monitoring", (Part.DETAIL,), _judged_by_monitoring,
        "Monitoring is how one looks, not what one sees.",
        "Say what is counted, of what and how often.",
    ),
    Rule(
        "not about children", (Part.SEEN,), _no_child,
        "This is about what services do, and an impact is what children and families would notice.",
        "Say what would be different for them if it worked.",
    ),
    Rule(
        "training as impact", (Part.SEEN, Part.MEASURE), _training,
        "That staff were trained is something done, not yet a difference to a child.",
        "Say what children would notice of it, and keep the training as an action.",
    ),
    Rule(
        "nothing changes", (Part.SEEN,), _no_change,
        "This names a good thing and does not say what would change.",
        "Write a sentence with a verb: who would do, have or say what, more often, sooner or no longer.",
    ),
)  # fmt: skip


def _advice(parts: Mapping[Part, str]) -> tuple[Prompt, ...]:
    own = {part: _own_words(text) for part, text in parts.items()}
    return tuple(
        Prompt(rule.key, part, words, rule.says, rule.do)
        for rule in RULES
        for part in rule.parts
        if part in own and (words := rule.find(own[part], own)) is not None
    )


def about_action(*, title: str, detail: str = "", owner_post: str = "") -> tuple[Prompt, ...]:
    """Advice on an action, in the order of the rules. Empty for words that raise no question.

    >>> [each.rule for each in about_action(title="Ensure meetings are held", owner_post="Head of safeguarding")]
    ['vague verb']
    """
    return _advice({Part.TITLE: title, Part.DETAIL: detail, Part.POST: owner_post.strip()})


def about_impact(*, for_whom: str, would_see: str, measures: Sequence[str] = ()) -> tuple[Prompt, ...]:
    """Advice on a desired impact, and on each of the measures that would show it."""
    said = _advice({Part.WHOM: for_whom, Part.SEEN: would_see})
    return said + tuple(each for text in measures for each in _advice({Part.MEASURE: text}))


def about_area(*, owner_post: str) -> tuple[Prompt, ...]:
    """Advice on an improvement area."""
    return _advice({Part.AREA_POST: owner_post.strip()})
