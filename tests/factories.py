"""Made-up people and organisations, valid unless a test says otherwise."""

from itertools import count

from broker_admin.accounts.models import Membership, Organization, RoleGrant, User
from broker_admin.accounts.passwords import hash_password
from broker_admin.accounts.workflow import MembershipStatus
from broker_admin.clock import now
from broker_admin.db import db

PASSWORD = "three grey herons wade"
_numbers = count(1)


def make_user(*roles, **changes):
    """Somebody who can sign in, with these staff roles."""
    number = next(_numbers)
    user = User(**{
        "email": f"person{number}@example.org", "name": f"Person {number}", "language": "en",
        "password_hash": changes.pop("password_hash", None) or hash_password(PASSWORD),
        "created_at": now(), "email_verified_at": now(), **changes,
    })
    user.grants = [RoleGrant(role=role, given_at=now()) for role in roles]
    db.session.add(user)
    db.session.flush()
    return user


def make_organization(*members, administrators=(), **changes):
    """An organisation with these members; the first is its administrator unless one is named."""
    number = next(_numbers)
    organization = Organization(**{
        "uscc": _uscc(number), "name": f"数链经纪{number}有限公司", "region_code": "440100",
        "address": "广州市海珠区新港东路1号", "created_at": now(), **changes,
    })
    for user in members:
        organization.memberships.append(Membership(
            user=user, status=MembershipStatus.APPROVED, asked_at=now(), decided_at=now(),
            administers=user in (administrators or members[:1])))
    db.session.add(organization)
    db.session.flush()
    return organization


def make_member(**changes):
    """Somebody who acts for an organisation of their own, and that organisation."""
    user = make_user(**changes)
    return user, make_organization(user)


_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"


def _uscc(number):
    """A well-formed unified social credit code, with both check digits."""
    entity = f"MA{number:06d}"
    total = sum(w * int(c, 36) for w, c in zip((3, 7, 9, 10, 5, 8, 4, 2), entity, strict=True))
    body = f"91440101{entity}{'0123456789X0'[11 - total % 11]}"
    total = sum(_ALPHABET.index(c) * pow(3, i, 31) for i, c in enumerate(body))
    return body + _ALPHABET[(31 - total % 31) % 31]
