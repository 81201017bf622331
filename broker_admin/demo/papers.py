"""What the invented organisations write into their applications, and what they attach."""

from collections.abc import Collection
from datetime import timedelta

from broker_admin.accounts.models import User
from broker_admin.applications import filing
from broker_admin.applications.checklist import documents_for
from broker_admin.applications.models import Application
from broker_admin.clock import day_of, now
from broker_admin.demo import cast
from broker_admin.documents import service as documents
from broker_admin.practitioners.queries import certified_staff

TASKS = ("matter", "organization", "people", "staff", "technology", "commitments")
_TYPES = (("DATA", ["MATCH", "CONSULT", "VALUE_ADD"]), ("TECH", ["MATCH", "DELIVER", "GOVERN"]),
          ("FIDU", ["MATCH", "ENTRUST", "ESCROW"]))


def answer_all(
    application: Application, applicant: User, index: int, only: Collection[str] = TASKS
) -> None:
    """Every task of the form, as the pages would save it, and every document."""
    for task in TASKS:
        if task not in only:
            continue
        if task == "commitments" and "matter" in only:
            _attach(application, applicant)
        public, personal = _answers(application, task, index)
        filing.answer(application, task, public=public, personal=personal, complete=True,
                      actor=applicant, at=now())


def _attach(application: Application, applicant: User) -> None:
    for kind in documents_for(application.answers):
        documents.keep(_sheet(kind.code), name=f"{kind.code}.pdf", media_type="application/pdf",
                       subject=application.reference, slot=kind.code, actor=applicant, at=now())


def _answers(
    application: Application, task: str, index: int
) -> tuple[dict[str, object], dict[str, object]]:
    if task == "people":
        return _people(index)
    answers = {"matter": _matter, "organization": _organization, "staff": _staff,
               "technology": _technology, "commitments": _commitments}[task]
    return answers(application, index), {}


def _matter(application: Application, index: int) -> dict[str, object]:
    broker_type, scope = _TYPES[index % len(_TYPES)]
    return {"broker_type": broker_type, "grade_applied": str(1 + index % 3), "scope": scope,
            "region_code": application.organization.region_code}


def _organization(application: Application, index: int) -> dict[str, object]:
    address = application.organization.address
    return {
        "legal_form": "enterprise", "established_on": f"{2012 + index % 9}-0{1 + index % 9}-15",
        "registered_capital": 10_000_000 * (1 + index % 8),
        "paid_in_capital": 8_000_000 * (1 + index % 8), "registered_address": address,
        "business_address": address, "business_term_to": None,
        "website": f"https://firm{index + 1:02}.example.org", "icp_number": "",
        "controllers": f"{cast.person(index)} 100%", "foreign_percent": 0,
    }


def _people(index: int) -> tuple[dict[str, object], dict[str, object]]:
    return (
        {"legal_rep_name": cast.person(index), "data_security_officer": cast.person(index + 200),
         "information_officer": cast.person(index + 260), "agent_name": ""},
        {"legal_rep_identity": cast.identity(index),
         "legal_rep_mobile": f"1390000{index:04}"},
    )


def _staff(application: Application, index: int) -> dict[str, object]:
    staff = certified_staff(application.organization, day_of(now()))
    return {"staff": [person.reference for person in staff]}


def _technology(application: Application, index: int) -> dict[str, object]:
    today = day_of(now())
    return {
        "dcmm_level": str(2 + index % 3), "dcmm_number": f"DCMM-{2400 + index}",
        "dcmm_valid_to": (today + timedelta(days=700)).isoformat(), "mlps_level": "3",
        "mlps_number": f"440100{10000 + index}-24001",
        "mlps_reported_on": (today - timedelta(days=100)).isoformat(), "mlps_score": 80 + index % 15,
        "platform": "面向制造业和金融业的数据产品登记、撮合与交付平台，支持隐私计算。",
        "location": application.organization.address[3:6], "in_mainland": True,
    }


def _commitments(application: Application, index: int) -> dict[str, object]:
    return {"truthful": True, "compliant": True, "service_by_email": True,
            "service_email": application.organization.contact_email,
            "signed_by": cast.person(index)}


def _sheet(title: str) -> bytes:
    """A PDF of one page that says what it stands for."""
    text = f"BT /F1 18 Tf 72 760 Td (Demonstration: {title}) Tj ET".encode()
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R "
        b"/Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(text), text),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    body, offsets = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        offsets.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    entries = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    return body + (b"xref\n0 6\n0000000000 65535 f \n%strailer\n<< /Size 6 /Root 1 0 R >>\n"
                   b"startxref\n%d\n%%%%EOF\n" % (entries, len(body)))


