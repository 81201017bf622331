"""One sentence that says whether a license can be relied on.  Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Protocol

from broker_admin.licenses.validity import Validity
from broker_admin.licenses.workflow import LicenseStatus as S
from broker_admin.refusals import N_


class Licensed(Protocol):
    @property
    def holder_name(self) -> str: ...
    @property
    def valid_from(self) -> date: ...
    @property
    def valid_to(self) -> date: ...


@dataclass(frozen=True)
class Answer:
    """``sentence`` and ``more`` are for the catalogs, with ``values`` for their gaps."""

    sentence: str
    colour: str
    more: str = ""
    values: Mapping[str, str] = field(default_factory=dict)


_NO_BUSINESS = N_("It may not act as a data broker. Do not begin business with it.")

_SENTENCES = {
    # Only what one may rely on is green.
    S.ACTIVE: ("green", N_("Valid: %(name)s may act as a data broker until %(until)s."), ""),
    S.SUSPENDED: ("orange", N_("Suspended since %(since)s: %(name)s may not take on new business."),
                  N_("Business that had begun before may only be brought to an end.")),
    S.EXPIRED: ("red", N_("Expired: the license of %(name)s was valid until %(until)s."), _NO_BUSINESS),
    S.WITHDRAWN: ("red", N_("Withdrawn by the authority on %(since)s: the license of %(name)s has ended."),
                  _NO_BUSINESS),
    S.ANNULLED: ("red", N_("Annulled on %(since)s: %(name)s should never have had this license."),
                 _NO_BUSINESS),
    S.REVOKED: ("red", N_("Revoked on %(since)s: %(name)s lost its license as a penalty."), _NO_BUSINESS),
    S.CANCELLED: ("red", N_("Cancelled on %(since)s: %(name)s no longer holds this license."),
                  _NO_BUSINESS),
}

UNKNOWN = Answer(
    N_("There is no such license. Do not trade with whoever shows it to you."), "red",
    N_("Check what you typed against the certificate. If it is right, you can report the matter."))
SEVERAL = Answer(
    N_("More than one holder has this name."), "grey",
    N_("Check by the number of the license or the unified social credit code."))
GENUINE = Answer(N_("This file is a certificate exactly as it was issued."), "green",
                 N_("What counts is how the license stands today:"))
REPLACED = Answer(
    N_("This file was issued, but a newer certificate has taken its place."), "orange",
    N_("Ask the holder for the current certificate. How the license stands today:"))
FOREIGN = Answer(
    N_("This file was not issued here in this form."), "red",
    N_("It was changed after it was issued, saved anew by a program, or never issued. Check the "
       "number that it shows."))


def answer_for(license: Licensed, standing: Validity | None) -> Answer:
    """What to say of a license that stands so; None where it is not in force yet."""
    if standing is None:
        return Answer(N_("Not in force yet: the license of %(name)s begins on %(since)s."), "grey", "",
                      {"name": license.holder_name, "since": license.valid_from.isoformat()})
    colour, sentence, more = _SENTENCES[standing.status]
    return Answer(sentence, colour, more, {
        "name": license.holder_name, "until": license.valid_to.isoformat(),
        "since": standing.since.isoformat()})
