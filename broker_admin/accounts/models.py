from datetime import datetime

from flask_login import UserMixin
from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from broker_admin.accounts.workflow import MembershipStatus
from broker_admin.db import Base, filled_while
from broker_admin.permissions import Role


class User(UserMixin, Base):
    """A person who signs in: an applicant, a candidate, or the authority's staff."""

    __tablename__ = "user"

    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(String(254), unique=True)
    name: Mapped[str] = mapped_column(String(100))
    language: Mapped[str] = mapped_column(String(5), default="zh")
    password_hash: Mapped[str] = mapped_column(String(200))
    created_at: Mapped[datetime]
    email_verified_at: Mapped[datetime | None]
    disabled_at: Mapped[datetime | None]

    grants: Mapped[list["RoleGrant"]] = relationship(
        back_populates="user", foreign_keys="RoleGrant.user_id", cascade="all, delete-orphan")
    memberships: Mapped[list["Membership"]] = relationship(
        back_populates="user", foreign_keys="Membership.user_id")

    # The secret of the session that signed this person in, as the cookie carries it.
    session_token = ""

    # The mixin compares by that secret, which would make all people without one the same.
    __eq__ = object.__eq__
    __hash__ = object.__hash__

    @property
    def is_active(self) -> bool:
        return self.disabled_at is None and self.email_verified_at is not None

    def get_id(self) -> str:
        """What Flask-Login keeps in the cookie: the session's secret, not the user's number."""
        return self.session_token

    @property
    def reference(self) -> str:
        return f"user-{self.id}"

    @property
    def roles(self) -> frozenset[Role]:
        return frozenset(grant.role for grant in self.grants)

    @property
    def is_staff(self) -> bool:
        return bool(self.grants)

    @property
    def approved_memberships(self) -> list["Membership"]:
        return [m for m in self.memberships if m.status is MembershipStatus.APPROVED]

    @property
    def organization_ids(self) -> frozenset[int]:
        return frozenset(m.organization_id for m in self.approved_memberships)

    @property
    def party_ids(self) -> frozenset[int]:
        return frozenset({self.id})

    @property
    def party_organization_ids(self) -> frozenset[int]:
        return frozenset()

    @property
    def barred_ids(self) -> frozenset[int]:
        return frozenset()


class RoleGrant(Base):
    """A role that an administrator gave to a member of the staff."""

    __tablename__ = "role_grant"
    __table_args__ = (UniqueConstraint("user_id", "role"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    role: Mapped[Role]
    given_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    given_at: Mapped[datetime]

    user: Mapped[User] = relationship(back_populates="grants", foreign_keys=user_id)


class Organization(Base):
    """A legal person: an applicant, and once licensed a data broker."""

    __tablename__ = "organization"

    id: Mapped[int] = mapped_column(primary_key=True)
    uscc: Mapped[str] = mapped_column(String(18), unique=True)
    name: Mapped[str] = mapped_column(String(100))
    name_en: Mapped[str | None] = mapped_column(String(200))
    region_code: Mapped[str] = mapped_column(String(6))
    address: Mapped[str] = mapped_column(String(200))
    contact_email: Mapped[str | None] = mapped_column(String(254))
    contact_phone: Mapped[str | None] = mapped_column(String(30))
    created_at: Mapped[datetime]

    # Ordered, as PostgreSQL returns a row last once it was changed, and people search the page.
    memberships: Mapped[list["Membership"]] = relationship(
        back_populates="organization", order_by="Membership.id")

    @property
    def reference(self) -> str:
        return f"organization-{self.id}"

    @property
    def members(self) -> list[User]:
        """Everybody who acts for it now."""
        return [m.user for m in self.memberships if m.status is MembershipStatus.APPROVED]

    @property
    def administrators(self) -> list[User]:
        """Those who answer for it: only they decide who belongs to it and how it is reached."""
        return [m.user for m in self.memberships if m.administers]

    @property
    def party_ids(self) -> frozenset[int]:
        return frozenset()

    @property
    def party_organization_ids(self) -> frozenset[int]:
        return frozenset({self.id})

    @property
    def barred_ids(self) -> frozenset[int]:
        return frozenset()


class Membership(Base):
    """That a person acts for an organisation: asked for, then approved by its administrator."""

    __tablename__ = "membership"
    __table_args__ = (
        filled_while({MembershipStatus.APPROVED, MembershipStatus.DECLINED,
                      MembershipStatus.ENDED}, "decided_at"),
        CheckConstraint("administers = false OR status = 'approved'", name="administers"),
        # One at a time: asked or approved; those declined or ended are history.
        Index("uq_membership_current", "user_id", "organization_id", unique=True,
              sqlite_where=text("status IN ('asked', 'approved')"),
              postgresql_where=text("status IN ('asked', 'approved')")),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    organization_id: Mapped[int] = mapped_column(ForeignKey("organization.id"), index=True)
    status: Mapped[MembershipStatus] = mapped_column(default=MembershipStatus.ASKED)
    administers: Mapped[bool] = mapped_column(default=False)
    asked_at: Mapped[datetime]
    decided_at: Mapped[datetime | None]
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    version: Mapped[int] = mapped_column()

    user: Mapped[User] = relationship(back_populates="memberships", foreign_keys=user_id)
    organization: Mapped[Organization] = relationship(back_populates="memberships")

    __mapper_args__ = {"version_id_col": version}

    @property
    def reference(self) -> str:
        return f"membership-{self.id}"

    @property
    def administrators(self) -> list[User]:
        return self.organization.administrators

    @property
    def party_ids(self) -> frozenset[int]:
        return frozenset(user.id for user in self.administrators)

    @property
    def party_organization_ids(self) -> frozenset[int]:
        return frozenset()

    @property
    def barred_ids(self) -> frozenset[int]:
        return frozenset()


class UserSession(Base):
    """A signed-in browser.  Found by the hash of its secret; ended by deleting the row."""

    __tablename__ = "user_session"

    id: Mapped[int] = mapped_column(primary_key=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    created_at: Mapped[datetime]
    seen_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    agent: Mapped[str] = mapped_column(String(200))

    user: Mapped[User] = relationship()


class Throttle(Base):
    """How often something was tried in the current window: signing in, resetting, filing."""

    __tablename__ = "throttle"

    key: Mapped[str] = mapped_column(String(120), primary_key=True)
    window_began_at: Mapped[datetime]
    count: Mapped[int]


class UsedLink(Base):
    """A one-time link that has been followed, by the hash of its signature."""

    __tablename__ = "used_link"

    token_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    used_at: Mapped[datetime]
