from datetime import UTC, datetime
from types import SimpleNamespace

import pytest
from flask import current_app

from broker_admin.applications import wording
from broker_admin.applications.workflow import ApplicationStatus as S
from tests.applications.factories import make_application

pytestmark = pytest.mark.usefixtures("in_request")
NOON = datetime(2026, 9, 18, 4, 0, tzinfo=UTC)


def of(words, status, language):
    made = make_application(status, at=NOON)
    with current_app.test_request_context(headers={"Accept-Language": language}):
        return words(made.application)


@pytest.mark.parametrize(("language", "words"), [
    ("en", "Too few certified practitioners (行政许可法第38、54条；认定条件G6, text not checked)"),
    ("zh", "持证从业人员不足（行政许可法第38、54条；认定条件G6，未核对原文）")])
def test_a_ground_is_named_with_its_article(language, words):
    assert of(wording.grounds_of, S.REFUSED, language) == [words]


@pytest.mark.parametrize("status", [S.DRAFT, S.UNDER_REVIEW, S.APPROVED])
def test_what_is_not_refused_has_no_grounds(status):
    assert of(wording.grounds_of, status, "en") == []


@pytest.mark.parametrize(("language", "words"), [
    ("en", ["People's Government of Guangdong Province", "until 2026-11-17", "until 2027-03-18"]),
    ("zh", ["广东省人民政府", "在2026-11-17前", "在2027-03-18前"])])
@pytest.mark.parametrize("status", [S.REFUSED, S.APPROVED])
def test_remedies_name_organ_and_last_days(status, language, words):
    sentence = of(wording.remedies_of, status, language)
    assert [word for word in words if word not in sentence] == []


@pytest.mark.parametrize(("language", "words"), [
    ("en", ["People's Government of Guangdong Province", "60 calendar days", "6 months"]),
    ("zh", ["广东省人民政府", "60 个自然日", "6 个月"])])
def test_whoever_is_not_accepted_has_remedies_too(language, words):
    sentence = of(wording.remedies_of, S.NOT_ACCEPTED, language)
    assert [word for word in words if word not in sentence] == []


@pytest.mark.parametrize("status", [S.DRAFT, S.SUBMITTED, S.UNDER_REVIEW, S.WITHDRAWN])
def test_without_a_decision_there_is_no_remedy(status):
    assert of(wording.remedies_of, status, "en") == ""


@pytest.mark.parametrize(("language", "name"), [("en", "Grade 2"), ("zh", "二级")])
def test_a_grade_has_its_name_in_the_law(language, name):
    assert of(lambda application: wording.grade_of(application, 2), S.APPROVED, language) == name


@pytest.mark.parametrize(("article", "shown"), [("许可法38", "Staff (许可法38)"), ("", "Staff")])
def test_an_article_is_shown_where_there_is_one(article, shown):
    provision = SimpleNamespace(name=lambda language: "Staff", article=article, confirmed=True)
    assert wording.cited(provision) == shown


def test_limits_are_those_of_the_opening_day():
    made = make_application(S.SUBMITTED, at=NOON)
    assert wording.limits_of(made.application)["decision"].amount == 20
