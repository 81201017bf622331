"""A chart that can also be read as a table."""

SOURCE = '{% from "layout/bars.html" import bars %}{{ bars("Licenses", "City", "Number", rows) }}'
BAR = "{http://www.w3.org/2000/svg}rect"


def test_bars_are_as_long_as_their_share(render):
    piece = render(SOURCE, rows=[("Shenzhen", 120), ("Zhuhai", 30)])
    assert [bar.get("width") for bar in piece.all(BAR)] == ["100.0%", "25.0%"]


def test_the_numbers_stand_beside_their_bars(render):
    piece = render(SOURCE, rows=[("Shenzhen", 120)])
    assert piece.text("tbody") == "Shenzhen 120"
    assert piece.text("caption") == "Licenses"


def test_nothing_at_all_draws_no_bar(render):
    piece = render(SOURCE, "zh", rows=[("Shenzhen", 0)])
    assert piece.one(BAR).get("width") == "0%"
    assert "图示" in piece.text("thead")


def test_no_rows_leave_an_empty_table(render):
    assert not render(SOURCE, rows=[]).all(BAR)
