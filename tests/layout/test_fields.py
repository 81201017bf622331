"""Fields of a form: labels, hints and errors belong together."""

import pytest
from flask_wtf.file import FileField
from wtforms import (
    BooleanField,
    DecimalField,
    FieldList,
    FormField,
    IntegerField,
    PasswordField,
    RadioField,
    SelectField,
    StringField,
    SubmitField,
)
from wtforms import DateField as NativeDateField
from wtforms import Form as PlainForm
from wtforms.validators import InputRequired

from broker_admin import forms

IMPORT = '{% from "layout/fields.html" import field_row, field_rows %}'
ROW = IMPORT + "{{ field_row(form[name]) }}"


class Officer(PlainForm):
    name = StringField("Officer's name", [InputRequired("Give the officer's name.")])


class Everything(forms.Form):
    name = forms.line("Name", needed="Give the name.", description="As on the license")
    why = forms.text("Reasons", needed="Give reasons.", most=300)
    city = SelectField("City", choices={"": "–", "gz": "Guangzhou"},
                       validators=[InputRequired("Choose a city.")])
    kind = RadioField("Kind", choices={"a": "Exchange", "b": "Matching"},
                      description="One only", validators=[InputRequired("Choose a kind.")])
    scope = forms.TicksField("Scope", choices={"m": "Matching", "c": "Advice"})
    agree = BooleanField("I agree", [InputRequired("Agree first.")], description="It binds")
    staff = forms.WholeNumberField("Staff")
    since = forms.DateField("Since", [InputRequired("Say since when.")])
    born = NativeDateField("Born")
    count = IntegerField("Count")
    price = DecimalField("Price")
    secret = PasswordField("Password")
    paper = FileField("Business license")
    officer = FormField(Officer, "Officer")
    sites = FieldList(StringField("Site", [InputRequired("Name the site.")]), "Sites", min_entries=2)
    go = SubmitField("Go")


VISIBLE = ["name", "why", "city", "since", "born", "count", "price", "secret", "paper", "staff"]


@pytest.fixture
def row(render, fill):
    def rendered(name, typed=None, source=ROW, language="en"):
        return render(source, language, form=fill(Everything, typed), name=name)
    return rendered


def labels_of(piece, name):
    return [label.get("for") for label in piece.all("label") if label.get("for") == name]


@pytest.mark.parametrize("name", VISIBLE)
def test_every_control_has_exactly_one_label(row, name):
    piece = row(name)
    assert piece.by_id(name).get("name") == name
    assert labels_of(piece, name) == [name]


@pytest.mark.parametrize("name", ["name", "why", "city", "since"])
def test_a_wrong_control_points_to_its_error(row, name):
    piece = row(name, {})
    control = piece.by_id(name)
    assert f"{name}-error" in control.get("aria-describedby").split()
    assert control.get("aria-invalid") == "true"
    assert "--error" in control.get("class")
    assert piece.by_id(f"{name}-error") is not None


@pytest.mark.parametrize("name", VISIBLE)
def test_all_that_describes_a_control_exists(row, name):
    piece = row(name, {})
    described = piece.by_id(name).get("aria-describedby") or ""
    assert [piece.by_id(part).get("id") for part in described.split()] == described.split()


def test_a_right_control_points_to_its_hint_alone(row):
    control = row("name").by_id("name")
    assert control.get("aria-describedby") == "name-hint"
    assert control.get("aria-invalid") is None


def test_an_error_is_announced_as_one_in_chinese(row):
    assert row("name", {}, language="zh").text("p[@id='name-error']") == "错误： Give the name."


def test_what_was_typed_stays_and_is_escaped(row):
    piece = row("name", {"name": '"><b>x'})
    assert piece.by_id("name").get("value") == '"><b>x'
    assert not piece.all("b")


def test_a_long_text_counts_its_characters(row):
    piece = row("why")
    group = piece.one("div[@data-maxlength='300']")
    assert group.get("data-module") == "govuk-character-count"
    assert piece.text("div[@id='why-info']") == "You can enter up to 300 characters."
    assert piece.by_id("why").get("aria-describedby") == "why-info"


def test_counting_speaks_chinese_and_keeps_its_number(row):
    group = row("why", language="zh").one("div[@data-maxlength='300']")
    assert group.get("data-i18n.characters-under-limit.other") == "还可填写 %{count} 个字符"


def test_radio_buttons_share_a_legend_with_hint_and_error(row):
    piece = row("kind", {})
    assert piece.text("legend") == "Kind"
    assert piece.one("fieldset").get("aria-describedby") == "kind-hint kind-error"
    assert [i.get("type") for i in piece.all("input")] == ["radio", "radio"]
    assert labels_of(piece, "kind-0") == ["kind-0"]


def test_the_chosen_radio_button_stays_chosen(row):
    chosen = [i.get("value") for i in row("kind", {"kind": "b"}).all("input[@checked]")]
    assert chosen == ["b"]


def test_ticks_are_checkboxes_of_one_name(row):
    piece = row("scope", {"scope": "c"})
    assert {i.get("name") for i in piece.all("input[@type='checkbox']")} == {"scope"}
    assert [i.get("value") for i in piece.all("input[@checked]")] == ["c"]


def test_an_option_may_carry_a_hint_of_its_own(row):
    source = IMPORT + "{{ field_row(form.kind, hints={'a': 'Buys and sells'}) }}"
    piece = row("kind", source=source)
    assert piece.by_id("kind-0").get("aria-describedby") == "kind-0-hint"
    assert piece.text("div[@id='kind-0-hint']") == "Buys and sells"


def test_a_single_tick_points_to_hint_and_error(row):
    piece = row("agree", {})
    assert piece.by_id("agree").get("aria-describedby") == "agree-hint agree-error"
    assert labels_of(piece, "agree") == ["agree"]


@pytest.mark.parametrize("name", ["since", "born"])
def test_a_date_is_one_text_box_with_an_example(row, name):
    piece = row(name, language="zh")
    assert piece.by_id(name).get("type") == "text"
    assert piece.text(f"div[@id='{name}-hint']") == "例如：2026-11-22"


@pytest.mark.parametrize(("name", "mode"), [
    ("staff", "numeric"), ("count", "numeric"), ("price", "decimal"),
])
def test_numbers_are_typed_as_text_with_a_number_pad(row, name, mode):
    control = row(name).by_id(name)
    assert (control.get("type"), control.get("inputmode")) == ("text", mode)


@pytest.mark.parametrize(("most", "width"), [(None, "10"), (100, "5"), (999_999, "5"), (1_000_000, "10")])
def test_a_sum_has_room_for_what_it_may_be(render, fill, most, width):
    bound = {} if most is None else {"most": most}
    kind = type("Sums", (forms.Form,), {"sum": forms.WholeNumberField("Sum", **bound)})
    source = '{% from "layout/fields.html" import field_row %}{{ field_row(form.sum) }}'
    assert f"govuk-input--width-{width} " in render(source, form=fill(kind)).html


def test_a_password_can_be_shown_and_is_never_sent_back(row):
    piece = row("secret", {"secret": "hunter2-hunter2"}, language="zh")
    assert piece.by_id("secret").get("value") in (None, "")
    assert piece.one("button").get("aria-label") == "显示密码"
    assert piece.one("button").get("type") == "button"


def test_choosing_a_file_speaks_the_readers_language(row):
    group = row("paper", language="zh").one("div[@data-module='govuk-file-upload']")
    assert group.get("data-i18n.choose-files-button") == "选择文件"


def test_a_form_inside_a_form_is_a_group(row):
    piece = row("officer", {})
    assert piece.text("legend") == "Officer"
    assert piece.by_id("officer-name").get("aria-describedby") == "officer-name-error"


def test_a_list_of_fields_is_a_group(row):
    piece = row("sites")
    assert piece.text("legend") == "Sites"
    assert [i.get("name") for i in piece.all("input")] == ["sites-0", "sites-1"]


def test_a_field_may_be_the_heading_of_its_page(row):
    source = IMPORT + "{{ field_row(form.name, heading=true) }}{{ field_row(form.kind, heading=true) }}"
    piece = row("name", source=source)
    assert [" ".join("".join(h.itertext()).split()) for h in piece.all("h1")] == ["Name", "Kind"]


def test_optional_fields_can_say_so(row):
    piece = row("staff", source=IMPORT + "{{ field_row(form.staff, optional=true) }}", language="zh")
    assert piece.text("label") == "Staff （选填）"


def test_all_rows_leave_out_hidden_and_skipped_fields(row):
    piece = row("name", source=IMPORT + "{{ field_rows(form, skip=['name', 'go']) }}")
    names = {i.get("name") for i in piece.all("input")}
    assert "paper" in names
    assert names.isdisjoint({"csrf_token", "once", "name", "go"})


def test_a_submit_field_is_a_button(row):
    button = row("go").one("button")
    assert (button.text, button.get("name"), button.get("type")) == ("Go", "go", "submit")
