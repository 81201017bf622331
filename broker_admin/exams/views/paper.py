"""The paper itself.  Every page works by forms alone; a script only saves sooner."""

from typing import Any

from flask import abort, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_login import current_user

from broker_admin.exams import presentation
from broker_admin.exams.forms import StartForm
from broker_admin.exams.models import ExamAttempt
from broker_admin.exams.protocol import Batch, Obstacle, SaveRefused, read
from broker_admin.exams.service import answers, attempts
from broker_admin.exams.timing import Entry
from broker_admin.exams.views import bp
from broker_admin.exams.views.booking import NUMBER
from broker_admin.exams.views.windows import PAGE, is_here, window
from broker_admin.exams.workflow import HANDED_IN, AttemptStatus
from broker_admin.forms import Form
from broker_admin.i18n import language
from broker_admin.permissions import Permission
from broker_admin.web import load, requires


@bp.route(f"/attempts/{NUMBER}/start", methods=["GET", "POST"])
@requires(Permission.ATTEMPT_SIT)
def start(number: int) -> ResponseReturnValue:
    attempt, form = _own(number), StartForm()
    if attempt.status is not AttemptStatus.PREPARED:
        return redirect(url_for("exams.question", number=number, position=1))
    if form.validate_on_submit():
        attempts.start(attempt, actor=current_user, at=g.received_at)
        return redirect(url_for("exams.question", number=number, position=1))
    page = render_template(
        "exams/candidate/start.html", attempt=attempt, form=form, blueprint=attempt.sitting.blueprint,
        entry=attempt.sitting.times.entry(g.received_at), Entry=Entry, at=g.received_at)
    return page, 422 if form.errors else 200


@bp.get(f"/attempts/{NUMBER}/questions/<int(max=999):position>")
@requires(Permission.ATTEMPT_SIT)
def question(number: int, position: int) -> ResponseReturnValue:
    attempt = _own(number)
    if elsewhere := _not_here(attempt):
        return elsewhere
    shown = presentation.question(attempt, position, language())
    if shown is None:
        abort(404)
    return render_template("exams/candidate/question.html", question=shown, **_frame(attempt))


@bp.post(f"/attempts/{NUMBER}/questions/<int(max=999):position>")
@requires(Permission.ATTEMPT_SIT)
def save_question(number: int, position: int) -> ResponseReturnValue:
    attempt = _own(number)
    try:
        answers.save_page(attempt, _sent(position), actor=current_user, at=g.received_at)
    except SaveRefused as refusal:
        if refusal.obstacle is Obstacle.CLOSED:
            return redirect(url_for("exams.finished", number=number))
        # The answer is not stored, so the page must not look as if it were: the browser keeps it.
        return render_template("exams/candidate/elsewhere.html", attempt=attempt, form=Form()), 409
    return redirect(_onwards(attempt, position))


@bp.post(f"/attempts/{NUMBER}/take-over")
@requires(Permission.ATTEMPT_SIT)
def take_over(number: int) -> ResponseReturnValue:
    attempt = _own(number)
    attempts.take_over(attempt, client=window(request.form.get("client") or PAGE),
                       actor=current_user, at=g.received_at)
    # From a page that another browser may have made: any other text leads to the first question.
    position = request.form.get("position", "")
    return redirect(url_for("exams.question", number=number,
                            position=int(position) if position in _numbers(attempt) else 1))


@bp.get(f"/attempts/{NUMBER}/review")
@requires(Permission.ATTEMPT_SIT)
def review(number: int) -> ResponseReturnValue:
    attempt = _own(number)
    if elsewhere := _not_here(attempt):
        return elsewhere
    return render_template("exams/candidate/review.html", form=Form(), **_frame(attempt))


@bp.post(f"/attempts/{NUMBER}/submit")
@requires(Permission.ATTEMPT_SIT)
def submit(number: int) -> ResponseReturnValue:
    attempt, form = _own(number), Form()
    if not form.validate_on_submit():
        return redirect(url_for("exams.review", number=number))
    try:
        attempts.submit(attempt, actor=current_user, at=g.received_at)
    except SaveRefused:
        # Late by seconds is no error of the candidate: the sweeper hands in what is stored.
        flash(gettext("The time was up. Everything that was saved counts."))
    return redirect(url_for("exams.finished", number=number))


@bp.get(f"/attempts/{NUMBER}/finished")
@requires(Permission.ATTEMPT_SIT)
def finished(number: int) -> ResponseReturnValue:
    attempt = _own(number)
    if attempt.status not in HANDED_IN and _is_open(attempt):
        return redirect(url_for("exams.question", number=number, position=1))
    return render_template("exams/candidate/finished.html", attempt=attempt,
                           overview=presentation.overview(attempt),
                           handed_in=attempt.status in HANDED_IN)


def _own(number: int) -> ExamAttempt:
    return load(ExamAttempt, Permission.ATTEMPT_SIT, id=number)


def _is_open(attempt: ExamAttempt) -> bool:
    if attempt.status is not AttemptStatus.IN_PROGRESS:
        return attempt.status is AttemptStatus.PREPARED
    return attempt.clock.refusal(g.received_at) is None


def _not_here(attempt: ExamAttempt) -> ResponseReturnValue | None:
    """Where else to go than to the paper: not begun, closed, or open in another browser."""
    if attempt.status is AttemptStatus.PREPARED:
        return redirect(url_for("exams.start", number=attempt.id))
    if not _is_open(attempt):
        return redirect(url_for("exams.finished", number=attempt.id))
    if not is_here(attempt):
        return render_template("exams/candidate/elsewhere.html", attempt=attempt, form=Form())
    return None


def _frame(attempt: ExamAttempt) -> dict[str, Any]:
    """What every page of a running paper shows around its middle."""
    left = attempt.clock.time_left(g.received_at)
    return {
        "attempt": attempt, "overview": presentation.overview(attempt), "at": g.received_at,
        "left_ms": int(left.total_seconds() * 1000), "left": _clock_face(int(left.total_seconds())),
        "seq": answers.next_seq(attempt, window(PAGE)), "page_client": PAGE,
    }


def _clock_face(seconds: int) -> str:
    return f"{seconds // 3600:02d}:{seconds // 60 % 60:02d}:{seconds % 60:02d}"


def _sent(position: int) -> Batch:
    """The form as the batch of one answer that it is.  Raises Malformed."""
    form = request.form
    entry = {"seq": _whole(form.get("seq")), "slot": position, "v": form.getlist("v"),
             "flag": "flag" in form}
    batch = read({"client": form.get("client") or PAGE, "epoch": _whole(form.get("epoch")),
                  "batch": [entry]})
    return Batch(window(batch.client), batch.epoch, batch.entries)


def _whole(text: str | None) -> int | None:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 10 else None


def _onwards(attempt: ExamAttempt, position: int) -> str:
    """Where the button leads: back, on, to a number of the grid, or to the review."""
    wanted, last = request.form.get("go", "next"), len(attempt.paper.rows)
    targets = {"previous": max(1, position - 1), "next": position + 1, "stay": position}
    target = int(wanted) if wanted in _numbers(attempt) else targets.get(wanted, last + 1)
    if target > last:
        return url_for("exams.review", number=attempt.id)
    return url_for("exams.question", number=attempt.id, position=target)


def _numbers(attempt: ExamAttempt) -> set[str]:
    return {str(position) for position in attempt.paper.version_ids}
