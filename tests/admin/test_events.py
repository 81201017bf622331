import pytest
import sqlalchemy as sa

from broker_admin import workdays
from broker_admin.admin.events import NoticeImported
from broker_admin.db import db, transaction
from broker_admin.events import record
from broker_admin.ledger import AuditEntry, Message
from broker_admin.permissions import Role
from broker_admin.workdays import CalendarNotice
from tests.conftest import NOON
from tests.factories import make_user


@pytest.fixture
def imported(app):
    actor = make_user(Role.ADMINISTRATOR)
    notice = CalendarNotice(year=2027, text="", source="N", imported_by_id=actor.id, imported_at=NOON)
    with transaction():
        db.session.add(notice)
        record(NoticeImported(case=notice, actor=actor, at=NOON, year=2027, source="N",
                              off_weekdays=["2027-01-01"], work_weekends=[]))
    yield db.session.scalars(sa.select(AuditEntry)).one()
    workdays.forget()


def test_an_import_is_filed_under_its_year(imported):
    assert (imported.name, imported.subject, imported.at) == (
        "calendar.notice_imported", "calendar-2027", NOON)


def test_an_import_can_be_reckoned_again_from_the_record(imported):
    assert imported.facts == {"year": 2027, "source": "N", "off_weekdays": ["2027-01-01"],
                              "work_weekends": []}


def test_an_import_is_told_to_nobody_by_mail(imported):
    assert db.session.scalars(sa.select(Message)).all() == []
