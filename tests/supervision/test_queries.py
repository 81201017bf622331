from datetime import date

import pytest

from broker_admin.db import db
from broker_admin.licenses.workflow import LicenseStatus
from broker_admin.supervision import queries
from broker_admin.supervision.workflow import TOLD
from broker_admin.supervision.workflow import ReviewStatus as V
from tests.factories import make_member, make_user
from tests.supervision.factories import ANSWERS, APRIL, MadeReport, make_holder, make_review


@pytest.fixture(autouse=True)
def _request(app):
    with app.test_request_context():
        yield


def rows(query):
    db.session.flush()
    return list(db.session.scalars(query))


@pytest.mark.parametrize("status", list(V))
def test_a_grade_is_known_once_it_is_published(status):
    made = make_review(status)
    assert queries.published_grade(made.license) == ("A" if status is V.PUBLISHED else None)


def test_the_latest_year_gives_the_grade():
    made, later = make_review(V.PUBLISHED), make_review(V.PUBLISHED)
    later.review.license_id, later.review.year, later.review.grade = made.license.id, 2026, "C"
    db.session.flush()
    assert queries.published_grade(made.license) == "C"


def test_grades_of_others_are_not_mixed_up():
    make_review(V.PUBLISHED)
    assert queries.published_grade(make_holder()[1]) is None


def test_a_report_is_public_once_it_is_filed():
    made = MadeReport()
    assert queries.published_report(made.license.number) is None
    made.fill_in().file()
    assert queries.published_report(made.license.number) is made.report


def test_the_latest_report_is_public():
    made, later = MadeReport().fill_in().file(), MadeReport().fill_in().file()
    later.report.license_id, later.report.year = made.license.id, 2026
    db.session.flush()
    assert queries.published_report(made.license.number).year == 2026


def test_a_report_is_found_by_license_and_year():
    made = MadeReport()
    assert queries.report_about(made.license, 2025) is made.report
    assert queries.report_about(made.license, 2024) is None
    assert queries.report_about(make_holder()[1], 2025) is None


def test_members_see_their_own_reports_newest_first():
    made, other = MadeReport(), MadeReport()
    later = MadeReport()
    later.report.organization_id = made.report.organization_id
    assert rows(queries.reports_of_party(made.holder)) == [later.report, made.report]
    assert rows(queries.reports_of_party(other.holder)) == [other.report]


@pytest.mark.parametrize("person", [make_user, lambda: make_member()[0]])
def test_strangers_see_no_reports_or_reviews(person):
    MadeReport()
    make_review(V.PUBLISHED)
    stranger = person()
    assert rows(queries.reports_of_party(stranger)) == []
    assert rows(queries.reviews_of_party(stranger)) == []


@pytest.mark.parametrize("status", list(V))
def test_members_see_reviews_once_they_are_told(status):
    made = make_review(status)
    seen = rows(queries.reviews_of_party(made.holder))
    assert seen == ([made.review] if status in TOLD else [])


def test_officers_see_what_was_filed_latest_first():
    MadeReport().fill_in()
    first, second = MadeReport().fill_in().file(), MadeReport().wait(days=1).fill_in().file()
    assert rows(queries.reports()) == [second.report, first.report]


def test_reports_filed_at_one_moment_keep_their_order():
    made = [MadeReport().fill_in().file().report for _ in range(3)]
    assert rows(queries.reports()) == made[::-1]


def test_corrected_reports_stay_in_the_list():
    made = MadeReport().fill_in().file()
    made.answer("business", **{**ANSWERS["business"], "amount": 5})
    made.file()
    assert rows(queries.reports()) == [made.report]


def test_late_reports_are_listed_apart():
    MadeReport().fill_in().file()
    late = MadeReport(at=APRIL).fill_in().file()
    assert rows(queries.reports(late=True)) == [late.report]


def test_whoever_has_not_filed_is_missed():
    draft, filed = MadeReport().fill_in(), MadeReport().fill_in().file()
    _, silent = make_holder()
    missed = rows(queries.missing_reports(2025))
    assert missed == sorted([draft.license, silent], key=lambda license: license.number)
    assert filed.license not in missed


# (valid from, ended on, whether the license was in force at some time of 2025)
TERMS = [
    (date(2025, 1, 1), None, True), (date(2025, 12, 31), None, True), (date(2026, 1, 1), None, False),
    (date(2024, 5, 1), date(2025, 1, 1), True), (date(2024, 5, 1), date(2024, 12, 31), False),
    (date(2025, 3, 1), date(2025, 9, 1), True),
]


@pytest.mark.parametrize(("first", "ended", "due"), TERMS)
def test_one_day_of_the_year_makes_a_report_due(first, ended, due):
    _, license = make_holder(valid_from=first)
    if ended:
        license.status, license.ended_on = LicenseStatus.EXPIRED, ended
    assert rows(queries.missing_reports(2025)) == ([license] if due else [])
    assert rows(queries.unreviewed(2025)) == ([license] if due else [])


@pytest.mark.parametrize("status", list(V))
def test_an_opened_review_is_not_to_be_opened_again(status):
    make_review(status)
    assert rows(queries.unreviewed(2025)) == []


def test_a_review_of_another_year_leaves_this_one_open():
    made = make_review()
    made.review.year = 2024
    assert rows(queries.unreviewed(2025)) == [made.license]


@pytest.mark.parametrize("status", list(V))
def test_published_reviews_have_a_list_of_their_own(status):
    made = make_review(status)
    listed = [rows(queries.reviews()), rows(queries.published_reviews())]
    assert listed == ([[], [made.review]] if status is V.PUBLISHED else [[made.review], []])


@pytest.mark.parametrize("status", list(V))
def test_the_night_looks_only_at_what_it_may_move(status):
    made = make_review(status)
    assert rows(queries.in_objection_window()) == ([made.review] if status is V.PRELIMINARY else [])
    assert rows(queries.to_be_published()) == ([made.review.id] if status is V.FINAL else [])
