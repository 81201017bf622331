from typing import TypeVar

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from sqlalchemy import Select

from broker_admin.applications import queries as applications
from broker_admin.db import db
from broker_admin.enforcement import queries as enforcement
from broker_admin.licenses import queries as licenses
from broker_admin.permissions import Permission
from broker_admin.practitioners import queries as practitioners
from broker_admin.practitioners.models import Employment, Practitioner
from broker_admin.practitioners.workflow import EmploymentStatus
from broker_admin.web import requires

bp = Blueprint("portal", __name__, url_prefix="/my")

MOST = 10
T = TypeVar("T")


@bp.get("/")
@requires(Permission.ACCOUNT_USE)
def home() -> ResponseReturnValue:
    """Everything of one's own, with what waits for an answer on top."""
    if current_user.is_staff:
        return redirect(url_for("desk.home"))
    practitioner = practitioners.of_user(current_user)
    return render_template(
        "portal/home.html", practitioner=practitioner, asked=_asked(practitioner),
        applications=_first(applications.of_party(current_user)),
        licenses=_first(licenses.of_party(current_user)),
        cases=_first(enforcement.of_party(current_user)),
        organizations=[m.organization for m in current_user.approved_memberships])


def _asked(practitioner: Practitioner | None) -> list[Employment]:
    """What an employer says and the practitioner has not confirmed: it binds nobody until then."""
    known = practitioner.employments if practitioner else []
    return [employment for employment in known if employment.status is EmploymentStatus.PROPOSED]


def _first(query: Select[tuple[T]]) -> list[T]:
    """The newest few; each room has the whole list."""
    return list(db.session.scalars(query.limit(MOST)))
