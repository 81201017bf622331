"""Which window of which browser writes on a paper."""

import hashlib

from flask_login import current_user

from broker_admin.exams.models import ExamAttempt

# What a page without script calls itself; a script gives each of its windows a name of its own.
PAGE = "page"


def window(client: str) -> str:
    """The window's own name behind that of the sign-in, which no browser can choose."""
    digest = hashlib.sha256(current_user.session_token.encode()).hexdigest()
    return f"{digest[:16]}:{client[:64]}"


def is_here(attempt: ExamAttempt) -> bool:
    """Whether this browser wrote last on the paper, or nobody has yet."""
    return attempt.lease is None or attempt.lease.split(":")[0] == window("").split(":")[0]
