from datetime import date

import pytest

from broker_admin import workdays
from broker_admin.db import db
from broker_admin.rules.calendar import SHIPPED
from broker_admin.workdays import CalendarNotice
from tests.conftest import NOON
from tests.factories import make_user

TEXT = 'year = {year}\nsource = "A notice"\noff_weekdays = [{off}]\nwork_weekends = []\n'


@pytest.fixture
def bring(app):
    """Import a year's notice with one day off."""
    user = make_user()

    def bring(off):
        row = CalendarNotice(year=off.year, text=TEXT.format(year=off.year, off=off),
                             source="A notice", imported_by_id=user.id, imported_at=NOON)
        db.session.add(row)
        db.session.flush()
        workdays.forget()
        return row

    workdays.forget()
    yield bring
    workdays.forget()


def test_without_imports_the_shipped_years_are_in_force(app):
    workdays.forget()
    assert workdays.calendar().notices == SHIPPED.notices


def test_an_imported_day_off_is_in_force(bring):
    bring(date(2027, 3, 3))
    assert not workdays.calendar().is_working(date(2027, 3, 3))


def test_the_later_notice_of_a_year_wins(bring):
    bring(date(2027, 3, 3))
    bring(date(2027, 3, 4))
    assert workdays.calendar().is_working(date(2027, 3, 3))
    assert not workdays.calendar().is_working(date(2027, 3, 4))


def test_a_year_does_not_touch_another(bring):
    bring(date(2027, 3, 3))
    assert workdays.calendar().notice(2026) == SHIPPED.notice(2026)


def test_the_calendar_before_a_notice_lacks_it(bring):
    bring(date(2027, 3, 3))
    second = bring(date(2027, 3, 4))
    assert not workdays.before(second).is_working(date(2027, 3, 3))
    assert workdays.before(second).is_working(date(2027, 3, 4))


def test_the_calendar_is_read_once_until_forgotten(bring):
    before = workdays.calendar()
    assert workdays.calendar() is before
    bring(date(2027, 3, 3))
    assert workdays.calendar() is not before


def test_a_notice_is_called_by_its_year(bring):
    assert bring(date(2027, 3, 3)).reference == "calendar-2027"
    assert bring(date(2028, 3, 3)).parsed.off_weekdays == {date(2028, 3, 3)}
