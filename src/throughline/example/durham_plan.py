"""The worked example's plan: areas, desired impacts, actions, and the programme of scrutiny and audit."""

from datetime import date, datetime

from throughline.assurance import actions as assurance
from throughline.example import durham_statement, story_plan
from throughline.example.story_plan import StoryAction
from throughline.example.timeline import Story, Timeline
from throughline.plans import actions as plans
from throughline.plans import areas, contributors, drafting, milestones, resources
from throughline.plans.sufficiency import Sufficiency

DRAFTED = date(2018, 11, 30)
SCREENED = date(2018, 11, 26)
SCREENING = "No group of children or adults is put at a disadvantage; effects are looked at again with each audit."


def tell(story: Story, timeline: Timeline) -> None:
    """The plan is written in November and submitted as the written statement on 3 December 2018."""
    timeline.at(DRAFTED, 10, lambda now: _write(story, now))
    timeline.at(DRAFTED, 14, lambda now: _programme(story, now))
    durham_statement.tell(story, timeline)


def _write(story: Story, now: datetime) -> None:
    by = story.manager
    story.plan = plans.create_plan(
        by=by, partnership=story.partnership, reference="improvement-plan", title="JTAI Improvement Action Plan",
        now=now,
    )  # fmt: skip
    for told in story_plan.AREAS:
        area = plans.create_area(by=by, plan=story.plan, title=told.title, now=now)
        story.areas.append(
            areas.set_owner(
                by=by, area=area, expected_version=area.version, post=told.post, now=now, **story.body(told.group)
            )
        )
    for each in story_plan.IMPACTS:
        story.impacts[each.key] = impact = plans.create_desired_impact(
            by=by,
            plan=story.plan,
            for_whom=each.whom,
            would_see=each.see,
            sufficiency=Sufficiency(each.sufficiency),
            now=now,
        )
        drafting.add_tests(by=by, impact=impact, tests=each.tests, now=now)
    for action in story_plan.ACTIONS:
        _add(story, action, now)
    resources.screen_plan(
        by=by, plan=story.plan, expected_version=story.plan.version, screened=SCREENED, note=SCREENING, now=now
    )


def _add(story: Story, told: StoryAction, now: datetime) -> None:
    by = story.manager
    lead = {f"lead_{kind}": body for kind, body in story.body(told.lead).items()}
    made = plans.create_action(
        by=by, plan=story.plan, area=story.areas[told.area - 1], title=told.title, due=told.due, owner_post=told.post,
        findings=[story.findings[key] for key in told.findings],
        impacts=[story.impacts[key] for key in told.impacts], now=now, **lead,
    )  # fmt: skip
    story.actions[told.key] = made
    for key, part in told.contributors:
        contributors.add_contributor(by=by, act=made, part=part, now=now, **story.body(key))
    for title, due in told.milestones:
        milestones.add_milestone(by=by, act=made, title=title, due=due, now=now)
    costed = resources.set_resources(
        by=by, act=made, expected_version=made.version, resources=told.resources, note=told.resources_note, now=now
    )
    story.actions[told.key] = resources.screen_action(
        by=by, act=costed, expected_version=costed.version, equality=told.equality, screened=SCREENED, now=now
    )


def _programme(story: Story, now: datetime) -> None:
    """One audit in December and six more planned, as the public record has it."""
    for each in story_plan.PROGRAMME:
        story.activities[each.key] = assurance.plan_activity(
            by=story.manager, plan=story.plan, title=each.title, kind=each.kind, tests=each.tests, due=each.due,
            actions=[story.act(key) for key in each.actions], impacts=[story.impacts[key] for key in each.impacts],
            now=now, **story.body(each.body),
        )  # fmt: skip
