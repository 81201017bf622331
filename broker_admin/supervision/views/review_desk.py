"""The desk: the annual review, step by step."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_login import current_user

from broker_admin.audit.queries import history
from broker_admin.clock import day_of, now
from broker_admin.forms import ConfirmForm, Form
from broker_admin.i18n import language
from broker_admin.licenses.models import License
from broker_admin.permissions import Permission
from broker_admin.rules.regime import regime_version
from broker_admin.supervision import queries, reviewing
from broker_admin.supervision.forms.reviews import AnswerForm, ScoreForm, score_form
from broker_admin.supervision.models import AnnualReview
from broker_admin.supervision.views import bp
from broker_admin.supervision.views.reviews import clock
from broker_admin.supervision.workflow import REVIEW, REVIEW_STEPS
from broker_admin.web import load, page_of, requires
from broker_admin.workdays import calendar


@bp.get("/reviews/open")
@requires(Permission.REVIEW_SCORE, by_role=True)
def unreviewed() -> ResponseReturnValue:
    """Licenses whose last year has not been reviewed yet."""
    year = day_of(now()).year - 1
    return render_template("supervision/desk/unreviewed.html", year=year, form=ConfirmForm(),
                           page=page_of(queries.unreviewed(year)))


@bp.post("/reviews/open/<string:number>")
@requires(Permission.REVIEW_SCORE)
def open_review(number: str) -> ResponseReturnValue:
    license = load(License, Permission.REVIEW_SCORE, number=number)
    review = reviewing.open_review(license, year=day_of(now()).year - 1, actor=current_user, at=now())
    return _done(review, gettext("The review is open."))


@bp.get("/reviews/<string:reference>/case")
@requires(Permission.REVIEW_READ, by_role=True)
def review_case(reference: str) -> ResponseReturnValue:
    review = load(AnnualReview, Permission.REVIEW_READ, reference=reference)
    return render_template(
        "supervision/desk/review.html", review=review, clock=clock(review),
        history=history(reference), transitions=REVIEW.open_to(current_user, review),
        report=queries.report_about(review.license, review.year))


@bp.route("/reviews/<string:reference>/score", methods=["GET", "POST"])
@requires(Permission.REVIEW_SCORE)
def score_review(reference: str) -> ResponseReturnValue:
    review = load(AnnualReview, Permission.REVIEW_SCORE, reference=reference)
    form = _score_form(review)
    if form.validate_on_submit():
        reviewing.score(review, form.assessment(), actor=current_user, at=now())
        return _done(review, gettext("The year is scored."))
    return _ask("score", review, form)


@bp.route("/reviews/<string:reference>/announce", methods=["GET", "POST"])
@requires(Permission.REVIEW_SCORE)
def announce_review(reference: str) -> ResponseReturnValue:
    review = load(AnnualReview, Permission.REVIEW_SCORE, reference=reference)
    form = ConfirmForm()
    if form.validate_on_submit():
        reviewing.announce(review, calendar=calendar(), actor=current_user, at=now())
        return _done(review, gettext("The holder is told, and may object now."))
    return _ask("announce", review, form)


@bp.route("/reviews/<string:reference>/answer", methods=["GET", "POST"])
@requires(Permission.REVIEW_SCORE)
def answer_review(reference: str) -> ResponseReturnValue:
    """The answer and, where the objection is right, new marks: one page, one step."""
    review = load(AnnualReview, Permission.REVIEW_SCORE, reference=reference)
    form, marks = AnswerForm(), _score_form(review)
    # The marks are always sent along; untouched ones must not stop an answer that changes none.
    if form.validate_on_submit() and (not form.amend.data or marks.validate()):
        reviewing.answer(review, answer=form.answer.data, actor=current_user, at=now(),
                         amended=marks.assessment() if form.amend.data else None)
        return _done(review, gettext("The objection is answered."))
    return _ask("answer", review, form, marks=marks)


@bp.route("/reviews/<string:reference>/finalise", methods=["GET", "POST"])
@requires(Permission.REVIEW_FINALISE)
def finalise_review(reference: str) -> ResponseReturnValue:
    review = load(AnnualReview, Permission.REVIEW_FINALISE, reference=reference)
    form = ConfirmForm()
    if form.validate_on_submit():
        reviewing.finalise(review, calendar=calendar(), actor=current_user, at=now())
        return _done(review, gettext("The grade is final."))
    return _ask("finalise", review, form)


@bp.route("/reviews/<string:reference>/publish", methods=["GET", "POST"])
@requires(Permission.REVIEW_FINALISE)
def publish_review(reference: str) -> ResponseReturnValue:
    review = load(AnnualReview, Permission.REVIEW_FINALISE, reference=reference)
    form = ConfirmForm()
    if form.validate_on_submit():
        reviewing.publish(review, actor=current_user, at=now())
        return _done(review, gettext("The grade is shown in the register."))
    return _ask("publish", review, form)


def _score_form(review: AnnualReview) -> ScoreForm:
    return score_form(regime_version(review.regime).supervision, language(), review.score)


def _done(review: AnnualReview, news: str) -> ResponseReturnValue:
    flash(news, "success")
    return redirect(url_for("supervision.review_case", reference=review.reference))


def _ask(name: str, review: AnnualReview, form: Form, **more: object) -> ResponseReturnValue:
    """The page of a step; 422 when the answers so far will not do."""
    # Before anything is typed, and on the way back from a typing error as well.
    REVIEW.check(name, review, current_user)
    marks = more.get("marks")
    errors = form.errors or (isinstance(marks, Form) and marks.errors)
    template = "supervision/desk/answer.html" if marks else "supervision/desk/review_step.html"
    page = render_template(
        template, review=review, form=form, title=gettext(REVIEW_STEPS[name]),
        button=gettext(REVIEW_STEPS[name]), **more)
    return page, 422 if errors else 200
