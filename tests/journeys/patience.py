"""Waiting for what another process does."""

import time

SECONDS = 90
PAUSE = 0.15


def until(condition, what):
    """What the condition answers, once it is true; fails when it never is."""
    ends = time.monotonic() + SECONDS
    while time.monotonic() < ends:
        if found := condition():
            return found
        time.sleep(PAUSE)
    raise AssertionError(f"Waited {SECONDS} seconds in vain until {what}.")
