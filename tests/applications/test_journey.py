"""From a draft to the license, page by page, as applicant and officers."""

from io import BytesIO

import pytest

from broker_admin.applications.models import Application
from broker_admin.applications.workflow import ApplicationStatus as S
from broker_admin.db import db
from broker_admin.permissions import Role
from tests.applications.factories import attach_all
from tests.documents.files import pdf
from tests.factories import make_member, make_user
from tests.practitioners.factories import make_staff

ANSWERS = {
    "matter": {"broker_type": "DATA", "grade_applied": "2", "scope": ["MATCH", "CONSULT"],
               "region_code": "440100"},
    "organization": {
        "legal_form": "enterprise", "established_on": "2020年3月2日",
        "registered_capital": "50,000,000", "paid_in_capital": "３０００００００",
        "registered_address": "广州市海珠区新港东路1号", "business_address": "同上",
        "website": "https://example.org", "controllers": "陈怡 100%", "foreign_percent": "0"},
    "people": {"legal_rep_name": "陈怡", "legal_rep_identity": "440106199901010019",
               "legal_rep_mobile": "138 0013 8000", "data_security_officer": "李敏",
               "information_officer": "王浩"},
    "technology": {"dcmm_level": "0", "mlps_level": "2", "mlps_number": "44010012345-21001",
                   "mlps_reported_on": "2026-06-01", "platform": "平台", "location": "广州"},
    "commitments": {"truthful": "y", "compliant": "y", "service_email": "legal@example.org",
                    "signed_by": "陈怡"},
}


@pytest.fixture
def filed(browser):
    """The path of an application that was filled in, attached and submitted by pages alone."""
    applicant, organization = make_member()
    practitioner = make_staff(organization, applicant)
    browser.sign_in(applicant)
    started = browser.submit("/applications/start", organization=organization.id)
    path = started.location.rstrip("/")
    _answer(browser, path, "staff", {"staff": practitioner.reference})
    for task in ("matter", "organization", "people", "technology"):
        _answer(browser, path, task, ANSWERS[task])
    answer = browser.submit(f"{path}/documents/POLICIES", file=(BytesIO(pdf()), "policies.pdf"))
    assert answer.status_code == 302
    # Each upload is inspected by a process of its own; one shows that it works.
    attach_all(db.session.scalars(db.select(Application)).one(), applicant)
    _answer(browser, path, "commitments", ANSWERS["commitments"])
    assert browser.submit(f"{path}/submit").status_code == 302
    return path


def _answer(browser, path, task, answers):
    answer = browser.submit(f"{path}/tasks/{task}", **answers)
    assert answer.status_code == 302, (task, answer.text)


def _step(browser, user, path, **answers):
    answer = browser.sign_in(user).submit(path, **answers)
    assert answer.status_code == 302, (path, answer.text)


def test_from_draft_to_license(browser, filed):
    intake, reviewer, decider = (
        make_user(role) for role in (Role.INTAKE_OFFICER, Role.REVIEWER, Role.DECIDER))
    application = db.session.scalars(db.select(Application)).one()
    _step(browser, intake, f"{filed}/accept")
    for number in range(1, 10):
        _step(browser, reviewer, f"{filed}/check/G{number}", met="yes", note="Seen.")
    terms = {"broker_type": "DATA", "grade": "2", "scope": ["MATCH"], "term_years": "3",
             "reasons": "Every criterion is met."}
    _step(browser, reviewer, f"{filed}/propose", **terms)
    _step(browser, decider, f"{filed}/grant", **terms)
    assert application.status is S.APPROVED
    page = browser.sign_in(application.created_by).get(filed)
    assert application.decision.license_number in page.text


def test_the_receipt_page_can_be_bookmarked(browser, filed):
    application = db.session.scalars(db.select(Application)).one()
    for _ in range(2):
        page = browser.get(f"{filed}/submitted")
        assert application.receipt_number in page.text


def test_every_desk_page_opens_in_both_languages(browser, filed):
    officer = make_user(Role.INTAKE_OFFICER, Role.REVIEWER)
    browser.sign_in(officer)
    for language in ("zh", "en"):
        for page in ("accept", "decline", "require-correction", "case"):
            assert browser.get(f"/{language}{filed}/{page}").status_code == 200, page
        assert browser.get(f"/{language}/applications/worklist").status_code == 200


def test_strangers_find_nothing(browser, filed):
    browser.sign_in(make_member()[0])
    for page in ("", "/submit", "/submitted", "/withdraw", "/case", "/accept", "/tasks/matter",
                 "/documents", "/file/1", "/copy/1", "/grant"):
        assert browser.get(filed + page).status_code == 404, page
