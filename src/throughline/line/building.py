"""The tree from rows, piece by piece, whether the rows come from tables or from the record. Pure."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from throughline.history.moments import day_of
from throughline.history.snapshots import State
from throughline.impact.scale import Impact
from throughline.inspections.frameworks import FINDING_KINDS
from throughline.line.rows import Rows
from throughline.line.tree import (
    ActionLine,
    ActivityLine,
    AreaLine,
    Body,
    ContributorLine,
    DecisionLine,
    EvidenceLine,
    ExtensionLine,
    FindingLine,
    ImpactLine,
    ImpactTestLine,
    JudgementLine,
    LaterTestLine,
    MilestoneLine,
    PeriodLine,
    ReturnLine,
    UpdateLine,
    VerificationLine,
)
from throughline.plans.delivery import Delivery

Named = Mapping[str, Mapping[str, Any]]


@dataclass(frozen=True)
class Given:
    """What a plan's tree is built from: its id, the rows that the person may see, and agencies and groups by id."""

    plan_id: str
    rows: Rows
    named: Named

    def of_plan(self, kind: str) -> list[State]:
        """The plan's own standing rows of a kind."""
        return [each for each in standing(self.rows[kind]) if each["plan_id"] == self.plan_id]

    def under(self, kind: str, parent: str) -> dict[str, list[State]]:
        """The standing rows of a kind by the id of what they belong to, in their own order."""
        found: dict[str, list[State]] = defaultdict(list)
        for each in standing(self.rows[kind]):
            found[each[parent]].append(each)
        for some in found.values():
            some.sort(key=lambda each: (each.get("number", 0), each["id"]))
        return found

    def body(self, row: State, prefix: str = "") -> Body:
        """The agency or group of a row."""
        id_ = row[f"{prefix}agency_id"] or row[f"{prefix}group_id"]
        found = self.named.get(id_, {})
        return Body(str(id_), found.get("name", ""), found.get("short_name", ""))

    def body_if_any(self, row: State, prefix: str = "") -> Body | None:
        """The agency or group of a row; None where it has none."""
        return self.body(row, prefix) if row[f"{prefix}agency_id"] or row[f"{prefix}group_id"] else None


def standing(rows: Mapping[str, State]) -> Iterable[State]:
    """The rows that were not withdrawn."""
    return (each for each in rows.values() if not each["withdrawn_at"])


def _day(value: str | None) -> date | None:
    return date.fromisoformat(value) if value else None


def _day_of(value: str | None) -> date | None:
    return day_of(datetime.fromisoformat(value)) if value else None


def links(
    links_: Mapping[str, State],
    ends: Mapping[str, State],
    ours: Mapping[str, State],
    all_: Mapping[str, State],
    end: str,
) -> tuple[dict[str, set[str]], set[str]]:
    """By our action: the standing ends it is linked with; and every end that another plan's action is linked with."""
    found: dict[str, set[str]] = defaultdict(set)
    elsewhere: set[str] = set()
    for link in standing(links_):
        target, action = ends.get(link[end]), all_.get(link["action_id"])
        if target is None or target["withdrawn_at"] or action is None or action["withdrawn_at"]:
            continue
        if link["action_id"] in ours:
            found[link["action_id"]].add(link[end])
        else:
            elsewhere.add(link[end])
    return found, elsewhere


def findings_of(given: Given, elsewhere: set[str]) -> tuple[FindingLine, ...]:
    """Every finding of the partnership, by inspection and in the letter's order."""
    rows = given.rows
    inspections, letters = rows["inspection"], rows["letter"]
    areas = {each["id"] for each in given.of_plan("area")}
    placed, returning = given.under("placed", "finding_id"), given.under("recurrence", "finding_id")
    later = given.under("later_test", "finding_id")

    def place(each: State) -> tuple[str, int]:
        return inspections.get(each["inspection_id"], {}).get("reference", ""), each["place"]

    found = []
    for each in sorted(standing(rows["finding"]), key=place):
        inspection, kind = inspections.get(each["inspection_id"], {}), FINDING_KINDS[each["kind"]]
        letter = letters.get(each["letter_id"] or "", {})
        found.append(
            FindingLine(
                id=each["id"], reference=each["reference"], inspection=inspection.get("reference", ""),
                inspection_title=inspection.get("title", ""), kind=each["kind"], kind_printed=kind.printed,
                needs_action=kind.needs_action, title=each["title"], text=each["text"], page=each["page"],
                letter=letter.get("number"), answered_elsewhere=each["id"] in elsewhere,
                areas=tuple(link["area_id"] for link in placed[each["id"]] if link["area_id"] in areas),
                returns_of=tuple(link["earlier_id"] for link in returning[each["id"]]),
                later=tuple(
                    sorted(
                        (_later(test, inspections) for test in later[each["id"]]),
                        key=lambda test: (test.on or date.max, test.id),
                    )
                ),
            )
        )  # fmt: skip
    return tuple(found)


def _later(row: State, inspections: Mapping[str, State]) -> LaterTestLine:
    inspection = inspections.get(row["inspection_id"], {})
    return LaterTestLine(
        id=row["id"], inspection=inspection.get("reference", ""), inspection_title=inspection.get("title", ""),
        on=_day(inspection.get("fieldwork_start")), said=row["said"], says=row["says"], page=row["page"],
    )  # fmt: skip


def updates_of(given: Given) -> tuple[dict[str, tuple[UpdateLine, ...]], dict[str, UpdateLine]]:
    """By action, the newest period first; and by return, what it says beside its actions."""
    by_period = {each["id"]: each for each in given.of_plan("period")}
    found: dict[str, list[tuple[str, UpdateLine]]] = defaultdict(list)
    general: dict[str, UpdateLine] = {}
    for each in standing(given.rows["update"]):
        return_ = given.rows["return"].get(each["return_record_id"])
        period = by_period.get(return_["period_id"]) if return_ else None
        if return_ is None or period is None:
            continue
        line = UpdateLine(
            id=each["id"], period=period["reference"], period_label=period["label"], body=given.body(each),
            stage=return_["state"], self_rating=each["self_rating"], progress=each["progress"],
            brought_forward=each["brought_forward"], accepted_at=return_["accepted_at"],
            slip_reason=each["slip_reason"], proposed_due=_day(each["proposed_due"]),
        )  # fmt: skip
        if each["action_id"] is None:
            general[each["return_record_id"]] = line
        else:
            found[each["action_id"]].append((period["opens"], line))
    newest: dict[str, tuple[UpdateLine, ...]] = defaultdict(tuple)
    for action, lines in found.items():
        newest[action] = tuple(line for _, line in sorted(lines, key=lambda pair: (pair[0], pair[1].id), reverse=True))
    return newest, general


def areas_of(given: Given) -> tuple[AreaLine, ...]:
    """The improvement areas in order."""
    return tuple(
        AreaLine(
            each["id"], each["number"], each["title"], given.body_if_any(each, "owner_"), each["owner_post"]
        )
        for each in sorted(given.of_plan("area"), key=lambda each: each["number"])
    )  # fmt: skip


def actions_of(
    given: Given, answers: Mapping[str, Sequence[str]], serves: Mapping[str, Sequence[str]],
    about: Mapping[str, tuple[UpdateLine, ...]],
) -> tuple[ActionLine, ...]:  # fmt: skip
    """The plan's actions in order, each with its steps."""
    contributors, milestones = given.under("contributor", "action_id"), given.under("milestone", "action_id")
    extensions, verified = given.under("extension", "action_id"), given.under("verification", "action_id")
    references = {each["id"]: each["reference"] for each in given.rows["action"].values()}
    return tuple(
        ActionLine(
            id=row["id"], reference=row["reference"], area=row["area_id"], title=row["title"], detail=row["detail"],
            lead=given.body(row, "lead_"), owner_post=row["owner_post"],
            original_due=date.fromisoformat(row["original_due"]), due=date.fromisoformat(row["due"]),
            delivery=Delivery(row["delivery"]), findings=tuple(answers[row["id"]]), impacts=tuple(serves[row["id"]]),
            updates=about[row["id"]], own_number=row["own_number"], resources=row["resources"],
            resources_note=row["resources_note"], funder=row["funder"], funding_decided=_day(row["funding_decided"]),
            equality=row["equality"], equality_note=row["equality_note"],
            superseded_by=references.get(row["superseded_by_id"] or "", ""),
            contributors=tuple(
                ContributorLine(each["id"], given.body(each), each["part"]) for each in contributors[row["id"]]
            ),
            milestones=tuple(_milestone(each) for each in milestones[row["id"]]),
            extensions=tuple(_extension(each) for each in extensions[row["id"]]),
            verifications=tuple(_verification(each) for each in verified[row["id"]]),
        )
        for row in sorted(given.of_plan("action"), key=lambda each: each["number"])
    )  # fmt: skip


def _milestone(row: State) -> MilestoneLine:
    return MilestoneLine(
        row["id"], row["number"], row["title"], date.fromisoformat(row["original_due"]),
        date.fromisoformat(row["due"]), _day(row["reached"]),
    )  # fmt: skip


def _extension(row: State) -> ExtensionLine:
    return ExtensionLine(
        id=row["id"], was_due=date.fromisoformat(row["was_due"]), proposed=date.fromisoformat(row["proposed"]),
        reason=row["reason"], asked_on=date.fromisoformat(row["asked_on"]), state=row["state"],
        due_given=_day(row["due_given"]), decided_on=_day(row["decided_on"]), decision_note=row["decision_note"],
        number=row["number"],
    )  # fmt: skip


def _verification(row: State) -> VerificationLine:
    return VerificationLine(
        row["id"], row["level"], row["satisfied"], row["basis"], date.fromisoformat(row["on"]), row["capacity"]
    )


def impacts_of(given: Given) -> tuple[ImpactLine, ...]:
    """The desired impacts in order, with what would show each and how it was judged, the newest first."""
    tests, judged = given.under("impact_test", "desired_impact_id"), given.under("judgement", "desired_impact_id")
    return tuple(
        ImpactLine(
            id=each["id"], reference=each["reference"], for_whom=each["for_whom"], would_see=each["would_see"],
            sufficiency=each["sufficiency"],
            tests=tuple(ImpactTestLine(test["id"], test["kind"], test["text"]) for test in tests[each["id"]]),
            judgements=tuple(
                _judgement(row)
                for row in sorted(judged[each["id"]], key=lambda row: (row["on"], row["number"]), reverse=True)
            ),
        )
        for each in sorted(given.of_plan("impact"), key=lambda each: each["number"])
    )  # fmt: skip


def _judgement(row: State) -> JudgementLine:
    return JudgementLine(
        row["id"], row["whose"], Impact(row["state"]), row["reason"], date.fromisoformat(row["on"]), row["by_name"]
    )


def activities_of(given: Given) -> tuple[ActivityLine, ...]:
    """The programme of scrutiny and audit in order."""
    actions, impacts = given.under("tested_action", "activity_id"), given.under("tested_impact", "activity_id")
    return tuple(
        ActivityLine(
            id=each["id"], reference=each["reference"], title=each["title"], kind=each["kind"], tests=each["tests"],
            body=given.body(each), due=date.fromisoformat(each["due"]), done_on=_day(each["done_on"]),
            result=each["result"], found=each["found"],
            actions=tuple(link["action_id"] for link in actions[each["id"]]),
            impacts=tuple(link["desired_impact_id"] for link in impacts[each["id"]]),
        )
        for each in sorted(given.of_plan("activity"), key=lambda each: each["number"])
    )  # fmt: skip


def decisions_of(given: Given) -> tuple[DecisionLine, ...]:
    """The decisions sought and answered, in order."""
    references = {each["id"]: each["reference"] for each in given.rows["action"].values()}
    periods = {each["id"]: each["reference"] for each in given.rows["period"].values()}
    return tuple(
        DecisionLine(
            id=each["id"], reference=each["reference"], text=each["text"], why=each["why"],
            sought_by=given.body_if_any(each), sought_on=date.fromisoformat(each["sought_on"]),
            period=periods.get(each["period_id"] or "", ""), action=references.get(each["action_id"] or "", ""),
            outcome=each["outcome"], answer=each["answer"], answered_on=_day(each["answered_on"]),
        )
        for each in sorted(given.of_plan("decision"), key=lambda each: each["number"])
    )  # fmt: skip


def evidence_of(given: Given) -> tuple[EvidenceLine, ...]:
    """The partnership's evidence as far as the person may see it, by number."""
    linked, seen = given.under("evidence_link", "evidence_id"), given.under("evidence_seen", "evidence_id")
    return tuple(
        EvidenceLine(
            id=each["id"], reference=each["reference"], title=each["title"], body=given.body(each),
            strength=each["strength"], dated=_day(each["dated"]), expires=_day(each["expires"]),
            held_where=each["held_where"], linked=tuple(link["thing_id"] for link in linked[each["id"]]),
            seen=tuple(
                sorted(
                    (date.fromisoformat(row["on"]), row["capacity"], row["satisfied"], row["satisfied_that"])
                    for row in seen[each["id"]]
                )
            ),
        )
        for each in sorted(standing(given.rows["evidence"]), key=lambda each: each["number"])
    )  # fmt: skip


def periods_of(given: Given, general: Mapping[str, UpdateLine]) -> tuple[PeriodLine, ...]:
    """The reporting periods by the day on which they opened, each with the returns that it asks for."""
    owed: dict[str, list[State]] = defaultdict(list)
    for each in standing(given.rows["return"]):
        owed[each["period_id"]].append(each)
    return tuple(
        PeriodLine(
            id=row["id"], reference=row["reference"], label=row["label"], opens=date.fromisoformat(row["opens"]),
            data_to=date.fromisoformat(row["data_to"]), due=date.fromisoformat(row["due"]),
            papers_out=_day(row["papers_out"]), meeting=_day(row["meeting"]),
            returns=tuple(
                ReturnLine(
                    id=each["id"], slug=each["slug"], body=given.body(each), state=each["state"], nil=each["nil"],
                    submitted_on=_day_of(each["submitted_at"]), accepted_on=_day_of(each["accepted_at"]),
                    general=general.get(each["id"]),
                )
                for each in sorted(owed[row["id"]], key=lambda each: each["slug"])
            ),
        )
        for row in sorted(given.of_plan("period"), key=lambda each: (each["opens"], each["reference"]))
    )  # fmt: skip
