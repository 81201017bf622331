"""The working days and the law by which the system reckons."""

from flask import abort, current_app, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_login import current_user

from broker_admin import workdays
from broker_admin.admin import queries, service
from broker_admin.admin.forms import NoticeForm
from broker_admin.admin.views import bp
from broker_admin.clock import day_of, now
from broker_admin.permissions import Permission
from broker_admin.rules.regime import regime_on, regime_version, versions
from broker_admin.web import page_of, requires


@bp.get("/calendar")
@requires(Permission.SYSTEM_READ, by_role=True)
def calendar() -> ResponseReturnValue:
    # Limits that run now began last year or end in the next; those before must be explained.
    known, year = workdays.calendar(), day_of(now()).year
    return render_template(
        "admin/calendar.html", page=page_of(queries.imported_notices()),
        years=[known.notice(year) for year in range(year - 2, year + 3)])


@bp.route("/calendar/import", methods=["GET", "POST"])
@requires(Permission.CALENDAR_IMPORT, by_role=True)
def import_notice() -> ResponseReturnValue:
    form = NoticeForm()
    if form.validate_on_submit():
        notice = service.import_notice(form.text.data, actor=current_user, at=now())
        flash(gettext("The working days of %(year)s are in force. Open deadlines are being "
                      "reckoned again.", year=notice.year), "success")
        return redirect(url_for("admin.calendar"))
    return render_template("admin/import_notice.html", form=form), 422 if form.errors else 200


@bp.get("/regimes")
@requires(Permission.SYSTEM_READ, by_role=True)
def regimes() -> ResponseReturnValue:
    code = current_app.config["REGIME"]
    return render_template("admin/regimes.html", versions=reversed(versions(code)),
                           current=regime_on(day_of(now()), code))


@bp.get("/regimes/<path:version>")
@requires(Permission.SYSTEM_READ, by_role=True)
def regime(version: str) -> ResponseReturnValue:
    # Never opened by the name in the address, which could lead out of the folder.
    known = {found.version for found in versions(current_app.config["REGIME"])}
    if version not in known:
        abort(404)
    return render_template("admin/regime.html", regime=regime_version(version))
