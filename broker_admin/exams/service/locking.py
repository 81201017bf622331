from broker_admin.db import Base, db


def lock(row: Base) -> None:
    """Nobody else changes this row until the transaction ends, and what is known of it is fresh."""
    db.session.flush()  # a refresh would forget what has not been written yet
    db.session.refresh(row, with_for_update=True)
