"""How far an annual report has been written, and what is missing in it."""

from collections.abc import Iterator, Mapping
from typing import Any

from broker_admin.refusals import N_
from broker_admin.supervision.contradictions import Fault, contradictions
from broker_admin.supervision.report_fields import SECTIONS, Section

# Nought is an answer, and so is no; these are none.
_NOTHING = (None, "")
# (if this is above nought or yes, that must be told)
_CONSEQUENCES = (("penalties", "penalty_details"), ("address_changed", "contact_changes"))


def missing(section: Section, given: Mapping[str, Any]) -> Iterator[Fault]:
    """What has to be answered yet: the field, and a sentence."""
    for asked in section.asked:
        if asked.needed and given.get(asked.code) in _NOTHING:
            yield asked.code, N_("Answer this question.")
    for cause, told in _CONSEQUENCES:
        if given.get(cause) not in (*_NOTHING, 0, "no") and given.get(told) in _NOTHING:
            yield told, N_("Give the details.")


def is_complete(section: Section, answers: Mapping[str, Any]) -> bool:
    given = answers.get(section.code, {})
    return not any(missing(section, given)) and not any(contradictions(given))


def states(answers: Mapping[str, Any]) -> dict[str, str]:
    """How far each section is, in the words of the task list."""
    return {section.code: _state(section, answers) for section in SECTIONS}


def _state(section: Section, answers: Mapping[str, Any]) -> str:
    if is_complete(section, answers):
        return "completed"
    return "in_progress" if answers.get(section.code) else "not_started"
