"""The pages: the holder's, the desk's, and what the public may read."""

from flask import Blueprint

from broker_admin.supervision.wording import answered, grade_name, grade_reasons, parts_of
from broker_admin.supervision.workflow import COLOURS, LABELS, REVIEW_STEPS
from broker_admin.templating import register_labels

bp = Blueprint("supervision", __name__, url_prefix="/supervision")
register_labels(LABELS)


@bp.context_processor
def _words() -> dict[str, object]:
    return {"colours": COLOURS, "review_steps": REVIEW_STEPS, "answered": answered,
            "parts_of": parts_of, "grade_reasons": grade_reasons, "grade_name": grade_name}
