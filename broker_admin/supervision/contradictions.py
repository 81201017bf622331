"""Answers of an annual report that cannot all be true."""

from collections.abc import Iterator, Mapping
from itertools import chain
from typing import Any

from broker_admin.refusals import N_

Fault = tuple[str, str]

# (the part, the whole that it cannot exceed)
_PARTS = (
    ("certified_staff", "staff"), ("deals_in_exchange", "deals"), ("deals_outside", "deals"),
    ("deals_cross_border", "deals"), ("incidents_reported", "incidents"),
    ("complaints_closed", "complaints_received"),
)
_SUM, _SUMMANDS = "deals", ("deals_in_exchange", "deals_outside")


def contradictions(answers: Mapping[str, Any]) -> Iterator[Fault]:
    """Answers that contradict others of their section: the field, and a sentence.

    What has not been answered yet contradicts nothing, so that a section can be saved half-way.
    """
    return chain(_too_large(answers), _badly_added(answers))


def _too_large(answers: Mapping[str, Any]) -> Iterator[Fault]:
    for part, whole in _PARTS:
        if _all_given(answers, part, whole) and answers[part] > answers[whole]:
            yield part, N_("A part cannot be more than the whole.")


def _badly_added(answers: Mapping[str, Any]) -> Iterator[Fault]:
    if not _all_given(answers, _SUM, *_SUMMANDS):
        return
    if sum(answers[part] for part in _SUMMANDS) != answers[_SUM]:
        # At the last of them: whoever fills in the page from the top sees the error where they are.
        yield _SUMMANDS[-1], N_("Inside and outside an exchange must add up to all deals.")


def _all_given(answers: Mapping[str, Any], *codes: str) -> bool:
    return all(isinstance(answers.get(code), int) for code in codes)
