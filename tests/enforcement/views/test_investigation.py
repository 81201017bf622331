import pytest

from broker_admin.clock import at
from broker_admin.db import db
from broker_admin.enforcement.workflow import CaseStatus as S
from broker_admin.permissions import Role
from tests.enforcement.factories import (
    PAUSE,
    later,
    make_acquitted,
    make_asked,
    make_closed,
    make_dropped,
    make_imposed,
    make_investigated,
    make_notified,
    make_opened,
    make_stated,
    recorded,
)
from tests.factories import make_member, make_user

FINDING = {"conduct_code": "C01", "established": "yes", "facts": "Seen.", "evidence": "Contract."}
NOTICE = {"measure": "PAUSE", "months": "3", "basis": PAUSE["basis"], "reasons": "Unmet."}

# Step: from where, by whom, what is typed, where it leads, and what is read afterwards.
STEPS = {
    "join": (make_opened, "second", {}, S.INVESTIGATING, "You are the second investigator now.",
             "您已成为第二名执法人员。"),
    "find": (make_investigated, "second", FINDING, S.INVESTIGATING, "The finding is recorded.",
             "认定事实已记录。"),
    "drop": (make_investigated, "first", {"reason": "Nothing."}, S.NOT_FILED,
             "The case is not pursued.", "案件不予立案。"),
    "give-notice": (make_investigated, "first", NOTICE, S.PRIOR_NOTICE,
                    "The notice is given; the party may answer it.",
                    "已作出事先告知，当事人可以陈述、申辩。"),
    "refer": (make_stated, "second", {}, S.LEGAL_REVIEW, "The case is with the legal review.",
              "案件已提交法制审核。"),
    "close": (make_imposed, "first", {"reason": "Over."}, S.CLOSED, "The case is closed.", "案件已结案。"),
}
NAMES = sorted(STEPS)


def path(case, name, language="en"):
    return f"/{language}/cases/{case.reference}/{name}"


def made(cast, name):
    make, who, *_ = STEPS[name]
    return make(cast), getattr(cast, who)


def take(browser, case, name, language="en", **changes):
    return browser.submit(path(case, name, language), **{**STEPS[name][2], **changes})


def take_from(browser, case, name):
    """Posted with the token of some other page, as by hand."""
    return browser.submit(path(case, name), page="/complaints/follow", **STEPS[name][2])


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("name", NAMES)
def test_each_step_leads_on_and_says_so(browser, cast, name, language):
    case, officer = made(cast, name)
    *_, status, english, chinese = STEPS[name]
    answer = take(browser.sign_in(officer), case, name, language)
    assert (answer.status_code, case.status) == (302, status)
    assert (english if language == "en" else chinese) in browser.get(answer.location).text


@pytest.mark.parametrize("name", NAMES)
def test_looking_at_a_step_changes_nothing(browser, cast, name):
    case, officer = made(cast, name)
    before = (case.status, recorded(case))
    assert browser.sign_in(officer).get(path(case, name)).status_code == 200
    assert (case.status, recorded(case)) == before


@pytest.mark.parametrize("name", NAMES)
def test_nobody_without_the_office_takes_a_step(browser, cast, name):
    case, _ = made(cast, name)
    before = (case.status, recorded(case))
    for user in (cast.member, make_member(password_hash="-")[0], make_user(password_hash="-"),
                 cast.lawyer, cast.decider, make_user(Role.AUDITOR, password_hash="-")):
        browser.sign_in(user)
        assert browser.get(path(case, name)).status_code == 404
        assert take_from(browser, case, name).status_code == 404
    assert (case.status, recorded(case)) == before


@pytest.mark.parametrize("name", ["find", "drop", "give-notice", "refer"])
@pytest.mark.parametrize(("language", "words"), [
    ("en", "Only the investigators of this case may do this."), ("zh", "只有本案执法人员可以办理。")])
def test_a_colleague_is_told_whose_case_it_is(browser, cast, name, language, words):
    case, _ = made(cast, name)
    before = (case.status, recorded(case))
    browser.sign_in(make_user(Role.ENFORCEMENT_OFFICER, password_hash="-"))
    answer = browser.get(path(case, name, language))
    assert (answer.status_code, words in answer.text) == (409, True)
    assert take_from(browser, case, name).status_code == 409
    assert (case.status, recorded(case)) == before


@pytest.mark.parametrize("make", [make_dropped, make_acquitted, make_closed])
@pytest.mark.parametrize("name", NAMES)
def test_after_the_end_each_step_is_a_conflict(browser, cast, name, make):
    case = make(cast)
    before = (case.status, recorded(case))
    browser.sign_in(cast.first)
    assert take_from(browser, case, name).status_code == 409
    if name != "join":
        assert browser.get(path(case, name)).status_code == 409
    assert (case.status, recorded(case)) == before


@pytest.mark.parametrize(("name", "typed", "english", "chinese"), [
    ("find", {"conduct_code": ""}, "Choose the conduct.", "请选择行为。"),
    ("find", {"established": ""}, "Say whether it is established.", "请说明行为是否成立。"),
    ("find", {"facts": " "}, "State the facts.", "请写明事实。"),
    ("find", {"facts": "13812345678"}, "Leave mobile numbers out", "请勿在此处填写手机号码。"),
    ("find", {"evidence": "\0"}, "Name the evidence.", "请列明证据。"),
    ("find", {"evidence": "x" * 5001}, "Use at most 5000 characters.", "最多填写 5000 个字符。"),
    ("drop", {"reason": ""}, "Give the reasons.", "请写明理由。"),
    ("drop", {"reason": "x" * 2001}, "Use at most 2000 characters.", "最多填写 2000 个字符。"),
    ("close", {"reason": " "}, "Give the reasons.", "请写明理由。"),
    ("give-notice", {"measure": ""}, "Choose the measure.", "请选择处理措施。"),
    ("give-notice", {"basis": ""}, "Choose the legal basis.", "请选择法律依据。"),
    ("give-notice", {"months": ""}, "Say for how many months", "请填写处理措施的月数。"),
    ("give-notice", {"months": "7"}, "longer than the rules allow", "处理措施的期限超过规定上限。"),
    ("give-notice", {"measure": "REMIND"}, "has no length of time", "此项处理没有期限。"),
    ("give-notice", {"measure": "REVOCATION", "months": ""}, "does not carry the measure",
     "该法律依据不支持此项处理。"),
    ("give-notice", {"reasons": "\0"}, "Give the reasons.", "请写明理由。"),
])
@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_faulty_step_is_explained_and_undone(browser, cast, name, typed, english, chinese, language):
    case, officer = made(cast, name)
    before = (case.status, recorded(case))
    answer = take(browser.sign_in(officer), case, name, language, **typed)
    assert answer.status_code == 422
    assert (english if language == "en" else chinese) in answer.text
    assert (case.status, recorded(case)) == before


@pytest.mark.parametrize("field", ["facts", "evidence"])
def test_what_was_typed_stays_on_the_page(browser, cast, field):
    case, officer = made(cast, "find")
    answer = take(browser.sign_in(officer), case, "find", **{field: "长" * 5001})
    assert (answer.status_code, "长" * 5001 in answer.text) == (422, True)
    assert 'selected value="C01"' in answer.text


@pytest.mark.parametrize("name", NAMES)
def test_the_second_of_two_at_once_meets_a_conflict(app, browser, cast, name):
    case, officer = made(cast, name)
    other = app.test_client().sign_in(cast.first if officer is cast.second else cast.second)
    if name == "join":
        other.sign_in(make_user(Role.ENFORCEMENT_OFFICER, password_hash="-"))
    opened = other.get(path(case, name)).text
    assert take(browser.sign_in(officer), case, name).status_code == 302
    before = recorded(case)
    token = opened.split('name="csrf_token"')[1].split('value="')[1].split('"')[0]
    late = other.post(path(case, name), data={**STEPS[name][2], "csrf_token": token})
    # Both investigators may record what they found, one after the other.
    assert late.status_code == (302 if name == "find" else 409)
    assert name == "find" or recorded(case) == before


@pytest.mark.parametrize(("language", "words"), [
    ("en", "Two investigators are needed"), ("zh", "作出事先告知前须有两名执法人员。")])
def test_one_investigator_alone_gives_no_notice(browser, cast, language, words):
    case = make_opened(cast)
    browser.sign_in(cast.first)
    assert take(browser, case, "find").status_code == 302
    answer = take(browser, case, "give-notice", language)
    assert (answer.status_code, words in answer.text) == (409, True)
    assert (case.status, case.notices) == (S.INVESTIGATING, [])


@pytest.mark.parametrize(("language", "words"), [
    ("en", "The party still has time for its statement."), ("zh", "当事人的陈述、申辩期限尚未届满。")])
def test_no_referral_while_the_party_has_time(browser, cast, language, words):
    case = make_notified(cast)
    answer = browser.sign_in(cast.first).get(path(case, "refer", language))
    assert (answer.status_code, words in answer.text) == (409, True)
    assert case.status is S.PRIOR_NOTICE


def test_silence_opens_the_referral(browser, cast):
    case = make_notified(cast)
    db.session.commit()
    with at(later(days=30)):
        answer = take(browser.sign_in(cast.first), case, "refer")
    assert (answer.status_code, case.status) == (302, S.LEGAL_REVIEW)


@pytest.mark.parametrize(("language", "words"), [
    ("en", "The party asked for a hearing, which has not been held yet."), ("zh", "要求的听证尚未举行。")])
def test_no_referral_before_the_hearing(browser, cast, language, words):
    case = make_asked(cast)
    answer = browser.sign_in(cast.first).get(path(case, "refer", language))
    assert (answer.status_code, words in answer.text) == (409, True)


def test_the_notice_offers_only_what_the_findings_carry(browser, cast):
    case = make_investigated(cast)
    page = browser.sign_in(cast.first).get(path(case, "give-notice")).text
    assert 'value="REVOCATION"' in page
    assert "数据安全法第47条 – " in page
    assert 'value="WARNING"' not in page


def test_each_measure_is_named_in_the_readers_language(browser, cast):
    case = make_investigated(cast)
    browser.sign_in(cast.first)
    assert "Suspension of recognition" in browser.get(path(case, "give-notice")).text
    page = browser.get(path(case, "give-notice", "zh")).text
    assert ("暂停资格" in page, "Suspension of recognition" in page) == (True, False)


def test_closing_is_open_to_whoever_holds_the_office(browser, cast):
    case = make_imposed(cast)
    browser.sign_in(make_user(Role.ENFORCEMENT_OFFICER, password_hash="-"))
    assert take(browser, case, "close").status_code == 302
    assert (case.status, case.ended_reason) == (S.CLOSED, "Over.")
