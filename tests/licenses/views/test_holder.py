import pytest

from broker_admin.clock import now
from broker_admin.db import db
from broker_admin.ledger import Message
from broker_admin.licenses import printing, service
from broker_admin.licenses.workflow import LicenseStatus as S
from broker_admin.permissions import Role
from tests.factories import make_member, make_user
from tests.licenses.factories import make_license


@pytest.fixture
def holder(app):
    user, organization = make_member()
    with app.test_request_context(headers={"Accept-Language": "en"}):
        license = make_license(organization)
        db.session.commit()
    return user, license


def test_the_wallet_lists_only_ones_own(browser, holder, app):
    user, license = holder
    with app.test_request_context():
        other = make_license()
    page = browser.sign_in(user).get("/licenses/").text
    assert license.display_number in page
    assert other.display_number not in page


def test_the_page_says_how_the_license_stands(browser, holder):
    user, license = holder
    page = browser.sign_in(user).get(f"/licenses/{license.number}").text
    for said in (license.display_number, license.uscc, ">Valid<", "Matchmaking", "License issued",
                 f"/v/{license.number}"):
        assert said in page


@pytest.mark.parametrize("path", ["", "/surrender", "/certificate", "/case", "/suspend"])
def test_strangers_find_no_license_there(browser, holder, path):
    _, license = holder
    stranger, _ = make_member()
    assert browser.sign_in(stranger).get(f"/licenses/{license.number}{path}").status_code == 404


def test_until_it_is_made_the_page_says_so(browser, holder):
    user, license = holder
    page = browser.sign_in(user).get(f"/licenses/{license.number}").text
    assert "The certificate is being made." in page
    assert browser.get(f"/licenses/{license.number}/certificate").status_code == 404


def test_the_holder_downloads_the_certificate(browser, holder):
    user, license = holder
    printing.make_certificate({"number": license.number, "edition": 1}, now())
    with browser.sign_in(user).get(f"/licenses/{license.number}/certificate") as answer:
        assert answer.data.startswith(b"%PDF-")
        assert license.number in answer.headers["Content-Disposition"]


def test_giving_up_needs_a_reason_and_certainty(browser, holder):
    user, license = holder
    browser.sign_in(user)
    page = browser.submit(f"/licenses/{license.number}/surrender", reason="We close.")
    assert page.status_code == 422
    assert "Confirm that you are sure." in page.text
    assert "We close." in page.text
    assert license.status is S.ACTIVE


def test_giving_up_ends_the_license_and_tells_members(browser, holder):
    user, license = holder
    answer = browser.sign_in(user).submit(
        f"/licenses/{license.number}/surrender", reason="We close.", sure="y")
    assert answer.location.endswith(f"/licenses/{license.number}")
    assert license.status is S.CANCELLED
    told = db.session.scalars(db.select(Message).where(Message.name == "license.surrendered")).one()
    assert told.recipient_id == user.id


def test_giving_up_twice_is_a_conflict(browser, holder):
    user, license = holder
    service.surrender(license, reason="Gone.", actor=user, at=now())
    db.session.commit()
    assert browser.sign_in(user).get(f"/licenses/{license.number}/surrender").status_code == 409


def test_an_identity_number_in_the_reason_is_refused(browser, holder):
    user, license = holder
    page = browser.sign_in(user).submit(f"/licenses/{license.number}/surrender",
                                        reason="44010619990101001X has left.", sure="y")
    assert page.status_code == 422
    assert license.status is S.ACTIVE


def test_officers_cannot_give_up_for_a_holder(browser, holder):
    _, license = holder
    browser.sign_in(make_user(Role.DECIDER))
    assert browser.get(f"/licenses/{license.number}/surrender").status_code == 404
