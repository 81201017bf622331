import pytest
from sqlalchemy import select

from broker_admin import clock
from broker_admin.db import db
from broker_admin.exams import queries
from broker_admin.exams.models import Booking, Candidate
from broker_admin.exams.service import marking
from broker_admin.exams.workflow import BookingStatus as B
from tests.conftest import NOON
from tests.exams.factories import (
    DAY,
    EARLIER,
    closed_sitting,
    make_admin,
    make_bank,
    make_candidate,
    make_identity,
    make_sitting,
    seal,
    seat,
)
from tests.factories import make_user


@pytest.fixture(autouse=True)
def _request(app):
    with app.test_request_context(), clock.at(EARLIER):
        yield


@pytest.fixture
def sitting(_request):
    found = make_sitting()
    db.session.commit()
    return found


def answers(**changes):
    return {"name": "陈静", "identity": make_identity(), "qualification": "diploma",
            "declared": "y", **changes}


def test_everybody_reads_what_the_exam_is(browser, sitting):
    page = browser.get("/exams/sittings").text
    assert sitting.place in page
    assert "Personal Information Protection Law" in page
    assert "No training is required" in page
    assert "2026-11-23 12:00" in page


def test_the_list_speaks_chinese(browser, sitting):
    page = browser.get("/zh/exams/sittings").text
    assert "法律法规与职业规范" in page
    assert "个人信息保护法" in page


def test_a_planned_sitting_is_nobodys_business(browser):
    hidden = make_sitting(opened=False)
    db.session.commit()
    assert hidden.reference not in browser.get("/exams/sittings").text
    assert browser.get(f"/exams/sittings/{hidden.reference}").status_code == 404


@pytest.mark.parametrize("reference", ["KS-2026-999999", "x", "%00", "KS'--"])
def test_an_unknown_sitting_is_not_found(browser, reference):
    assert browser.get(f"/exams/sittings/{reference}").status_code == 404


def test_the_page_of_a_sitting_shows_its_seats(browser, sitting):
    page = browser.get(f"/exams/sittings/{sitting.reference}").text
    assert "Book a seat" in page
    assert "20" in page


@pytest.mark.parametrize("path", ["/exams/mine", "/exams/register", "/exams/sittings/{}/book"])
def test_booking_needs_a_sign_in(browser, sitting, path):
    answer = browser.get(path.format(sitting.reference))
    assert answer.status_code == 302
    assert "sign" in answer.location


def test_registering_leads_to_the_sittings(browser):
    user = make_user()
    answer = browser.sign_in(user).submit("/exams/register", **answers())
    assert answer.status_code == 302
    assert queries.candidate_of(user).name == "陈静"


@pytest.mark.parametrize(("changes", "sentence"), [
    ({"identity": "440106199001010011"}, "mistyped"), ({"identity": ""}, "Enter your identity"),
    ({"name": " "}, "Enter your name"), ({"declared": ""}, "Tick the box"),
    ({"qualification": "king"}, "Not a valid choice"), ({"qualification": ""}, ""),
    ({"identity": make_identity(born="20150101")}, "18 or older"), ({"name": "a" * 101}, "100")])
def test_wrong_answers_are_told_and_kept(browser, changes, sentence):
    given = answers(**changes)
    page = browser.sign_in(make_user()).submit("/exams/register", **given)
    assert page.status_code == 422
    assert sentence in page.text
    assert given["name"].strip()[:100] in page.text
    assert db.session.scalar(select(Candidate)) is None


def test_a_number_registered_before_is_refused(browser):
    number = make_identity()
    make_candidate(identity=number)
    page = browser.sign_in(make_user()).submit("/exams/register", **answers(identity=number))
    assert page.status_code == 422
    assert "registered already" in page.text


def test_a_registered_candidate_goes_on(browser):
    candidate = make_candidate()
    answer = browser.sign_in(candidate.user).get("/exams/register")
    assert answer.location.endswith("/exams/mine")


def test_booking_asks_to_register_first(browser, sitting):
    answer = browser.sign_in(make_user()).get(f"/exams/sittings/{sitting.reference}/book")
    assert answer.location.endswith("/exams/register")


def test_a_seat_is_booked_and_shown(browser, sitting):
    candidate = make_candidate()
    browser.sign_in(candidate.user).submit(f"/exams/sittings/{sitting.reference}/book")
    page = browser.get("/exams/mine").text
    assert sitting.reference in page
    assert "Latest time to begin" in page
    assert queries.seats_of(candidate, "LAW")[0].status is B.BOOKED


def test_a_double_click_books_once(browser, sitting):
    candidate = make_candidate()
    browser.sign_in(candidate.user)
    path = f"/exams/sittings/{sitting.reference}/book"
    form = browser.get(path).text
    once = form.split('name="once"')[1].split('value="')[1].split('"')[0]
    token = form.split('name="csrf_token"')[1].split('value="')[1].split('"')[0]
    codes = [browser.post(path, data={"once": once, "csrf_token": token}).status_code
             for _ in range(2)]
    assert codes == [302, 303]
    assert len(queries.seats_of(candidate, "LAW")) == 1


def test_a_full_sitting_says_so(browser):
    sitting = make_sitting(capacity=1)
    seat(sitting)
    candidate = make_candidate()
    answer = browser.sign_in(candidate.user).submit(f"/exams/sittings/{sitting.reference}/book")
    assert answer.status_code == 409
    assert "full" in answer.text


def test_a_booking_is_cancelled_by_its_holder(browser, sitting):
    booking = seat(sitting)
    browser.sign_in(booking.candidate.user).submit(f"/exams/bookings/{booking.id}/cancel")
    assert db.session.get(Booking, booking.id).status is B.CANCELLED


@pytest.mark.parametrize("number", [10**6, 2147483647, 2147483648, 10**30, "x", "-1"])
def test_unknown_bookings_are_not_found(browser, number):
    browser.sign_in(make_user())
    assert browser.get(f"/exams/bookings/{number}/cancel").status_code == 404


def test_another_persons_booking_is_not_found(browser, sitting):
    booking = seat(sitting)
    browser.sign_in(make_candidate().user)
    assert browser.get(f"/exams/bookings/{booking.id}/cancel").status_code == 404


def test_a_sealed_booking_is_not_cancelled(browser):
    make_bank()
    booking = seat(make_sitting())
    seal(booking.sitting)
    browser.sign_in(booking.candidate.user)
    assert browser.submit(f"/exams/bookings/{booking.id}/cancel").status_code == 409


@pytest.mark.parametrize(("right", "words", "absent"), [
    (4, "passed", "Your marks by topic"), (1, "Your marks by topic", "certified by itself")])
def test_a_result_is_read_after_its_release(browser, right, words, absent):
    make_bank()
    candidate = make_candidate()
    sitting = closed_sitting(candidate, right=right)
    path = f"/exams/attempts/{queries.attempts_of(sitting)[0].id}/result"
    browser.sign_in(candidate.user)
    assert browser.get(path).status_code == 404
    assert "Marking" in browser.get("/exams/mine").text
    marking.release(sitting, actor=make_admin(), at=NOON + DAY)
    db.session.commit()
    page = browser.get(path).text
    assert words in page
    assert absent not in page


def test_another_persons_result_is_not_found(browser):
    make_bank()
    sitting = closed_sitting()
    marking.release(sitting, actor=make_admin(), at=NOON + DAY)
    browser.sign_in(make_user())
    path = f"/exams/attempts/{queries.attempts_of(sitting)[0].id}/result"
    assert browser.get(path).status_code == 404
