"""The public pages: nobody signs in, nothing is changed."""

from flask import Blueprint, g, request

from broker_admin.accounts.forms import REGIONS
from broker_admin.accounts.throttle import slow_down
from broker_admin.licenses.workflow import ACTS, COLOURS, LABELS
from broker_admin.register.covering import covered
from broker_admin.rules.identifiers import mask_name
from broker_admin.templating import register_labels

bp = Blueprint("register", __name__)
register_labels(LABELS)
# Each can be asked for by number, so that whoever counts upwards reads the whole register.
_BY_NUMBER = frozenset({"register.show", "register.verify", "register.certificate"})
_COSTLY = _BY_NUMBER | {"register.download"}
bp.add_app_template_filter(covered, "covered")
bp.add_app_template_filter(mask_name, "masked_name")


@bp.before_request
def _slow_down() -> None:
    """Whoever looks up or uploads faster than people do is asked to wait."""
    if request.method == "POST":
        slow_down("upload")
    elif request.args.get("q") or request.endpoint in _COSTLY:
        # Only the count is written: what follows reads, and must not wait for other writers.
        before, g.writes = g.get("writes", False), True
        slow_down("lookup")
        g.writes = before


@bp.context_processor
def _words() -> dict[str, object]:
    return {"acts": ACTS, "colours": COLOURS, "place_of": place_of}


def place_of(region_code: str) -> str:
    """The city, for the code of the city or of one of its districts."""
    return str(REGIONS.get(f"{region_code[:4]}00", ""))
