"""Known secret values in any text: found in every spelling, masked, and told apart by a letter."""

from __future__ import annotations

import base64
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, TypeAlias, TypeVar

from reports.alike import HALF_WIDTH
from reports.private import KNOWN_LENGTH, SEARCHED, STAR

if TYPE_CHECKING:
    from reports.jsonable import Jsonable

    J = TypeVar("J", bound=Jsonable)

Tell: TypeAlias = Callable[[str], str]
"""What to write behind a masked value: nothing where its length must stay."""

_SPACED_HEX = re.compile(rf"[0-9A-Fa-f]{{2}}(?:[ :\-][0-9A-Fa-f]{{2}}){{{KNOWN_LENGTH - 1},}}")


def untold(_: str) -> str:
    """Write nothing behind a masked value."""
    return ""


class Scrubber:
    """Masks known secret values in any text; everything else stays."""

    def __init__(self, secrets: Iterable[str] = ()) -> None:
        self._by_start: dict[str, dict[str, str]] = {}
        for secret in sorted(set(secrets)):
            if len(secret) >= KNOWN_LENGTH and SEARCHED.fullmatch(secret):
                for form in _forms(secret.translate(HALF_WIDTH)):
                    self._by_start.setdefault(form[:KNOWN_LENGTH], {}).setdefault(form, secret)

    def text(self, text: str, tell: Tell = untold) -> str:
        """Return `text` with `*` for each character of a known value, half or full width."""
        if not self._by_start:
            return text
        spaced = _SPACED_HEX.sub(lambda match: self._spaced(match[0]), text)
        return SEARCHED.sub(lambda match: self._token(match[0], tell), spaced)

    def known(self, text: str) -> list[str]:
        """Return the known values that `text` shows, as they stand in their fields."""
        found: list[str] = []

        def hear(secret: str) -> str:
            found.append(secret)
            return ""

        self.text(text, hear)
        return found

    def value(self, value: Any, tell: Tell = untold) -> Any:
        """Return JSON-like data with every string in it masked."""
        if isinstance(value, str):
            return self.text(value, tell)
        if isinstance(value, Mapping):
            return {self.text(key): self.value(item, tell) for key, item in value.items()}
        if isinstance(value, (list, tuple)):
            return [self.value(item, tell) for item in value]
        return value

    def jsonable(self, value: J, tell: Tell = untold) -> J:
        """Return a part of a run with every text in it masked."""
        if not self._by_start:
            return value
        return type(value).from_json(self.value(value.to_json(), tell))

    def _spaced(self, text: str) -> str:
        """Mask bytes in hex with a character between them."""
        shown = self._token("".join(text[i : i + 2] for i in range(0, len(text), 3)), untold)
        pairs = [shown[i : i + 2] for i in range(0, len(shown), 2)]
        return "".join(pair + text[3 * i + 2 : 3 * i + 3] for i, pair in enumerate(pairs))

    def _token(self, token: str, tell: Tell) -> str:
        shown, told = list(token), 0
        for start, end, secret in self._found(token.translate(HALF_WIDTH)):
            shown[start:end] = STAR * (end - start)
            if end > told:
                shown[end - 1] += tell(secret)
                told = end
        return "".join(shown)

    def _found(self, plain: str) -> Iterator[tuple[int, int, str]]:
        """Yield first and end of each known value and which it is, the longest of each first."""
        for start in range(len(plain) - KNOWN_LENGTH + 1):
            forms = self._by_start.get(plain[start : start + KNOWN_LENGTH], {})
            for form in sorted(forms, key=len, reverse=True):
                if plain.startswith(form, start):
                    yield start, start + len(form), forms[form]


def _forms(secret: str) -> Iterator[str]:
    """Yield the spellings under which a value is recognised in a text."""
    yield secret
    raw = secret.encode()
    for form in (raw, secret.encode("utf-16-be"), _widen(secret).encode("utf-16-be")):
        yield form.hex()
        yield form.hex().upper()
    yield base64.b64encode(raw).decode().rstrip("=")


def _widen(text: str) -> str:
    return "".join(chr(ord(char) + 0xFEE0) if "!" <= char <= "~" else char for char in text)
