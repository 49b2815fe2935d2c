"""The English of what the judge says: whole phrases, and what stands inside of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

EXPECTED: Mapping[str, str] = {
    "「{person}」の「{label}」が{times}送信される": '"{label}" about "{person}" is sent {times}',
    "「{label}」が{times}送信される": '"{label}" is sent {times}',
    "個人番号を含む「本人確認情報」が{times}送信される": (
        "an identity notice with an individual number is sent {times}"
    ),
    "修正前の個人番号を含む、個人番号の修正の本人確認情報": (
        "an identity notice of a changed individual number that tells the former one"
    ),
    "「{label}」は送信されない": 'no "{label}" is sent',
    "「{label}」は「{after}」より後に送信される": '"{label}" is sent after "{after}"',
    "「{label}」は一度だけ送信される": '"{label}" is sent once only',
    "「{label}」を伴わない異動": 'an event without "{label}"',
    "出生の「本人確認情報」より後に送信される": "sent after the identity notice of the birth",
    "消除は記載より前に送信される": "the removal is sent before the entry",
    "「{label}」を正常に受け付ける": '"{label}" is accepted',
    "「{label}」を受け付けず、異常を応答する": '"{label}" is refused with an error',
    "誤りのある「{label}」を受け付けず、異常を示す": (
        'a faulty "{label}" is not accepted, and the error is shown'
    ),
    "誤りのある一覧の全体を拒む": "a faulty list is refused as a whole",
    "一覧の正常な住民票コード{count}件のすべてを記載に用いられる": (
        "all {count} right juminhyo codes of the list can be used"
    ),
    "要求の通番 {serial} を示す電文": "a telegram that refers to serial {serial} of the request",
    "先に届いた要求の通番 を示す電文": "a telegram that refers to the serial of an earlier request",
    "先に届いた要求の通番を示す電文": "a telegram that refers to the serial of an earlier request",
    "プロファイルに定めのある電文": "a telegram of the profile",
    "errorsのない応答": "an answer without errors",
    "HTTP {status}で拒む": "refused with HTTP {status}",
    "異動履歴は、前の異動を残したまま増える": "the history grows and keeps the former events",
    "「{person}」は住民に戻らない": '"{person}" does not become a resident again',
    "「{person}」の国籍の異動の「本人確認情報」が送信される": (
        'an identity notice on the change of nationality of "{person}" is sent'
    ),
    "「{person}」の電文は失われず、受け付けられるまで送られる": (
        'no telegram about "{person}" is lost; it is sent until it is accepted'
    ),
    "すべての文字が送られるか、代替文字・エラー・確認によって示される": (
        "every character is sent, or a substitute, an error or a question shows that it is not"
    ),
    "終了せずに処理を続ける": "the system goes on and does not end",
    "一人に一つの個人番号": "one individual number for one person",
    "本人確認情報は、法令に定める事項だけを含む": (
        "an identity notice holds only what the law provides for"
    ),
    "法令に定める事項だけを含む": "only what the law provides for",
    "個人番号は、番号利用事務の電文の個人番号の項目だけに現れる": (
        "individual numbers stand only in their own items of telegrams that may carry them"
    ),
    "宛名番号と個人番号は、表示の要求への応答を除き、中間サーバーへ送られない": (
        "addressee numbers and individual numbers are not sent to the intermediate server, "
        "but for the answer to a display request"
    ),
    "住民票コードは、団体内統合宛名機能へ送られない": (
        "juminhyo codes are not sent to the integrated addressee system"
    ),
    "住民記録システムの電文に、団体内統合宛名番号は現れない": (
        "no integrated number in telegrams of the resident record system"
    ),
    "住民記録システムへの電文では、団体内統合宛名番号は宛名番号に変換される": (
        "towards the resident record system, integrated numbers become addressee numbers"
    ),
    "符号は、住民記録システムへの電文に現れない": (
        "no linkage code in telegrams to the resident record system"
    ),
    "符号の取得を終えた取得番号は、以後の電文に現れない": (
        "an acquisition number is not used again once its linkage code was acquired"
    ),
    "アクセストークンはAuthorizationヘッダだけで送る": (
        "access tokens are sent in the Authorization header only"
    ),
    "「{text}」旨のアラートが表示される": 'an alert is shown: "{text}"',
    "住民票コードが少ない旨のアラートが表示される": "an alert says that juminhyo codes run low",
    "住民票コードが少ない旨のアラートは表示されない": ("no alert says that juminhyo codes run low"),
    "「{label}」のエラーが示される": 'an error about "{label}" is shown',
    "注意が示されるか、受け付けられない": "a warning is shown, or it is refused",
    "出生の本登録が受け付けられないか、アラートが表示される": (
        "the final entry of the birth is refused, or an alert is shown"
    ),
    "新規入力が抑止されるか、従前の宛名番号が引き継がれる": (
        "a new entry is prevented, or the former addressee number is kept"
    ),
    "転入通知は、電文で一度だけ受け付けられるか、紙で行われる": (
        "the move-in notice is accepted once as a telegram, or goes on paper"
    ),
    "「{person}」に個人番号は記載されない": 'no individual number is entered for "{person}"',
    "「{person}」に符号は結び付かない": 'no linkage code is tied to "{person}"',
    "「{person}」に符号が結び付く": 'a linkage code is tied to "{person}"',
    "「{person}」について先に取得した符号": 'the linkage code acquired before for "{person}"',
    "「{person}」のカードは{state}": 'the card of "{person}" is: {state}',
    "住民票の「{person}」の{item}": '{item} of "{person}" in the record',
    "「{label}」の「{item}」と同じ値": 'the value of "{item}" in "{label}"',
    "{entry}の「本人確認情報」": "an identity notice: {entry}",
    "届け出られた{item}": "{item} as reported",
    "届け出られた値": "the value as reported",
    "命名された氏名": "the name that was given",
    "受領した個人番号": "the individual number that was received",
    "変更の結果として受領した個人番号": "the individual number received by the change",
    "指定された住民票コードの一つ": "one of the designated juminhyo codes",
    "住民票に記載した住民票コード": "the juminhyo code in the record",
    "蓄積から無作為に選ばれた値": "a value picked from the stock at random",
    "住民票コードを復元できる規則性を備えない値": (
        "a value without a rule that leads back to the juminhyo code"
    ),
    "個人番号でも住民票コードでもない値": (
        "a value that is neither an individual number nor a juminhyo code"
    ),
    "同じ住民票コードには同じ個人番号": "the same individual number for the same juminhyo code",
    "従前のいずれとも異なる個人番号": "an individual number that is none of the former ones",
    "それまでのどれとも異なる値": "a value that was not there before",
    "{count}通りの、以前のどれとも異なる値": "{count} values that were not there before",
    "{count}種類の値": "{count} different values",
    "互いに異なる値": "values that differ from one another",
    "送信のたびに異なる通番": "another serial with each telegram",
    "正しい検査数字": "a right check digit",
    "検査数字を除いて連番の値": "serial values, but for the check digit",
    "規則的でない並び": "an order without a rule",
    "{count}桁の数字": "{count} digits",
    "{count}秒以内": "within {count} seconds",
    "要求の宛名番号": "the addressee number of the request",
    "要求の値": "the value of the request",
    "記載されていた値": "the value that was in the record",
    "全角に変換された振り仮名": "furigana made full-width",
    "番号の変換を除いて、中間サーバーの応答のとおり": (
        "as the intermediate server answered, but for the conversion of numbers"
    ),
    "本登録の順の{item}": "{item} in the order of the final entries",
    "変更後の個人番号が、従前又は新たな団体内統合宛名番号で知られる": (
        "the changed individual number is known under the former or a new integrated number"
    ),
    "変更前後の個人番号の更新依頼、又は変更後の個人番号の付番依頼": (
        "an update with both individual numbers, or a request with the changed one"
    ),
    "{what}は受け付けられる": "{what} is accepted",
    "{what}は受け付けられない": "{what} is refused",
    "{what}は受け付けられるか、既に済んでいる": "{what} is accepted, or was done before",
    "{what}は、受け付けられても受け付けられなくてもよい": "{what} may be accepted or refused",
    "通知された番号による符号の取得の開始が受け付けられる": (
        "a linkage start with the notified number is accepted"
    ),
    "「{person}」は消除されている": '"{person}" is removed',
    "「{person}」は消除されていない": '"{person}" is not removed',
    "「{person}」は転入通知未着者一覧に{state}": (
        'on the list of missing notices, "{person}" {state}'
    ),
    "「{person}」の転入通知の「{item}」は職員に{state}": (
        'of the move-in notice of "{person}", "{item}" is {state} to staff'
    ),
    "「{person}」に相違があると示される": 'a difference is shown for "{person}"',
    "「{person}」に相違がないと示される": 'no difference is shown for "{person}"',
    "「{person}」の出生の記録が残っている": 'the birth of "{person}" is still recorded',
    "「{person}」に付番された番号か空": 'the number given to "{person}" or nothing',
    "「{person}」に付番された{item}": 'the {item} given to "{person}"',
    "「{person}」と「{other}」の{item}": '{item} of "{person}" and "{other}"',
    "誰も特定されない": "nobody is identified",
    "シリアル番号に該当する者がいないことが示される": (
        "it is shown that nobody has the serial number"
    ),
    "特例を適用する": "the special rule applies",
    "特例を適用しない": "the special rule does not apply",
    "稼働の状態が「{state}」と示される": 'the service status is shown as "{state}"',
    "統合宛名フラグが設定されている": "the flag for integrated addressees is set",
    "統合宛名フラグが設定されていない": "the flag for integrated addressees is not set",
    "他業務から参照できる": "other systems can refer to it",
    "他業務から参照できない": "other systems cannot refer to it",
    "照会の結果が{state}ことが示される": "the result of the inquiry is shown as {state}",
    "符号取得要求が{state}ことが示される": "the linkage code request is shown as {state}",
    "来庁予定に転出証明書情報が結び付いている": (
        "the planned visit has the certificate information"
    ),
    "来庁予定に転出証明書情報が結び付いていない": (
        "the planned visit does not have the certificate information"
    ),
    "転出証明書情報は保持されている": "the certificate information is kept",
    "転出証明書情報は消去されている": "the certificate information is erased",
    "提出された転出証明書の{item}": "{item} of the certificate that was handed in",
    "受信した転出証明書情報の{item}": "{item} of the certificate information received",
    "戸籍の表示と年金の事項は記載されない": ("no family register and no pension items are entered"),
    "自団体の蓄積は{count}件": "the municipality's own stock is {count}",
    "宛先は{places}": "receivers: {places}",
    "団体内統合宛名番号に変換された副本": "the replica with its numbers made integrated numbers",
    "宛名番号による副本": "a replica under addressee numbers",
    "空のエラーリスト": "an empty list of errors",
    "操作の順の区分": "the kinds in the order of the operations",
    "{item}でない": "not {item}",
    "{item}だけのレコード": "records with this {item} only",
    "{item}だけのエラーリスト": "a list of errors with this {item} only",
    "{item}のレコード": "records with the {item}",
    "{item}のエラーリスト": "a list of errors with the {item}",
    "未使用の{item}の一つ": "one unused {item}",
    "異動の前と同じ{item}": "the same {item} as before the event",
    "新しい{item}": "new {item}",
    "正しい{item}": "right {item}",
    "従前の{item}": "former {item}",
    "以前の{item}": "former {item}",
    "以前からの{item}": "{item} as it always was",
    "記載済みの{item}": "{item} entered before",
    "変更前の{item}": "{item} before the change",
    "転入前の{item}": "{item} before the move-in",
    "転出前の{item}": "{item} before the move-out",
    "消除前の{item}": "{item} before the removal",
    "転居後の{item}": "{item} after the move",
    "転居前の「{person}」の{item}": '{item} of "{person}" before the move',
    "修正した{item}": "corrected {item}",
    "受信した{item}": "received {item}",
    "除票の{item}": "{item} of the removed record",
    "その除票の{item}": "{item} of that removed record",
    "その請求の番号": "the number of that request",
    "その市町村の{item}": "{item} of that municipality",
    "不詳の{item}": "unknown {item}",
    "一度目に変更した{item}": "{item} changed first",
    "一度目に記載した{item}": "{item} entered first",
    "誤って記載された{item}": "{item} entered by mistake",
    "世帯主「{person}」の{item}": '{item} of "{person}", the head of the household',
    "市町村{place}の{item}": "{item} of municipality {place}",
    "市町村B又は市町村Cの市町村コード": "municipality code of B or C",
    "構成自治体{place}の{item}": "{item} of member {place}",
    "「{person}」の{item}は{state}": 'of "{person}", {item}: {state}',
    "「{person}」の続柄「{value}」": 'relation "{value}" of "{person}"',
    "続柄「{value}」": 'relation "{value}"',
    "「{person}」の{item}": '{item} of "{person}"',
    "HTTP {status}、{codes}と「{text}」": 'HTTP {status}, {codes} and "{text}"',
    "HTTP {status}と「{text}」": 'HTTP {status} and "{text}"',
    "空 ({why})": "empty ({why})",
    "{item}に該当なし": "no {item}",
}
"""What was expected."""

ACTUAL: Mapping[str, str] = {
    "送信されない": "not sent",
    "送信された": "sent",
    "{count}件送信された": "sent {count} times",
    "「{label}」より前に送信された": 'sent before "{label}"',
    "前に送信された": "sent before it",
    "消除だけが送信された": "only the removal was sent",
    "先に送信された": "sent first",
    "{count}件送信され、{number}通りの値": "{count} sent, with {number} different values",
    "{count}回送信され、受け付けられていない": "sent {count} times, never accepted",
    "受け付けられていない": "not accepted",
    "応答がない": "no answer",
    "処理結果 {result}": "result {result}",
    "受け付けられた": "accepted",
    "拒まれた ({stage})": "refused ({stage})",
    "アラートが表示された": "the alert was shown",
    "アラートは表示されない": "no such alert was shown",
    "誤りの符号: {codes}": "error codes: {codes}",
    "詳細「」": "no detail",
    "詳細「{text}」": 'detail "{text}"',
    "異なる文": "another text",
    "errorsがある": "errors are listed",
    "同じ番号についての元の応答がないのに示された値": (
        "a value although no original answer is about the same number"
    ),
    "元の応答と異なる値": "another value than in the original answer",
    "変更後の個人番号が、どの番号でも知られていない": (
        "the changed individual number is known under no number"
    ),
    "伝えられない": "not told",
    "その値が現れた": "such a value is there",
    "定めのない箇所にその値が現れた": "such a value is where no item is",
    "{place}にその値が現れた": "such a value is in {place}",
    "役目を終えた値が現れた ({item})": "a value that had served its purpose is there ({item})",
    "Authorizationヘッダにない": "not in the Authorization header",
    "他の場所にもある": "elsewhere, too",
    "定めのない電文 ({count}バイト)": "an unknown telegram ({count} bytes)",
    "同じ内容が別の通番で送信された (記録{number})": (
        "the same contents were sent under another serial (record {number})"
    ),
    "{value} (記録{number}と同じ値)": "{value} (the value of record {number})",
    "{value} (以前から使われている値)": "{value} (in use before)",
    "「{person}」と同じ値": 'the value of "{person}"',
    "同じ者に別の個人番号": "another individual number for the same person",
    "前の異動が書き換えられた": "a former event was overwritten",
    "{count}件のまま増えない": "still {count}, it does not grow",
    "新たに付番された": "a new one was given out",
    "{count}件、うち{number}件は異なる値": "{count}, of which {number} differ",
    "「{person}」が含まれていない": '"{person}" is not in it',
    "{count}件のうち{number}件しかない": "only {number} of {count}",
    "順序又は値が異なる": "another order, or other values",
    "順序が異なる": "another order",
    "前の番号との差 {step}": "{step} from the number before",
    "{count}件が用いられない": "{count} cannot be used",
    "示されない": "not shown",
    "{count}文字が黙って失われた": "{count} characters were lost silently",
    "送信もされず、異常も示されない": "neither sent nor shown as an error",
    "規則的な並び": "an order with a rule",
    "元の値がそのまま現れる": "the original value is in it as it is",
    "一定の規則で元の値に戻る": "a fixed rule leads back to the original value",
    "一覧の順に選ばれた": "picked in the order of the list",
    "大きさの順に選ばれた": "picked in the order of size",
    "いつも{name}の{where}が選ばれた": "always the {where} one {name} was picked",
    "いつも{name}の同じ位置が選ばれた": "always the same place {name} was picked",
    "自ら終了した ({note})": "ended by itself ({note})",
    "長さが{count}文字でなく{number}文字": "{number} characters long, not {count}",
    "{number}文字目から異なる": "differs from character {number} on",
    "{code} {meaning}": "{code} {meaning}",
    "同じ違反がほかに{more}件": "the same breach {more} times more",
}
"""What was there instead, and notes on it."""

REASONS: Mapping[str, str] = {
    "{requirement}: {what}": "{requirement}: {what}",
    "操作の結果が分からない": "nobody knows how the operation came out",
    "操作が別の理由で拒まれた": "the operation was refused for another reason",
    "操作が行われなかった: {what}": "an operation was not done: {what}",
    "判定の根拠となるものが観測されていない": "nothing was observed that a verdict could rest on",
    "「{label}」がない": 'there is no "{label}"',
    "「{label}」がまだない": 'there is no "{label}" yet',
    "誤りのある「{label}」が届いていない": 'no faulty "{label}" has arrived',
    "正しい「{label}」が受理されない": 'a right "{label}" is not accepted',
    "「{label}」が{count}件届いていない": '"{label}" has not come {count} times',
    "該当する電文がない": "there is no such telegram",
    "該当する電文又は比べる値がない": "there is no such telegram, or no value to compare with",
    "該当するレコード又は比べる値がない": "there is no such record, or no value to compare with",
    "比べる値を照会できない": "the value to compare with cannot be looked up",
    "比べる電文がそろっていない": "not all telegrams to compare are there",
    "「{label}」と「{after}」の両方が送信されてはいない": (
        '"{label}" and "{after}" were not both sent'
    ),
    "「{person}」の記載と修正の「本人確認情報」がそろっていない": (
        'not both identity notices of "{person}", entry and correction, are there'
    ),
    "両方の電文が送信されてはいない": "not both telegrams were sent",
    "人数分の電文がない": "there are fewer telegrams than people",
    "照会できない": "it cannot be looked up",
    "異動履歴を照会できない": "the history cannot be looked up",
    "エラーの一覧を照会できない": "the list of errors cannot be looked up",
    "要求が送信されていない": "the request was not sent",
    "依頼が送信されていない": "the request was not sent",
    "変更の結果が受領されていない": "the result of the change was not received",
    "表示の応答も番号の通知もない": "there is neither a display response nor a number notice",
    "二度の応答がない": "there are no two answers",
    "{count}件以上の番号がない": "there are fewer than {count} numbers",
    "現れてはならない値がまだない": "there is no value yet that must stay away",
    "役目を終えた値がまだない": "there is no value yet that has served its purpose",
    "標本が足りない ({count}件以上を要する)": "the sample is too small ({count} are needed)",
    "標本が足りない (蓄積20件・付番5件以上を要する)": (
        "the sample is too small (a stock of 20 and 5 picks are needed)"
    ),
    "電文の往来が静まらなかった": "the telegrams did not come to rest",
    "計画した障害が起きなかった: 「{label}」（{what}）": (
        'a planned fault met no telegram: "{label}" ({what})'
    ),
    "ICSで主張されない: {what} ({option})": "the ICS does not claim {option}",
    "終了していたため、再び起動した ({note})": "it had ended and was started again ({note})",
    "続けて{count}件、試験対象又はアダプタのために完了しなかったので、残りは実行しない ({why})": (
        "{count} cases in a row were not completed because of the system or the adapter; "
        "the rest is not run ({why})"
    ),
    "ベンチの役割 {role}: {what}": "role {role} of the bench: {what}",
    "相手方 {role}: {what}": "counterpart {role}: {what}",
    "「{label}」に応答がない": 'no answer to "{label}"',
    "「{label}」の処理結果 {result}": '"{label}" has the result {result}',
    "「{label}」への結果がない": 'no result of "{label}"',
    "操作の後に電文がない": "no telegram after the operation",
    "「{label}」を促す電文がない": 'nothing that asks for "{label}"',
    "障害を受けた「{label}」が再び送信された": '"{label}" was disturbed and sent again',
    "「{person}」の{event}が本登録されなかった": 'the {event} of "{person}" was not entered',
    "住民票コードを取得できなかった": "no juminhyo codes could be fetched",
}
"""Why nothing was decided."""

OBSERVED: Mapping[str, str] = {
    "「{label}」は再び送信される": '"{label}" is sent again',
    "「{label}」は再び送信されない": '"{label}" is not sent again',
    "先に送信されたのは「{label}」": '"{label}" was sent first',
    "本人確認情報: 個人番号を含む記載を一度に送る": (
        "identity notice: entry and individual number at once"
    ),
    "本人確認情報: 記載を先に、個人番号を修正として送る": (
        "identity notice: the entry first, the individual number as a correction"
    ),
    "国籍の異動の本人確認情報: {way}": "identity notice of a change of nationality: {way}",
    "{what}の本人確認情報: {way}": "identity notice of {what}: {way}",
    "個人番号の変更: 新たな番号を付番する": (
        "change of an individual number: a new number is given out"
    ),
    "個人番号の変更: 番号は変わらない": "change of an individual number: the number stays",
    "個人番号の変更: 更新として伝える": "change of an individual number: told as an update",
    "個人番号の変更: 新たな付番として伝える": (
        "change of an individual number: told as a new request"
    ),
    "同じ者の再度の要求: {way}": "a second request for the same person: {way}",
    "新規入力を抑止する": "a new entry is prevented",
    "再転入者として引き継ぐ": "taken over as a return",
    "電文は送られない（紙による通知）": "no telegram (the notice goes on paper)",
    "回線の復旧後に電文で伝える": "told by telegram when the line is up again",
    "変換できない文字: {way}": "characters without a code: {way}",
    "個人番号の受領後に、番号を含む本人確認情報を1通だけ送る方式": (
        "one identity notice with the number, after its receipt"
    ),
}
"""Which permitted variant was seen."""

PHRASES: Mapping[str, str] = {**EXPECTED, **ACTUAL, **REASONS, **OBSERVED}
