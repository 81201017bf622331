"""The inbox; and for those who try the system out, everybody's mail."""

from typing import Any

from flask import Blueprint, abort, current_app, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_login import current_user

from broker_admin.clock import now
from broker_admin.db import db
from broker_admin.notifications import queries
from broker_admin.notifications.forms import ReadAllForm
from broker_admin.permissions import Permission as P
from broker_admin.web import page_of, requires

bp = Blueprint("notifications", __name__)

_SHOWS_OUTBOX = frozenset({"development", "demo", "test"})


@bp.before_request
def _say_that_reading_writes() -> None:
    # Opening a message notes that it was read, so its transaction must begin as a writer's.
    if request.endpoint == "notifications.message":
        g.writes = True


@bp.app_context_processor
def _count_unread() -> dict[str, Any]:
    if not current_user or not current_user.is_authenticated:
        return {"unread": 0}
    return {"unread": queries.unread_count(current_user.id)}


@bp.get("/inbox")
@requires(P.ACCOUNT_USE)
def inbox() -> ResponseReturnValue:
    page = page_of(queries.inbox_of(current_user.id))
    return render_template("notifications/inbox.html", page=page, form=ReadAllForm())


@bp.get("/inbox/<int:number>")
@requires(P.ACCOUNT_USE)
def message(number: int) -> ResponseReturnValue:
    found = db.session.scalars(queries.inbox_of(current_user.id).filter_by(id=number)).one_or_none()
    if found is None:
        abort(404)
    found.read_at = found.read_at or now()
    return render_template("notifications/message.html", message=found)


@bp.post("/inbox/read")
@requires(P.ACCOUNT_USE)
def read_all() -> ResponseReturnValue:
    if not ReadAllForm().validate_on_submit():
        abort(422)
    at = now()
    for each in queries.unread_of(current_user.id):
        each.read_at = at
    flash(gettext("All messages are marked as read."), "success")
    return redirect(url_for("notifications.inbox"))


@bp.get("/dev/outbox")
def outbox() -> ResponseReturnValue:
    if current_app.config["ENVIRONMENT"] not in _SHOWS_OUTBOX:
        abort(404)
    return render_template("notifications/outbox.html", page=page_of(queries.outbox()))
