from datetime import date

import pytest
from flask_babel import force_locale

from broker_admin.licenses.remedies import remedies
from broker_admin.rules.regime import regime_version

REGIME = regime_version("guangdong/2026-04-15")


@pytest.mark.parametrize(("decided_on", "reconsider", "sue"), [
    (date(2026, 11, 23), "2027-01-22", "2027-05-24"),
    # Sixty days from 3 August end in the holidays of October.
    (date(2026, 8, 3), "2026-10-08", "2027-02-03"),
    (date(2026, 7, 10), "2026-09-08", "2027-01-11"),
])
def test_both_last_days_are_counted_and_rolled(app, decided_on, reconsider, sue):
    with force_locale("en"):
        said = remedies(REGIME, decided_on)
    assert f"for reconsideration until {reconsider}" in said
    assert f"court until {sue}" in said


def test_the_organ_is_the_government_above_the_authority(app):
    with force_locale("zh"):
        said = remedies(REGIME, date(2026, 11, 23))
    assert "向广东省人民政府申请行政复议" in said
    assert "提起行政诉讼" in said
