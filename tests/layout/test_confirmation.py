"""The page after something was handed in."""

IMPORT = '{% from "layout/confirmation.html" import confirmation %}'


def test_a_confirmation_shows_its_number(render):
    piece = render(IMPORT + "{{ confirmation('已提交', 'SQ-2026-003470') }}", "zh")
    assert piece.text("h1") == "已提交"
    assert "您的编号SQ-2026-003470" in piece.text()


def test_a_confirmation_says_what_happens_next(render):
    source = IMPORT + "{% call confirmation('Sent') %}<p>We answer by Friday.</p>{% endcall %}"
    piece = render(source)
    assert piece.text("h2") == "What happens next"
    assert "We answer by Friday." in piece.text()


def test_printing_is_offered_only_where_it_works(render):
    button = render(IMPORT + "{{ confirmation('Sent') }}", "zh").one("button")
    assert (button.text, button.get("hidden"), button.get("data-print")) == ("打印本页", "", "")
