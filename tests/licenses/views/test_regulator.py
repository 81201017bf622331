from datetime import timedelta

import pytest

from broker_admin import clock
from broker_admin.clock import now
from broker_admin.db import db
from broker_admin.ledger import AuditEntry
from broker_admin.licenses import service
from broker_admin.licenses.workflow import LicenseStatus as S
from broker_admin.permissions import Role
from tests.factories import make_member, make_organization, make_user
from tests.licenses.factories import make_license
from tests.licenses.views.conftest import hidden_in

DSL47 = "数据安全法第47条"
STEPS = {
    "suspend": {"reason": "Rectification overdue."}, "lift": {"reason": "Rectified."},
    "annul": {"reason": "Deceit."},
    "withdraw": {"reason": "The law changed."}, "cancel": {"reason": "It has ended."},
}


@pytest.fixture
def license(app):
    with app.test_request_context(headers={"Accept-Language": "en"}):
        made = make_license()
        db.session.commit()
    return made


@pytest.fixture
def decider(browser):
    user = make_user(Role.DECIDER)
    browser.sign_in(user)
    return user


def basis(browser, license, step):
    """The first legal basis that the page of the step offers."""
    form = browser.get(f"/licenses/{license.number}/{step}").text
    values = [part.split('"')[0] for part in form.split('<option value="')[1:]]
    return next((value for value in values if value), "")


def take(browser, license, step, **changes):
    answers = {**STEPS[step], **changes}
    if step not in {"lift", "cancel"}:
        answers.setdefault("basis", basis(browser, license, step))
    return browser.submit(f"/licenses/{license.number}/{step}", **answers)


@pytest.mark.parametrize(("steps", "status"), [
    (["suspend"], S.SUSPENDED), (["suspend", "lift"], S.ACTIVE), (["annul"], S.ANNULLED),
    (["withdraw"], S.WITHDRAWN), (["suspend", "annul"], S.ANNULLED),
    (["annul", "cancel"], S.CANCELLED)])
def test_each_step_is_taken_with_basis_and_reason(browser, decider, license, steps, status):
    for step in steps:
        assert take(browser, license, step).status_code == 302, step
    assert license.status is status
    last = license.standings[-1]
    assert (last.actor_id, last.reason) == (decider.id, STEPS[steps[-1]]["reason"])


@pytest.mark.parametrize("step", ["suspend", "annul", "withdraw"])
def test_without_a_reason_nothing_changes(browser, decider, license, step):
    page = take(browser, license, step, reason=" ")
    assert page.status_code == 422
    assert "Give the reasons." in page.text
    assert license.status is S.ACTIVE


def test_nobody_revokes_without_a_case(browser, decider, license):
    """A penalty needs two investigators, a notice, a hearing and a review of the law (处罚法 42 to 63)."""
    sent = browser.submit(f"/licenses/{license.number}/revoke", page="/applications/eligibility",
                          basis=DSL47, reason="Sold data.")
    assert (sent.status_code, license.status) == (404, S.ACTIVE)
    assert f"{license.number}/revoke" not in browser.get(f"/licenses/{license.number}/case").text


@pytest.mark.parametrize("wrong", ["", DSL47, "made up"])
def test_a_suspension_rests_on_a_measure_alone(browser, decider, license, wrong):
    assert take(browser, license, "suspend", basis=wrong).status_code == 422
    assert license.status is S.ACTIVE


@pytest.mark.parametrize("until", ["2020-01-01", "tomorrow", "2026-02-30", "9" * 500])
def test_a_bad_end_of_a_suspension_is_refused(browser, decider, license, until):
    page = take(browser, license, "suspend", until=until)
    assert page.status_code == 422
    assert license.status is S.ACTIVE


def test_a_step_out_of_turn_is_a_conflict(browser, decider, license):
    for step in ("lift", "cancel"):
        assert browser.get(f"/licenses/{license.number}/{step}").status_code == 409


def test_the_second_of_two_officers_gets_a_conflict(app, browser, decider, license):
    other = app.test_client().sign_in(make_user(Role.DECIDER))
    given = {**STEPS["suspend"], "basis": basis(browser, license, "suspend")}
    assert browser.submit(f"/licenses/{license.number}/suspend", **given).status_code == 302
    late = other.submit(f"/licenses/{license.number}/suspend", page="/", **given)
    assert late.status_code == 409
    assert [s.act for s in license.standings] == ["issue", "suspend"]


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.DECIDER}))
def test_only_deciders_take_steps(browser, license, role):
    browser.sign_in(make_user(role))
    for step in STEPS:
        assert browser.get(f"/licenses/{license.number}/{step}").status_code == 404, step


def test_a_decider_of_the_holder_sees_no_step(app, browser):
    user = make_user(Role.DECIDER)
    with app.test_request_context():
        license = make_license(make_organization(user))
    browser.sign_in(user)
    assert browser.get(f"/licenses/{license.number}/annul").status_code == 404


def test_the_case_shows_history_and_open_steps(browser, decider, license):
    take(browser, license, "suspend")
    page = browser.get(f"/licenses/{license.number}/case").text
    for said in (license.display_number, "Rectification overdue.", "Lift the suspension", "Annul the"):
        assert said in page
    assert f"{license.number}/suspend" not in page


def test_every_step_is_on_record(browser, decider, license):
    take(browser, license, "annul")
    entry = db.session.scalars(
        db.select(AuditEntry).where(AuditEntry.name == "license.ended")).one()
    assert (entry.subject, entry.actor_id) == (license.number, decider.id)
    assert (entry.facts["act"], entry.facts["reason"]) == ("annul", "Deceit.")


@pytest.mark.parametrize("query", [
    "q=%00", "q=%25", "status=gone", "type=%00", "grade=9", "grade=x", "region=1", "ends=never",
    "page=0", "page=x", "q=" + "x" * 5000])
def test_hostile_filters_get_a_page(browser, decider, license, query):
    assert browser.get(f"/licenses/worklist?{query}").status_code == 200


def test_filters_narrow_the_worklist(app, browser, decider, license):
    with app.test_request_context():
        other = make_license(make_organization(region_code="440305"), broker_type="TECH", grade=1,
                             term_years=1)
        service.suspend(other, basis="b", reason="r", case="", until=None, actor=decider, at=now())
        db.session.commit()
    for query in ("status=suspended", "type=TECH", "grade=1", "region=440300",
                  f"q={other.holder_name}"):
        page = browser.get(f"/licenses/worklist?{query}").text
        assert other.display_number in page, query
        assert license.display_number not in page, query


def test_members_of_no_staff_see_no_worklist(browser, license):
    user, _ = make_member()
    assert browser.sign_in(user).get("/licenses/worklist").status_code == 404


ASKED = ["suspend", "annul", "withdraw"]


@pytest.mark.parametrize("step", ASKED)
@pytest.mark.parametrize(("reason", "said"), [
    ("Fault of 44010619900101123X.", "Leave identity numbers out of this text."),
    ("Call 13812345678.", "Leave mobile numbers out of this text."),
    ("x" * 1001, "Use at most 1000 characters.")])
def test_personal_or_endless_reasons_are_refused(browser, decider, license, step, reason, said):
    page = take(browser, license, step, reason=reason)
    assert page.status_code == 422
    assert said in page.text
    assert reason in page.text
    assert len(license.standings) == 1


@pytest.mark.parametrize("step", ASKED)
def test_the_number_of_a_case_is_no_number_of_a_person(browser, decider, license, step):
    page = take(browser, license, step, proceeding="44010619900101123X")
    assert (page.status_code, len(license.standings)) == (422, 1)


@pytest.mark.parametrize("step", ASKED)
def test_refusals_are_said_in_chinese_too(browser, decider, license, step):
    page = browser.submit(f"/zh/licenses/{license.number}/{step}", reason="")
    assert page.status_code == 422
    assert "请" in page.text
    assert "Give the reasons." not in page.text


@pytest.mark.parametrize("step", ASKED)
def test_what_was_typed_is_still_there(browser, decider, license, step):
    page = take(browser, license, step, reason="", proceeding="AJ-2026-000007")
    assert 'value="AJ-2026-000007"' in page.text


@pytest.mark.parametrize("step", ASKED)
def test_a_second_click_changes_nothing_more(browser, decider, license, step):
    path = f"/licenses/{license.number}/{step}"
    given = {**hidden_in(browser.get(path)), **STEPS[step], "basis": basis(browser, license, step)}
    assert [browser.post(path, data=given).status_code for _ in range(2)] == [302, 303]
    assert [s.act for s in license.standings] == ["issue", step]


def test_an_expired_license_offers_what_is_left(app, browser, decider, license):
    with clock.at(clock.start_of(license.valid_to + timedelta(days=1))), app.test_request_context():
        service.expire(license, at=now())
        db.session.commit()
        page = browser.sign_in(decider).get(f"/licenses/{license.number}/case").text
    offered = {step for step in STEPS if f"{license.number}/{step}" in page}
    assert offered == {"annul", "cancel"}


def test_the_case_of_an_unnoted_expiry_says_expired(browser, decider, license):
    with clock.at(clock.start_of(license.valid_to + timedelta(days=1))):
        page = browser.sign_in(decider).get(f"/licenses/{license.number}/case").text
    assert ">Expired<" in page


def test_every_officer_of_cases_reads_the_desk(browser, license):
    for role in (Role.REVIEWER, Role.SUPERVISION_OFFICER, Role.AUDITOR):
        page = browser.sign_in(make_user(role)).get(f"/licenses/{license.number}/case")
        assert page.status_code == 200
        assert "Nothing, in this state and with your roles." in page.text


def test_the_desk_reads_in_chinese(browser, decider, license):
    for path in ("worklist", f"{license.number}/case", f"{license.number}/annul"):
        page = browser.get(f"/zh/licenses/{path}").text
        assert license.display_number in page
        assert "Licenses" not in page


def test_licenses_that_end_soon_can_be_listed(app, browser, decider, license):
    with app.test_request_context():
        near = make_license(term_years=1)
        db.session.commit()
    with clock.at(clock.start_of(near.valid_to - timedelta(days=90))):
        page = browser.sign_in(decider).get("/licenses/worklist?ends=soon").text
    assert near.display_number in page
    assert license.display_number not in page


def test_an_empty_list_says_so(browser, decider):
    assert "No license matches." in browser.get("/licenses/worklist?q=无此公司").text


def test_a_long_list_has_pages(app, browser, decider):
    with app.test_request_context():
        for _ in range(26):
            make_license()
        db.session.commit()
    counts = [browser.get(f"/licenses/worklist?page={page}").text.count('/case"') for page in (1, 2)]
    assert counts == [25, 1]


@pytest.mark.parametrize("number", ["SJ440000D202699999X", "x", "%00"])
def test_no_step_leads_to_an_unknown_license(browser, decider, number):
    for step in (*STEPS, "case"):
        assert browser.get(f"/licenses/{number}/{step}").status_code == 404
