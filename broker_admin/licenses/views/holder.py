"""The holder's wallet."""

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_login import current_user

from broker_admin.clock import day_of, now
from broker_admin.documents import service as documents
from broker_admin.licenses import queries, service, validity
from broker_admin.licenses.forms import SurrenderForm
from broker_admin.licenses.models import License
from broker_admin.licenses.views import bp
from broker_admin.licenses.workflow import WORKFLOW
from broker_admin.permissions import Permission
from broker_admin.rules.regime import regime_version
from broker_admin.web import load, page_of, requires


@bp.get("/")
@requires(Permission.LICENSE_SURRENDER)
def index() -> ResponseReturnValue:
    return render_template("licenses/holder/index.html",
                           page=page_of(queries.of_party(current_user)))


@bp.get("/<string:number>")
@requires(Permission.LICENSE_SURRENDER)
def show(number: str) -> ResponseReturnValue:
    license = load(License, Permission.LICENSE_SURRENDER, number=number)
    regime, today = regime_version(license.regime), day_of(now())
    return render_template(
        "licenses/holder/show.html", license=license, regime=regime,
        standing=validity.of(license, today),
        near=queries.near_expiry(today, regime.term.near_expiry_days),
        may_surrender="surrender" in {t.name for t in WORKFLOW.open_to(current_user, license)})


@bp.get("/<string:number>/certificate")
@requires(Permission.LICENSE_READ)
def certificate(number: str) -> ResponseReturnValue:
    """The certificate as it was made; the latest edition."""
    license = load(License, Permission.LICENSE_READ, number=number)
    if not license.certificates:
        abort(404)
    return documents.send(license.certificates[-1].document)


@bp.route("/<string:number>/surrender", methods=["GET", "POST"])
@requires(Permission.LICENSE_SURRENDER)
def surrender(number: str) -> ResponseReturnValue:
    license = load(License, Permission.LICENSE_SURRENDER, number=number)
    # Before anything is asked: nobody writes reasons for a step that is not open.
    WORKFLOW.check("surrender", license, current_user)
    form = SurrenderForm()
    if form.validate_on_submit():
        service.surrender(license, reason=form.reason.data, actor=current_user, at=now())
        flash(gettext("The license is given up."), "success")
        return redirect(url_for("licenses.show", number=number))
    page = render_template("licenses/holder/surrender.html", license=license, form=form)
    return page, 422 if form.errors else 200
