"""The line of a plan on one page: from each finding to the last judgement, now or as at a date; and its drawing."""

from dataclasses import dataclass
from datetime import date

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.http import urlencode
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import slugify

from throughline.documents.line_drawing import drawn
from throughline.inspections.views import say_audience
from throughline.line import addresses, checks, narrowing, threads
from throughline.line.addresses import Addresses, Mending
from throughline.line.checks import Break
from throughline.line.picture import picture
from throughline.line.queries import plan_line
from throughline.line.threads import AddressOf
from throughline.line.tree import Body, PlanLine
from throughline.methods.printed import count, day
from throughline.partners.models import Partnership
from throughline.partners.requests import Request
from throughline.partners.web import as_of, member_view, today
from throughline.plans.models import Plan
from throughline.plans.queries import plans_of
from throughline.ui import page


@dataclass(frozen=True)
class Asked:
    """The line as one request asks for it: the whole, the part that is shown, and what was found in the whole."""

    plan: Plan
    whole: PlanLine
    shown: PlanLine
    found: list[Break]
    on: date
    as_of: date | None
    at: Addresses
    mending: Mending
    area: str
    body: str
    only_broken: bool

    @property
    def in_view(self) -> list[Break]:
        """What is broken in the part that is shown."""
        if not self.narrowed:
            return self.found
        actions = {each.reference for each in self.shown.actions}
        findings = {(each.inspection, each.reference) for each in self.shown.findings}
        impacts = {each.reference for each in self.shown.impacts}
        areas = {each.number for each in self.shown.areas}
        return [
            each
            for each in self.found
            if each.action in actions
            or (each.inspection, each.finding) in findings
            or each.impact in impacts
            or each.area in areas
        ]

    @property
    def narrowed(self) -> str:
        """What narrows the line, in words; '' for the whole."""
        area = next(
            (f"area {each.number}, {each.title}" for each in self.whole.areas if str(each.number) == self.area), ""
        )
        body = next((each.name for each in bodies(self.whole) if each.id == self.body), "")
        return "; ".join(part for part in (area, body, "only what is broken" if self.only_broken else "") if part)

    @property
    def query(self) -> str:
        """The address's query of what is shown, for the drawing's own pages."""
        chosen = {
            "as-of": self.as_of.isoformat() if self.as_of else "",
            "area": self.area,
            "body": self.body,
            "broken": "yes" if self.only_broken else "",
        }
        return urlencode({name: value for name, value in chosen.items() if value})

    def head(self, request: Request) -> tuple[str, ...]:
        """The lines above the drawing: what it is, how it is marked, the day that it shows, and what narrows it."""
        told = page.of(request)
        when = f"As at the end of {day(self.as_of)}" if self.as_of else f"As at {day(self.on)}"
        parts = (told.marking, told.partnership, when, "Illustrative: invented content" if told.illustrative else "")
        lines = [f"The line: {self.plan.title}", " · ".join(part for part in parts if part)]
        return (*lines, f"Shown: {self.narrowed}") if self.narrowed else tuple(lines)


def bodies(line: PlanLine) -> list[Body]:
    """The agencies and groups that lead or contribute to an action of the plan, by name."""
    found = {each.lead.id: each.lead for each in line.actions}
    found |= {part.body.id: part.body for each in line.actions for part in each.contributors}
    return sorted(found.values(), key=lambda each: each.name)


def asked_for(request: Request, partnership: Partnership, reference: str) -> Asked:
    """Read the line that a request asks for. Raises DoesNotExist for a plan that is not for this person to see."""
    plan: Plan = plans_of(partnership, for_person=request.user).get(reference=reference)
    say_audience(request, partnership)
    asked = as_of(request)
    whole = plan_line(plan, for_person=request.user, as_of=asked)
    on = asked or today(request)
    found = checks.all_found(whole, on)
    area, body = request.GET.get("area", ""), request.GET.get("body", "")
    shown = whole
    if any(str(each.number) == area for each in whole.areas):
        shown = narrowing.in_area(shown, int(area))
    if any(each.id == body for each in bodies(whole)):
        shown = narrowing.of_body(shown, body)
    only_broken = bool(request.GET.get("broken"))
    if only_broken:
        shown = narrowing.only_broken(shown, [each for each in found if each.of.breaks])
    at = addresses.of_plan(partnership, plan, as_of=asked)
    mending = addresses.mending(at, partnership, request.user, today(request))
    return Asked(plan, whole, shown, found, on, asked, at, mending, area, body, only_broken)


def svg_of(request: Request, asked: Asked, *, origin: str = "", shown: PlanLine | None = None, title: str = "") -> str:
    """The drawing of what is shown. In a file its addresses begin with `origin`, and nobody mends anything there."""
    head = asked.head(request)
    at = addresses.Addresses(asked.at.slug, asked.at.plan, asked.at.query, origin)
    mend = asked.mending.url if not origin and asked.as_of is None else lambda _: ""
    return drawn(
        picture(
            shown or asked.shown,
            asked.on,
            found=asked.found,
            url=address_in(at),
            mend=mend,
            head=(title, *head[1:]) if title else head,
        )
    )


def address_in(at: Addresses) -> AddressOf:
    """Where the pages of a plan's things are, by kind and reference."""
    ways = {
        "action": lambda reference, _: at.action(reference),
        "impact": lambda reference, _: at.impact(reference),
        "activity": lambda reference, _: at.activity(reference),
        "inspection": lambda reference, _: at.inspection(reference),
        "finding": lambda reference, inspection: at.finding(inspection, reference),
    }
    return lambda kind, reference, inspection: ways[kind](reference, inspection)


def safe(svg: str) -> SafeString:
    """A drawing of ours as markup: every word in it was escaped where it was drawn."""
    return mark_safe(svg)  # noqa: S308


def grouped(asked: Asked, found: list[Break]) -> list[tuple[str, str, list[tuple[Break, str]]]]:
    """What was found, by kind: its title, the words of the way to mend it, and each with that way's address."""
    may = asked.as_of is None  # the past is not mended
    return [
        (title, some[0].of.mend, [(each, asked.mending.url(each) if may else "") for each in some])
        for title, some in checks.grouped(found)
    ]


@member_view
def line(request: Request, partnership: Partnership, plan: str) -> HttpResponse:
    """The page. Its number of queries does not grow with the plan."""
    asked = asked_for(request, partnership, plan)
    address = address_in(asked.at)
    tree = asked.shown
    shown = [
        threads.threads_of(tree, each, address)
        for each in tree.findings
        if (each.needs_action or tree.answers_to(each)) and not each.answered_elsewhere
    ]
    broken = [each for each in asked.in_view if each.of.breaks]
    answered = sum(bool(each.threads) for each in shown)
    return render(
        request, "line/line.html",
        context={
            **frame(partnership, asked), "threads": shown, "groups": grouped(asked, broken), "broken": len(broken),
            "watched": grouped(asked, [each for each in asked.in_view if not each.of.breaks]),
            "position": f"{answered} of {count(len(shown), 'finding')} answered by an action",
            "loose": [each for each in tree.actions if not each.findings],
            "svg": safe(svg_of(request, asked)) if shown or tree.actions else "",
        },
    )  # fmt: skip


def frame(partnership: Partnership, asked: Asked) -> dict[str, object]:
    """What the line's pages share: the plan, the day, and the choices that narrow it."""
    return {
        "partnership": partnership, "plan": asked.plan, "tree": asked.shown, "on": asked.on, "asked": asked.as_of,
        "areas": [(str(each.number), f"{each.number} {each.title}") for each in asked.whole.areas],
        "bodies": [(each.id, each.name) for each in bodies(asked.whole)],
        "area": asked.area, "body": asked.body, "only_broken": asked.only_broken, "narrowed": asked.narrowed,
        "query": asked.query,
    }  # fmt: skip


@member_view
def drawing(request: Request, partnership: Partnership, plan: str) -> HttpResponse:
    """The drawing alone, as large as it is, for a projector or a printer."""
    asked = asked_for(request, partnership, plan)
    has_any = bool(asked.shown.findings or asked.shown.actions)
    context = {**frame(partnership, asked), "svg": safe(svg_of(request, asked)) if has_any else ""}
    return render(request, "line/drawing.html", context)


@member_view
def drawing_file(request: Request, partnership: Partnership, plan: str) -> HttpResponse:
    """The drawing as a file, exactly as shown; its links lead back here."""
    asked = asked_for(request, partnership, plan)
    svg = svg_of(request, asked, origin=request.build_absolute_uri("/").rstrip("/"))
    stem = slugify(f"line {asked.plan.reference} {asked.on.isoformat()}")
    response = HttpResponse(svg, content_type="image/svg+xml; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{stem}.svg"'
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response
