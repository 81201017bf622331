"""Each step of the examination office, from each state, by each officer."""

import pytest

from broker_admin import clock
from broker_admin.db import db
from broker_admin.exams.models import Sitting
from broker_admin.exams.service import marking, sittings, sweeping
from broker_admin.exams.workflow import SITTING, STEPS
from broker_admin.exams.workflow import SittingStatus as S
from broker_admin.ledger import AuditEntry, Message
from broker_admin.permissions import Role
from tests.conftest import NOON
from tests.exams.factories import (
    DAY,
    EARLIER,
    HOUR,
    closed_sitting,
    make_admin,
    make_bank,
    make_candidate,
    make_sitting,
    sealed_sitting,
    seat,
)
from tests.factories import make_user

#            open-booking seal     close    cancel      release
EXPECTED = {
    S.PLANNED:   "open     -        -        cancelled   -",
    S.OPEN:      "-        sealed   -        cancelled   -",
    S.SEALED:    "-        -        -        cancelled   -",
    S.RUNNING:   "-        -        closed   -           -",
    S.CLOSED:    "-        -        -        -           published",
    S.PUBLISHED: "-        -        -        -           -",
    S.CANCELLED: "-        -        -        -           -",
}
VERBS = ["open-booking", "seal", "close", "cancel", "release"]


@pytest.fixture(autouse=True)
def _request(app):
    make_bank()
    with app.test_request_context(), clock.at(EARLIER):
        yield


def running():
    sitting = sealed_sitting()
    sweeping.sweep(sitting, at=NOON)
    return sitting


def published():
    sitting = closed_sitting()
    marking.release(sitting, actor=make_admin(), at=NOON + DAY)
    return sitting


def cancelled():
    sitting = make_sitting()
    sittings.cancel(sitting, reason="Flood.", actor=make_admin(), at=EARLIER)
    return sitting


def booked():
    sitting = make_sitting()
    seat(sitting)
    return sitting


MADE = {S.PLANNED: lambda: make_sitting(opened=False), S.OPEN: booked, S.SEALED: sealed_sitting,
        S.RUNNING: running, S.CLOSED: closed_sitting, S.PUBLISHED: published,
        S.CANCELLED: cancelled}


def take(browser, sitting, verb):
    """Hand the step's form in, by way of another page where its own does not open."""
    path = f"/exams/administration/{sitting.reference}/{verb}"
    page = path if browser.get(path).status_code == 200 else "/exams/plan"
    return browser.submit(path, page, reason="Power failure in the whole district.")


@pytest.mark.parametrize("verb", VERBS)
@pytest.mark.parametrize("status", S)
def test_each_step_is_taken_only_where_the_table_says(browser, status, verb):
    sitting = MADE[status]()
    db.session.commit()
    target = EXPECTED[status].split()[VERBS.index(verb)]
    with clock.at(NOON + HOUR if status in {S.RUNNING, S.CLOSED} else EARLIER):
        answer = take(browser.sign_in(make_admin()), sitting, verb)
    found = db.session.get(Sitting, sitting.id).status
    assert (answer.status_code, found) == ((409, status) if target == "-" else (302, target))


@pytest.mark.parametrize("verb", ["close", "cancel"])
def test_reasons_that_everybody_reads_name_nobody(browser, verb):
    sitting = running() if verb == "close" else make_sitting()
    db.session.commit()
    page = browser.sign_in(make_admin()).submit(
        f"/exams/administration/{sitting.reference}/{verb}", reason="Ill: 44010619900101123X.")
    assert (page.status_code, sitting.cancelled_at, sitting.closed_at) == (422, None, None)
    assert "Leave identity numbers out of this text." in page.text


@pytest.mark.parametrize("verb", VERBS)
def test_a_step_of_others_is_not_there(browser, verb):
    sitting = make_sitting()
    db.session.commit()
    for person in (make_user(), make_user(Role.ADMINISTRATOR), make_user(Role.AUDITOR)):
        browser.sign_in(person)
        path = f"/exams/administration/{sitting.reference}/{verb}"
        assert browser.get(path).status_code == 404
    assert sitting.status is S.OPEN


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize(("status", "verb"), [
    (S.PLANNED, "open-booking"), (S.OPEN, "seal"), (S.RUNNING, "close"), (S.OPEN, "cancel"),
    (S.CLOSED, "release"),
])
def test_each_step_warns_of_what_it_does(browser, language, status, verb):
    sitting = MADE[status]()
    db.session.commit()
    with clock.at(NOON + HOUR):
        browser.sign_in(make_admin())
        page = browser.get(f"/{language}/exams/administration/{sitting.reference}/{verb}")
    assert page.status_code == 200
    assert "govuk-warning-text" in page.text
    assert sitting.reference in page.text


@pytest.mark.parametrize(("verb", "entry"), [
    ("seal", "sitting.sealed"), ("cancel", "sitting.cancelled"),
])
def test_a_step_is_on_record_with_its_officer(browser, verb, entry):
    sitting, officer = booked(), make_admin()
    db.session.commit()
    browser.sign_in(officer)
    take(browser, sitting, verb)
    written = db.session.scalars(db.select(AuditEntry).where(AuditEntry.name == entry)).one()
    assert (written.subject, written.actor_id) == (sitting.reference, officer.id)


@pytest.mark.parametrize("reason", ["", " ", "\u200b", "x" * 501])
def test_calling_off_needs_a_reason_that_fits(browser, reason):
    sitting = booked()
    db.session.commit()
    browser.sign_in(make_admin())
    page = browser.submit(f"/exams/administration/{sitting.reference}/cancel", reason=reason)
    assert page.status_code == 422
    assert db.session.get(Sitting, sitting.id).status is S.OPEN


def test_calling_off_tells_each_candidate_once(browser):
    sitting = make_sitting()
    people = [make_candidate() for _ in range(3)]
    for person in people:
        seat(sitting, person)
    db.session.commit()
    browser.sign_in(make_admin())
    take(browser, sitting, "cancel")
    told = db.session.scalars(db.select(Message.recipient_id).where(
        Message.name == "booking.dropped")).all()
    assert sorted(told) == sorted(person.user_id for person in people)


def test_two_clicks_on_release_tell_candidates_once(browser):
    sitting = closed_sitting()
    db.session.commit()
    browser.sign_in(make_admin())
    for _ in range(2):
        take(browser, sitting, "release")
    told = db.session.scalars(db.select(Message).where(Message.name == "attempt.released")).all()
    assert len(told) == 1


def test_every_step_of_a_person_has_a_page():
    by_time = {"run", "end"}
    assert {t.name for t in SITTING.transitions} - by_time == set(STEPS)
    assert {verb.replace("-", "_") for verb in VERBS} == set(STEPS)
