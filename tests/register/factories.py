"""Licenses as the public finds them."""

from datetime import timedelta

from broker_admin.clock import day_of, now
from broker_admin.db import db
from broker_admin.licenses import printing, service
from broker_admin.permissions import Role
from tests.factories import make_organization, make_user
from tests.licenses.factories import make_license

REASON = {"basis": "数据安全法第47条", "reason": "Sold data it had no right to.", "case": "AJ-2026-000001"}


def make_named(name, name_en=None, **changes):
    """A license of an organisation with this name, committed as a page would have."""
    license = make_license(make_organization(name=name, name_en=name_en), **changes)
    db.session.commit()
    return license


def act(license, verb, **changes):
    """Suspended, revoked, annulled or withdrawn by a decider, now."""
    more = {"until": None} if verb == "suspend" else {}
    getattr(service, verb)(license, **{**REASON, **more, **changes}, actor=make_user(Role.DECIDER),
                           at=now())
    db.session.commit()
    return license


def in_days(days):
    return day_of(now()) + timedelta(days=days)


def with_certificate(license):
    """The content of its certificate, made and kept."""
    printing.make_certificate({"number": license.number, "edition": license.edition}, now())
    db.session.commit()
    with printing.documents.open_file(license.certificates[-1].document) as file:
        return file.read()
