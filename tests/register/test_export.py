import csv
import io

import pytest

from broker_admin.clock import day_of, now
from broker_admin.register import export
from tests.register.factories import act, make_named


def table(licenses):
    text = "".join(export.lines([licenses], day_of(now()), "en"))
    assert text.startswith("\ufeff")
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "＝1", "＠x"])
def test_cells_that_would_run_become_text(cell):
    assert export.plain_cell(cell) == f"'{cell}"


def test_ordinary_cells_stay_as_they_are():
    assert export.plain_cell("数链公司") == "数链公司"


def test_a_row_says_what_the_record_says():
    license = act(make_named("数链公司", "Chain"), "revoke")
    row, = table([license])
    assert (row["License number"], row["Holder"], row["Name in English"]) == (
        license.number, "数链公司", "Chain")
    assert (row["Status"], row["Since"]) == ("Revoked", str(day_of(now())))
    assert row["Scope of business"] == "Matchmaking; Consulting"


def test_a_hostile_name_cannot_become_a_formula():
    row, = table([make_named('=HYPERLINK("http://x","数链")')])
    assert row["Holder"].startswith("'=")


def test_no_column_is_about_a_person():
    assert not {"legal", "phone", "identity", "mail"} & {
        word for column in export.COLUMNS for word in column.lower().split()}
