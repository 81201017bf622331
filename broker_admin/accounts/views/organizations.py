"""Organisations: create one, ask to join one, see one, say how it is reached."""

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_login import current_user

from broker_admin.accounts import memberships, service
from broker_admin.accounts.forms import ContactForm, JoinForm, OrganizationForm
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
            memberships.ask_to_join(organization, user=current_user, at=now())
            flash(gettext("Its administrator is asked to let you in."), "success")
            return redirect(url_for("accounts.organizations"))
        form.uscc.errors = [gettext("No organisation with this code is registered. Create it.")]
    page = render_template("accounts/join_organization.html", form=form)
    return page, 422 if form.errors else 200


@bp.get("/organizations/<int:number>")
@requires(Permission.ORGANIZATION_READ)
def organization(number: int) -> ResponseReturnValue:
    found = load(Organization, Permission.ORGANIZATION_READ, id=number)
    return render_template("accounts/organization.html", organization=found, form=ConfirmForm(),
                           steps={m.id: _steps(m) for m in found.memberships})


def _steps(membership: Membership) -> list[str]:
    """What the visitor may do with it: nobody is appointed twice, or dismissed from nothing."""
    senseless = "appoint" if membership.administers else "dismiss"
    found = [step.name for step in MEMBERSHIP.open_to(current_user, membership)]
    return [name for name in found if name != senseless]


@bp.route("/organizations/<int:number>/contact", methods=["GET", "POST"])
@requires(Permission.ORGANIZATION_MANAGE)
def contact(number: int) -> ResponseReturnValue:
    found = load(Organization, Permission.ORGANIZATION_READ, id=number)
    if current_user not in found.administrators:
        abort(404)
    form = ContactForm(obj=found)
    if form.validate_on_submit():
        service.change_contact(found, email=form.contact_email.data or None,
                               phone=form.contact_phone.data or None, actor=current_user, at=now())
        flash(gettext("Saved."), "success")
        return redirect(url_for("accounts.organization", number=found.id))
    page = render_template("accounts/contact.html", form=form, organization=found)
    return page, 422 if form.errors else 200
