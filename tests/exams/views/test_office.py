from datetime import timedelta

import pytest

from broker_admin import clock
from broker_admin.accounts.models import RoleGrant
from broker_admin.db import db
from broker_admin.exams import queries
from broker_admin.exams.models import Sitting
from broker_admin.exams.service import sweeping
from broker_admin.exams.workflow import AttemptStatus as A
from broker_admin.exams.workflow import SittingStatus as S
from broker_admin.permissions import Role
from tests.conftest import NOON
from tests.exams.factories import (
    EARLIER,
    closed_sitting,
    make_admin,
    make_bank,
    make_candidate,
    make_sitting,
    save,
    sealed_sitting,
    seat,
    started_attempt,
)
from tests.factories import make_user

PAGES = ["administration", "plan", "administration/{}", "administration/{}/open-booking",
         "administration/{}/seal", "administration/{}/close", "administration/{}/cancel",
         "administration/{}/release", "administration/{}/monitor", "administration/{}/results"]


@pytest.fixture(autouse=True)
def _request(app):
    make_bank()
    with app.test_request_context(), clock.at(EARLIER):
        yield


@pytest.fixture
def admin(_request):
    return make_admin()


@pytest.fixture
def office(browser, admin):
    db.session.commit()
    return browser.sign_in(admin)


def path(sitting, step=""):
    return f"/exams/administration/{sitting.reference}{step}"


def plan(**changes):
    return {"blueprint": "LAW-1", "place": "广州市考试中心", "day": "2026-12-20", "opens": "09:00",
            "ends": "11:00", "capacity": "40", **changes}


def test_a_sitting_is_planned_in_guangdong_time(office):
    done = office.submit("/exams/plan", **plan())
    sitting = db.session.scalars(db.select(Sitting)).one()
    assert done.location.endswith(path(sitting))
    assert sitting.opens_at.isoformat() == "2026-12-20T01:00:00+00:00"
    assert (sitting.minutes, sitting.capacity, sitting.status) == (90, 40, S.PLANNED)


@pytest.mark.parametrize(("changes", "sentence"), [
    ({"opens": "25:00"}, "Enter a time"), ({"opens": ""}, "Enter the hour"), ({"ends": "nine"}, "09:30"),
    ({"day": "2026-13-01"}, "Enter a date"), ({"day": ""}, "Enter the day"),
    ({"ends": "10:00"}, "90 minutes"),
    ({"day": "2020-01-01"}, "later time"), ({"day": "0001-01-01"}, "1900 and 2999"),
    ({"capacity": "0"}, "1 to"),
    ({"capacity": "many"}, "whole number"), ({"capacity": ""}, "number of seats"), ({"place": " "}, "place"),
    ({"blueprint": "NONE"}, "Not a valid choice"), ({"place": "x" * 201}, "200"),
    ({"place": "Ring 13812345678"}, "Leave mobile numbers out")])
def test_a_wrong_plan_is_told_and_kept(office, changes, sentence):
    given = plan(**changes)
    page = office.submit("/exams/plan", **given)
    assert page.status_code == 422
    assert sentence in page.text
    assert "广州市考试中心" in page.text or "place" in changes
    assert db.session.scalars(db.select(Sitting)).all() == []


def test_full_width_hours_are_understood(office):
    assert office.submit("/exams/plan", **plan(opens="9：00")).status_code == 302


def test_the_list_counts_the_seats(office, admin):
    sitting = make_sitting(admin)
    seat(sitting)
    db.session.commit()
    page = office.get("/exams/administration").text
    assert sitting.reference in page
    assert "1 / 20" in page


@pytest.mark.parametrize(("status", "shown"), [("open", True), ("closed", False), ("nonsense", True)])
def test_the_list_is_narrowed_by_state(office, admin, status, shown):
    sitting = make_sitting(admin)
    db.session.commit()
    assert (sitting.reference in office.get(f"/exams/administration?status={status}").text) is shown


def test_the_buttons_lead_from_plan_to_paper(office, admin):
    sitting = make_sitting(admin, opened=False)
    db.session.commit()
    office.submit(path(sitting, "/open-booking"))
    assert db.session.get(Sitting, sitting.id).status is S.OPEN
    seat(sitting)
    db.session.commit()
    office.submit(path(sitting, "/seal"))
    assert db.session.get(Sitting, sitting.id).status is S.SEALED
    assert sitting.commitment in office.get(path(sitting)).text


def test_a_short_bank_is_told_at_sealing(office, admin):
    sitting = make_sitting(admin, blueprint="LAW-1", ends_at=NOON + timedelta(hours=3))
    seat(sitting)
    db.session.commit()
    page = office.submit(path(sitting, "/seal"))
    assert page.status_code == 409
    assert "LIC single 0/6" in page.text
    db.session.expire_all()
    assert (sitting.status, sitting.secret) == (S.OPEN, None)


@pytest.mark.parametrize("step", ["/seal", "/close", "/release"])
def test_a_step_that_is_not_open_is_refused(office, admin, step):
    sitting = make_sitting(admin, opened=False)
    db.session.commit()
    assert office.get(path(sitting, step)).status_code == 409
    assert office.submit(path(sitting, step), path(sitting, "/cancel"), reason="x").status_code == 409
    assert sitting.status is S.PLANNED


@pytest.mark.parametrize("step", ["/close", "/cancel"])
def test_a_reason_is_asked_for(office, admin, step):
    sitting = sealed_sitting(admin=admin) if step == "/close" else make_sitting(admin)
    if step == "/close":
        sweeping.sweep(sitting, at=NOON)
    db.session.commit()
    assert office.submit(path(sitting, step)).status_code == 422
    assert office.submit(path(sitting, step), reason="Power failure.").status_code == 302
    assert sitting.status in {S.CLOSED, S.CANCELLED}


def test_the_monitor_counts_and_tells_no_answer(office, admin):
    sitting = sealed_sitting(make_candidate(name="考生甲"), make_candidate(), admin=admin)
    attempt = started_attempt(sitting)
    save(attempt, 1, ["A"], flagged=True)
    save(attempt, 2, [])
    db.session.commit()
    page = office.get(path(sitting, "/monitor")).text
    assert "考生甲" in page
    assert "1 / 4" in page
    assert "12:30:00" in page
    assert attempt.paper.lines[0].code not in page


def test_marks_are_shown_to_whoever_may_release(office, browser):
    sitting = closed_sitting(make_candidate(name="考生甲"), right=3)
    db.session.commit()
    sweeping.score_attempt({"attempt_id": queries.attempts_of(sitting)[0].id}, NOON)
    db.session.commit()
    page = office.get(path(sitting, "/results")).text
    assert "考生甲" in page
    assert ">75<" in page
    assert "Release the results" in page


def test_who_planned_sees_no_marks_before(browser):
    planner = make_admin()
    sitting = closed_sitting(admin=planner)
    db.session.commit()
    browser.sign_in(planner)
    assert browser.get(path(sitting, "/results")).status_code == 409
    assert browser.get(path(sitting, "/release")).status_code == 409


def test_a_second_person_releases(office):
    sitting = closed_sitting()
    db.session.commit()
    done = office.submit(path(sitting, "/release"))
    assert "1 results are released" in office.get(done.location).text
    assert [a.status for a in queries.attempts_of(sitting)] == [A.RELEASED]


@pytest.mark.parametrize("page", PAGES)
def test_candidates_find_no_office(browser, page):
    sitting, candidate = make_sitting(), make_candidate()
    db.session.commit()
    browser.sign_in(candidate.user)
    assert browser.get(f"/exams/{page.format(sitting.reference)}").status_code == 404


@pytest.mark.parametrize("page", PAGES[1:])
@pytest.mark.parametrize("role", [Role.QUESTION_AUTHOR, Role.DECIDER, Role.AUDITOR, Role.ADMINISTRATOR])
def test_other_officers_find_no_office(browser, page, role):
    sitting, officer = make_sitting(), make_user(role)
    db.session.commit()
    browser.sign_in(officer)
    assert browser.get(f"/exams/{page.format(sitting.reference)}").status_code == 404


@pytest.mark.parametrize("page", PAGES[2:])
def test_an_unknown_sitting_has_no_pages(office, page):
    assert office.get(f"/exams/{page.format('KS-2026-999999')}").status_code == 404


@pytest.mark.parametrize("page", PAGES[2:])
def test_an_officer_who_sits_has_no_office(browser, page):
    officer = make_user()
    sitting = make_sitting()
    seat(sitting, make_candidate(officer))  # while still a candidate like others
    officer.grants.append(RoleGrant(role=Role.EXAM_ADMIN, given_at=EARLIER))
    db.session.commit()
    browser.sign_in(officer)
    assert browser.get(f"/exams/{page.format(sitting.reference)}").status_code == 404
