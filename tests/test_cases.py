import pkgutil
from importlib import import_module

import broker_admin
from broker_admin import cases
from broker_admin.accounts import service as accounts
from broker_admin.applications.workflow import ApplicationStatus as S
from broker_admin.clock import now
from broker_admin.db import db
from broker_admin.documents import service, storage
from broker_admin.exams.blueprints import BLUEPRINTS
from broker_admin.exams.service import marking
from broker_admin.permissions import SYSTEM
from broker_admin.workflow import Workflow
from tests.applications.factories import make_application
from tests.documents import files
from tests.enforcement.factories import Cast, make_imposed
from tests.exams.factories import (
    HOUR,
    SMALL_LAW,
    SMALL_PRACTICE,
    closed_sitting,
    make_admin,
    make_bank,
    make_candidate,
)
from tests.factories import make_user
from tests.practitioners.factories import make_staff


def found():
    """Without memberships, which the factories make as they need them."""
    db.session.commit()
    return [str(f) for f in cases.findings() if not f.subject.startswith("membership-")]


def declared():
    """Every workflow that a room declares."""
    for module in pkgutil.walk_packages(broker_admin.__path__, "broker_admin."):
        if module.name.endswith(".workflow"):
            names = vars(import_module(module.name)).values()
            yield from (value for value in names if isinstance(value, Workflow))


def test_every_declared_workflow_is_verified():
    known = {id(kind.workflow) for kind in cases.KINDS}
    assert [w.transitions[0] for w in declared() if id(w) not in known] == []


def test_a_founder_belongs_to_the_organisation_by_the_record(app):
    accounts.create_organization(uscc="91440101MA5A00001X", name="数链经纪有限公司", region_code="440100",
                                 address="新港东路1号", founder=make_user(), at=now())
    db.session.commit()
    assert cases.findings() == []


def test_a_license_granted_by_the_book_is_explained(app):
    made = make_application(S.APPROVED)
    make_staff(made.application.organization, made.applicant)
    assert found() == []


def test_a_measure_imposed_by_the_book_is_explained(app):
    case = make_imposed(Cast())
    assert case.license.status == "suspended"
    assert found() == []


def test_a_sitting_sat_by_the_book_is_explained(app, monkeypatch):
    for blueprint in (SMALL_LAW, SMALL_PRACTICE):
        monkeypatch.setitem(BLUEPRINTS, blueprint.code, blueprint)
    make_bank()
    sitting = closed_sitting(make_candidate(), make_candidate())
    marking.release(sitting, actor=make_admin(), at=sitting.ends_at + HOUR)
    assert found() == []


def test_a_license_number_that_was_skipped_is_found(app):
    make_application(S.APPROVED)
    db.session.execute(db.text("UPDATE counter SET last = last + 1 WHERE kind LIKE 'license-%'"))
    assert [f for f in found() if f.endswith("was given out, but no case carries it")]


def test_a_status_set_by_hand_is_found(app):
    make_application(S.APPROVED)
    db.session.commit()
    db.session.execute(db.text("UPDATE license SET status = 'suspended'"))
    assert [f.partition(": is ")[2] for f in found()] == ["suspended, but was last recorded as active"]


def test_a_lost_file_is_found(app):
    kept = service.keep(files.pdf(8), name="a.pdf", media_type="application/pdf", subject="x", slot="y",
                        actor=make_user(), at=now())
    storage.path_of(kept.sha256).unlink()
    assert found() == [f"file: {kept.reference}: is not in the store as it was kept"]
    service.remove(kept, actor=SYSTEM, at=now())
    assert found() == []
