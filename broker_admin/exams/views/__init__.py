"""Pages of the exam: for everybody, for candidates, for the examination office."""

from datetime import datetime

from flask import Blueprint, g
from flask_babel import format_datetime

from broker_admin.clock import now
from broker_admin.exams.scoring import in_marks
from broker_admin.exams.workflow import ALL_LABELS, colour
from broker_admin.templating import register_labels


def clock_time(moment: datetime | None) -> str:
    """The time of day in Guangdong, to the second."""
    return "" if moment is None else str(format_datetime(moment, "HH:mm:ss"))


for words in ALL_LABELS:
    register_labels(words)
bp = Blueprint("exams", __name__, url_prefix="/exams")
bp.add_app_template_filter(in_marks)
bp.add_app_template_filter(clock_time)
bp.app_context_processor(lambda: {"state_colour": colour})


@bp.url_value_preprocessor
def _receive(endpoint: str | None, values: object) -> None:
    """The moment that counts for an answer is that of its arrival, before anybody waits for a lock."""
    g.received_at = now()
