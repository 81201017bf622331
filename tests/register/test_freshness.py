from datetime import timedelta

import pytest
from flask import session

from broker_admin import clock
from broker_admin.clock import now
from broker_admin.register.freshness import tag_of
from broker_admin.supervision.models import AnnualReport
from tests.register.factories import act, make_named

KNOWN = {"answer": "Valid", "staff": 3, "credit": "A", "decisions": [], "current": None,
         "report": None}


@pytest.fixture
def license():
    return make_named("数链公司")


def test_the_same_record_keeps_its_tag(license):
    with clock.at(now()):
        assert tag_of(license, KNOWN) == tag_of(license, dict(KNOWN))


@pytest.mark.parametrize("changed", [
    {"answer": "Suspended"}, {"staff": 4}, {"staff": 0}, {"credit": "B"}, {"credit": None},
    {"decisions": ["a decision"]}, {"report": AnnualReport(year=2025)}])
def test_whatever_the_page_tells_changes_the_tag(license, changed):
    assert tag_of(license, KNOWN) != tag_of(license, {**KNOWN, **changed})


def test_another_license_of_the_holder_changes_the_tag(license):
    assert tag_of(license, KNOWN) != tag_of(license, {**KNOWN, "current": make_named("前海公司")})


def test_an_act_changes_the_tag(license):
    before = tag_of(license, KNOWN)
    act(license, "suspend")
    assert tag_of(license, KNOWN) != before


def test_a_new_day_changes_the_tag(license):
    before = tag_of(license, KNOWN)
    with clock.at(now() + timedelta(days=1)):
        assert tag_of(license, KNOWN) != before


@pytest.mark.parametrize("name", ["elder", "contrast", "theme"])
def test_the_readers_preferences_change_the_tag(app, license, name):
    with app.test_request_context(headers={"Cookie": f"{name}=on"}):
        chosen = tag_of(license, KNOWN)
    with app.test_request_context():
        assert tag_of(license, KNOWN) != chosen


def test_the_forms_of_another_session_change_the_tag(license):
    before = tag_of(license, KNOWN)
    session["csrf_token"] = "another"
    assert tag_of(license, KNOWN) != before


def test_a_tag_tells_nothing_about_the_reader(license):
    session["csrf_token"] = "secret"
    tag = tag_of(license, KNOWN)
    assert len(tag) == 32
    assert "secret" not in tag
