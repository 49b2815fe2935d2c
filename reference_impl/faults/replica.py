"""Seeded faults of juki and atena about replicas and inquiries."""

from __future__ import annotations

from reference_impl.faults.makers import value
from reference_impl.faults.model import Fault

__all__ = ["FAULTS"]

FAULTS: tuple[Fault, ...] = (
    Fault(
        "replica-under-code", "FUKUHON-001", "juki", "field",
        "副本情報を、宛名番号でなく住民票コードを付けて送る。",
        "Replicas are sent under the juminhyo code.",
        {"replica_key": "juminhyo_code"},
    ),
    Fault(
        "replica-of-one-member", "FUKUHON-001", "juki", "field",
        "世帯の一人だけの副本情報を送る。",
        "The replica of one member stands for the household.",
        {"replica_members": "one"},
    ),
    Fault(
        "replica-not-sent", "FUKUHON-001", "juki", "rule",
        "副本情報を送らない。",
        "No replica is sent.",
        {"withheld": ("replica_upload",)},
    ),
    Fault(
        "replica-with-wrong-relation", "FUKUHON-001", "juki", "field",
        "副本情報の最初の者の続柄を、夫とする。",
        "The first row of a replica gives the relation of a husband.",
        wire=value("replica_upload", "records[0].relation", "11"),
    ),
    Fault(
        "replica-under-addressee-number", "FUKUHON-002", "atena", "field",
        "宛名番号を変換せずに副本を中間サーバーに送る。",
        "A replica goes on under the addressee number.",
        {"replica_number": "addressee"},
    ),
    Fault(
        "replica-of-another", "FUKUHON-002", "atena", "field",
        "他の者の団体内統合宛名番号に変換して副本を送る。",
        "A replica goes on under the number of somebody else.",
        {"replica_of_another": True},
    ),
    Fault(
        "replica-registered-with-wrong-relation", "FUKUHON-002", "atena", "field",
        "副本の続柄を、住民記録システムから届いたものと異なる続柄で登録する。",
        "A replica goes on with another relation than came.",
        wire=value("replica_registration", "records[0].relation", "11"),
    ),
    Fault(
        "replica-registered-for-another-household", "FUKUHON-002", "atena", "field",
        "副本の世帯番号を、住民記録システムから届いたものと異なる番号で登録する。",
        "A replica goes on with another household number than came.",
        wire=value("replica_registration", "records[0].household_number", "123456789012340"),
    ),
    Fault(
        "faulty-replica-dropped", "FUKUHON-003", "atena", "rule",
        "変換できないレコードをエラーリストに出力しない。",
        "Records that cannot be converted are not listed.",
        {"faulty_replica": "drop"},
    ),
    Fault(
        "faulty-replica-stops-all", "FUKUHON-003", "atena", "rule",
        "変換できないレコードがあると、他のレコードも送らない。",
        "One record that cannot be converted keeps all others back.",
        {"faulty_replica": "refuse_all"},
    ),
    Fault(
        "inquiry-result-edited", "FUKUHON-004", "atena", "field",
        "中間サーバーの応答の文と内容を書き換えて返す。",
        "Answers of the intermediate server are rewritten.",
        {"edit_inquiry_result": True},
    ),
    Fault(
        "inquiry-result-with-integrated-number", "FUKUHON-004", "atena", "privacy",
        "照会の結果を、団体内統合宛名番号のまま返す。",
        "Results come back under the integrated number.",
        {"inquiry_result_number": "integrated"},
    ),
    Fault(
        "inquiry-results-mixed", "FUKUHON-004", "atena", "field",
        "一度得た照会の結果を、他の者の照会の結果としても返す。",
        "A result that was fetched once answers the inquiries about others too.",
        {"inquiry_result_for": "all"},
    ),
    Fault(
        "inquiry-results-crossed", "FUKUHON-004", "atena", "order",
        "二人の照会が並行するとき、得た結果を、後に依頼された照会の結果として返す。",
        "Of two inquiries under way the one made last is given the other's result.",
        {"inquiry_result_for": "newest"},
    ),
    Fault(
        "inquiry-kind-changed", "FUKUHON-004", "atena", "field",
        "依頼と異なる種類の情報を中間サーバーに照会する。",
        "Another kind of information is inquired than was requested.",
        wire=value("inquiry_submission", "information_kind", "FUKU1"),
    ),
    Fault(
        "inquiry-fetched-for-another", "FUKUHON-004", "atena", "field",
        "照会の結果を、他の者の団体内統合宛名番号で求める。",
        "A result is fetched under the integrated number of somebody else.",
        wire=value("inquiry_fetch", "integrated_number", "123456789012340"),
    ),
    Fault(
        "inquiry-result-not-fetched", "FUKUHON-005", "juki", "rule",
        "情報照会の結果の取得を求めない。",
        "The result of an inquiry is not asked for.",
        {"withheld": ("inquiry_result_request",)},
    ),
    Fault(
        "inquiry-result-of-another", "FUKUHON-005", "juki", "field",
        "別の照会番号で結果の取得を求める。",
        "The result is asked for by another number.",
        {"fetch_by": "other"},
    ),
    Fault(
        "inquiry-of-another-kind", "FUKUHON-005", "juki", "field",
        "求められたものと異なる種類の情報を照会する。",
        "Another kind of information is inquired than was asked for.",
        wire=value("inquiry_request", "information_kind", "FUKU1"),
    ),
    Fault(
        "inquiry-about-another", "FUKUHON-005", "juki", "field",
        "情報照会を、他の者の宛名番号で依頼する。",
        "An inquiry is made under the addressee number of somebody else.",
        wire=value("inquiry_request", "addressee_number", "123456789012340"),
    ),
    Fault(
        "inquiry-result-for-another", "FUKUHON-005", "juki", "field",
        "情報照会の結果の取得を、他の者の宛名番号で求める。",
        "A result is asked for under the addressee number of somebody else.",
        wire=value("inquiry_result_request", "addressee_number", "123456789012340"),
    ),
    Fault(
        "replica-only-with-notice", "FUKUHON-006", "juki", "rule",
        "本人確認情報を送らない修正では、副本を更新しない。",
        "A change that is not notified leaves the replica as it was.",
        {"replica_without_notice": False},
    ),
)  # fmt: skip
