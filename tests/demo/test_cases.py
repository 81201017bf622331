"""Every case of the history opens for the officer whose desk it is on, in both languages."""

import pytest
from sqlalchemy import select

from broker_admin import cases
from broker_admin.accounts import service as accounts
from broker_admin.db import db
from broker_admin.demo.offices import DOMAIN

# The page of one case, whom it is shown to, and the column that names it there.
PAGES = {
    "Application": ("/applications/{}/case", "auditor", "reference"),
    "License": ("/licenses/{}/case", "decider", "number"),
    "Practitioner": ("/practitioners/{}/case", "exam", "reference"),
    "Case": ("/cases/{}/case", "legal", "reference"),
    "Complaint": ("/complaints/{}/case", "enforcement", "reference"),
    "Report": ("/complaints/reports/{}/case", "enforcement2", "reference"),
    "AnnualReport": ("/supervision/reports/{}/case", "supervision", "reference"),
    "AnnualReview": ("/supervision/reviews/{}/case", "supervision", "reference"),
    "Draw": ("/supervision/draws/{}/case", "supervision", "reference"),
    "Inspection": ("/supervision/inspections/{}/case", "supervision", "reference"),
    "Rectification": ("/supervision/rectifications/{}/case", "supervision", "reference"),
    "Sitting": ("/exams/administration/{}", "exam", "reference"),
}
# Before it is filed a draft is its author's alone; the others the history cannot hold.
HIDDEN = {("Application", "draft"), ("AnnualReport", "draft"), ("Practitioner", "lapsed"),
          ("Draw", "committed")}
KINDS = {kind.model.__name__: kind for kind in cases.KINDS}
STATES = [(name, state) for name in PAGES
          for state in type(KINDS[name].workflow.transitions[0].target)
          if (name, state.value) not in HIDDEN]


def first(name, state):
    model = KINDS[name].model
    return db.session.scalars(select(model).where(model.status == state).order_by(model.id)).first()


@pytest.fixture
def officer_reads(app):
    def read(name, case, language):
        path, mailbox, column = PAGES[name]
        browser = app.test_client().sign_in(accounts.find(f"{mailbox}@{DOMAIN}"))
        return browser.get(f"/{language}{path.format(getattr(case, column))}")

    return read


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize(("name", "state"), STATES)
def test_a_case_in_every_state_has_its_page(officer_reads, name, state, language):
    case = first(name, state)
    page = officer_reads(name, case, language)
    assert page.status_code == 200
    assert getattr(case, PAGES[name][2]) in page.text


@pytest.mark.parametrize(("name", "state"), STATES)
def test_no_page_of_a_case_is_for_strangers(app, name, state):
    path, _, column = PAGES[name]
    page = app.test_client().get(f"/zh{path.format(getattr(first(name, state), column))}")
    assert page.status_code in {302, 404}


@pytest.mark.parametrize("name", sorted(PAGES))
def test_a_case_that_is_not_there_is_not_found(officer_reads, name):
    class Nothing:
        reference = number = "XX-2026-000001"

    assert officer_reads(name, Nothing, "en").status_code == 404


def test_every_kind_of_case_has_a_page_or_belongs_to_one():
    # A membership, an employment, a seat and an attempt are lines of a page about somebody else.
    assert KINDS.keys() - PAGES.keys() == {"Membership", "Employment", "Booking", "ExamAttempt"}
