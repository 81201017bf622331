"""One answer in one sentence."""

import pytest

SOURCE = '{% from "layout/verdict.html" import verdict %}'


@pytest.mark.parametrize(("colour", "sign"), [
    ("green", "✓"), ("orange", "!"), ("red", "✕"), ("grey", "?"),
])
def test_a_verdict_has_a_sign_beside_its_colour(render, colour, sign):
    piece = render(SOURCE + "{{ verdict('It is valid', colour) }}", colour=colour)
    assert piece.one("span").text == sign
    assert piece.one("span").get("aria-hidden") == "true"


def test_a_verdict_may_be_the_heading_of_its_page(render):
    piece = render(SOURCE + "{{ verdict('It is valid', 'green', 'Until 2029', level=1) }}")
    assert piece.text("h1") == "✓It is valid"
    assert piece.text("p") == "Until 2029"


def test_a_verdict_may_say_what_to_do(render):
    piece = render(SOURCE + "{% call verdict('Unknown') %}<p>Report it.</p>{% endcall %}")
    assert piece.text("p") == "Report it."
