"""Signing a plan's text with Ed25519, checking who signed it, and closing it for one person's eyes with age."""

import base64
import hashlib
import os
import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

import pyrage
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from uncrick.errors import Problem, ProblemsError

HEAD: Final = "uncrick plan 1"
"""Goes into what is signed, so that a signature made for anything else is none for a plan."""

SEAL: Final = re.compile(r"\nsigned:[ \t]*\n((?:  [a-z]+:[^\n]*\n?)+)\s*\Z")
"""The signature stands at the end, and only its own keys after it: nothing can be added below unsigned."""

PUBLIC_KEY: Final = re.compile(r"[A-Za-z0-9+/]{43}=")
AGE_HEADS: Final = (b"age-encryption.org/", b"-----BEGIN AGE ENCRYPTED FILE-----")


@dataclass(frozen=True, slots=True)
class Seal:
    """A signature that is right. key : the public key, 32 bytes in base64; *fingerprint* is for people to compare."""

    by: str
    on: date
    key: str

    @property
    def fingerprint(self) -> str:
        """Return the first 80 bits of the key's SHA-256, in groups of four."""
        digest = hashlib.sha256(base64.b64decode(self.key)).hexdigest()[:20]
        return "-".join(digest[i : i + 4] for i in range(0, 20, 4))


def new_signing_key(path: Path, passphrase: str) -> str:
    """Write a new private key, readable by its owner only, and return the public key (base64).

    passphrase : empty to keep it unlocked. Raises ProblemsError where the file exists already or cannot be written.
    """
    key = Ed25519PrivateKey.generate()
    lock = serialization.BestAvailableEncryption(passphrase.encode()) if passphrase else serialization.NoEncryption()
    pem = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, lock)
    _write_secret(path, pem)
    return _public_text(key.public_key())


def read_signing_key(path: Path, passphrase: str) -> Ed25519PrivateKey:
    """Read a private key. Raises ProblemsError where it is none, or the passphrase is missing or wrong."""
    return signing_key(_read(path), passphrase, str(path))


def signing_key(pem: bytes, passphrase: str, name: str) -> Ed25519PrivateKey:
    """Return the private key of a key file's content. name : how problems call it. Raises as read_signing_key does."""
    try:
        key = serialization.load_pem_private_key(pem, passphrase.encode() if passphrase else None)
    except TypeError:
        says = "is not locked, but a passphrase was given" if passphrase else "is locked with a passphrase"
        raise ProblemsError([Problem(name, says)]) from None
    except (ValueError, UnsupportedAlgorithm):
        hint = "is the passphrase right?" if passphrase else "'uncrick plan key' makes one"
        raise ProblemsError([Problem(name, "is no signing key that can be read", hint)]) from None
    if not isinstance(key, Ed25519PrivateKey):
        raise ProblemsError([Problem(name, "is a key of another kind, wanted Ed25519", "uncrick plan key")])
    return key


def sign_text(text: str, key: Ed25519PrivateKey, by: str, on: date) -> str:
    """Return *text* with the signature of *key* at its end, in the place of one that is there."""
    body = _split(text)[0]
    public = _public_text(key.public_key())
    signature = base64.b64encode(key.sign(_message(body, by, on.isoformat(), public))).decode()
    quoted = by.replace("\\", "\\\\").replace('"', '\\"')
    lines = (f'  by: "{quoted}"', f"  on: {on.isoformat()}", f"  key: {public}", f"  signature: {signature}")
    return body + "\nsigned:\n" + "\n".join(lines) + "\n"


def check_seal(text: str, seal: Seal, signature: str, where: str) -> list[Problem]:
    """Return what is wrong with a signature as read from the file: the text was changed, or it was made otherwise."""
    body, there = _split(text)
    if not there:
        says = "is not the last thing in the file, with nothing but its own keys"
        return [Problem(where, says, "sign the plan again")]
    try:
        public = Ed25519PublicKey.from_public_bytes(base64.b64decode(seal.key))
        public.verify(base64.b64decode(signature), _message(body, seal.by, seal.on.isoformat(), seal.key))
    except (InvalidSignature, ValueError):
        says = "does not fit the text: it was changed after it was signed, or signed with another key"
        return [Problem(where, says, "ask for the plan again; do not use this one")]
    return []


def check_signer(seal: Seal | None, trusted: str, where: str) -> list[Problem]:
    """Return what is wrong where a plan must be signed by the key *trusted* (base64)."""
    if seal is None:
        return [Problem(where, "is not signed, but a key to check it by was given", "ask for a signed one")]
    if seal.key != trusted:
        wanted = Seal("", seal.on, trusted).fingerprint
        says = f"is signed with somebody else's key: found {seal.fingerprint}, wanted {wanted}"
        return [Problem(where, says, "compare the fingerprints by telephone")]
    return []


def read_public_key(path: Path) -> str:
    """Return the public key (base64) of a key file of either kind. Raises ProblemsError where there is none."""
    return public_key_of(_read(path), str(path))


def public_key_of(text: bytes, name: str) -> str:
    """Return the public key (base64) in a key file's content. name : how problems call it. Raises as above."""
    if b"PRIVATE KEY" in text:
        return _public_text(signing_key(text, "", name).public_key())
    word = text.decode("ascii", "replace").strip().split("\n")[-1].strip()
    if not PUBLIC_KEY.fullmatch(word):
        raise ProblemsError([Problem(name, "is no public key", "44 characters, as 'uncrick plan key' prints them")])
    return word


def new_person_key(path: Path) -> str:
    """Write a new age identity, readable by its owner only, and return its recipient (``age1...``)."""
    identity = pyrage.x25519.Identity.generate()
    _write_secret(path, f"# public key: {identity.to_public()}\n{identity}\n".encode())
    return str(identity.to_public())


def close_for(text: str, recipient: str) -> bytes:
    """Return *text* closed for the one who has the key of *recipient*. Raises ProblemsError where that is none."""
    try:
        to = pyrage.x25519.Recipient.from_str(recipient.strip())
    except pyrage.RecipientError:
        says = f"found '{recipient}', wanted a recipient like age1..."
        raise ProblemsError([Problem("--for", says, "'uncrick plan key --person' prints it")]) from None
    return bytes(pyrage.encrypt(text.encode(), [to], armored=True))


def opened(data: bytes, identity: Path | None, name: str) -> bytes:
    """Return *data* opened with the age identity in a file; data that is not closed is returned as it is.

    Raises ProblemsError where the identity is missing, no identity, or somebody else's.
    """
    if not data.startswith(AGE_HEADS):
        return data
    if identity is None:
        raise ProblemsError([Problem(name, "is closed for one person", "open it with --identity and their key file")])
    return opened_with(data, _read(identity), name, str(identity))


def opened_with(data: bytes, identity: bytes, name: str, key_name: str) -> bytes:
    """Return *data* opened with the content of an age identity's file, as above. key_name : how problems call it."""
    if not data.startswith(AGE_HEADS):
        return data
    lines = identity[:100_000].decode("ascii", "replace").splitlines()
    try:
        key = pyrage.x25519.Identity.from_str(next((x for x in lines if x.startswith("AGE-SECRET-KEY-")), ""))
    except pyrage.IdentityError:
        raise ProblemsError([Problem(key_name, "is no age identity", "uncrick plan key --person")]) from None
    try:
        return bytes(pyrage.decrypt(data, [key]))
    except pyrage.DecryptError:
        raise ProblemsError([Problem(name, "is closed for somebody else, or damaged", "ask for it again")]) from None


def _split(text: str) -> tuple[str, bool]:
    """Return the text above the signature, line ends evened out as for signing, and whether there is a signature."""
    even = text.removeprefix("\ufeff").replace("\r\n", "\n")
    found = SEAL.search(even)
    return (even[: found.start()] if found else even).rstrip() + "\n", found is not None


def _message(body: str, by: str, on: str, key: str) -> bytes:
    return "\n".join((HEAD, by, on, key, body)).encode("utf-8", "surrogatepass")


def _public_text(key: Ed25519PublicKey) -> str:
    return base64.b64encode(key.public_bytes_raw()).decode()


def _read(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(100_000)
    except OSError as error:
        raise ProblemsError([Problem(str(path), f"cannot be read: {error.strerror}")]) from None


def _write_secret(path: Path, data: bytes) -> None:
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        raise ProblemsError([Problem(str(path), "exists already", "a key is never written over")]) from None
    except OSError as error:
        raise ProblemsError([Problem(str(path), f"cannot be written: {error.strerror}")]) from None
    with os.fdopen(handle, "wb") as file:
        file.write(data)
