"""Seeded faults of juki about serial numbers of user certificates."""

from __future__ import annotations

from reference_impl.faults.makers import value
from reference_impl.faults.model import Fault

__all__ = ["FAULTS"]

_R = "juki"

FAULTS: tuple[Fault, ...] = (
    Fault(
        "certificate-not-asked-for", "CERT-001", _R, "rule",
        "シリアル番号の取得を求めない。",
        "Serial numbers are not asked for.",
        {"withheld": ("certificate_request",)},
    ),
    Fault(
        "another-serial-asked-for", "CERT-001", _R, "field",
        "提示されたものと異なるシリアル番号で照会する。",
        "Another serial number than the one shown is asked for.",
        wire=value("certificate_request", "certificate_serial", "0123456789ABCDEF0123456789ABCDEF"),
    ),
    Fault(
        "serial-linked-to-another", "CERT-002", _R, "field",
        "番号紐付情報で、シリアル番号を他の者の宛名番号に結び付ける。",
        "A serial number is linked to the addressee number of somebody else.",
        wire=value("number_link", "addressee_number", "123456789012340"),
    ),
    Fault(
        "certificate-of-first-resident", "CERT-002", _R, "state",
        "シリアル番号を、住民票コードによらず先頭の者に結び付ける。",
        "A serial number is tied to the first resident, whatever the code.",
        {"certificate_owner": "first"},
    ),
    Fault(
        "renewed-certificate-still-leads", "CERT-003", _R, "state",
        "更新前のシリアル番号で特定する。",
        "A serial number identifies its holder after its renewal.",
        {"keep_renewed_certificate": True},
    ),
    Fault(
        "revoked-certificate-leads", "CERT-003", _R, "state",
        "失効したシリアル番号で特定する。",
        "A revoked serial number identifies its holder.",
        {"link_revoked_certificate": True},
    ),
    Fault(
        "unknown-certificate-not-shown", "CERT-003", _R, "state",
        "誰も特定されないシリアル番号を職員に示さない。",
        "A serial number that leads to nobody is not shown.",
        {"show_certificate_faults": False},
    ),
)  # fmt: skip
