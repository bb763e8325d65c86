"""What the impact room puts into other rooms' pages: how a desired impact is judged, and what came of a finding."""

from collections.abc import Sequence

from django.urls import reverse

from throughline.impact import permissions, queries, rules
from throughline.impact.addresses import judge_url, later_url, list_url, record_url
from throughline.impact.models import Judgement, LaterTest
from throughline.impact.permissions import EXECUTIVE, SCRUTINEER
from throughline.impact.scale import SCALE, Impact, least_favourable
from throughline.impact.views import may_judge
from throughline.inspections.models import Finding
from throughline.inspections.offers import finding_url, inspection_url, is_member, may_add
from throughline.methods.printed import count
from throughline.partners import stories, web
from throughline.partners.requests import Request
from throughline.partners.web import Panel
from throughline.plans import judged
from throughline.plans.models import DesiredImpact, Plan
from throughline.plans.offers import impact_url
from throughline.ui import menus, scales
from throughline.ui.scales import Mark, Tone


def of_impact(request: Request, impact: DesiredImpact) -> Sequence[Panel]:
    """The judgement that counts, the scrutineer's view beside it, and the earlier ones."""
    every = list(queries.judgements_of(impact, for_person=request.user))
    newest = {whose: next((each for each in every if each.whose == whose), None) for whose in permissions.WHOSE}
    counts = newest[EXECUTIVE]
    done = queries.tests_done(impact, for_person=request.user)
    context = {
        "partnership": impact.plan.partnership, "judged": counts, "view": newest[SCRUTINEER],
        "since": queries.held_since(every, EXECUTIVE),
        "doubt": rules.doubt_of(Impact(counts.state), done) if counts else "",
        "earlier": [each for each in every if each not in newest.values()],
        "judge_url": judge_url(impact) if may_judge(request, impact.plan.partnership) else "",
    }  # fmt: skip
    return (Panel("impact/panel.html", context, order=10),)


def of_plan(request: Request, plan: Plan) -> Sequence[Panel]:
    """How many desired impacts are judged, in a sentence, with the way to all of them."""
    rows = queries.judged_impacts(plan, for_person=request.user).order_by()
    states = list(rows.prefetch_related(None).values_list("judged", flat=True))
    if not states:
        return ()
    judged_ones = [each for each in states if each]
    favourable = sum(each in queries.favourable() for each in judged_ones)
    sentence = (
        f"{count(len(judged_ones), 'desired impact')} of {len(states)} judged, {favourable} of them with at least an"
        " early sign that children are better off."
    )
    return (Panel("impact/plan_panel.html", {"sentence": sentence, "url": list_url(plan)}, order=35),)


def of_finding(request: Request, finding: Finding) -> Sequence[Panel]:
    """What later inspections said about a finding that needs an action, and the way to record it."""
    if not finding.finding_kind.needs_action:
        return ()
    may = may_add(request, finding.partnership, permissions.LATER_TEST)
    tests = list(queries.later_tests_of(finding, for_person=request.user))
    context = {
        "tests": [(each, inspection_url(each.inspection), later_url(each) if may else "") for each in tests],
        "record_url": record_url(finding) if may and finding.withdrawn_at is None else "",
    }  # fmt: skip
    return (Panel("impact/finding_panel.html", context, order=40),)


def _menu_url(request: Request) -> str | None:
    partnership = web.partnership_of(request)
    if partnership is None or not is_member(request, partnership):
        return None
    return reverse("impact:impact", args=[partnership.slug])


def shown(states: Sequence[str | None]) -> str:
    """What stands for the impacts that an action serves: the least favourable, on the scale that pages draw."""
    worst = least_favourable(Impact(each) if each else None for each in states)
    return "not_judged" if worst is None else worst.value


def _title(each: Judgement) -> str:
    return f"{each.desired_impact.reference}: {SCALE[Impact(each.state)].printed}, {each.get_whose_display()}"


def _later_title(each: LaterTest) -> str:
    return f"{each.finding.reference} in {each.inspection.title}"


def register() -> None:
    """Put everything where it is shown, and say how this room's things are told."""
    scales.register(
        "later",
        (
            Mark("came_back", LaterTest.SAID["came_back"], Tone.BAD, "back", "Inspectors found it again."),
            Mark("partly", LaterTest.SAID["partly"], Tone.CARE, "half", "Inspectors found some of it better."),
            Mark("better", LaterTest.SAID["better"], Tone.GOOD, "up", "Inspectors found it better."),
        ),
        is_round=True,
    )
    judged.offer(judged.Judging(lambda impact: queries.newest(EXECUTIVE, "state", impact), shown))
    menus.register(menus.MenuItem("impact", "Impact", _menu_url, order=37))
    web.offer_panel("impact", of_impact)
    web.offer_panel("plan", of_plan)
    web.offer_panel("finding", of_finding)
    stories.tell(
        "impact.judgement",
        stories.Teller(
            _title, lambda each: impact_url(each.desired_impact), related=("desired_impact__plan__partnership",),
            labels={"whose": "Whose", "state": "State", "on": "Judged on"},
        ),
    )  # fmt: skip
    stories.tell(
        "impact.later_test",
        stories.Teller(
            _later_title, lambda each: finding_url(each.finding),
            related=("finding__inspection__partnership", "inspection"),
            labels={"said": "What inspectors said", "says": "In our own words"},
        ),
    )  # fmt: skip
