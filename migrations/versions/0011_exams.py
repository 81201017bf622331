"""Exams."""

import sqlalchemy as sa
from alembic import op

revision = '0011'
down_revision = '0010'
branch_labels = None
depends_on = None

# Evidence: the same statements are attached to the models.
NEVER_CHANGED = ("exam_item_version", "candidate_paper", "answer_event")
SQLITE = """
CREATE TRIGGER {table}_no_{verb} BEFORE {verb} ON {table}
BEGIN SELECT RAISE(ABORT, '{table} is never changed'); END
"""
POSTGRESQL = """
CREATE OR REPLACE FUNCTION refuse_{table}_change() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION '{table} is never changed'; END $$;
CREATE TRIGGER {table}_no_change BEFORE UPDATE OR DELETE ON {table}
FOR EACH ROW EXECUTE FUNCTION refuse_{table}_change()
"""


def protect(table: str) -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.execute(POSTGRESQL.format(table=table))
        return
    for verb in ("UPDATE", "DELETE"):
        op.execute(SQLITE.format(table=table, verb=verb))


def upgrade() -> None:
    op.create_table('exam_item',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('code', sa.String(length=40), nullable=False),
    sa.Column('subject', sa.Enum('LAW', 'PRACTICE', name='subject', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('topic', sa.String(length=10), nullable=False),
    sa.Column('kind', sa.Enum('single', 'multiple', 'true_false', name='itemkind', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('retired_at', sa.DateTime(timezone=True), nullable=True),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_exam_item')),
    sa.UniqueConstraint('code', name=op.f('uq_exam_item_code'))
    )
    with op.batch_alter_table('exam_item', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_exam_item_topic'), ['topic'], unique=False)

    op.create_table('candidate',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('user_id', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(length=100), nullable=False),
    sa.Column('identity', sa.Text(), nullable=False),
    sa.Column('identity_index', sa.String(length=64), nullable=False),
    sa.Column('qualification', sa.Enum('diploma', 'experience', name='qualification', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('registered_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['user_id'], ['user.id'], name=op.f('fk_candidate_user_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_candidate')),
    sa.UniqueConstraint('identity_index', name=op.f('uq_candidate_identity_index')),
    sa.UniqueConstraint('user_id', name=op.f('uq_candidate_user_id'))
    )
    op.create_table('exam_item_version',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('item_id', sa.Integer(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('difficulty', sa.Integer(), nullable=False),
    sa.Column('stem_zh', sa.Text(), nullable=False),
    sa.Column('stem_en', sa.Text(), nullable=False),
    sa.Column('options', sa.JSON(), nullable=False),
    sa.Column('answer', sa.JSON(), nullable=False),
    sa.Column('law', sa.String(length=60), nullable=False),
    sa.Column('article', sa.Integer(), nullable=False),
    sa.Column('rationale_zh', sa.Text(), nullable=False),
    sa.Column('rationale_en', sa.Text(), nullable=False),
    sa.Column('digest', sa.String(length=64), nullable=False),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('made_by_id', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['item_id'], ['exam_item.id'], name=op.f('fk_exam_item_version_item_id')),
    sa.ForeignKeyConstraint(['made_by_id'], ['user.id'], name=op.f('fk_exam_item_version_made_by_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_exam_item_version')),
    sa.UniqueConstraint('item_id', 'number', name=op.f('uq_exam_item_version_item_id'))
    )
    op.create_table('sitting',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('reference', sa.String(length=20), nullable=False),
    sa.Column('status', sa.Enum('planned', 'open', 'sealed', 'running', 'closed', 'published', 'cancelled', name='sittingstatus', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('regime', sa.String(length=60), nullable=False),
    sa.Column('subject', sa.Enum('LAW', 'PRACTICE', name='subject', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('blueprint_code', sa.String(length=40), nullable=False),
    sa.Column('place', sa.String(length=200), nullable=False),
    sa.Column('opens_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('ends_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('minutes', sa.Integer(), nullable=False),
    sa.Column('capacity', sa.Integer(), nullable=False),
    sa.Column('planned_by_id', sa.Integer(), nullable=False),
    sa.Column('planned_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('sealed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('secret', sa.Text(), nullable=True),
    sa.Column('commitment', sa.String(length=64), nullable=True),
    sa.Column('pool', sa.JSON(none_as_null=True), nullable=True),
    sa.Column('closed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('published_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('released_by_id', sa.Integer(), nullable=True),
    sa.Column('cancelled_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('cancel_reason', sa.Text(), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint("(status IN ('cancelled')) = (cancel_reason IS NOT NULL)", name=op.f('ck_sitting_cancel_reason')),
    sa.CheckConstraint("(status IN ('cancelled')) = (cancelled_at IS NOT NULL)", name=op.f('ck_sitting_cancelled_at')),
    sa.CheckConstraint("(status IN ('closed', 'published')) = (closed_at IS NOT NULL)", name=op.f('ck_sitting_closed_at')),
    sa.CheckConstraint("(status IN ('published')) = (published_at IS NOT NULL)", name=op.f('ck_sitting_published_at')),
    sa.CheckConstraint("(status IN ('published')) = (released_by_id IS NOT NULL)", name=op.f('ck_sitting_released_by_id')),
    sa.CheckConstraint("status NOT IN ('closed', 'published', 'running', 'sealed') OR commitment IS NOT NULL", name=op.f('ck_sitting_commitment')),
    sa.CheckConstraint("status NOT IN ('closed', 'published', 'running', 'sealed') OR pool IS NOT NULL", name=op.f('ck_sitting_pool')),
    sa.CheckConstraint("status NOT IN ('closed', 'published', 'running', 'sealed') OR sealed_at IS NOT NULL", name=op.f('ck_sitting_sealed_at')),
    sa.CheckConstraint("status NOT IN ('closed', 'published', 'running', 'sealed') OR secret IS NOT NULL", name=op.f('ck_sitting_secret')),
    sa.CheckConstraint('capacity > 0', name=op.f('ck_sitting_capacity')),
    sa.CheckConstraint('ends_at > opens_at', name=op.f('ck_sitting_times')),
    sa.CheckConstraint('minutes > 0', name=op.f('ck_sitting_minutes')),
    sa.CheckConstraint('released_by_id <> planned_by_id', name=op.f('ck_sitting_two_people')),
    sa.ForeignKeyConstraint(['planned_by_id'], ['user.id'], name=op.f('fk_sitting_planned_by_id')),
    sa.ForeignKeyConstraint(['released_by_id'], ['user.id'], name=op.f('fk_sitting_released_by_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_sitting')),
    sa.UniqueConstraint('reference', name=op.f('uq_sitting_reference'))
    )
    with op.batch_alter_table('sitting', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_sitting_opens_at'), ['opens_at'], unique=False)
        batch_op.create_index(batch_op.f('ix_sitting_status'), ['status'], unique=False)

    op.create_table('booking',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('sitting_id', sa.Integer(), nullable=False),
    sa.Column('candidate_id', sa.Integer(), nullable=False),
    sa.Column('status', sa.Enum('booked', 'attended', 'no_show', 'cancelled', name='bookingstatus', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('booked_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('cancelled_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint("(status IN ('cancelled')) = (cancelled_at IS NOT NULL)", name=op.f('ck_booking_cancelled_at')),
    sa.ForeignKeyConstraint(['candidate_id'], ['candidate.id'], name=op.f('fk_booking_candidate_id')),
    sa.ForeignKeyConstraint(['sitting_id'], ['sitting.id'], name=op.f('fk_booking_sitting_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_booking'))
    )
    with op.batch_alter_table('booking', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_booking_candidate_id'), ['candidate_id'], unique=False)
        batch_op.create_index('uq_booking_taken', ['sitting_id', 'candidate_id'], unique=True, sqlite_where=sa.text("status <> 'cancelled'"), postgresql_where=sa.text("status <> 'cancelled'"))

    op.create_table('candidate_paper',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('booking_id', sa.Integer(), nullable=False),
    sa.Column('attempt_number', sa.Integer(), nullable=False),
    sa.Column('seed', sa.String(length=64), nullable=False),
    sa.Column('rows', sa.JSON(), nullable=False),
    sa.Column('digest', sa.String(length=64), nullable=False),
    sa.ForeignKeyConstraint(['booking_id'], ['booking.id'], name=op.f('fk_candidate_paper_booking_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_candidate_paper')),
    sa.UniqueConstraint('booking_id', name=op.f('uq_candidate_paper_booking_id'))
    )
    op.create_table('exam_attempt',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('booking_id', sa.Integer(), nullable=False),
    sa.Column('paper_id', sa.Integer(), nullable=False),
    sa.Column('status', sa.Enum('prepared', 'in_progress', 'submitted', 'scored', 'released', 'no_show', 'cancelled', name='attemptstatus', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('started_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('closes_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('lease', sa.String(length=100), nullable=True),
    sa.Column('epoch', sa.Integer(), nullable=False),
    sa.Column('event_count', sa.Integer(), nullable=False),
    sa.Column('chain_head', sa.String(length=64), nullable=False),
    sa.Column('submitted_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('submit_reason', sa.Enum('candidate', 'deadline', 'terminated', name='submitreason', native_enum=False, create_constraint=True, length=40), nullable=True),
    sa.Column('answered', sa.Integer(), nullable=True),
    sa.Column('receipt', sa.String(length=20), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint("(status IN ('in_progress', 'released', 'scored', 'submitted')) = (closes_at IS NOT NULL)", name=op.f('ck_exam_attempt_closes_at')),
    sa.CheckConstraint("(status IN ('in_progress', 'released', 'scored', 'submitted')) = (started_at IS NOT NULL)", name=op.f('ck_exam_attempt_started_at')),
    sa.CheckConstraint("(status IN ('released', 'scored', 'submitted')) = (answered IS NOT NULL)", name=op.f('ck_exam_attempt_answered')),
    sa.CheckConstraint("(status IN ('released', 'scored', 'submitted')) = (receipt IS NOT NULL)", name=op.f('ck_exam_attempt_receipt')),
    sa.CheckConstraint("(status IN ('released', 'scored', 'submitted')) = (submit_reason IS NOT NULL)", name=op.f('ck_exam_attempt_submit_reason')),
    sa.CheckConstraint("(status IN ('released', 'scored', 'submitted')) = (submitted_at IS NOT NULL)", name=op.f('ck_exam_attempt_submitted_at')),
    sa.ForeignKeyConstraint(['booking_id'], ['booking.id'], name=op.f('fk_exam_attempt_booking_id')),
    sa.ForeignKeyConstraint(['paper_id'], ['candidate_paper.id'], name=op.f('fk_exam_attempt_paper_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_exam_attempt')),
    sa.UniqueConstraint('booking_id', name=op.f('uq_exam_attempt_booking_id')),
    sa.UniqueConstraint('paper_id', name=op.f('uq_exam_attempt_paper_id'))
    )
    with op.batch_alter_table('exam_attempt', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_exam_attempt_status'), ['status'], unique=False)

    op.create_table('answer',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('attempt_id', sa.Integer(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('letters', sa.JSON(), nullable=False),
    sa.Column('flagged', sa.Boolean(), nullable=False),
    sa.Column('client', sa.String(length=100), nullable=False),
    sa.Column('seq', sa.Integer(), nullable=False),
    sa.Column('saved_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['attempt_id'], ['exam_attempt.id'], name=op.f('fk_answer_attempt_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_answer')),
    sa.UniqueConstraint('attempt_id', 'position', name=op.f('uq_answer_attempt_id'))
    )
    op.create_table('answer_event',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('attempt_id', sa.Integer(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('kind', sa.Enum('started', 'saved', 'taken_over', 'submitted', name='eventkind', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('client', sa.String(length=100), nullable=True),
    sa.Column('seq', sa.Integer(), nullable=True),
    sa.Column('position', sa.Integer(), nullable=True),
    sa.Column('letters', sa.JSON(none_as_null=True), nullable=True),
    sa.Column('flagged', sa.Boolean(), nullable=True),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('in_grace', sa.Boolean(), nullable=False),
    sa.Column('previous', sa.String(length=64), nullable=False),
    sa.Column('seal', sa.String(length=64), nullable=False),
    sa.ForeignKeyConstraint(['attempt_id'], ['exam_attempt.id'], name=op.f('fk_answer_event_attempt_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_answer_event')),
    sa.UniqueConstraint('attempt_id', 'client', 'seq', name='uq_answer_event_client_seq'),
    sa.UniqueConstraint('attempt_id', 'number', name=op.f('uq_answer_event_attempt_id'))
    )
    op.create_table('exam_result',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('attempt_id', sa.Integer(), nullable=False),
    sa.Column('earned', sa.Integer(), nullable=False),
    sa.Column('possible', sa.Integer(), nullable=False),
    sa.Column('passed', sa.Boolean(), nullable=False),
    sa.Column('answered', sa.Integer(), nullable=False),
    sa.Column('key_version', sa.Integer(), nullable=False),
    sa.Column('marks', sa.JSON(), nullable=False),
    sa.Column('profile', sa.JSON(), nullable=False),
    sa.Column('scored_at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint('earned BETWEEN 0 AND possible', name=op.f('ck_exam_result_earned')),
    sa.CheckConstraint('passed = (earned * 100 >= possible * 60)', name=op.f('ck_exam_result_passed')),
    sa.ForeignKeyConstraint(['attempt_id'], ['exam_attempt.id'], name=op.f('fk_exam_result_attempt_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_exam_result')),
    sa.UniqueConstraint('attempt_id', name=op.f('uq_exam_result_attempt_id'))
    )
    for table in NEVER_CHANGED:
        protect(table)


def downgrade() -> None:
    op.drop_table('exam_result')
    op.drop_table('answer_event')
    op.drop_table('answer')
    with op.batch_alter_table('exam_attempt', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_exam_attempt_status'))

    op.drop_table('exam_attempt')
    op.drop_table('candidate_paper')
    with op.batch_alter_table('booking', schema=None) as batch_op:
        batch_op.drop_index('uq_booking_taken', sqlite_where=sa.text("status <> 'cancelled'"), postgresql_where=sa.text("status <> 'cancelled'"))
        batch_op.drop_index(batch_op.f('ix_booking_candidate_id'))

    op.drop_table('booking')
    with op.batch_alter_table('sitting', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_sitting_status'))
        batch_op.drop_index(batch_op.f('ix_sitting_opens_at'))

    op.drop_table('sitting')
    op.drop_table('exam_item_version')
    op.drop_table('candidate')
    with op.batch_alter_table('exam_item', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_exam_item_topic'))

    op.drop_table('exam_item')
    if op.get_bind().dialect.name == "postgresql":
        for table in NEVER_CHANGED:
            op.execute(f"DROP FUNCTION refuse_{table}_change()")
