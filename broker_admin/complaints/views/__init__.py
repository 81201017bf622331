"""The pages: for everybody who files, for the respondent, and the desk."""

from flask import Blueprint, Response

from broker_admin.complaints.workflow import COLOURS, LABELS, REPORT_LABELS, REPORT_STEPS, STEPS
from broker_admin.templating import register_labels

bp = Blueprint("complaints", __name__, url_prefix="/complaints")
register_labels(LABELS)
register_labels(REPORT_LABELS)


@bp.context_processor
def _words() -> dict[str, object]:
    return {"colours": COLOURS, "step_names": STEPS | REPORT_STEPS}


@bp.after_request
def _keep_out_of_caches(response: Response) -> Response:
    """People complain from computers that others use."""
    response.headers["Cache-Control"] = "no-store"
    return response
