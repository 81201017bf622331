"""What the exam keeps: its bank, its candidates, its sittings, and every answer as it came."""

from broker_admin.exams.models.attempts import (
    Answer,
    AnswerEvent,
    CandidatePaper,
    ExamAttempt,
    ExamResult,
)
from broker_admin.exams.models.bank import Item, ItemVersion
from broker_admin.exams.models.candidates import Candidate
from broker_admin.exams.models.sittings import Booking, Sitting

__all__ = [
    "Answer", "AnswerEvent", "Booking", "Candidate", "CandidatePaper", "ExamAttempt",
    "ExamResult", "Item", "ItemVersion", "Sitting",
]
