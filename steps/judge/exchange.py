"""Rules on exchanges: what is passed on, and the answers of the published API."""

from __future__ import annotations

from typing import TYPE_CHECKING

from steps.judge.content import breach_at
from steps.judge.model import Breach, Evidence, Result, rule
from steps.judge.selection import select
from steps.judge.values import items, place, value_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from reports.transcript import Record

__all__ = ["api_answer", "number_kept_or_renewed", "passed_on", "repetition_told"]

NOTHING_TO_COMPARE = "比べる電文がそろっていない"
NO_ORIGINAL = "同じ番号についての元の応答がないのに示された値"


@rule("passed_on")
def passed_on(
    evidence: Evidence,
    *,
    telegram: str,
    source: str,
    about: str,
    converted: Sequence[str],
    own: Mapping[str, Sequence[str]],
    words: str,
) -> Result:
    """Judge that the last such telegram about each says what the last ``source`` about it said.

    Both answer a request, which names by the item ``about`` what it is about. The source may have
    come before the window, at any time of the run; what came while the request was under way may
    or may not be said yet. ``converted`` are the items that stand for one another; how both are
    written is free. ``own`` holds, by item, the texts that may be said before a source has said
    anything.
    """
    last = {_asked(evidence, record, about): record for record in select(evidence, telegram)}
    sources = select(evidence, source, run=True)
    breaches: list[Breach] = []
    looked: list[int] = []
    for asked, record in last.items():
        before = (one for one in sources if one.seq < record.seq)
        given = [one for one in before if _asked(evidence, one, about) == asked]
        earlier = [one for one in given if one.seq < (record.answers or record.seq)]
        valid = given[max(len(earlier) - 1, 0) :]
        unlike = {one.seq: _unlike(record, one, converted) for one in valid}
        seq = next((one for one, paths in unlike.items() if not paths), max(unlike, default=0))
        told = [path for path, text in items(record) if text not in own.get(path, (text,))]
        if not earlier and not told and unlike.get(seq, [NO_ORIGINAL]):
            continue
        looked += (seq, record.seq) if seq else ()
        actual = "元の応答と異なる値" if seq else NO_ORIGINAL
        breaches += [breach_at(record, p, words, actual) for p in unlike.get(seq, told)]
    unclear = None if breaches or looked else NOTHING_TO_COMPARE
    return Result(tuple(breaches), tuple(looked), unclear=unclear)


def _unlike(record: Record, source: Record, converted: Sequence[str]) -> list[str]:
    """Return the items that two answers do not say alike."""
    actual = {path: text for path, text in items(record) if path not in converted}
    expected = {path: text for path, text in items(source) if path not in converted}
    paths = dict.fromkeys((*actual, *expected))
    return [path for path in paths if actual.get(path, "") != expected.get(path, "")]


def _asked(evidence: Evidence, record: Record, item: str) -> str:
    """Return the text of an item in the request that a record answers, or else in itself."""
    return value_of(evidence.records[record.answers - 1] if record.answers else record, item)


@rule("api_answer")
def api_answer(
    evidence: Evidence,
    *,
    telegram: str,
    status: int,
    words: str,
    codes: Sequence[str] = (),
    details: Sequence[str] = (),
    tell: bool = False,
) -> Result:
    """Judge the answer to the last such request: HTTP status, error codes and fixed text.

    Every error must have one of ``codes``, and there must be one; without ``codes`` there must be
    no error. With ``tell`` any code will do, and the report names what was seen.
    """
    asked = [record for record in select(evidence, telegram) if not record.answers]
    if not asked:
        return Result(unclear="要求が送信されていない")
    answer = evidence.answer_to(asked[-1])
    if answer is None:
        return Result((Breach(words, "応答がない", asked[-1].receiver),), (asked[-1].seq,))
    looked = (asked[-1].seq, answer.seq)
    seen = answer.http.status if answer.http else None
    errors = [(path, text) for path, text in items(answer) if path.endswith("].code")]
    told = [text for _, text in errors]
    observed = f"誤りの符号: {'、'.join(dict.fromkeys(told)) or 'なし'}"
    faults: list[tuple[str, str | None]] = []
    if seen != status:
        faults.append((f"HTTP {seen}", None))
    if not tell and (not set(told) <= set(codes) or (codes and not told)):
        wrong = (path for path, text in errors if text not in codes)
        faults.append((observed, next(wrong, None)))
    if details and value_of(answer, "detail") not in details:
        faults.append((f"詳細「{value_of(answer, 'detail')}」", "detail"))
    if not faults:
        several = tell or len(codes) > 1
        return Result(looked_at=looked, observed=observed if several else None)
    where = faults[0][1] if len(faults) == 1 else None
    actual = "、".join(text for text, _ in faults)
    breach = Breach(words, actual, answer.sender, answer.seq, place(answer, where))
    return Result((breach,), looked)


@rule("plain_refusal")
def plain_refusal(evidence: Evidence, *, telegram: str, detail: str) -> Result:
    """Judge that the first answer with a refused token has the fixed text and lists no errors."""
    asked = next((r for r in select(evidence, telegram) if not r.answers), None)
    answer = evidence.answer_to(asked) if asked else None
    if answer is None:
        return Result(unclear="応答がない")
    breaches = []
    if value_of(answer, "detail") != detail:
        breaches.append(breach_at(answer, "detail", detail, "異なる文"))
    listed = next((path for path, _ in items(answer) if path.startswith("errors[")), None)
    if listed:
        breaches.append(breach_at(answer, listed, "errorsのない応答", "errorsがある"))
    return Result(tuple(breaches), (answer.seq,))


@rule("number_kept_or_renewed")
def number_kept_or_renewed(
    evidence: Evidence, *, number: str, integrated: str, words: str
) -> Result:
    """Judge that a changed individual number is known under the old integrated number or a new one.

    Both are permitted; the report names the one that was seen.
    """
    shown = list(evidence.telegrams("display_response"))
    renewed = [
        record
        for record in evidence.telegrams("integrated_number_notice")
        if value_of(record, "integrated_number") != integrated
    ]
    looked = tuple(record.seq for record in (*shown, *renewed))
    if not looked:
        return Result(unclear="表示の応答も番号の通知もない")
    if renewed:
        return Result(looked_at=looked, observed="個人番号の変更: 新たな番号を付番する")
    if any(value_of(record, "individual_number") == number for record in shown):
        return Result(looked_at=looked, observed="個人番号の変更: 番号は変わらない")
    actual = "変更後の個人番号が、どの番号でも知られていない"
    return Result(
        (Breach(words, actual, shown[-1].sender, shown[-1].seq, place(shown[-1])),), looked
    )


@rule("number_change_told")
def number_change_told(
    evidence: Evidence, *, former: str, received: Sequence[str], words: str
) -> Result:
    """Judge that a changed individual number is passed on, as an update or as a new request.

    Both are permitted; the report names the one that was seen.
    """
    if not received:
        return Result(unclear="変更の結果が受領されていない")
    updates = list(evidence.telegrams("addressee_update"))
    requests = list(evidence.telegrams("addressee_request"))
    looked = tuple(record.seq for record in (*updates, *requests))
    for record in updates:
        told = [value_of(record, f"{which}individual_number") for which in ("former_", "")]
        if told == [former, received[0]]:
            return Result(looked_at=looked, observed="個人番号の変更: 更新として伝える")
    if any(value_of(record, "individual_number") == received[0] for record in requests):
        return Result(looked_at=looked, observed="個人番号の変更: 新たな付番として伝える")
    return Result((Breach(words, "伝えられない", "juki"),), looked, closed=True)


@rule("repetition_told")
def repetition_told(evidence: Evidence, *, telegram: str, item: str) -> Result:
    """Tell whether a repeated request is answered with the same value or with another."""
    found = [
        text
        for record in select(evidence, telegram)
        for path, text in items(record)
        if path.rpartition(".")[2] == item
    ]
    looked = tuple(record.seq for record in select(evidence, telegram))
    if len(found) < 2:  # noqa: PLR2004 - a repetition is two
        return Result(unclear="二度の応答がない", looked_at=looked)
    way = "同じ番号" if found[-1] == found[-2] else "新たな番号"
    return Result(looked_at=looked, observed=f"同じ者の再度の要求: {way}")
