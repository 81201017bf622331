"""What the public reads of a practitioner: masked, and no more than needed."""

from datetime import timedelta

import pytest

from broker_admin import clock
from broker_admin.clock import now
from broker_admin.db import db
from broker_admin.permissions import Role
from broker_admin.practitioners import service
from tests.factories import make_member, make_user
from tests.licenses.factories import make_license
from tests.practitioners.factories import make_practitioner, make_staff


@pytest.fixture
def practitioner(app):
    made = make_practitioner(name="欧阳明轩")
    db.session.commit()
    return made


def look(browser, practitioner, language="en"):
    return browser.get(f"/{language}/v/{practitioner.certificate_number}")


@pytest.mark.parametrize(("language", "said"), [("en", "Valid: the certificate is in force until"),
                                                ("zh", "有效")])
def test_a_valid_certificate_says_until_when(browser, practitioner, language, said):
    page = look(browser, practitioner, language)
    assert page.status_code == 200
    assert said in page.text
    assert practitioner.certificate_number in page.text


def test_no_page_shows_who_it_is(browser, practitioner):
    page = look(browser, practitioner).text
    for secret in ("欧阳明轩", practitioner.identity, practitioner.user.email, practitioner.reference):
        assert secret not in page
    assert "欧**轩" in page


def test_an_answer_says_of_which_moment_it_is(browser, practitioner):
    assert "As the register stood on" in look(browser, practitioner).text


@pytest.mark.parametrize("end", ["void", "lapse"])
def test_a_certificate_that_ended_is_not_valid(browser, practitioner, end):
    if end == "void":
        service.void(practitioner, reason="Deceit of 王芳.", actor=make_user(Role.EXAM_ADMIN), at=now())
    else:
        service.lapse(practitioner, at=now() + timedelta(days=4 * 366))
    db.session.commit()
    page = look(browser, practitioner).text
    assert "Not valid: the certificate is not in force." in page
    assert "Deceit" not in page


def test_the_last_day_counts_and_the_next_does_not(browser, practitioner):
    for days, said in [(0, "Valid: the certificate"), (1, "Not valid: the certificate")]:
        with clock.at(clock.start_of(practitioner.valid_to + timedelta(days=days))):
            assert said in look(browser, practitioner).text


def test_a_number_is_read_as_it_was_typed(browser, practitioner):
    typed = practitioner.certificate_number.lower()
    assert browser.get(f"/v/{typed}").status_code == 200


def test_the_record_of_an_employer_counts_without_naming(browser):
    boss, organization = make_member()
    license = make_license(organization)
    make_staff(organization, boss, name="欧阳明轩")
    db.session.commit()
    page = browser.get(f"/register/{license.number}").text
    assert "Number of certified practitioners" in page
    assert "欧阳明轩" not in page


def test_people_cannot_be_searched_by_name(browser, practitioner):
    for path in ("/register?q=欧阳明轩", "/check?q=欧阳明轩", f"/check?q={practitioner.identity}"):
        assert practitioner.certificate_number not in browser.get(path).text


def test_the_number_of_a_person_leads_to_the_check(browser, practitioner):
    page = browser.get(f"/check?q={practitioner.certificate_number}").text
    assert f"/v/{practitioner.certificate_number}" in page
