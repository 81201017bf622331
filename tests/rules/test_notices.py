from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broker_admin.rules.notices import EXAMPLE, LONGEST_NOTICE, NoticeRefused, parse_notice

GOOD = {
    "year": "2027",
    "source": '"国务院办公厅关于2027年部分节假日安排的通知"',
    "off_weekdays": "[2027-01-01, 2027-02-05, 2027-02-08]",
    "work_weekends": "[2027-02-20]",
}


def notice(**changes: str | None) -> str:
    table = GOOD | changes
    return "\n".join(f"{key} = {value}" for key, value in table.items() if value is not None)


def test_a_notice_is_read_with_its_days():
    read = parse_notice(notice())

    assert (read.year, read.provisional) == (2027, False)
    assert read.source == "国务院办公厅关于2027年部分节假日安排的通知"
    assert read.off_weekdays == {date(2027, 1, 1), date(2027, 2, 5), date(2027, 2, 8)}
    assert read.work_weekends == {date(2027, 2, 20)}


def test_the_example_is_itself_a_notice():
    example = parse_notice(EXAMPLE)

    assert example.off_weekdays == parse_notice(notice()).off_weekdays
    assert example.work_weekends == parse_notice(notice()).work_weekends


@pytest.mark.parametrize("text", [
    "\ufeff" + notice(),
    notice().replace("\n", "\r\n"),
    notice(off_weekdays='["2027-01-01", " 2027-02-05", 2027-02-08]'),
    "# from the gazette\n" + notice(),
])
def test_habits_of_editors_are_forgiven(text):
    assert parse_notice(text) == parse_notice(notice())


@pytest.mark.parametrize(("text", "sentence"), [
    ("", "The notice does not say its year."),
    (notice(year=None), "The notice does not say its year."),
    (notice(source=None), "The notice does not say its source."),
    (notice(work_weekends=None), "The notice does not say its work_weekends."),
    (notice(province='"44"'), "The notice has an unknown entry, province."),
    (notice(year='"2027"'), "The year of the notice must be a number from 2000 to 2100."),
    (notice(year="true"), "The year of the notice must be a number from 2000 to 2100."),
    (notice(year="1999"), "The year of the notice must be a number from 2000 to 2100."),
    (notice(year="2026"), "2027-01-01 does not lie in 2026, the year of the notice."),
    (notice(source="7"), "Name the source of the notice: its title and document number."),
    (notice(source='"  "'), "Name the source of the notice: its title and document number."),
    (notice(source=f'"{"通" * 201}"'), "The source of the notice is longer than 200 characters."),
    (notice(off_weekdays="2027-01-01"), "The entry off_weekdays must be a list of dates."),
    (notice(off_weekdays="[]"), "The notice lists no weekday as a day off."),
    (notice(off_weekdays="[20270101]"),
     "The entry off_weekdays holds something that is not a date: 20270101."),
    (notice(off_weekdays="[2027-01-01T00:00:00]"),
     "The entry off_weekdays holds something that is not a date: 2027-01-01 00:00:00."),
    (notice(work_weekends='["2027-02-30"]'),
     "The entry work_weekends holds something that is not a date: 2027-02-30."),
    (notice(off_weekdays="[2027-01-01, 2027-01-01]"), "2027-01-01 is listed twice."),
    (notice(off_weekdays="[2027-02-07, 2027-02-06]"),
     "2027-02-06 is a Saturday or Sunday: list only the weekdays that are days off."),
    (notice(work_weekends="[2027-02-22]"),
     "2027-02-22 is a weekday: list only the Saturdays and Sundays that are worked."),
    (notice() + "\noff_weekdays = [",
     "Line 5 of the notice cannot be read. Write dates as 2027-02-05."),
    (notice(off_weekdays="[2027-02-30]"),
     "Line 3 of the notice cannot be read. Write dates as 2027-02-05."),
    ("x" * (LONGEST_NOTICE + 1), "The notice is longer than 10000 characters."),
    ("a = " + "[" * 9000, "Line 1 of the notice cannot be read. Write dates as 2027-02-05."),
    ("year = " + "9" * 9000, "Line 1 of the notice cannot be read. Write dates as 2027-02-05."),
])
def test_what_is_no_notice_is_refused_with_a_reason(text, sentence):
    with pytest.raises(NoticeRefused) as refused:
        parse_notice(text)

    assert str(refused.value) == sentence
    assert refused.value.sentence % refused.value.values == sentence


@given(st.text(max_size=300) | st.sampled_from(sorted(GOOD)).flatmap(
    lambda key: st.text(max_size=40).map(lambda value: notice(**{key: value}))
))
def test_any_text_is_read_or_refused(text):
    try:
        read = parse_notice(text)
    except NoticeRefused:
        return
    assert all(day.year == read.year for day in read.off_weekdays | read.work_weekends)
