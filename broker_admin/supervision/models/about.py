"""What every case about a license holder has."""

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, declared_attr, mapped_column, relationship

from broker_admin.accounts.models import Organization
from broker_admin.licenses.models import License


class AboutHolder:
    """A case about one license and the organisation that holds it."""

    id: Mapped[int] = mapped_column(primary_key=True)
    reference: Mapped[str] = mapped_column(String(24), unique=True)
    regime: Mapped[str] = mapped_column(String(60))
    # Both, although the license knows its holder: a case stays with the organisation it was about.
    license_id: Mapped[int] = mapped_column(ForeignKey("license.id"), index=True)
    organization_id: Mapped[int] = mapped_column(ForeignKey("organization.id"), index=True)

    @declared_attr
    def license(self) -> Mapped[License]:
        return relationship(License)

    @declared_attr
    def organization(self) -> Mapped[Organization]:
        return relationship(Organization)

    # Through its organisation only, so that whoever leaves it loses sight of its cases.
    @property
    def party_ids(self) -> frozenset[int]:
        return frozenset()

    @property
    def party_organization_ids(self) -> frozenset[int]:
        return frozenset({self.organization_id})

    @property
    def barred_ids(self) -> frozenset[int]:
        return frozenset()
