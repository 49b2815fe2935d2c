"""Rules: serial numbers of user certificates at juki."""

from __future__ import annotations

from typing import Literal

from reference_impl.rules.subject import subject

__all__ = ["CertificateRules"]


@subject
class CertificateRules:
    """How juki ties serial numbers of certificates to people."""

    certificate_owner: Literal["code", "first"] = "code"
    """Whose addressee number a serial number is tied to (seed 004: by way of the code)."""
    keep_renewed_certificate: bool = False
    """A serial number still leads to its holder after its renewal (it leads to nobody)."""
    link_revoked_certificate: bool = False
    """A revoked serial number leads to its holder (it leads to nobody)."""
    show_certificate_faults: bool = True
    """A serial number that leads to nobody is shown to staff."""
