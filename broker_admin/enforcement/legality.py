"""Which measures are open in a case, and on what they may rest."""

from broker_admin.enforcement import measures, time_limits
from broker_admin.enforcement.measures import Choice, Fault
from broker_admin.enforcement.models import Case
from broker_admin.refusals import N_, Refused

FAULTS = {
    Fault.UNKNOWN: N_("This measure is not open in this case."),
    Fault.BASIS: N_("This legal basis does not carry the measure for the conduct that was found."),
    Fault.TIME_MISSING: N_("Say for how many months the measure lasts."),
    Fault.TIME_UNFIT: N_("This measure has no length of time."),
    Fault.TOO_LONG: N_("The measure would last longer than the rules allow."),
    Fault.HEAVIER: N_("The measure may not be heavier than the one in the prior notice."),
}


def choices_for(case: Case) -> dict[str, Choice]:
    """The measures that may be chosen here: those with something to rest on."""
    offered = measures.choices(time_limits.regime_of(case), licensed=case.license is not None)
    return {code: choice for code, choice in offered.items() if bases_for(case, choice)}


def bases_for(case: Case, choice: Choice) -> list[str]:
    return measures.bases(time_limits.regime_of(case), choice, case.established_codes,
                          case.organization.region_code)


def demand_lawful(case: Case, measure: str, months: int | None, basis: str) -> Choice:
    """The measure, if it may be chosen with this time and basis; else refused with the reason."""
    if not case.established_codes:
        raise Refused(N_("No conduct has been established, so no measure can be proposed."))
    choice = choices_for(case).get(measure)
    if choice is None:
        raise Refused(FAULTS[Fault.UNKNOWN])
    fault = measures.fault(choice, months, basis, bases_for(case, choice))
    # The form has said so at its field already; this is for jobs, and for whoever skips the form.
    if fault:
        raise Refused(FAULTS[fault])
    return choice
