import pytest

from broker_admin.applications.workflow import ApplicationStatus as S
from broker_admin.permissions import Role
from tests.applications.factories import REFUSAL
from tests.applications.views.pages import GROUNDS, TERMS, path, recorded, send
from tests.factories import make_user

STEPS = {"/check/G1": {"met": "yes", "note": "Seen."}, "/propose": TERMS, "/propose?refusal=1": GROUNDS,
         "/begin-expert-review": {"reason": "Scoring."}, "/end-expert-review": {}}
WRONG = [(page, status) for page in STEPS for status in (
    S.SUBMITTED, S.UNDER_REVIEW, S.EXPERT_REVIEW, S.DECISION_PENDING, S.APPROVED)
    if status is not (S.EXPERT_REVIEW if "end-" in page else S.UNDER_REVIEW)]


@pytest.mark.parametrize(("page", "status"), WRONG)
def test_a_step_that_is_not_open_shows_no_form(browser, make, page, status):
    made = make(status)
    before = recorded(made)
    browser.sign_in(made.reviewer)
    assert browser.get(path(made, page)).status_code == 409
    assert send(browser, made, page, **STEPS[page]).status_code == 409
    assert (made.application.status, recorded(made)) == (status, before)


@pytest.mark.parametrize("page", ["/check/G1", "/propose", "/begin-expert-review"])
@pytest.mark.parametrize("role", [Role.INTAKE_OFFICER, Role.DECIDER, Role.AUDITOR, Role.ADMINISTRATOR])
def test_only_reviewers_find_the_page(browser, make, page, role):
    made = make(S.UNDER_REVIEW)
    browser.sign_in(make_user(role))
    assert browser.get(path(made, page)).status_code == 404
    assert send(browser, made, page, **STEPS[page]).status_code == 404


def test_a_criterion_is_shown_with_its_article(browser, make):
    made = make(S.UNDER_REVIEW)
    page = browser.sign_in(made.reviewer).get(path(made, "/check/G5")).text
    assert "(数据安全法第33条)" in page


def test_a_criterion_without_an_article_has_no_brackets(browser, make):
    made = make(S.UNDER_REVIEW)
    page = browser.sign_in(made.reviewer).get(path(made, "/check/G1")).text
    assert "Independent legal person established in China" in page
    assert "()" not in page


@pytest.mark.parametrize("criterion", ["G0", "G10", "g1", "%00", "G1%20"])
def test_a_criterion_nobody_knows_is_not_checked(browser, make, criterion):
    made = make(S.UNDER_REVIEW)
    assert browser.sign_in(made.reviewer).get(path(made, f"/check/{criterion}")).status_code == 404


@pytest.mark.parametrize(("met", "shown"), [
    ("yes", "Met: Seen in the file."), ("no", "Not met: Seen in the file.")])
def test_a_finding_stands_on_the_case(browser, make, met, shown):
    made = make(S.UNDER_REVIEW)
    browser.sign_in(made.reviewer).submit(path(made, "/check/G2"), met=met, note="Seen in the file.")
    page = browser.get(path(made, "/case")).text
    assert shown in page
    assert page.count("Not checked yet") == 8


@pytest.mark.parametrize(("answers", "sentence"), [
    ({"met": ""}, "Choose a finding."), ({"met": "maybe"}, "Not a valid choice."),
    ({"note": ""}, "Say on what evidence."), ({"note": "x" * 1001}, "Use at most 1000 characters.")])
def test_a_finding_needs_its_evidence(browser, make, answers, sentence):
    made = make(S.UNDER_REVIEW)
    answer = browser.sign_in(made.reviewer).submit(
        path(made, "/check/G1"), **{**STEPS["/check/G1"], **answers})
    assert (answer.status_code, made.application.checks) == (422, [])
    assert sentence in answer.text


def test_a_grant_unchecked_is_not_proposed(browser, make):
    made = make(S.UNDER_REVIEW)
    answer = browser.sign_in(made.reviewer).submit(path(made, "/propose"), **TERMS)
    assert (answer.status_code, made.application.status) == (409, S.UNDER_REVIEW)
    assert "open: G1, G2, G3, G4, G5, G6, G7, G8, G9." in answer.text


def test_a_proposal_waits_for_somebody_else(browser, make, app):
    made = make(S.UNDER_REVIEW)
    with app.test_request_context():
        made.check_all()
    assert browser.sign_in(made.reviewer).submit(path(made, "/propose"), **TERMS).status_code == 302
    assert made.application.proposal.scope == ["MATCH"]
    page = browser.get(path(made, "/case")).text
    assert "You prepared this application, so somebody else decides it." in page
    assert "Grant: Grade 2, for 3 years" in page


def test_terms_applied_for_are_filled_in(browser, make):
    made = make(S.UNDER_REVIEW)
    page = browser.sign_in(made.reviewer).get(path(made, "/propose")).text
    for field, value in (("broker_type", "DATA"), ("grade", "2"), ("scope", "CONSULT")):
        assert f'name="{field}"' in page
        assert any("checked" in tag and f'value="{value}"' in tag for tag in page.split("<input"))
    assert "Grade 1" not in page


def test_a_proposal_sent_back_is_filled_in_again(browser, make, app):
    made = make(S.DECISION_PENDING)
    with app.test_request_context():
        made.send_back()
    page = browser.sign_in(made.reviewer).get(path(made, "/propose")).text
    assert "Every criterion is met." in page


@pytest.mark.parametrize(("answers", "sentence"), [
    ({"grounds": []}, "Choose at least one ground for refusal."),
    ({"reasons": "   "}, "Give the reasons."), ({"reasons": "x" * 4001}, "Use at most 4000 characters."),
    ({"reasons": "See 440106199901010019."}, "Leave identity numbers out of this text.")])
def test_a_refusal_is_proposed_with_grounds_and_reasons(browser, make, answers, sentence):
    made = make(S.UNDER_REVIEW)
    answer = browser.sign_in(made.reviewer).submit(
        path(made, "/propose?refusal=1"), **{**GROUNDS, **answers})
    assert (answer.status_code, made.application.proposals) == (422, [])
    assert sentence in answer.text


def test_a_refusal_may_be_proposed_at_once(browser, make):
    made = make(S.UNDER_REVIEW)
    answer = browser.sign_in(made.reviewer).submit(path(made, "/propose?refusal=1"), **GROUNDS)
    assert (answer.status_code, made.application.proposal.grounds) == (302, ["STAFF_SHORT"])


def test_experts_stop_the_clock_on_every_page(browser, make):
    made = make(S.UNDER_REVIEW)
    browser.sign_in(made.reviewer).submit(path(made, "/begin-expert-review"), reason="Scoring by five.")
    for user, page in ((made.reviewer, "/case"), (made.applicant, "")):
        shown = browser.sign_in(user).get(path(made, page)).text
        assert "Clock stopped" in shown
        assert "Scoring by five." in shown


def test_the_clock_runs_on_after_the_experts(browser, make):
    made = make(S.EXPERT_REVIEW)
    answer = browser.sign_in(made.reviewer).submit(path(made, "/end-expert-review"))
    assert (answer.status_code, made.application.status) == (302, S.UNDER_REVIEW)
    assert "the clock runs again" in browser.get(path(made, "/case")).text
    assert made.application.open_stop is None


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("page", [page for page in STEPS if "end-" not in page])
def test_each_step_opens_in_both_languages(browser, make, language, page):
    made = make(S.UNDER_REVIEW, outcome=REFUSAL)
    assert browser.sign_in(made.reviewer).get(f"/{language}{path(made, page)}").status_code == 200


def test_two_reviewers_at_once_conflict(browser, make, app):
    made = make(S.UNDER_REVIEW)
    browser.sign_in(make_user(Role.REVIEWER))
    browser.get(path(made, "/propose?refusal=1"))
    with app.test_request_context():
        made.propose()
    assert send(browser, made, "/propose?refusal=1", **GROUNDS).status_code == 409
    assert [proposal.granted for proposal in made.application.proposals] == [True]
