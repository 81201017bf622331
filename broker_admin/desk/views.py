from flask import Blueprint, abort, render_template, request
from flask.typing import ResponseReturnValue
from flask_login import current_user

from broker_admin.clock import day_of, now
from broker_admin.desk.work import VIEWS, View, waiting_for
from broker_admin.permissions import Permission
from broker_admin.web import requires
from broker_admin.workdays import calendar

bp = Blueprint("desk", __name__, url_prefix="/desk")


@bp.get("/")
@requires(Permission.ACCOUNT_USE)
def home() -> ResponseReturnValue:
    """The officer's queue; people outside have their own page for what is theirs."""
    if not current_user.is_staff:
        abort(404)
    chosen = _chosen(request.args.get("view", ""))
    work = waiting_for(current_user, calendar(), day_of(now()))
    counts = {view: sum(map(shows, work)) for view, (_, shows) in VIEWS.items()}
    return render_template("desk/home.html", views=VIEWS, chosen=chosen, counts=counts,
                           work=[line for line in work if VIEWS[chosen][1](line)])


def _chosen(asked: str) -> View:
    """Old bookmarks and typing errors show everything: hiding work would be worse."""
    return View(asked) if asked in set(View) else View.ALL
