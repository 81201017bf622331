import pytest
from sqlalchemy import select

from broker_admin.accounts import service as accounts
from broker_admin.db import db
from broker_admin.demo import fates, history
from broker_admin.demo.offices import DOMAIN
from broker_admin.licenses.models import License
from tests.conftest import NOON

ENDS = {
    fates.SUSPENDED: "suspended", fates.REVOKED: "revoked", fates.SURRENDERED: "cancelled",
    fates.ANNULLED: "annulled", fates.TAKEN_BACK: "withdrawn", fates.CANCELLED: "cancelled",
}
PLANS = [plan for plan in history.plans(NOON, "") if plan.fate in fates.FATES]


def license_of(plan):
    founder = accounts.find(f"{plan.firm.mailbox}@{DOMAIN}")
    return db.session.scalars(select(License).where(
        License.organization_id == founder.approved_memberships[0].organization_id)).one()


@pytest.mark.parametrize("plan", [p for p in PLANS if p.fate in ENDS],
                         ids=lambda plan: f"{plan.firm.mailbox}-{plan.fate}")
def test_a_license_meets_the_fate_that_was_planned(app, plan):
    assert license_of(plan).status == ENDS[plan.fate]


@pytest.mark.parametrize("plan", [p for p in PLANS if p.fate == fates.PAUSED],
                         ids=lambda plan: plan.firm.mailbox)
def test_a_pause_ends_by_itself(app, plan):
    acts = [standing.act for standing in license_of(plan).standings]
    assert acts[-2:] == ["suspend", "resume"]


def test_a_short_license_has_run_out(app):
    short = [plan for plan in history.plans(NOON, "") if plan.fate == fates.SHORT]
    states = {str(license_of(plan).status) for plan in short}
    assert "expired" in states


@pytest.mark.parametrize("fate", sorted(fates.FATES))
def test_every_fate_is_somebodys(fate):
    assert fate in {plan.fate for plan in PLANS}


def test_a_fate_without_a_license_is_a_mistake(app):
    firm = next(plan for plan in history.plans(NOON, "") if plan.outcome == "refused")
    founder = accounts.find(f"{firm.firm.mailbox}@{DOMAIN}")

    class Refused:
        organization = founder.approved_memberships[0].organization

    with pytest.raises(LookupError, match="was granted no license"):
        fates._license(Refused())
