"""What the database refuses to believe about a license."""

from datetime import timedelta

import pytest
from sqlalchemy.exc import IntegrityError

from broker_admin.clock import day_of, now
from broker_admin.db import db
from broker_admin.documents import service as documents
from broker_admin.licenses import service
from broker_admin.licenses.models import CertificateIssue, License, Standing
from broker_admin.licenses.workflow import ENDED
from broker_admin.licenses.workflow import LicenseStatus as S
from broker_admin.permissions import SYSTEM, Role
from tests.factories import make_organization, make_user
from tests.licenses.factories import make_license

TODAY = day_of(now())


@pytest.fixture(autouse=True)
def _request(app):
    with app.test_request_context():
        yield


def lie(case, **wrong):
    db.session.flush()
    with pytest.raises(IntegrityError), db.session.begin_nested():
        db.session.execute(db.update(type(case)).where(type(case).id == case.id).values(**wrong))


def suspended():
    license = make_license()
    service.suspend(license, basis="b", reason="r", case="", until=None,
                    actor=make_user(Role.DECIDER), at=now())
    return license


def revoked():
    license = make_license()
    service.revoke(license, basis="b", reason="r", case="", actor=make_user(Role.DECIDER), at=now())
    return license


def printed(license, edition=1, sha256="a" * 64):
    document = documents.keep(b"%PDF-" + str(edition).encode(), name="a.pdf", subject=license.number,
                              media_type="application/pdf", slot="certificate", actor=SYSTEM, at=now())
    made = CertificateIssue(license=license, edition=edition, sha256=sha256, document=document,
                            made_at=now())
    db.session.add(made)
    return made


@pytest.mark.parametrize("column", [
    "number", "status", "regime", "organization_id", "decision", "holder_name", "uscc", "address",
    "region_code", "broker_type", "grade", "issued_at", "issued_on", "valid_from", "valid_to",
    "edition", "search_text", "version"])
def test_nothing_that_was_granted_is_left_open(column):
    lie(make_license(), **{column: None})


@pytest.mark.parametrize("days", [0, -1])
def test_a_term_ends_after_it_begins(days):
    license = make_license()
    lie(license, valid_to=license.valid_from + timedelta(days=days))


@pytest.mark.parametrize("column", ["number", "decision"])
def test_number_and_decision_belong_to_one_license(column):
    first, second = make_license(), make_license()
    lie(second, **{column: getattr(first, column)})


def test_a_number_is_not_given_again_after_the_end():
    first, second = revoked(), make_license()
    lie(second, number=first.number)


@pytest.mark.parametrize("make", [make_license, suspended])
def test_a_live_license_has_not_ended(make):
    lie(make(), ended_on=TODAY)


@pytest.mark.parametrize("status", sorted(ENDED))
def test_an_ended_license_says_when(status):
    lie(make_license(), status=status)
    lie(revoked(), status=status, ended_on=None)


@pytest.mark.parametrize("make", [make_license, revoked])
def test_only_a_suspended_license_has_an_end_of_suspension(make):
    lie(make(), suspended_until=TODAY)


def test_a_holder_has_one_live_license():
    organization = make_organization()
    make_license(organization)
    other = make_license()
    lie(other, organization_id=organization.id)


def test_a_holder_may_have_many_that_ended():
    first, second = revoked(), revoked()
    second.organization_id = first.organization_id
    db.session.flush()
    assert make_license(db.session.get_one(type(first.organization), first.organization_id)).id


def test_only_states_of_the_table_exist():
    make_license()
    db.session.flush()
    for table in ("license", "standing"):
        with pytest.raises(IntegrityError), db.session.begin_nested():
            db.session.execute(db.text(f"UPDATE {table} SET status = 'lost'"))  # noqa: S608 (our names)


@pytest.mark.parametrize("column", ["license_id", "status", "true_from", "known_at", "act", "reason"])
def test_a_standing_says_what_since_when_and_why(column):
    lie(make_license().standings[0], **{column: None})


@pytest.mark.parametrize(("column", "value"), [("license_id", 10**6), ("actor_id", 10**6)])
def test_a_standing_is_of_a_license_and_by_somebody(column, value):
    lie(make_license().standings[0], **{column: value})


def test_an_edition_is_printed_once():
    license = make_license()
    printed(license)
    second = printed(license, edition=2)
    lie(second, edition=1)


@pytest.mark.parametrize("column", ["license_id", "edition", "sha256", "document_id", "made_at"])
def test_a_printed_certificate_is_fully_described(column):
    lie(printed(make_license()), **{column: None})


def test_a_printed_certificate_keeps_its_document():
    made = printed(make_license())
    db.session.flush()
    with pytest.raises(IntegrityError), db.session.begin_nested():
        db.session.execute(db.text("DELETE FROM document"))
    assert made.document.subject == made.license.number


def test_certificates_are_kept_in_the_order_of_editions():
    license = make_license()
    printed(license, 2), printed(license, 1)
    db.session.commit()
    assert [made.edition for made in license.certificates] == [1, 2]


def test_the_printed_number_follows_the_number():
    license = make_license(broker_type="TECH")
    assert license.display_number == f"粤数经〔{TODAY.year}〕T-4400-{license.number[13:18]}号"
    assert License(number="older notation").display_number == "older notation"


def test_a_license_concerns_its_holder_and_nobody_in_person():
    license = make_license()
    db.session.flush()
    assert license.reference == license.number
    assert license.party_organization_ids == {license.organization_id}
    assert license.party_ids == license.barred_ids == frozenset()


def test_every_change_makes_a_new_version():
    license = make_license()
    db.session.flush()
    before = license.version
    license.address = "广州市天河区1号"
    db.session.flush()
    assert license.version == before + 1


def test_standings_come_in_the_order_they_were_noted():
    license = revoked()
    db.session.expire_all()
    assert [(s.act, s.status) for s in license.standings] == [("issue", S.ACTIVE), ("revoke", S.REVOKED)]
    assert all(isinstance(s, Standing) for s in license.standings)
