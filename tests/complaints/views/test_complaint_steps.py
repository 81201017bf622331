import pytest

from broker_admin.clock import day_of
from broker_admin.complaints import queries
from broker_admin.complaints.workflow import ComplaintStatus as S
from broker_admin.db import db
from broker_admin.enforcement.models import Case
from broker_admin.permissions import Role
from tests.complaints.factories import (
    account,
    make_accepted,
    make_answered,
    make_closed,
    make_complaint,
    make_mediating,
    make_settled,
    recorded,
)
from tests.enforcement.factories import later
from tests.factories import make_member, make_organization, make_user

# Step: from where, what is typed, where it leads, and what the officer reads afterwards.
STEPS = {
    "accept": (make_complaint, {"told": "Data sold."}, S.ACCEPTED,
               "The complaint is accepted, and the respondent is told.", "投诉已受理，并告知被投诉人。"),
    "decline": (make_complaint, {"grounds": ["TOO_OLD"], "reasons": "Of 2019."}, S.NOT_ACCEPTED,
                "The complaint is not accepted; the complainant is told.", "投诉不予受理，已告知投诉人。"),
    "mediate": (make_answered, {}, S.MEDIATING, "The mediation has begun.", "调解已开始。"),
    "settle": (make_mediating, {"outcome": "Deleted."}, S.SETTLED, "The settlement is recorded.",
               "调解协议已记录。"),
    "terminate": (make_mediating, {"outcome": "No."}, S.TERMINATED,
                  "The mediation has ended; the complainant is told.", "调解已终止，已告知投诉人。"),
    "close": (make_settled, {}, S.CLOSED, "The complaint is closed.", "投诉已办结。"),
    "ask": (make_accepted, {"text": "When?"}, S.ACCEPTED, "The question is asked.", "问题已提出。"),
    "open-case": (make_accepted, {"conduct_codes": ["C06"], "facts": "A lead."}, S.ACCEPTED,
                  "The case is open; the complaint goes on beside it.", "已立案，投诉继续办理。"),
}
NAMES = sorted(STEPS)


def take(browser, complaint, name, language="en", **changes):
    typed = {**STEPS[name][1], **changes}
    return browser.submit(f"/{language}/complaints/{complaint.reference}/{name}", **typed)


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("name", NAMES)
def test_each_step_leads_on_and_says_so(browser, scene, name, language):
    make, _, status, english, chinese = STEPS[name]
    complaint = make(scene)
    answer = take(browser.sign_in(scene.officer), complaint, name, language)
    assert (answer.status_code, complaint.status) == (302, status)
    assert answer.location == f"/{language}/complaints/{complaint.reference}/case"
    assert (english if language == "en" else chinese) in browser.get(answer.location).text


@pytest.mark.parametrize("name", NAMES)
def test_each_step_shows_its_form_first(browser, scene, name):
    make, typed, *_ = STEPS[name]
    complaint = make(scene)
    page = browser.sign_in(scene.officer).get(f"/complaints/{complaint.reference}/{name}")
    assert page.status_code == 200
    assert all(f'name="{field}"' in page.text for field in typed)
    assert f'href="/complaints/{complaint.reference}/case"' in page.text


@pytest.mark.parametrize("name", NAMES)
def test_looking_at_a_step_changes_nothing(browser, scene, name):
    complaint = STEPS[name][0](scene)
    before = (complaint.status, recorded(complaint))
    browser.sign_in(scene.officer).get(f"/complaints/{complaint.reference}/{name}")
    assert (complaint.status, recorded(complaint)) == before


@pytest.mark.parametrize("name", NAMES)
def test_nobody_else_takes_a_step(browser, scene, name):
    complaint = STEPS[name][0](scene)
    before = (complaint.status, recorded(complaint))
    outsiders = [scene.member, make_member(password_hash="-")[0], make_user(password_hash="-"),
                 make_user(Role.DECIDER, password_hash="-"), make_user(Role.AUDITOR, password_hash="-")]
    for user in outsiders:
        browser.sign_in(user)
        for answer in (browser.get(f"/complaints/{complaint.reference}/{name}"),
                       take_from(browser, complaint, name)):
            assert answer.status_code == 404
    assert (complaint.status, recorded(complaint)) == before


def take_from(browser, complaint, name):
    """Posted with the token of some other page, as by hand."""
    return browser.submit(f"/complaints/{complaint.reference}/{name}", page="/complaints/follow",
                          **STEPS[name][1])


@pytest.mark.parametrize("name", NAMES)
def test_a_visitor_is_asked_to_sign_in(browser, scene, name):
    complaint = STEPS[name][0](scene)
    db.session.commit()
    answer = browser.get(f"/complaints/{complaint.reference}/{name}")
    assert (answer.status_code, "/sign-in" in answer.location) == (302, True)


@pytest.mark.parametrize(("language", "words"), [
    ("en", ("already moved on", "not open any more")), ("zh", ("该事项已有进展", "该步骤已不能办理"))])
@pytest.mark.parametrize("name", NAMES)
def test_after_the_end_each_step_is_a_conflict(browser, scene, name, language, words):
    complaint = make_closed(scene)
    before = recorded(complaint)
    browser.sign_in(scene.officer)
    shown = browser.get(f"/{language}/complaints/{complaint.reference}/{name}")
    posted = browser.submit(f"/{language}/complaints/{complaint.reference}/{name}",
                            page="/complaints/follow", **STEPS[name][1])
    for answer in (shown, posted):
        assert answer.status_code == 409
        assert any(sentence in answer.text for sentence in words)
    assert (complaint.status, recorded(complaint)) == (S.CLOSED, before)


@pytest.mark.parametrize("name", NAMES)
def test_an_unknown_complaint_has_no_steps(browser, scene, name):
    browser.sign_in(scene.officer)
    for reference in ("TS-2026-999999", "x", "JB-2026-000001"):
        assert browser.get(f"/complaints/{reference}/{name}").status_code == 404


@pytest.mark.parametrize(("name", "typed", "english", "chinese"), [
    ("accept", {"told": ""}, "Say what the respondent is told.", "请填写告知被投诉人的内容。"),
    ("accept", {"told": "\0 \0"}, "Say what the respondent is told.", "请填写告知被投诉人的内容。"),
    ("accept", {"told": "x" * 2001}, "Use at most 2000 characters.", "最多填写 2000 个字符。"),
    ("accept", {"told": "Of 13812345678."}, "Leave mobile numbers out", "请勿在此处填写手机号码。"),
    ("accept", {"answer_by": "soon"}, "Enter a date such as", "请填写日期，例如 2026-11-22。"),
    ("accept", {"answer_by": "2020-01-01"}, "needs a later day", "答复日期须晚于今日。"),
    ("decline", {"grounds": []}, "Choose at least one ground.", "请至少选择一项理由。"),
    ("decline", {"reasons": " "}, "Give the reasons.", "请写明理由。"),
    ("settle", {"outcome": ""}, "Say how it ended.", "请说明处理结果。"),
    ("settle", {"outcome": "To 13812345678."}, "Leave mobile numbers out", "请勿在此处填写手机号码。"),
    ("terminate", {"outcome": "x" * 2001}, "Use at most 2000 characters.", "最多填写 2000 个字符。"),
    ("ask", {"text": " \n"}, "Write the question.", "请填写问题。"),
    ("open-case", {"conduct_codes": []}, "Choose at least one kind of conduct.", "请至少选择一项行为。"),
    ("open-case", {"facts": ""}, "Say what is known so far.", "请说明目前已知的情况。"),
    ("open-case", {"facts": "13812345678"}, "Leave mobile numbers out", "请勿在此处填写手机号码。"),
])
@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_faulty_step_is_explained_and_undone(browser, scene, name, typed, english, chinese, language):
    complaint = STEPS[name][0](scene)
    before = (complaint.status, recorded(complaint))
    answer = take(browser.sign_in(scene.officer), complaint, name, language, **typed)
    assert answer.status_code == 422
    assert (english if language == "en" else chinese) in answer.text
    assert (complaint.status, recorded(complaint)) == before


@pytest.mark.parametrize("name", ["accept", "decline", "settle", "ask", "open-case"])
def test_what_was_typed_stays_on_the_page(browser, scene, name):
    complaint = STEPS[name][0](scene)
    field = {"accept": "told", "decline": "reasons", "settle": "outcome", "ask": "text",
             "open-case": "facts"}[name]
    answer = take(browser.sign_in(scene.officer), complaint, name, **{field: "长" * 5001})
    assert answer.status_code == 422
    assert "长" * 5001 in answer.text


@pytest.mark.parametrize(("make", "closed"), [
    (make_complaint, {"mediate", "settle", "terminate", "close"}),
    (make_accepted, {"accept", "decline", "settle", "close"}),
    (make_answered, {"accept", "decline", "close"}),
    (make_mediating, {"accept", "decline", "mediate", "close"}),
    (make_settled, {"accept", "decline", "mediate", "settle", "terminate", "ask", "open-case"})])
def test_steps_out_of_turn_change_nothing(browser, scene, make, closed):
    complaint = make(scene)
    before = (complaint.status, recorded(complaint))
    browser.sign_in(scene.officer)
    for name in closed:
        assert take_from(browser, complaint, name).status_code == 409, name
    assert (complaint.status, recorded(complaint)) == before


@pytest.mark.parametrize("name", NAMES)
def test_the_second_of_two_officers_meets_a_conflict(app, browser, scene, name):
    complaint = STEPS[name][0](scene)
    path = f"/complaints/{complaint.reference}/{name}"
    other = app.test_client().sign_in(make_user(Role.ENFORCEMENT_OFFICER, password_hash="-"))
    opened = other.get(path).text
    assert take(browser.sign_in(scene.officer), complaint, name).status_code == 302
    before = recorded(complaint)
    token = opened.split('name="csrf_token"')[1].split('value="')[1].split('"')[0]
    late = other.post(path, data={**STEPS[name][1], "csrf_token": token})
    assert late.status_code == 409
    assert recorded(complaint) == before


def test_accepting_names_the_day_for_the_answer(browser, scene):
    complaint, day = make_complaint(scene), day_of(later(days=20))
    take(browser.sign_in(scene.officer), complaint, "accept", answer_by=day.isoformat())
    assert (complaint.answer_by, complaint.officer_id) == (day, scene.officer.id)
    assert day.isoformat() in browser.get(f"/complaints/{complaint.reference}/case").text


def test_the_officer_begins_with_what_was_ticked(browser, scene):
    complaint = make_accepted(scene, about=account(scene, conduct_codes=["C30"]))
    page = browser.sign_in(scene.officer).get(f"/complaints/{complaint.reference}/open-case").text
    (ticked,) = [tag for tag in page.split("<input") if "checked" in tag.split(">")[0]]
    assert 'value="C30"' in ticked


def test_an_opened_case_is_linked_both_ways(browser, scene):
    complaint = make_accepted(scene)
    take(browser.sign_in(scene.officer), complaint, "open-case")
    case = db.session.scalars(db.select(Case)).one()
    assert f"/cases/{case.reference}/case" in browser.get(f"/complaints/{complaint.reference}/case").text
    assert complaint.reference in browser.get(f"/cases/{case.reference}/case").text


def test_a_second_case_is_refused_in_words(browser, scene):
    complaint = make_accepted(scene)
    assert take(browser.sign_in(scene.officer), complaint, "open-case").status_code == 302
    again = take(browser, complaint, "open-case")
    assert again.status_code == 409
    assert "A case has already been opened on this." in again.text
    assert db.session.scalar(db.select(db.func.count(Case.id))) == 1


def test_a_second_question_waits_for_the_first_answer(browser, scene):
    complaint = make_accepted(scene)
    assert take(browser.sign_in(scene.officer), complaint, "ask").status_code == 302
    again = take(browser, complaint, "ask", language="zh", text="Where?")
    assert (again.status_code, "上一个问题尚未回答。" in again.text) == (409, True)
    assert [q.text for q in queries.questions_of(complaint.reference)] == ["When?"]


@pytest.mark.parametrize(("language", "words"), [
    ("en", "No organisation with this credit code is known here."),
    ("zh", "本系统中没有使用该统一社会信用代码的机构。")])
def test_an_unknown_credit_code_is_explained(browser, scene, language, words):
    complaint = make_complaint(scene)
    path = f"/{language}/complaints/{complaint.reference}/identify"
    answer = browser.sign_in(scene.officer).submit(path, uscc="91440300MA5NOBODY0")
    assert (answer.status_code, words in answer.text) == (422, True)
    assert "91440300MA5NOBODY0" in answer.text
    assert complaint.organization is scene.organization


def test_identifying_says_whom_it_is_about(browser, scene):
    complaint = make_complaint(scene, about=account(scene, respondent_name="某社", respondent_number=None))
    other = make_organization()
    answer = browser.sign_in(scene.officer).submit(
        f"/complaints/{complaint.reference}/identify", uscc=other.uscc)
    assert (answer.status_code, complaint.organization) == (302, other)
    page = browser.get(answer.location).text
    assert "The respondent is identified." in page
    assert other.name in page


def test_no_officer_identifies_their_own_house(browser, scene):
    complaint = make_complaint(scene, about=account(scene, respondent_name="某社", respondent_number=None))
    own = make_organization(scene.officer)
    answer = browser.sign_in(scene.officer).submit(
        f"/complaints/{complaint.reference}/identify", uscc=own.uscc)
    assert answer.status_code == 409
    assert "You may not handle what concerns your own organisation." in answer.text
    assert complaint.organization is None
