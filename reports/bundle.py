"""A signed bundle: files of a run in one zip, their digests in a manifest, an Ed25519 signature.

The same files and key give the same bytes: nothing in a bundle tells when it was made.
"""

from __future__ import annotations

import hashlib
import io
import json
import tempfile
import zipfile
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from reports.jsonable import canonical

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

__all__ = [
    "Bundle",
    "BundleError",
    "KeyProblem",
    "NoBundle",
    "fingerprint",
    "load_private_key",
    "load_public_key",
    "new_key",
    "open_bundle",
    "pack",
]

SCHEMA = "denbun-bundle/1"
MANIFEST, SIGNATURE, PUBLIC_KEY = "manifest.json", "manifest.sig", "public_key.pem"
OURS = frozenset({MANIFEST, SIGNATURE, PUBLIC_KEY})
EPOCH = (1980, 1, 1, 0, 0, 0)
"""The earliest time that a zip can hold, for every member."""
RAW = "transcript.jsonl"
MOST_BYTES = 2**31
"""Size of all members together up to which a bundle is unpacked."""


class NoBundle(ValueError):  # noqa: N818 - it says what the file is
    """A file is no bundle at all."""


class BundleError(ValueError):
    """A bundle was changed since it was signed, or is signed by somebody else."""


class KeyProblem(ValueError):  # noqa: N818 - likewise
    """A file is no key that can be used."""


@dataclass(frozen=True, slots=True)
class Bundle:
    """A bundle whose signature and digests are right.

    Attributes:
        folder: where its files lie now.
        manifest: what it says of the run and of its files.
        fingerprint: SHA-256 of the public key.
        is_known: True when that is the key which was expected.
    """

    folder: Path
    manifest: Mapping[str, Any]
    fingerprint: str
    is_known: bool

    @property
    def has_raw(self) -> bool:
        """Whether the raw transcript is in it."""
        return RAW in self.manifest["files"]


def pack(files: Mapping[str, bytes], about: Mapping[str, Any], key: Ed25519PrivateKey) -> bytes:
    """Return the bytes of a bundle of these files, with what is to be said of their run."""
    manifest = canonical(
        {
            "schema": SCHEMA,
            "run": about,
            "files": {
                name: {"sha256": hashlib.sha256(data).hexdigest(), "size": len(data)}
                for name, data in files.items()
            },
        }
    )
    public = key.public_key().public_bytes(
        serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    members = {
        MANIFEST: manifest,
        SIGNATURE: key.sign(manifest).hex().encode() + b"\n",
        PUBLIC_KEY: public,
        **dict(sorted(files.items())),
    }
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_STORED) as archive:
        for name, data in members.items():
            member = zipfile.ZipInfo(name, EPOCH)
            member.external_attr = 0o600 << 16
            member.create_system = 3  # whatever the machine is
            archive.writestr(member, data)
    return made.getvalue()


@contextmanager
def open_bundle(path: Path, expected: Path | None = None) -> Iterator[Bundle]:
    """Check a bundle and unpack it for the time of a ``with``.

    ``expected`` is the file of the public key that must have signed it. Raises NoBundle,
    BundleError, KeyProblem or OSError.
    """
    members = _members(path)
    manifest, signer = _signed(path.name, members)
    known = load_public_key(expected) if expected else None
    if known and fingerprint(known) != signer:
        raise BundleError(
            f"{path.name}: signed by another key. expected {fingerprint(known)}, got {signer}"
        )
    _same_files(path.name, manifest, members)
    with tempfile.TemporaryDirectory(prefix="denbun-") as folder:
        for name in manifest["files"]:
            (Path(folder) / name).write_bytes(members[name])
        yield Bundle(Path(folder), manifest, signer, is_known=known is not None)


def _members(path: Path) -> dict[str, bytes]:
    try:
        with zipfile.ZipFile(path) as archive:
            listed = archive.infolist()
            names = [member.filename for member in listed]
            if not set(names) >= OURS:
                raise NoBundle(f"{path}: no bundle. expected {', '.join(sorted(OURS))} in it")
            strange = [name for name in names if "/" in name or "\\" in name or name[:1] == "."]
            if strange or len(set(names)) < len(names):
                raise BundleError(f"{path.name}: expected plain names, each once, got others")
            if sum(member.file_size for member in listed) > MOST_BYTES:
                raise BundleError(f"{path.name}: too large. expected at most {MOST_BYTES} bytes")
            return {name: archive.read(name) for name in names}
    except zipfile.BadZipFile as error:
        if zipfile.is_zipfile(path):
            raise BundleError(f"{path.name}: damaged ({error}). expected a whole zip") from None
        raise NoBundle(f"{path}: no zip. expected a bundle or a folder of results") from None


def _signed(place: str, members: Mapping[str, bytes]) -> tuple[dict[str, Any], str]:
    """Return the manifest and the fingerprint of the key that has signed it."""
    public = _public_key(members[PUBLIC_KEY], f"{place}: {PUBLIC_KEY}")
    try:
        public.verify(bytes.fromhex(members[SIGNATURE].decode("ascii")), members[MANIFEST])
    except (InvalidSignature, ValueError):
        raise BundleError(
            f"{place}: {SIGNATURE}: not of this manifest and key. expected the one it was made with"
        ) from None
    manifest: dict[str, Any] = json.loads(members[MANIFEST])
    if manifest.get("schema") != SCHEMA:
        raise NoBundle(f"{place}: {MANIFEST}: expected schema {SCHEMA}")
    return manifest, fingerprint(public)


def _same_files(place: str, manifest: Mapping[str, Any], members: Mapping[str, bytes]) -> None:
    told, there = manifest["files"], set(members) - OURS
    if set(told) != there:
        name = min(set(told) ^ there)
        what = "missing" if name in told else "added"
        raise BundleError(f"{place}: {name}: {what}. expected the files of the manifest")
    for name, known in told.items():
        found = hashlib.sha256(members[name]).hexdigest()
        if found != known["sha256"]:
            raise BundleError(
                f"{place}: {name}: changed. expected SHA-256 {known['sha256']}, got {found}"
            )


def new_key() -> tuple[bytes, bytes]:
    """Return a new private key and its public key, as PEM."""
    key = Ed25519PrivateKey.generate()
    private = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    public = key.public_key().public_bytes(
        serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    return private, public


def load_private_key(path: Path) -> Ed25519PrivateKey:
    """Read a private key (PEM, without a passphrase). Raises KeyProblem or OSError."""
    try:
        key = serialization.load_pem_private_key(path.read_bytes(), password=None)
    except (ValueError, TypeError, UnsupportedAlgorithm):
        key = None
    if not isinstance(key, Ed25519PrivateKey):
        raise KeyProblem(f"{path}: no key to sign with. expected an Ed25519 private key in PEM")
    return key


def load_public_key(path: Path) -> Ed25519PublicKey:
    """Read a public key (PEM). Raises KeyProblem or OSError."""
    return _public_key(path.read_bytes(), str(path))


def _public_key(data: bytes, place: str) -> Ed25519PublicKey:
    try:
        key = serialization.load_pem_public_key(data)
    except (ValueError, UnsupportedAlgorithm):
        key = None
    if not isinstance(key, Ed25519PublicKey):
        raise KeyProblem(f"{place}: no public key. expected an Ed25519 public key in PEM")
    return key


def fingerprint(key: Ed25519PublicKey) -> str:
    """Return the SHA-256 of a public key."""
    raw = key.public_bytes(serialization.Encoding.Raw, serialization.PublicFormat.Raw)
    return hashlib.sha256(raw).hexdigest()
