from datetime import UTC, datetime

import pytest

from broker_admin.clock import at
from broker_admin.db import db
from broker_admin.permissions import Role
from broker_admin.supervision.workflow import TOLD
from broker_admin.supervision.workflow import ReviewStatus as V
from tests.factories import make_member, make_user
from tests.supervision.factories import make_review

# Told on a Friday: the window ends on the Friday after.
TOLD_ON = datetime(2026, 4, 10, 4, 0, tzinfo=UTC)
LAST_MOMENT, MIDNIGHT = (datetime(2026, 4, 17, hour, minute, tzinfo=UTC)
                         for hour, minute in ((15, 59), (16, 0)))
OFFER = "Object to the result"


@pytest.fixture
def make(app):
    def made(status=V.PRELIMINARY):
        with app.test_request_context():
            return make_review(status, at=TOLD_ON)
    return made


def path(made, rest=""):
    return f"/supervision/reviews/{made.review.reference}{rest}"


def as_of(moment, browser, user, page):
    with at(moment):
        return browser.sign_in(user).get(page)


def objecting(moment, browser, made, language="en", **typed):
    """The answer to an objection, typed by the holder at this moment into a page loaded in time."""
    page = f"/{language}{path(made)}/object"
    with at(moment):
        return browser.sign_in(made.holder).submit(page, page=f"/{language}/supervision/reports", **typed)


def colleague_of(made):
    colleague = make_user()
    membership = made.review.organization.memberships[0]
    made.review.organization.memberships.append(type(membership)(
        user=colleague, status=membership.status, asked_at=made.at, decided_at=made.at))
    db.session.flush()
    return colleague


@pytest.mark.parametrize("status", list(V))
def test_the_holder_reads_it_once_it_is_told(browser, make, status):
    made = make(status)
    answer = as_of(TOLD_ON, browser, made.holder, path(made))
    assert answer.status_code == (200 if status in TOLD else 404)


def test_a_colleague_reads_it_too(browser, make):
    made = make()
    assert as_of(TOLD_ON, browser, colleague_of(made), path(made)).status_code == 200


@pytest.mark.parametrize("person", [
    make_user, lambda: make_member()[0], *(lambda role=role: make_user(role) for role in Role)])
def test_strangers_and_staff_have_no_such_page(browser, make, person):
    made, stranger = make(), person()
    for rest in ("", "/object"):
        assert as_of(TOLD_ON, browser, stranger, path(made, rest)).status_code == 404


def test_visitors_are_asked_to_sign_in(browser, make):
    assert browser.get(path(make())).status_code == 302


def test_marks_reasons_and_grade_are_shown(browser, make):
    made = make()
    page = as_of(TOLD_ON, browser, made.holder, path(made)).text
    assert "Credit grade A (Excellent), 90 of 100 marks" in page
    assert "90 marks of 100: grade A from 90 marks." in page
    assert "Seen on file." in page


def test_the_officer_who_scored_is_not_named(browser, make):
    made = make(V.ANSWERED)
    page = as_of(TOLD_ON, browser, made.holder, path(made)).text
    assert made.officer.name not in page
    assert "The file says so." in page


@pytest.mark.parametrize(("language", "words"), [
    ("en", ["5 working days left", "Begins on 2026-04-10; that day itself is not counted.",
            "Last day: 2026-04-17."]),
    ("zh", ["对年度评估结果提出异议", "2026-04-17", "年度评估"]),
])
def test_the_window_is_shown_with_its_reckoning(browser, make, language, words):
    made = make()
    page = as_of(TOLD_ON, browser, made.holder, f"/{language}{path(made)}").text
    assert [word for word in words if word not in page] == []


@pytest.mark.parametrize(("moment", "offered"), [(TOLD_ON, True), (LAST_MOMENT, True), (MIDNIGHT, False)])
def test_an_objection_is_offered_until_midnight(browser, make, moment, offered):
    made = make()
    assert (OFFER in as_of(moment, browser, made.holder, path(made)).text) is offered


def test_the_day_off_after_the_window_is_overdue(browser, make):
    made = make()
    page = as_of(MIDNIGHT, browser, made.holder, path(made)).text
    assert ">Overdue</strong>" in page
    assert "Due today" not in page


@pytest.mark.parametrize("status", sorted(TOLD - {V.PRELIMINARY}))
def test_no_objection_is_offered_in_other_states(browser, make, status):
    made = make(status)
    assert OFFER not in as_of(TOLD_ON, browser, made.holder, path(made)).text
    assert as_of(TOLD_ON, browser, made.holder, path(made, "/object")).status_code == 409


def test_the_last_moment_is_in_time(browser, make):
    made = make()
    assert objecting(LAST_MOMENT, browser, made, objection="We filed in time.").status_code == 302
    assert (made.review.status, made.review.objection) == (V.OBJECTED, "We filed in time.")


@pytest.mark.parametrize(("language", "sentence"), [
    ("en", "The time to object ended on 2026-04-17."), ("zh", "异议期已于 2026-04-17 届满。"),
])
def test_a_late_objection_is_refused_and_nothing_changed(browser, make, language, sentence):
    made = make()
    answer = objecting(MIDNIGHT, browser, made, language, objection="We filed in time.")
    assert answer.status_code == 409
    assert sentence in answer.text
    assert (made.review.status, made.review.objection) == (V.PRELIMINARY, None)


def test_nobody_writes_a_late_objection_in_vain(browser, make):
    made = make()
    answer = as_of(MIDNIGHT, browser, made.holder, path(made, "/object"))
    assert answer.status_code == 409
    assert "<textarea" not in answer.text


def test_the_page_of_the_objection_shows_the_window(browser, make):
    made = make()
    page = as_of(TOLD_ON, browser, made.holder, path(made, "/object")).text
    assert "Last day: 2026-04-17." in page


@pytest.mark.parametrize(("language", "sentence"), [
    ("en", "Say what you object to, and why."), ("zh", "请写明异议事项和理由。"),
])
@pytest.mark.parametrize("typed", ["", "  ", "\0"])
def test_an_empty_objection_is_explained(browser, make, language, sentence, typed):
    made = make()
    answer = objecting(TOLD_ON, browser, made, language, objection=typed)
    assert answer.status_code == 422
    assert sentence in answer.text
    assert made.review.status is V.PRELIMINARY


@pytest.mark.parametrize("typed", ["x" * 4001, "Call 13800138000", "See 44010619990101001X"])
def test_a_wrong_objection_is_kept_to_be_mended(browser, make, typed):
    made = make()
    answer = objecting(TOLD_ON, browser, made, objection=typed)
    assert answer.status_code == 422
    assert typed in answer.text
    assert made.review.objection is None


def test_an_objection_is_escaped_and_kept(browser, make):
    made = make()
    objecting(TOLD_ON, browser, made, objection="We filed <b>in time</b>.\n\nTwice.")
    page = as_of(TOLD_ON, browser, made.holder, path(made)).text
    assert "&lt;b&gt;in time&lt;/b&gt;" in page
    assert "<p>Twice.</p>" in page


def test_a_second_objection_is_a_conflict(browser, make):
    made = make()
    objecting(TOLD_ON, browser, made, objection="First.")
    answer = objecting(TOLD_ON, browser, made, objection="Second.")
    assert answer.status_code == 409
    assert made.review.objection == "First."


@pytest.mark.parametrize("reference", ["PG-2026-999999", "x", "%00", "NB-2026-000001"])
def test_a_review_that_is_not_there_is_missing(browser, make, reference):
    made = make()
    answer = as_of(TOLD_ON, browser, made.holder, f"/supervision/reviews/{reference}")
    assert answer.status_code in {400, 404}
