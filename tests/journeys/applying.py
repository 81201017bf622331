"""The application: its people, its tasks, its documents, its correction."""

from datetime import timedelta

from broker_admin.applications.checklist import documents_for
from broker_admin.clock import day_of, now
from tests.documents.files import pdf

ANSWERS = {
    "matter": {"broker_type": "DATA", "grade_applied": "2", "scope": ["MATCH", "CONSULT"],
               "region_code": "440100"},
    "organization": {
        "legal_form": "enterprise", "established_on": "2020年3月2日",
        "registered_capital": "50,000,000", "paid_in_capital": "３０００００００",
        "registered_address": "广州市海珠区新港东路1号", "business_address": "广州市海珠区新港东路1号",
        "website": "https://example.org", "controllers": "陈雨桐 100%", "foreign_percent": "0"},
    "people": {"legal_rep_name": "陈雨桐", "legal_rep_identity": "440106199901010019",
               "legal_rep_mobile": "138 0013 8000", "data_security_officer": "李敏",
               "information_officer": "王浩"},
    "technology": {"dcmm_level": "0", "mlps_level": "2", "mlps_number": "44010012345-21001",
                   "platform": "数据交付平台", "location": "广州", "in_mainland": True},
    "commitments": {"truthful": True, "compliant": True, "service_email": "legal@example.org",
                    "signed_by": "陈雨桐"},
}
MISSING = "请补充平台的主要功能。Describe what the platform does."


def name_practitioner(theatre):
    """The employer names, the person confirms."""
    founder, candidate = theatre.enter("founder"), theatre.enter("candidate")
    founder.step(f"/practitioners/staff/{theatre.known['organization']}",
                 certificate_number=theatre.known["certificate"])
    candidate.open("/practitioners/mine").press('main form[action*="/confirm"] button')


def start(theatre):
    founder = theatre.enter("founder")
    founder.open("/applications/eligibility").open("/applications/").step("/applications/start")
    theatre.known["application"] = founder.path
    theatre.known["reference"] = founder.path.rsplit("/", 1)[1]


def fill_in(theatre):
    founder, path = theatre.enter("founder"), theatre.known["application"]
    _answer(founder, path, "matter", ANSWERS["matter"])
    founder.open(path).follow("/tasks/organization").is_refused(website="example", foreign_percent="200")
    _answer(founder, path, "organization", ANSWERS["organization"])
    _answer(founder, path, "people", ANSWERS["people"])
    founder.open(f"{path}/tasks/staff").page.locator("main [name=staff]").check()
    founder.press()
    _answer(founder, path, "technology", _technology())


def attach_documents(theatre):
    founder, path = theatre.enter("founder"), theatre.known["application"]
    founder.open(path).follow("/documents")
    for kind in documents_for({}):
        if kind.main:
            founder.attach(f"{path}/documents/{kind.code}", f"{kind.code}.pdf", pdf())


def submit(theatre):
    """Signed, checked and handed in; the receipt number stays the same after a correction."""
    founder, path = theatre.enter("founder"), theatre.known["application"]
    _answer(founder, path, "commitments", ANSWERS["commitments"])
    founder.follow("/submit").reads("数据交付平台").press()
    assert founder.path == f"{path}/submitted"
    theatre.known.setdefault("receipt", founder.page.locator(
        "main .govuk-panel__body strong").inner_text())
    founder.reads(theatre.known["receipt"])


def require_correction(theatre):
    intake, path = theatre.enter("intake"), theatre.known["application"]
    intake.open("/applications/worklist").follow(f"{path}/case").follow("/require-correction")
    intake.hand_in(technology=MISSING).reads(MISSING)


def correct(theatre):
    """Only the part named is open again."""
    founder, path = theatre.enter("founder"), theatre.known["application"]
    founder.open(path)
    assert founder.page.locator(f'main a[href$="{path}/tasks/matter"]').count() == 0
    founder.follow("/tasks/technology").reads(MISSING).hand_in(platform="数据交付平台：登记、撮合、交付、留痕。")
    submit(theatre)


def accept(theatre):
    theatre.enter("intake").step(f"{theatre.known['application']}/accept")


def _answer(founder, path, task, answers):
    founder.open(path).follow(f"/tasks/{task}").hand_in(**answers)
    assert founder.path == path, founder.text


def _technology():
    recently = day_of(now()) - timedelta(days=120)
    return {**ANSWERS["technology"], "mlps_reported_on": recently.isoformat()}
