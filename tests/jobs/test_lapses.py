from datetime import timedelta

from broker_admin.applications.workflow import ApplicationStatus as S
from broker_admin.clock import day_of
from broker_admin.jobs.lapses import outdated_practitioners, overdue_applications
from broker_admin.permissions import SYSTEM
from broker_admin.practitioners.workflow import PractitionerStatus
from tests.applications.factories import make_application
from tests.conftest import NOON
from tests.practitioners.factories import make_practitioner

MONTH = timedelta(days=31)


def run(verb, at):
    return verb(day_of(at), actor=SYSTEM, at=at)


def test_what_nobody_answered_in_time_is_accepted_by_law(app):
    application = make_application(S.SUBMITTED, at=NOON).application
    assert run(overdue_applications, NOON + timedelta(days=1)) == 0
    assert run(overdue_applications, NOON + MONTH) == 1
    assert application.status is S.UNDER_REVIEW
    assert run(overdue_applications, NOON + MONTH) == 0


def test_what_was_not_corrected_in_time_lapses(app):
    application = make_application(S.CORRECTION_REQUIRED, at=NOON).application
    assert run(overdue_applications, NOON + timedelta(days=1)) == 0
    assert run(overdue_applications, NOON + 4 * MONTH) == 1
    assert application.status is S.WITHDRAWN


def test_what_is_being_reviewed_is_left_alone(app):
    application = make_application(S.UNDER_REVIEW, at=NOON).application
    assert run(overdue_applications, NOON + 12 * MONTH) == 0
    assert application.status is S.UNDER_REVIEW


def test_a_certificate_lapses_after_its_last_day(app):
    practitioner = make_practitioner(at=NOON)
    last = NOON + (practitioner.valid_to - day_of(NOON))
    assert run(outdated_practitioners, last) == 0
    assert run(outdated_practitioners, last + timedelta(days=1)) == 1
    assert practitioner.status is PractitionerStatus.LAPSED
