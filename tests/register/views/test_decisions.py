"""What other rooms publish about a license, and how fast anybody may look it up."""

from datetime import timedelta

import pytest

from broker_admin import clock
from broker_admin.accounts.limits import LIMITS, Window
from broker_admin.clock import now
from broker_admin.db import db
from broker_admin.supervision.workflow import ReviewStatus
from tests.enforcement.factories import Cast, make_imposed
from tests.register.factories import make_named
from tests.supervision.factories import make_review


@pytest.fixture
def judged(app):
    case = make_imposed(Cast())
    db.session.commit()
    return case.license, case


def test_a_published_decision_stands_on_the_record(browser, judged):
    license, case = judged
    page = browser.get(f"/register/{license.number}").text
    for said in ("Published decisions", case.decision_number, case.basis):
        assert said in page


def test_after_its_time_a_decision_is_not_shown(browser, judged):
    license, case = judged
    with clock.at(clock.start_of(case.public_until + timedelta(days=1))):
        assert "Published decisions" not in browser.get(f"/register/{license.number}").text


def test_other_licenses_do_not_show_it(browser, judged):
    other = make_named("数链公司")
    assert "Published decisions" not in browser.get(f"/register/{other.number}").text


def test_the_grade_of_a_published_review_is_shown(browser):
    review = make_review(ReviewStatus.PUBLISHED)
    db.session.commit()
    page = browser.get(f"/register/{review.license.number}").text
    assert "Grade of the latest published annual review" in page


def test_a_grade_still_open_to_objection_is_not_shown(browser):
    review = make_review(ReviewStatus.PRELIMINARY)
    db.session.commit()
    page = browser.get(f"/register/{review.license.number}").text
    assert "annual review" not in page


LOOKUPS = ["/check?q=数链", "/register?q=数链", "/register/SJ440000D202600001A",
           "/v/SJ440000D202600001A", "/register/SJ440000D202600001A/certificate", "/register.csv"]


@pytest.mark.parametrize("path", LOOKUPS)
def test_looking_up_too_fast_must_wait(browser, monkeypatch, path):
    monkeypatch.setitem(LIMITS, "lookup address", Window(2, timedelta(minutes=1)))
    assert [browser.get(path).status_code == 429 for _ in range(3)] == [False, False, True]
    late = browser.get(path)
    assert int(late.headers["Retry-After"]) <= 60
    assert browser.get("/register").status_code == 200
    with clock.at(now() + timedelta(minutes=2)):
        assert browser.get(path).status_code != 429


def test_files_are_checked_no_faster_either(browser, monkeypatch):
    monkeypatch.setitem(LIMITS, "upload address", Window(1, timedelta(minutes=1)))
    answers = [browser.submit("/register/certificate").status_code for _ in range(2)]
    assert answers == [422, 429]
    assert browser.get("/register/certificate").status_code == 200
