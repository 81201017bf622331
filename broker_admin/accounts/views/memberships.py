"""Decisions of an organisation's administrator on the people who act for it."""

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_login import current_user

from broker_admin.accounts import memberships
from broker_admin.accounts.models import Membership
from broker_admin.accounts.views import bp
from broker_admin.clock import now
from broker_admin.permissions import Permission
from broker_admin.refusals import N_
from broker_admin.web import load, requires

_STEPS = {
    "approve": (memberships.approve, N_("The person now acts for the organisation.")),
    "decline": (memberships.decline, N_("The request is declined.")),
    "appoint": (memberships.appoint, N_("The person is an administrator of the organisation now.")),
    "dismiss": (memberships.dismiss,
                N_("The person is no longer an administrator of the organisation.")),
    "end": (memberships.end, N_("The person no longer acts for the organisation.")),
}


@bp.post("/memberships/<int:number>/approve", defaults={"step": "approve"})
@bp.post("/memberships/<int:number>/decline", defaults={"step": "decline"})
@bp.post("/memberships/<int:number>/appoint", defaults={"step": "appoint"})
@bp.post("/memberships/<int:number>/dismiss", defaults={"step": "dismiss"})
@bp.post("/memberships/<int:number>/end", defaults={"step": "end"})
@requires(Permission.ORGANIZATION_MANAGE)
def decide(number: int, step: str) -> ResponseReturnValue:
    membership = load(Membership, Permission.ORGANIZATION_MANAGE, id=number)
    verb, news = _STEPS[step]
    verb(membership, actor=current_user, at=now())
    flash(gettext(news), "success")
    return redirect(url_for("accounts.organization", number=membership.organization_id))
