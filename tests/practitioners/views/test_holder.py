import pytest

from broker_admin import clock
from broker_admin.clock import day_of, now
from broker_admin.db import db
from broker_admin.permissions import Role
from broker_admin.practitioners import service
from broker_admin.practitioners.workflow import EmploymentStatus as E
from tests.conftest import NOON
from tests.factories import make_member, make_user
from tests.practitioners.factories import make_practitioner

MINE = "/practitioners/mine"


@pytest.fixture
def asked(app):
    """A practitioner whom an organisation has named, and the unanswered employment."""
    boss, organization = make_member()
    practitioner = make_practitioner()
    employment = service.propose(organization, practitioner, actor=boss, at=now())
    db.session.commit()
    return practitioner, employment


def answer(browser, employment, step, page=MINE):
    return browser.submit(f"/practitioners/employments/{employment.id}/{step}", page=page)


def void(practitioner):
    service.void(practitioner, reason="Somebody else sat.", actor=make_user(Role.EXAM_ADMIN), at=now())
    db.session.commit()


@pytest.mark.parametrize(("language", "said"), [
    ("en", "You have no certificate yet"), ("zh", "您还没有证书。")])
def test_the_page_says_how_to_get_certified(browser, language, said):
    page = browser.sign_in(make_user()).get(f"/{language}{MINE}").text
    assert said in page
    assert "SJP" not in page


def test_the_page_shows_number_and_term(browser, asked):
    practitioner, _ = asked
    page = browser.sign_in(practitioner.user).get(MINE).text
    for said in (practitioner.name, practitioner.certificate_number, ">Certified<"):
        assert said in page
    assert practitioner.identity not in page


def test_a_new_certificate_waits_for_an_employer(browser):
    page = browser.sign_in(make_practitioner().user).get(MINE).text
    assert "Nobody has named you yet." in page


@pytest.mark.parametrize(("step", "status", "said"), [
    ("confirm", E.CONFIRMED, "The employment is confirmed."),
    ("decline", E.DECLINED, "The employment is declined.")])
def test_a_person_answers_from_the_page(browser, asked, step, status, said):
    practitioner, employment = asked
    assert answer(browser.sign_in(practitioner.user), employment, step).status_code == 302
    assert (employment.status, day_of(employment.answered_at)) == (status, day_of(now()))
    assert said in browser.get(MINE).text


def test_a_person_leaves_and_the_certificate_stays(browser, asked):
    practitioner, employment = asked
    browser.sign_in(practitioner.user)
    answer(browser, employment, "confirm")
    left = answer(browser, employment, "end")
    assert left.location.endswith(MINE)
    assert (employment.status, employment.ended_on) == (E.ENDED, day_of(now()))
    assert ">Certified<" in browser.get(MINE).text


@pytest.mark.parametrize("step", ["confirm", "decline"])
def test_answering_twice_is_a_conflict(browser, asked, step):
    practitioner, employment = asked
    browser.sign_in(practitioner.user)
    answer(browser, employment, step)
    again = answer(browser, employment, step)
    assert again.status_code == 409
    assert len(practitioner.employments) == 1


def test_a_second_employer_must_wait(browser, asked):
    practitioner, employment = asked
    boss, other = make_member()
    second = service.propose(other, practitioner, actor=boss, at=now())
    browser.sign_in(practitioner.user)
    answer(browser, employment, "confirm")
    refused = answer(browser, second, "confirm")
    assert refused.status_code == 409
    assert employment.organization.name in refused.text
    assert second.status is E.PROPOSED


@pytest.mark.parametrize("step", ["confirm", "decline", "end"])
def test_nobody_answers_for_somebody_else(browser, asked, step):
    _, employment = asked
    browser.sign_in(make_practitioner().user)
    assert answer(browser, employment, step, page="/account").status_code == 404
    assert employment.status is E.PROPOSED


@pytest.mark.parametrize("number", [0, 10**6])
def test_an_employment_that_is_none_is_not_found(browser, asked, number):
    practitioner, _ = asked
    browser.sign_in(practitioner.user)
    assert browser.submit(f"/practitioners/employments/{number}/confirm", page=MINE).status_code == 404


def test_without_the_token_of_the_page_nothing_changes(browser, asked):
    practitioner, employment = asked
    sent = browser.sign_in(practitioner.user).post(f"/practitioners/employments/{employment.id}/confirm")
    assert sent.status_code == 400
    assert employment.status is E.PROPOSED


@pytest.mark.parametrize(("language", "said"), [
    ("en", ["Somebody else sat.", "Declared void on", "for reconsideration until"]),
    ("zh", ["Somebody else sat.", "宣告无效日期", "申请行政复议"])])
def test_a_void_certificate_says_why_and_what_to_do(browser, asked, language, said):
    practitioner, _ = asked
    void(practitioner)
    page = browser.sign_in(practitioner.user).get(f"/{language}{MINE}").text
    assert [words for words in said if words not in page] == []


def test_remedies_are_counted_from_the_day_of_the_decision(browser, asked):
    practitioner, _ = asked
    with clock.at(NOON):
        void(practitioner)
    page = browser.sign_in(practitioner.user).get(MINE).text
    # Sixty days end on a Friday; six months on a Sunday, which the Monday after takes over.
    assert "for reconsideration until 2027-01-22" in page
    assert "people&#39;s court until 2027-05-24" in page


def test_a_void_certificate_offers_no_step(browser, asked):
    practitioner, employment = asked
    answer(browser.sign_in(practitioner.user), employment, "confirm")
    void(practitioner)
    page = browser.sign_in(practitioner.user).get(MINE).text
    assert "I no longer work there" not in page
    assert employment.status is E.ENDED


def test_a_visitor_is_asked_to_sign_in(browser):
    assert browser.get(MINE).status_code == 302
