"""Rules: changes of a juminhyo code, at juki and where it has to be known."""

from __future__ import annotations

from typing import Literal

from reference_impl.rules.subject import subject

__all__ = ["CodeRules"]


@subject
class CodeRules:
    """How juki, cs and nws handle 住民票コードの変更."""

    tell_former_code: bool = True
    """The notice of a changed code tells the former one (住基令30条の5第5号)."""
    number_on_code_change: Literal["kept", "requested"] = "kept"
    """A changed code leaves the number alone (番号法7条1項)."""
    reuse_former_code: bool = False
    """A former code goes back to the stock (住基法30条の4第3項: never)."""
    check_code_held: bool = True
    """A code that somebody else has or had is not written (住基法30条の3第2項)."""
    code_change_order: Literal["former_new", "new_former"] = "former_new"
    """Which code the information network is told as the former one (住基令30条の8の2第2項)."""
    tell_unprovided_code: bool = False
    """The network is told of codes that were never provided to it (住基法30条の9の2: no)."""
    keep_linkage_code: bool = True
    """A linkage code survives a change of the code (住基法30条の9の2第2項)."""
