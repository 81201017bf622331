"""From the public list of sittings to a seat in one."""

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_login import current_user

from broker_admin.clock import day_of, now
from broker_admin.exams import queries
from broker_admin.exams.blueprints import STANDARD
from broker_admin.exams.forms import RegisterForm
from broker_admin.exams.models import Booking, ExamAttempt, Sitting
from broker_admin.exams.service import bookings, candidates
from broker_admin.exams.topics import Subject, topics_of
from broker_admin.exams.views import bp
from broker_admin.exams.workflow import BOOKING, AttemptStatus, Qualification
from broker_admin.forms import Form, refusal_at
from broker_admin.permissions import Permission
from broker_admin.rules.regime import regime_on
from broker_admin.web import load, requires

NUMBER = "<int(max=2147483647):number>"


@bp.get("/sittings")
def sittings() -> ResponseReturnValue:
    return render_template(
        "exams/public/sittings.html", rows=queries.announced(now()),
        exam=regime_on(day_of(now())).exam,
        papers=[(STANDARD[subject], topics_of(subject)) for subject in Subject])


@bp.get("/sittings/<string:reference>")
def sitting(reference: str) -> ResponseReturnValue:
    found = _announced(reference)
    # A sitting that is over is no longer announced, and has no seats left to show.
    left = dict(queries.announced(now())).get(found, 0)
    return render_template("exams/public/sitting.html", sitting=found, left=left,
                           topics=topics_of(found.subject))


@bp.route("/register", methods=["GET", "POST"])
@requires(Permission.SITTING_BOOK)
def register() -> ResponseReturnValue:
    if queries.candidate_of(current_user):
        return redirect(url_for("exams.mine"))
    # Prefilled, and to be corrected: the account may carry another name than the identity card.
    form = RegisterForm(data={"name": current_user.name})
    if form.validate_on_submit():
        # Too young or known already: both are read off the number.
        with refusal_at(form.identity):
            candidates.register(
                current_user, name=form.name.data, identity=form.identity.data,
                actor=current_user, qualification=Qualification(form.qualification.data), at=now())
            flash(gettext("You are registered as a candidate. Choose a sitting now."), "success")
            return redirect(url_for("exams.sittings"))
    page = render_template("exams/candidate/register.html", form=form)
    return page, 422 if form.errors else 200


@bp.route("/sittings/<string:reference>/book", methods=["GET", "POST"])
@requires(Permission.SITTING_BOOK)
def book(reference: str) -> ResponseReturnValue:
    found, candidate, form = _announced(reference), queries.candidate_of(current_user), Form()
    if candidate is None:
        flash(gettext("Register as a candidate first; it takes a minute and is done once."))
        return redirect(url_for("exams.register"))
    if form.validate_on_submit():
        bookings.book(found, candidate, actor=current_user, at=now())
        flash(gettext("Your seat is booked."), "success")
        return redirect(url_for("exams.mine"))
    return render_template("exams/candidate/book.html", form=form, sitting=found,
                           candidate=candidate)


@bp.route(f"/bookings/{NUMBER}/cancel", methods=["GET", "POST"])
@requires(Permission.SITTING_BOOK)
def cancel_booking(number: int) -> ResponseReturnValue:
    booking, form = load(Booking, Permission.SITTING_BOOK, id=number), Form()
    if form.validate_on_submit():
        bookings.cancel(booking, actor=current_user, at=now())
        flash(gettext("Your seat is given back."), "success")
        return redirect(url_for("exams.mine"))
    BOOKING.check("cancel", booking, current_user)
    return render_template("exams/candidate/cancel.html", form=form, booking=booking)


@bp.get("/mine")
@requires(Permission.ATTEMPT_SIT)
def mine() -> ResponseReturnValue:
    return render_template(
        "exams/candidate/mine.html", candidate=queries.candidate_of(current_user), at=now(),
        seats=queries.seats_of_user(current_user), passes=queries.passes_of(current_user))


@bp.get(f"/attempts/{NUMBER}/result")
@requires(Permission.ATTEMPT_SIT)
def result(number: int) -> ResponseReturnValue:
    attempt = load(ExamAttempt, Permission.ATTEMPT_SIT, id=number)
    # Not even that there is a result may be known before all of the sitting are released.
    if attempt.status is not AttemptStatus.RELEASED:
        abort(404)
    return render_template("exams/candidate/result.html", attempt=attempt, result=attempt.result,
                           topics={t.code: t for t in topics_of(attempt.sitting.subject)},
                           exam=regime_on(day_of(now())).exam)


def _announced(reference: str) -> Sitting:
    found = queries.announced_sitting(reference)
    if found is None:
        abort(404)
    return found
