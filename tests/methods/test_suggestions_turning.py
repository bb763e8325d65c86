"""Consequence clauses turned to the good: a table of sentences in the forms that inspectors use; what may not be."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from throughline.methods.suggestions import consequence, consequences, turn
from throughline.methods.suggestions.doubts import DOUBTS, LONGEST, doubt
from throughline.methods.suggestions.english import is_plural, there_is, third
from throughline.methods.suggestions.rules import RULES
from throughline.methods.suggestions.suggesting import desired_impact
from throughline.methods.suggestions.turning import QUESTION

# What a finding says -> for whom, and what would be seen.
TURNED = (
    ("Meetings are called late, so children are not safeguarded in time.",
     "children at risk", "Children at risk are safeguarded in time"),
    ("Minutes are not shared. Children are therefore not safeguarded in time.",
     "children at risk", "Children at risk are safeguarded in time"),
    ("Nobody owns the list. As a result, some children remain at risk of harm for too long.",
     "children at risk", "Children are protected from harm"),
    ("Visits are made by whoever is free. This means that some children are not seen alone.",
     "children and young people", "Children are seen alone"),
    ("Health visitors work from two systems, which means that risks to babies are not always recognised.",
     "children at risk", "Risks to babies are always recognised"),
    ("Managers sign off unread. As a result, children do not get the help they need.",
     "children and young people", "Children get the help they need"),
    ("The rota has gaps, so young people do not always see the same worker.",
     "children and young people", "Young people always see the same worker"),
    ("Notices are sent by post. This leads to delays in children receiving support.",
     "children and young people", "Children receive support in good time"),
    ("The tool is rarely used, meaning that the impact of neglect on children is not well understood.",
     "children living with neglect", "The impact of neglect on children is well understood"),
    ("Few conferences have reports, so families are not clear about what must change.",
     "children and their families", "Families are clear about what must change"),
    ("Plans are vague. This means parents are unaware of what is expected of them.",
     "children and their families", "Parents are aware of what is expected of them"),
    ("The list is old. Consequently, children may be left at risk of significant harm.",
     "children at risk", "Children are protected from significant harm"),
    ("The team is short of staff, leaving children exposed to further harm.",
     "children at risk", "Children are protected from harm"),
    ("Cases are closed early. This leaves some children without the support they need.",
     "children and young people", "Children have the support they need"),
    ("Escalation is not used. This leaves children in unsafe situations.", "children at risk", "Children are safe"),
    ("Nobody knows whom to call, which results in missed opportunities to protect unborn children.",
     "unborn children and their families", "Opportunities to protect unborn children are taken"),
    ("The teams rarely meet. This means that opportunities to intervene early with families are missed.",
     "children and their families", "Opportunities to intervene early with families are taken"),
    ("The police do not attend. Opportunities are missed as a result. This means that opportunities are missed to keep"
     " children safe.", "children at risk", "Opportunities to keep children safe are taken"),
    ("Records are on paper. This limits the ability of school nurses to respond to children's needs.",
     "children and young people", "School nurses can respond to children’s needs"),
    ("There is no named lead. This impacts on the service’s ability to keep children safe.",
     "children at risk", "The service can keep children safe"),
    ("The two lists differ, reducing the effectiveness of help for families.",
     "children and their families", "Help for families is effective"),
    ("The form is long. This does not enable the early identification of need in children.",
     "children and young people", "There is early identification of need in children"),
    ("Letters go astray. This means that children's needs are overlooked.",
     "children and young people", "Children’s needs are identified"),
    ("Notes are short. This means that key information about families is missed.",
     "children and their families", "Key information about families is picked up"),
    ("The pathway is unclear, so victims are unable to get advice quickly.",
     "victims and their children", "Victims can get advice quickly"),
    ("Minutes come late. This results in agencies not knowing what they must do for the child.",
     "children and young people", "Agencies know what they must do for the child"),
    ("Thresholds differ. This results in inconsistent responses to children and families.",
     "children and their families", "There are consistent responses to children and families"),
    ("Thresholds differ. This means that the response to families is variable.",
     "children and their families", "The response to families is consistently good"),
    ("Checks are slow, so help for children comes too late.",
     "children and young people", "Help for children comes in good time"),
    ("Checks are slow. This means that children are seen too late.",
     "children and young people", "Children are seen in good time"),
    ("Referrals are thin. As a consequence, children's circumstances are not fully understood.",
     "children and young people", "Children’s circumstances are fully understood"),
    ("Supervision is patchy, and this leads to drift and delay for children living with neglect.",
     "children living with neglect", "Plans for children living with neglect move forward in good time"),
    ("The clinic has a long list. This means that young people wait too long for treatment.",
     "children and young people", "Young people receive treatment in good time"),
    ("There is no cover at night, so children have to wait a long time to see a doctor.",
     "children and young people", "Children see a doctor in good time"),
    ("Turnover is high. This results in children having too many changes of social worker.",
     "children and young people", "Children keep the same social worker"),
    ("Assessments stop at the last incident. This means that cumulative harm to children is not recognised and families"
     " are not offered help early enough.", "children at risk",
     "Cumulative harm to children is recognised and families are offered help early enough"),
    ("Visits are announced. This means that disguised compliance is not always recognised and children remain at risk"
     " of harm.", "children at risk", "Disguised compliance is always recognised and children are protected from harm"),
    ("Fathers are not asked, which means that risks within families are not fully assessed.",
     "children at risk", "Risks within families are fully assessed"),
    ("Interpreters are not booked. This means that some parents cannot understand the plan for their children.",
     "children and their families", "Parents can understand the plan for their children"),
    ("Notes are kept by hand. This means that vital information about children is not shared between agencies.",
     "children and young people", "Vital information about children is shared between agencies"),
    ("Need is not recognised or met. This means that children’s needs may not be recognised or responded to.",
     "children and young people", "Children’s needs are recognised and responded to"),
    ("No agency tracks this. As a result, it is not clear whether children are safer.",
     "children and young people", "It is clear whether children are safer"),
    ("The list is long. This means that not all children receive a timely assessment.",
     "children and young people", "All children receive a timely assessment"),
    ("The rule is not applied, meaning that children who go missing are not offered an interview.",
     "children who go missing", "Children who go missing are offered an interview"),
    ("This means that brothers and sisters are not considered.",
     "children and young people", "Brothers and sisters are considered"),
    ("The delay means that children’s health needs remain unmet.",
     "children and young people", "Children’s health needs are met"),
    ("This means that children’s voices go unheard.", "children and young people", "Children’s voices are heard"),
    ("Nobody owns the policy. This means that there is a lack of effective support for young carers in families.",
     "children and their families", "There is effective support for young carers in families"),
    ("Staff absence has led to insufficient support for families.",
     "children and their families", "There is sufficient support for families"),
    ("The service has no plan, and the result is that there is no single plan for the child.",
     "children and young people", "There is a single plan for the child"),
    ("The two forms differ. This creates delays in assessing children’s needs.",
     "children and young people", "Children’s needs are assessed in good time"),
    ("The backlog leads to delays in sharing information about children at risk.",
     "children at risk", "Information about children at risk is shared in good time"),
    ("The backlog leads to a delay in decisions about children.",
     "children and young people", "Decisions about children take place in good time"),
    ("The rota results in delays for families in accessing early help.",
     "children and their families", "Families access early help in good time"),
    ("The arrangement leads to a failure to identify risk to children.",
     "children at risk", "Risk to children is identified"),
    ("This means that agencies fail to identify children who are being exploited.",
     "children and young people", "Agencies identify children who are being exploited"),
    ("There are two views. This leads to variation in the help that families receive.",
     "children and their families", "There is consistency in the help that families receive"),
    ("Agencies work apart, so that children are not protected.", "children at risk", "Children at risk are protected"),
    ("This means that the school does not know that a child is on a plan and children do not get help.",
     "children and young people", "The school knows that a child is on a plan and children get help"),
    ("Checks stop at the door. This means that, in some cases, children’s safety was not checked.",
     "children at risk", "Children’s safety is checked"),
    ("This means that support for children has not been reviewed.",
     "children and young people", "Support for children is reviewed"),
    # What ought to be is said already.
    ("Leaders need to act so that children at risk of exploitation are identified early.",
     "children at risk of exploitation", "Children at risk of exploitation are identified early"),
    ("More must be done to ensure that children’s voices are heard in meetings.",
     "children and young people", "Children’s voices are heard in meetings"),
    ("Training is needed to enable practitioners to recognise harm to babies.",
     "children at risk", "Practitioners can recognise harm to babies"),
    ("The service should be reviewed to ensure timely support for families.",
     "children and their families", "There is timely support for families"),
    # Noun phrases, as letters write them from 2022 on.
    ("The timeliness and consistency of help for families.",
     "children and their families", "Help for families is timely and consistent"),
    ("The quality of assessments of unborn children, including those made at night.",
     "unborn children and their families", "Assessments of unborn children are of good quality"),
    ("The extent to which children are involved in their plans.",
     "children and young people", "Children are involved in their plans"),
    ("The consistency with which risks to children are recorded.",
     "children at risk", "Risks to children are consistently recorded"),
    ("Oversight of children on long-term plans needs to improve.",
     "children and young people", "There is strong oversight of children on long-term plans"),
    ("The length of time that children wait for a medical in line with the standard.",
     "children and young people", "Children receive a medical in good time"),
    ("Understanding of cumulative harm to children across the partnership.",
     "children at risk", "Cumulative harm to children is well understood across the partnership"),
    ("The response to children who go missing.",
     "children who go missing", "The response to children who go missing is timely and effective"),
    ("Consistent and prompt sharing of plans with families.",
     "children and their families", "There is consistent and prompt sharing of plans with families"),
    ("Parents being told the outcome of referrals.",
     "children and their families", "Parents are told the outcome of referrals"),
)  # fmt: skip

# What gives nothing, and why it must not.
LEFT_EMPTY = (
    ("Visits are regular and children are seen.", "no consequence"),
    ("Thresholds are not understood across the partnership.", "no consequence"),
    ("The work has led to a good understanding of families.", "nothing is wrong"),
    ("As a result of good planning, children are safe.", "‘as a result of’ gives the cause"),
    ("Staff are untrained. This means that they are not confident.", "‘they’ are not in the sentence"),
    ("The police hold the data. This means that partners cannot see it.", "‘it’ is not in the sentence"),
    ("Schools are not told, so they cannot help children the next day.", "‘they’ are not in the sentence"),
    ("The policy is new. Therefore, children do not yet benefit from it.", "‘it’ is not in the sentence"),
    ("In one case, this meant that Jay was not seen for six weeks.", "one child’s story"),
    ("For example, this means that children were not seen.", "an example"),
    ("The flag was unread. This means that Marion did not see the children.", "names somebody"),
    ("The flag was not read, so the girl’s mother was not told.", "one child’s story"),
    ("This leads to delay.", "too short to say for whom"),
    ("Data are late. This means that managers do not know how the service performs.", "not about children"),
    ("Audits are few. This means that learning is not embedded.", "not about children"),
    ("Three were not seen, which means that children were at risk for 14 days.", "holds a number"),
    ("There were two workers, so only one child was seen.", "holds a number"),
    ("This has not resulted in children being left at risk.", "the lead is negated"),
    ("Inspectors saw no cases in which this left children at risk of harm.", "nothing of the kind was seen"),
    ("Record what children say so that their wishes shape the plan.", "‘their’ is not in the sentence"),
    ("The plan means that the harm that children suffer is neither seen nor stopped.", "no rule for ‘neither’"),
    ("The approach means that children may or may not be seen.", "still hedges"),
    ("This means that children are never seen and there is little help.", "still a deficit"),
    ("This results in children being placed in hotels.", "no rule for it"),
    ("", "no words"),
)


@pytest.mark.parametrize(("finding", "for_whom", "would_see"), TURNED)
def test_a_consequence_for_children_becomes_what_would_be_seen(finding, for_whom, would_see):
    made, _ = desired_impact(finding)
    assert made is not None
    assert (made.for_whom, made.would_see) == (for_whom, would_see + QUESTION)


@pytest.mark.parametrize(("finding", "why"), LEFT_EMPTY)
def test_what_no_rule_turns_is_left_empty(finding, why):
    made, _ = desired_impact(finding)
    assert made is None, why


def test_the_table_has_enough_of_both():
    assert len(TURNED) >= 60
    assert len(LEFT_EMPTY) >= 20


def test_the_clause_about_children_is_chosen_and_stands_where_it_says():
    text = (
        "Minutes are late. This means that managers cannot plan. As a result, some children are not\nseen in time, "
        "which leads to drift."
    )
    clause = consequence(text)
    assert clause is not None
    assert clause.words == "some children are not\nseen in time"
    assert text[clause.start : clause.end] == clause.words
    assert [each.lead for each in consequences(text)] == ["means that", "as a result", "leads to"]


def test_a_word_that_begins_like_a_lead_is_no_lead():
    assert consequences("In addition, some plans are thin, and somebody demeans that. Also this is so.") == []


# One sentence for each doubt, so that none is there for nothing.
DOUBTED = {
    "still states a deficit": "Children are left without help and support",
    "begins with a word that points outside the sentence": "They are seen by the nurse",
    "points outside the sentence": "Help is given to those children early",
    "ends in the air": "Children are seen early and",
    "holds a number": "Children are seen within 10 days",
    "is one child’s story": "This is told to the mother of the child",
    "quotes or lists": "Children are seen (and heard) early",
    "holds the end of another sentence": "Children are seen and presents are given",
    "is clumsy": "There is the help for families",
    "still hedges": "Children may be seen early",
}


@pytest.mark.parametrize(("why", "pattern"), DOUBTS)
def test_each_doubt_has_its_sentence(why, pattern):
    assert pattern.search(DOUBTED[why])
    assert doubt(DOUBTED[why])
    assert doubt("Children at risk are safeguarded in time") is None


def test_a_name_a_long_sentence_and_a_fragment_are_doubted():
    assert doubt("Children are seen by Marion early") == "may name somebody"
    assert doubt("Children are seen by the Family Help Team") is None
    assert doubt(" ".join(["children"] * (LONGEST + 1))) == "is too long"
    assert doubt("Children flourish") == "is too short"


def test_every_rule_of_the_table_turns_something():
    fired = {made.rule for finding, *_ in TURNED if (made := desired_impact(finding)[0])}
    tried = {name for name, *_ in RULES}
    # Those that the table above does not reach stand here with a clause of their own.
    apart = {
        "it is not possible to": "it is not possible to see children early",
        "somebody’s ability is limited": "limits schools’ ability to help children",
        "the ability is limited": "the ability of schools to help children is limited",
        "their ability is limited": "schools’ capacity to help children is reduced",
        "does not enable somebody to": "does not enable schools to support children",
        "something good is limited": "hinders effective work with children",
        "opportunities are missed for": "opportunities are missed for partners to support children",
        "missing opportunities to": "the force is missing opportunities to support children",
        "delay in somebody doing": "delays in children receiving support",
        "delay in access": "delays in access to support",
        "did not": "parents did not receive the plan for the child",
        "insufficient given": "insufficient thought being given to children",
        "poor": "ineffective help for families",
    }  # fmt: skip
    for name, clause in apart.items():
        made = turn(clause, about="")
        assert made is not None, name
        fired.add(made.rule)
    assert tried - fired == set()


_WORDS = st.sampled_from(
    [
        *("children are", "not", "seen", "in time", ", so", "so that", "risks", "this means that", "families", "help"),
        *("is", "late", "and", "or", "who", "which", "lack of", "delays", "without", "missed opportunities to", ","),
        *("identify", "the plan", ".", "do not", "does", "may be", "left at risk", "always", "consistently", "support"),
    ]
)


@given(st.lists(_WORDS, max_size=30).map(" ".join))
def test_whatever_is_read_the_sentence_raises_no_doubt_and_is_turned_only_once(text):
    made, clause = desired_impact(text)
    if clause is not None:
        assert text[clause.start : clause.end] == clause.words
    if made is None:
        return
    said = made.would_see.removesuffix(QUESTION)
    assert doubt(said) is None
    assert not re.search(r"\b(not|no|never|without|lack|delay\w*|missed|late|cannot)\b", said, re.IGNORECASE)
    assert turn(said) is None or turn(said).would_see == made.would_see
    assert desired_impact(text)[0] == made


@given(st.text(max_size=400))
def test_no_text_makes_it_raise(text):
    made, _ = desired_impact(text)
    assert made is None or made.would_see.endswith(QUESTION)


@given(st.text(alphabet="abc defgh,", max_size=300))
def test_a_text_without_a_consequence_gives_nothing(text):
    assert consequences(text) == []
    assert desired_impact(text) == (None, None)


@pytest.mark.parametrize(
    ("noun_phrase", "plural"),
    [("children", True), ("the risk to children", False), ("assessments of need", True), ("police", True),
     ("analysis", False), ("the process", False), ("time and care", True), ("checks carried out", True)],
)  # fmt: skip
def test_number_follows_the_noun_before_its_first_preposition(noun_phrase, plural):
    assert is_plural(noun_phrase) is plural


def test_verbs_agree():
    assert [third(each) for each in ("have", "identify", "assess", "see", "play")] == [
        "has", "identifies", "assesses", "sees", "plays",
    ]  # fmt: skip
    assert there_is("a plan and a lead") == "there is"
    assert there_is("timely decisions") == "there are"


def test_a_very_long_text_is_read_quickly():
    text = "This means that children are not seen in time. " * 2000
    assert len(consequences(text)) == 2000
