"""The pages: the holder's wallet, and the desk."""

from flask import Blueprint

from broker_admin.licenses.workflow import COLOURS, LABELS, STEPS
from broker_admin.templating import register_labels

bp = Blueprint("licenses", __name__, url_prefix="/licenses")
register_labels(LABELS)


@bp.context_processor
def _words() -> dict[str, object]:
    return {"colours": COLOURS, "step_names": STEPS}
