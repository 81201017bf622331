from datetime import timedelta

import pytest

from broker_admin import clock
from broker_admin.clock import day_of, now
from broker_admin.db import db
from broker_admin.documents import storage
from broker_admin.ledger import Message
from broker_admin.licenses import printing, service
from broker_admin.licenses.workflow import LicenseStatus as S
from broker_admin.permissions import SYSTEM, Role
from tests.factories import make_member, make_organization, make_user
from tests.licenses.factories import make_license
from tests.licenses.views.conftest import hidden_in


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


def away(license):
    """Where the bytes of the certificate lie in the store."""
    return storage.path_of(license.certificates[-1].sha256)


def printed(license):
    printing.make_certificate({"number": license.number, "edition": 1}, now())
    db.session.commit()
    return license


def test_colleagues_share_the_wallet_of_their_house(app, browser):
    first, colleague = make_user(), make_user()
    with app.test_request_context():
        license = make_license(make_organization(first, colleague))
    for user in (first, colleague):
        assert browser.sign_in(user).get(f"/licenses/{license.number}").status_code == 200


def test_somebody_without_a_house_finds_no_wallet(browser):
    assert "No license yet." in browser.sign_in(make_member()[0]).get("/licenses/").text
    assert "No license yet." in browser.sign_in(make_user()).get("/licenses/").text


def test_a_visitor_is_asked_to_sign_in(browser, holder):
    _, license = holder
    for path in ("/licenses/", f"/licenses/{license.number}", f"/licenses/{license.number}/certificate"):
        assert browser.get(path).status_code == 302


@pytest.mark.parametrize(("language", "said"), [
    ("en", ["Valid", "License issued", "Unified social credit code"]),
    ("zh", ["有效", "统一社会信用代码", "撮合"])])
def test_the_page_reads_in_both_languages(browser, holder, language, said):
    user, license = holder
    page = browser.sign_in(user).get(f"/{language}/licenses/{license.number}").text
    assert [words for words in said if words not in page] == []


@pytest.mark.parametrize(("days", "told"), [(91, False), (90, True), (1, True), (0, True), (-1, False)])
def test_the_end_of_the_term_is_told_in_time(browser, holder, days, told):
    user, license = holder
    with clock.at(clock.start_of(license.valid_to - timedelta(days=days))):
        page = browser.sign_in(user).get(f"/licenses/{license.number}").text
    assert ("The license ends on" in page) is told


def test_a_term_that_has_not_begun_is_no_error(app, browser):
    user, organization = make_member()
    with app.test_request_context():
        license = make_license(organization, valid_from=day_of(now()) + timedelta(days=5))
    assert browser.sign_in(user).get(f"/licenses/{license.number}").status_code == 200
    browser.sign_in(make_user(Role.DECIDER))
    assert browser.get(f"/licenses/{license.number}/case").status_code == 200


@pytest.mark.parametrize(("language", "said"), [("en", "for reconsideration until"), ("zh", "申请行政复议")])
def test_an_adverse_act_names_reasons_basis_and_remedies(app, browser, holder, language, said):
    user, license = holder
    with app.test_request_context():
        service.revoke(license, basis="数据安全法第47条", reason="Sold data.", case="",
                       actor=make_user(Role.DECIDER), at=now())
    page = browser.sign_in(user).get(f"/{language}/licenses/{license.number}").text
    for words in ("Sold data.", "数据安全法第47条", said):
        assert words in page


def test_what_the_holder_did_itself_has_no_remedy(browser, holder):
    user, license = holder
    service.surrender(license, reason="We close.", actor=user, at=now())
    assert "for reconsideration" not in browser.sign_in(user).get(f"/licenses/{license.number}").text


@pytest.mark.parametrize("spoil", [
    lambda path: path.unlink(), lambda path: path.write_bytes(b"%PDF-forged"),
    lambda path: path.write_bytes(b""), lambda path: (path.unlink(), path.mkdir())],
    ids=["deleted", "altered", "emptied", "a folder in its place"])
@pytest.mark.parametrize(("language", "said"), [("en", "has to be restored"), ("zh", "恢复")])
def test_a_spoiled_certificate_is_told_and_no_error(browser, holder, own_store, spoil, language, said):
    user, license = holder
    spoil(away(printed(license)))
    for page in (f"/{language}/licenses/{license.number}/certificate",
                 f"/{language}/register/{license.number}/certificate"):
        answer = browser.sign_in(user).get(page)
        assert answer.status_code == 409
        assert said in answer.text


def test_the_page_of_a_spoiled_certificate_still_opens(browser, holder, own_store):
    user, license = holder
    away(printed(license)).unlink()
    assert browser.sign_in(user).get(f"/licenses/{license.number}").status_code == 200
    assert browser.get(f"/register/{license.number}").status_code == 200


def test_a_certificate_is_never_drawn_again(app, browser, holder, own_store, monkeypatch):
    user, license = holder
    kept = away(printed(license)).read_bytes()
    license.holder_name = "另一家有限公司"
    db.session.commit()
    monkeypatch.setattr(printing, "render_certificate", lambda facts: pytest.fail("drawn again"))
    printing.make_missing(day_of(now()), actor=SYSTEM, at=now() + timedelta(days=1))
    with browser.sign_in(user).get(f"/licenses/{license.number}/certificate") as answer:
        assert answer.data == kept
        assert answer.headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize("reason", ["", " ", "x" * 501, "\x00"])
def test_a_bad_reason_is_refused_and_stays_typed(browser, holder, reason):
    user, license = holder
    page = browser.sign_in(user).submit(f"/licenses/{license.number}/surrender", reason=reason, sure="y")
    assert page.status_code == 422
    assert "Give the reason." in page.text or "Use at most 500 characters." in page.text
    assert license.status is S.ACTIVE


def test_a_second_click_gives_up_once(browser, holder):
    user, license = holder
    path = f"/licenses/{license.number}/surrender"
    given = {**hidden_in(browser.sign_in(user).get(path)), "reason": "We close.", "sure": "y"}
    answers = [browser.post(path, data=given) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [302, 303]
    assert [s.act for s in license.standings] == ["issue", "surrender"]


@pytest.mark.parametrize("number", ["SJ440000D202699999X", "x", "%00", "x" * 4000])
def test_an_unknown_number_is_not_found(browser, holder, number):
    user, _ = holder
    for path in ("", "/certificate", "/surrender"):
        assert browser.sign_in(user).get(f"/licenses/{number}{path}").status_code in {400, 404}
