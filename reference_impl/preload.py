"""Import it to have everything loaded that a start of the reference needs, the open profile too."""

from __future__ import annotations

from reference_impl.__main__ import profile_of

profile_of(None)
