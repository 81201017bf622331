"""What the examination office does with a sitting."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_login import current_user

from broker_admin.clock import now
from broker_admin.exams.forms import ReasonForm
from broker_admin.exams.models import Sitting
from broker_admin.exams.service import marking, papers, sittings
from broker_admin.exams.views import bp
from broker_admin.exams.workflow import SITTING, STEPS
from broker_admin.forms import Form
from broker_admin.permissions import Permission
from broker_admin.refusals import N_
from broker_admin.web import load, requires

WARNINGS = {
    "open_booking": N_("Everybody sees the sitting from now on, and candidates may book."),
    "seal": N_("This cannot be undone: no further seat can be booked or given back, and a "
               "commitment to all papers is published."),
    "close": N_("Every paper that is still open is handed in now, with what was saved."),
    "release": N_("Every candidate is told of the result. This cannot be undone."),
    "cancel": N_("Every seat is given back, and its candidate is told."),
}
_RULE = "/administration/<string:reference>"


@bp.route(f"{_RULE}/open-booking", methods=["GET", "POST"])
@requires(Permission.SITTING_ADMINISTER, by_role=True)
def open_booking(reference: str) -> ResponseReturnValue:
    sitting, form = _sitting(reference), Form()
    if form.validate_on_submit():
        sittings.open_booking(sitting, actor=current_user, at=now())
        return _done(sitting, gettext("The sitting is open for booking."))
    return _ask("open_booking", sitting, form)


@bp.route(f"{_RULE}/seal", methods=["GET", "POST"])
@requires(Permission.SITTING_ADMINISTER, by_role=True)
def seal(reference: str) -> ResponseReturnValue:
    sitting, form = _sitting(reference), Form()
    if form.validate_on_submit():
        papers.seal(sitting, actor=current_user, at=now())
        return _done(sitting, gettext("The papers are drawn and sealed."))
    return _ask("seal", sitting, form)


@bp.route(f"{_RULE}/close", methods=["GET", "POST"])
@requires(Permission.SITTING_ADMINISTER, by_role=True)
def close(reference: str) -> ResponseReturnValue:
    sitting, form = _sitting(reference), ReasonForm()
    if form.validate_on_submit():
        sittings.close(sitting, reason=form.reason.data, actor=current_user, at=now())
        return _done(sitting, gettext("The sitting is ended."))
    return _ask("close", sitting, form)


@bp.route(f"{_RULE}/cancel", methods=["GET", "POST"])
@requires(Permission.SITTING_ADMINISTER, by_role=True)
def cancel(reference: str) -> ResponseReturnValue:
    sitting, form = _sitting(reference), ReasonForm()
    if form.validate_on_submit():
        sittings.cancel(sitting, reason=form.reason.data, actor=current_user, at=now())
        return _done(sitting, gettext("The sitting is called off."))
    return _ask("cancel", sitting, form)


@bp.route(f"{_RULE}/release", methods=["GET", "POST"])
@requires(Permission.RESULT_RELEASE, by_role=True)
def release(reference: str) -> ResponseReturnValue:
    sitting, form = _sitting(reference), Form()
    if form.validate_on_submit():
        count = marking.release(sitting, actor=current_user, at=now())
        return _done(sitting, gettext("%(count)s results are released.", count=count))
    return _ask("release", sitting, form)


def _sitting(reference: str) -> Sitting:
    return load(Sitting, Permission.SITTING_ADMINISTER, reference=reference)


def _done(sitting: Sitting, news: str) -> ResponseReturnValue:
    flash(news, "success")
    return redirect(url_for("exams.case", reference=sitting.reference))


def _ask(name: str, sitting: Sitting, form: Form) -> ResponseReturnValue:
    # Before the page is shown, so that nobody fills in a form for a step that is not open.
    SITTING.check(name, sitting, current_user)
    page = render_template("exams/office/step.html", sitting=sitting, form=form,
                           title=gettext(STEPS[name]), warning=gettext(WARNINGS[name]))
    return page, 422 if form.errors else 200
