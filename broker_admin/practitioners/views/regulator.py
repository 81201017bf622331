"""The register of persons, for the desk."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_login import current_user

from broker_admin.clock import now
from broker_admin.forms import plain
from broker_admin.permissions import Permission
from broker_admin.practitioners import queries, service
from broker_admin.practitioners.forms import VoidForm
from broker_admin.practitioners.models import Practitioner
from broker_admin.practitioners.views import bp
from broker_admin.practitioners.workflow import CERTIFICATE
from broker_admin.rules.identifiers import mask_identity
from broker_admin.web import load, page_of, requires


@bp.get("/worklist")
@requires(Permission.PRACTITIONER_READ, by_role=True)
def worklist() -> ResponseReturnValue:
    words = (plain(request.args.get("q")) or "")[:60]
    return render_template("practitioners/regulator/worklist.html", words=words,
                           page=page_of(queries.worklist(words)))


@bp.get("/<string:reference>/case")
@requires(Permission.PRACTITIONER_READ, by_role=True)
def case(reference: str) -> ResponseReturnValue:
    practitioner = load(Practitioner, Permission.PRACTITIONER_READ, reference=reference)
    return render_template(
        "practitioners/regulator/case.html", practitioner=practitioner,
        # To be compared, not copied.
        identity=mask_identity(practitioner.identity),
        transitions={t.name for t in CERTIFICATE.open_to(current_user, practitioner)})


@bp.route("/<string:reference>/void", methods=["GET", "POST"])
@requires(Permission.PRACTITIONER_ADMINISTER)
def void(reference: str) -> ResponseReturnValue:
    practitioner = load(Practitioner, Permission.PRACTITIONER_ADMINISTER, reference=reference)
    CERTIFICATE.check("void", practitioner, current_user)
    form = VoidForm()
    if form.validate_on_submit():
        service.void(practitioner, reason=form.reason.data, actor=current_user, at=now())
        flash(gettext("The certificate is void."), "success")
        return redirect(url_for("practitioners.case", reference=reference))
    page = render_template("practitioners/regulator/void.html", practitioner=practitioner,
                           form=form)
    return page, 422 if form.errors else 200
