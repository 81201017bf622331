from datetime import date, time

import pytest
from werkzeug.datastructures import MultiDict

from broker_admin.exams.forms import PlanForm, RegisterForm
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
    ("0:00", time())])
def test_an_hour_is_read_as_typed(typed, hour):
    form = plan(opens=typed)
    assert (form.opens.data, list(form.opens.errors)) == (hour, [])


@pytest.mark.parametrize("typed", ["24:00", "9", "9.30", "09:60", "nine", "９：３０", "09:30:00", "-1:00"])
def test_what_is_no_hour_is_told(typed):
    form = plan(opens=typed)
    assert form.opens.errors == ["Enter a time such as 09:30."]
    assert form.opens._value() == typed.replace("：", ":")


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
