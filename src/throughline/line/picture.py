"""The drawing of a line: which boxes, ties, bands and gaps stand for a tree. Values in, a `Drawing` out.

Ended actions are not drawn: they are history, and their pages tell it. Everything else that stands is drawn, and where
something is missing, a gap stands in its place.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date

from throughline.documents.line_drawing import ABSENT, Band, Drawing, Node, Outline, Sign, Stroke, Tie
from throughline.line import marks
from throughline.line.checks import KINDS, Break, about
from throughline.line.narrowing import standing
from throughline.line.tree import ActionLine, ActivityLine, FindingLine, ImpactLine, JudgementLine, PlanLine
from throughline.methods.printed import count, day
from throughline.plans.models import ImpactTest
from throughline.ui import glyphs
from throughline.ui.scales import Mark

COLUMNS = ("Findings", "Actions", "Desired impacts", "What tests it", "Judgement", "Later inspection")
_FINDING, _ACTION, _IMPACT, _TEST, _JUDGEMENT, _LATER = range(6)
NO_AREA = "In no improvement area"
# From this many actions on boxes are set close, so that the whole can still be taken in.
COMPACT_FROM = 45
# What is broken about an action itself; the other breaks stand as gaps beside it.
_ON_ACTION = (
    "action without post", "overdue without a reason", "overdue with a reason", "milestone overdue",
    "priority not confirmed", "extension not decided",
)  # fmt: skip
UrlOf = Callable[[str, str, str], str]


def no_address(kind: str, reference: str, inspection: str = "") -> str:
    """For drawings on paper: nothing leads anywhere."""
    return ""


def sign(mark: Mark, *, loud: bool = False) -> Sign:
    """A mark as drawings show it."""
    return Sign(mark.words, glyphs.shape(mark.glyph), mark.tone.value, loud)


def key() -> tuple[tuple[str, tuple[Sign, ...]], ...]:
    """The printed key: every state that the drawing may show, group by group."""
    return (
        ("Delivery", tuple(sign(each) for name, each in marks.RATING_MARKS.items() if name != "ended")),
        ("Impact, as judged", tuple(map(sign, marks.impact_key()))),
        ("Assurance activity", tuple(map(sign, marks.result_key()))),
        ("Later inspection", tuple(map(sign, marks.later_key()))),
    )


def picture(
    line: PlanLine,
    on: date,
    *,
    found: Sequence[Break],
    head: Sequence[str] = (),
    url: UrlOf = no_address,
    mend: Callable[[Break], str] = lambda _: "",
    compact: bool | None = None,
    prefix: str = "line",
) -> Drawing:
    """The drawing of a line as seen on a day.

    found: what the checks found in the whole line; head: the lines above it; url(kind, reference, inspection): where a
    thing's page is; mend: where a break is mended; compact: boxes set close, decided by the number of actions if None.
    """
    drawn = standing(line)
    making = _Making(drawn, on, found, url, mend)
    making.run()
    gaps = sum(each.outline is Outline.GAP for each in making.nodes)
    return Drawing(
        title=f"The line of {line.title}",
        description=f"{count(len(drawn.findings), 'finding')}, {count(len(drawn.actions), 'action')} and "
        f"{count(len(drawn.impacts), 'desired impact')}, with what tests them, what was judged and what later "
        f"inspections said. {count(gaps, 'gap')}. The same stands in words beside the drawing.",
        head=tuple(head) or (f"The line of {line.title}",),
        columns=COLUMNS, bands=making.bands(), nodes=tuple(making.nodes), ties=tuple(making.ties), key=key(),
        compact=len(drawn.actions) >= COMPACT_FROM if compact is None else compact, prefix=prefix,
    )  # fmt: skip


@dataclass
class _Making:
    """One drawing in the making."""

    line: PlanLine
    on: date
    found: Sequence[Break]
    url: UrlOf
    mend: Callable[[Break], str]
    nodes: list[Node] = field(default_factory=list)
    ties: list[Tie] = field(default_factory=list)
    keys: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.band_of_area = {each.id: n for n, each in enumerate(self.line.areas)}
        self.rest = len(self.line.areas)
        self.impact_bands = self._impact_bands()

    def run(self) -> None:
        """Every column in turn."""
        for finding in self.line.findings:
            self._finding(finding)
        for action in self.line.actions:
            self._action(action)
        for impact in self.line.impacts:
            self._impact(impact)
        for activity in self.line.activities:
            self._activity(activity)
        for finding in self.line.findings:
            self._later(finding)

    # -- bands ---------------------------------------------------------------------------------------------------

    def bands(self) -> tuple[Band, ...]:
        """The areas in order, and after them what is in none."""
        found = []
        for each in self.line.areas:
            missing = about(self.found, kind="area without owner", area=each.number)
            owner = " · ".join(part for part in (each.owner_post, each.owner.name if each.owner else "") if part)
            found.append(
                Band(
                    f"{each.number} {each.title}", f"Owner: {owner}" if owner else "",
                    gap=missing[0].of.mark if missing else "", url=self.mend(missing[0]) if missing else "",
                )
            )  # fmt: skip
        return (*found, Band(NO_AREA)) if any(each.band == self.rest for each in self.nodes) else tuple(found)

    def _impact_bands(self) -> dict[str, int]:
        votes: dict[str, Counter[int]] = {}
        for action in self.line.actions:
            for id_ in action.impacts:
                votes.setdefault(id_, Counter())[self._action_band(action)] += 1
        return {id_: min(some, key=lambda band: (-some[band], band)) for id_, some in votes.items()}

    def _action_band(self, action: ActionLine) -> int:
        return self.band_of_area.get(action.area, self.rest)

    def _finding_band(self, finding: FindingLine) -> int:
        """Where the first action stands that answers it; else where it was placed."""
        answers = self.line.answers_to(finding)
        if answers:
            return self._action_band(answers[0])
        placed = [self.band_of_area[id_] for id_ in finding.areas if id_ in self.band_of_area]
        return placed[0] if placed else self.rest

    def _add(self, node: Node) -> None:
        self.nodes.append(node)
        self.keys.add(node.key)

    # -- columns -------------------------------------------------------------------------------------------------

    def _gap(self, key_: str, column: int, band: int, broken: Break, ends: tuple[str, str]) -> None:
        """What is missing, and the tie that is cut there: to it from what lacks it, or from it."""
        mark = Sign(KINDS[broken.kind].mark, ABSENT, "bad", loud=True)
        full = f"{mark.words}: {broken.sentence}"
        self._add(
            Node(key_, Outline.GAP, column, band, "", "", full, (mark,), self.mend(broken), is_broken=True)
        )  # fmt: skip
        self.ties.append(Tie(*ends, Stroke.CUT))

    def _missing(self, kind: str, **what: str) -> Break | None:
        return next(iter(about(self.found, kind=kind, **what)), None)

    def _finding(self, each: FindingLine) -> None:
        band, own = self._finding_band(each), f"finding {each.id}"
        missing = self._missing("finding without action", finding=each.reference, inspection=each.inspection)
        self._add(
            Node(
                own, Outline.FINDING, _FINDING, band, each.reference, each.title,
                f"{each.reference} {each.title} ({each.kind_printed.lower()})",
                url=self.url("finding", each.reference, each.inspection), is_broken=missing is not None,
            )
        )  # fmt: skip
        if missing:
            self._gap(f"no action {each.id}", _ACTION, band, missing, (own, f"no action {each.id}"))

    def _action(self, each: ActionLine) -> None:
        band, own = self._action_band(each), f"action {each.id}"
        wrong = [broken for broken in self.found if broken.action == each.reference and broken.kind in _ON_ACTION]
        kinds = dict.fromkeys(broken.kind for broken in wrong)
        shown = [sign(marks.delivery_mark(each, self.on))]
        if {"overdue without a reason", "overdue with a reason"} & set(kinds):
            shown = []  # which of the two it is says that it is overdue
        clock, absent = glyphs.shape("clock"), ABSENT
        shown += [
            Sign(KINDS[kind].mark, clock if "overdue" in kind else absent,
                 "bad" if KINDS[kind].breaks else "care", loud=True)
            for kind in kinds
        ]  # fmt: skip
        if each.shown(self.on).redated:
            shown.append(sign(marks.REDATED))
        states = ", ".join(mark.words for mark in shown)
        full = f"{each.reference} {each.title}. {each.lead.name}. Due {day(each.due)}. {states}."
        full = " ".join([full, *(broken.sentence for broken in wrong)])
        self._add(
            Node(
                own, Outline.ACTION, _ACTION, band, each.reference, each.title, full, tuple(shown),
                self.url("action", each.reference, ""), is_broken=any(KINDS[kind].breaks for kind in kinds),
            )
        )  # fmt: skip
        self.ties += [Tie(f"finding {id_}", own) for id_ in each.findings]
        self.ties += [Tie(own, f"impact {id_}") for id_ in each.impacts]
        if missing := self._missing("action without finding", action=each.reference):
            self._gap(f"no finding {each.id}", _FINDING, band, missing, (f"no finding {each.id}", own))
        if missing := self._missing("action without desired impact", action=each.reference):
            self._gap(f"no impact {each.id}", _IMPACT, band, missing, (own, f"no impact {each.id}"))

    def _impact(self, each: ImpactLine) -> None:
        band, own = self.impact_bands.get(each.id, self.rest), f"impact {each.id}"
        unserved = self._missing("impact without action", impact=each.reference)
        unshown = self._missing("impact without test", impact=each.reference)
        self._add(
            Node(
                own, Outline.IMPACT, _IMPACT, band, each.reference, each.would_see,
                f"{each.reference} {each.would_see} (desired impact, for {each.for_whom})",
                url=self.url("impact", each.reference, ""), is_broken=bool(unserved or unshown),
            )
        )  # fmt: skip
        if unserved:
            self._gap(f"no action {each.id}", _ACTION, band, unserved, (f"no action {each.id}", own))
        tests = [f"test {test.id}" for test in each.tests]
        for test in each.tests:
            kind = ImpactTest.PRINTED[test.kind]
            self._add(
                Node(
                    f"test {test.id}", Outline.TEST, _TEST, band, kind.split()[0], test.text, f"{kind}: {test.text}",
                    url=self.url("impact", each.reference, ""),
                )
            )  # fmt: skip
        tests += [f"activity {activity.id}" for activity in self.line.tested_by(each)]
        self.ties += [Tie(own, test) for test in tests]
        if unshown:
            tests = [f"no test {each.id}"]
            self._gap(tests[0], _TEST, band, unshown, (own, tests[0]))
        if each.judgements or not unshown:
            self._judgement(each, band, tests, Stroke.CUT if unshown else Stroke.LINE)

    def _judgement(self, each: ImpactLine, band: int, tests: Sequence[str], stroke: Stroke) -> None:
        judged, view = each.judged, each.scrutineers_view
        mark = marks.impact_mark(judged.state if judged else None)
        said = [_told(one) for one in (judged, view) if one]
        text = day(judged.on) if judged else ""
        if view and (not judged or view.state != judged.state):
            text = f"Scrutineer: {marks.impact_mark(view.state).words.lower()}"
        self._add(
            Node(
                f"judgement {each.id}", Outline.JUDGEMENT, _JUDGEMENT, band, "", text,
                f"{each.reference}: " + (" ".join(said) or f"{mark.words}."), (sign(mark, loud=True),),
                self.url("impact", each.reference, ""),
            )
        )  # fmt: skip
        self.ties += [Tie(test, f"judgement {each.id}", stroke) for test in tests]

    def _activity(self, each: ActivityLine) -> None:
        impacts = [id_ for id_ in each.impacts if f"impact {id_}" in self.keys]
        served = {act.id: set(act.impacts) for act in self.line.actions}
        direct = [id_ for id_ in each.actions if id_ in served and not served[id_] & set(impacts)]
        if not impacts and not direct:
            return
        bands = [self.impact_bands.get(id_, self.rest) for id_ in impacts]
        bands += [self._action_band(act) for act in self.line.actions if act.id in direct]
        mark = marks.result_mark(each, self.on)
        when = f"Done {day(each.done_on)}" if each.done_on else f"Due {day(each.due)}"
        self._add(
            Node(
                f"activity {each.id}", Outline.TEST, _TEST, bands[0], each.reference, each.title,
                f"{each.reference} {each.title}. {each.body.name}. {when}. {mark.words}. {each.found}".strip(),
                (sign(mark),), self.url("activity", each.reference, ""),
            )
        )  # fmt: skip
        self.ties += [Tie(f"action {id_}", f"activity {each.id}", Stroke.TESTS) for id_ in direct]

    def _later(self, each: FindingLine) -> None:
        reached = dict.fromkeys(id_ for action in self.line.answers_to(each) for id_ in action.impacts)
        judged = [key_ for id_ in reached if (key_ := f"judgement {id_}") in self.keys]
        for test in each.later:
            own = f"later {test.id}"
            page = f", page {test.page}" if test.page else ""
            mark = marks.later_mark(test)
            when = f" ({day(test.on)})" if test.on else ""
            self._add(
                Node(
                    own, Outline.LATER, _LATER, self._finding_band(each), each.reference, test.inspection_title,
                    f"{each.reference} at a later inspection, {test.inspection_title}{when}{page}: {mark.words}. "
                    f"{test.says}",
                    (sign(mark),), self.url("finding", each.reference, each.inspection),
                )
            )  # fmt: skip
            if judged:
                self.ties += [Tie(key_, own) for key_ in judged]
            else:
                self.ties.append(Tie(f"finding {each.id}", own, Stroke.AROUND))


def _told(judgement: JudgementLine) -> str:
    whose = "The Executive Group judged" if judgement.whose == "executive" else "The independent scrutineer’s view is"
    return f"{whose} “{marks.impact_mark(judgement.state).words}” on {day(judgement.on)}: {judgement.reason}"
