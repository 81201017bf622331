from datetime import date

import pytest

from tests.applications.forms.filling import fill, said

FAULTS = [
    ("legal_form", "", "Choose the legal form.", "请选择机构类型。"),
    ("legal_form", "club", "Not a valid choice.", "不是有效的选择。"),
    ("established_on", "", "Enter the day of establishment.", "请填写成立日期。"),
    ("established_on", "   ", "Enter the day of establishment.", "请填写成立日期。"),
    ("established_on", "2020-02-30", "Enter a date such as 2026-11-22.", "请填写日期，例如 2026-11-22。"),
    ("established_on", "yesterday", "Enter a date such as 2026-11-22.", "请填写日期，例如 2026-11-22。"),
    ("established_on", "2026-11-24", "The day of establishment cannot be in the future.",
     "成立日期不得晚于今天。"),
    ("registered_capital", "", "Enter the registered capital.", "请填写注册资本。"),
    ("registered_capital", " ", "Enter the registered capital.", "请填写注册资本。"),
    ("registered_capital", "much", "Enter a whole number in digits.", "请用数字填写一个整数。"),
    ("registered_capital", "-1", "Enter a number from 0 to 1,000,000,000,000.",
     "请填写 0 至 1,000,000,000,000 之间的数字。"),
    ("registered_capital", "1000000000001", "Enter a number from 0 to 1,000,000,000,000.",
     "请填写 0 至 1,000,000,000,000 之间的数字。"),
    ("paid_in_capital", "", "Enter the paid-in capital.", "请填写实缴资本。"),
    ("paid_in_capital", "1.5", "Enter a whole number in digits.", "请用数字填写一个整数。"),
    ("paid_in_capital", "50000001", "Paid-in capital cannot exceed registered capital.",
     "实缴资本不得超过注册资本。"),
    ("registered_address", "", "Enter the registered address.", "请填写住所。"),
    ("registered_address", "x" * 201, "Use at most 200 characters.", "最多填写 200 个字符。"),
    ("business_address", " ", "Enter the place of business.", "请填写经营场所。"),
    ("business_address", "x" * 201, "Use at most 200 characters.", "最多填写 200 个字符。"),
    ("business_term_to", "2020-03-02", "The business term must end after the establishment.",
     "营业期限应当晚于成立日期。"),
    ("business_term_to", "soon", "Enter a date such as 2026-11-22.", "请填写日期，例如 2026-11-22。"),
    ("website", "http://example.org", "Enter a web address that begins with https://.",
     "请填写以 https:// 开头的网址。"),
    ("website", "https://a b", "Enter a web address that begins with https://.",
     "请填写以 https:// 开头的网址。"),
    ("website", "javascript:alert(1)", "Enter a web address that begins with https://.",
     "请填写以 https:// 开头的网址。"),
    ("icp_number", "12345", "Enter the number as it is displayed, such as 粤ICP备12345678号.",
     "请按公示样式填写备案号，例如粤ICP备12345678号。"),
    ("icp_number", "x" * 41,
     "Use at most 40 characters. Enter the number as it is displayed, such as 粤ICP备12345678号.",
     "最多填写 40 个字符。 请按公示样式填写备案号，例如粤ICP备12345678号。"),
    ("controllers", "", "Name the ultimate controllers.", "请填写实际控制人。"),
    ("controllers", "x" * 1001, "Use at most 1000 characters.", "最多填写 1000 个字符。"),
    ("foreign_percent", "", "Enter a number; 0 if none.", "请填写数字，没有的填0。"),
    ("foreign_percent", "101", "Enter a number from 0 to 100.", "请填写 0 至 100 之间的数字。"),
]

@pytest.mark.parametrize(("field", "typed", "english", "chinese"), FAULTS)
def test_each_question_says_what_is_wrong(field, typed, english, chinese):
    for language, sentence in (("en", english), ("zh", chinese)):
        found = said(lambda: fill("organization", **{field: typed}), language)
        assert " ".join(found[field]) == sentence


def test_a_complete_section_has_no_fault():
    form = fill("organization")
    assert form.errors == {}
    assert form.established_on.data == date(2020, 3, 2)


@pytest.mark.parametrize("typed", [
    "2020年3月2日", "2020/3/2", "2020.3.2",
    "２０２０-０３-０２", " 2020 - 03 - 02 "])
def test_a_day_is_read_however_it_is_written(typed):
    assert fill("organization", established_on=typed).established_on.data == date(2020, 3, 2)


@pytest.mark.parametrize(("typed", "number"), [
    ("50,000,000", 50_000_000), ("５００００００", 5_000_000), ("1 000", 1000), ("0", 0)])
def test_an_amount_is_read_with_its_separators(typed, number):
    form = fill("organization", registered_capital=typed, paid_in_capital="0")
    assert (form.registered_capital.data, form.errors) == (number, {})


def test_capital_may_be_paid_in_entirely():
    assert fill("organization", paid_in_capital="50000000").errors == {}


def test_paid_in_capital_waits_for_the_registered():
    found = fill("organization", registered_capital="").errors
    assert set(found) == {"registered_capital"}


def test_founded_today_is_early_enough():
    assert fill("organization", established_on="2026-11-23", business_term_to="2026-11-24").errors == {}


@pytest.mark.parametrize("field", ["business_term_to", "website", "icp_number"])
def test_what_is_optional_may_stay_empty(field):
    for nothing in ("", "   ", None):
        assert fill("organization", **{field: nothing}).errors == {}


@pytest.mark.parametrize("number", [
    "粤ICP备12345678号", "粤ICP备12345678号-1", "京ICP证030173号",
    "粤ICP備12345678号", "粤ＩＣＰ备１２３４５６７８号"])
def test_a_filing_number_is_read_as_displayed(number):
    assert fill("organization", icp_number=number).errors == {}


@pytest.mark.parametrize("number", [
    "粤ICP备12345号", "ICP备12345678号", "粤ICP备12345678号-",
    "粤ICP备12345678"])
def test_a_filing_number_cut_short_is_refused(number):
    assert list(fill("organization", icp_number=number).errors) == ["icp_number"]


@pytest.mark.parametrize("percent", ["0", "49", "100"])
def test_a_foreign_share_goes_to_a_hundred(percent):
    assert fill("organization", foreign_percent=percent).foreign_percent.data == int(percent)


def test_invisible_characters_do_not_stay():
    form = fill("organization", registered_address="广州\u200b市\x00海珠\u202e区")
    assert form.registered_address.data == "广州市海珠区"


def test_every_field_may_be_missing_at_once():
    nothing = dict.fromkeys(fill("organization").data)
    assert set(fill("organization", **nothing).errors) == {
        "legal_form", "established_on", "registered_capital", "paid_in_capital",
        "registered_address", "business_address", "controllers", "foreign_percent"}
