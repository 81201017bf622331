"""The pages: the person's certificate, the employer's staff, the register of persons."""

from flask import Blueprint

from broker_admin.practitioners.workflow import COLOURS, LABELS
from broker_admin.templating import register_labels

bp = Blueprint("practitioners", __name__, url_prefix="/practitioners")
register_labels(LABELS)


@bp.context_processor
def _words() -> dict[str, object]:
    return {"colours": COLOURS}
