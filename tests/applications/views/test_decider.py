import re
from dataclasses import replace
from datetime import timedelta

import pytest

from broker_admin.applications.workflow import ApplicationStatus as S
from broker_admin.clock import now
from broker_admin.licenses.queries import current_of
from broker_admin.permissions import Role
from tests.applications.factories import GRANT, REFUSAL
from tests.applications.views.pages import GROUNDS, TERMS, path, recorded, send
from tests.factories import make_user

STEPS = {"/grant": TERMS, "/refuse": GROUNDS, "/send-back": {"reason": "Check G5."},
         "/extend": {"reason": "Complex."}}
AWAITED = {"/grant": [S.DECISION_PENDING], "/refuse": [S.DECISION_PENDING],
           "/send-back": [S.DECISION_PENDING],
           "/extend": [S.UNDER_REVIEW, S.EXPERT_REVIEW, S.DECISION_PENDING]}
WRONG = [(page, status) for page in STEPS for status in S
         if status not in AWAITED[page] and status is not S.DRAFT]


@pytest.mark.parametrize(("page", "status"), WRONG)
def test_a_step_that_is_not_open_shows_no_form(browser, make, page, status):
    made = make(status)
    shown = browser.sign_in(made.decider).get(path(made, page))
    assert shown.status_code == 409
    assert "<textarea" not in shown.text


@pytest.mark.parametrize("page", sorted(STEPS))
@pytest.mark.parametrize("status", [S.SUBMITTED, S.APPROVED, S.WITHDRAWN])
def test_a_step_sent_in_another_state_changes_nothing(browser, make, page, status):
    made = make(status)
    before = recorded(made)
    browser.sign_in(made.decider)
    assert send(browser, made, page, **STEPS[page]).status_code == 409
    assert (made.application.status, recorded(made)) == (status, before)


@pytest.mark.parametrize("page", sorted(STEPS))
@pytest.mark.parametrize("who", ["reviewer", "intake_officer", "applicant", "administrator", "auditor"])
def test_nobody_but_the_decider_finds_the_page(browser, make, page, who):
    made = make(S.DECISION_PENDING)
    user = getattr(made, who, None) or make_user(Role(who))
    browser.sign_in(user)
    assert browser.get(path(made, page)).status_code == 404
    assert send(browser, made, page, **STEPS[page]).status_code == 404
    assert made.application.status is S.DECISION_PENDING


@pytest.mark.parametrize("page", sorted(STEPS))
@pytest.mark.parametrize("who", ["reviewer", "intake_officer"])
def test_whoever_prepared_it_does_not_decide(browser, make, page, who):
    made = make(S.DECISION_PENDING)
    officer = getattr(made, who)
    officer.grants.extend(make_user(Role.DECIDER).grants)
    assert browser.sign_in(officer).get(path(made, page)).status_code == 404


def test_an_earlier_proposer_does_not_decide_either(browser, make, app):
    made = make(S.DECISION_PENDING)
    earlier, made.reviewer = made.reviewer, make_user(Role.REVIEWER)
    earlier.grants.extend(make_user(Role.DECIDER).grants)
    with app.test_request_context():
        made.send_back()
        made.propose()
    assert browser.sign_in(earlier).get(path(made, "/grant")).status_code == 404


def test_a_grant_gives_the_license_its_terms(browser, make):
    made = make(S.DECISION_PENDING)
    answer = browser.sign_in(made.decider).submit(path(made, "/grant"), **{**TERMS, "grade": "3"})
    assert answer.status_code == 302
    license = current_of(made.organization)
    assert (license.grade, license.scope, made.application.status) == (3, ["MATCH"], S.APPROVED)
    assert "The license is granted" in browser.get(answer.location).text


def test_a_grant_is_proposed_with_what_was_proposed(browser, make):
    made = make(S.DECISION_PENDING)
    page = browser.sign_in(made.decider).get(path(made, "/grant")).text
    assert "Every criterion is met." in page
    assert "A decision cannot be edited afterwards." in page


@pytest.mark.parametrize(("field", "typed", "sentence"), [
    ("grade", "1", "Not a valid choice."), ("grade", "", "Choose a grade."),
    ("term_years", "11", "Enter a number from 1 to 10."), ("term_years", "", "Enter the term."),
    ("scope", ["ESCROW"], "This type does not cover: Escrow of funds and data."),
    ("reasons", "", "Give the reasons."), ("reasons", "\x00", "Give the reasons."),
    ("broker_type", "NONE", "Not a valid choice.")])
def test_terms_out_of_bounds_grant_nothing(browser, make, field, typed, sentence):
    made = make(S.DECISION_PENDING)
    answer = browser.sign_in(made.decider).submit(path(made, "/grant"), **{**TERMS, field: typed})
    assert answer.status_code == 422
    assert sentence in answer.text
    assert (made.application.status, current_of(made.organization)) == (S.DECISION_PENDING, None)


@pytest.mark.parametrize("wider", [
    {"grade": "2"}, {"term_years": "4"}, {"scope": ["MATCH", "CONSULT"]}, {"broker_type": "FIDU"}])
def test_nobody_grants_more_than_was_proposed(browser, make, wider):
    modest = replace(GRANT, grade=3, scope=("MATCH",))
    made = make(S.DECISION_PENDING, outcome=modest)
    typed = {**TERMS, "grade": "3", "reasons": "As a favour.", **wider}
    answer = browser.sign_in(made.decider).submit(path(made, "/grant"), **typed)
    assert answer.status_code == 422
    assert "A grant may be narrower than the reviewer proposed, but not wider." in answer.text
    assert "As a favour." in answer.text
    assert (made.application.status, current_of(made.organization)) == (S.DECISION_PENDING, None)


def test_what_was_typed_is_kept_at_a_fault(browser, make):
    made = make(S.DECISION_PENDING)
    typed = {**TERMS, "term_years": "x", "reasons": "Typed with <care> & patience."}
    answer = browser.sign_in(made.decider).submit(path(made, "/grant"), **typed)
    assert "Typed with &lt;care&gt; &amp; patience." in answer.text
    assert 'value="x"' in answer.text


def test_a_refusal_shows_grounds_and_remedies(browser, make):
    made = make(S.DECISION_PENDING, outcome=REFUSAL)
    assert browser.sign_in(made.decider).submit(path(made, "/refuse"), **GROUNDS).status_code == 302
    page = browser.sign_in(made.applicant).get(path(made)).text
    assert "Too few certified practitioners" in page
    assert "Two of five practitioners." in page
    assert "for reconsideration until" in page
    assert str(made.application.decision.sue_by) in page


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize(("outcome", "page"), [
    (GRANT, "/grant"), (REFUSAL, "/refuse"), (GRANT, "/send-back"), (GRANT, "/extend")])
def test_each_step_opens_in_both_languages(browser, make, language, outcome, page):
    made = make(S.DECISION_PENDING, outcome=outcome)
    assert browser.sign_in(made.decider).get(f"/{language}{path(made, page)}").status_code == 200


@pytest.mark.parametrize(("outcome", "page", "answers"), [
    (GRANT, "/refuse", GROUNDS), (REFUSAL, "/grant", TERMS)])
def test_what_was_not_proposed_is_not_decided(browser, make, outcome, page, answers):
    made = make(S.DECISION_PENDING, outcome=outcome)
    shown = browser.sign_in(made.decider).get(path(made, page))
    assert "The reviewer proposed otherwise." in shown.text
    sent = send(browser, made, page, **answers)
    assert (shown.status_code, sent.status_code, made.application.status) == (409, 409, S.DECISION_PENDING)


@pytest.mark.parametrize(("outcome", "there", "gone"), [
    (GRANT, "/grant", "/refuse"), (REFUSAL, "/refuse", "/grant")])
def test_no_button_leads_to_what_was_not_proposed(browser, make, outcome, there, gone):
    made = make(S.DECISION_PENDING, outcome=outcome)
    page = browser.sign_in(made.decider).get(path(made, "/case")).text
    assert f'href="{path(made, there)}"' in page
    assert f'href="{path(made, gone)}"' not in page


def test_a_return_tells_the_reviewer_why(browser, make):
    made = make(S.DECISION_PENDING)
    answer = browser.sign_in(made.decider).submit(path(made, "/send-back"), reason="Look at G5 again.")
    assert (answer.status_code, made.application.status) == (302, S.UNDER_REVIEW)
    assert "Look at G5 again." in browser.sign_in(made.reviewer).get(path(made, "/case")).text


def test_a_return_without_a_reason_is_none(browser, make):
    made = make(S.DECISION_PENDING)
    answer = browser.sign_in(made.decider).submit(path(made, "/send-back"), reason=" ")
    assert (answer.status_code, made.application.status) == (422, S.DECISION_PENDING)


def test_the_extension_is_shown_with_its_reason(browser, make):
    made = make(S.UNDER_REVIEW)
    assert browser.sign_in(made.decider).submit(path(made, "/extend"), reason="Complex.").status_code == 302
    assert "Complex." in browser.sign_in(made.applicant).get(path(made)).text


def test_a_second_extension_shows_no_form(browser, make, app):
    made = make(S.UNDER_REVIEW)
    with app.test_request_context():
        made.extend()
    shown = browser.sign_in(made.decider).get(path(made, "/extend"))
    assert (shown.status_code, len(made.application.extensions)) == (409, 1)
    assert "The period can be extended once" in shown.text
    assert f'href="{path(made, "/extend")}"' not in browser.get(path(made, "/case")).text


def test_a_period_that_ended_shows_no_form(browser, make):
    made = make(S.UNDER_REVIEW, at=now() - timedelta(days=120))
    assert browser.sign_in(made.decider).get(path(made, "/extend")).status_code == 409


def test_two_deciders_at_once_conflict(browser, make, app):
    made = make(S.DECISION_PENDING)
    other = make_user(Role.DECIDER)
    browser.sign_in(other)
    browser.get(path(made, "/grant"))
    with app.test_request_context():
        made.decide()
    answer = send(browser, made, "/grant", **TERMS)
    assert answer.status_code == 409
    assert made.application.decision.decided_by_id == made.decider.id


def test_a_second_click_decides_once(browser, make):
    made = make(S.DECISION_PENDING)
    browser.sign_in(made.decider)
    form = browser.get(path(made, "/grant")).text
    hidden = {n: re.search(rf'name="{n}"[^>]*value="([^"]*)"', form)[1] for n in ("csrf_token", "once")}
    answers = [browser.post(path(made, "/grant"), data={**hidden, **TERMS}) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [302, 303]
    assert answers[0].location == answers[1].location


def test_a_form_without_its_token_decides_nothing(browser, make):
    made = make(S.DECISION_PENDING)
    answer = browser.sign_in(made.decider).post(path(made, "/grant"), data=TERMS)
    assert (answer.status_code, made.application.status) == (400, S.DECISION_PENDING)


def test_the_applicant_reads_the_license_number(browser, make):
    made = make(S.APPROVED)
    for language, word in (("en", "Granted: Grade 2, for 3 years"), ("zh", "准予认定：二级，有效期 3 年")):
        page = browser.sign_in(made.applicant).get(f"/{language}{path(made)}").text
        assert made.application.decision.license_number in page
        assert word in page
