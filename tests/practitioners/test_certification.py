from datetime import timedelta

import pytest

from broker_admin.db import db
from broker_admin.exams.blueprints import BLUEPRINTS
from broker_admin.exams.service import marking
from broker_admin.practitioners import queries, service
from broker_admin.practitioners.certification import certify_passed
from broker_admin.practitioners.workflow import PractitionerStatus
from tests.conftest import NOON
from tests.exams.factories import (
    DAY,
    SMALL_LAW,
    SMALL_PRACTICE,
    closed_sitting,
    make_admin,
    make_bank,
    make_candidate,
)
from tests.factories import make_user

LATER = NOON + 2 * DAY


@pytest.fixture(autouse=True)
def _request(app, monkeypatch):
    for blueprint in (SMALL_LAW, SMALL_PRACTICE):
        monkeypatch.setitem(BLUEPRINTS, blueprint.code, blueprint)
    make_bank()
    with app.test_request_context():
        yield


def passed(candidate, *subjects):
    for subject in subjects:
        sitting = closed_sitting(candidate, blueprint=f"SMALL-{subject}")
        marking.release(sitting, actor=make_admin(), at=NOON + DAY)
    db.session.flush()
    return candidate


def certify(candidate, at=LATER):
    certify_passed({"user_id": candidate.user_id}, at)
    db.session.flush()
    return queries.of_user(candidate.user)


def test_both_passes_make_a_practitioner():
    candidate = passed(make_candidate(name="陈静"), "LAW", "PRACTICE")
    practitioner = certify(candidate)
    assert practitioner.status is PractitionerStatus.CERTIFIED
    assert (practitioner.name, practitioner.identity) == ("陈静", candidate.identity)


def test_one_pass_is_not_enough():
    assert certify(passed(make_candidate(), "LAW")) is None


def test_passes_that_no_longer_count_certify_nobody():
    candidate = passed(make_candidate(), "LAW", "PRACTICE")
    assert certify(candidate, at=NOON + timedelta(days=731)) is None


def test_a_repeated_job_certifies_once():
    candidate = passed(make_candidate(), "LAW", "PRACTICE")
    first = certify(candidate)
    valid_to = first.valid_to
    assert certify(candidate, at=LATER + DAY) is first
    assert first.valid_to == valid_to


def test_a_void_certificate_stays_void():
    candidate = passed(make_candidate(), "LAW", "PRACTICE")
    practitioner = certify(candidate)
    service.void(practitioner, reason="Somebody else sat.", actor=make_admin(), at=LATER)
    assert certify(candidate, at=LATER + DAY).status is PractitionerStatus.VOID


@pytest.mark.parametrize("number", [0, 10**6])
def test_a_job_for_nobody_does_nothing(number):
    user = make_user()
    certify_passed({"user_id": number}, LATER)
    assert queries.of_user(user) is None
