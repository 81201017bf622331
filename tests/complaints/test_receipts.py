from itertools import pairwise

import pytest

from broker_admin.complaints import filing, receipts
from broker_admin.rules.numbering import grouped
from tests.complaints.factories import (
    account,
    file_complaint,
    identity,
    make_complaint,
    make_report,
)
from tests.enforcement.factories import later


@pytest.mark.parametrize("typed", [str, grouped, lambda n: n.replace("", " ").strip(),
                                   lambda n: n.translate({48 + i: 0xFF10 + i for i in range(10)})])
def test_a_receipt_is_found_as_it_is_typed(scene, typed):
    complaint, code = file_complaint(scene)
    assert receipts.by_code(typed(complaint.receipt_number), code) is complaint


@pytest.mark.parametrize("number", ["", "1", "1000000000009", "\0", "长" * 300, "' OR 1=1 --", "1" * 5000])
def test_an_unknown_receipt_finds_nothing(scene, number):
    _, code = file_complaint(scene)
    assert receipts.by_code(number, code) is None


def test_a_mistyped_digit_finds_nothing(scene):
    complaint, code = file_complaint(scene)
    last = (int(complaint.receipt_number[-1]) + 1) % 10
    assert receipts.by_code(f"{complaint.receipt_number[:-1]}{last}", code) is None


def test_a_report_is_found_by_its_own_code(scene):
    report, code = filing.file_report(account(scene), identity(), at=later())
    _, other = file_complaint(scene)
    assert receipts.by_code(report.receipt_number, code) is report
    assert receipts.by_code(report.receipt_number, other) is None


def test_the_reference_is_no_receipt(scene):
    complaint, code = file_complaint(scene)
    assert receipts.by_code(complaint.reference, code) is None


def test_receipts_are_not_counted_up(scene):
    numbers = [int(make_complaint(scene).receipt_number[:-1]) for _ in range(5)]
    assert len(set(numbers)) == 5
    assert all(abs(a - b) != 1 for a, b in pairwise(numbers))


@pytest.mark.parametrize("make", [make_complaint, make_report])
def test_a_number_leads_to_either_kind(scene, make):
    filed = make(scene)
    assert receipts.by_receipt(filed.receipt_number) is filed
    assert receipts.by_reference(filed.reference) is filed
    assert receipts.by_receipt(filed.reference) is receipts.by_reference(filed.receipt_number) is None
