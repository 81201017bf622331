import pytest
import sqlalchemy as sa

from broker_admin import workdays
from broker_admin.admin import service
from broker_admin.clock import now
from broker_admin.db import db, transaction
from broker_admin.ledger import AuditEntry
from broker_admin.permissions import SYSTEM, Role
from broker_admin.refusals import Refused
from broker_admin.rules.notices import NoticeRefused
from tests.factories import make_user

NOTICE = 'year = 2027\nsource = "N"\noff_weekdays = [2027-01-01]\nwork_weekends = []\n'


@pytest.fixture(autouse=True)
def fresh_calendar(app):
    workdays.forget()
    yield
    workdays.forget()


@pytest.mark.parametrize("roles", [(), (Role.REVIEWER,), (Role.AUDITOR,), (Role.DECIDER,)])
def test_only_administrators_import_a_notice(roles):
    with pytest.raises(Refused, match="Only an administrator"):
        service.import_notice(NOTICE, actor=make_user(*roles), at=now())


def test_time_alone_imports_nothing():
    with pytest.raises(Refused, match="Only an administrator"):
        service.import_notice(NOTICE, actor=SYSTEM, at=now())


def test_a_notice_that_cannot_be_read_changes_nothing():
    with pytest.raises(NoticeRefused):
        service.import_notice("year = 2027", actor=make_user(Role.ADMINISTRATOR), at=now())
    assert workdays.calendar().notice(2027).provisional


def test_what_the_calendar_already_says_is_not_imported():
    actor = make_user(Role.ADMINISTRATOR)
    with transaction():
        service.import_notice(NOTICE, actor=actor, at=now())
    with pytest.raises(Refused, match="already says exactly this"):
        service.import_notice(NOTICE, actor=actor, at=now())


def test_the_record_holds_the_days():
    with transaction():
        service.import_notice(NOTICE, actor=make_user(Role.ADMINISTRATOR), at=now())
    facts = db.session.scalars(sa.select(AuditEntry.facts)).one()
    assert facts == {"year": 2027, "source": "N", "off_weekdays": ["2027-01-01"],
                     "work_weekends": []}
