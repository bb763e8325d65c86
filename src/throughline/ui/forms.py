"""Forms in the GOV.UK Design System's markup, and the base class that keeps and checks what people type.

Any Django form, allauth's included, prints in this markup through `{{ form }}` or `{{ form.field.as_field_group }}`,
because the renderer dresses Django's own widgets. Rooms build theirs on `Form`, with `DateField` for days.
"""

import re
from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import ProhibitNullCharactersValidator
from django.forms.boundfield import BoundField
from django.forms.renderers import DjangoTemplates, TemplatesSetting
from django.forms.widgets import Input
from django.http import QueryDict
from django.template import TemplateDoesNotExist
from django.template.loader import get_template

from throughline.methods import printed
from throughline.ui.dates import DateField, DateInput

__all__ = ["DateField", "DateInput", "Field", "Form", "Renderer", "plain", "unprintable"]

_LINE_ENDS = re.compile(r"\r\n|[\r\v\f\x85\u2028\u2029]")
_LONE_SURROGATE = re.compile(r"[\ud800-\udfff]")
_KINDS: tuple[tuple[type[forms.Widget], str], ...] = (
    (DateInput, "date"),
    (forms.CheckboxInput, "checkbox"),
    (forms.CheckboxSelectMultiple, "checkboxes"),
    (forms.RadioSelect, "radios"),
    (forms.Textarea, "textarea"),
    (forms.FileInput, "file"),
    (forms.Select, "select"),
    (forms.PasswordInput, "password"),
    (Input, "input"),
)
_DETERMINERS = frozenset({"a", "an", "the", "your", "my", "our", "their", "this", "each", "any"})
_ASKING = frozenset({"what", "who", "how", "why", "when", "where", "which"})  # "Enter what will be done"
_CLASSES = {
    "checkbox": "govuk-checkboxes__input",
    "textarea": "govuk-textarea",
    "file": "govuk-file-upload",
    "select": "govuk-select",
    "password": "govuk-input",
    "input": "govuk-input",
}


def plain(text: str) -> str:
    """Text with one kind of line end. Browsers send two characters for one; Word and PDF paste three more kinds."""
    return _LINE_ENDS.sub("\n", text)


def unprintable(text: str) -> str | None:
    """The sentence for text that no database or document can hold, or None when it is sound."""
    if "\x00" in text:
        return "contains a character that cannot be kept (NUL). Delete it, or type the text again"
    if _LONE_SURROGATE.search(text):
        return "contains half of a character (a lone surrogate). Delete it, or type the text again"
    return None


def in_a_sentence(label: str) -> str:
    """A label as the end of "Enter …": `the due date`, `your name`, `the MARAC date`."""
    label = label.strip().rstrip(":")
    first = label.split(" ", 1)[0]
    is_name = not first.islower() and not first[1:].islower()
    words = label if is_name else label[:1].lower() + label[1:]
    return words if first.casefold() in _DETERMINERS | _ASKING else f"the {words}"


class Field(BoundField):
    """A field on its way to the page: knows its kind, its classes and what describes it."""

    @property
    def kind(self) -> str:
        """Which markup the field takes: input, textarea, select, radios, checkboxes, checkbox, date, file, password."""
        widget = self.field.widget
        return next((kind for type_, kind in _KINDS if isinstance(widget, type_)), "input")

    @property
    def limit(self) -> int | None:
        """How many characters a textarea takes, for its count."""
        return getattr(self.field, "max_length", None) if self.kind == "textarea" else None

    @property
    def error_id(self) -> str:
        """The id of the error message."""
        return f"{self.auto_id}_error"

    @property
    def hint_id(self) -> str:
        """The id of the hint."""
        return f"{self.auto_id}_helptext"

    @property
    def described_by(self) -> str:
        """The ids of everything that describes the field: hint, error, character count."""
        found = [self.hint_id] if self.help_text else []
        found += [self.error_id] if self.errors else []
        found += [f"{self.auto_id}-info"] if self.limit else []
        return " ".join(found)

    @property
    def error_target(self) -> str:
        """The id that the error summary leads to: the first thing that can be typed into or ticked."""
        if self.kind in {"radios", "checkboxes"}:
            return f"{self.auto_id}_0"
        return str(self.id_for_label or self.auto_id)

    @property
    def shown_label(self) -> str:
        """The label, saying so where an answer may be left out. A form says nothing with `says_optional = False`."""
        label = str(self.label)
        says = not self.field.required and self.kind != "checkbox" and getattr(self.form, "says_optional", True)
        return f"{label} (optional)" if says and "optional" not in label.casefold() else label

    @property
    def choices(self) -> list[Any]:
        """The radios or checkboxes, each with its own `tag`, `choice_label` and `id_for_label`."""
        found = list(self.subwidgets)
        for option in found:
            option.data["attrs"]["class"] = f"govuk-{self.kind}__input"
        return found

    def build_widget_attrs(self, attrs: dict[str, Any], widget: forms.Widget | None = None) -> dict[str, Any]:
        """Django's attributes, with the classes of the markup, and without checks that only a browser would make.

        A browser's own length limit cuts pasted words off in silence; ours answers with a sentence and keeps them.
        """
        attrs = super().build_widget_attrs(attrs, widget)
        widget = widget or self.field.widget
        if widget.is_hidden:
            return attrs
        for browser_check in ("required", "maxlength", "minlength"):
            attrs.pop(browser_check, None)
            widget.attrs.pop(browser_check, None)
        if self.kind in {"radios", "checkboxes", "date"}:
            attrs.pop("aria-invalid", None)  # not allowed on a group: the legend's description says it
            return {**attrs, "has_error": bool(self.errors)} if self.kind == "date" else attrs
        attrs["class"] = self._classes(widget)
        if described := self.described_by:
            attrs["aria-describedby"] = described
        if self.kind == "textarea":
            widget.attrs.pop("cols", None)
            if widget.attrs.get("rows") == "10":  # Django's own, which nobody chose
                widget.attrs["rows"] = "5"
        return attrs

    def _classes(self, widget: forms.Widget) -> str:
        own = _CLASSES.get(self.kind, "govuk-input")
        found = [own, str(widget.attrs.get("class", ""))]
        if self.errors and self.kind != "checkbox":
            found.append(f"{own}--error")
        if self.limit:
            found.append("govuk-js-character-count")
        return " ".join(name for name in found if name)


class Renderer(TemplatesSetting):
    """Prints forms with our templates, and whatever we have none for with Django's own."""

    form_template_name = "ui/forms/form.html"
    formset_template_name = "ui/forms/formset.html"
    field_template_name = "ui/forms/field.html"
    bound_field_class = Field

    def __init__(self) -> None:
        self._stock = DjangoTemplates()

    def get_template(self, template_name: str) -> Any:
        """Ours, or Django's where we have none."""
        try:
            return get_template(template_name)
        except TemplateDoesNotExist:
            return self._stock.get_template(template_name)


class Form(forms.Form):
    """The base of every form of ours.

    Line ends become one kind before anything is measured; text is stripped; text that could not be kept is refused in
    a sentence; stock messages become sentences that name the field. `legend`: a caption around all fields, if wanted.
    """

    legend = ""
    use_required_attribute = False

    def __init__(self, data: Mapping[str, Any] | None = None, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(_plain_data(data), *args, **kwargs)
        for name, field in self.fields.items():
            if field.label is None:
                field.label = forms.utils.pretty_name(name)
            _speak(field)

    def _clean_fields(self) -> None:
        super()._clean_fields()  # type: ignore[misc]
        for name in [name for name, value in self.cleaned_data.items() if isinstance(value, str)]:
            if sentence := unprintable(self.cleaned_data[name]):
                self.add_error(name, ValidationError(f"{self.fields[name].label} {sentence}", code="unprintable"))


def _plain_data(data: Mapping[str, Any] | None) -> Mapping[str, Any] | None:
    """What was sent, with one kind of line end."""
    if data is None:
        return None
    if isinstance(data, QueryDict):
        copy = data.copy()
        for key, values in data.lists():
            copy.setlist(key, [plain(value) if isinstance(value, str) else value for value in values])
        return copy
    return {key: plain(value) if isinstance(value, str) else value for key, value in data.items()}


def _speak(field: forms.Field) -> None:
    """Give a field sentences in place of Django's stock messages. Messages that its room gave stay."""
    label, own = str(field.label), _own_messages(field)
    lower, is_question = in_a_sentence(label), label.rstrip().endswith("?")
    sentences: dict[str, str] = {}
    if isinstance(field, forms.FileField):
        sentences["required"] = f"Choose a file for ‘{label}’"
        sentences["empty"] = "The file is empty. Choose another one"
    elif isinstance(field, forms.BooleanField):
        sentences["required"] = f"Tick ‘{label}’ to continue"
    elif isinstance(field, forms.ChoiceField | forms.ModelChoiceField):
        sentences["required"] = f"Answer ‘{label}’" if is_question else f"Select {lower}"
        sentences["invalid_choice"] = f"{label}: that choice is not in the list. Select one that is"
    else:
        sentences["required"] = f"Answer ‘{label}’" if is_question else f"Enter {lower}"
    if isinstance(field, forms.IntegerField):
        sentences["invalid"] = f"{label} must be a {_kind_of_number(field)}"
    elif isinstance(field, forms.EmailField):
        sentences["invalid"] = f"{label} must be an email address, like name@example.org"
    field.error_messages.update({code: text for code, text in sentences.items() if code not in own})
    field.validators = [check for check in field.validators if not isinstance(check, ProhibitNullCharactersValidator)]
    for check in field.validators:
        _speak_of_length(check, label)


def _own_messages(field: forms.Field) -> set[str]:
    """The codes whose messages differ from what the field's classes bring with them."""
    stock: dict[str, Any] = {}
    for type_ in reversed(type(field).__mro__):
        stock.update(getattr(type_, "default_error_messages", {}))
    return {code for code, text in field.error_messages.items() if stock.get(code) is not text}


def _kind_of_number(field: forms.IntegerField) -> str:
    return "number" if isinstance(field, forms.FloatField | forms.DecimalField) else "whole number"


def _speak_of_length(check: Any, label: str) -> None:
    """A limit, in a sentence that says by how much it was passed."""
    code = getattr(check, "code", "")
    if code == "max_length" and isinstance(check.limit_value, int):
        check.message = (
            f"{label} must be {printed.number(check.limit_value)} characters or fewer. It has %(show_value)d"
        )
    elif code == "min_length" and isinstance(check.limit_value, int):
        check.message = f"{label} must be {printed.number(check.limit_value)} characters or more. It has %(show_value)d"
    elif code == "max_value":
        check.message = f"{label} must be %(limit_value)s or less"
    elif code == "min_value":
        check.message = f"{label} must be %(limit_value)s or more"
