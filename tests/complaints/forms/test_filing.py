"""Each field of the public forms at its bounds, with what is said about it in both languages."""

from io import BytesIO

import pytest

from broker_admin.clock import day_of, now
from broker_admin.complaints.models import Complaint, Informant, Report
from broker_admin.db import db
from broker_admin.documents import service as documents
from tests.complaints.factories import CANARY, CANARY_PHONE
from tests.documents.files import pdf, picture
from tests.enforcement.factories import later

ABOUT = {"respondent_name": "某某数据有限公司", "narrative": "They sold my data.", "honest": "y"}
COMPLAINT = {**ABOUT, "request": "Delete it.", "name": CANARY, "phone": CANARY_PHONE}
REPORT = {**ABOUT, "named": "no"}

FAULTS = [
    ("respondent_name", "", "Say whom it is about.", "请说明涉及谁。"),
    ("respondent_name", "\0\u200b ", "Say whom it is about.", "请说明涉及谁。"),
    ("respondent_name", "x" * 201, "Use at most 200 characters.", "最多填写 200 个字符。"),
    ("respondent_number", "9" * 61, "Use at most 60 characters.", "最多填写 60 个字符。"),
    ("narrative", "", "Say what happened.", "请说明发生了什么。"),
    ("narrative", "长" * 5001, "Use at most 5000 characters.", "最多填写 5000 个字符。"),
    ("place", "x" * 201, "Use at most 200 characters.", "最多填写 200 个字符。"),
    ("happened_on", "yesterday", "Enter a date such as 2026-11-22.", "请填写日期，例如 2026-11-22。"),
    ("happened_on", "2026-02-30", "Enter a date such as 2026-11-22.", "请填写日期，例如 2026-11-22。"),
    ("happened_on", "2099-01-01", "This day has not come yet.", "该日期尚未到来。"),
    ("email", "nobody", "Enter an e-mail address such as", "请填写电子邮箱，例如 name@example.com。"),
    ("email", "a@" + "b" * 250 + ".cn", "Use at most 254 characters.", "最多填写 254 个字符。"),
    ("honest", "", "Confirm that what you say is true.", "请确认所述属实。"),
]
OF_COMPLAINTS = [
    ("request", " ", "Say what you ask for.", "请说明您的诉求。"),
    ("request", "x" * 2001, "Use at most 2000 characters.", "最多填写 2000 个字符。"),
    ("name", "", "Enter your name.", "请输入姓名。"),
    ("name", "x" * 101, "Use at most 100 characters.", "最多填写 100 个字符。"),
    ("phone", "", "Enter your telephone number.", "请填写电话号码。"),
    ("phone", "1" * 31, "Use at most 30 characters.", "最多填写 30 个字符。"),
    ("address", "x" * 201, "Use at most 200 characters.", "最多填写 200 个字符。"),
    ("other_bodies", "x" * 201, "Use at most 200 characters.", "最多填写 200 个字符。"),
    ("amount", "much", "Enter a whole number in digits.", "请用数字填写一个整数。"),
    ("amount", "1.5", "Enter a whole number in digits.", "请用数字填写一个整数。"),
    ("amount", "-1", "Enter a number from 0 to", "请填写 0 至"),
    ("amount", "9" * 14, "Enter a number from 0 to", "请填写 0 至"),
]
OF_REPORTS = [("named", "", "Say whether you give your name.", "请说明是否实名举报。"),
              ("named", "maybe", "Not a valid choice", "不是有效的选择")]


def count(model):
    return db.session.scalar(db.select(db.func.count(model.id)))


def one(model):
    return db.session.scalars(db.select(model)).one()


def explained(answer, language, english, chinese):
    return answer.status_code == 422 and (english if language == "en" else chinese) in answer.text


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize(("field", "typed", "english", "chinese"), FAULTS + OF_COMPLAINTS)
def test_a_fault_in_a_complaint_is_explained(browser, field, typed, english, chinese, language):
    answer = browser.submit(f"/{language}/complaints/new", **{**COMPLAINT, field: typed})
    assert explained(answer, language, english, chinese)
    assert count(Complaint) == count(Informant) == 0


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize(("field", "typed", "english", "chinese"), FAULTS + OF_REPORTS)
def test_a_fault_in_a_report_is_explained(browser, field, typed, english, chinese, language):
    answer = browser.submit(f"/{language}/complaints/report", **{**REPORT, field: typed})
    if field != "named" or not typed:
        assert explained(answer, language, english, chinese)
    assert (answer.status_code, count(Report), count(Informant)) == (422, 0, 0)


@pytest.mark.parametrize(("field", "length"), [
    ("respondent_name", 200), ("respondent_number", 60), ("narrative", 5000), ("place", 200),
    ("request", 2000), ("name", 100), ("phone", 30), ("address", 200), ("other_bodies", 200)])
def test_the_longest_that_is_allowed_is_kept(browser, field, length):
    typed = "9" * length
    assert browser.submit("/complaints/new", **{**COMPLAINT, field: typed}).status_code == 302
    complaint = one(Complaint)
    assert typed == (getattr(complaint, field, None) or getattr(complaint.informant, field, None))


@pytest.mark.parametrize("amount", ["0", "1,000,000,000,000", "１２"])
def test_amounts_at_their_bounds_are_kept(browser, amount):
    assert browser.submit("/complaints/new", **{**COMPLAINT, "amount": amount}).status_code == 302
    assert one(Complaint).amount == {"0": 0, "１２": 12}.get(amount, 10**12)


@pytest.mark.parametrize(("typed", "day"), [("2026/5/1", "2026-05-01"), ("2026年5月1日", "2026-05-01")])
def test_a_day_is_read_as_it_is_written(browser, typed, day):
    browser.submit("/complaints/report", **{**REPORT, "happened_on": typed})
    assert one(Report).happened_on.isoformat() == day


def test_today_has_come_and_tomorrow_not(browser):
    today, tomorrow = day_of(now()).isoformat(), day_of(later(days=1)).isoformat()
    assert browser.submit("/complaints/report", **REPORT, happened_on=tomorrow).status_code == 422
    assert browser.submit("/complaints/report", **REPORT, happened_on=today).status_code == 302


@pytest.mark.parametrize("field", ["respondent_name", "respondent_number", "narrative", "place", "name",
                                   "phone", "email", "address", "request", "other_bodies", "happened_on",
                                   "amount"])
def test_what_was_typed_is_typed_only_once(browser, field):
    typed = {"email": "me@example.org", "happened_on": "2026-05-01", "amount": "77123"}.get(
        field, f"typed{field}")
    answer = browser.submit("/complaints/new", **{**COMPLAINT, field: typed, "honest": ""})
    assert (answer.status_code, typed in answer.text) == (422, True)


def test_ticks_and_choices_are_kept_too(browser):
    answer = browser.submit("/complaints/report", **{**REPORT, "honest": "", "conduct_codes": ["C06"]})
    ticked = [tag.split(">")[0] for tag in answer.text.split("<input")
              if " checked" in tag.split(">")[0]]
    assert any('value="C06"' in tag for tag in ticked)
    assert any('value="no"' in tag for tag in ticked)


def test_nul_and_invisible_marks_are_left_out(browser):
    browser.submit("/complaints/new", **{**COMPLAINT, "narrative": "They\0 sold\u202e it.", "name": "甲\0"})
    complaint = one(Complaint)
    assert (complaint.narrative, complaint.informant.name) == ("They sold it.", "甲")


def test_nothing_typed_is_kept_as_nothing(browser):
    browser.submit("/complaints/new", **COMPLAINT, place=" ", email="", address="", respondent_number="")
    complaint = one(Complaint)
    assert (complaint.place, complaint.respondent_number, complaint.happened_on) == (None, None, None)
    assert (complaint.informant.email, complaint.informant.address) == (None, None)


def test_nobody_is_named_without_a_tick(browser):
    browser.submit("/complaints/new", **COMPLAINT)
    assert one(Complaint).disclose is False


def test_an_anonymous_report_keeps_only_the_mail(browser):
    browser.submit("/complaints/report", **REPORT, name=CANARY, phone=CANARY_PHONE, email="a@example.org")
    informant = one(Informant)
    assert (informant.name, informant.phone, informant.email) == (None, None, "a@example.org")


def test_a_named_report_keeps_who_made_it(browser):
    browser.submit("/complaints/report", **{**REPORT, "named": "yes"}, name=CANARY, phone=CANARY_PHONE)
    report = one(Report)
    assert (report.anonymous, report.informant.name, report.informant.phone) == (
        False, CANARY, CANARY_PHONE)


@pytest.mark.parametrize(("language", "words"), [
    ("en", "Enter your name, or report anonymously."), ("zh", "请填写姓名，或者选择匿名举报。")])
def test_a_named_report_without_a_name_is_explained(browser, language, words):
    answer = browser.submit(f"/{language}/complaints/report", **{**REPORT, "named": "yes"})
    assert (answer.status_code, words in answer.text, count(Report)) == (422, True, 0)


@pytest.mark.parametrize(("data", "name", "english", "chinese"), [
    (b"", "a.pdf", "This file is empty.", "该文件为空。"),
    (b"MZ\x90", "a.pdf", "Only PDF, PNG and JPEG files are accepted.", "只接受PDF、PNG和JPEG文件"),
    (picture(), "a.pdf", "does not agree with its content", "文件扩展名与内容不符"),
    (pdf(1), "a.png", "does not agree with its content", "文件扩展名与内容不符"),
    (pdf(1)[:60], "a.pdf", "damaged or incomplete", "该文件已损坏或不完整。"),
])
@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_false_file_is_explained_by_its_name(browser, data, name, english, chinese, language):
    answer = browser.submit(f"/{language}/complaints/new", **COMPLAINT, files=[(BytesIO(data), name)])
    assert (answer.status_code, count(Complaint), count(Informant)) == (422, 0, 0)
    assert f"{name}: " in answer.text
    assert (english if language == "en" else chinese) in answer.text


def test_one_bad_file_refuses_the_good_ones_too(browser):
    files = [(BytesIO(pdf(1)), "good.pdf"), (BytesIO(b"MZ"), "bad.pdf")]
    answer = browser.submit("/complaints/new", **COMPLAINT, files=files)
    assert (answer.status_code, count(Complaint)) == (422, 0)
    assert db.session.scalar(db.text("SELECT count(*) FROM document")) == 0
    assert "bad.pdf: " in answer.text


@pytest.mark.parametrize(("language", "words"), [
    ("en", "This file is larger than 0 MB."), ("zh", "0 MB")])
def test_a_file_above_the_limit_is_explained(app, browser, monkeypatch, language, words):
    monkeypatch.setitem(app.config, "MAX_UPLOAD_MEGABYTES", 0)
    answer = browser.submit(f"/{language}/complaints/new", **COMPLAINT, files=[(BytesIO(pdf(1)), "a.pdf")])
    assert (answer.status_code, words in answer.text, count(Complaint)) == (422, True, 0)


def test_five_files_are_not_too_many(browser):
    files = [(BytesIO(pdf(pages)), f"{pages}.pdf") for pages in range(1, 6)]
    assert browser.submit("/complaints/new", **COMPLAINT, files=files).status_code == 302
    assert len(documents.of(one(Complaint).reference, "evidence")) == 5


@pytest.mark.parametrize(("language", "words"), [
    ("en", "Choose at most 5 files."), ("zh", "最多选择 5 个文件。")])
def test_a_sixth_file_is_explained(browser, language, words):
    files = [(BytesIO(pdf(1)), f"{number}.pdf") for number in range(6)]
    answer = browser.submit(f"/{language}/complaints/report", **REPORT, files=files)
    assert (answer.status_code, words in answer.text) == (422, True)


def test_a_path_in_a_file_name_is_cut_off(browser):
    browser.submit("/complaints/new", **COMPLAINT, files=[(BytesIO(pdf(1)), "../../etc/e.pdf")])
    (kept,) = documents.of(one(Complaint).reference)
    assert "/" not in kept.name
