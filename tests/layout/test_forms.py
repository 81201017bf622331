"""Opening and closing forms, buttons, and the list of errors at the top."""

import pytest
from flask_wtf.file import FileField
from wtforms import FieldList, FormField, HiddenField, RadioField, StringField
from wtforms import Form as PlainForm
from wtforms.validators import InputRequired

from broker_admin import forms

IMPORT = ("{% from 'layout/fields.html' import error_summary, field_rows, form_open, form_close, "
          "submit_button, link_button %}")
WHOLE = IMPORT + "{{ error_summary(form) }}{{ form_open(form) }}{{ field_rows(form) }}{{ form_close() }}"


class Part(PlainForm):
    title = StringField("Title", [InputRequired("Give a title.")])
    paper = FileField("Paper")


class Nested(forms.Form):
    kind = RadioField("Kind", choices={"a": "A"}, validators=[InputRequired("Choose a kind.")])
    parts = FieldList(FormField(Part, "Part"), "Parts", min_entries=1)


class Simple(forms.Form):
    name = forms.line("Name", needed="Give the name.")
    version = HiddenField(default="7")


class Search(PlainForm):
    q = StringField("Words")


def opened(render, form, call="form_open(form)"):
    return render(IMPORT + "{{ " + call + " }}{{ form_close() }}", form=form).one("form")


def test_a_form_carries_its_token_and_its_key_once(render, fill):
    form = opened(render, fill(Simple))
    names = [field.get("name") for field in form.findall("input")]
    assert sorted(names) == ["csrf_token", "once", "version"]
    assert all(field.get("value") for field in form.findall("input"))


def test_a_form_without_a_token_of_its_own_gets_one(render):
    form = opened(render, Search())
    assert [field.get("name") for field in form.findall("input")] == ["csrf_token"]


def test_a_search_carries_no_token_in_its_address(render):
    form = opened(render, Search(), "form_open(form, method='get', action='/list/x')")
    assert form.findall("input") == []
    assert (form.get("method"), form.get("action")) == ("get", "/list/x")


def test_browsers_leave_checking_to_us(render, fill):
    assert opened(render, fill(Simple)).get("novalidate") == ""


@pytest.mark.parametrize(("form_class", "expected"), [
    (Simple, None), (Nested, "multipart/form-data"), (Part, "multipart/form-data"),
])
def test_forms_with_files_however_deep_send_them(render, fill, form_class, expected):
    form = form_class() if form_class is Part else fill(form_class)
    assert opened(render, form).get("enctype") == expected


def test_further_words_become_attributes(render, fill):
    form = opened(render, fill(Simple), "form_open(form, data_unsaved='true', id='apply')")
    assert (form.get("data-unsaved"), form.get("id")) == ("true", "apply")


def test_every_error_links_to_a_control_of_the_page(render, fill):
    piece = render(WHOLE, form=fill(Nested, {"parts-0-title": ""}))
    links = [link.get("href") for link in piece.all("a")]
    assert links == ["#kind-0", "#parts-0-title"]
    assert [piece.by_id(link[1:]).tag for link in links] == ["input", "input"]


def test_the_summary_says_the_same_as_the_field(render, fill):
    piece = render(WHOLE, form=fill(Simple, {}))
    assert piece.text("a") == "Give the name."
    assert piece.text("p[@id='name-error']").endswith("Give the name.")


def test_the_summary_is_announced_in_chinese(render, fill):
    piece = render(WHOLE, "zh", form=fill(Simple, {}))
    assert piece.text("h2") == "存在问题"
    assert piece.one("div[@role='alert']") is not None


def test_errors_of_hidden_fields_are_told_without_a_link(render, fill):
    form = fill(Simple, {})
    form.version.errors = ["Somebody else changed this."]
    piece = render(WHOLE, form=form)
    assert "Somebody else changed this." in [item.text for item in piece.all("li")]


def test_errors_of_the_whole_form_come_first(render, fill):
    form = fill(Simple, {})
    form.form_errors = ["The end lies before the beginning."]
    items = render(WHOLE, form=form).all("li")
    assert items[0].text == "The end lies before the beginning."


def test_a_form_without_errors_has_no_summary(render, fill):
    assert render(WHOLE, form=fill(Simple)).all("h2") == []


@pytest.mark.parametrize(("variant", "css"), [
    ("primary", "govuk-button"),
    ("secondary", "govuk-button govuk-button--secondary"),
    ("warning", "govuk-button govuk-button--warning"),
])
def test_buttons_look_as_weighty_as_they_are(render, variant, css):
    piece = render(IMPORT + "{{ submit_button('Send', variant) }}", variant=variant)
    assert piece.one("button").get("class") == css
    assert piece.one("button").get("name") is None


def test_a_button_may_say_which_it_was(render):
    button = render(IMPORT + "{{ submit_button('Add', name='add', value='site') }}").one("button")
    assert (button.get("name"), button.get("value")) == ("add", "site")


def test_a_link_may_look_like_a_button(render):
    link = render(IMPORT + "{{ link_button('Start', '/start', 'primary') }}").one("a")
    assert (link.get("href"), link.get("role"), link.get("class")) == ("/start", "button", "govuk-button")
