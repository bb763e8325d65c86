"""Advice on wording: sentences that raise a question, and as many that raise none although a word looks the part."""

import time

import pytest

from throughline.methods import prompts
from throughline.methods.prompts import PRINTED, RULES, Part, about_action, about_area, about_impact

POST = "Head of safeguarding"

# An action's title, and the rules that speak.
TITLES = [
    ("Ensure that strategy meetings are held in time", ["vague verb"]),
    ("Ensuring robust oversight of cases", ["vague verb"]),
    ("To continue to embed the neglect strategy", ["vague verb"]),
    ("Continue to work with partners on exploitation", ["vague verb"]),
    ("Explore options for a joint dashboard", ["vague verb"]),
    ("Support schools in making better referrals", ["vague verb"]),
    ("Promote the use of the neglect toolkit", ["vague verb"]),
    ("Look at how referrals are screened", ["vague verb"]),
    ("Work towards a single front door", ["vague verb"]),
    ("Consider whether a second nurse is needed", ["vague verb"]),
    ("The police will ensure that officers see children alone", ["vague verb"]),
    ("All agencies will continue to attend", ["vague verb"]),
    ("Health and the council will actively promote the offer", ["vague verb"]),
    ("Seek to reduce repeat referrals", ["vague verb"]),
    ("Hold a meeting with health about attendance", ["ends in a meeting"]),
    ("Arrange a multi-agency workshop on neglect", ["ends in a meeting"]),
    ("Convene a task and finish discussion", ["ends in a meeting"]),
    ("Discuss thresholds at the executive group", ["ends in a meeting"]),
    ("Meet with the trust about strategy meetings", ["ends in a meeting"]),
    ("Review the neglect policy", ["ends in a meeting"]),
    ("Raise attendance at the next board", ["ends in a meeting"]),
    ("Publish the protocol and train every duty manager", ["two in one"]),
    ("Appoint a MASH health navigator, and review the rota", ["two in one"]),
    ("Write the escalation policy; launch it with schools", ["two in one"]),
    ("Recruit two nurses and audit the first fifty referrals", ["two in one"]),
    ("Recruit two nurses and audit all of their referrals", ["two in one"]),
    ("Update the threshold document, then publish it", ["two in one"]),
    ("Rewrite the referral form (timescale: ongoing)", ["no day"]),
    ("Agree the dataset by a date TBC", ["no day"]),
    ("Recruit the second nurse ASAP", ["no day"]),
    ("Recruit the second nurse as soon as possible", ["no day"]),
    ("Issue the guidance in due course", ["no day"]),
    ("Police to continue to attend meetings", ["vague verb"]),
    ("All agencies to ensure that minutes are shared", ["vague verb"]),
    ("Further explore the use of teleconferencing", ["vague verb"]),
    ("Embed a culture of professional curiosity", ["vague verb"]),
    ("Strengthen management oversight", ["vague verb"]),
    ("Raise awareness of coercive control", ["vague verb"]),
    ("Establish a task and finish group", ["ends in a meeting"]),
    ("Meeting to be held with head teachers", ["ends in a meeting"]),
    ("Task and finish group to meet to consider thresholds", ["ends in a meeting"]),
    ("Raise with the Executive Group", ["ends in a meeting"]),
    # -- and good ones, with a word that looks the part
    ("Appoint an officer to ensure that each child is seen alone", []),
    ("Embed a police officer in the hub", []),
    ("Consider every unborn baby at the weekly pre-birth panel", []),
    ("Supporting families team works until 8 pm", []),
    ("Establish a steering group of young people who test each form", []),
    ("Give each child time to meet their advocate alone", []),
    ("Put a flag on the record of every child who lives with abuse", []),
    ("Meet each child alone within five days of the referral", []),
    ("Write into the procedure what ‘ensures that children are seen alone’ means", []),
    ("Answer the finding “Ensure that strategy meetings are timely” with a duty rota", []),
    ("Publish a duty rota that ensures a manager is there at weekends", []),
    ("Write the guidance that managers will support and explore in supervision", []),
    ("Recruit three support workers for families at the edge of care", []),
    ("Support workers are recruited for each locality", []),
    ("Support group for fathers begins in each locality", []),
    ("Continuing healthcare decisions are shared with the social worker", []),
    ("Continuing professional development hours are protected in each rota", []),
    ("Review 20 case files a month against the practice standard", []),
    ("Review each open child in need plan that is older than nine months", []),
    ("Review all repeat referrals of 2018", []),
    ("Review the threshold document and publish the new one", []),
    ("Hold strategy meetings within one working day of the referral", []),
    ("Hold a daily multi-agency meeting on domestic abuse", []),
    ("Hold a weekly allocation meeting with health and police", []),
    ("Call the strategy meeting within a day of each referral", []),
    ("Audit 12 cases of neglect each quarter", []),
    ("Develop and publish a neglect protocol", []),
    ("Design, test and launch the referral form", []),
    ("Train duty managers to recognise and record coercive control", []),
    ("Train staff to record the child’s voice and share the record", []),
    ("Agree an audit and review tool with the six agencies", []),
    ("Write a plan and report template for the quarterly returns", []),
    ("Put the police and health leads on the duty rota", []),
    ("Send a discharge summary within 24 hours", []),
    ("Fund ongoing therapy for 30 children who live with domestic abuse", []),
    ("Change the form so that children are seen as soon as possible", []),
    ("Appoint a named doctor", []),
    ("Move the multi-agency team into one building", []),
    ("Give each social worker monthly supervision that is written down", []),
    ("Meetings of the core group are chaired by a manager", []),
    ("Buy the recording system’s health module", []),
]  # fmt: skip


@pytest.mark.parametrize(("title", "rules"), TITLES)
def test_a_title_raises_the_questions_that_a_reader_would_ask(title, rules):
    assert [each.rule for each in about_action(title=title, owner_post=POST)] == rules


@pytest.mark.parametrize(
    ("post", "speaks"),
    [
        ("", True), ("All agencies", True), ("Everyone", True), ("TBC", True), ("Partners", True), ("Various", True),
        ("-", True), ("n/a", True), ("Head of safeguarding", False), ("Designated nurse for safeguarding", False),
        ("Partnership business manager", False), ("All-age mental health lead", False), ("Team manager, MASH", False),
        ("Staff officer to the chief constable", False), ("Police", True), ("CSC and Police", True), ("LSCB", True),
        ("Children’s social care", True), ("Multi-agency", True), ("Police lead for schools", False),
        ("Health and justice manager", False),
    ],
)  # fmt: skip
def test_one_post_answers_for_an_action_and_for_an_area(post, speaks):
    assert bool(about_action(title="Appoint a named doctor", owner_post=post)) == speaks
    assert bool(about_area(owner_post=post)) == (speaks and post != "TBC")


@pytest.mark.parametrize(
    ("detail", "rules"),
    [
        ("Timescale: ongoing.", ["no day"]),
        ("Ongoing", ["no day"]),
        ("Funding to be confirmed", ["no day"]),
        ("Success will be measured through monitoring.", ["through monitoring"]),
        ("Impact is evidenced by regular monitoring of the action plan", ["through monitoring"]),
        ("The ongoing work with schools is described in the protocol.", []),
        ("Managers read ten files a week and write down what they found.", []),
        ("Measured through monthly monitoring of the share of meetings held within a day.", []),
        ("The health visitor hears of it through monitoring visits.", []),
        ("The letter said: ‘oversight is ongoing’.", []),
    ],
)
def test_how_is_read_for_days_and_for_what_will_be_measured(detail, rules):
    found = about_action(title="Appoint a named doctor", detail=detail, owner_post=POST)
    assert [each.rule for each in found] == rules


# For whom, what would be seen, and the rules that speak.
IMPACTS = [
    ("Children at risk", "All staff have been trained in neglect", ["not about children", "training as impact"]),
    ("Children", "90% of practitioners attended training", ["not about children", "training as impact"]),
    ("Practitioners", "Compliance with supervision policy is high", ["not about children"]),
    ("The partnership", "Decisions are recorded", ["not about children"]),
    ("Children", "Staff follow the procedure", ["not about children"]),
    ("Children", "Improved multi-agency working", ["nothing changes"]),
    ("Children at risk", "Better outcomes for children", ["nothing changes"]),
    ("Families", "Improved outcomes are achieved for families", ["nothing changes"]),
    ("Children", "Effective safeguarding of children.", ["nothing changes"]),
    ("Children", "Robust oversight", ["nothing changes"]),
    ("Children", "Seen through regular monitoring of their plans", ["through monitoring"]),
    ("Children", "Progress will be monitored", ["through monitoring"]),
    ("Children", "The board has oversight of performance", ["not about children"]),
    ("Children", "Thresholds are consistently applied", ["not about children"]),
    # -- and good ones
    ("Children at risk", "Fewer wait a day for a decision", []),
    ("Children who live with domestic abuse", "They are seen alone, and say that somebody listened", []),
    ("Children", "Children are safeguarded in time", []),
    ("Children", "Better decisions reach children sooner", []),
    ("Care leavers", "More young people are in education, employment or training", []),
    ("Children", "Children say that staff who were trained listen to them", []),
    ("Children", "Social workers see them every two weeks", []),
    ("Children", "Officers who visit know whose children they are", []),
    ("Parents with a learning disability", "Plans are written so that parents can read them", []),
    ("Babies", "No baby leaves hospital without a plan", []),
    ("Young people", "Improved attendance: more are at school each day", []),
    ("Unborn babies", "The share of pre-birth plans made by week 24, seen through monthly monitoring, rises", []),
]


@pytest.mark.parametrize(("whom", "seen", "rules"), IMPACTS)
def test_an_impact_is_about_children_and_says_what_would_change(whom, seen, rules):
    assert [each.rule for each in about_impact(for_whom=whom, would_see=seen)] == rules


@pytest.mark.parametrize(
    ("measure", "rules"),
    [
        ("Through monitoring", ["through monitoring"]),
        ("Ongoing monitoring by the quality group", ["through monitoring"]),
        ("Number of staff who attended the training", ["training as impact"]),
        ("Training figures by agency", ["training as impact"]),
        ("Monitored by the Executive Group", ["through monitoring"]),
        ("Quarterly monitoring reports", ["through monitoring"]),
        ("Training records", ["training as impact"]),
        ("Share of strategy meetings held within a day, each month", []),
        ("How many children were seen alone, of those referred", []),
        ("Number of children in education, employment or training at 19", []),
        ("Monitoring of repeat referrals: number within 12 months", []),
    ],
)
def test_a_measure_says_what_is_counted(measure, rules):
    found = about_impact(for_whom="Children", would_see="Fewer wait", measures=[measure])
    assert [each.rule for each in found] == rules


def test_every_rule_says_why_it_asks_and_what_to_do_and_is_heard_in_these_tables():
    heard = {rule for _, rules in TITLES for rule in rules} | {rule for *_, rules in IMPACTS for rule in rules}
    assert {each.key for each in RULES} - heard == {"no named post"}
    for each in RULES:
        assert each.says.endswith(".")
        assert each.do.endswith(".")
        assert set(each.parts) <= set(PRINTED) == set(Part)


def test_advice_quotes_the_words_that_it_is_about():
    (advice,) = about_action(title="The police will ensure that children are seen", owner_post=POST)
    assert advice.words == "ensure"
    assert advice.sentence.startswith("‘ensure’: Nobody can see when this is done.")


@pytest.mark.parametrize("text", ["will " * 1000, "“" * 5000, "a and b " * 2000, "'" * 5000, "through the the " * 1000])
def test_no_words_take_long(text):
    began = time.process_time()
    about_action(title=text, detail=text, owner_post=text)
    about_impact(for_whom=text, would_see=text, measures=[text])
    assert time.process_time() - began < 2


def test_quotations_are_somebody_elses_words_and_apostrophes_none():
    assert prompts._own_words("the child’s and ‘ensure it’s done’ here") == "the child’s and … here"
