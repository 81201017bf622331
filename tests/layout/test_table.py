"""Dense tables and the page without any rows."""

import pytest

IMPORT = '{% from "layout/table.html" import dense_table, empty_state, simple_table %}'
DENSE = IMPORT + """{% call(row) dense_table("My work", headers, rows) %}
<td data-l="Number">{{ row }}</td>{% endcall %}"""
SIMPLE = IMPORT + '{{ simple_table("Staff", headers, rows) }}'


def test_every_row_is_written_by_its_caller(render):
    piece = render(DENSE, headers=["Number"], rows=["SQ-1", "SQ-2"])
    assert [cell.text for cell in piece.all("td")] == ["SQ-1", "SQ-2"]


def test_a_table_has_a_name_for_those_who_hear_it(render):
    piece = render(DENSE, headers=["Number"], rows=["SQ-1"])
    assert piece.text("caption") == "My work"
    assert "govuk-visually-hidden" in piece.one("caption").get("class")


def test_column_heads_may_sort_and_say_how(render):
    headers = [{"label": "Number", "url": "?sort=number", "sort": "ascending"}]
    head = render(DENSE, headers=headers, rows=["SQ-1"]).one("th")
    assert (head.get("scope"), head.get("aria-sort")) == ("col", "ascending")
    assert head.find("a").get("href") == "?sort=number"


def test_a_column_of_ticks_has_a_hidden_head(render):
    piece = render(DENSE, headers=[{"label": "Choose", "hidden": True}], rows=["SQ-1"])
    assert piece.one("th/span").get("class") == "govuk-visually-hidden"


def test_plain_rows_carry_their_labels_for_phones(render):
    piece = render(SIMPLE, headers=["Name", {"label": "Hours", "numeric": True}],
                   rows=[["Chen", 24], ["Li", None]])
    cells = piece.all("td")
    assert [cell.get("data-l") for cell in cells] == ["Name", "Hours"] * 2
    assert [cell.text for cell in cells] == ["Chen", "24", "Li", "–"]


def test_numbers_stand_at_the_right(render):
    piece = render(SIMPLE, headers=[{"label": "Hours", "numeric": True}], rows=[[24]])
    assert "govuk-table__cell--numeric" in piece.one("td").get("class")
    assert "govuk-table__header--numeric" in piece.one("th").get("class")


def test_values_in_a_table_are_escaped(render):
    assert not render(SIMPLE, headers=["Name"], rows=[["<b>Chen</b>"]]).all("b")


@pytest.mark.parametrize(("tongue", "words"), [("en", "Nothing here yet."), ("zh", "暂无内容。")])
def test_no_rows_are_told_in_words(render, tongue, words):
    piece = render(SIMPLE, tongue, headers=["Name"], rows=[])
    assert piece.text() == words
    assert not piece.all("table")


def test_an_empty_page_may_say_what_to_do(render):
    piece = render(IMPORT + '{{ empty_state("No matters.", "Apply", "/apply") }}')
    assert piece.one("a").get("href") == "/apply"
