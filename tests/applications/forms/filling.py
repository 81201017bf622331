"""Every page of the form as it is typed, valid unless a test says otherwise."""

from flask import request
from flask_babel import force_locale
from werkzeug.datastructures import MultiDict

from broker_admin.applications.forms.tasks import FORMS
from broker_admin.clock import day_of, now
from broker_admin.rules.regime import regime_on

TYPED = {
    "matter": {"broker_type": "DATA", "grade_applied": "2", "scope": ["MATCH", "CONSULT"],
               "region_code": "440100"},
    "organization": {
        "legal_form": "enterprise", "established_on": "2020-03-02",
        "registered_capital": "50000000", "paid_in_capital": "30000000",
        "registered_address": "广州市海珠区新港东路1号", "business_address": "同上",
        "business_term_to": "", "website": "https://example.org", "icp_number": "",
        "controllers": "陈怡 100%", "foreign_percent": "0"},
    "people": {"legal_rep_name": "陈怡", "legal_rep_identity": "440106199901010019",
               "legal_rep_mobile": "13800138000", "data_security_officer": "李敏",
               "information_officer": "王浩", "agent_name": ""},
    "staff": {"staff": ["CY-2026-000001"]},
    "technology": {"dcmm_level": "3", "dcmm_number": "DCMM-1", "dcmm_valid_to": "2028-01-01",
                   "mlps_level": "3", "mlps_number": "44010012345-21001",
                   "mlps_reported_on": "2026-06-01", "mlps_score": "85",
                   "platform": "数据交付平台", "location": "广州", "in_mainland": "y"},
    "commitments": {"truthful": "y", "compliant": "y", "service_email": "legal@example.org",
                    "service_by_email": "y", "signed_by": "陈怡"},
}
KNOWN = {"language": "en", "CY-2026-000001": "陈怡", "CY-2026-000002": "李敏"}


def fill(task, **changes):
    """The form of this task with these answers typed, and validated."""
    typed = {key: value for key, value in {**TYPED[task], **changes}.items() if value is not None}
    form = FORMS[task](formdata=MultiDict(typed), meta={"csrf": False})
    form.prepare(regime_on(day_of(now())), KNOWN)
    form.validate()
    return form


def said(kind_of_form, language):
    """What a filled form says, in this language: the sentences by field."""
    # The library keeps its catalog for a whole request.
    vars(request._get_current_object()).pop("wtforms_translations", None)
    with force_locale(language):
        form = kind_of_form()
        return {name: [str(sentence) for sentence in found]
                for name, found in form.errors.items()}
