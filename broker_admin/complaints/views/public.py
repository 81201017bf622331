"""Filing a complaint or a report, without an account."""

from flask import redirect, render_template, session, url_for
from flask.typing import ResponseReturnValue

from broker_admin.accounts.throttle import slow_down
from broker_admin.clock import day_of, now
from broker_admin.complaints import filing
from broker_admin.complaints.forms.filing import ComplaintForm, FilingForm, ReportForm
from broker_admin.complaints.queries import EVIDENCE
from broker_admin.complaints.views import bp
from broker_admin.i18n import language
from broker_admin.permissions import CodeHolder
from broker_admin.rules.numbering import grouped
from broker_admin.rules.regime import regime_on

_FILED = "filed"


@bp.get("/")
def start() -> ResponseReturnValue:
    """A complaint or a report: two procedures with two results."""
    return render_template("complaints/public/start.html", regime=regime_on(day_of(now())))


@bp.route("/new", methods=["GET", "POST"])
def complain() -> ResponseReturnValue:
    form = ComplaintForm(regime_on(day_of(now())), language())
    # Counted before the files are looked at, which is what costs.
    if form.is_submitted():
        slow_down("filing")
    if form.validate_on_submit():
        complaint, code = filing.file_complaint(
            form.account(), form.identity(), request=form.request.data, amount=form.amount.data,
            disclose=form.disclose.data, other_bodies=form.other_bodies.data or None, at=now())
        if form.keep_files(complaint.reference, EVIDENCE, CodeHolder(complaint.reference)):
            return _received(complaint.receipt_number, code)
    return _ask("complaints/public/complain.html", form)


@bp.route("/report", methods=["GET", "POST"])
def report() -> ResponseReturnValue:
    form = ReportForm(regime_on(day_of(now())), language())
    if form.is_submitted():
        slow_down("filing")
    if form.validate_on_submit():
        report, code = filing.file_report(form.account(), form.identity(), at=now())
        if form.keep_files(report.reference, EVIDENCE, CodeHolder(report.reference)):
            return _received(report.receipt_number, code)
    return _ask("complaints/public/report.html", form)


@bp.get("/filed")
def filed() -> ResponseReturnValue:
    """The receipt number and the code, shown once."""
    receipt, code = session.pop(_FILED, ("", ""))
    if not receipt:
        return redirect(url_for("complaints.follow"))
    return render_template("complaints/public/filed.html", receipt=grouped(receipt), code=code)


def _received(receipt: str, code: str) -> ResponseReturnValue:
    # In the visitor's own signed cookie until the next page: the code is stored nowhere else.
    session[_FILED] = (receipt, code)
    return redirect(url_for("complaints.filed"))


def _ask(template: str, form: FilingForm) -> ResponseReturnValue:
    page = render_template(template, form=form)
    return page, 422 if form.errors else 200
