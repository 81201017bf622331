"""What every event is called where people read of it.

All in one table, because old entries must stay readable even when a room has dropped an event.
"""

from flask_babel import gettext

from broker_admin.refusals import N_

WORDS = {
    "document.attached": N_("File attached"),
    "document.removed": N_("File removed"),

    "application.started": N_("Application started"),
    "application.submitted": N_("Application submitted"),
    "application.withdrawn": N_("Application withdrawn"),
    "application.correction_required": N_("Corrections asked for"),
    "application.answered": N_("Part of the application saved"),
    "application.accepted": N_("Application accepted"),
    "application.deemed_accepted": N_("Application deemed accepted"),
    "application.declined": N_("Application not accepted"),
    "application.lapsed": N_("Application lapsed"),
    "application.criterion_checked": N_("Requirement checked"),
    "application.expert_review_begun": N_("Expert review begun"),
    "application.expert_review_ended": N_("Expert review ended"),
    "application.time_extended": N_("Time for the decision extended"),
    "application.decision_proposed": N_("Decision proposed"),
    "application.sent_back": N_("Proposal sent back"),
    "application.granted": N_("License granted"),
    "application.refused": N_("License refused"),

    "license.issued": N_("License issued"),
    "license.certificate_made": N_("Certificate made"),
    "license.suspended": N_("License suspended"),
    "license.suspension_lifted": N_("Suspension lifted"),
    "license.suspension_ended": N_("Suspension ended"),
    "license.ended": N_("License ended"),
    "license.surrendered": N_("License surrendered"),
    "license.expired": N_("License expired"),
    "license.cancelled": N_("License cancelled in the register"),

    "practitioner.certified": N_("Practitioner certified"),
    "practitioner.lapsed": N_("Practitioner's certificate lapsed"),
    "practitioner.voided": N_("Practitioner's certificate declared void"),
    "employment.proposed": N_("Employment proposed"),
    "employment.confirmed": N_("Employment confirmed"),
    "employment.declined": N_("Employment declined"),
    "employment.ended": N_("Employment ended"),

    "case.opened": N_("Case opened"),
    "case.investigator_joined": N_("Second investigator joined"),
    "case.finding_recorded": N_("Finding recorded"),
    "case.dropped": N_("Case dropped"),
    "case.notice_given": N_("Prior notice given"),
    "case.statement_made": N_("Statement and defence received"),
    "case.hearing_called": N_("Hearing called"),
    "case.hearing_held": N_("Hearing held"),
    "case.referred": N_("Referred for legal review"),
    "case.reopened": N_("Investigation reopened"),
    "case.cleared": N_("Legal review passed"),
    "case.measure_imposed": N_("Measure imposed"),
    "case.acquitted": N_("Closed without a measure"),
    "case.closed": N_("Case closed"),
}


def words_for(name: str) -> str:
    """The title of an event in the reader's language; its code, where nobody has given it one."""
    return gettext(WORDS[name]) if name in WORDS else name
