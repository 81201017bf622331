from dataclasses import dataclass
from datetime import date
from enum import StrEnum

import pytest

from broker_admin.rules.provisions import Listed
from broker_admin.rules.reading import RegimeError, build, merge


class Colour(StrEnum):
    RED = "red"


@dataclass(frozen=True, kw_only=True)
class Leaf:
    code: str
    size: int
    confirmed: bool
    article: str = ""
    basis: str = ""


@dataclass(frozen=True, kw_only=True)
class Numbered:
    code: int


@dataclass(frozen=True, kw_only=True)
class Tree:
    name: str
    leaves: Listed[Leaf]
    rings: Listed[Numbered]
    height: float
    planted: date
    colours: tuple[Colour, ...] = ()
    evergreen: bool = False
    twig: Leaf | None = None


LEAF = {"size": 1, "confirmed": True, "article": "第1条"}
TREE = {
    "name": "榕", "leaves": {"a": LEAF, "b": LEAF}, "rings": {"1": {}, "2": {}},
    "height": 3, "planted": date(2026, 3, 12),
}


def test_a_table_becomes_provisions_by_code():
    tree = build(Tree, TREE, "tree")

    assert tree.leaves.codes == ("a", "b")
    assert tree.rings[2] == Numbered(code=2)
    assert tree.height == 3.0
    assert (tree.colours, tree.twig) == ((), None)


def test_optional_and_listed_values_are_read():
    tree = build(Tree, TREE | {"colours": ["red"], "twig": LEAF, "evergreen": True}, "tree")

    assert tree.colours == (Colour.RED,)
    assert tree.twig == Leaf(code="twig", **LEAF)


@pytest.mark.parametrize(("changes", "complaint"), [
    ({"name": 1}, "tree.name: 1 is not of type str"),
    ({"height": "3"}, "tree.height: '3' is not of type float"),
    ({"height": True}, "tree.height: True is not of type float"),
    ({"planted": "2026-03-12"}, "tree.planted: '2026-03-12' is not of type date"),
    ({"evergreen": 1}, "tree.evergreen: 1 is not of type bool"),
    ({"colours": "red"}, "tree.colours: expected a list"),
    ({"colours": ["blue"]}, "tree.colours[0]: 'blue' is none of red"),
    ({"leaves": []}, "tree.leaves: expected a table of entries by code"),
    ({"leaves": {}}, "tree.leaves: expected a table of entries by code"),
    ({"leaves": {"a": 1}}, "tree.leaves.a: expected a table"),
    ({"leaves": {"a": LEAF | {"size": 1.5}}}, "tree.leaves.a.size: 1.5 is not of type int"),
    ({"leaves": {"a": LEAF | {"size": True}}}, "tree.leaves.a.size: True is not of type int"),
    ({"leaves": {"a": LEAF | {"vein": 1}}}, "tree.leaves.a: unknown entry vein"),
    ({"leaves": {"a": {"confirmed": True, "article": "x"}}}, "tree.leaves.a: size is missing"),
    ({"leaves": {"a": {"size": 1}}}, "tree.leaves.a: confirmed is missing"),
    ({"leaves": {"a": {"size": 1, "confirmed": True}}}, "tree.leaves.a: article is missing"),
    ({"leaves": {"a": LEAF | {"basis": "design"}}},
     "tree.leaves.a: confirmed, so it has an article and no basis"),
    ({"leaves": {"a": LEAF | {"confirmed": False}}}, "tree.leaves.a: unconfirmed, so basis must"),
    ({"leaves": {"a": {"size": 1, "confirmed": False, "basis": "memory"}}},
     "tree.leaves.a: article is missing"),
    ({"rings": {"one": {}}}, "tree.rings.one.code: 'one' is not of type int"),
])
def test_anything_else_is_refused_with_its_place(changes, complaint):
    with pytest.raises(RegimeError) as refused:
        build(Tree, TREE | changes, "tree")

    assert str(refused.value).startswith(complaint)


@pytest.mark.parametrize("name", ["name", "leaves", "height"])
def test_nothing_may_be_missing(name):
    table = {key: value for key, value in TREE.items() if key != name}

    with pytest.raises(RegimeError, match=f"tree: {name} is missing"):
        build(Tree, table, "tree")


def test_a_design_value_needs_no_article():
    tree = TREE | {"leaves": {"a": {"size": 1, "confirmed": False, "basis": "design"}}}

    assert build(Tree, tree, "tree").leaves["a"].article == ""


def test_amending_goes_down_to_the_entry_that_has_a_source():
    earlier = {"name": "榕", "leaves": {"a": LEAF | {"basis": ""}, "b": LEAF}}
    changes = {"leaves": {"a": {"size": 2, "confirmed": False, "basis": "design"}}}

    assert merge(earlier, changes) == {
        "name": "榕", "leaves": {"a": {"size": 2, "confirmed": False, "basis": "design"}, "b": LEAF},
    }
    assert earlier["leaves"]["a"]["size"] == 1


def test_amending_may_change_one_value_beside_its_source():
    assert merge({"a": LEAF}, {"a": {"size": 7}}) == {"a": LEAF | {"size": 7}}
