import pytest

from tests.applications.forms.filling import fill, said

FAULTS = [
    ("dcmm_level", "6", "Not a valid choice.", "不是有效的选择。"),
    ("dcmm_number", "", "Enter the number of the certificate.", "请填写证书编号。"),
    ("dcmm_number", "x" * 61, "Use at most 60 characters.", "最多填写 60 个字符。"),
    ("dcmm_valid_to", "", "The certificate must be valid on the day you apply.",
     "证书在申请当日应当有效。"),
    ("dcmm_valid_to", "2026-11-22", "The certificate must be valid on the day you apply.",
     "证书在申请当日应当有效。"),
    ("dcmm_valid_to", "later", "Enter a date such as 2026-11-22.", "请填写日期，例如 2026-11-22。"),
    ("mlps_level", "5", "Not a valid choice.", "不是有效的选择。"),
    ("mlps_number", "", "Enter the filing number.", "请填写备案编号。"),
    ("mlps_number", "x" * 41, "Use at most 40 characters.", "最多填写 40 个字符。"),
    ("mlps_reported_on", "", "Enter the date of the report.", "请填写报告日期。"),
    ("mlps_reported_on", "2026-11-24", "The report cannot be from the future.", "报告日期不得晚于今天。"),
    ("mlps_reported_on", "2025-10-01", "The report is older than 12 months.", "报告已超过12个月。"),
    ("mlps_reported_on", "x", "Enter a date such as 2026-11-22.", "请填写日期，例如 2026-11-22。"),
    ("mlps_score", "101", "Enter a number from 0 to 100.", "请填写 0 至 100 之间的数字。"),
    ("mlps_score", "good", "Enter a whole number in digits.", "请用数字填写一个整数。"),
    ("platform", "", "Describe the platform.", "请说明平台情况。"),
    ("platform", "x" * 2001, "Use at most 2000 characters.", "最多填写 2000 个字符。"),
    ("location", "", "Enter where it is deployed.", "请填写部署地。"),
    ("location", "x" * 201, "Use at most 200 characters.", "最多填写 200 个字符。"),
]

@pytest.mark.parametrize(("field", "typed", "english", "chinese"), FAULTS)
def test_each_question_says_what_is_wrong(field, typed, english, chinese):
    for language, sentence in (("en", english), ("zh", chinese)):
        found = said(lambda: fill("technology", **{field: typed}), language)
        assert " ".join(found[field]) == sentence


def test_a_complete_technical_section_passes():
    assert fill("technology").errors == {}


@pytest.mark.parametrize("field", ["dcmm_number", "dcmm_valid_to"])
@pytest.mark.parametrize("level", ["1", "2", "3", "4", "5"])
def test_a_level_claimed_needs_its_certificate(level, field):
    for nothing in ("", "  ", None):
        form = fill("technology", dcmm_level=level, **{field: nothing})
        assert list(form.errors) == [field]


def test_without_a_level_no_certificate_is_asked():
    form = fill("technology", dcmm_level="0", dcmm_number="", dcmm_valid_to="")
    assert form.errors == {}


def test_without_a_level_an_old_certificate_is_no_fault():
    assert fill("technology", dcmm_level="0", dcmm_valid_to="2020-01-01").errors == {}


def test_a_certificate_may_end_today():
    assert fill("technology", dcmm_valid_to="2026-11-23").errors == {}


@pytest.mark.parametrize(("level", "reported_on", "accepted"), [
    ("1", "2025-01-01", True), ("2", "2025-01-01", True), ("3", "2025-01-01", False),
    ("4", "2025-01-01", False), ("3", "2025-11-16", True), ("3", "2025-11-15", False),
    ("2", "2024-11-09", True), ("2", "2024-11-08", False), ("4", "2026-11-23", True)])
def test_a_report_ages_by_its_level(level, reported_on, accepted):
    form = fill("technology", mlps_level=level, mlps_reported_on=reported_on)
    assert ("mlps_reported_on" not in form.errors) is accepted


@pytest.mark.parametrize("level", ["0", "5", "abc", "", "-1"])
def test_an_unknown_level_has_its_own_sentence(level):
    assert said(lambda: fill("technology", mlps_level=level), "en") == {
        "mlps_level": ["Not a valid choice."]}


def test_a_score_may_be_left_out():
    form = fill("technology", mlps_score="")
    assert (form.mlps_score.data, form.errors) == (None, {})


@pytest.mark.parametrize(("typed", "kept"), [("y", True), (None, False), ("false", False)])
def test_servers_abroad_are_an_answer_too(typed, kept):
    form = fill("technology", in_mainland=typed)
    assert (form.in_mainland.data, form.errors) == (kept, {})
