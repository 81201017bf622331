from datetime import date

import pytest

from broker_admin.applications.forms.tasks import FORMS
from tests.applications.forms.filling import fill


def test_days_are_kept_as_they_are_written():
    public, _ = fill("organization").given()
    assert public["established_on"] == "2020-03-02"
    assert public["business_term_to"] is None


def test_only_what_is_right_is_kept():
    public, _ = fill("organization", established_on="soon", foreign_percent="101").given()
    assert not {"established_on", "foreign_percent"} & set(public)
    assert public["website"] == "https://example.org"


def test_neither_token_nor_key_is_kept():
    public, personal = fill("commitments").given()
    assert not {"csrf_token", "once"} & {*public, *personal}


@pytest.mark.parametrize("task", sorted(FORMS))
def test_what_is_kept_fills_the_form_again(task):
    form = fill(task)
    public, personal = form.given()
    again = FORMS[task](formdata=None, data=FORMS[task].read({**public, **personal}), meta={"csrf": False})
    assert {f.name: f.data for f in again.shown} == {f.name: f.data for f in form.shown}


@pytest.mark.parametrize(("task", "name"), [
    ("organization", "established_on"), ("technology", "mlps_reported_on"), ("technology", "dcmm_valid_to")])
def test_saved_days_are_read_as_days(task, name):
    assert FORMS[task].read({name: "2026-06-01"}) == {name: date(2026, 6, 1)}


@pytest.mark.parametrize("nothing", [None, ""])
def test_a_day_never_given_stays_nothing(nothing):
    assert FORMS["organization"].read({"business_term_to": nothing}) == {"business_term_to": nothing}


def test_answers_without_a_field_are_read_too():
    kept = {"complete": True, "corrected": True}
    assert FORMS["matter"].read(kept) == kept


def test_only_the_people_have_personal_answers():
    assert [task for task, form in FORMS.items() if form.PERSONAL] == ["people"]
