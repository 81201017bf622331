"""The life of a complaint (投诉) and that of a report (举报)."""

from enum import StrEnum, auto

from broker_admin.permissions import Permission as P
from broker_admin.refusals import N_
from broker_admin.workflow import Transition, Workflow


class ComplaintStatus(StrEnum):
    RECEIVED = auto()
    NOT_ACCEPTED = auto()
    ACCEPTED = auto()
    ANSWERED = auto()
    MEDIATING = auto()
    SETTLED = auto()
    TERMINATED = auto()
    WITHDRAWN = auto()
    CLOSED = auto()


class ReportStatus(StrEnum):
    RECEIVED = auto()
    VERIFYING = auto()
    CASE_FILED = auto()
    NOT_FILED = auto()
    REPLIED = auto()
    CLOSED = auto()


S = ComplaintStatus
R = ReportStatus

IN_HAND = frozenset({S.ACCEPTED, S.ANSWERED, S.MEDIATING})
# Not what was declined or taken back: the respondent was never told of it, or need not be any more.
SHOWN_TO_HOLDER = IN_HAND | {S.SETTLED, S.TERMINATED}
OPEN_COMPLAINTS = IN_HAND | {S.RECEIVED}
OPEN_REPORTS = frozenset({R.RECEIVED, R.VERIFYING, R.CASE_FILED, R.NOT_FILED})
UNDECIDED_REPORTS = frozenset({R.RECEIVED, R.VERIFYING})

COMPLAINT = Workflow((
    Transition("accept", {S.RECEIVED}, S.ACCEPTED, P.COMPLAINT_HANDLE),
    Transition("decline", {S.RECEIVED}, S.NOT_ACCEPTED, P.COMPLAINT_HANDLE),
    Transition("answer", {S.ACCEPTED}, S.ANSWERED, P.COMPLAINT_ANSWER),
    Transition("mediate", {S.ACCEPTED, S.ANSWERED}, S.MEDIATING, P.COMPLAINT_HANDLE),
    Transition("settle", {S.ANSWERED, S.MEDIATING}, S.SETTLED, P.COMPLAINT_HANDLE),
    # At any time: nobody can be made to agree, nor to answer (投诉举报 21).
    Transition("terminate", IN_HAND, S.TERMINATED, P.COMPLAINT_HANDLE),
    Transition("withdraw", OPEN_COMPLAINTS, S.WITHDRAWN, P.FILING_FOLLOW),
    Transition("close", {S.NOT_ACCEPTED, S.SETTLED, S.TERMINATED, S.WITHDRAWN}, S.CLOSED,
               P.COMPLAINT_HANDLE),
))

REPORT = Workflow((
    Transition("verify", {R.RECEIVED}, R.VERIFYING, P.REPORT_HANDLE),
    Transition("file_case", {R.VERIFYING}, R.CASE_FILED, P.REPORT_HANDLE),
    Transition("not_file", {R.RECEIVED, R.VERIFYING}, R.NOT_FILED, P.REPORT_HANDLE),
    Transition("tell", {R.CASE_FILED, R.NOT_FILED}, R.REPLIED, P.REPORT_HANDLE),
    Transition("close", {R.CASE_FILED, R.NOT_FILED, R.REPLIED}, R.CLOSED, P.REPORT_HANDLE),
))

LABELS: dict[StrEnum, str] = {
    S.RECEIVED: N_("Newly received"),
    S.NOT_ACCEPTED: N_("Not accepted"),
    S.ACCEPTED: N_("Accepted"),
    S.ANSWERED: N_("Answered by the respondent"),
    S.MEDIATING: N_("In mediation"),
    S.SETTLED: N_("Settled"),
    S.TERMINATED: N_("Mediation ended"),
    S.WITHDRAWN: N_("Withdrawn"),
    S.CLOSED: N_("Closed"),
}
REPORT_LABELS: dict[StrEnum, str] = {
    R.RECEIVED: N_("Newly received"),
    R.VERIFYING: N_("Being verified"),
    R.CASE_FILED: N_("Case filed"),
    R.NOT_FILED: N_("No case filed"),
    R.REPLIED: N_("Reporter told"),
    R.CLOSED: N_("Closed"),
}

COLOURS: dict[str, str] = {
    S.RECEIVED: "yellow", S.NOT_ACCEPTED: "grey", S.ACCEPTED: "blue", S.ANSWERED: "blue",
    S.MEDIATING: "blue", S.SETTLED: "green", S.TERMINATED: "grey", S.WITHDRAWN: "grey",
    S.CLOSED: "grey", R.VERIFYING: "blue", R.CASE_FILED: "orange", R.NOT_FILED: "grey",
    R.REPLIED: "green",
}

STEPS: dict[str, str] = {
    "accept": N_("Accept the complaint"),
    "decline": N_("Do not accept the complaint"),
    "mediate": N_("Begin mediation"),
    "settle": N_("Record the settlement"),
    "terminate": N_("End the mediation"),
    "ask": N_("Ask the complainant"),
    "identify": N_("Identify the respondent"),
    "open_case": N_("Open a conduct case"),
    "close": N_("Close the complaint"),
}
REPORT_STEPS: dict[str, str] = {
    "verify": N_("Begin the verification"),
    "extend": N_("Extend the verification"),
    "ask_reporter": N_("Ask the reporter"),
    "identify_reported": N_("Identify the respondent"),
    "file_case": N_("File a case"),
    "not_file": N_("Do not file a case"),
    "tell": N_("Tell the reporter"),
    "close_report": N_("Close the report"),
}
