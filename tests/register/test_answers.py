from dataclasses import dataclass
from datetime import date

import pytest

from broker_admin.licenses.validity import Validity
from broker_admin.licenses.workflow import LicenseStatus as S
from broker_admin.register.answers import answer_for


@dataclass(frozen=True)
class Licensed:
    holder_name: str = "数链公司"
    valid_from: date = date(2026, 1, 1)
    valid_to: date = date(2028, 12, 31)


@pytest.mark.parametrize(("status", "colour", "said"), [
    (S.ACTIVE, "green", "Valid: 数链公司 may act as a data broker until 2028-12-31."),
    (S.SUSPENDED, "orange", "Suspended since 2026-05-01: 数链公司 may not take on new business."),
    (S.EXPIRED, "red", "Expired: the license of 数链公司 was valid until 2028-12-31."),
    (S.WITHDRAWN, "red", "Withdrawn by the authority on 2026-05-01: the license of 数链公司 has ended."),
    (S.ANNULLED, "red", "Annulled on 2026-05-01: 数链公司 should never have had this license."),
    (S.REVOKED, "red", "Revoked on 2026-05-01: 数链公司 lost its license as a penalty."),
    (S.CANCELLED, "red", "Cancelled on 2026-05-01: 数链公司 no longer holds this license."),
])
def test_every_state_has_its_sentence_and_colour(status, colour, said):
    answer = answer_for(Licensed(), Validity(status, date(2026, 5, 1)))
    assert (answer.sentence % answer.values, answer.colour) == (said, colour)


def test_only_a_valid_license_is_green():
    colours = {s: answer_for(Licensed(), Validity(s, date(2026, 5, 1))).colour for s in S}
    assert [s for s, colour in colours.items() if colour == "green"] == [S.ACTIVE]


def test_a_license_that_has_not_begun_says_when():
    answer = answer_for(Licensed(), None)
    assert "begins on 2026-01-01" in answer.sentence % answer.values
    assert answer.colour == "grey"
