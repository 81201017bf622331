"""The head of a case: what it is, its parts, its next steps."""

IMPORT = '{% from "layout/case.html" import identity, next_steps, tabs %}'


def test_a_case_is_known_by_its_number_and_state(render):
    piece = render(IMPORT + "{{ identity('SQ-1', 'Under review', 'blue', ['Shulian', none]) }}")
    assert piece.text("h1") == "SQ-1"
    assert piece.text("strong") == "Under review"
    assert piece.text("p") == "Shulian"


def test_the_part_that_is_shown_is_marked(render):
    piece = render(IMPORT + "{{ tabs([('Summary', '/s', true), ('Files', '/f', false)]) }}", "zh")
    assert [link.get("aria-current") for link in piece.all("a")] == ["page", None]
    assert piece.one("nav").get("aria-label") == "本案各部分"


def test_every_open_step_is_a_button_to_its_page(render):
    source = IMPORT + "{{ next_steps([('Accept', '/accept', 'primary'), ('Send back', '/back')]) }}"
    links = render(source).all("a")
    assert [link.get("href") for link in links] == ["/accept", "/back"]
    assert [link.get("class") for link in links] == [
        "govuk-button", "govuk-button govuk-button--secondary"]


def test_a_case_without_open_steps_says_so(render):
    assert "目前没有需要您办理的事项。" in render(IMPORT + "{{ next_steps([]) }}", "zh").text()


def test_a_closed_step_can_be_explained(render):
    source = IMPORT + "{% call next_steps([]) %}<p>Hear the applicant first.</p>{% endcall %}"
    assert "Hear the applicant first." in render(source).text()
