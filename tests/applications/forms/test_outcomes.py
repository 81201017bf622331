import pytest
from flask_babel import force_locale
from werkzeug.datastructures import MultiDict

from broker_admin.applications.forms.outcomes import GroundsForm, TermsForm
from broker_admin.clock import day_of, now
from broker_admin.rules.regime import regime_on
from tests.applications.forms.filling import said

TERMS = {"broker_type": "DATA", "grade": "2", "scope": ["MATCH"], "term_years": "3", "reasons": "Met."}
GROUNDS = {"grounds": ["STAFF_SHORT"], "reasons": "Two of five practitioners."}
BY_NAME = {"terms": (TermsForm, TERMS, (2,)), "grounds": (GroundsForm, GROUNDS, ())}


def fill(name, **changes):
    kind, valid, more = BY_NAME[name]
    typed = {k: v for k, v in {**valid, **changes}.items() if v is not None}
    form = kind(formdata=MultiDict(typed), meta={"csrf": False})
    form.prepare(regime_on(day_of(now())), "en", *more)
    form.validate()
    return form


FAULTS = [
    ("terms", "broker_type", None, "Choose a type.", "请选择类别。"),
    ("terms", "broker_type", "OTHER", "Not a valid choice.", "不是有效的选择。"),
    ("terms", "grade", None, "Choose a grade.", "请选择等级。"),
    ("terms", "grade", "1", "Not a valid choice.", "不是有效的选择。"),
    ("terms", "scope", None, "Choose at least one kind of business.", "请至少选择一项业务。"),
    ("terms", "term_years", "", "Enter the term.", "请填写有效期年数。"),
    ("terms", "term_years", "  ", "Enter the term.", "请填写有效期年数。"),
    ("terms", "term_years", "0", "Enter a number from 1 to 10.", "请填写 1 至 10 之间的数字。"),
    ("terms", "term_years", "11", "Enter a number from 1 to 10.", "请填写 1 至 10 之间的数字。"),
    ("terms", "term_years", "three", "Enter a whole number in digits.", "请用数字填写一个整数。"),
    ("terms", "reasons", "", "Give the reasons.", "请写明理由。"),
    ("terms", "reasons", " \u200b ", "Give the reasons.", "请写明理由。"),
    ("terms", "reasons", "x" * 4001, "Use at most 4000 characters.", "最多填写 4000 个字符。"),
    ("terms", "reasons", "Met by 440106199901010019.", "Leave identity numbers out of this text.", None),
    ("grounds", "grounds", None, "Choose at least one ground for refusal.", "请至少选择一项不予认定的理由。"),
    ("grounds", "grounds", ["NONSENSE"], "Not a valid choice.", "不是有效的选择。"),
    ("grounds", "reasons", "", "Give the reasons.", "请写明理由。"),
    ("grounds", "reasons", "   ", "Give the reasons.", "请写明理由。"),
    ("grounds", "reasons", "x" * 4001, "Use at most 4000 characters.", "最多填写 4000 个字符。"),
    ("grounds", "reasons", "Call 13800138000.", "Leave mobile numbers out of this text.", None),
]


@pytest.mark.parametrize(("name", "field", "typed", "english", "chinese"), FAULTS)
def test_an_outcome_says_what_it_lacks(name, field, typed, english, chinese):
    assert said(lambda: fill(name, **{field: typed}), "en")[field] == [english]
    in_chinese = said(lambda: fill(name, **{field: typed}), "zh")[field]
    assert in_chinese == [chinese] if chinese else in_chinese != [english]


def test_terms_are_handed_on_as_typed():
    outcome = fill("terms").outcome()
    assert (outcome.granted, outcome.broker_type, outcome.grade) == (True, "DATA", 2)
    assert (outcome.scope, outcome.term_years, outcome.reasons) == (("MATCH",), 3, "Met.")


@pytest.mark.parametrize("years", ["1", "10"])
def test_a_term_keeps_to_its_bounds(years):
    assert fill("terms", term_years=years).outcome().term_years == int(years)


def test_no_grade_above_the_one_applied_for():
    assert set(fill("terms").grade.choices) == {"2", "3"}


def test_a_type_bounds_the_scope_of_a_grant():
    assert fill("terms", scope=["ESCROW"]).errors == {
        "scope": ["This type does not cover: Escrow of funds and data."]}


def test_a_refusal_carries_its_grounds_and_reasons():
    outcome = fill("grounds", grounds=["STAFF_SHORT"]).outcome()
    assert (outcome.granted, outcome.grounds) == (False, ("STAFF_SHORT",))
    assert (outcome.grade, outcome.broker_type, outcome.term_years) == (None, None, None)


def test_every_ground_is_shown_with_its_article():
    regime = regime_on(day_of(now()))
    shown = fill("grounds").grounds.choices
    assert set(shown) == {ground.code for ground in regime.refusal_grounds}
    assert all(ground.article in shown[ground.code] for ground in regime.refusal_grounds)


def test_grounds_are_named_in_the_readers_language():
    form = GroundsForm(formdata=None, meta={"csrf": False})
    with force_locale("zh"):
        form.prepare(regime_on(day_of(now())), "zh")
    assert not any("The" in words for words in form.grounds.choices.values())
