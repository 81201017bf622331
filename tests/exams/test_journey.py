"""From the plan to the certificate, by the pages alone; the worker does what falls due in between."""

import re
from contextlib import contextmanager
from datetime import timedelta

import pytest

from broker_admin import clock
from broker_admin.db import db
from broker_admin.exams import queries
from broker_admin.exams.models import ExamAttempt, Sitting
from broker_admin.exams.workflow import AttemptStatus as A
from broker_admin.exams.workflow import SittingStatus as S
from broker_admin.jobs.runner import run_due
from broker_admin.practitioners.queries import of_user
from tests.conftest import NOON
from tests.exams.factories import DAY, EARLIER, make_admin, make_bank, make_identity, right_letters
from tests.factories import make_user

MINUTE = timedelta(minutes=1)
LATER = NOON + 10 * DAY


@pytest.fixture(autouse=True)
def _bank(app):
    make_bank()
    db.session.commit()


@contextmanager
def as_of(browser, user, moment):
    """The browser of this person at this moment."""
    with clock.at(moment):
        yield browser.sign_in(user)


def plan(browser, office, blueprint):
    with as_of(browser, office, EARLIER):
        done = browser.submit("/exams/plan", blueprint=blueprint, place="广州", day="2026-11-23",
                              opens="12:00", ends="13:00", capacity="20")
        reference = done.location.rsplit("/", 1)[1]
        browser.submit(f"/exams/administration/{reference}/open-booking")
    return reference


def book(browser, person, reference):
    with as_of(browser, person, EARLIER + DAY):
        browser.submit("/exams/register", name="陈静", identity=make_identity(),
                       qualification="experience", declared="y")
        return browser.submit(f"/exams/sittings/{reference}/book")


def seal(browser, office, reference):
    with as_of(browser, office, NOON - 5 * DAY):
        browser.submit(f"/exams/administration/{reference}/seal")
    db.session.expire_all()
    return attempt_of(reference)


def attempt_of(reference):
    sitting = db.session.scalars(db.select(Sitting).where(Sitting.reference == reference)).one()
    return queries.attempts_of(sitting)[0]


def sit(browser, person, attempt, right, hand_in=True):
    """Start, answer the first questions right, and hand in by the button or by the clock."""
    path = f"/exams/attempts/{attempt.id}"
    letters = {n: right_letters(attempt, n) for n in range(1, right + 1)}
    with as_of(browser, person, NOON + MINUTE):
        browser.submit(f"{path}/start", understood="y")
        for position, chosen in letters.items():
            page = browser.get(f"{path}/questions/{position}").text
            hidden = dict(re.findall(r'type="hidden" name="(\w+)"[^>]*value="([^"]*)"', page))
            browser.post(f"{path}/questions/{position}", data={**hidden, "v": chosen})
        if hand_in:
            browser.submit(f"{path}/submit", f"{path}/review")


def release(browser, office, reference):
    with as_of(browser, office, LATER):
        browser.submit(f"/exams/administration/{reference}/release")


def take(browser, person, right=4, blueprint="SMALL-LAW", hand_in=True):
    """The whole way of one subject."""
    planner, second = make_admin(), make_admin()
    reference = plan(browser, planner, blueprint)
    book(browser, person, reference)
    sit(browser, person, seal(browser, planner, reference), right, hand_in)
    run_due(NOON + 2 * 60 * MINUTE)
    release(browser, second, reference)
    run_due(LATER + DAY)
    db.session.expire_all()
    return db.session.get(ExamAttempt, attempt_of(reference).id)


def test_both_subjects_lead_to_the_certificate(browser):
    person = make_user()
    take(browser, person)
    assert of_user(person) is None
    take(browser, person, blueprint="SMALL-PRACTICE")
    assert of_user(person).name == "陈静"


def test_the_worker_closes_what_was_not_handed_in(browser):
    person = make_user()
    attempt = take(browser, person, right=3, hand_in=False)
    assert (attempt.status, attempt.answered) == (A.RELEASED, 3)
    assert attempt.submitted_at == NOON + 31 * MINUTE
    assert attempt.result.passed


def test_who_fails_reads_where(browser):
    person = make_user()
    attempt = take(browser, person, right=1)
    with as_of(browser, person, LATER + DAY):
        page = browser.get(f"/exams/attempts/{attempt.id}/result").text
    assert "25 of 100 marks" in page
    assert "Data Security Law" in page
    assert attempt.sitting.status is S.PUBLISHED
