import io

import pypdfium2
import pytest
from sqlalchemy import select

from broker_admin.applications.checklist import documents_for
from broker_admin.applications.models import Application
from broker_admin.applications.workflow import ApplicationStatus as S
from broker_admin.db import db
from broker_admin.demo import papers
from broker_admin.documents.models import Document
from broker_admin.rules.identifiers import mobile_fault


@pytest.fixture
def granted(app):
    return db.session.scalars(select(Application).where(Application.status == S.APPROVED)).all()


def test_every_task_of_the_form_is_answered(granted):
    assert {tuple(sorted(a.answers)) for a in granted} == {tuple(sorted(papers.TASKS))}


def test_every_document_that_is_asked_for_is_attached(granted):
    for application in granted:
        attached = set(db.session.scalars(select(Document.slot).where(
            Document.subject == application.reference, Document.removed_at.is_(None))))
        assert attached >= {kind.code for kind in documents_for(application.answers)}


def test_all_types_and_grades_are_asked_for(granted):
    matters = [application.answers_of("matter") for application in granted]
    assert {matter["broker_type"] for matter in matters} == {"DATA", "TECH", "FIDU"}
    assert {str(matter["grade_applied"]) for matter in matters} == {"1", "2", "3"}


def test_the_staff_named_are_the_firms_own(granted):
    for application in granted:
        named = application.answers_of("staff")["staff"]
        assert len(named) == len(set(named)) == 5


@pytest.mark.parametrize("title", ["charter", "lease-01", "audit_report"])
def test_a_sheet_is_a_document_that_opens(title):
    page = pypdfium2.PdfDocument(io.BytesIO(papers._sheet(title)))[0]
    assert page.get_textpage().get_text_range() == f"Demonstration: {title}"


@pytest.mark.parametrize("index", range(0, 66, 13))
def test_telephone_numbers_are_well_formed(index):
    _, personal = papers._people(index)
    assert mobile_fault(personal["legal_rep_mobile"]) is None


def test_what_is_personal_is_kept_apart():
    public, personal = papers._people(3)
    assert personal["legal_rep_identity"] not in str(public)
    assert public.keys().isdisjoint(personal)
