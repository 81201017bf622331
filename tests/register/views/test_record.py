import re
from datetime import date, timedelta

import pytest

from broker_admin import clock
from broker_admin.clock import day_of, now
from broker_admin.db import db
from broker_admin.licenses import service
from tests.factories import make_member, make_organization
from tests.licenses.factories import make_license
from tests.register.factories import act, in_days, make_named

PERSONAL = re.compile(r"(?<![0-9A-Z])(\d{17}[\dX]|1[3-9]\d{9})(?![0-9A-Z])")


def test_the_record_says_what_was_granted(browser):
    license = make_named("数链公司", "Chain Ltd.", legal_representative="欧阳明轩")
    page = browser.get(f"/register/{license.number}").text
    for said in ("数链公司", "Chain Ltd.", license.display_number, license.uscc, "欧阳明轩",
                 license.address, "Matchmaking", "as a data broker until", "As the register stood on"):
        assert said in page


def test_the_history_names_days_reasons_and_basis(browser):
    license = act(act(make_named("数链公司"), "suspend"), "revoke", reason="Sold data.")
    page = browser.get(f"/register/{license.number}").text
    for said in ("License issued", "License suspended", "License revoked", "Sold data.",
                 "数据安全法第47条", str(day_of(now()))):
        assert said in page


def test_why_a_holder_gave_up_stays_private(browser):
    user, organization = make_member()
    license = make_license(organization)
    service.surrender(license, reason="Founder is ill.", actor=user, at=now())
    db.session.commit()
    for path in (f"/register/{license.number}", "/notices", "/register", "/notices.atom"):
        page = browser.get(path).text
        assert license.holder_name in page
        assert "Founder is ill." not in page


def test_no_public_page_shows_personal_numbers(browser):
    license = make_license(make_organization(
        contact_phone="13812345678", contact_email="founder@example.org"))
    act(license, "suspend", reason="证人13912345678，身份证440106199901010019，a@example.org。")
    for path in (f"/register/{license.number}", f"/v/{license.number}", "/notices", "/register",
                 f"/check?q={license.number}", "/register.csv", "/notices.atom"):
        page = browser.get(path).text
        assert not PERSONAL.search(page.replace(license.uscc, "")), path
        assert "@example.org" not in page


def test_other_notations_lead_to_the_one_address(browser):
    license = make_named("数链公司")
    for typed in (license.number.lower(), license.display_number):
        answer = browser.get(f"/register/{typed}")
        assert (answer.status_code, answer.location) == (301, f"/register/{license.number}")


@pytest.mark.parametrize("number", [
    "SJ440000D202600009A", "SJ440000D2026000127", "nonsense", "%00", "%FF", "..%2F", "9" * 3000,
    "SJP4400002026000123V"])
def test_every_unknown_number_gets_the_same_page(browser, number):
    for path in ("register", "v"):
        page = browser.get(f"/{path}/{number}")
        assert page.status_code == 404
        assert "There is no such" in page.text


def test_a_mistyped_number_reads_like_an_unknown_one(browser):
    def words(number):
        page = browser.get(f"/register/{number}").text
        return re.search(r"<main.*</main>", page, re.DOTALL)[0]

    with clock.at(now()):
        assert words("SJ440000D202600009A") == words("SJ440000D202600009B") == words("x")


def test_the_printed_code_leads_to_the_answer(browser):
    license = act(make_named("数链公司"), "revoke")
    page = browser.get(f"/v/{license.number}")
    assert page.status_code == 200
    assert "lost its license as a penalty" in page.text


def test_the_past_can_be_asked_about(browser):
    license = make_named("数链公司")
    with clock.at(clock.start_of(in_days(10))):
        act(license, "suspend")
    for day, said in [(in_days(9), ">Valid<"), (in_days(10), ">Suspended<"),
                      (date(2020, 1, 1), "not issued yet")]:
        page = browser.get(f"/register/{license.number}?on={day}").text
        assert said in re.search(r'role="status".*', page)[0]


def test_a_day_that_is_none_is_refused_in_words(browser):
    license = make_named("数链公司")
    page = browser.get(f"/register/{license.number}?on=yesterday")
    assert page.status_code == 422
    assert "Enter a date such as" in page.text
    assert 'value="yesterday"' in page.text


def test_an_old_record_points_to_the_new_one(browser):
    user, organization = make_member()
    old = make_license(organization)
    service.surrender(old, reason="Moved.", actor=user, at=now() - timedelta(days=1))
    new = make_license(organization)
    db.session.commit()
    assert new.display_number in browser.get(f"/register/{old.number}").text
    assert "another license" not in browser.get(f"/register/{new.number}").text


def test_the_record_reads_in_chinese(browser):
    license = act(make_named("数链公司"), "revoke")
    page = browser.get(f"/zh/register/{license.number}").text
    for said in ("吊销资格证书", "可以开展的业务", "统一社会信用代码", "名录数据截至"):
        assert said in page


def test_an_unchanged_record_is_not_sent_again(browser):
    license = make_named("数链公司")
    path = f"/register/{license.number}"
    asked = {"If-None-Match": browser.get(path).headers["ETag"]}
    assert browser.get(path, headers=asked).status_code == 304
    assert browser.get(f"/zh{path}", headers=asked).status_code == 200
    act(license, "suspend")
    changed = browser.get(path, headers=asked)
    assert (changed.status_code, "Suspended since" in changed.text) == (200, True)


def test_a_new_day_is_a_new_record(browser):
    path = f"/register/{make_named('数链公司').number}"
    asked = {"If-None-Match": browser.get(path).headers["ETag"]}
    with clock.at(now() + timedelta(days=1)):
        assert browser.get(path, headers=asked).status_code == 200


def test_what_members_see_is_never_kept_by_browsers(browser):
    user, organization = make_member()
    license = make_license(organization)
    answer = browser.sign_in(user).get(f"/register/{license.number}")
    assert "ETag" not in answer.headers
    assert answer.headers["Cache-Control"] == "no-store"
