import pytest

from broker_admin.exams.service.locking import lock
from tests.exams.factories import make_bank, make_sitting, started_attempt


@pytest.fixture(autouse=True)
def _request(app):
    make_bank()
    with app.test_request_context():
        yield


def test_locking_keeps_what_was_not_written_yet():
    sitting = make_sitting()
    sitting.place = "深圳市南山区考试中心"
    lock(sitting)
    assert sitting.place == "深圳市南山区考试中心"


def test_locking_reads_the_row_afresh():
    attempt = started_attempt()
    before = attempt.version
    attempt.lease = "window-1"
    lock(attempt)
    assert (attempt.lease, attempt.version) == ("window-1", before + 1)
