"""Hashing and strength of passwords."""

import threading

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError
from flask import current_app

from broker_admin.refusals import N_

SHORTEST, LONGEST = 12, 128
# Fewer different characters than this are a pattern such as "abababababab".
_KINDS = 6
_WORDS = ("password", "broker", "guangdong", "qwerty", "123456", "数据经纪", "abcdef", "letmein")
# Two at a time: each takes 19 MiB and a whole core, and pages must go on meanwhile.
_turn = threading.BoundedSemaphore(2)


def _hasher() -> PasswordHasher:
    # OWASP's second choice (19 MiB, two passes); tests need thousands of users, not strength.
    if current_app.config["ENVIRONMENT"] == "test":
        return PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    return PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1)


def hash_password(password: str) -> str:
    with _turn:
        return _hasher().hash(password)


def verify(stored: str, password: str) -> bool:
    """Whether the password fits; takes the same time for a hash that fits nothing."""
    with _turn:
        try:
            return _hasher().verify(stored, password)
        except (VerifyMismatchError, InvalidHashError):
            return False


def is_outdated(stored: str) -> bool:
    """Whether the hash was made with other costs than are asked now."""
    return _hasher().check_needs_rehash(stored)


def weakness(password: str, about: tuple[str, ...] = ()) -> str | None:
    """What is wrong with it, as a sentence for the catalogs; None where it will do."""
    faults = (
        (len(password) < SHORTEST,
         N_("Use at least 12 characters. Several unrelated words are easy to remember.")),
        # A limit at all, since hashing a text without end would be a way to stop the service.
        (len(password) > LONGEST, N_("Use at most 128 characters.")),
        (_is_known(password.casefold(), about),
         N_("This password is easy to guess. Choose words that have nothing to do with you "
            "or this service.")),
    )
    return next((sentence for found, sentence in faults if found), None)


def _is_known(folded: str, about: tuple[str, ...]) -> bool:
    """Length and own words, but no rule on kinds of characters, which only makes people predictable."""
    # Short names stand inside of innocent words; rejecting these would puzzle people.
    words = [word.casefold() for word in (*_WORDS, *about) if len(word) > 3]
    return len(set(folded)) < _KINDS or any(word in folded for word in words)
