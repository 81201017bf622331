"""Made-up applications, complete unless a test says otherwise."""

from datetime import timedelta

from broker_admin.applications import decisions, filing, intake, queries, review
from broker_admin.applications.checklist import documents_for
from broker_admin.applications.review import Outcome
from broker_admin.applications.workflow import ApplicationStatus as S
from broker_admin.clock import day_of, now
from broker_admin.db import db
from broker_admin.documents import service as documents
from broker_admin.permissions import Role
from broker_admin.rules.calendar import SHIPPED
from broker_admin.rules.regime import regime_on
from tests.factories import make_member, make_user

ANSWERS = {
    "matter": ({"broker_type": "DATA", "grade_applied": "2", "scope": ["MATCH", "CONSULT"],
                "region_code": "440100"}, {}),
    "organization": ({"legal_form": "enterprise", "established_on": "2020-03-02",
                      "registered_capital": 50_000_000, "paid_in_capital": 30_000_000,
                      "registered_address": "广州市海珠区新港东路1号",
                      "business_address": "广州市海珠区新港东路1号", "business_term_to": None,
                      "website": "https://example.org", "icp_number": "",
                      "controllers": "陈怡 100%", "foreign_percent": 0}, {}),
    "people": ({"legal_rep_name": "陈怡", "data_security_officer": "李敏",
                "information_officer": "王浩", "agent_name": ""},
               {"legal_rep_identity": "440106199901010019", "legal_rep_mobile": "13800138000"}),
    "staff": ({"staff": ["CY-2026-000001"]}, {}),
    "technology": ({"dcmm_level": "3", "dcmm_number": "DCMM-1", "dcmm_valid_to": "2028-01-01",
                    "mlps_level": "3", "mlps_number": "44010012345-21001",
                    "mlps_reported_on": "2026-06-01", "mlps_score": 85, "platform": "数据交付平台",
                    "location": "广州", "in_mainland": True}, {}),
    "commitments": ({"truthful": True, "compliant": True, "service_email": "legal@example.org",
                     "service_by_email": True, "signed_by": "陈怡"}, {}),
}
PDF = b"%PDF-1.4\n%made-up\n"
GRANT = Outcome(granted=True, reasons="Every criterion is met.", broker_type="DATA", grade=2,
                scope=("MATCH", "CONSULT"), term_years=3)
REFUSAL = Outcome(granted=False, reasons="Too few practitioners.", grounds=("STAFF_SHORT",))


class Made:
    """An application and the people around it."""

    def __init__(self, at=None):
        self.at = at or now()
        self.applicant, self.organization = make_member()
        self.intake_officer = make_user(Role.INTAKE_OFFICER)
        self.reviewer = make_user(Role.REVIEWER)
        self.decider = make_user(Role.DECIDER)
        self.application = filing.start(
            self.organization, regime=regime_on(day_of(self.at)), actor=self.applicant, at=self.at)
        db.session.flush()

    def fill_in(self):
        for task, (public, personal) in ANSWERS.items():
            if task == "commitments":
                attach_all(self.application, self.applicant, at=self.at)
            filing.answer(self.application, task, public=public, personal=personal, complete=True,
                          actor=self.applicant, at=self.at)

    def submit(self):
        filing.submit(self.application, attached=queries.attached_codes(self.application),
                      actor=self.applicant, at=self.at)

    def require_correction(self, *tasks):
        items = [{"task": task, "sentence": "Say more."} for task in tasks or ("technology",)]
        intake.require_correction(self.application, items=items, calendar=SHIPPED,
                                  actor=self.intake_officer, at=self.at)

    def accept(self):
        intake.accept(self.application, calendar=SHIPPED, actor=self.intake_officer, at=self.at)

    def check_all(self, met=True):
        for criterion in regime_on(day_of(self.at)).criteria:
            review.check(self.application, criterion=criterion.code, met=met, note="Seen.",
                         actor=self.reviewer, at=self.at)

    def propose(self, outcome=GRANT):
        if outcome.granted:
            self.check_all()
        review.propose(self.application, outcome, actor=self.reviewer, at=self.at)

    def begin_expert_review(self):
        review.begin_expert_review(self.application, reason="Scoring.", actor=self.reviewer, at=self.at)

    def end_expert_review(self):
        review.end_expert_review(self.application, calendar=SHIPPED, actor=self.reviewer, at=self.at)

    def extend(self):
        decisions.extend(self.application, reason="Complex.", calendar=SHIPPED, actor=self.decider,
                         at=self.at)

    def send_back(self):
        decisions.send_back(self.application, reason="Check G5.", actor=self.decider, at=self.at)

    def decline(self):
        intake.decline(self.application, ground="NOT_NEEDED", explanation="No license is needed.",
                       actor=self.intake_officer, at=self.at)

    def withdraw(self):
        filing.withdraw(self.application, reason="Plans changed.", actor=self.applicant, at=self.at)

    def correct(self, *tasks):
        """Answer these tasks again, and sign."""
        for task in (*tasks, "commitments"):
            public, personal = ANSWERS[task]
            filing.answer(self.application, task, public=public, personal=personal, complete=True,
                          actor=self.applicant, at=self.at)

    def decide(self, outcome=GRANT):
        verb = decisions.grant if outcome.granted else decisions.refuse
        verb(self.application, outcome, calendar=SHIPPED, actor=self.decider, at=self.at)

    def wait(self, **time):
        self.at += timedelta(**time)
        return self


def attach_all(application, applicant, *, at=None):
    """Every document that the answers call for and that is not there yet."""
    for kind in documents_for(application.answers):
        if kind.code not in queries.attached_codes(application):
            documents.keep(PDF + kind.code.encode(), name=f"{kind.code}.pdf",
                           media_type="application/pdf", subject=application.reference,
                           slot=kind.code, actor=applicant, at=at or now())


def make_application(status=S.DRAFT, *, at=None, outcome=GRANT):
    """An application that has come as far as this state by the steps that lead there."""
    made = Made(at)
    agreed = REFUSAL if status is S.REFUSED else outcome
    for step in _STEPS[status]:
        getattr(made, step)(*([agreed] if step in {"propose", "decide"} else []))
    return made


_SUBMITTED = ("fill_in", "submit")
_STEPS = {
    S.DRAFT: (),
    S.SUBMITTED: _SUBMITTED,
    S.CORRECTION_REQUIRED: (*_SUBMITTED, "require_correction"),
    S.UNDER_REVIEW: (*_SUBMITTED, "accept"),
    S.EXPERT_REVIEW: (*_SUBMITTED, "accept", "begin_expert_review"),
    S.DECISION_PENDING: (*_SUBMITTED, "accept", "propose"),
    S.APPROVED: (*_SUBMITTED, "accept", "propose", "decide"),
    S.REFUSED: (*_SUBMITTED, "accept", "propose", "decide"),
    S.NOT_ACCEPTED: (*_SUBMITTED, "decline"),
    S.WITHDRAWN: (*_SUBMITTED, "withdraw"),
}
