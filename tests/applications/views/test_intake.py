import re
from datetime import timedelta

import pytest

from broker_admin.applications.workflow import ApplicationStatus as S
from broker_admin.clock import now
from broker_admin.permissions import Role
from tests.applications.views.pages import path, recorded, send
from tests.factories import make_user

STEPS = {"/accept": {}, "/decline": {"ground": "NOT_NEEDED", "explanation": "No license is needed."},
         "/require-correction": {"technology": "The report of this year."}}
WRONG = sorted(set(S) - {S.DRAFT, S.SUBMITTED})


@pytest.mark.parametrize("status", WRONG)
@pytest.mark.parametrize("page", sorted(STEPS))
def test_a_step_taken_already_shows_no_form(browser, make, page, status):
    made = make(status)
    before = recorded(made)
    browser.sign_in(made.intake_officer)
    assert browser.get(path(made, page)).status_code == 409
    assert send(browser, made, page, **STEPS[page]).status_code == 409
    assert (made.application.status, recorded(made)) == (status, before)


@pytest.mark.parametrize("page", sorted(STEPS))
@pytest.mark.parametrize("role", [
    Role.REVIEWER, Role.DECIDER, Role.AUDITOR, Role.ADMINISTRATOR, Role.EXAM_ADMIN])
def test_only_intake_officers_find_the_page(browser, make, page, role):
    made = make(S.SUBMITTED)
    browser.sign_in(make_user(role))
    assert browser.get(path(made, page)).status_code == 404
    assert send(browser, made, page, **STEPS[page]).status_code == 404
    assert made.application.status is S.SUBMITTED


@pytest.mark.parametrize("page", ["/case", *sorted(STEPS)])
def test_a_draft_is_the_applicants_own(browser, make, page):
    made = make(S.DRAFT)
    assert browser.sign_in(made.intake_officer).get(path(made, page)).status_code == 404


def test_a_withdrawn_draft_stays_hidden(browser, make, app):
    made = make(S.DRAFT)
    with app.test_request_context():
        made.withdraw()
    assert browser.sign_in(made.reviewer).get(path(made, "/case")).status_code == 404


def test_accepting_sets_the_period_going(browser, make):
    made = make(S.SUBMITTED)
    answer = browser.sign_in(made.intake_officer).submit(path(made, "/accept"))
    assert (answer.status_code, made.application.status) == (302, S.UNDER_REVIEW)
    assert made.application.intake_officer_id == made.intake_officer.id
    assert "How this deadline was counted" in browser.get(path(made, "/case")).text


def test_declining_tells_the_applicant_why(browser, make):
    made = make(S.SUBMITTED)
    browser.sign_in(made.intake_officer).submit(path(made, "/decline"), **STEPS["/decline"])
    assert made.application.status is S.NOT_ACCEPTED
    page = browser.sign_in(made.applicant).get(path(made)).text
    assert "No license is needed." in page
    assert "within 60 calendar days" in page


@pytest.mark.parametrize(("answers", "sentence"), [
    ({"ground": ""}, "Choose a ground."), ({"ground": "OTHER"}, "Not a valid choice."),
    ({"explanation": ""}, "Explain why."), ({"explanation": "\x00"}, "Explain why."),
    ({"explanation": "x" * 2001}, "Use at most 2000 characters.")])
def test_declining_needs_ground_and_explanation(browser, make, answers, sentence):
    made = make(S.SUBMITTED)
    answer = browser.sign_in(made.intake_officer).submit(
        path(made, "/decline"), **{**STEPS["/decline"], **answers})
    assert (answer.status_code, made.application.status) == (422, S.SUBMITTED)
    assert sentence in answer.text


def test_one_notice_lists_everything_missing(browser, make):
    made = make(S.SUBMITTED)
    browser.sign_in(made.intake_officer).submit(
        path(made, "/require-correction"), technology="This year's report.", documents="The audit.")
    assert made.application.correction.items == [
        {"task": "technology", "sentence": "This year's report."},
        {"task": "documents", "sentence": "The audit."}]
    page = browser.get(path(made, "/case")).text
    assert made.application.correction.document_number in page
    assert "The audit." in page


@pytest.mark.parametrize(("language", "sentence"), [
    ("en", "Say for at least one part what is missing or wrong."),
    ("zh", "请至少就一个部分写明缺少或者有误的内容。")])
def test_an_empty_notice_is_not_sent(browser, make, language, sentence):
    made = make(S.SUBMITTED)
    answer = browser.sign_in(made.intake_officer).submit(
        f"/{language}{path(made, '/require-correction')}", technology="  ")
    assert (answer.status_code, made.application.corrections) == (422, [])
    assert sentence in answer.text


def corrected(make, app):
    made = make(S.CORRECTION_REQUIRED)
    with app.test_request_context():
        made.correct("technology")
        made.submit()
    return made


def test_a_second_notice_has_no_form_and_button(browser, make, app):
    made = corrected(make, app)
    shown = browser.sign_in(made.intake_officer).get(path(made, "/require-correction"))
    assert shown.status_code == 409
    assert "that was sent." in shown.text
    page = browser.get(path(made, "/case")).text
    assert f'href="{path(made, "/accept")}"' in page
    assert f'href="{path(made, "/require-correction")}"' not in page


def test_a_second_notice_sent_anyway_changes_nothing(browser, make, app):
    made = corrected(make, app)
    browser.sign_in(made.intake_officer)
    assert send(browser, made, "/require-correction", matter="More.").status_code == 409
    assert (made.application.status, len(made.application.corrections)) == (S.SUBMITTED, 1)


def test_after_the_time_for_a_notice_there_is_no_form(browser, make):
    made = make(S.SUBMITTED, at=now() - timedelta(days=30))
    shown = browser.sign_in(made.intake_officer).get(path(made, "/require-correction"))
    assert (shown.status_code, made.application.status) == (409, S.SUBMITTED)
    assert "counts as accepted since the day it was received" in shown.text


def test_two_intake_officers_at_once_conflict(browser, make, app):
    made = make(S.SUBMITTED)
    browser.sign_in(make_user(Role.INTAKE_OFFICER))
    browser.get(path(made, "/decline"))
    with app.test_request_context():
        made.accept()
    assert send(browser, made, "/decline", **STEPS["/decline"]).status_code == 409
    assert (made.application.status, made.application.ended_reason) == (S.UNDER_REVIEW, None)


def shown(browser, address):
    """The numbers of the applications on this page, in their order."""
    seen = re.findall(r'applications/(SQ-[\d-]+)/case"', browser.get(address).text)
    return list(dict.fromkeys(seen))


def test_the_worklist_puts_the_most_urgent_first(browser, make):
    fresh, old = make(S.UNDER_REVIEW), make(S.UNDER_REVIEW, at=now() - timedelta(days=9))
    stopped, ended = make(S.EXPERT_REVIEW), make(S.APPROVED)
    browser.sign_in(make_user(Role.REVIEWER))
    assert shown(browser, "/applications/worklist") == [
        made.application.reference for made in (old, fresh, stopped, ended)]


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("query", ["?status=under_review", "?q=%E6%95%B0%E9%93%BE", "?mine=1", "?page=2"])
def test_the_worklist_opens_with_each_filter(browser, make, language, query):
    made = make(S.EXPERT_REVIEW)
    browser.sign_in(made.reviewer)
    assert browser.get(f"/{language}/applications/worklist{query}").status_code == 200


@pytest.mark.parametrize("query", [
    "?status=draft", "?status=nonsense", "?status=%00", "?page=x", "?page=-1",
    "?page=99999999999999999999"])
def test_a_nonsense_filter_filters_nothing(browser, make, query):
    made = make(S.SUBMITTED)
    browser.sign_in(made.intake_officer)
    assert shown(browser, f"/applications/worklist{query}") == [made.application.reference]


def test_the_worklist_can_be_narrowed_to_a_state(browser, make):
    wanted, _ = make(S.DECISION_PENDING), make(S.SUBMITTED)
    browser.sign_in(wanted.decider)
    assert shown(browser, "/applications/worklist?status=decision_pending") == [
        wanted.application.reference]


def test_my_worklist_leaves_out_what_is_others(browser, make):
    mine, _ = make(S.UNDER_REVIEW), make(S.UNDER_REVIEW)
    browser.sign_in(mine.intake_officer)
    assert shown(browser, "/applications/worklist?mine=1") == [mine.application.reference]


def test_an_empty_worklist_says_so(browser):
    page = browser.sign_in(make_user(Role.REVIEWER)).get("/applications/worklist").text
    assert "No open application matches." in page
    assert "Ended applications" not in page


def test_ended_applications_are_paged(browser, make, monkeypatch):
    monkeypatch.setattr("broker_admin.web.PER_PAGE", 1)
    first, second = make(S.APPROVED), make(S.REFUSED)
    browser.sign_in(first.decider)
    assert shown(browser, "/applications/worklist") == [second.application.reference]
    assert shown(browser, "/applications/worklist?page=2") == [first.application.reference]


@pytest.mark.parametrize("role", [Role.ADMINISTRATOR, Role.EXAM_ADMIN, Role.QUESTION_AUTHOR])
def test_who_reads_no_cases_has_no_worklist(browser, make, role):
    made = make(S.SUBMITTED)
    browser.sign_in(make_user(role))
    assert browser.get("/applications/worklist").status_code == 404
    assert browser.get(path(made, "/case")).status_code == 404


def test_an_applicant_has_no_desk(browser, make):
    made = make(S.SUBMITTED)
    browser.sign_in(made.applicant)
    assert browser.get("/applications/worklist").status_code == 404
    assert browser.get(path(made, "/case")).status_code == 404


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("status", sorted(set(S) - {S.DRAFT}))
def test_the_case_opens_in_every_state(browser, make, language, status):
    made = make(status)
    page = browser.sign_in(make_user(Role.AUDITOR)).get(f"/{language}{path(made, '/case')}")
    assert page.status_code == 200
    assert "440106199901010019" not in page.text


def test_an_auditor_has_nothing_to_do_there(browser, make):
    made = make(S.SUBMITTED)
    page = browser.sign_in(make_user(Role.AUDITOR)).get(path(made, "/case")).text
    assert "Nothing, in this state and with your roles." in page


def test_every_attached_file_is_linked_from_the_case(browser, make):
    made = make(S.SUBMITTED)
    page = browser.sign_in(made.intake_officer).get(path(made, "/case")).text
    assert page.count(path(made, "/file/")) == 11


def test_an_officer_with_a_stake_is_no_officer_there(browser, make):
    made = make(S.DECISION_PENDING)
    made.applicant.grants.extend(make_user(Role.REVIEWER).grants)
    browser.sign_in(made.applicant)
    assert browser.get(path(made, "/case")).status_code == 404
    assert browser.get(path(made)).status_code == 200
