"""Personal identifiers at rest: sealed with AES-256-GCM-SIV, found by a blind index.  Pure."""

import base64
import hashlib
import hmac
import os

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCMSIV
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

_VERSION = "v1"
_NONCE_BYTES = 12


def derive(secret: str, purpose: str) -> bytes:
    """A key of 32 bytes for one purpose, so that no two purposes share a key."""
    return HKDF(hashes.SHA256(), 32, salt=None, info=purpose.encode()).derive(secret.encode())


def seal(key: bytes, text: str, context: str) -> str:
    """The text, readable only with the key and for the same column (``context``)."""
    nonce = os.urandom(_NONCE_BYTES)
    sealed = AESGCMSIV(key).encrypt(nonce, text.encode(), context.encode())
    return f"{_VERSION}:{base64.urlsafe_b64encode(nonce + sealed).decode()}"


def unseal(key: bytes, sealed: str, context: str) -> str:
    """Raises ``cryptography.exceptions.InvalidTag`` where key, column or text do not fit."""
    raw = base64.urlsafe_b64decode(sealed.removeprefix(f"{_VERSION}:"))
    return AESGCMSIV(key).decrypt(raw[:_NONCE_BYTES], raw[_NONCE_BYTES:], context.encode()).decode()


def blind_index(key: bytes, text: str) -> str:
    """Equal texts have equal indexes; nothing else can be told from one without the key."""
    return hmac.new(key, text.encode(), hashlib.sha256).hexdigest()
