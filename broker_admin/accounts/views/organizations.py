"""Organisations: create one, ask to join one, decide who belongs to it."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_login import current_user

from broker_admin.accounts import service
from broker_admin.accounts.forms import JoinForm, OrganizationForm
from broker_admin.accounts.models import Membership, Organization
from broker_admin.accounts.throttle import slow_down
from broker_admin.accounts.views import bp
from broker_admin.accounts.workflow import MEMBERSHIP
from broker_admin.accounts.workflow import MembershipStatus as S
from broker_admin.clock import now
from broker_admin.forms import ConfirmForm
from broker_admin.permissions import Permission
from broker_admin.web import load, requires


@bp.get("/organizations")
@requires(Permission.ORGANIZATION_MANAGE)
def organizations() -> ResponseReturnValue:
    current = [m for m in current_user.memberships if m.status in {S.ASKED, S.APPROVED}]
    return render_template("accounts/organizations.html", memberships=current)


@bp.route("/organizations/new", methods=["GET", "POST"])
@requires(Permission.ORGANIZATION_MANAGE)
def create_organization() -> ResponseReturnValue:
    form = OrganizationForm()
    if form.validate_on_submit():
        organization = service.create_organization(
            uscc=form.uscc.data, name=form.name.data, name_en=form.name_en.data or None,
            region_code=form.region_code.data, address=form.address.data,
            contact_email=form.contact_email.data or None,
            contact_phone=form.contact_phone.data or None, founder=current_user, at=now())
        flash(gettext("The organisation is registered; you are its administrator."), "success")
        return redirect(url_for("accounts.organization", number=organization.id))
    page = render_template("accounts/create_organization.html", form=form)
    return page, 422 if form.errors else 200


@bp.route("/organizations/join", methods=["GET", "POST"])
@requires(Permission.ORGANIZATION_MANAGE)
def join_organization() -> ResponseReturnValue:
    form = JoinForm()
    if form.is_submitted():
        slow_down("query")
    if form.validate_on_submit():
        organization = service.organization_by_code(form.uscc.data)
        if organization:
            service.ask_to_join(organization, user=current_user, at=now())
            flash(gettext("Its administrator is asked to let you in."), "success")
            return redirect(url_for("accounts.organizations"))
        form.uscc.errors = [gettext("No organisation with this code is registered. Create it.")]
    page = render_template("accounts/join_organization.html", form=form)
    return page, 422 if form.errors else 200


@bp.get("/organizations/<int:number>")
@requires(Permission.ORGANIZATION_READ)
def organization(number: int) -> ResponseReturnValue:
    found = load(Organization, Permission.ORGANIZATION_READ, id=number)
    steps = {m.id: [t.name for t in MEMBERSHIP.open_to(current_user, m)]
             for m in found.memberships}
    return render_template("accounts/organization.html", organization=found, steps=steps,
                           form=ConfirmForm())


@bp.post("/memberships/<int:number>/approve")
@requires(Permission.ORGANIZATION_MANAGE)
def approve(number: int) -> ResponseReturnValue:
    membership = load(Membership, Permission.ORGANIZATION_MANAGE, id=number)
    service.approve(membership, actor=current_user, at=now())
    return _back(membership, gettext("The person now acts for the organisation."))


@bp.post("/memberships/<int:number>/decline")
@requires(Permission.ORGANIZATION_MANAGE)
def decline(number: int) -> ResponseReturnValue:
    membership = load(Membership, Permission.ORGANIZATION_MANAGE, id=number)
    service.decline(membership, actor=current_user, at=now())
    return _back(membership, gettext("The request is declined."))


@bp.post("/memberships/<int:number>/end")
@requires(Permission.ORGANIZATION_MANAGE)
def end(number: int) -> ResponseReturnValue:
    membership = load(Membership, Permission.ORGANIZATION_MANAGE, id=number)
    service.end(membership, actor=current_user, at=now())
    return _back(membership, gettext("The person no longer acts for the organisation."))


def _back(membership: Membership, news: str) -> ResponseReturnValue:
    flash(news, "success")
    return redirect(url_for("accounts.organization", number=membership.organization_id))
