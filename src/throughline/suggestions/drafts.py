"""What the findings of a plan still suggest: read, never written. Everything starts from what the person may see."""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from django.db.models import Prefetch

from throughline.inspections.models import Finding, FindingTheme, Theme
from throughline.inspections.taxonomy import DEFAULT_THEMES
from throughline.inspections.themes import themes_of
from throughline.methods.mentions import mentions
from throughline.methods.suggestions import Bank, Suggestion, ThemeWords, bank_of, default_bank, suggest
from throughline.partners.models import Partnership, Person
from throughline.plans import placings, queries
from throughline.plans.models import DesiredImpact, FindingArea, ImpactTest, ImprovementArea, Plan
from throughline.suggestions.models import BankEntry, SetAside


def fingerprint(*words: str) -> str:
    """What tells one suggestion from another: the SHA-256 of its words."""
    return hashlib.sha256("\x1f".join(words).encode()).hexdigest()


@dataclass(frozen=True)
class Item:
    """One suggestion: what it is (area, impact, measure, audit, voice) and its words."""

    what: str
    words: tuple[str, ...]

    @property
    def fingerprint(self) -> str:
        """What tells it from another."""
        return fingerprint(*self.words)

    @property
    def text(self) -> str:
        """Its words in one line; a desired impact's without for whom."""
        return self.words[-1]


@dataclass(frozen=True)
class Draft:
    """A finding with what it suggests, what of it is decided, and what stands in the plan already.

    pending: what was neither taken nor set aside; aside: what was set aside and can be brought back; by_actions: the
    areas of the actions that answer it.
    """

    finding: Finding
    suggestion: Suggestion
    pending: tuple[Item, ...]
    aside: tuple[SetAside, ...] = ()
    placed: tuple[FindingArea, ...] = ()
    impacts: tuple[DesiredImpact, ...] = ()
    by_actions: tuple[ImprovementArea, ...] = ()

    @property
    def in_areas(self) -> list[ImprovementArea]:
        """Where it belongs: the areas in which it was placed, and those in which an action answers it."""
        return list(dict.fromkeys([*(each.area for each in self.placed), *self.by_actions]))

    @property
    def is_decided(self) -> bool:
        """Whether nothing more waits for a person: it has a place, and what it suggests was taken or set aside."""
        return bool(self.in_areas) and not self.pending

    def the(self, what: str) -> list[Item]:
        """What is still suggested of one kind."""
        return [each for each in self.pending if each.what == what]

    @property
    def standing(self) -> str:
        """A digest of what the plan has for the finding: whether somebody added to it since it was shown."""
        rows = [*self.placed, *self.impacts]
        return fingerprint(*sorted(str(each.pk) for each in rows))

    @property
    def suggested_area(self) -> str:
        """The improvement area that is still suggested, or nothing."""
        return next((each.text for each in self.the("area")), "")


@dataclass(frozen=True)
class Fold:
    """An improvement area that findings suggest; `stands` is the plan's own of the same title, if it has one."""

    title: str
    drafts: tuple[Draft, ...]
    stands: ImprovementArea | None = None

    @property
    def key(self) -> str:
        """A short name for form fields, the same for the same title."""
        return fingerprint(self.title)[:12]


@dataclass(frozen=True)
class DraftPlan:
    """A plan's findings that need an action, and how they would fold into improvement areas."""

    plan: Plan
    drafts: tuple[Draft, ...]
    areas: tuple[ImprovementArea, ...] = ()
    folds: tuple[Fold, ...] = field(default=())

    @property
    def decided(self) -> int:
        """How many findings wait for nobody any more."""
        return sum(each.is_decided for each in self.drafts)

    @property
    def unplaced(self) -> list[Draft]:
        """Findings without a place and without a suggestion of one."""
        return [each for each in self.drafts if not each.in_areas and not each.suggested_area]

    @property
    def placed(self) -> list[Draft]:
        """Findings that have a place."""
        return [each for each in self.drafts if each.in_areas]


def bank_for(partnership: Partnership, themes: Sequence[Theme], *, for_person: Person) -> tuple[Bank, bool]:
    """The partnership's bank by theme, and whether it is its own yet; until then it is the one to begin with."""
    entries = list(
        BankEntry.objects.visible_to(for_person)
        .filter(partnership=partnership)
        .order_by("theme__number", "kind", "number")
        .values_list("theme__name", "kind", "text", "withdrawn_at")
    )
    if not entries:
        return default_bank(), False
    return bank_of((theme, kind, text) for theme, kind, text, gone in entries if gone is None), True


def _words_of(themes: Iterable[Theme]) -> list[ThemeWords]:
    held = [ThemeWords(each.name, tuple(each.words)) for each in themes]
    return held or [ThemeWords(name, words) for name, words in DEFAULT_THEMES.items()]


def _themes_for(finding: Finding, every: Sequence[ThemeWords]) -> list[ThemeWords]:
    """The themes that a person gave the finding; where nobody gave any, those whose words it mentions."""
    given = {link.theme.name for link in finding.given_themes}  # type: ignore[attr-defined]
    if given:
        return [each for each in every if each.name in given]
    return [each for each in every if mentions(finding.text, each.words)]


def items_of(said: Suggestion) -> list[Item]:
    """What is suggested, one by one, in the order in which it is shown."""
    found = [Item("area", (said.area,))] if said.area else []
    if said.would_see:
        found.append(Item(SetAside.IMPACT, (said.for_whom, said.would_see)))
    found += [Item("measure", (each,)) for each in said.measures]
    found += [Item("audit", (said.audit,))] if said.audit else []
    found += [Item("voice", (said.voice,))] if said.voice else []
    return found


def _is_taken(item: Item, *, has_area: bool, impacts: Sequence[DesiredImpact], kinds: set[str]) -> bool:
    """Whether the plan has for this finding what the item would bring, in whatever words."""
    if item.what == "area":
        return has_area
    return bool(impacts) if item.what == SetAside.IMPACT else item.what in kinds


def draft_plan(plan: Plan, *, for_person: Person) -> DraftPlan:
    """What the findings of a plan still suggest. A constant number of queries, however many findings."""
    partnership = plan.partnership
    themes = list(themes_of(partnership, for_person=for_person))
    bank, _ = bank_for(partnership, themes, for_person=for_person)
    words = _words_of(themes)
    given = FindingTheme.objects.filter(withdrawn_at__isnull=True).select_related("theme")
    findings = (
        queries.findings_to_answer(partnership, for_person=for_person)
        .order_by("-inspection__fieldwork_start", "inspection__reference", "place")
        .prefetch_related(Prefetch("theme_links", queryset=given, to_attr="given_themes"))
    )
    standing = _standing(plan, for_person)
    drafts = tuple(_draft(each, suggest(each.text, _themes_for(each, words), bank), standing) for each in findings)
    areas = tuple(queries.areas_of(plan, for_person=for_person))
    return DraftPlan(plan, drafts, areas, tuple(_folds(drafts, areas)))


@dataclass(frozen=True)
class _Standing:
    """What stands already, by finding: places, its actions' areas, impacts, their kinds of test, what was set aside."""

    placed: Mapping[UUID, list[FindingArea]]
    by_actions: Mapping[UUID, list[ImprovementArea]]
    impacts: Mapping[UUID, list[DesiredImpact]]
    kinds: Mapping[UUID, set[str]]
    aside: Mapping[UUID, list[SetAside]]


def _standing(plan: Plan, person: Person) -> _Standing:
    placed: dict[UUID, list[FindingArea]] = defaultdict(list)
    for each in placings.placed_in(plan, for_person=person):
        placed[each.finding_id].append(each)
    by_actions: dict[UUID, list[ImprovementArea]] = defaultdict(list)
    for answer in queries.answers_in(plan, for_person=person):
        by_actions[answer.finding_id].append(answer.action.area)
    impacts: dict[UUID, list[DesiredImpact]] = defaultdict(list)
    for link in placings.turned_in(plan, for_person=person):
        impacts[link.finding_id].append(link.desired_impact)
    kinds: dict[UUID, set[str]] = defaultdict(set)
    tests = ImpactTest.objects.visible_to(person).filter(desired_impact__plan=plan)
    # One that was let go stays decided: it is not suggested again.
    for impact, kind in tests.values_list("desired_impact", "kind"):
        kinds[impact].add(kind)
    aside: dict[UUID, list[SetAside]] = defaultdict(list)
    for row in SetAside.objects.visible_to(person).filter(plan=plan, withdrawn_at__isnull=True):
        aside[row.finding_id].append(row)
    return _Standing(placed, by_actions, impacts, kinds, aside)


def _draft(finding: Finding, said: Suggestion, standing: _Standing) -> Draft:
    placed, impacts = standing.placed.get(finding.pk, []), standing.impacts.get(finding.pk, [])
    by_actions = tuple(dict.fromkeys(standing.by_actions.get(finding.pk, ())))
    aside = standing.aside.get(finding.pk, [])
    refused = {(each.what, each.fingerprint) for each in aside}
    kinds = {kind for each in impacts for kind in standing.kinds.get(each.pk, ())}
    pending = tuple(
        item
        for item in items_of(said)
        if (item.what, item.fingerprint) not in refused
        and not _is_taken(item, has_area=bool(placed or by_actions), impacts=impacts, kinds=kinds)
    )
    return Draft(finding, said, pending, tuple(aside), tuple(placed), tuple(impacts), by_actions)


def _folds(drafts: Sequence[Draft], areas: Sequence[ImprovementArea]) -> list[Fold]:
    """The areas that are suggested, the fullest first; a title that the plan has already joins that area."""
    by_title: dict[str, list[Draft]] = defaultdict(list)
    for each in drafts:
        if each.suggested_area:
            by_title[each.suggested_area].append(each)
    held = {area.title.casefold(): area for area in areas}
    folds = [Fold(title, tuple(some), held.get(title.casefold())) for title, some in by_title.items()]
    return sorted(folds, key=lambda each: -len(each.drafts))
