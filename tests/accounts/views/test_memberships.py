import pytest

from broker_admin.accounts import memberships
from broker_admin.accounts.workflow import MembershipStatus as S
from broker_admin.clock import now
from broker_admin.db import db
from broker_admin.permissions import Role
from tests.accounts.outgoing import recorded
from tests.factories import make_member, make_organization, make_user

STEPS = ["approve", "decline", "appoint", "dismiss", "end"]


@pytest.fixture
def firm(app):
    """Its administrator, a second one, a member, and somebody who asks."""
    boss, second, member = make_user(), make_user(), make_user(name="Mei Member")
    organization = make_organization(boss, second, member, administrators=(boss, second))
    memberships.ask_to_join(organization, user=make_user(name="Ada Asking"), at=now())
    db.session.commit()
    return organization


def path(membership, step):
    return f"/account/memberships/{membership.id}/{step}"


def do(browser, membership, step):
    page = f"/account/organizations/{membership.organization_id}"
    return browser.submit(path(membership, step), page=page)


# The step, on whom, what the person is then, and what the page says.
DONE = [
    ("approve", 3, (S.APPROVED, False), "The person now acts for the organisation."),
    ("decline", 3, (S.DECLINED, False), "The request is declined."),
    ("appoint", 2, (S.APPROVED, True), "The person is an administrator of the organisation now."),
    ("dismiss", 1, (S.APPROVED, False),
     "The person is no longer an administrator of the organisation."),
    ("end", 2, (S.ENDED, False), "The person no longer acts for the organisation."),
]


@pytest.mark.parametrize(("step", "number", "result", "news"), DONE)
def test_an_administrator_decides_by_the_page(browser, firm, step, number, result, news):
    membership = firm.memberships[number]
    answer = do(browser.sign_in(firm.memberships[0].user), membership, step)
    assert answer.location == f"/account/organizations/{firm.id}"
    assert (membership.status, membership.administers) == result
    assert news in browser.get(answer.location).text


@pytest.mark.parametrize(("step", "number", "chinese"), [
    ("appoint", 2, "该人员现已是本单位的管理员。"), ("dismiss", 1, "该人员不再是本单位的管理员。"),
])
def test_the_news_are_chinese_for_chinese_readers(browser, firm, step, number, chinese):
    browser.sign_in(firm.memberships[0].user)
    page = f"/account/organizations/{firm.id}"
    answer = browser.submit("/zh" + path(firm.memberships[number], step), page=page)
    assert chinese in browser.get(answer.location).text


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("who", ["member", "asking", "stranger", "officer"])
def test_for_others_there_is_nothing_to_decide(browser, firm, step, who):
    actor = {"member": firm.memberships[2].user, "asking": firm.memberships[3].user,
             "stranger": make_member()[0], "officer": make_user(Role.DECIDER)}[who]
    before = [(m.status, m.administers) for m in firm.memberships]
    for membership in firm.memberships:
        answer = browser.sign_in(actor).submit(path(membership, step), page="/account/profile")
        assert answer.status_code == 404
    assert [(m.status, m.administers) for m in firm.memberships] == before


@pytest.mark.parametrize("step", STEPS)
def test_a_visitor_is_led_to_signing_in(browser, firm, step):
    answer = browser.submit(path(firm.memberships[2], step), page="/account/sign-in")
    assert answer.location.startswith("/account/sign-in")
    assert firm.memberships[2].status is S.APPROVED


# From each state, the steps that are not open: the person, by number, and the step.
CLOSED = [(0, "approve"), (0, "decline"), (0, "appoint"), (2, "approve"), (2, "decline"),
          (2, "dismiss"), (3, "appoint"), (3, "dismiss"), (3, "end")]


@pytest.mark.parametrize(("number", "step"), CLOSED)
def test_a_step_out_of_order_changes_nothing(browser, firm, number, step):
    membership = firm.memberships[number]
    before, entries = (membership.status, membership.administers), recorded()
    answer = do(browser.sign_in(firm.memberships[0].user), membership, step)
    assert answer.status_code == 409
    db.session.refresh(membership)
    assert (membership.status, membership.administers) == before
    assert recorded() == entries


@pytest.mark.parametrize("step", ["dismiss", "end"])
@pytest.mark.parametrize(("language", "words"), [
    ("en", "This is the last administrator of the organisation."), ("zh", "最后一名管理员"),
])
def test_the_last_administrator_is_told_why(browser, step, language, words):
    boss, organization = make_member()
    browser.sign_in(boss)
    answer = browser.submit(f"/{language}{path(organization.memberships[0], step)}",
                            page=f"/account/organizations/{organization.id}")
    assert answer.status_code == 409
    assert words in answer.text
    assert organization.administrators == [boss]


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("number", [0, 10**6, 10**20])
def test_an_unknown_membership_is_not_found(browser, step, number):
    browser.sign_in(make_member()[0])
    answer = browser.submit(f"/account/memberships/{number}/{step}", page="/account/profile")
    assert answer.status_code in {400, 404}


@pytest.mark.parametrize("step", ["promote", "delete", "ask", "APPROVE"])
def test_an_unknown_step_is_not_found(browser, firm, step):
    browser.sign_in(firm.memberships[0].user)
    assert do(browser, firm.memberships[2], step).status_code == 404


def offered(browser, firm):
    page = browser.get(f"/account/organizations/{firm.id}").text
    return {(number, step) for number, membership in enumerate(firm.memberships) for step in STEPS
            if path(membership, step) in page}


def test_an_administrator_is_offered_what_makes_sense(browser, firm):
    browser.sign_in(firm.memberships[0].user)
    assert offered(browser, firm) == {
        (0, "dismiss"), (0, "end"), (1, "dismiss"), (1, "end"), (2, "appoint"), (2, "end"),
        (3, "approve"), (3, "decline")}


def test_a_member_is_offered_no_decision(browser, firm):
    browser.sign_in(firm.memberships[2].user)
    assert offered(browser, firm) == set()


def test_a_dismissed_administrator_is_offered_nothing(browser, firm):
    browser.sign_in(firm.memberships[0].user)
    do(browser, firm.memberships[0], "dismiss")
    assert offered(browser, firm) == set()


def test_a_second_click_appoints_once(browser, firm):
    browser.sign_in(firm.memberships[0].user)
    do(browser, firm.memberships[2], "appoint")
    assert do(browser, firm.memberships[2], "appoint").status_code == 409
    assert recorded(firm.memberships[2]) == ["membership.administrator_appointed"]


def test_a_removed_member_sees_the_firm_no_more(browser, firm):
    browser.sign_in(firm.memberships[0].user)
    do(browser, firm.memberships[2], "end")
    browser.sign_in(firm.memberships[2].user)
    assert browser.get(f"/account/organizations/{firm.id}").status_code == 404
    assert firm.name not in browser.get("/account/organizations").text
