"""A certificate authority for one run, so that TLS is real and nobody's key is committed."""

from __future__ import annotations

import datetime as dt
import ipaddress
from dataclasses import dataclass, fields
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from reports.ownerfile import write_private

__all__ = ["TlsFiles", "make_ca"]

LIFETIME = dt.timedelta(days=30)


@dataclass(frozen=True, slots=True)
class TlsFiles:
    """Paths of the authority's certificate, of one server key pair and of one client key pair."""

    ca: Path
    certificate: Path
    key: Path
    client_certificate: Path
    client_key: Path

    @classmethod
    def within(cls, folder: Path) -> TlsFiles:
        """Return the paths that the files have in a folder."""
        names = ("ca.pem", "server.pem", "server.key", "client.pem", "client.key")
        return cls(*(folder / name for name in names))

    def by_name(self) -> dict[str, str]:
        """Return the paths by their names, as ``hello`` tells them."""
        return {item.name: str(getattr(self, item.name)) for item in fields(self)}


def make_ca(folder: Path, *, names: tuple[str, ...] = ()) -> TlsFiles:
    """Write a test CA, a server certificate for loopback and ``names``, and one for clients.

    Keys are P-256 and live for thirty days; they protect synthetic data only. Files of the folder
    that have half of it left are kept, so that a run that is gone on with needs no new set-up.
    """
    now = dt.datetime.now(dt.UTC)
    files = TlsFiles.within(folder)
    if _holds(files, names, now):
        return files
    ca_key = ec.generate_private_key(ec.SECP256R1())
    issuer = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "denbun test CA")])
    ca = (
        _builder(issuer, issuer, ca_key.public_key(), now)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(_usage(signs_certificates=True), critical=True)
        .add_extension(
            x509.SubjectKeyIdentifier.from_public_key(ca_key.public_key()), critical=False
        )
        .sign(ca_key, hashes.SHA256())
    )
    loopback = [x509.IPAddress(ipaddress.ip_address(a)) for a in ("127.0.0.1", "::1")]
    hosts = [x509.DNSName(name) for name in ("localhost", *names)]
    files.ca.write_bytes(ca.public_bytes(serialization.Encoding.PEM))
    for what, certificate, place, names_of in (
        ("server", files.certificate, files.key, [*hosts, *loopback]),
        ("client", files.client_certificate, files.client_key, [x509.DNSName("client.invalid")]),
    ):
        key = ec.generate_private_key(ec.SECP256R1())
        subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, f"denbun test {what}")])
        signed = (
            _builder(issuer, subject, key.public_key(), now)
            .add_extension(x509.SubjectAlternativeName(names_of), critical=False)
            .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
            .add_extension(
                x509.AuthorityKeyIdentifier.from_issuer_public_key(ca_key.public_key()),
                critical=False,
            )
            .sign(ca_key, hashes.SHA256())
        )
        certificate.write_bytes(signed.public_bytes(serialization.Encoding.PEM))
        write_private(place, _pem(key))
    return files


def _pem(key: ec.EllipticCurvePrivateKey) -> bytes:
    return key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )


def _holds(files: TlsFiles, names: tuple[str, ...], now: dt.datetime) -> bool:
    """Tell whether the files are there, for these names and for long enough."""
    if not all(Path(path).exists() for path in files.by_name().values()):
        return False
    known = x509.load_pem_x509_certificate(files.certificate.read_bytes())
    held = known.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    listed = set(held.get_values_for_type(x509.DNSName))
    return set(names) <= listed and known.not_valid_after_utc - now > LIFETIME / 2


def _builder(
    issuer: x509.Name, subject: x509.Name, key: ec.EllipticCurvePublicKey, now: dt.datetime
) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .issuer_name(issuer)
        .subject_name(subject)
        .public_key(key)
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - dt.timedelta(hours=1))
        .not_valid_after(now + LIFETIME)
    )


def _usage(*, signs_certificates: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=True,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=signs_certificates,
        crl_sign=signs_certificates,
        encipher_only=False,
        decipher_only=False,
    )
