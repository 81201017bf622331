"""The address to which a script saves.  It answers in JSON, and only what is stored."""

from typing import Any

from flask import g, jsonify, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_login import current_user

from broker_admin.exams.models import ExamAttempt
from broker_admin.exams.protocol import MOST_BYTES, Batch, Malformed, SaveRefused, read_text
from broker_admin.exams.service import answers
from broker_admin.exams.views import bp
from broker_admin.exams.views.booking import NUMBER
from broker_admin.exams.views.windows import window
from broker_admin.exams.workflow import AttemptStatus
from broker_admin.permissions import Permission
from broker_admin.web import load, requires


@bp.post(f"/attempts/{NUMBER}/answers")
@requires(Permission.ATTEMPT_SIT)
def save_answers(number: int) -> ResponseReturnValue:
    attempt = load(ExamAttempt, Permission.ATTEMPT_SIT, id=number)
    try:
        acknowledged = answers.save(attempt, _sent(), actor=current_user, at=g.received_at)
    except Malformed as fault:
        return jsonify(code="malformed", place=fault.place, message=gettext(fault.sentence),
                       acked=[]), 422
    except SaveRefused as refusal:
        return jsonify(code=refusal.obstacle, message=gettext(refusal.sentence),
                       acked=refusal.acknowledged, **_now(attempt)), 409
    return jsonify(acked=acknowledged, rev=attempt.event_count, epoch=attempt.epoch,
                   **_now(attempt))


def _sent() -> Batch:
    request.max_content_length = MOST_BYTES
    # A page that is being left can send a form, but set no header for JSON.
    text = request.get_data() if request.is_json else request.form.get("payload", "")
    batch = read_text(text)
    return Batch(window(batch.client), batch.epoch, batch.entries)


def _now(attempt: ExamAttempt) -> dict[str, Any]:
    """The server's clock goes out with every answer; the browser's is never asked."""
    running = attempt.status is AttemptStatus.IN_PROGRESS
    left = attempt.clock.time_left(g.received_at) if running else None
    return {
        "state": attempt.status, "server_now": g.received_at.isoformat(),
        "deadline": attempt.closes_at.isoformat() if attempt.closes_at else None,
        "left_ms": int(left.total_seconds() * 1000) if left is not None else 0,
    }
