import hashlib
from datetime import timedelta

import pytest

from broker_admin.clock import day_of, now
from broker_admin.db import db, transaction
from broker_admin.documents.service import open_file
from broker_admin.jobs import runner
from broker_admin.ledger import AuditEntry, Job
from broker_admin.licenses import printing
from broker_admin.licenses.models import CertificateIssue
from broker_admin.permissions import SYSTEM
from tests.licenses.factories import make_license


@pytest.fixture
def license(app):
    with app.test_request_context():
        made = make_license(legal_representative="欧阳明轩")
        db.session.commit()
    return made


def order(license, **changes):
    return {"number": license.number, "edition": license.edition, **changes}


def test_the_job_stores_the_certificate_once(license):
    for _ in range(2):
        with transaction():
            printing.make_certificate(order(license), now())
    made = db.session.scalars(db.select(CertificateIssue)).one()
    with open_file(made.document) as file:
        content = file.read()
    assert content.startswith(b"%PDF-")
    assert hashlib.sha256(content).hexdigest() == made.sha256 == made.document.sha256


def test_nobody_waits_while_a_certificate_is_drawn(license, monkeypatch):
    waits = []

    def draw(facts):
        waits.append(db.session().in_transaction())
        return b"%PDF-drawn"

    monkeypatch.setattr(printing, "render_certificate", draw)
    db.session.commit()
    with transaction():
        printing.make_certificate(order(license), now())
    assert waits == [False]
    assert len(license.certificates) == 1


def test_making_a_certificate_is_on_record(license):
    with transaction():
        printing.make_certificate(order(license), now())
    entry = db.session.scalars(
        db.select(AuditEntry).where(AuditEntry.name == "license.certificate_made")).one()
    assert entry.subject == license.number
    assert entry.facts == {"edition": 1, "sha256": license.certificates[0].sha256}


def test_an_order_for_another_edition_makes_nothing(license):
    with transaction():
        printing.make_certificate(order(license, edition=2), now())
    assert not printing.is_made(license)


def test_the_issue_orders_what_the_job_makes(license):
    job = db.session.scalars(db.select(Job).where(Job.kind == "make_certificate")).one()
    assert job.payload == order(license)
    runner.run_due(now() + timedelta(minutes=1))
    assert printing.is_made(license)


def test_the_certificate_says_what_was_granted(license):
    facts = printing.facts_of(license)
    assert (facts.machine_number, facts.human_number) == (license.number, license.display_number)
    assert (facts.holder.zh, facts.uscc) == (license.holder_name, license.uscc)
    assert facts.legal_representative == "欧阳明轩"
    assert [line.en for line in facts.scope]
    assert facts.demo


def test_the_code_leads_to_the_public_check(license):
    assert printing.facts_of(license).check_url.endswith(f"/v/{license.number}")


def test_what_jobs_gave_up_is_made_at_night(license):
    assert printing.make_missing(day_of(now()), actor=SYSTEM, at=now()) == 1
    assert printing.is_made(license)
    assert printing.make_missing(day_of(now()), actor=SYSTEM, at=now()) == 0


def test_a_name_without_glyphs_holds_up_no_other(license, app):
    with app.test_request_context():
        odd = make_license(legal_representative="\U0003FFF0")
    db.session.commit()
    with pytest.raises(ExceptionGroup):
        printing.make_missing(day_of(now()), actor=SYSTEM, at=now())
    assert (printing.is_made(license), printing.is_made(odd)) == (True, False)
