"""The pages: the party's side of a case, and the desk."""

from flask import Blueprint

from broker_admin.enforcement.workflow import COLOURS, LABELS, STEPS
from broker_admin.templating import register_labels

bp = Blueprint("enforcement", __name__, url_prefix="/cases")
register_labels(LABELS)


@bp.context_processor
def _words() -> dict[str, object]:
    return {"colours": COLOURS, "step_names": STEPS}
