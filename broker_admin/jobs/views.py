"""Whether this installation can do its work, for whoever watches over it."""

from flask import Blueprint, Response
from flask.typing import ResponseReturnValue

from broker_admin import schema
from broker_admin.clock import now
from broker_admin.jobs import worker

bp = Blueprint("jobs", __name__)


@bp.get("/readyz")
def ready() -> ResponseReturnValue:
    """200 while pages and jobs are served; else 503 with what is missing, a word per line."""
    migrated = schema.current() == schema.newest()
    states = {"schema": migrated, "worker": migrated and worker.is_alive(now())}
    text = "".join(f"{name} {'ok' if fine else 'missing'}\n" for name, fine in states.items())
    return Response(text, 200 if all(states.values()) else 503, mimetype="text/plain")
