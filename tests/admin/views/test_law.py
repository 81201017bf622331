from datetime import date

import pytest
import sqlalchemy as sa

from broker_admin import workdays
from broker_admin.admin import service
from broker_admin.clock import now
from broker_admin.db import db
from broker_admin.ledger import AuditEntry, Job
from broker_admin.permissions import Role
from broker_admin.refusals import Refused
from broker_admin.rules.regime import versions
from broker_admin.workdays import CalendarNotice
from tests.factories import make_user

IMPORT = "/admin/calendar/import"
NOTICE = """\
year = 2027
source = "国务院办公厅关于2027年部分节假日安排的通知"
off_weekdays = [2027-01-01, 2027-02-05, 2027-02-08]
work_weekends = [2027-02-20]
"""


@pytest.fixture
def administrator(browser):
    user = make_user(Role.ADMINISTRATOR)
    browser.sign_in(user)
    yield user
    workdays.forget()


def test_an_imported_notice_is_in_force_at_once(browser, administrator):
    assert browser.submit(IMPORT, text=NOTICE).status_code == 302
    workdays.forget()
    assert not workdays.calendar().is_working(date(2027, 2, 5))
    assert workdays.calendar().is_working(date(2027, 2, 20))
    assert not workdays.calendar().is_provisional(date(2027, 6, 1))


def test_importing_is_recorded_with_its_days(browser, administrator):
    browser.submit(IMPORT, text=NOTICE)
    entry = db.session.scalars(sa.select(AuditEntry)).one()
    assert (entry.name, entry.subject) == ("calendar.notice_imported", "calendar-2027")
    assert entry.facts["work_weekends"] == ["2027-02-20"]
    assert entry.actor_id == administrator.id


def test_importing_queues_the_reckoning_of_deadlines(browser, administrator):
    browser.submit(IMPORT, text=NOTICE)
    job = db.session.scalars(sa.select(Job)).one()
    notice = db.session.scalars(sa.select(CalendarNotice)).one()
    assert (job.kind, job.payload) == ("recompute_deadlines", {"notice_id": notice.id})


def test_the_same_notice_is_not_imported_twice(browser, administrator):
    browser.submit(IMPORT, text=NOTICE)
    answer = browser.submit(IMPORT, text=NOTICE)
    assert answer.status_code == 409
    assert db.session.scalar(sa.select(sa.func.count(CalendarNotice.id))) == 1


def test_a_corrected_notice_takes_the_place_of_the_first(browser, administrator):
    browser.submit(IMPORT, text=NOTICE)
    browser.submit(IMPORT, text=NOTICE.replace("2027-02-20", "2027-02-21"))
    workdays.forget()
    assert not workdays.calendar().is_working(date(2027, 2, 20))
    assert workdays.calendar().is_working(date(2027, 2, 21))


@pytest.mark.parametrize(("text", "sentence"), [
    ("", "Enter the notice."),
    ("year = ", "Line 1 of the notice cannot be read."),
    (NOTICE.replace("2027-02-20", "2027-02-19"), "2027-02-19 is a weekday"),
    (NOTICE.replace("2027-02-20", "2026-02-21"), "does not lie in 2027"),
    (NOTICE.replace("2027-02-05", "2027-02-06"), "is a Saturday or Sunday"),
    (NOTICE.replace("year = 2027", "year = 1"), "must be a number from 2000 to 2100"),
    (NOTICE + "\nx = 1", "unknown entry"),
    ("x" * 20_000, "Use at most 10000 characters."),
])
def test_what_cannot_be_read_is_said_and_kept(browser, administrator, text, sentence):
    answer = browser.submit(IMPORT, text=text)
    assert answer.status_code == 422
    assert sentence in answer.text
    assert db.session.scalar(sa.select(sa.func.count(CalendarNotice.id))) == 0


def test_only_an_administrator_imports(app):
    with pytest.raises(Refused):
        service.import_notice(NOTICE, actor=make_user(Role.AUDITOR), at=now())


def test_an_auditor_reads_the_calendar_and_cannot_import(browser):
    browser.sign_in(make_user(Role.AUDITOR))
    page = browser.get("/admin/calendar")
    assert page.status_code == 200
    assert IMPORT not in page.text
    assert browser.get(IMPORT).status_code == 404


def test_the_calendar_shows_provisional_years(browser, administrator):
    page = browser.get("/admin/calendar").text
    assert "Provisional" in page
    assert "2026-02-14" in page


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_version_of_the_law_can_be_read(browser, administrator, language):
    page = browser.get(f"/{language}/admin/regimes").text
    for version in versions():
        assert version.version in page
        shown = browser.get(f"/{language}/admin/regimes/{version.version}")
        assert shown.status_code == 200
        assert version.limits["decision"].name(language) in shown.text


@pytest.mark.parametrize("version", ["guangdong/1999-01-01", "../secrets", "x", "%00"])
def test_an_unknown_version_is_not_found(browser, administrator, version):
    assert browser.get(f"/admin/regimes/{version}").status_code == 404


@pytest.mark.parametrize("page", ["/admin/calendar", "/admin/regimes"])
def test_case_officers_have_no_system_pages(browser, page):
    browser.sign_in(make_user(Role.REVIEWER))
    assert browser.get(page).status_code == 404
