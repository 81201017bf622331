"""Who filed is searched for in everything that somebody else sees (处罚法 50; 投诉举报 33)."""

import pytest

from broker_admin.clock import now
from broker_admin.complaints import reports, service
from broker_admin.db import db
from broker_admin.enforcement import publication
from broker_admin.enforcement import service as enforcement
from broker_admin.ledger import AuditEntry, Job, Message
from broker_admin.permissions import Role
from broker_admin.rules.calendar import SHIPPED
from tests.complaints.factories import (
    SECRETS,
    make_answered,
    make_verified,
)
from tests.enforcement.factories import PAUSE, Cast, find
from tests.factories import make_user


@pytest.fixture
def story(scene):
    """A complaint without consent and a report, both answered as far as they go, and their case."""
    cast = Cast()
    complaint, report = make_answered(scene), make_verified(scene)
    service.terminate(complaint, outcome="No agreement.", actor=scene.officer, at=now())
    case = reports.file_case(report, conduct_codes=["C06"], facts="A lead.", actor=scene.officer, at=now())
    enforcement.join(case, actor=cast.second, at=now())
    find(case, cast, "C06", actor=scene.officer)
    enforcement.give_notice(case, **PAUSE, reasons="It was sold.", calendar=SHIPPED,
                            actor=scene.officer, at=now())
    reports.tell(report, reply="A case was filed.", actor=scene.officer, at=now())
    db.session.commit()
    return complaint, report, case


def secrets_in(text):
    return [secret for secret in SECRETS if secret in text]


def test_the_respondent_meets_no_trace(browser, scene, story):
    complaint, report, case = story
    browser.sign_in(scene.member)
    for path in ("/complaints/mine", f"/complaints/{complaint.reference}", "/cases/",
                 f"/cases/{case.reference}", f"/licenses/{scene.license.number}", "/inbox/", "/inbox"):
        page = browser.get(path, follow_redirects=True).text
        assert secrets_in(page) == []
        assert report.reference not in page


def test_messages_name_nobody(story):
    messages = db.session.scalars(db.select(Message)).all()
    assert len(messages) > 4
    assert secrets_in(str([(m.title, m.body, m.subject) for m in messages])) == []


def test_the_record_names_nobody(story):
    entries = db.session.scalars(db.select(AuditEntry)).all()
    assert len(entries) > 8
    assert secrets_in(str([entry.content() for entry in entries])) == []
    assert secrets_in(str([job.payload for job in db.session.scalars(db.select(Job))])) == []


def test_what_is_public_names_nobody(story):
    assert secrets_in(str(publication.published(story[2].license.number, story[2].opened_on))) == []


@pytest.mark.parametrize("role", sorted({Role.LEGAL_REVIEWER, Role.SUPERVISION_OFFICER, Role.REVIEWER,
                                         Role.INTAKE_OFFICER, Role.ADMINISTRATOR}))
def test_other_roles_meet_no_trace(browser, story, role):
    complaint, report, case = story
    browser.sign_in(make_user(role, password_hash="-"))
    for path in ("/complaints/worklist", f"/complaints/{complaint.reference}/case",
                 f"/complaints/reports/{report.reference}/case", f"/cases/{case.reference}/case"):
        assert secrets_in(browser.get(path).text) == []
