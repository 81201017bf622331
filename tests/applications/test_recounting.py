from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa

from broker_admin import workdays
from broker_admin.applications.recounting import recount
from broker_admin.applications.time_limits import running
from broker_admin.applications.workflow import ApplicationStatus as S
from broker_admin.db import db, transaction
from broker_admin.ledger import AuditEntry
from broker_admin.workdays import CalendarNotice
from tests.applications.factories import make_application
from tests.factories import make_user

DECEMBER = datetime(2026, 12, 28, 4, tzinfo=UTC)
NOTICE = """\
year = 2027
source = "A notice"
off_weekdays = [2027-01-01, 2027-01-04, 2027-01-05]
work_weekends = []
"""


@pytest.fixture
def notice(app):
    row = CalendarNotice(year=2027, text=NOTICE, source="A notice", imported_at=DECEMBER,
                         imported_by_id=make_user().id)
    db.session.add(row)
    db.session.flush()
    yield row
    workdays.forget()


def moved():
    query = sa.select(AuditEntry).where(AuditEntry.name == "application.deadline_moved")
    return db.session.scalars(query).all()


def run(notice, at=DECEMBER):
    with transaction():
        recount({"notice_id": notice.id}, at)


def test_an_open_deadline_that_moves_is_noted(notice):
    made = make_application(S.UNDER_REVIEW, at=DECEMBER)
    before = running(made.application).due(workdays.before(notice))
    run(notice)
    entry = moved()[0]
    assert entry.subject == made.application.reference
    assert entry.facts["before"] == before.isoformat()
    assert entry.facts["after"] > entry.facts["before"]
    assert entry.facts["notice"] == "calendar-2027"


def test_a_deadline_that_stays_is_not_noted(notice):
    make_application(S.UNDER_REVIEW, at=DECEMBER - timedelta(days=90))
    run(notice)
    assert moved() == []


@pytest.mark.parametrize("status", [S.DRAFT, S.APPROVED, S.REFUSED])
def test_an_application_without_a_clock_is_not_noted(notice, status):
    make_application(status, at=DECEMBER)
    run(notice)
    assert moved() == []


def test_a_notice_that_is_gone_moves_nothing(app):
    recount({"notice_id": 4711}, DECEMBER)
    assert moved() == []


def test_nobody_moved_it_but_the_calendar(notice):
    make_application(S.SUBMITTED, at=DECEMBER)
    run(notice)
    assert [entry.actor_id for entry in moved()] == [None]
