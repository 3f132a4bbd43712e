"""A person's PIN, kept as a salted scrypt hash: whoever reads the database still has to guess it."""

import base64
import hashlib
import hmac
import secrets

COST, BLOCK, LANES = 1 << 14, 8, 1
"""16 MB and some 50 ms a guess. Source: rfc7914 (section 2); the parameters are our default for a shared computer."""


def hash_pin(pin: str, salt: bytes | None = None) -> str:
    """Return what to keep of *pin*: the parameters, the salt and the hash."""
    salt = secrets.token_bytes(16) if salt is None else salt
    hashed = _scrypt(pin, salt, (COST, BLOCK, LANES))
    return f"scrypt${COST}${BLOCK}${LANES}${base64.b64encode(salt).decode()}${base64.b64encode(hashed).decode()}"


def pin_fits(pin: str, kept: str) -> bool:
    """Whether *pin* is the one that was kept; nothing fits where none was set, or what was kept is no hash."""
    try:
        name, cost, block, lanes, salt, hashed = kept.split("$")
        wanted = base64.b64decode(hashed, validate=True)
        found = _scrypt(pin, base64.b64decode(salt, validate=True), (int(cost), int(block), int(lanes)))
    except ValueError:
        return False
    return name == "scrypt" and hmac.compare_digest(found, wanted)


def _scrypt(pin: str, salt: bytes, cost: tuple[int, int, int]) -> bytes:
    n, r, p = cost
    return hashlib.scrypt(pin.encode(), salt=salt, n=n, r=r, p=p, dklen=32)
