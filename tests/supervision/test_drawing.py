import pytest
from sqlalchemy.exc import IntegrityError

from broker_admin.db import db
from broker_admin.permissions import Role
from broker_admin.refusals import Refused
from broker_admin.supervision import drawing
from broker_admin.supervision.commitments import of_seed
from broker_admin.supervision.inspection_workflow import DrawStatus as D
from broker_admin.supervision.workflow import ReviewStatus as V
from broker_admin.workflow import TransitionRefused
from tests.factories import make_user
from tests.supervision.factories import JUNE, MadeInspection, MadeReport, make_holder, make_review


@pytest.fixture(autouse=True)
def _request(app):
    with app.test_request_context():
        yield


def test_a_commitment_hides_the_seed():
    draw = MadeInspection().draw
    assert (draw.status, draw.seed, draw.result) == (D.COMMITTED, None, [])
    assert of_seed(draw.sealed_seed) == draw.commitment
    raw = db.session.connection().exec_driver_sql("SELECT sealed_seed FROM draw").scalar()
    assert draw.sealed_seed not in raw


def test_drawing_reveals_the_committed_seed():
    draw = MadeInspection().make().draw
    assert (draw.status, draw.sealed_seed) == (D.DRAWN, None)
    assert of_seed(draw.seed) == draw.commitment
    assert drawing.replay(draw)


def test_an_inspection_is_opened_for_each_holder():
    made = MadeInspection().make()
    assert made.inspection.license is made.license
    assert [made.inspection.officer_ids] == [frozenset(made.draw.result[0]["officers"])]


@pytest.mark.parametrize("spoil", [
    lambda d: setattr(d, "seed", "0" * 64),
    lambda d: setattr(d, "pool_sha256", "0" * 64),
    lambda d: setattr(d, "pool", {**d.pool, "officers": [7, 8]}),
    lambda d: setattr(d, "result", [{**d.result[0], "officers": [7, 8]}]),
    lambda d: setattr(d, "result", []),
])
def test_the_replay_notices_any_change(spoil):
    draw = MadeInspection().make().draw
    spoil(draw)
    assert not drawing.replay(draw)


def test_a_pool_is_checked_before_the_draw():
    draw = MadeInspection().draw
    assert drawing.replay(draw)
    draw.pool = {**draw.pool, "officers": []}
    assert not drawing.replay(draw)


def test_a_draw_is_made_once():
    made = MadeInspection().make()
    with pytest.raises(TransitionRefused):
        made.make()


def test_a_second_commitment_waits_for_the_first():
    made = MadeInspection()
    with pytest.raises(Refused, match="has to be made first"):
        drawing.commit_seed(made.plan, actor=made.planner, at=made.at)


def test_the_cap_of_visits_ends_the_draws():
    made = MadeInspection().make()
    with pytest.raises(Refused, match="Nobody is left"):
        drawing.commit_seed(made.plan, actor=made.planner, at=made.at)


def test_draws_belong_to_the_year_of_the_plan():
    made = MadeInspection().make()
    with pytest.raises(Refused, match="year of the plan"):
        drawing.commit_seed(made.plan, actor=made.planner, at=made.at.replace(year=2027))


def test_too_few_officers_stop_the_draw():
    made = MadeInspection(officers=1)
    with pytest.raises(Refused, match="Fewer than two officers"):
        made.make()
    assert made.draw.status is D.COMMITTED


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.SUPERVISION_OFFICER}))
def test_only_supervision_officers_plan_and_draw(role):
    made, other = MadeInspection(), make_user(role)
    for verb in (lambda: drawing.publish_plan(title="x", items=["I01"], actor=other, at=JUNE),
                 lambda: drawing.commit_seed(made.plan, actor=other, at=JUNE),
                 lambda: drawing.make(made.draw, actor=other, at=JUNE)):
        with pytest.raises(TransitionRefused):
            verb()


@pytest.mark.parametrize("items", [[], ["I99"], ["I01", "I99"]])
def test_a_plan_names_known_items(items):
    with pytest.raises(Refused, match="at least one item"):
        drawing.publish_plan(title="x", items=items, actor=make_user(Role.SUPERVISION_OFFICER), at=JUNE)


def test_the_pool_follows_grades_and_concerns():
    graded = make_review(V.PUBLISHED)
    late = MadeReport(at=JUNE).fill_in().file()
    made = MadeInspection()
    pool = {h["license"]: (h["grade"], h["weight"]) for h in made.draw.pool["holders"]}
    assert pool[graded.license.number] == ("A", 1)
    assert pool[late.license.number] == ("B", 2)
    assert made.draw.pool["places"] == {"A": 1, "B": 1}


def test_ended_licenses_are_not_drawn():
    _, license = make_holder()
    license.status, license.ended_on = "revoked", JUNE.date()
    db.session.flush()
    pool = MadeInspection().draw.pool
    assert license.number not in {h["license"] for h in pool["holders"]}


@pytest.mark.parametrize("change", [{"seed": None}, {"drawn_at": None}, {"sealed_seed": "x"}])
def test_the_database_ties_the_seed_to_the_state(change):
    draw = MadeInspection().make().draw
    for column, value in change.items():
        setattr(draw, column, value)
    with pytest.raises(IntegrityError):
        db.session.flush()


def test_a_draw_is_disclosed_when_all_know():
    made = MadeInspection()
    assert not made.draw.is_disclosed
    assert not made.make().draw.is_disclosed
    made.notify()
    assert made.draw.is_disclosed
