from datetime import UTC, date, datetime

import pytest

from broker_admin.clock import at
from broker_admin.supervision.forms.reports import section_form
from broker_admin.supervision.report_fields import BY_CODE, SECTIONS, Kind
from tests.supervision.factories import ANSWERS

FIELDS = [(section.code, asked) for section in SECTIONS for asked in section.asked]


def of_kind(*kinds):
    return [pytest.param(section, asked.code, id=asked.code) for section, asked in FIELDS
            if asked.kind in kinds]


COUNTED, LEVELS = of_kind(Kind.NUMBER), of_kind(Kind.LEVEL)
NUMBERS, DAYS = COUNTED + LEVELS + of_kind(Kind.YUAN), of_kind(Kind.DAY)
TEXTS, QUESTIONS = of_kind(Kind.TEXT), of_kind(Kind.YES_NO)
MALFORMED = {"en": "Enter a whole number in digits.", "zh": "请用数字填写一个整数。"}
NO_DAY = {"en": "Enter a date such as 2026-11-22.", "zh": "请填写日期，例如 2026-11-22。"}


@pytest.fixture
def typed(app):
    """The form of a section, as it was typed into in this language."""

    def form(section, language="en", answers=None, **changes):
        data = {code: "" if value is None else str(value) for code, value in ANSWERS[section].items()}
        with app.test_request_context(
                method="POST", data={**data, **changes},
                environ_overrides={"broker_admin.language": language}):
            made = section_form(BY_CODE[section], answers or {})
            del made.csrf_token
            made.valid = made.validate()
            made.whole = made.valid and made.is_complete()
            made.words = {name: [str(error) for error in errors] for name, errors in made.errors.items()}
            return made
    return form


def bounds(language, most):
    return {"en": f"Enter a number from 0 to {most:,}.", "zh": f"请填写 0 至 {most:,} 之间的数字。"}[language]


@pytest.mark.parametrize("section", list(BY_CODE))
def test_the_sample_is_read_as_it_is_kept(typed, section):
    form = typed(section)
    assert form.whole
    assert form.given() == ANSWERS[section]


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize(("section", "code"), NUMBERS)
def test_words_are_no_numbers(typed, section, code, language):
    form = typed(section, language, **{code: "many"})
    assert form.words == {code: [MALFORMED[language]]}
    assert form[code]._value() == "many"


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize(("section", "code"), LEVELS)
def test_levels_end_at_five(typed, section, code, language):
    assert typed(section, language, **{code: "5"}).valid
    assert typed(section, language, **{code: "6"}).words == {code: [bounds(language, 5)]}


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize(("section", "code"), COUNTED)
def test_counts_have_an_upper_bound(typed, section, code, language):
    form = typed(section, language, **{code: str(10**10 + 1)})
    assert form.words[code][0] == bounds(language, 10**10)


def test_money_has_a_bound_of_its_own(typed):
    assert typed("business", amount=str(10**13)).given()["amount"] == 10**13
    assert typed("business", amount=str(10**13 + 1)).words == {"amount": [bounds("en", 10**13)]}


@pytest.mark.parametrize(("section", "code"), NUMBERS)
def test_no_number_is_below_nought(typed, section, code):
    assert not typed(section, **{code: "-1"}).valid


@pytest.mark.parametrize("written", ["1.5", "1e3", "0x10", "九", "--1", "1-", "9" * 16, "½"])
def test_only_digits_make_a_number(typed, written):
    assert typed("business", amount=written).words == {"amount": [MALFORMED["en"]]}


@pytest.mark.parametrize("written", ["1200", "１２００", "1,200", " 1 200 ", "\0001200", "1\u200b200"])
def test_a_number_may_be_written_in_several_ways(typed, written):
    assert typed("business", amount=written).given()["amount"] == 1200


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize(("section", "code"), DAYS)
@pytest.mark.parametrize("written", ["yesterday", "2026-13-01", "2026-02-30", "0000-00-00", "20260101"])
def test_what_is_no_day_is_refused(typed, section, code, language, written):
    form = typed(section, language, **{code: written})
    assert form.words == {code: [NO_DAY[language]]}
    assert form[code]._value() == written


@pytest.mark.parametrize("written", [
    "2025-06-03", "2025/6/3", "2025.06.03", "2025年6月3日", "２０２５-６-３", " 2025 - 6 - 3 ",
])
def test_a_day_may_be_written_in_several_ways(typed, written):
    assert typed("protection", mlps_assessed_on=written).given()["mlps_assessed_on"] == "2025-06-03"


@pytest.mark.parametrize(("language", "sentence"), [
    ("en", "This day cannot be in the future."), ("zh", "该日期不得晚于今天。"),
])
@pytest.mark.parametrize(("section", "code"), DAYS)
def test_no_day_lies_ahead(typed, section, code, language, sentence):
    with at(datetime(2026, 2, 10, 15, 59, tzinfo=UTC)):
        assert typed(section, language, **{code: "2026-02-10"}).valid
        assert typed(section, language, **{code: "2026-02-11"}).words == {code: [sentence]}


@pytest.mark.parametrize(("section", "code"), TEXTS)
def test_a_text_has_two_thousand_characters(typed, section, code):
    assert typed(section, **{code: "字" * 2000}).valid
    assert typed(section, **{code: "字" * 2001}).words == {code: ["Use at most 2000 characters."]}


@pytest.mark.parametrize(("section", "code"), TEXTS)
@pytest.mark.parametrize("secret", ["440106199901010019", "13800138000"])
def test_identifiers_stay_out_of_texts(typed, section, code, secret):
    form = typed(section, **{code: f"Ask {secret}."})
    assert list(form.words) == [code]
    assert "out of this text" in form.words[code][0]


@pytest.mark.parametrize(("section", "code"), TEXTS)
def test_invisible_characters_are_taken_out(typed, section, code):
    assert typed(section, **{code: "\0 A\u202eB \u200b"}).given()[code] == "AB"


@pytest.mark.parametrize(("section", "code"), QUESTIONS)
@pytest.mark.parametrize("forged", ["maybe", "YES", "1", "\0", "<script>"])
def test_a_question_knows_yes_and_no_only(typed, section, code, forged):
    form = typed(section, **{code: forged})
    assert form.given()[code] is None
    assert not form.whole


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize(("section", "code"), [
    pytest.param(section, asked.code, id=asked.code) for section, asked in FIELDS if asked.needed])
def test_what_is_needed_is_asked_for_only_at_the_end(typed, section, code, language):
    form = typed(section, language, **{code: ""})
    assert form.valid
    assert not form.whole
    sentence = {"en": "Answer this question.", "zh": "请回答此问题。"}[language]
    assert [str(error) for error in form[code].errors] == [sentence]


@pytest.mark.parametrize(("language", "sentence"), [
    ("en", "A part cannot be more than the whole."), ("zh", "部分不能大于总数。"),
])
def test_a_contradiction_is_told_at_its_field(typed, language, sentence):
    assert typed("contacts", language, certified_staff="21").words == {"certified_staff": [sentence]}


@pytest.mark.parametrize(("language", "sentence"), [
    ("en", "Inside and outside an exchange must add up to all deals."),
    ("zh", "场内与场外交易数之和应等于交易总数。"),
])
def test_a_sum_that_is_wrong_is_told_at_its_field(typed, language, sentence):
    assert typed("business", language, deals_outside="6").words == {"deals_outside": [sentence]}


@pytest.mark.parametrize(("section", "cause", "value", "told"), [
    ("conduct", "penalties", "1", "penalty_details"),
    ("contacts", "address_changed", "yes", "contact_changes"),
])
def test_details_are_asked_for_only_at_the_end(typed, section, cause, value, told):
    form = typed(section, **{cause: value})
    assert form.valid
    assert not form.whole
    assert [str(error) for error in form[told].errors] == ["Give the details."]


@pytest.mark.parametrize(("section", "asked"), [
    pytest.param(section, asked, id=asked.code) for section, asked in FIELDS])
def test_every_field_says_who_reads_it(typed, section, asked):
    shown = typed(section)[asked.code].description
    assert str(shown) == ("Public" if asked.public else "Only for the authority")


def test_a_form_begins_with_what_was_answered(app):
    with app.test_request_context():
        form = section_form(BY_CODE["protection"], {"subjects": 7, "mlps_assessed_on": "2025-06-03"})
    assert form["subjects"]._value() == "7"
    assert form["mlps_assessed_on"].data == date(2025, 6, 3)
    assert form["incidents"]._value() == ""
