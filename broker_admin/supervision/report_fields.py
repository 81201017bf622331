"""What an annual report asks, and who may read each answer."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from broker_admin.refusals import N_


class Kind(StrEnum):
    NUMBER = "number"
    YUAN = "yuan"
    TEXT = "text"
    DAY = "day"
    YES_NO = "yes_no"
    LEVEL = "level"


# Kept as codes, as a later reader may read another language.
YES_NO = {"yes": N_("Yes"), "no": N_("No")}


@dataclass(frozen=True)
class Asked:
    """``public``: everybody may read the answer; else only the holder and the authority."""

    code: str
    label: str
    kind: Kind = Kind.NUMBER
    public: bool = False
    needed: bool = True


@dataclass(frozen=True)
class Section:
    code: str
    title: str
    asked: tuple[Asked, ...]


# The levels are the holder's own opinion of itself: the authority reads them, nobody else.
def _level(code: str, label: str) -> Asked:
    return Asked(code, label, Kind.LEVEL)


# After 企业信息公示暂行条例 art. 9: what a stranger needs in order to judge a broker is public,
# what a competitor would like to know (money, customers, incidents) is for the authority only.
SECTIONS = (
    Section("contacts", N_("Contacts and staff"), (
        Asked("address_changed", N_("Has the address changed during the year?"), Kind.YES_NO, True),
        Asked("contact_changes", N_("Changes of address or contacts"), Kind.TEXT, False, False),
        Asked("staff", N_("Staff at the end of the year"), public=True),
        Asked("certified_staff", N_("Of these, certified practitioners"), public=True),
        Asked("material_changes", N_("Material changes: control, key staff, certificates"),
              Kind.TEXT, False, False),
    )),
    Section("business", N_("Business of the year"), (
        Asked("deals", N_("Deals completed"), public=True),
        Asked("deals_in_exchange", N_("Of these, inside a data exchange"), public=True),
        Asked("deals_outside", N_("Of these, outside a data exchange"), public=True),
        Asked("deals_cross_border", N_("Of these, with data going abroad")),
        Asked("amount", N_("Amount of all deals, in yuan"), Kind.YUAN),
        Asked("suppliers", N_("Suppliers of data")),
        Asked("buyers", N_("Buyers of data")),
    )),
    Section("protection", N_("Personal information and security"), (
        Asked("subjects", N_("Persons whose information was processed")),
        Asked("incidents", N_("Security incidents")),
        Asked("incidents_reported", N_("Of these, reported to the authority")),
        Asked("information_audit_on", N_("Last audit of personal information protection"), Kind.DAY,
              False, False),
        Asked("mlps_assessed_on", N_("Last assessment under multi-level protection"), Kind.DAY,
              False, False),
        Asked("dcmm_valid", N_("Is the DCMM certificate still valid?"), Kind.YES_NO, True),
    )),
    Section("conduct", N_("Complaints and penalties"), (
        Asked("complaints_received", N_("Complaints received"), public=True),
        Asked("complaints_closed", N_("Of these, closed"), public=True),
        Asked("penalties", N_("Penalties received, from any authority"), public=True),
        Asked("penalty_details", N_("Which penalties, and what was done about them"), Kind.TEXT,
              False, False),
        Asked("rectifications", N_("Rectifications ordered")),
    )),
    # The nineteen items by which a data broker's maturity is judged (DBCMM), in their order.
    Section("assessment", N_("Self-assessment, level 0 to 5"), (
        _level("partners", N_("Industry-chain partners")),
        _level("cooperation", N_("Mechanism of cooperation")),
        _level("personnel", N_("Personnel")),
        _level("achievements", N_("Scale of business")),
        _level("investment", N_("Capital input")),
        _level("environment", N_("Technical environment")),
        _level("duties", N_("Fulfilment of regulatory duties")),
        _level("controls", N_("Data security controls")),
        _level("capability", N_("Maturity of data security")),
        _level("scale", N_("Scale of data")),
        _level("quality", N_("Quality of data")),
        _level("governance", N_("Data governance")),
        _level("application", N_("Application of data")),
        _level("platform", N_("Data platform")),
        _level("effect", N_("Effect of operation")),
        _level("standards", N_("Standards")),
        _level("property", N_("Intellectual property")),
        _level("research", N_("Share of research and development")),
        _level("innovation", N_("New products")),
    )),
)
BY_CODE = {section.code: section for section in SECTIONS}


def changed(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[str]:
    """The fields that a correction changed, as ``section.field``."""
    return [
        f"{section.code}.{a.code}" for section in SECTIONS for a in section.asked
        if before.get(section.code, {}).get(a.code) != after.get(section.code, {}).get(a.code)
    ]
