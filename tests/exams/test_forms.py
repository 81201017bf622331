from datetime import date, time

import pytest
from werkzeug.datastructures import MultiDict

from broker_admin.exams.forms import PlanForm, ReasonForm, RegisterForm, StartForm
from tests.exams.factories import make_identity


@pytest.fixture(autouse=True)
def _request(app):
    with app.test_request_context(headers={"Accept-Language": "en"}):
        yield


def plan(**changes):
    form = PlanForm(MultiDict({
        "blueprint": "LAW-1", "place": "广州", "day": "2026-12-20", "opens": "09:00", "ends": "11:00",
        "capacity": "20", **changes}), meta={"csrf": False})
    form.offer()
    form.validate()
    return form


def test_hours_are_those_of_guangdong():
    answers = plan().answers
    assert answers["opens_at"].isoformat() == "2026-12-20T09:00:00+08:00"
    assert answers["ends_at"].isoformat() == "2026-12-20T11:00:00+08:00"


@pytest.mark.parametrize(("typed", "hour"), [
    ("09:30", time(9, 30)), ("9:30", time(9, 30)), ("09：30", time(9, 30)), ("23:59", time(23, 59)),
    ("0:00", time()),
    ("９：３０", time(9, 30)), ("9:30\u200b", time(9, 30))])
def test_an_hour_is_read_as_typed(typed, hour):
    form = plan(opens=typed)
    assert (form.opens.data, list(form.opens.errors)) == (hour, [])


@pytest.mark.parametrize("typed", ["24:00", "9", "9.30", "09:60", "nine", "09:30:00", "-1:00"])
def test_what_is_no_hour_is_told(typed):
    form = plan(opens=typed)
    assert form.opens.errors == ["Enter a time such as 09:30."]
    assert form.opens._value() == typed


def test_an_hour_is_shown_as_typed():
    assert plan(opens="9:30").opens._value() == "9:30"
    assert PlanForm(data={"opens": time(9, 5)}, meta={"csrf": False}).opens._value() == "09:05"


def test_every_announced_paper_is_offered():
    choices = {choice.value: choice.label for choice in plan().blueprint.choices}
    assert {"LAW-1", "PRACTICE-1"} <= set(choices)
    assert choices["LAW-1"] == "Law and professional rules · LAW-1"


@pytest.mark.parametrize("typed", ["{}", " {} ", "　{}"])
def test_an_identity_number_is_normalised(typed):
    number = make_identity()
    form = RegisterForm(MultiDict({
        "name": "陈静", "identity": typed.format(number), "qualification": "diploma",
        "declared": "y"}), meta={"csrf": False})
    assert form.validate()
    assert form.identity.data == number
    assert date(1990, 1, 1).strftime("%Y%m%d") in form.identity.data


def registered(**changes):
    form = RegisterForm(MultiDict({
        "name": "陈静", "identity": make_identity(), "qualification": "diploma", "declared": "y",
        **changes}), meta={"csrf": False})
    form.validate()
    return form


@pytest.mark.parametrize(("field", "typed", "sentence"), [
    ("name", "", "Enter your name."), ("name", "  ", "Enter your name."),
    ("name", "x" * 101, "Use at most 100 characters."),
    ("identity", "", "Enter your identity number."),
    ("qualification", "", "Choose one."), ("qualification", "king", "Not a valid choice."),
    ("declared", "", "Tick the box to go on."),
])
def test_a_missing_or_wrong_answer_is_told(field, typed, sentence):
    assert sentence in registered(**{field: typed})[field].errors


@pytest.mark.parametrize("typed", [
    "44010619900101", "440106199001010011", "440106199013010019", "x" * 18, "440106209901010010",
    "44010619900101001X1", "' OR 1=1 --",
])
def test_a_wrong_identity_number_is_refused_without_repeating_it(typed):
    errors = registered(identity=typed)["identity"].errors
    assert len(errors) == 1
    assert typed not in errors[0]


@pytest.mark.parametrize(("field", "typed"), [
    ("capacity", "0"), ("capacity", "5001"), ("capacity", "-1"), ("capacity", "ten"), ("place", ""),
    ("place", "x" * 201), ("day", ""), ("day", "2026-02-30"), ("opens", ""), ("ends", "25:00"),
    ("blueprint", "LAW-9"),
])
def test_a_plan_that_does_not_fit_is_told_at_its_field(field, typed):
    form = plan(**{field: typed})
    assert list(form.errors) == [field]


@pytest.mark.parametrize(("field", "typed"), [("day", "2026-02-30"), ("opens", "9 o'clock"),
                                              ("capacity", "many")])
def test_what_was_typed_wrongly_is_kept(field, typed):
    assert plan(**{field: typed})[field]._value() == typed


@pytest.mark.parametrize("typed", ["", " ", "\u200b\u200b", "x" * 501])
def test_a_reason_is_given_in_words(typed):
    form = ReasonForm(MultiDict({"reason": typed}), meta={"csrf": False})
    assert not form.validate()


@pytest.mark.parametrize(("ticked", "valid"), [({"understood": "y"}, True), ({}, False)])
def test_a_paper_is_begun_by_whoever_read_the_rules(ticked, valid):
    assert StartForm(MultiDict(ticked), meta={"csrf": False}).validate() is valid
