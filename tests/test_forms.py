from datetime import date

import pytest
from flask_babel import force_locale
from werkzeug.datastructures import MultiDict
from wtforms import PasswordField
from wtforms.validators import ValidationError

from broker_admin.forms import (
    CodeField,
    DateField,
    Form,
    TicksField,
    WholeNumberField,
    choices,
    clean,
    line,
    no_identifiers,
    plain,
    refusal_at,
    required,
    text,
    to_choose,
)
from broker_admin.refusals import Refused


class Sample(Form):
    name = line("Name", needed="Enter a name.", most=10)
    nickname = line("Nickname", most=10)
    story = text("Story", most=50, validators=[no_identifiers])
    day = DateField("Day")
    number = WholeNumberField("Number", least=1, most=100)
    code = CodeField("Code")
    ticks = TicksField("Ticks", choices=choices({"a": "A", "b": "B"}))
    secret = PasswordField("Secret")


@pytest.fixture
def fill(app):
    def fill(**answers):
        form = Sample(MultiDict({"name": "x", **answers}), meta={"csrf": False})
        form.validate()
        return form

    with app.test_request_context("/", headers={"Accept-Language": "en"}):
        yield fill


@pytest.mark.parametrize(("typed", "kept"), [
    ("1899-12-31", None), ("1900-01-01", date(1900, 1, 1)), ("2999-12-31", date(2999, 12, 31)),
    ("3000-01-01", None), ("0001-01-05", None), ("9999-12-31", None)])
def test_days_at_the_edges_of_the_calendar_are_refused(fill, typed, kept):
    field = fill(day=typed).day
    assert field.data == kept
    assert bool(kept) is not ("Enter a day between the years 1900 and 2999." in field.errors)


@pytest.mark.parametrize(("typed", "kept"), [
    ("  x  ", "x"), ("a\x00b", "ab"), ("a\u200bb", "ab"), ("\u202eabc", "abc"), ("a\r\nb", "a\nb"),
    ("e\u0301", "é"), ("\ufeffx", "x"), ("数据　经纪", "数据　经纪"), ("", ""), (None, None),
])
def test_invisible_characters_are_taken_out(typed, kept):
    assert clean(typed) == kept


@pytest.mark.parametrize(("typed", "kept"), [
    ("１２３", "123"), ("ＡＢ", "AB"), ("　x　", "x"), (None, None), ("㎏", "kg"),
])
def test_full_width_characters_become_plain(typed, kept):
    assert plain(typed) == kept


@pytest.mark.parametrize("typed", [
    "2026-11-22", "2026/11/22", "2026.11.22", "2026年11月22日", "2026-11-22 ", "２０２６-１１-２２",
    "2026 年 11 月 22 日", "2026-11-22\u200b",
])
def test_dates_are_read_as_people_type_them(fill, typed):
    form = fill(day=typed)
    assert form.day.data == date(2026, 11, 22)
    assert not form.errors


@pytest.mark.parametrize("typed", [
    "22.11.2026", "2026-02-30", "2026-13-01", "0000-01-01", "yesterday", "2026-11", "20261122",
    "2026-11-22x", "9" * 1000,
])
def test_a_senseless_date_is_said_and_kept(fill, typed):
    form = fill(day=typed)
    assert form.day.errors == ["Enter a date such as 2026-11-22."]
    assert form.day.data is None
    assert form.day._value() == typed[:40]


@pytest.mark.parametrize(("typed", "read"), [
    ("7", 7), ("７", 7), (" 7 ", 7), ("1,0", 10), ("", None), ("007", 7),
])
def test_numbers_are_read_as_people_type_them(fill, typed, read):
    assert fill(number=typed).number.data == read


@pytest.mark.parametrize(("typed", "sentence"), [
    ("seven", "Enter a whole number in digits."), ("1.5", "Enter a whole number in digits."),
    ("٧", "Enter a whole number in digits."), ("9" * 30, "Enter a whole number in digits."),
    ("0", "Enter a number from 1 to 100."), ("101", "Enter a number from 1 to 100."),
    ("-5", "Enter a number from 1 to 100."),
])
def test_a_senseless_number_is_said(fill, typed, sentence):
    assert fill(number=typed).number.errors == [sentence]


@pytest.mark.parametrize(("typed", "read"), [
    ("９１ 4403 0019 2203 8216", "914403001922038216"), ("mA5f", "MA5F"), ("", ""),
    ("x" * 9999, "X" * 200),
])
def test_codes_are_read_without_spaces_and_case(fill, typed, read):
    assert fill(code=typed).code.data == read


def test_a_missing_answer_is_asked_for(fill):
    assert fill(name="").name.errors == ["Enter a name."]
    assert fill(name=" \u200b ").errors.get("name", ["Enter a name."]) == ["Enter a name."]


def test_too_long_an_answer_is_said(fill):
    assert fill(name="x" * 11).name.errors == ["Use at most 10 characters."]
    assert fill(nickname="x" * 11).nickname.errors == ["Use at most 10 characters."]


def test_what_is_optional_may_be_left_out(fill):
    assert not fill(nickname="").errors


@pytest.mark.parametrize("typed", [
    "His number is 11010519491231002X.", "440524188001010014", "11010519491231002x",
    "110105 19491231 002X", "110105-19491231-002x", "４４０５２４１８８００１０１００１４",
])
def test_identity_numbers_are_kept_out_of_texts(fill, typed):
    assert fill(story=typed).story.errors == ["Leave identity numbers out of this text."]


@pytest.mark.parametrize("typed", [
    "Call 13800138000.", "13800138000", "138 0013 8000", "138-0013-8000", "+8613800138000",
    "+86 138 0013 8000", "0086-13800138000", "１３８００１３８０００"])
def test_mobile_numbers_are_kept_out_of_texts(fill, typed):
    assert fill(story=typed).story.errors == ["Leave mobile numbers out of this text."]


@pytest.mark.parametrize("typed", ["914403001922038216", "2026-11-22", "020-12345678", "",
                                   "13800 yuan", "SJ440000D202600001A", "1380013800012345"])
def test_other_numbers_may_stand_in_texts(app, typed):
    class Field:
        data = typed

    assert no_identifiers(None, Field()) is None


def test_a_text_with_an_identifier_is_invalid(app):
    class Field:
        data = "440524188001010014"

    with pytest.raises(ValidationError):
        no_identifiers(None, Field())


def test_a_password_is_taken_as_it_is(fill):
    assert fill(secret="  a\x00ｂ ").secret.data == "  a\x00ｂ "


def test_an_unknown_tick_is_refused(fill):
    assert fill(ticks="c").ticks.errors
    assert fill(ticks="b").ticks.data == ["b"]


def test_each_form_has_a_key_of_its_own(fill):
    assert fill().once.data != fill().once.data or fill().once.default() != fill().once.default()


def test_hidden_fields_are_not_shown(fill):
    assert "once" not in [field.name for field in fill().shown]


def test_required_says_its_own_sentence():
    assert required("Say it.")[0].message == "Say it."


@pytest.mark.parametrize(("language", "words"), [("en", "This sitting is full."), ("zh", "座位已满")])
def test_a_refusal_may_stand_at_a_field(fill, language, words):
    form = fill()
    with force_locale(language), refusal_at(form.code):
        raise Refused("This sitting is full.")
    assert words in form.code.errors[0]
    assert list(form.errors) == ["code"]


def test_what_is_not_refused_leaves_the_field_alone(fill):
    form = fill()
    with refusal_at(form.code):
        assert form.validate()
    assert form.errors == {}


def test_a_mistake_of_ours_is_not_shown_at_a_field(fill):
    form = fill()
    with pytest.raises(ZeroDivisionError), refusal_at(form.code):
        raise ZeroDivisionError
    assert form.errors == {}


@pytest.mark.parametrize(("language", "words"), [("en", "Please choose"), ("zh", "请选择")])
def test_a_list_begins_with_no_choice(app, language, words):
    with app.test_request_context(), force_locale(language):
        first, second = to_choose({"a": "A"})
        assert (first.value, str(first.label)) == ("", words)
        assert (second.value, second.label) == ("a", "A")
