"""The code by which somebody without an account follows what they filed.  Pure."""

import secrets
import unicodedata

# Without I, L, O and U, which are misread; 24 of them carry 120 bits.
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 24
_LOOKALIKES = str.maketrans("OIL", "011")


def new_code() -> str:
    """Six groups of four, as shown once and never again."""
    # From the system's own source of chance: what somebody could foresee would be no secret.
    letters = "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))
    return "-".join(letters[at:at + 4] for at in range(0, LENGTH, 4))


def plain_code(typed: str) -> str:
    """As compared: width, case, spaces and hyphens do not matter, nor O for 0."""
    # Cut before it is folded: some characters become twenty, and nobody types a code this long.
    wide = unicodedata.normalize("NFKC", typed[:200]).upper().translate(_LOOKALIKES)
    return "".join(character for character in wide if character in ALPHABET)


def new_receipt(kind: str) -> str:
    """Twelve digits that nobody can guess the next of; the first says of which kind it is."""
    return f"{kind}{secrets.randbelow(10**11):011}"
