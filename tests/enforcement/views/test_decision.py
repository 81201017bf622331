import pytest

from broker_admin.clock import at, day_of, now
from broker_admin.db import db
from broker_admin.enforcement.models import Case
from broker_admin.enforcement.workflow import CaseStatus as S
from broker_admin.licenses import service as licenses
from broker_admin.licenses.workflow import LicenseStatus as L
from broker_admin.permissions import Role
from tests.enforcement.factories import (
    END,
    PAUSE,
    REMIND,
    REVOKE,
    later,
    make_asked,
    make_called,
    make_cleared,
    make_closed,
    make_imposed,
    make_referred,
    make_stated,
    recorded,
)
from tests.factories import make_member, make_user

DECISION = {"measure": "PAUSE", "months": "3", "basis": PAUSE["basis"], "reasons": "As announced."}
THE_DAY = day_of(later(days=30)).isoformat()

# Step: from where, by whom, what is typed, where it leads, and what is read afterwards.
STEPS = {
    "call-hearing": (make_asked, "lawyer", {"on": THE_DAY}, S.STATEMENT,
                     "The party is told the day of the hearing.", "已将听证日期通知当事人。"),
    "clear": (make_referred, "lawyer", {"opinion": "In order."}, S.DECISION_PENDING,
              "The case is with the decider.", "案件已提请决定。"),
    "reopen": (make_referred, "lawyer", {"opinion": "Not enough."}, S.INVESTIGATING,
               "The case is back with the investigators.", "案件已退回执法人员。"),
    "impose": (make_cleared, "decider", DECISION, S.EXECUTING,
               "The decision is made, and acts on the license at once.",
               "处理决定已作出，对资格证书即时生效。"),
    "acquit": (make_cleared, "decider", {"reason": "Not proven."}, S.NO_MEASURE,
               "The case ends without a measure; the party is told.", "本案不予处理，已告知当事人。"),
}
NAMES = sorted(STEPS)


def path(case, name, language="en"):
    return f"/{language}/cases/{case.reference}/{name}"


def made(cast, name):
    make, who, *_ = STEPS[name]
    return make(cast), getattr(cast, who)


def take(browser, case, name, language="en", **changes):
    return browser.submit(path(case, name, language), **{**STEPS[name][2], **changes})


def typed_for(terms):
    return {"measure": terms["measure"], "months": str(terms["months"] or ""), "basis": terms["basis"]}


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("name", NAMES)
def test_each_step_leads_on_and_says_so(browser, cast, name, language):
    case, officer = made(cast, name)
    *_, status, english, chinese = STEPS[name]
    answer = take(browser.sign_in(officer), case, name, language)
    assert (answer.status_code, case.status) == (302, status)
    assert (english if language == "en" else chinese) in browser.get(answer.location).text


@pytest.mark.parametrize("name", NAMES)
def test_nobody_else_takes_a_step(browser, cast, name):
    case, officer = made(cast, name)
    before = (case.status, recorded(case))
    others = {cast.first, cast.second, cast.lawyer, cast.decider, cast.member} - {officer}
    for user in (*others, make_member(password_hash="-")[0], make_user(Role.AUDITOR, password_hash="-")):
        browser.sign_in(user)
        assert browser.get(path(case, name)).status_code == 404
        posted = browser.submit(path(case, name), page="/complaints/follow", **STEPS[name][2])
        assert posted.status_code == 404
    assert (case.status, recorded(case)) == before


@pytest.mark.parametrize("make", [make_stated, make_imposed, make_closed])
@pytest.mark.parametrize("name", NAMES)
def test_out_of_turn_each_step_is_a_conflict(browser, cast, name, make):
    case, officer = make(cast), getattr(cast, STEPS[name][1])
    before = (case.status, recorded(case))
    posted = browser.sign_in(officer).submit(
        path(case, name), page="/complaints/follow", **STEPS[name][2])
    # Whoever reviewed the law is barred from every later step, and sees none of it.
    assert posted.status_code in ({404, 409} if officer is cast.lawyer else {409})
    assert (case.status, recorded(case)) == before


@pytest.mark.parametrize("name", NAMES)
def test_the_second_of_two_at_once_meets_a_conflict(app, browser, cast, name):
    case, officer = made(cast, name)
    role = Role.LEGAL_REVIEWER if officer is cast.lawyer else Role.DECIDER
    other = app.test_client().sign_in(make_user(role, password_hash="-"))
    opened = other.get(path(case, name)).text
    assert take(browser.sign_in(officer), case, name).status_code == 302
    before = (case.status, recorded(case))
    token = opened.split('name="csrf_token"')[1].split('value="')[1].split('"')[0]
    late = other.post(path(case, name), data={**STEPS[name][2], "csrf_token": token})
    # Until it is held, another chair may set another day.
    assert late.status_code == (302 if name == "call-hearing" else 409)
    assert name == "call-hearing" or (case.status, recorded(case)) == before


@pytest.mark.parametrize(("name", "typed", "english", "chinese"), [
    ("call-hearing", {"on": ""}, "Enter the day.", "请填写日期。"),
    ("call-hearing", {"on": "  "}, "Enter the day.", "请填写日期。"),
    ("call-hearing", {"on": "0001-01-05"}, "between the years 1900", "请填写 1900 年至 2999 年之间的日期。"),
    ("call-hearing", {"on": "9999-12-31"}, "between the years 1900", "请填写 1900 年至 2999 年之间的日期。"),
    ("call-hearing", {"on": "soon"}, "Enter a date such as", "请填写日期，例如 2026-11-22。"),
    ("clear", {"opinion": ""}, "Write the opinion.", "请填写审核意见。"),
    ("reopen", {"opinion": " \0"}, "Write the opinion.", "请填写审核意见。"),
    ("reopen", {"opinion": "x" * 5001}, "Use at most 5000 characters.", "最多填写 5000 个字符。"),
    ("reopen", {"opinion": "Ask 138 1234 5678"}, "Leave mobile numbers out", "请勿在此处填写手机号码。"),
    ("clear", {"opinion": "Ask 138-1234-5678"}, "Leave mobile numbers out", "请勿在此处填写手机号码。"),
    ("impose", {"measure": ""}, "Choose the measure.", "请选择处理措施。"),
    ("impose", {"months": "4"}, "may not be heavier", "处理措施不得重于事先告知的内容。"),
    ("impose", {"months": ""}, "Say for how many months", "请填写处理措施的月数。"),
    ("impose", {"basis": ""}, "Choose the legal basis.", "请选择法律依据。"),
    ("impose", {"reasons": ""}, "Give the reasons.", "请写明理由。"),
    ("impose", {"reasons": "Of 13812345678"}, "Leave mobile numbers out", "请勿在此处填写手机号码。"),
    ("acquit", {"reason": ""}, "Give the reasons.", "请写明理由。"),
])
@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_faulty_step_is_explained_and_undone(browser, cast, name, typed, english, chinese, language):
    case, officer = made(cast, name)
    before = (case.status, recorded(case))
    answer = take(browser.sign_in(officer), case, name, language, **typed)
    assert answer.status_code == 422
    assert (english if language == "en" else chinese) in answer.text
    assert (case.status, recorded(case)) == before


@pytest.mark.parametrize(("terms", "status"), [
    (REMIND, L.ACTIVE), (PAUSE, L.SUSPENDED), (END, L.WITHDRAWN), (REVOKE, L.REVOKED)])
def test_each_measure_acts_on_the_license_at_once(browser, cast, terms, status):
    case = make_cleared(cast, **terms)
    answer = take(browser.sign_in(cast.decider), case, "impose", **typed_for(terms))
    assert (answer.status_code, case.license.status) == (302, status)
    assert case.basis == terms["basis"]


@pytest.mark.parametrize(("terms", "shown"), [(REMIND, False), (PAUSE, True), (REVOKE, True)])
def test_the_register_shows_what_is_public(browser, cast, terms, shown):
    case = make_cleared(cast, **terms)
    take(browser.sign_in(cast.decider), case, "impose", **typed_for(terms))
    page = browser.sign_out().get(f"/register/{case.license.number}").text
    assert (case.decision_number in page) is shown
    assert cast.decider.name not in page


@pytest.mark.parametrize("terms", [PAUSE, END, REVOKE])
def test_a_failed_effect_undoes_the_decision(browser, cast, terms):
    case = make_cleared(cast, **terms)
    licenses.surrender(case.license, reason="Closing.", actor=cast.member, at=now())
    before, left = recorded(case), case.license.status
    answer = take(browser.sign_in(cast.decider), case, "impose", **typed_for(terms))
    again = db.session.get(Case, case.id)
    assert (answer.status_code, again.status) == (409, S.DECISION_PENDING)
    assert (again.decision_number, again.measure, again.license.status) == (None, None, left)
    assert recorded(case) == before


def test_an_undone_decision_takes_no_number(browser, cast):
    case = make_cleared(cast)
    licenses.surrender(case.license, reason="Closing.", actor=cast.member, at=now())
    db.session.commit()
    take(browser.sign_in(cast.decider), case, "impose")
    assert take(browser, case, "impose", **typed_for(REMIND)).status_code == 302
    assert case.decision_number.endswith("1号")


@pytest.mark.parametrize(("language", "words"), [
    ("en", "The party must hear of the day at least 7 working days before."),
    ("zh", "听证日期须至少提前 7 个工作日通知当事人。")])
def test_a_hearing_too_soon_is_refused_in_words(browser, cast, language, words):
    case = make_asked(cast)
    answer = take(browser.sign_in(cast.lawyer), case, "call-hearing", language,
                  on=day_of(later(days=2)).isoformat())
    assert (answer.status_code, words in answer.text) == (409, True)
    assert case.notice.hearing_on is None


@pytest.mark.parametrize(("days", "typed", "code"), [
    (0, "Heard.", 409), (30, "Heard.", 302), (30, "", 422), (30, "x" * 20_001, 422), (30, "x" * 20_000, 302)])
def test_minutes_are_recorded_on_the_day(browser, cast, days, typed, code):
    case = make_called(cast)
    db.session.commit()
    with at(later(days=days)):
        answer = browser.sign_in(cast.lawyer).submit(path(case, "hold-hearing"), minutes=typed)
    assert answer.status_code == code
    assert case.notice.hearing_minutes == (typed if code == 302 else None)


def test_a_hearing_nobody_asked_for_is_a_conflict(browser, cast):
    case = make_stated(cast)
    browser.sign_in(cast.lawyer)
    for name in ("call-hearing", "hold-hearing"):
        answer = browser.get(path(case, name, "zh"))
        assert (answer.status_code, "本案没有需要举行的听证" in answer.text) == (409, True)


@pytest.mark.parametrize("name", [*NAMES, "hold-hearing"])
def test_an_unknown_case_has_no_steps(browser, cast, name):
    for user in (cast.lawyer, cast.decider):
        for reference in ("AJ-2026-999999", "x", "TS-2026-000001"):
            assert browser.sign_in(user).get(f"/cases/{reference}/{name}").status_code == 404
