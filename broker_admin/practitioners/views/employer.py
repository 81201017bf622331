"""The organisation's practitioners."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_login import current_user
from sqlalchemy import select

from broker_admin.accounts.models import Organization
from broker_admin.clock import day_of, now
from broker_admin.db import db
from broker_admin.forms import ConfirmForm
from broker_admin.permissions import Permission
from broker_admin.practitioners import queries, service
from broker_admin.practitioners.forms import ProposeForm
from broker_admin.practitioners.models import Practitioner
from broker_admin.practitioners.views import bp
from broker_admin.practitioners.workflow import EMPLOYMENT
from broker_admin.rules.numbering import parse_practitioner_number
from broker_admin.web import load, page_of, requires


@bp.route("/staff/<int:number>", methods=["GET", "POST"])
@requires(Permission.ORGANIZATION_MANAGE)
def staff(number: int) -> ResponseReturnValue:
    organization = load(Organization, Permission.ORGANIZATION_MANAGE, id=number)
    form = ProposeForm()
    if form.validate_on_submit() and _propose(organization, form):
        flash(gettext("The person is asked to confirm."), "success")
        return redirect(url_for("practitioners.staff", number=number))
    page = page_of(queries.employments_of(organization))
    shown = render_template(
        "practitioners/employer/staff.html", organization=organization, form=form, page=page,
        confirm=ConfirmForm(), today=day_of(now()),
        steps={e.id: [t.name for t in EMPLOYMENT.open_to(current_user, e)] for e in page.items})
    return shown, 422 if form.errors else 200


def _propose(organization: Organization, form: ProposeForm) -> bool:
    """Whether there was somebody to ask; else the field says that there is not."""
    practitioner = _by_number(form.certificate_number.data)
    if practitioner is None:
        form.certificate_number.errors = [gettext("There is no valid certificate with this number.")]
        return False
    service.propose(organization, practitioner, actor=current_user, at=now())
    return True


def _by_number(typed: str) -> Practitioner | None:
    number = parse_practitioner_number(typed)
    found: Practitioner | None = db.session.scalar(
        select(Practitioner).where(Practitioner.certificate_number == str(number)))
    # Void, lapsed and unknown are told alike: the number of a stranger reveals nothing.
    return found if found and service.is_valid(found, day_of(now())) else None
