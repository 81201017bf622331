"""From a year's notice to the deadlines that it moves, by the pages and the job."""

from datetime import UTC, datetime

import pytest
import sqlalchemy as sa

from broker_admin import clock, workdays
from broker_admin.applications.workflow import ApplicationStatus as S
from broker_admin.db import db
from broker_admin.jobs import runner
from broker_admin.ledger import AuditEntry
from broker_admin.permissions import Role
from broker_admin.workdays import CalendarNotice
from tests.applications.factories import make_application
from tests.factories import make_user

DECEMBER = datetime(2026, 12, 28, 4, 0, tzinfo=UTC)
IMPORT = "/admin/calendar/import"
NOTICE = """\
year = 2027
source = "N"
off_weekdays = [2027-01-01, 2027-01-04, 2027-01-05]
work_weekends = []
"""


@pytest.fixture
def administrator(browser):
    with clock.at(DECEMBER):
        browser.sign_in(make_user(Role.ADMINISTRATOR))
        yield browser
    workdays.forget()


def moved():
    query = sa.select(AuditEntry).where(AuditEntry.name == "application.deadline_moved")
    return db.session.scalars(query).all()


def run_jobs():
    workdays.forget()
    return runner.run_due(DECEMBER)


def test_an_imported_notice_moves_open_deadlines_on_record(administrator):
    application = make_application(S.UNDER_REVIEW, at=DECEMBER).application
    administrator.submit(IMPORT, text=NOTICE)
    run_jobs()
    entry = moved()[0]
    assert entry.subject == application.reference
    assert entry.facts["notice"] == "calendar-2027"
    assert entry.facts["before"] < entry.facts["after"]


@pytest.mark.parametrize("text", [
    "", "year = 2027", NOTICE.replace("2027-01-04", "2027-01-03"), NOTICE + NOTICE, "\0" + NOTICE[:20],
    NOTICE.replace("2027", "1027"),
])
def test_a_faulty_notice_moves_nothing(administrator, text):
    make_application(S.UNDER_REVIEW, at=DECEMBER)
    assert administrator.submit(IMPORT, text=text).status_code == 422
    run_jobs()
    assert moved() == []
    assert db.session.scalars(sa.select(CalendarNotice)).all() == []


def test_the_imported_year_is_confirmed_on_the_page(administrator):
    administrator.submit(IMPORT, text=NOTICE)
    page = administrator.get("/admin/calendar").text
    assert "2027-01-05" in page


@pytest.mark.parametrize(("language", "words"), [("zh", "导入"), ("en", "Import a notice")])
def test_the_import_is_offered_in_both_languages(administrator, language, words):
    assert words in administrator.get(f"/{language}/admin/calendar").text


def test_what_was_typed_stays_for_another_try(administrator):
    page = administrator.submit(IMPORT, text="year = 2027 # half a notice")
    assert "# half a notice" in page.text


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.ADMINISTRATOR}))
def test_no_other_role_imports_by_the_page(browser, role):
    browser.sign_in(make_user(role))
    assert browser.get(IMPORT).status_code == 404
    assert browser.submit(IMPORT, page="/account/profile", text=NOTICE).status_code == 404
    assert db.session.scalars(sa.select(CalendarNotice)).all() == []
