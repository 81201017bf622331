"""Made-up complaints and reports, filed by the verbs that the public pages use."""

import pytest
from sqlalchemy.exc import IntegrityError

from broker_admin.clock import now
from broker_admin.complaints import filing, reports, service
from broker_admin.complaints.filing import Account, Identity
from broker_admin.db import db
from broker_admin.ledger import AuditEntry
from broker_admin.permissions import CodeHolder, Role
from tests.factories import make_member, make_user
from tests.licenses.factories import make_license

# Found nowhere but with the officers: searched for in everything that others see.
CANARY = "金丝雀甲"
CANARY_PHONE = "13900007777"
CANARY_MAIL = "canary@example.net"
CANARY_PLACE = "金丝雀路9号"
SECRETS = (CANARY, CANARY_PHONE, CANARY_MAIL, CANARY_PLACE)


class Scene:
    """An officer, a licensed broker and one of its people."""

    def __init__(self):
        self.officer = make_user(Role.ENFORCEMENT_OFFICER, password_hash="-")
        self.member, self.organization = make_member(password_hash="-")
        self.license = make_license(self.organization, actor=self.officer)


def account(scene, **changes):
    return Account(**{
        "respondent_name": scene.organization.name, "respondent_number": scene.license.number,
        "conduct_codes": ["C06"], "narrative": "They sold my data.", **changes})


def identity(**changes):
    return Identity(**{"language": "en", "name": CANARY, "phone": CANARY_PHONE,
                       "email": CANARY_MAIL, "address": CANARY_PLACE, **changes})


def file_complaint(scene, *, disclose=False, about=None, who=None):
    return filing.file_complaint(
        about or account(scene), who or identity(), request="Delete my data.", amount=500,
        disclose=disclose, other_bodies=None, at=now())


def make_complaint(scene, **changes):
    return file_complaint(scene, **changes)[0]


def make_accepted(scene, **changes):
    complaint = make_complaint(scene, **changes)
    service.accept(complaint, told="Data sold without consent.", answer_by=None,
                   actor=scene.officer, at=now())
    return complaint


def make_answered(scene, **changes):
    complaint = make_accepted(scene, **changes)
    service.answer(complaint, text="We had consent.", actor=scene.member, at=now())
    return complaint


def make_report(scene, *, named=True, about=None):
    who = identity() if named else Identity(language="en")
    return filing.file_report(about or account(scene), who, at=now())[0]


def make_verified(scene, **changes):
    report = make_report(scene, **changes)
    reports.verify(report, actor=scene.officer, at=now())
    return report


def make_not_filed(scene, **changes):
    report = make_verified(scene, **changes)
    reports.not_file(report, reasons="Nothing was found.", actor=scene.officer, at=now())
    return report


def make_mediating(scene, **changes):
    complaint = make_answered(scene, **changes)
    service.mediate(complaint, actor=scene.officer, at=now())
    return complaint


def make_settled(scene, **changes):
    complaint = make_mediating(scene, **changes)
    service.settle(complaint, outcome="Data deleted.", actor=scene.officer, at=now())
    return complaint


def make_declined(scene, **changes):
    complaint = make_complaint(scene, **changes)
    service.decline(complaint, grounds=["TOO_OLD"], reasons="Of 2019.", actor=scene.officer, at=now())
    return complaint


def make_withdrawn(scene, **changes):
    complaint = make_complaint(scene, **changes)
    filing.withdraw(complaint, actor=holder_of(complaint), at=now())
    return complaint


def make_closed(scene, **changes):
    complaint = make_settled(scene, **changes)
    service.close(complaint, actor=scene.officer, at=now())
    return complaint


def make_case_filed(scene, **changes):
    report = make_verified(scene, **changes)
    reports.file_case(report, conduct_codes=["C06"], facts="A lead.", actor=scene.officer, at=now())
    return report


def make_told(scene, **changes):
    report = make_not_filed(scene, **changes)
    reports.tell(report, reply="No case was filed.", actor=scene.officer, at=now())
    return report


def make_closed_report(scene, **changes):
    report = make_told(scene, **changes)
    reports.close(report, actor=scene.officer, at=now())
    return report


def recorded(filing):
    """What the record tells about it, oldest first."""
    db.session.commit()
    return db.session.scalars(db.select(AuditEntry.name).where(
        AuditEntry.subject == filing.reference).order_by(AuditEntry.number)).all()


def assert_refused(row, **lie):
    """The database does not take this for true, whatever the program thinks."""
    db.session.flush()
    for column, value in lie.items():
        setattr(row, column, value)
    with pytest.raises(IntegrityError):
        db.session.flush()


def holder_of(found):
    return CodeHolder(found.reference)
