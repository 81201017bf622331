"""Following what was filed, by receipt number and code."""

from datetime import timedelta
from typing import NoReturn

from flask import abort, flash, redirect, render_template, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from broker_admin.accounts.throttle import slow_down
from broker_admin.clock import day_of, now
from broker_admin.complaints import filing, queries, receipts, time_limits
from broker_admin.complaints.forms.followed import FollowForm, ReplyForm
from broker_admin.complaints.models import Complaint, Filing
from broker_admin.complaints.views import bp
from broker_admin.complaints.workflow import COMPLAINT
from broker_admin.forms import ConfirmForm
from broker_admin.i18n import language
from broker_admin.permissions import CodeHolder
from broker_admin.rules.numbering import grouped
from broker_admin.time_words import clock_of
from broker_admin.workdays import calendar

_FOLLOWED = "followed"
_LASTS = timedelta(minutes=30)


@bp.route("/follow", methods=["GET", "POST"])
def follow() -> ResponseReturnValue:
    form = FollowForm()
    if form.is_submitted():
        slow_down("query")
    if form.validate_on_submit():
        found = receipts.by_code(form.receipt.data, form.code.data)
        if found:
            session[_FOLLOWED] = (found.reference, now().timestamp())
            return redirect(url_for("complaints.followed"))
        form.code.errors = [gettext("There is nothing under this receipt number with this code.")]
    return render_template("complaints/public/follow.html", form=form), 422 if form.errors else 200


@bp.get("/followed")
def followed() -> ResponseReturnValue:
    found = _found()
    deadline = time_limits.running(found)
    regime = time_limits.regime_of(found)
    return render_template(
        "complaints/followed/show.html", filing=found, regime=regime, language=language(),
        is_complaint=isinstance(found, Complaint), receipt=grouped(found.receipt_number),
        questions=queries.questions_of(found.reference), may_withdraw=_may_withdraw(found),
        clock=clock_of(deadline, calendar(), day_of(now())) if deadline else None)


@bp.route("/followed/reply", methods=["GET", "POST"])
def reply() -> ResponseReturnValue:
    found = _found()
    question = filing.demand_question(found, CodeHolder(found.reference))
    form = ReplyForm()
    if form.validate_on_submit():
        filing.reply(found, text=form.text.data, actor=CodeHolder(found.reference), at=now())
        flash(gettext("Your answer has been received."), "success")
        return redirect(url_for("complaints.followed"))
    page = render_template("complaints/followed/reply.html", form=form, question=question)
    return page, 422 if form.errors else 200


@bp.route("/followed/withdraw", methods=["GET", "POST"])
def withdraw() -> ResponseReturnValue:
    found = _complaint()
    COMPLAINT.check("withdraw", found, CodeHolder(found.reference))
    form = ConfirmForm()
    if form.validate_on_submit():
        filing.withdraw(found, actor=CodeHolder(found.reference), at=now())
        flash(gettext("Your complaint is withdrawn."), "success")
        return redirect(url_for("complaints.followed"))
    return render_template("complaints/followed/withdraw.html", form=form)


@bp.post("/followed/leave")
def leave() -> ResponseReturnValue:
    """Forget it on this computer, which others may use."""
    session.pop(_FOLLOWED, None)
    return redirect(url_for("complaints.start"))


def _found() -> Filing:
    """What this browser has shown the code of, not long ago; else the code is asked for again."""
    reference, since = session.get(_FOLLOWED, ("", 0))
    # In the visitor's signed cookie, which a borrowed computer keeps: so it serves for a while only.
    fresh = now().timestamp() - since <= _LASTS.total_seconds()
    return (receipts.by_reference(reference) if fresh else None) or _ask_again()


def _complaint() -> Complaint:
    found = _found()
    return found if isinstance(found, Complaint) else _ask_again()


def _may_withdraw(found: Filing) -> bool:
    return isinstance(found, Complaint) and "withdraw" in {
        t.name for t in COMPLAINT.open_to(CodeHolder(found.reference), found)}


def _ask_again() -> NoReturn:
    abort(redirect(url_for("complaints.follow")))
