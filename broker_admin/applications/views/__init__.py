"""The pages: outside to apply and follow, inside to assess and decide."""

from flask import Blueprint

from broker_admin.applications.checklist import DOCUMENT_BY_CODE
from broker_admin.applications.wording import grounds_of, limits_of, remedies_of
from broker_admin.applications.workflow import COLOURS, LABELS, STEPS
from broker_admin.templating import register_labels

bp = Blueprint("applications", __name__, url_prefix="/applications")
register_labels(LABELS)


@bp.context_processor
def _words() -> dict[str, object]:
    return {
        "colours": COLOURS, "step_names": STEPS, "limits_of": limits_of, "grounds_of": grounds_of,
        "remedies_of": remedies_of,
        "document_titles": {code: kind.title for code, kind in DOCUMENT_BY_CODE.items()},
    }
