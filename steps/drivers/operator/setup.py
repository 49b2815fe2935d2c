"""The requests that stand in no catalogue: the set-up of the system, its date, its registers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from steps.catalogue import Argument, Entry
from telegram_specs.network import LINKS, ROLES, parts_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from steps.drivers.protocol import Network

__all__ = ["CLOCK", "FLUSH", "RESET", "hello_entry", "hello_values", "listeners"]

CLOCK = Entry(
    id="clock",
    role="juki",
    ja="システムの日付を進める。その日までに行うべき処理を終える。",
    en="Change the date of the system; what falls due until then is to be done.",
    args=(
        Argument(id="date", type="date", optional=True, ja="新しい日付", en="new date"),
        Argument(id="minutes", type="count", optional=True, ja="進める分数", en="minutes to pass"),
    ),
)
RESET = Entry(
    id="reset",
    role="juki",
    ja="試験用の記録をすべて消す。使った通番は戻さない。",
    en="Remove all test records; serials that were used stay used.",
)
FLUSH = Entry(
    id="flush",
    role="juki",
    ja="送信を待っている電文を、すべて送る。",
    en="Send everything that waits to be sent.",
)
ENVIRONMENT = Argument(
    id="environment",
    type="code",
    values=("test", "production"),
    ja="つながる環境",
    en="environment",
)
VERSION = Argument(
    id="version", type="text", optional=True, ja="画面に表示される版", en="version that it shows"
)


def listeners(role: str) -> list[tuple[str, str]]:
    """Return (part, wire) of every listener that a system in a role has."""
    used = {(part, link.wire) for link in LINKS.values() for part in link.roles}
    return [
        (part, wire)
        for part in parts_of(role)
        for wire, port in (("tcp", ROLES[part].tcp), ("http", ROLES[part].http))
        if port is not None and (part, wire) in used
    ]


def hello_entry(role: str, known: Mapping[str, Mapping[str, Any]]) -> Entry:
    """Return what is asked at the set-up: the environment, and addresses that PIXIT lacks."""
    asked = [ENVIRONMENT, VERSION]
    for part, wire in listeners(role):
        if wire not in known.get(part, {}):
            name = f"{ROLES[part].ja} {wire.upper()}"
            asked.append(
                Argument(
                    id=f"{part}_{wire}",
                    type="address",
                    ja=f"{name} の受信アドレス (host:port)",
                    en=f"address at which {part} listens for {wire}, host:port",
                )
            )
    return Entry(
        id="hello",
        role="juki",
        ja=f"{ROLES[role].ja}を起動し、次の相手と通信するように設定する。受信の口を開けておく。",
        en=f"Start the {ROLES[role].en}, let it reach these peers, and keep its listeners open.",
        args=tuple(_told()),
        data=tuple(asked),
    )


def hello_values(network: Network, broken: Sequence[str]) -> dict[str, Any]:
    """Return what the person enters at the set-up; ``broken`` is what an earlier part left."""
    found: dict[str, Any] = {}
    if broken:
        found["broken"] = list(broken)
    for role, wires in network.peers.items():
        for wire, address in wires.items():
            found[f"{ROLES[role].ja} ({role}) {wire.upper()}"] = address
    found |= {f"{role} のコード": code for role, code in network.codes.items() if code}
    found |= {name: network.tls[name] for name in ("ca", "certificate", "key") if network.tls}
    found |= {f"client_{name}": network.client[name] for name in ("id", "secret")}
    return found


def _told() -> Iterable[Argument]:
    rows = (
        ("broken", "前回、途中で終わった項目で行ったこと。手動連携や日付などの設定は元に戻す",
         "done in the case that was interrupted; put settings such as the date back"),
        ("ca", "試験用認証局の証明書", "certificate of the test CA"),
        ("certificate", "サーバー証明書", "server certificate"),
        ("key", "その秘密鍵", "its key"),
        ("client_id", "OAuthクライアントID", "OAuth client id"),
        ("client_secret", "OAuthクライアントの秘密", "OAuth client secret"),
    )  # fmt: skip
    return (Argument(id=name, type="text", ja=ja, en=en) for name, ja, en in rows)
