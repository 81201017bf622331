import re

import pytest

from broker_admin.applications import copies
from broker_admin.applications.models import Application
from broker_admin.applications.workflow import ApplicationStatus as S
from broker_admin.db import db
from broker_admin.permissions import Role
from tests.applications.views.pages import path, recorded, send
from tests.factories import make_member, make_organization, make_user

PAGES = ["", "/submit", "/submitted", "/withdraw", "/tasks/matter", "/documents", "/documents/POLICIES"]


@pytest.fixture
def ready(make, app):
    """A draft with everything in it, not yet submitted."""
    made = make()
    with app.test_request_context():
        made.fill_in()
        db.session.commit()
    return made


@pytest.mark.parametrize("page", PAGES)
def test_a_stranger_finds_no_page_of_it(browser, make, page):
    made = make()
    assert browser.sign_in(make_member()[0]).get(path(made, page)).status_code == 404
    assert browser.sign_in(make_user(Role.REVIEWER)).get(path(made, page)).status_code == 404


@pytest.mark.parametrize("page", PAGES)
def test_whoever_is_not_signed_in_is_asked_to(browser, make, page):
    made = make()
    assert "/sign-in" in browser.sign_out().get(path(made, page)).location


def test_the_list_holds_ones_own_alone(browser, make):
    mine, other = make(), make()
    page = browser.sign_in(mine.applicant).get("/applications/").text
    assert mine.application.reference in page
    assert other.application.reference not in page


def test_an_empty_list_says_so(browser):
    assert "No application yet." in browser.sign_in(make_member()[0]).get("/applications/").text


def test_without_an_organisation_nothing_is_started(browser):
    page = browser.sign_in(make_user()).get("/applications/start").text
    assert "You do not belong to an organisation yet." in page


def test_nobody_starts_for_another_organisation(browser):
    user, _ = make_member()
    answer = browser.sign_in(user).submit("/applications/start", organization=make_organization().id)
    assert answer.status_code == 422
    assert db.session.scalars(db.select(Application)).all() == []


def test_a_second_unfinished_one_is_refused(browser, make):
    made = make()
    answer = browser.sign_in(made.applicant).submit(
        "/applications/start", organization=made.organization.id)
    assert answer.status_code == 422
    assert answer.text.count(made.application.reference) == 2
    assert "There is a problem" in answer.text
    assert "checked" in answer.text


def test_a_new_draft_shows_what_there_is_to_do(browser, make):
    made = make()
    page = browser.sign_in(made.applicant).get(path(made)).text
    assert "0 of 7 completed." in page
    assert "Cannot start yet" in page
    assert "20 working days from acceptance" in page


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("status", list(S))
def test_it_can_be_followed_in_every_state(browser, make, language, status):
    made = make(status)
    assert browser.sign_in(made.applicant).get(f"/{language}{path(made)}").status_code == 200


def test_answers_are_checked_before_they_are_sent(browser, ready):
    page = browser.sign_in(ready.applicant).get(path(ready, "/submit")).text
    assert "Grade 2" in page
    assert "POLICIES.pdf" in page
    assert "440106199901010019" not in page


def test_an_unfinished_draft_cannot_be_sent(browser, make):
    made = make()
    browser.sign_in(made.applicant)
    assert "Some parts are not completed yet." in browser.get(path(made, "/submit")).text
    assert send(browser, made, "/submit").status_code == 409
    assert (made.application.status, made.application.receipt_number) == (S.DRAFT, None)


def test_submitting_shows_the_receipt_number(browser, ready):
    answer = browser.sign_in(ready.applicant).submit(path(ready, "/submit"))
    page = browser.get(answer.location).text
    assert ready.application.receipt_number in page
    assert "is being printed" in page


def test_a_second_click_submits_once(browser, ready):
    form = browser.sign_in(ready.applicant).get(path(ready, "/submit")).text
    hidden = {n: re.search(rf'name="{n}"[^>]*value="([^"]*)"', form)[1] for n in ("csrf_token", "once")}
    answers = [browser.post(path(ready, "/submit"), data=hidden) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [302, 303]
    assert answers[0].location == answers[1].location


@pytest.mark.parametrize("status", [S.SUBMITTED, S.UNDER_REVIEW, S.APPROVED, S.WITHDRAWN])
def test_what_was_submitted_is_not_sent_again(browser, make, status):
    made = make(status)
    before = recorded(made)
    browser.sign_in(made.applicant)
    assert browser.get(path(made, "/submit")).status_code == 409
    assert send(browser, made, "/submit").status_code == 409
    assert (made.application.status, recorded(made)) == (status, before)


def test_before_submission_there_is_no_receipt(browser, make):
    made = make()
    assert browser.sign_in(made.applicant).get(path(made, "/submitted")).location == path(made)


@pytest.mark.parametrize("status", [S.APPROVED, S.REFUSED, S.NOT_ACCEPTED, S.WITHDRAWN])
def test_what_has_ended_is_not_withdrawn(browser, make, status):
    made = make(status)
    browser.sign_in(made.applicant)
    assert browser.get(path(made, "/withdraw")).status_code == 409
    assert send(browser, made, "/withdraw", reason="").status_code == 409
    assert made.application.status is status


@pytest.mark.parametrize("status", [S.DRAFT, S.SUBMITTED, S.EXPERT_REVIEW, S.DECISION_PENDING])
def test_it_may_be_withdrawn_until_then(browser, make, status):
    made = make(status)
    answer = browser.sign_in(made.applicant).submit(path(made, "/withdraw"), reason="")
    assert (answer.status_code, made.application.status) == (302, S.WITHDRAWN)
    assert "The application is withdrawn." in browser.get(path(made)).text


def test_a_reason_with_a_mobile_number_withdraws_nothing(browser, make):
    made = make()
    answer = browser.sign_in(made.applicant).submit(path(made, "/withdraw"), reason="Ask 13800138000.")
    assert (answer.status_code, made.application.status) == (422, S.DRAFT)
    assert "Leave mobile numbers out of this text." in answer.text


def test_the_copy_is_for_its_two_sides(browser, make, app):
    made = make(S.SUBMITTED)
    with app.test_request_context():
        copies.documents.keep(b"%PDF-1.4\n", name="copy.pdf", media_type="application/pdf", slot="copy",
                              subject=f"{made.application.reference}/copy", actor=made.applicant, at=made.at)
        db.session.commit()
    page = path(made, f"/copy/{copies.of(made.application)[0].id}")
    for user, code in ((made.applicant, 200), (made.reviewer, 200), (make_member()[0], 404)):
        with browser.sign_in(user).get(page) as answer:
            assert answer.status_code == code


def test_a_correction_opens_only_what_it_lists(browser, make):
    made = make(S.CORRECTION_REQUIRED)
    page = browser.sign_in(made.applicant).get(path(made)).text
    assert made.application.correction.document_number in page
    assert f'href="{path(made, "/tasks/technology")}"' in page
    assert f'href="{path(made, "/tasks/matter")}"' not in page
    assert "How this deadline was counted" in page
