import pytest

from broker_admin.supervision.report_fields import SECTIONS, Asked, Kind
from broker_admin.supervision.wording import (
    answered,
    grade_name,
    grade_reasons,
    in_words,
    parts_of,
    publicly_answered,
)
from broker_admin.supervision.workflow import ReviewStatus as V
from broker_admin.supervision.workflow import Veto
from tests.supervision.factories import ANSWERS, GOOD, make_review

REGIME = "guangdong/2026-04-15"


@pytest.fixture(params=["en", "zh"])
def spoken(app, request):
    """The language of a page."""
    with app.test_request_context(environ_overrides={"broker_admin.language": request.param}):
        yield request.param


def told(rows):
    return {asked.code: words for _, asked_words in rows for asked, words in asked_words}


@pytest.mark.parametrize(("kind", "value", "en", "zh"), [
    (Kind.NUMBER, 0, "0", "0"), (Kind.NUMBER, 1234567, "1,234,567", "1,234,567"),
    (Kind.YUAN, 900000, "900,000", "900,000"), (Kind.LEVEL, 3, "3", "3"),
    (Kind.YES_NO, "yes", "Yes", "是"), (Kind.YES_NO, "no", "No", "否"),
    (Kind.DAY, "2025-06-03", "2025-06-03", "2025-06-03"), (Kind.TEXT, "改了<b>", "改了<b>", "改了<b>"),
    (Kind.NUMBER, None, "", ""), (Kind.TEXT, "", "", ""), (Kind.YES_NO, None, "", ""),
])
def test_every_kind_of_answer_has_its_words(spoken, kind, value, en, zh):
    assert in_words(Asked("code", "label", kind), value) == {"en": en, "zh": zh}[spoken]


def test_every_question_is_shown_in_its_order(spoken):
    rows = answered(ANSWERS)
    assert [section for section, _ in rows] == list(SECTIONS)
    assert [asked for _, listed in rows for asked, _ in listed] == [
        asked for section in SECTIONS for asked in section.asked]


def test_an_empty_report_has_empty_answers(spoken):
    assert set(told(answered({})).values()) == {""}


def test_the_public_part_leaves_the_rest_out(spoken):
    rows = publicly_answered(ANSWERS)
    assert [section.code for section, _ in rows] == ["contacts", "business", "protection", "conduct"]
    assert told(rows).keys() == {asked.code for section in SECTIONS for asked in section.asked
                                 if asked.public}


def test_marks_stand_beside_weight_and_reasons(spoken):
    name = {"en": "Compliance", "zh": "合规"}[spoken]
    parts = parts_of(make_review(V.SCORED).review)
    assert parts[0] == (name, 36, 40, "Seen on file.")
    assert [marks for _, marks, _, _ in parts] == list(GOOD.values())


def test_a_review_without_a_score_has_no_reasons(spoken):
    review = make_review(V.OPEN).review
    assert (parts_of(review), grade_reasons(review)) == ([], [])


def test_the_threshold_is_the_reason_of_a_grade(spoken):
    assert grade_reasons(make_review(V.SCORED).review) == [{
        "en": "90 marks of 100: grade A from 90 marks.",
        "zh": "总分 90 分（满分 100 分）：A 级的最低分为 90 分。",
    }[spoken]]


@pytest.mark.parametrize(("veto", "en", "zh"), [
    (Veto.SERIOUS_PENALTY, "Serious penalty within the year", "年度内受到严重处罚"),
    (Veto.FALSE_MATERIAL, "False material given", "提供虚假材料"),
    (Veto.CERTIFICATE_LENT, "Certificate lent, rented or sold", "出借、出租或者倒卖资格证书"),
])
def test_a_veto_is_told_after_the_threshold(spoken, veto, en, zh):
    made = make_review(V.OPEN)
    made.score(vetoes=[veto])
    threshold, reason = grade_reasons(made.review)
    assert "90" in threshold
    assert reason == {"en": f"{en}: grade D whatever the marks.",
                      "zh": f"{zh}：无论得分多少，均评为 D 级。"}[spoken]


@pytest.mark.parametrize(("grade", "en", "zh"), [
    ("A", "A (Excellent)", "A（优秀）"), ("B", "B (Good)", "B（良好）"),
    ("C", "C (Sufficient)", "C（合格）"), ("D", "D (Insufficient)", "D（不合格）"),
])
def test_a_grade_has_its_letter_and_its_word(spoken, grade, en, zh):
    assert grade_name(grade, REGIME) == {"en": en, "zh": zh}[spoken]
