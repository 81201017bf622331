"""Answers to check, and small facts."""

IMPORT = '{% from "layout/summary.html" import facts, summary_list, summary_row %}'


def listed(render, rows, tongue="en", head=""):
    return render(IMPORT + f"{{% call summary_list({head}) %}}{rows}{{% endcall %}}", tongue)


def test_an_answer_can_be_changed_where_it_stands(render):
    piece = listed(render, "{{ summary_row('Name', 'Shulian', '/edit#name') }}", "zh")
    link = piece.one("a")
    assert link.get("href") == "/edit#name"
    assert "".join(link.itertext()) == "修改 Name"


def test_a_missing_answer_is_told_in_words(render):
    piece = listed(render, "{{ summary_row('Name', none) }}{{ summary_row('Fax', '') }}", "zh")
    assert [" ".join(value.text.split()) for value in piece.all("dd")] == ["未填写", "未填写"]


def test_nought_is_an_answer(render):
    assert listed(render, "{{ summary_row('Fines', 0) }}").text("dd") == "0"


def test_a_fixed_answer_has_no_link(render):
    assert not listed(render, "{{ summary_row('Name', 'Shulian') }}").all("a")


def test_an_answer_may_be_more_than_text(render):
    row = "{% call summary_row('Scope', none) %}<ul><li>Matching</li></ul>{% endcall %}"
    assert listed(render, row).text("li") == "Matching"


def test_a_section_may_be_changed_as_a_whole(render):
    piece = listed(render, "{{ summary_row('Name', 'Shulian') }}", head="'The firm', '/edit'")
    assert piece.text("h2") == "The firm"
    assert piece.text("a") == "Change The firm"


def test_facts_without_value_are_left_out(render):
    piece = render(IMPORT + "{{ facts([('Fee', 'none'), ('Phone', none)]) }}")
    assert [term.text for term in piece.all("dt")] == ["Fee"]
