"""What the public sees of the made-up holders, and what it never sees."""

import pytest
from sqlalchemy import select

from broker_admin.accounts.models import User
from broker_admin.complaints.models import Complaint, Report
from broker_admin.db import db
from broker_admin.demo.history import FIRST_DAY
from broker_admin.exams.models import Sitting
from broker_admin.exams.workflow import SittingStatus
from broker_admin.licenses.models import License
from broker_admin.licenses.workflow import LicenseStatus
from broker_admin.practitioners.models import Practitioner


@pytest.fixture
def visitor(app):
    return app.test_client()


def license_in(status):
    return db.session.scalars(select(License).where(License.status == status)
                              .order_by(License.id)).first()


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("status", list(LicenseStatus))
def test_a_license_in_every_state_can_be_looked_up(visitor, status, language):
    license = license_in(status)
    page = visitor.get(f"/{language}/register/{license.number}")
    assert page.status_code == 200
    assert license.number in page.text
    assert license.holder_name in page.text


@pytest.mark.parametrize("status", list(LicenseStatus))
def test_a_holder_is_found_by_name(visitor, status):
    license = license_in(status)
    page = visitor.get("/zh/register", query_string={"q": license.holder_name})
    assert page.status_code == 200
    assert license.number in page.text


def test_a_holder_is_found_by_the_code(visitor):
    license = license_in(LicenseStatus.ACTIVE)
    page = visitor.get("/zh/register", query_string={"q": license.uscc})
    assert license.number in page.text


def test_a_name_nobody_bears_finds_nobody(visitor):
    page = visitor.get("/en/register", query_string={"q": "没有这样的机构"})
    assert page.status_code == 200
    assert license_in(LicenseStatus.ACTIVE).number not in page.text


@pytest.mark.parametrize("status", list(LicenseStatus))
def test_a_public_page_names_no_account(visitor, status):
    license = license_in(status)
    text = visitor.get(f"/zh/register/{license.number}").text
    accounts = db.session.scalars(select(User.email)).all()
    assert [email for email in accounts if email in text] == []


@pytest.mark.parametrize("path", ["/register.csv", "/notices", "/register", "/"])
def test_no_public_list_holds_an_identity_number(visitor, path):
    text = visitor.get(f"/zh{path}").get_data(as_text=True)
    people = db.session.scalars(select(Practitioner.identity).limit(50)).all()
    assert [number for number in people if number in text] == []


@pytest.mark.parametrize("path", ["/register.csv", "/notices", "/notices.atom"])
def test_nothing_public_tells_who_complained(visitor, path):
    text = visitor.get(f"/zh{path}").get_data(as_text=True)
    for filing in (*db.session.scalars(select(Complaint)), *db.session.scalars(select(Report))):
        assert filing.reference not in text
        assert filing.informant.email not in text


def test_the_download_holds_every_license_once(visitor):
    text = visitor.get("/zh/register.csv").get_data(as_text=True)
    numbers = db.session.scalars(select(License.number)).all()
    assert [number for number in numbers if text.count(number) != 1] == []


@pytest.mark.parametrize("status", [SittingStatus.OPEN, SittingStatus.SEALED, SittingStatus.RUNNING,
                                    SittingStatus.PUBLISHED, SittingStatus.CANCELLED])
def test_an_announced_sitting_has_its_public_page(visitor, status):
    sitting = db.session.scalars(select(Sitting).where(Sitting.status == status)).first()
    page = visitor.get(f"/en/exams/sittings/{sitting.reference}")
    assert page.status_code == 200
    assert sitting.reference in page.text


def test_a_sitting_that_is_only_planned_is_nobodys_business(visitor):
    sitting = db.session.scalars(select(Sitting).where(Sitting.status == SittingStatus.PLANNED)).one()
    assert visitor.get(f"/en/exams/sittings/{sitting.reference}").status_code == 404


def test_the_first_license_was_issued_within_the_first_half_year(app):
    first = db.session.scalars(select(License).order_by(License.issued_on)).first()
    assert (first.issued_on - FIRST_DAY).days < 182
