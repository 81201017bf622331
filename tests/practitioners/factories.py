"""Made-up practitioners, certified unless a test says otherwise."""

from itertools import count

from broker_admin.clock import day_of, now
from broker_admin.practitioners import service
from broker_admin.rules.identifiers import identity_with_check
from broker_admin.rules.regime import regime_on
from tests.factories import make_user

_serials = count(1)


def make_identity():
    """A well-formed resident identity number that nobody else in the tests has."""
    number = next(_serials)
    return identity_with_check(f"440106{1970 + number // 900:04}0{1 + number % 9}15{number % 1000:03}")


def make_practitioner(user=None, *, at=None, **changes):
    at = at or now()
    user = user or make_user()
    return service.certify(user, **{
        "name": "陈怡", "identity": make_identity(), "regime": regime_on(day_of(at)),
        "actor": user, "at": at, **changes})


def make_staff(organization, administrator, *, at=None, **changes):
    """A practitioner who has confirmed to work for the organisation."""
    practitioner = make_practitioner(at=at, **changes)
    employment = service.propose(organization, practitioner, actor=administrator, at=at or now())
    service.confirm(employment, actor=practitioner.user, at=at or now())
    return practitioner
