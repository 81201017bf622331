"""Made-up licenses, valid unless a test says otherwise."""

from itertools import count

from broker_admin.clock import day_of, now
from broker_admin.licenses import service
from tests.factories import make_member, make_user

_decisions = count(1)


def make_license(organization=None, *, actor=None, at=None, **changes):
    """A license in force, of an organisation of its own unless one is given."""
    at = at or now()
    if organization is None:
        _, organization = make_member()
    return service.issue(organization, **{
        "broker_type": "DATA", "grade": 2, "scope": ["MATCH", "CONSULT"],
        "valid_from": day_of(at), "term_years": 3, "regime": "guangdong/2026-04-15",
        "decision": f"SQ-TEST-{next(_decisions):05d}", "actor": actor or make_user(), "at": at,
        **changes,
    })
