"""What stands above a list: views, figures, filters."""

from wtforms import Form, HiddenField, SelectField, StringField

IMPORT = '{% from "layout/lists.html" import cards, chips, filter_bar, tiles %}'


class Filters(Form):
    q = StringField("Words")
    status = SelectField("Status", choices={"": "All", "valid": "Valid"})
    page = HiddenField()


def test_the_chosen_view_is_marked(render):
    piece = render(IMPORT + "{{ chips([('Mine', '?v=mine', true), ('All', '?', false)], 'Views') }}")
    assert piece.one("nav").get("aria-label") == "Views"
    assert [chip.get("aria-current") for chip in piece.all("a")] == ["true", None]


def test_a_figure_leads_to_its_list(render):
    piece = render(IMPORT + "{{ tiles([(3, 'Overdue', 'red', '/overdue')]) }}")
    assert piece.one("a").get("href") == "/overdue"
    assert piece.text("a") == "3 Overdue"


def test_a_figure_without_a_list_is_no_link(render):
    piece = render(IMPORT + "{{ tiles([(3, 'Stopped', 'grey', none)]) }}")
    assert not piece.all("a")
    assert piece.text() == "3 Stopped"


def test_a_filter_keeps_its_choice_in_the_address(render):
    piece = render(IMPORT + "{{ filter_bar(form) }}", "zh", form=Filters(data={"status": "valid"}))
    assert piece.one("form").get("method") == "get"
    assert piece.one("option[@selected]").get("value") == "valid"
    assert piece.text("button") == "筛选"


def test_a_filter_shows_no_hidden_fields_and_no_token(render):
    piece = render(IMPORT + "{{ filter_bar(form) }}", form=Filters())
    assert {label.get("for") for label in piece.all("label")} == {"q", "status"}
    assert [field.get("name") for field in piece.all("input")] == ["q"]


def test_a_card_is_a_heading_that_leads_somewhere(render):
    piece = render(IMPORT + "{{ cards([('Apply', '/apply', 'For firms'), ('Check', '/check', none)]) }}")
    assert [link.get("href") for link in piece.all("h2/a")] == ["/apply", "/check"]
    assert piece.text("p") == "For firms"
