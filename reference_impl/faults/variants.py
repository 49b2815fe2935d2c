"""Correct variants: shapes that the public text allows beside the reference's own."""

from __future__ import annotations

from reference_impl.faults.model import Variant

__all__ = ["VARIANTS"]

VARIANTS: tuple[Variant, ...] = (
    Variant(
        "two-step-notice", "juki",
        "個人番号のない本人確認情報（記載）を先に送り、受領の後に修正として番号を送る。",
        "The entry is notified without the number, which follows as a correction.",
        {"two_step_notice": True},
    ),
    Variant(
        "addressee-first", "juki",
        "本人確認情報より先に付番依頼を送る。",
        "The addressee request is sent before the identity notice.",
        {"addressee_first": True},
    ),
    Variant(
        "register-notice-too", "juki",
        "戸籍附票記載事項通知を併せて送る。",
        "The family register notice goes out too.",
        {"send_register_notice": True},
    ),
    Variant(
        "stock-counted-before", "juki",
        "付番直前の件数でアラートを判定する。",
        "The count before the numbering decides on the stock alert.",
        {"count_stock_before": True},
    ),
    Variant(
        "faulty-list-refused", "juki",
        "誤りの行がある一覧を、全体として拒否する。",
        "A list with a faulty row is refused as a whole.",
        {"refuse_faulty_list": True},
    ),
    Variant(
        "unmapped-refused", "juki",
        "変換できない文字のある氏名を、代替せずに入力時に拒否する。",
        "A name that cannot be converted is rejected at input instead of substituted.",
        {"reject_unmapped": True},
    ),
    Variant(
        "dates-checked-at-final", "juki",
        "異動日と届出日の誤りを、入力時でなく本登録時に拒否する。",
        "Wrong dates are rejected at the final registration, not at input.",
        {"check_dates_at": "final"},
    ),
    Variant(
        "remainder-one-skipped", "juki",
        "検査数字の余りが1となる宛名番号・世帯番号を付番しない。",
        "Addressee and household numbers whose check digit has remainder 1 are not issued.",
        {"skip_remainder_one": True},
    ),
    Variant(
        "basic-client", "juki",
        "client_secret_basicでアクセストークンを求める。",
        "The token is asked for with client_secret_basic.",
        {"client_auth": "client_secret_basic"},
    ),
    Variant(
        "broken-frame-closes", "juki",
        "長さや終端の誤った電文には応答せず、接続を閉じる。",
        "Bytes that are no telegram get no answer; the connection is closed.",
        {"on_broken": "close"},
    ),
    Variant(
        "repeated-request-refused", "cs",
        "同じ住民票コードの再度の生成要求を、エラーとして断る。",
        "A second number request for one code is refused.",
        {"repeated_request": "refuse"},
    ),
    Variant(
        "integrated-number-in-message", "atena",
        "処理結果メッセージの文中に団体内統合宛名番号を示す。",
        "The text of the result message shows the integrated number.",
        {"message_text": "integrated_number"},
    ),
)  # fmt: skip
"""Every correct variant; ids are unique and differ from those of the faults."""
