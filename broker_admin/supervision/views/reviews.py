"""The holder's pages of the annual review: the result, and the objection."""

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_login import current_user

from broker_admin.clock import day_of, now
from broker_admin.permissions import Permission
from broker_admin.supervision import reviewing, time_limits
from broker_admin.supervision.forms.reviews import ObjectionForm
from broker_admin.supervision.models import AnnualReview
from broker_admin.supervision.views import bp
from broker_admin.supervision.workflow import REVIEW, TOLD
from broker_admin.time_words import Clock, clock_of
from broker_admin.web import load, requires
from broker_admin.workdays import calendar


@bp.get("/reviews/<string:reference>")
@requires(Permission.REVIEW_OBJECT)
def show_review(reference: str) -> ResponseReturnValue:
    review = told(reference)
    return render_template(
        "supervision/holder/review.html", review=review, clock=clock(review),
        may_object="object" in {t.name for t in REVIEW.open_to(current_user, review)})


@bp.route("/reviews/<string:reference>/object", methods=["GET", "POST"])
@requires(Permission.REVIEW_OBJECT)
def object_to_review(reference: str) -> ResponseReturnValue:
    review = told(reference)
    reviewing.demand_in_time(review, calendar=calendar(), actor=current_user, at=now())
    form = ObjectionForm()
    if form.validate_on_submit():
        reviewing.object_to(review, objection=form.objection.data, calendar=calendar(),
                            actor=current_user, at=now())
        flash(gettext("Your objection is received. You will be told the answer."), "success")
        return redirect(url_for("supervision.show_review", reference=reference))
    page = render_template("supervision/holder/object.html", review=review, form=form,
                           clock=clock(review))
    return page, 422 if form.errors else 200


def told(reference: str) -> AnnualReview:
    """The review, once its holder has been told; before that it is nobody's business but the desk's."""
    review = load(AnnualReview, Permission.REVIEW_OBJECT, reference=reference)
    # Missing, not forbidden: that a review is under way is not told before its result is.
    return review if review.status in TOLD else abort(404)


def clock(review: AnnualReview) -> Clock | None:
    """The objection window, in words."""
    deadline = time_limits.objection(review)
    return clock_of(deadline, calendar(), day_of(now())) if deadline else None
