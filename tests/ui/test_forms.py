"""Forms keep what was typed, say in sentences what is wrong, and lead to where it is wrong."""

from datetime import date
from html.parser import HTMLParser

import pytest
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import QueryDict
from django.template import engines

from throughline.ui.dates import month_number, typed_from
from throughline.ui.forms import DateField, Form, in_a_sentence
from throughline.ui.specimen import SpecimenForm


class Due(Form):
    due = DateField(label="Due date")


class Words(Form):
    title = forms.CharField(max_length=5)
    update = forms.CharField(widget=forms.Textarea, max_length=10, required=False)


class Elements(HTMLParser):
    """Every element with its attributes."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.found.append((tag, dict(attrs)))

    def ids(self) -> list[str]:
        return [attrs["id"] for _, attrs in self.found if attrs.get("id")]


def due(day: str, month: str, year: str) -> Due:
    return Due({"due_day": day, "due_month": month, "due_year": year})


@pytest.mark.parametrize(
    "typed", [("3", "12", "2018"), ("03", "December", "2018"), ("3", "dec", "2018"), ("3", "DEC.", "2018")]
)
def test_a_day_is_understood_with_its_month_as_a_number_or_a_name(typed):
    form = due(*typed)
    assert form.is_valid()
    assert form.cleaned_data["due"] == date(2018, 12, 3)


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        (("", "", ""), "Enter the due date"),
        (("31", "2", "2019"), "Due date must be a real date, for example 3 12 2018"),
        (("3", "", "2018"), "Due date must include a month"),
        (("", "", "2018"), "Due date must include a day and a month"),
        (("3", "13", "2018"), "Due date must be a real date, for example 3 12 2018"),
        (("3", "12", "18"), "Due date must have a year of 4 numbers, for example 2018"),
        (("3", "12", "1066"), "Due date must have a year between 1900 and 2199"),
        (("ongoing", "", ""), "Due date must be a real date, for example 3 12 2018"),
        (("٣", "12", "2018"), "Due date must be a real date, for example 3 12 2018"),
        (("3", "ju", "2018"), "Due date must be a real date, for example 3 12 2018"),
        (("3\x00", "12", "2018"), "Due date must be a real date, for example 3 12 2018"),
        (("9" * 5000, "12", "2018"), "Due date must be a real date, for example 3 12 2018"),
    ],
)
def test_what_is_no_day_is_refused_in_a_sentence_and_shown_again(typed, sentence):
    form = due(*typed)
    assert form.errors["due"] == [sentence]
    values = [attrs["value"] for tag, attrs in Elements(str(form)).found if tag == "input"]
    assert values == list(typed)


def test_a_day_may_come_whole_as_links_and_imports_give_it():
    assert Due({"due": "2018-12-03"}).is_valid()
    assert typed_from("3 December 2018") == ("3", "December", "2018")
    assert typed_from("3/12/2018") == ("3", "12", "2018")
    assert month_number("may") == 5
    assert month_number("ma") is None


def test_a_form_begins_with_the_day_that_it_is_given():
    values = [
        attrs["value"] for tag, attrs in Elements(str(Due(initial={"due": date(2019, 3, 29)}))).found if tag == "input"
    ]
    assert values == ["29", "3", "2019"]


@pytest.mark.parametrize("nasty", ["a\x00b", "a\ud800b"])
def test_text_that_cannot_be_kept_is_refused_in_a_sentence(nasty):
    form = Words({"title": nasty})
    assert not form.is_valid()
    assert form.errors["title"][0].startswith("Title contains")
    assert "again" in form.errors["title"][0]


def test_text_is_stripped_and_its_line_ends_are_one_character_each():
    sent = QueryDict(mutable=True)
    sent["title"] = "  ab  "
    sent["update"] = "1\r\n2\x0b3\u20284\r5"
    form = Words(sent)
    assert form.is_valid(), form.errors
    assert form.cleaned_data == {"title": "ab", "update": "1\n2\n3\n4\n5"}


def test_text_that_is_too_long_is_kept_and_counted():
    form = Words({"title": "x", "update": "12345678901"})
    assert form.errors["update"] == ["Update must be 10 characters or fewer. It has 11"]
    assert "12345678901" in str(form)


def test_no_browser_cuts_pasted_words_off_in_silence():
    assert "maxlength=" not in str(Words()).replace("data-maxlength", "")


def test_every_field_has_a_label_and_every_description_exists():
    for form in (SpecimenForm(), SpecimenForm({"cases": "many"})):
        elements = Elements(str(form))
        ids = elements.ids()
        assert len(ids) == len(set(ids)), "an id twice"
        labelled = {attrs.get("for") for tag, attrs in elements.found if tag == "label"}
        for tag, attrs in elements.found:
            if tag in {"input", "select", "textarea"}:
                assert attrs["id"] in labelled, attrs
            for described in (attrs.get("aria-describedby") or "").split():
                assert described in ids


def test_the_summary_at_the_top_leads_to_each_field_that_is_wrong():
    form = SpecimenForm({"cases": "many", "due_date_day": "1"})
    summary = engines["django"].from_string("{% error_summary form %}").render({"form": form})
    links = [attrs["href"].removeprefix("#") for tag, attrs in Elements(summary).found if tag == "a"]
    assert len(links) == len(form.errors) == 7
    assert set(links) <= set(Elements(str(form)).ids())
    assert "Cases audited must be a whole number" in summary
    assert "Answer ‘How is delivery going?’" in summary
    assert "Select the lead agency" in summary


def test_a_form_that_is_sound_has_no_summary_and_no_prefix():
    template = engines["django"].from_string("[{% error_summary form %}{% error_prefix form %}]")
    assert template.render({"form": Words()}) == "[]"
    assert template.render({"form": Words({"title": "x"})}) == "[]"
    assert template.render({"form": Words({})}).endswith("Error: ]")


def test_an_error_of_the_whole_form_stands_in_the_form_and_in_the_summary():
    class Both(Form):
        a = forms.CharField()

        def clean(self):
            raise forms.ValidationError("Give one of the two.")

    form = Both({"a": "x"})
    summary = engines["django"].from_string("{% error_summary form %}").render({"form": form})
    link = Elements(summary).found
    target = next(attrs["href"] for tag, attrs in link if tag == "a").removeprefix("#")
    assert target in Elements(str(form)).ids()
    assert "Give one of the two." in str(form)


def test_what_was_typed_and_what_is_wrong_are_escaped():
    form = Words({"title": "<script>x</script>"})
    html = engines["django"].from_string("{% error_summary form %}{{ form }}").render({"form": form})
    assert "<script" not in html


def test_a_room_keeps_its_own_words():
    class Own(Form):
        reason = forms.CharField(error_messages={"required": "Say why the due date moves."})

    assert Own({}).errors["reason"] == ["Say why the due date moves."]


def test_any_form_of_django_is_dressed_alike():
    class Foreign(forms.Form):
        login = forms.EmailField(label="Email address")
        remember = forms.BooleanField(required=False)
        colour = forms.ChoiceField(choices=[("a", "A")], widget=forms.RadioSelect)

    html = str(Foreign({"login": "x"}))
    for name in (
        "govuk-input govuk-input--error",
        "govuk-checkboxes__input",
        "govuk-radios__input",
        "govuk-error-message",
    ):
        assert name in html


def test_optional_answers_say_so_unless_the_form_is_all_optional():
    assert "Update (optional)" in str(Words())
    Words.says_optional = False
    try:
        assert "(optional)" not in str(Words())
    finally:
        del Words.says_optional


def test_a_file_is_asked_for_by_name():
    class Letter(Form):
        letter = forms.FileField()

    assert Letter({}, {}).errors["letter"] == ["Choose a file for ‘Letter’"]
    assert Letter({}, {"letter": SimpleUploadedFile("a.pdf", b"")}).errors["letter"][0].startswith("The file is empty")


@pytest.mark.parametrize(
    ("label", "words"),
    [
        ("Due date", "the due date"),
        ("MARAC date", "the MARAC date"),
        ("Your name", "your name"),
        ("The reason", "the reason"),
        ("What will be done", "what will be done"),
        ("Who leads", "who leads"),
    ],
)
def test_a_label_stands_in_a_sentence(label, words):
    assert in_a_sentence(label) == words
