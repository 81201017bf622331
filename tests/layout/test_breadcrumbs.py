"""Where one is, and the way back."""

IMPORT = '{% from "layout/breadcrumbs.html" import back_link, breadcrumbs %}'


def test_the_trail_ends_at_the_page_itself(render):
    trail = [("Home", "/"), ("Register", None)]
    piece = render(IMPORT + "{{ breadcrumbs(trail) }}", "zh", trail=trail)
    assert piece.one("nav").get("aria-label") == "当前位置"
    assert [link.text for link in piece.all("a")] == ["Home"]
    assert piece.one("li[@aria-current='page']").text == "Register"


def test_the_way_back_is_a_link(render):
    link = render(IMPORT + "{{ back_link('/tasks') }}", "zh").one("a")
    assert (link.text, link.get("href")) == ("返回", "/tasks")
