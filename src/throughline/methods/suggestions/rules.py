"""The rules by which a deficit is said in the affirmative: a pattern for the whole clause, and what it becomes.

They are tried in order. A rule may give a sentence that still holds a deficit: `doubts` refuses it afterwards, so that
a rule need not look at everything that may stand in the places it leaves open.
"""

import re

from throughline.methods.suggestions import affirming as say
from throughline.methods.suggestions.affirming import ADVERBS, OPPOSITES, Turn
from throughline.methods.suggestions.english import GERUNDS, VERBS, capital
from throughline.methods.suggestions.wording import NOT_ALL

_ADJECTIVES = "|".join(sorted(OPPOSITES, key=len, reverse=True))
_BEFORE_NOUN = "|".join(
    each for each in OPPOSITES if each not in {"unaware", "unmet", "difficult to understand", "unsafe", "unseen"}
)
_HARM = (
    r"(?:further |significant |serious |unmanaged |unidentified |ongoing |continued |continuing |potential |emotional"
    r" |physical |increased |domestic |sexual |criminal |child |and/or |and |or )*"
    r"(?:harm|risks?|abuse|neglect|exploitation|violence|danger)"
    r"(?: (?:of|from) (?:significant |further |domestic |sexual |criminal )*(?:harm|abuse|neglect|exploitation))?"
)
_WHO = (
    r"(?P<who>(?:unborn |vulnerable |older |younger |young |these |all )*"
    r"(?:children and young people|children and families|children and their families|children|young people|babies"
    r"|infants|families|victims)(?: (?:and|of|who|living|experiencing|suffering|in|with)"
    r"(?: (?!left|exposed|at|without|have|has|must|can|wait)[\w’-]+){1,6})?)"
)
_LIMITS = (
    r"(?:negatively |significantly |seriously |can |may )*(?:limit(?:s|ing)?|reduc(?:es?|ing)|hamper(?:s|ing)?"
    r"|hinder(?:s|ing)?|imped(?:es?|ing)|restrict(?:s|ing)?|affect(?:s|ing)?|impact(?:s|ing)? on|undermin(?:es?|ing))"
)

_MAY_BE = r"(?:is|are|was|were|being|may be|can be|could be|might be|are being|is being|have been|has been)"
_THERE = r"(?:there (?:is|are|was|were|have been|can be|may be) )?(?:an? |the )?"
_DELAY = rf"{_THERE}(?:\w+ )?delays?"
_ABILITY = r"(?:ability|capacity|opportunity|opportunities)"
_HELD_BACK = (
    r"(?:is|are|was) (?:therefore |significantly )?"
    r"(?:limited|reduced|hampered|hindered|impeded|restricted|compromised)"
)
_LATE_DOING = (
    r"(?P<ger>taking|making|completing|sharing|holding|identifying|assessing|providing|addressing|meeting|progressing"
    r"|recognising|offering|implementing|protecting|safeguarding|starting|initiating|allocating|reviewing|seeing"
    r"|understanding)"
)
_NOT = (
    r"(?P<aux>is being|are being|was being|were being|has been|have been|is|are|was|were|does|do|has|have|may|might|can"
    r"|could|will|would)(?: not|n’t)"
)
_UNCLEAR = (
    r"(?:not (?:always )?clear|unclear|(?:\w+ )?difficult to (?:know|understand|see|tell|establish)"
    r"|not (?:always )?possible to (?:know|understand|see|tell))"
)
_AT_RISK = (
    r"(?:(?:are|being|may be|can be|be|remain|remaining|continue to be|living|being left|are left|may be left|left|is"
    r"|who) )*(?:exposed to|(?:at|in)(?: \w+)? (?:risk|danger)(?: of| from)?|vulnerable to|open to)"
)
_LONG = (
    r"(?:(?:too|very|a|long|time|lengthy|periods?|for (?:a )?(?:too )?long(?: time| periods?)?|months|weeks"
    r"|longer than necessary) )*"
)

# The name of a rule, the clause that it fits, what it makes of it.
RULES: tuple[tuple[str, str, Turn], ...] = (
    (
        "it is not clear whether",
        rf"it (?:is|was) {_UNCLEAR} (?P<rest>(?:whether|if|how|what|why) .+)",
        say.clear_whether,
    ),
    (
        "it is not possible to",
        r"it (?:is|was) (?:therefore )?(?:not (?:always )?possible|difficult|impossible|hard) to (?P<rest>.+)",
        say.possible,
    ),
    ("ability is limited", rf"{_LIMITS} (?:on )?the {_ABILITY} (?:of|for) (?P<who>.+?) to (?P<rest>.+)", say.able),
    ("somebody’s ability is limited", rf"{_LIMITS} (?:on )?(?P<who>.+?)’s? {_ABILITY} to (?P<rest>.+)", say.able),
    ("the ability is limited", rf"the {_ABILITY} of (?P<who>.+?) to (?P<rest>.+?) {_HELD_BACK}", say.able),
    ("their ability is limited", rf"(?P<who>.+?)’s? {_ABILITY} to (?P<rest>.+?) {_HELD_BACK}", say.able),
    (
        "does not enable somebody to",
        r"does not (?:\w+ly )?(?:enable|support|allow) (?P<who>(?:[\w’-]+ ){0,2}[\w’-]+) to "
        rf"(?P<rest>(?:{VERBS})\b.*)",
        say.able,
    ),
    ("does not enable", r"does not (?:\w+ly )?(?:enable|support|allow|ensure|facilitate) (?P<rest>.+)", say.there),
    (
        "effectiveness is limited",
        rf"{_LIMITS} (?:on )?the (?P<head>effectiveness|quality|timeliness|consistency) of (?P<rest>.+)",
        say.head,
    ),
    (
        "something good is limited",
        rf"{_LIMITS} (?:on )?(?:the )?(?P<rest>(?:effective|timely|early|good|joint|consistent|prompt) .+)",
        say.there,
    ),
    (
        "missed opportunities to",
        rf"(?:(?:drift|delays?),? (?:and )?)*{_THERE}(?:(?:further|significant|clear) )*(?:missed|lost) "
        r"opportunit(?:y|ies) (?P<to>to|for|in) (?P<rest>.+)",
        say.opportunities,
    ),
    (
        "opportunities are missed for",
        r"(?:the )?opportunities (?:are|were|are being|being|may be|can be) (?:missed|lost) for (?P<who>[\w’ -]+?) to "
        r"(?P<rest>.+?)(?:, and for .*)?",
        say.opportunities,
    ),
    (
        "opportunities are missed to",
        r"(?:the )?opportunities (?:are|were|are being|being|may be|can be) (?:missed|lost) to (?P<rest>.+)",
        say.opportunities,
    ),
    ("missing opportunities to", r"(?:.*\b)?missing opportunities to (?P<rest>.+)", say.opportunities),
    (
        "not all",
        rf"{NOT_ALL} (?P<subj>.+?) (?P<verb>may be|might be|can be|are|have|receive|get|benefit from) (?P<rest>.+)",
        say.not_all,
    ),
    (
        "children left without",
        rf"{_WHO} (?:are |being |is |may be )?(?:left |remaining )?without (?P<rest>.+)",
        say.have,
    ),
    (
        "children unsafe",
        rf"{_WHO} (?:(?:are|being|remain|remaining|living|left|is|live) )*"
        r"(?:unsafe|in (?:unsafe|unsuitable|harmful|risky|neglectful|abusive) (?:situations?|homes?|circumstances)"
        r"|in situations of (?:risk|harm|danger)(?: and (?:risk|harm|danger))?)",
        say.safe,
    ),
    (
        "children at risk",
        rf"{_WHO} {_AT_RISK} ?(?P<harm>{_HARM})?(?: for (?:far )?(?:too long|longer than (?:necessary|needed)))?",
        say.protected,
    ),
    (
        "children wait",
        rf"{_WHO} (?:have to |has to |having to |must |can )?wait(?:s|ing)? {_LONG}(?P<to>to|for) (?P<rest>.+)",
        say.waited,
    ),
    (
        "changes of worker",
        rf"{_WHO} (?:experienc(?:e|ing)|hav(?:e|ing)|undergo(?:ing)?) (?:too many |additional |frequent |several "
        r"|multiple |repeated |unnecessary )+changes (?:of|in) (?P<what>social worker|worker|practitioner)s?",
        say.keep_the_same,
    ),
    ("unable to", rf"(?P<who>.+?) {_MAY_BE} (?:\w+ly )?unable to (?P<rest>.+)", say.able),
    (
        "fails to",
        rf"(?P<subj>.+?) (?:is |are |has |have )?(?P<fail>fail|fails|failed|failing) to (?P<verb>{VERBS}) (?P<rest>.+)",
        say.failed,
    ),
    (
        "failure to",
        rf"(?:an? |the )?failures? to (?P<verb>{VERBS}) (?P<what>(?:(?! and (?:to )?(?:{VERBS})\b).)+)",
        say.done_after_all,
    ),
    ("delay in taking", rf"{_DELAY} in {_LATE_DOING} (?P<what>.+)", say.delayed_taking),
    (
        "delay in receiving",
        rf"{_DELAY} (?:for {_WHO} )?in (?P<ger>receiving|accessing|getting|having) (?P<rest>.+)",
        say.received_in_time,
    ),
    ("delay in somebody doing", rf"{_DELAY} in (?P<subj>.+?) (?P<ger>{GERUNDS}) (?P<rest>.+)", say.delayed_doing),
    ("delay in access", rf"{_DELAY} in access to (?P<rest>.+)", say.access_in_time),
    ("delay in", rf"{_DELAY} in (?P<what>(?!to\b|for\b|some\b)[\w’ -]+)", say.happens),
    (
        "drift for children",
        rf"(?:there is )?(?:further )?(?:drift|delay|delays)(?:,? (?:and|or) (?:drift|delay|delays))* "
        rf"(?:for|in work with) {_WHO}(?: suffering from neglect)?",
        say.move_forward,
    ),
    (
        "done too late",
        r"(?P<who>.+?) (?:is|are|was|were|being) (?P<what>[a-z]+(?:ed|en|wn|ld|ade|een|et)) (?:far |much )?too late",
        say.done_in_time,
    ),
    (
        "comes too late",
        r"(?P<who>.+?) (?:is|are|comes?|coming|arriv(?:es?|ing)|being) (?:far |much |held |often )*(?:too )?late",
        say.comes_in_time,
    ),
    ("missed", rf"(?P<subj>.+?) {_MAY_BE}(?: \w+ly)? (?:missed|overlooked|lost)", say.missed),
    (
        "left undone",
        rf"(?P<subj>.+?) (?:go|goes|going|remains?|remaining|(?:are |is |being )left) (?P<adj>{_ADJECTIVES})(?P<rest>)",
        say.opposite,
    ),
    ("cannot", r"(?P<subj>.+?) (?P<aux>can)not (?P<adv>(?:always |\w+ly )*)(?P<rest>.+)", say.negated),
    ("not", rf"(?P<subj>.+?) {_NOT} {ADVERBS}(?P<rest>.+)", say.negated),
    ("did not", rf"(?P<subj>.+?) (?P<aux>did) not {ADVERBS}(?P<rest>.+)", say.negated),
    ("not doing", rf"(?P<subj>.+?) not {ADVERBS}(?P<ger>{GERUNDS}) (?P<rest>.+)", say.not_doing),
    (
        "is poor",
        rf"(?P<subj>.+?) (?:{_MAY_BE}|remains?|becomes?)(?: (?:\w+ly|very|too|quite|so))* (?P<adj>{_ADJECTIVES})\b"
        r"(?P<rest>.*)",
        say.opposite,
    ),
    (
        "there is no",
        r"there (?:is|was) no (?:one )?(?P<adj>single|clear|shared|coherent|consistent|systematic|formal|agreed|joint"
        r"|effective|coordinated) (?P<rest>.+)",
        say.there_is_one,
    ),
    ("lack of", rf"{_THERE}(?:\w+ )?(?:lack|absence|shortage) of (?P<rest>.+)", say.there),
    (
        "insufficient given",
        rf"{_THERE}(?:insufficient|limited|inadequate|too little|not enough) (?P<what>[\w ]+?) (?:being |is |are )"
        r"(?P<rest>.+)",
        say.enough_given,
    ),
    (
        "insufficient",
        rf"{_THERE}(?:insufficient|limited|inadequate|too little|not enough|very little) (?P<rest>.+)",
        say.there_is_enough,
    ),
    (
        "variation",
        rf"{_THERE}(?:\w+ )?(?:variations?|inconsistenc(?:y|ies)|variability|variety) in (?P<rest>.+)",
        say.consistency,
    ),
    (
        "poor",
        rf"(?:there (?:is|are) )?(?P<article>an? )?(?P<adjs>(?:{_BEFORE_NOUN})(?: and (?:{_BEFORE_NOUN}))?) "
        r"(?P<rest>.+)",
        say.opposite_noun,
    ),
)
COMPILED: tuple[tuple[str, re.Pattern[str], Turn], ...] = tuple(
    (name, re.compile(pattern, re.IGNORECASE), turn) for name, pattern, turn in RULES
)


def turned(words: str) -> list[tuple[str, str]]:
    """What each rule that fits the whole clause makes of it: (the rule's name, a sentence without its full stop)."""
    made = ((name, turn(found)) for name, pattern, turn in COMPILED if (found := pattern.fullmatch(words)))
    return [(name, capital(sentence)) for name, sentence in made if sentence]
