"""The pages: the holder's, the desk's, and what the public may read."""

from flask import Blueprint

from broker_admin.supervision.inspection_workflow import (
    DRAW_LABELS,
    INSPECTION_COLOURS,
    INSPECTION_LABELS,
    INSPECTION_STEPS,
    RECTIFICATION_LABELS,
    RECTIFICATION_STEPS,
    RESULT_LABELS,
)
from broker_admin.supervision.wording import (
    answered,
    grade_name,
    grade_reasons,
    parts_of,
    publicly_answered,
)
from broker_admin.supervision.workflow import COLOURS, LABELS, REVIEW_STEPS
from broker_admin.templating import register_labels

bp = Blueprint("supervision", __name__, url_prefix="/supervision")
for _labels in (LABELS, DRAW_LABELS, INSPECTION_LABELS, RESULT_LABELS, RECTIFICATION_LABELS):
    register_labels(_labels)


@bp.context_processor
def _words() -> dict[str, object]:
    return {"colours": {**INSPECTION_COLOURS, **COLOURS}, "review_steps": REVIEW_STEPS,
            "inspection_steps": INSPECTION_STEPS, "rectification_steps": RECTIFICATION_STEPS,
            "answered": answered, "publicly_answered": publicly_answered,
            "parts_of": parts_of, "grade_reasons": grade_reasons, "grade_name": grade_name}
