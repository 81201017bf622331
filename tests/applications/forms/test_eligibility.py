import pytest
from flask_babel import force_locale
from werkzeug.datastructures import MultiDict

from broker_admin.applications.eligibility import MEASURES
from broker_admin.applications.forms.eligibility import MEASURE_WORDS, eligibility_form
from broker_admin.clock import day_of, now
from broker_admin.rules.regime import regime_on


def fill(language="en", **typed):
    regime = regime_on(day_of(now()))
    form = eligibility_form(regime, language)(
        formdata=MultiDict({"broker_type": "DATA", **typed}), meta={"csrf": False})
    form.broker_type.choices = {t.code: t.name(language) for t in regime.types}
    form.validate()
    return form


def facts(**typed):
    return fill(**typed).facts(regime_on(day_of(now())))


def test_one_question_for_each_condition():
    asked = set(fill().data) - {"broker_type", "once", "csrf_token"}
    assert asked == {*MEASURES, *(c.code for c in regime_on(day_of(now())).criteria)}


def test_every_measure_has_its_word():
    assert set(MEASURE_WORDS) == set(MEASURES)


@pytest.mark.parametrize(("typed", "known"), [("yes", True), ("no", False), ("unknown", None)])
def test_an_answer_opens_or_closes_its_gate(typed, known):
    assert facts(G1=typed).gates["G1"] is known


def test_what_is_left_empty_is_not_known():
    known = facts()
    assert set(known.gates.values()) == {None}
    assert set(known.measures.values()) == {None}


@pytest.mark.parametrize(("typed", "number"), [("12", 12), ("１２", 12), ("1,200", 1200), ("0", 0)])
def test_a_measure_is_read_as_a_number(typed, number):
    assert facts(practitioners=typed).measures["practitioners"] == number


@pytest.mark.parametrize("typed", ["many", "-1", "1.5", "9" * 16])
def test_a_measure_that_is_no_number_is_refused(typed):
    assert list(fill(practitioners=typed).errors) == ["practitioners"]


@pytest.mark.parametrize("code", MEASURES)
def test_no_measure_has_to_be_known(code):
    assert fill(**{code: "  "}).errors == {}


def test_only_the_type_must_be_chosen():
    assert fill(broker_type="").errors == {"broker_type": ["Choose a type."]}


def test_an_answer_outside_the_three_is_refused():
    assert list(fill(G1="maybe").errors) == ["G1"]


@pytest.mark.parametrize(("language", "yes"), [("en", "Yes"), ("zh", "是")])
def test_questions_are_asked_in_either_language(language, yes):
    with force_locale(language):
        form = fill(language)
        assert str(next(iter(form.G1)).label.text) == yes
        assert str(form.G1.label.text) == regime_on(day_of(now())).criteria["G1"].name(language)
