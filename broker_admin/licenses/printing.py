"""Certificates are made once, after the commit that ordered them, and then kept as they are."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from flask import current_app
from sqlalchemy import select

from broker_admin import pdf
from broker_admin.clock import day_of
from broker_admin.db import db, one_by_one, transaction
from broker_admin.documents import service as documents
from broker_admin.events import record
from broker_admin.licenses.certificate import digest, render_certificate
from broker_admin.licenses.certificate_page import CertificateFacts, CertificateKind, Line
from broker_admin.licenses.events import CertificateMade
from broker_admin.licenses.models import CertificateIssue, License
from broker_admin.licenses.queries import without_certificate
from broker_admin.permissions import SYSTEM, Actor
from broker_admin.rules.provisions import Grade, Named, Words
from broker_admin.rules.regime import regime_version
from broker_admin.web import public_url

SLOT = "certificate"


def make_certificate(payload: Mapping[str, Any], at: datetime) -> None:
    """The job that an issue orders.  Raises what render_certificate raises; then it is tried again."""
    # Ended before the drawing, which takes seconds: on SQLite every other writer would wait for it.
    with transaction():
        license = _waiting(payload)
        facts = facts_of(license) if license else None
    if facts is None:
        return
    content = render_certificate(facts)
    license = _waiting(payload)
    if license:
        _keep(license, content, at)


def _waiting(payload: Mapping[str, Any]) -> License | None:
    """The license, where its certificate is neither there nor, being of an older edition, void."""
    license = db.session.scalars(
        select(License).where(License.number == payload["number"])).one()
    return None if payload["edition"] != license.edition or is_made(license) else license


def make_missing(day: date, *, actor: Actor, at: datetime) -> int:
    """At night, what the jobs gave up while the libraries or a shape of the font were missing."""
    if not pdf.available():
        return 0
    return one_by_one(db.session.scalars(without_certificate()), lambda key: _make(key, at))


def _make(key: int, at: datetime) -> None:
    license = db.session.get_one(License, key)
    make_certificate({"number": license.number, "edition": license.edition}, at)


def is_made(license: License) -> bool:
    """Whether the certificate of the present edition is there."""
    return any(made.edition == license.edition for made in license.certificates)


def facts_of(license: License) -> CertificateFacts:
    """What is printed, in the words of the regime under which the license was decided."""
    regime = regime_version(license.regime)
    return CertificateFacts(
        kind=CertificateKind.ORGANISATION, machine_number=license.number,
        human_number=license.display_number,
        holder=Line(license.holder_name, license.holder_name_en or ""),
        valid_from=license.valid_from, valid_to=license.valid_to,
        first_issued_on=license.issued_on, issued_on=day_of(license.issued_at),
        version=license.edition, authority=_both(regime.authority),
        check_url=public_url("register.verify", number=license.number),
        # Whatever is no production signs for nobody real.
        demo=current_app.config["ENVIRONMENT"] != "production",
        uscc=license.uscc, broker_type=_both(regime.types[license.broker_type]),
        grade=_both(regime.grades[license.grade]),
        scope=tuple(_both(regime.scopes[code]) for code in license.scope),
        legal_representative=license.legal_representative or "", address=license.address,
    )


def _both(words: Words | Named | Grade) -> Line:
    return Line(words.zh, words.en)


def _keep(license: License, content: bytes, at: datetime) -> None:
    # As a file of its own: an older edition stays, to be known again when somebody shows it.
    document = documents.keep(
        content, name=f"{license.number}-{license.edition}.pdf", media_type="application/pdf",
        subject=license.reference, slot=SLOT, actor=SYSTEM, at=at)
    license.certificates.append(CertificateIssue(
        edition=license.edition, sha256=digest(content), document=document, made_at=at))
    record(CertificateMade(case=license, actor=SYSTEM, at=at, edition=license.edition,
                           sha256=digest(content)))
