from datetime import UTC, datetime

import pytest

from broker_admin.clock import at
from broker_admin.permissions import Role
from broker_admin.supervision.workflow import ReviewStatus as V
from tests.factories import make_member, make_user
from tests.supervision.factories import APRIL, FEBRUARY, MadeReport, make_holder, make_review
from tests.wrapping import unwrapped

REVIEWS, REPORTS = "/supervision/worklist", "/supervision/reports/worklist"
READERS = {Role.SUPERVISION_OFFICER, Role.ENFORCEMENT_OFFICER, Role.DECIDER, Role.AUDITOR}
# Told on a Friday: the window ends on the Friday after.
TOLD = datetime(2026, 4, 10, 4, 0, tzinfo=UTC)
LAST_DAY, SATURDAY, MONDAY = (datetime(2026, 4, day, 4, 0, tzinfo=UTC) for day in (17, 18, 20))


@pytest.fixture
def make(app):
    def made(status=V.OPEN, at=FEBRUARY):
        with app.test_request_context():
            return make_review(status, at=at)
    return made


@pytest.fixture
def report(app):
    with app.test_request_context():
        return MadeReport()


def seen(browser, page, moment=FEBRUARY):
    """What a supervision officer reads there at this moment."""
    with at(moment):
        answer = browser.sign_in(make_user(Role.SUPERVISION_OFFICER)).get(page)
    assert answer.status_code == 200
    return answer.text


@pytest.mark.parametrize("page", [REVIEWS, REPORTS])
@pytest.mark.parametrize("role", sorted(Role))
def test_only_those_who_read_conduct_see_the_lists(browser, page, role):
    answer = browser.sign_in(make_user(role)).get(page)
    assert answer.status_code == (200 if role in READERS else 404)


@pytest.mark.parametrize("page", [REVIEWS, REPORTS])
def test_holders_and_visitors_see_no_list(browser, page):
    assert browser.get(page).status_code == 302
    assert browser.sign_in(make_member()[0]).get(page).status_code == 404


@pytest.mark.parametrize(("page", "en", "zh"), [
    (REVIEWS, "No review is open.", "没有进行中的评估。"),
    (REPORTS, "No report has been filed.", "尚无已报送的年度报告。"),
    (f"{REPORTS}?missing=1", "Everybody has filed.", "各持证单位均已报送。"),
])
def test_empty_lists_say_so_in_both_languages(browser, page, en, zh):
    assert en in seen(browser, page)
    assert zh in seen(browser, f"/zh{page}")


def test_the_list_shows_who_scored_which_grade(browser, make):
    made = make(V.SCORED)
    page = seen(browser, REVIEWS)
    assert made.review.reference in page
    assert made.officer.name in page
    assert ">A</td>" in page


def test_running_windows_stand_first(browser, make):
    waiting, running = make(V.OPEN), make(V.PRELIMINARY)
    page = seen(browser, REVIEWS)
    assert page.index(running.review.reference) < page.index(waiting.review.reference)


@pytest.mark.parametrize(("moment", "words"), [
    (TOLD, "5 working days left"), (LAST_DAY, "Due today"), (SATURDAY, "Overdue"),
    (MONDAY, "1 working day overdue"),
])
def test_a_window_is_counted_in_working_days(browser, make, moment, words):
    make(V.PRELIMINARY, at=TOLD)
    page = seen(browser, REVIEWS, moment)
    assert "2026-04-17" in page
    assert f">{words}</strong>" in page


@pytest.mark.parametrize("status", [V.OPEN, V.SCORED, V.OBJECTED, V.ANSWERED, V.FINAL])
def test_no_window_is_shown_where_none_runs(browser, make, status):
    make(status, at=TOLD)
    page = seen(browser, REVIEWS, MONDAY)
    assert "working day" not in page
    assert ">Overdue<" not in page


def test_published_reviews_move_to_a_list_of_their_own(browser, make):
    published = make(V.PUBLISHED)
    page = seen(browser, REVIEWS)
    assert "No review is open." in page
    assert page.index("Published reviews") < page.index(published.review.reference)
    assert "2026-02-10" in page


def test_the_list_of_reports_shows_what_was_filed(browser, report):
    report.fill_in().file()
    page = seen(browser, REPORTS)
    assert report.report.reference in page
    assert "from 2026-01-01 to 2026-03-31" in unwrapped(page)


def test_drafts_are_not_listed_but_missed(browser, report):
    report.fill_in()
    assert report.report.reference not in seen(browser, REPORTS)
    assert report.license.display_number in seen(browser, f"{REPORTS}?missing=1")


def test_only_late_reports_are_listed_when_asked(browser, app, report):
    report.fill_in().file()
    with app.test_request_context():
        late = MadeReport(at=APRIL).fill_in().file()
    page = seen(browser, f"{REPORTS}?late=1", APRIL)
    assert late.report.reference in page
    assert report.report.reference not in page


def test_whoever_filed_is_not_missed(browser, report):
    report.fill_in().file()
    page = seen(browser, f"{REPORTS}?missing=1")
    assert report.license.display_number not in page
    assert "Everybody has filed." in page


@pytest.mark.parametrize("page", ["0", "-1", "x", "²", "99999999", ""])
def test_pages_that_are_not_there_are_no_error(browser, report, page):
    report.fill_in().file()
    seen(browser, f"{REPORTS}?page={page}")
    seen(browser, f"{REVIEWS}?page={page}")


def test_long_lists_are_paged(browser):
    with at(FEBRUARY):
        numbers = [make_holder()[1].display_number for _ in range(26)]
    first = seen(browser, f"{REPORTS}?missing=1")
    second = seen(browser, f"{REPORTS}?missing=1&page=2")
    assert sum(number in first for number in numbers) == 25
    assert sum(number in second for number in numbers) == 1
