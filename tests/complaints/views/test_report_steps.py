import pytest

from broker_admin.clock import at
from broker_admin.complaints.workflow import ReportStatus as R
from broker_admin.db import db
from broker_admin.enforcement.models import Case
from broker_admin.permissions import Role
from tests.complaints.factories import (
    account,
    make_case_filed,
    make_closed_report,
    make_not_filed,
    make_report,
    make_told,
    make_verified,
    recorded,
)
from tests.enforcement.factories import later
from tests.factories import make_member, make_user

# Step: from where, what is typed, where it leads, and what the officer reads afterwards.
STEPS = {
    "verify": (make_report, {}, R.VERIFYING, "The verification has begun.", "核查已开始。"),
    "extend": (make_verified, {"reason": "Two cities."}, R.VERIFYING, "The verification is extended.",
               "核查期限已延长。"),
    "file-case": (make_verified, {"conduct_codes": ["C06"], "facts": "A lead."}, R.CASE_FILED,
                  "A case is filed on the report.", "已根据该举报立案。"),
    "not-file": (make_verified, {"reason": "Nothing."}, R.NOT_FILED, "No case is filed on the report.",
                 "对该举报不予立案。"),
    "tell": (make_not_filed, {"reply": "No case."}, R.REPLIED, "The reporter is told.", "已告知举报人。"),
    "close": (make_told, {}, R.CLOSED, "The report is closed.", "举报已办结。"),
    "ask": (make_verified, {"text": "Where?"}, R.VERIFYING, "The question is asked.", "问题已提出。"),
}
NAMES = sorted(STEPS)


def path(report, name, language="en"):
    return f"/{language}/complaints/reports/{report.reference}/{name}"


def take(browser, report, name, language="en", **changes):
    return browser.submit(path(report, name, language), **{**STEPS[name][1], **changes})


def take_from(browser, report, name):
    """Posted with the token of some other page, as by hand."""
    return browser.submit(path(report, name), page="/complaints/follow", **STEPS[name][1])


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("name", NAMES)
def test_each_step_leads_on_and_says_so(browser, scene, name, language):
    make, _, status, english, chinese = STEPS[name]
    report = make(scene)
    answer = take(browser.sign_in(scene.officer), report, name, language)
    assert (answer.status_code, report.status) == (302, status)
    assert (english if language == "en" else chinese) in browser.get(answer.location).text


@pytest.mark.parametrize("name", NAMES)
def test_nobody_else_takes_a_step(browser, scene, name):
    report = STEPS[name][0](scene)
    before = (report.status, recorded(report))
    outsiders = [scene.member, make_member(password_hash="-")[0], make_user(password_hash="-"),
                 make_user(Role.DECIDER, password_hash="-"), make_user(Role.AUDITOR, password_hash="-")]
    for user in outsiders:
        browser.sign_in(user)
        assert browser.get(path(report, name)).status_code == 404
        assert take_from(browser, report, name).status_code == 404
    assert (report.status, recorded(report)) == before


@pytest.mark.parametrize("name", NAMES)
def test_looking_at_a_step_changes_nothing(browser, scene, name):
    report = STEPS[name][0](scene)
    before = (report.status, recorded(report))
    assert browser.sign_in(scene.officer).get(path(report, name)).status_code == 200
    assert (report.status, recorded(report)) == before


@pytest.mark.parametrize(("language", "words"), [
    ("en", ("already moved on", "not open any more")), ("zh", ("该事项已有进展", "该步骤已不能办理"))])
@pytest.mark.parametrize("name", NAMES)
def test_after_the_end_each_step_is_a_conflict(browser, scene, name, language, words):
    report = make_closed_report(scene)
    before = recorded(report)
    answer = browser.sign_in(scene.officer).get(path(report, name, language))
    assert answer.status_code == 409
    assert any(sentence in answer.text for sentence in words)
    assert take_from(browser, report, name).status_code == 409
    assert (report.status, recorded(report)) == (R.CLOSED, before)


@pytest.mark.parametrize(("name", "typed", "english", "chinese"), [
    ("extend", {"reason": ""}, "Give the reasons.", "请写明理由。"),
    ("extend", {"reason": "x" * 2001}, "Use at most 2000 characters.", "最多填写 2000 个字符。"),
    ("not-file", {"reason": "\0"}, "Give the reasons.", "请写明理由。"),
    ("tell", {"reply": " "}, "Say what the reporter is told.", "请填写告知举报人的内容。"),
    ("file-case", {"conduct_codes": []}, "Choose at least one kind of conduct.", "请至少选择一项行为。"),
    ("file-case", {"facts": "x" * 5001}, "Use at most 5000 characters.", "最多填写 5000 个字符。"),
    ("file-case", {"facts": "By 13812345678"}, "Leave mobile numbers out", "请勿在此处填写手机号码。"),
    ("ask", {"text": ""}, "Write the question.", "请填写问题。"),
])
@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_faulty_step_is_explained_and_undone(browser, scene, name, typed, english, chinese, language):
    report = STEPS[name][0](scene)
    before = (report.status, recorded(report))
    answer = take(browser.sign_in(scene.officer), report, name, language, **typed)
    assert answer.status_code == 422
    assert (english if language == "en" else chinese) in answer.text
    assert (report.status, recorded(report)) == before


@pytest.mark.parametrize(("make", "closed"), [
    (make_report, {"file-case", "tell", "close"}), (make_verified, {"verify", "tell", "close"}),
    (make_not_filed, {"verify", "file-case", "not-file"}),
    (make_case_filed, {"verify", "file-case", "not-file"}),
    (make_told, {"verify", "file-case", "not-file", "tell", "extend", "ask"})])
def test_steps_out_of_turn_change_nothing(browser, scene, make, closed):
    report = make(scene)
    before = (report.status, recorded(report))
    browser.sign_in(scene.officer)
    for name in closed:
        assert take_from(browser, report, name).status_code == 409, name
    assert (report.status, recorded(report)) == before


@pytest.mark.parametrize(("language", "words"), [
    ("en", "The period can be extended once"), ("zh", "期限只能延长一次，且须在届满前延长。")])
def test_a_second_extension_is_refused_in_words(browser, scene, language, words):
    report = make_verified(scene)
    assert take(browser.sign_in(scene.officer), report, "extend").status_code == 302
    again = take(browser, report, "extend", language, reason="Three cities.")
    assert (again.status_code, words in again.text) == (409, True)
    assert report.extension_reason == "Two cities."


def test_an_extension_after_the_time_is_refused(browser, scene):
    report = make_verified(scene)
    db.session.commit()
    with at(later(days=60)):
        answer = take(browser.sign_in(scene.officer), report, "extend")
    assert (answer.status_code, report.extended_on) == (409, None)


@pytest.mark.parametrize(("language", "words"), [
    ("en", "The report is anonymous: there is nobody to tell."), ("zh", "该举报为匿名，无需告知。")])
def test_an_anonymous_reporter_is_never_told(browser, scene, language, words):
    report = make_not_filed(scene, named=False)
    answer = take(browser.sign_in(scene.officer), report, "tell", language)
    assert (answer.status_code, words in answer.text) == (409, True)
    assert (report.status, report.reply) == (R.NOT_FILED, None)


@pytest.mark.parametrize(("language", "words"), [
    ("en", "Tell the reporter first whether a case was filed."), ("zh", "请先告知举报人是否立案。")])
def test_no_report_closes_before_its_reporter_is_told(browser, scene, language, words):
    report = make_case_filed(scene)
    answer = take(browser.sign_in(scene.officer), report, "close", language)
    assert (answer.status_code, words in answer.text) == (409, True)
    assert report.status is R.CASE_FILED


def test_a_case_on_somebody_unknown_files_nothing(browser, scene):
    report = make_verified(scene, about=account(scene, respondent_name="某社", respondent_number=None))
    answer = take(browser.sign_in(scene.officer), report, "file-case", "zh")
    assert (answer.status_code, "请先确认被投诉举报人。" in answer.text) == (409, True)
    assert (report.status, report.decided_on) == (R.VERIFYING, None)
    assert db.session.scalar(db.select(db.func.count(Case.id))) == 0


@pytest.mark.parametrize("name", NAMES)
def test_the_second_of_two_officers_meets_a_conflict(app, browser, scene, name):
    report = STEPS[name][0](scene)
    other = app.test_client().sign_in(make_user(Role.ENFORCEMENT_OFFICER, password_hash="-"))
    opened = other.get(path(report, name)).text
    assert take(browser.sign_in(scene.officer), report, name).status_code == 302
    before = recorded(report)
    token = opened.split('name="csrf_token"')[1].split('value="')[1].split('"')[0]
    late = other.post(path(report, name), data={**STEPS[name][1], "csrf_token": token})
    assert (late.status_code, recorded(report)) == (409, before)


@pytest.mark.parametrize("name", [*NAMES, "identify"])
def test_an_unknown_report_has_no_steps(browser, scene, name):
    browser.sign_in(scene.officer)
    for reference in ("JB-2026-999999", "x", "TS-2026-000001"):
        assert browser.get(f"/complaints/reports/{reference}/{name}").status_code == 404


def test_identifying_the_reported_party_tells_nobody(browser, scene):
    report = make_verified(scene, about=account(scene, respondent_name="某社", respondent_number=None))
    answer = browser.sign_in(scene.officer).submit(path(report, "identify"), uscc=scene.organization.uscc)
    assert (answer.status_code, report.organization) == (302, scene.organization)
    browser.sign_in(scene.member)
    for page in ("/inbox/", "/complaints/mine", "/cases/"):
        assert report.reference not in browser.get(page, follow_redirects=True).text
