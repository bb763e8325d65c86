"""Components of every page. Loaded in every template, together with those of `structures`.

Whatever is given to a component is text and is escaped; only what stands between a block tag's ends is markup.
"""

from typing import Any

from django import template
from django.forms import BaseForm
from django.middleware.csrf import get_token
from django.template.context import RequestContext
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from throughline.ui import glyphs, scales
from throughline.ui.templatetags import structures

register = template.Library()
register.tags.update(structures.register.tags)
register.filters.update(structures.register.filters)

REQUEST_KEY = "request_key"
_BUTTONS = {"": "", "secondary": " govuk-button--secondary", "warning": " govuk-button--warning"}


# -- buttons -------------------------------------------------------------------------------------------------------


def _button_class(kind: str) -> str:
    try:
        return f"govuk-button{_BUTTONS[kind]}"
    except KeyError:
        raise template.TemplateSyntaxError(f"There is no button of kind '{kind}'.") from None


@register.simple_tag
def button(text: str, name: str = "", value: str = "", kind: str = "") -> SafeString:
    """A form's button: `{% button "Save" %}`, `{% button "Withdraw" kind="warning" name="verb" value="withdraw" %}`."""
    return format_html(
        '<button type="submit" class="{}" data-module="govuk-button" data-prevent-double-click="true"{}{}>{}</button>',
        _button_class(kind),
        format_html(' name="{}"', name) if name else "",
        format_html(' value="{}"', value) if name else "",
        text,
    )


@register.simple_tag
def warning_button(text: str, name: str = "", value: str = "") -> SafeString:
    """The button of a step that cannot be taken back lightly."""
    return button(text, name, value, kind="warning")


@register.simple_tag
def link_button(text: str, url: str, kind: str = "") -> SafeString:
    """A link that looks like a button, for the one next step of a page."""
    return format_html(
        '<a href="{}" role="button" draggable="false" class="{}" data-module="govuk-button">{}</a>',
        url, _button_class(kind), text,
    )  # fmt: skip


# -- words with a shape --------------------------------------------------------------------------------------------


@register.simple_tag
def glyph(name: str) -> SafeString:
    """A small drawing beside words. It says nothing by itself."""
    return glyphs.glyph(name)


@register.simple_tag
def tag(scale: str, value: str, words: str = "") -> SafeString:
    """A value of a scale: `{% tag "delivery" action.delivery %}`. `words` replaces the scale's own."""
    found = scales.scale_of(scale)
    return structures.mark_tag(found.mark(value), is_round=found.is_round, words=words)


@register.simple_tag
def plain_tag(words: str, tone: str = "quiet", glyph_name: str = "") -> SafeString:
    """A tag that belongs to no scale: `{% plain_tag "Illustrative" "info" %}`."""
    drawing = glyphs.glyph(glyph_name) if glyph_name else ""
    return format_html('<strong class="tl-tag tl-tag--{}">{}{}</strong>', scales.Tone(tone), drawing, words)


# -- text ----------------------------------------------------------------------------------------------------------


@register.simple_block_tag
def inset(content: str) -> SafeString:
    """Text set apart from the rest."""
    return format_html('<div class="govuk-inset-text">{}</div>', content)


@register.simple_block_tag
def quotation(content: str, source: str = "") -> SafeString:
    """Somebody else's words, verbatim: an inspectors' sentence, and where it stands."""
    cite = format_html('<figcaption class="tl-quotation__source">{}</figcaption>', source) if source else ""
    return format_html(
        '<figure class="tl-quotation"><blockquote class="tl-quotation__words">{}</blockquote>{}</figure>', content, cite
    )


@register.simple_tag
def warning(text: str) -> SafeString:
    """A warning, with what it costs not to heed it."""
    return format_html(
        '<div class="govuk-warning-text"><span class="govuk-warning-text__icon" aria-hidden="true">!</span>'
        '<strong class="govuk-warning-text__text"><span class="govuk-visually-hidden">Warning</span>{}</strong></div>',
        text,
    )


@register.simple_block_tag
def details(content: str, summary: str, is_open: bool = False) -> SafeString:
    """Text that most readers need not open."""
    return format_html(
        '<details class="govuk-details"{}><summary class="govuk-details__summary">'
        '<span class="govuk-details__summary-text">{}</span></summary>'
        '<div class="govuk-details__text">{}</div></details>',
        mark_safe(" open") if is_open else "", summary, content,
    )  # fmt: skip


@register.simple_block_tag
def panel(content: str, title: str) -> SafeString:
    """The page's one confirmation: what was done, with its reference."""
    return format_html(
        '<div class="govuk-panel govuk-panel--confirmation"><h1 class="govuk-panel__title">{}</h1>'
        '<div class="govuk-panel__body">{}</div></div>',
        title, content,
    )  # fmt: skip


@register.simple_block_tag(takes_context=True)
def notification(context: template.Context, content: str, title: str = "Important", kind: str = "") -> SafeString:
    """A banner about the whole page. `kind="success"` for what has just been done."""
    number: Any = context.render_context.get("tl-notification", 0)  # type: ignore[no-untyped-call]
    number += 1
    context.render_context["tl-notification"] = number
    return format_html(
        '<div class="govuk-notification-banner{}" role="{}" aria-labelledby="notification-{}" '
        'data-module="govuk-notification-banner"><div class="govuk-notification-banner__header">'
        '<h2 class="govuk-notification-banner__title" id="notification-{}">{}</h2></div>'
        '<div class="govuk-notification-banner__content">{}</div></div>',
        " govuk-notification-banner--success" if kind == "success" else "",
        "alert" if kind == "success" else "region",
        number, number, title, content,
    )  # fmt: skip


@register.simple_tag
def empty_state(sentence: str, action: str = "", url: str = "") -> SafeString:
    """What stands where there is nothing yet: a sentence that says what to do, and the way to do it."""
    link = format_html(' <a class="govuk-link" href="{}">{}</a>', url, action) if url else ""
    return format_html('<div class="tl-empty"><p class="govuk-body">{}{}</p></div>', sentence, link)


# -- forms ---------------------------------------------------------------------------------------------------------


@register.simple_tag(takes_context=True)
def request_key(context: RequestContext) -> SafeString:
    """The key by which a form sent twice is answered once. Nothing where the request has none."""
    key = getattr(context.get("request"), REQUEST_KEY, "")
    return format_html('<input type="hidden" name="{}" value="{}">', REQUEST_KEY, key) if key else mark_safe("")


@register.simple_block_tag(takes_context=True)
def post_form(
    context: RequestContext, content: str, action: str = "", upload: bool = False, css: str = "", label: str = ""
) -> SafeString:
    """A form that changes something, with its two keys: every POST form is written with this block.

    `{% post_form %}{{ form }}{% button "Save" %}{% endpost_form %}`; `upload=True` where files are sent.
    """
    request = context.get("request")
    token = get_token(request) if request is not None else ""
    return format_html(
        '<form method="post" novalidate{}{}{}{}><input type="hidden" name="csrfmiddlewaretoken" value="{}">{}{}</form>',
        format_html(' action="{}"', action) if action else "",
        mark_safe(' enctype="multipart/form-data"') if upload else "",
        format_html(' class="{}"', css) if css else "",
        format_html(' aria-label="{}"', label) if label else "",
        token,
        request_key(context),
        content,
    )


@register.simple_tag
def error_summary(*forms: BaseForm) -> SafeString:
    """Everything that is wrong, at the top, each with a link to its field. Nothing when nothing is wrong."""
    found: list[tuple[str, Any]] = []
    for form in forms:
        if not (form and form.is_bound and form.errors):
            continue
        found += [(f"{form.prefix or 'form'}-errors", error) for error in form.non_field_errors()]
        for bound in form:
            target = f"{form.prefix or 'form'}-errors" if bound.is_hidden else _target(bound)
            found += [(target, error) for error in bound.errors]
    if not found:
        return mark_safe("")
    return format_html(
        '<div class="govuk-error-summary" data-module="govuk-error-summary"><div role="alert">'
        '<h2 class="govuk-error-summary__title">There is a problem</h2><div class="govuk-error-summary__body">'
        '<ul class="govuk-list govuk-error-summary__list">{}</ul></div></div></div>',
        format_html_join("", '<li><a href="#{}">{}</a></li>', found),
    )


def _target(bound: Any) -> str:
    return getattr(bound, "error_target", "") or bound.id_for_label or bound.auto_id


@register.simple_tag
def error_prefix(*forms: BaseForm) -> str:
    """`Error: ` in front of a page's title when a form on it is wrong; else nothing."""
    return "Error: " if any(form and form.is_bound and form.errors for form in forms) else ""
