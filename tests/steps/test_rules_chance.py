"""Rules on randomness and one-way conversions: known regularities are found, chance is not."""

from __future__ import annotations

import random

import pytest

from reports.model import Place
from steps.judge.chance import regularity
from steps.judge.model import Breach, Result
from telegram_specs import check_digit
from tests.steps.conftest import Trial, evidence, record, rows

RANDOM = random.Random(1)
STOCK = [str(number) for number in RANDOM.sample(range(10**10, 10**11), 30)]
ASCENDING = sorted(STOCK)


def taking(stock, rank, count=8):
    """Return picks that always take the code at a rank (a function of what is left)."""
    left = list(stock)
    return [left.pop(rank(len(left))) for _ in range(count)]


REGULAR = {
    "in the order of the list": (STOCK[:8], "一覧の順に選ばれた"),
    "from its end": (taking(STOCK, lambda _: -1), "一覧の順に選ばれた"),
    "in every other place": (STOCK[:16:2], "一覧の順に選ばれた"),
    "by size": (ASCENDING[:8], "大きさの順に選ばれた"),
    "by size from the largest": (ASCENDING[::-1][:8], "大きさの順に選ばれた"),
    "from the middle of the list": (
        taking(STOCK, lambda size: size // 2),
        "いつも一覧の中央が選ばれた",
    ),
    "from the middle by size": (
        taking(ASCENDING, lambda size: size // 2),
        "いつも大きさの順の中央が選ばれた",
    ),
    "the third of what is left": (taking(STOCK, lambda _: 2), "一覧の順に選ばれた"),
    "the last but two of what is left": (
        taking(STOCK, lambda size: size - 3),
        "一覧の順に選ばれた",
    ),
}


@pytest.mark.parametrize(("picks", "seen"), REGULAR.values(), ids=REGULAR)
def test_a_regularity_has_a_name(picks, seen):
    assert regularity(STOCK, picks) == seen


def test_chance_is_hardly_ever_taken_for_a_rule():
    samples = (random.Random(seed).sample(STOCK, 8) for seed in range(500))
    assert [picks for picks in samples if regularity(STOCK, picks)] == []


REQUEST, LIST = "number_issue_request", "juminhyo_code_list"
PICKED = {"telegram": REQUEST, "item": "juminhyo_code", "stock": "stock", "words": "無作為"}


def requests(codes):
    return [record(REQUEST, {"juminhyo_code": code}) for code in codes]


AT_RANDOM = RANDOM.sample(STOCK, 6)

PICKED_AT_RANDOM = [
    Trial(
        "random",
        "picked_at_random",
        PICKED,
        evidence(*requests(AT_RANDOM), stock=STOCK),
        Result(looked_at=(1, 2, 3, 4, 5, 6)),
    ),
    Trial(
        "in-order",
        "picked_at_random",
        PICKED,
        evidence(*requests(STOCK[:5]), stock=STOCK),
        Result(
            (
                Breach(
                    "無作為",
                    "一覧の順に選ばれた",
                    "juki",
                    5,
                    Place(REQUEST, "juminhyo_code", 0, 11),
                    "住民票コード",
                ),
            ),
            (1, 2, 3, 4, 5),
        ),
    ),
    Trial(
        "too-small-a-sample",
        "picked_at_random",
        PICKED,
        evidence(*requests(STOCK[:4]), stock=STOCK),
        Result(unclear="標本が足りない (蓄積20件・付番5件以上を要する)", looked_at=(1, 2, 3, 4)),
    ),
    Trial(
        "too-small-a-stock",
        "picked_at_random",
        PICKED,
        evidence(*requests(STOCK[:5]), stock=STOCK[:19]),
        Result(unclear="標本が足りない (蓄積20件・付番5件以上を要する)", looked_at=(1, 2, 3, 4, 5)),
    ),
    Trial(
        "codes-from-elsewhere-are-no-sample",
        "picked_at_random",
        PICKED,
        evidence(*requests(["1", "2", "3", "4", "5"]), stock=STOCK),
        Result(unclear="標本が足りない (蓄積20件・付番5件以上を要する)"),
    ),
]

SEQUENCE = {"telegram": LIST, "item": "juminhyo_code", "words": "規則的でない"}


def listed(*bases):
    """Return a list of codes by their ten digits; the digit behind them is left out of account."""
    return record(LIST, {"codes": [{"juminhyo_code": f"{base}7"} for base in bases]})


def in_series(path, offset, seq=1):
    where = Place(LIST, path, offset, 11)
    return (Breach("規則的でない", "規則的な並び", "cs", seq, where, "住民票コード"),)


NOT_SEQUENTIAL = [
    Trial(
        "unordered",
        "not_sequential",
        SEQUENCE,
        evidence(listed(1000000003, 1000000001, 1000000004, 1000000002, 1000000005)),
        Result(looked_at=(1,)),
    ),
    Trial(
        "one-by-one",
        "not_sequential",
        SEQUENCE,
        evidence(listed(*range(1000000001, 1000000006))),
        Result(in_series("codes[4].juminhyo_code", 44), (1,)),
    ),
    Trial(
        "rising",
        "not_sequential",
        SEQUENCE,
        evidence(listed(1000000001, 1000000003), listed(1000000004, 1000000009, 2000000000)),
        Result(in_series("codes[2].juminhyo_code", 22, 2), (1, 2)),
    ),
    Trial(
        "falling",
        "not_sequential",
        SEQUENCE,
        evidence(listed(*range(1000000009, 1000000004, -1))),
        Result(in_series("codes[4].juminhyo_code", 44), (1,)),
    ),
    Trial(
        "too-small-a-sample",
        "not_sequential",
        SEQUENCE,
        evidence(listed(*range(1000000001, 1000000005))),
        Result(unclear="標本が足りない (5件以上を要する)"),
    ),
    Trial(
        "no-digits-no-sample",
        "not_sequential",
        SEQUENCE,
        evidence(record(LIST, {"codes": [{"juminhyo_code": "A"}] * 5})),
        Result(unclear="標本が足りない (5件以上を要する)"),
    ),
    Trial(
        "a-code-cut-to-one-digit",
        "not_sequential",
        SEQUENCE,
        evidence(
            record(LIST, {"codes": [{"juminhyo_code": "5"}]}),
            listed(1000000003, 1000000001, 1000000004, 1000000002, 1000000005),
        ),
        Result(looked_at=(2,)),
    ),
]

RESULT = "number_issue_result"
ONE_WAY = {
    "telegram": RESULT,
    "source": "juminhyo_code",
    "result": "individual_number",
    "words": "復元できない",
}
CODES = ("24846016224", "25208017643", "12345678903", "10000871090")


def pairs(convert, **members):
    return [
        record(RESULT, {"juminhyo_code": code, "individual_number": convert(code)}, **members)
        for code in CODES
    ]


def with_digit(base):
    return base + check_digit("individual_number", base)


def shuffled(code):
    """Return digits that depend on all digits of the code, and not one by one."""
    return with_digit(str(int(code) ** 7 % 10**11).zfill(11))


def readable(actual, seq=1):
    where = Place(RESULT, "individual_number", 11, 12)
    return (Breach("復元できない", actual, "cs", seq, where, "個人番号"),)


AS_IS, BY_RULE = "元の値がそのまま現れる", "一定の規則で元の値に戻る"
CONVERSIONS = {
    "the-code-itself": (with_digit, readable(AS_IS)),
    "the-code-behind-a-digit": (lambda code: with_digit(f"9{code[:-1]}"), readable(AS_IS)),
    "the-code-backwards": (lambda code: with_digit(code[-2::-1] + "0"), readable(AS_IS)),
    "the-code-plus-a-constant": (
        lambda code: with_digit(str(int(code) + 11111111111)),
        readable(BY_RULE, 4),
    ),
    "each-digit-plus-three": (
        lambda code: with_digit("".join(str((int(d) + 3) % 10) for d in code)),
        readable(BY_RULE, 4),
    ),
    "each-digit-plus-three-in-another-order": (
        lambda code: with_digit("".join(str((int(code[i * 3 % 11]) + 3) % 10) for i in range(11))),
        readable(BY_RULE, 4),
    ),
    "hashed": (shuffled, ()),
}

ONE_WAYS = [
    *(
        Trial(
            name,
            "one_way",
            ONE_WAY,
            evidence(*pairs(convert), parts=["cs"]),
            Result(breaches, (1, 2, 3, 4)),
        )
        for name, (convert, breaches) in CONVERSIONS.items()
    ),
    Trial(
        "too-small-a-sample",
        "one_way",
        ONE_WAY,
        evidence(*pairs(shuffled)[:3]),
        Result(unclear="標本が足りない (4件以上を要する)", looked_at=(1, 2, 3)),
    ),
    Trial(
        "no-digits-need-no-sample",
        "one_way",
        {
            **ONE_WAY,
            "telegram": "linkage_code_notice",
            "source": "acquisition_number",
            "result": "linkage_code",
        },
        evidence(
            record("linkage_code_notice", {"acquisition_number": "AB12", "linkage_code": "c0ffee"})
        ),
        Result(looked_at=(1,)),
    ),
    Trial(
        "the-whole-run-is-the-sample",
        "one_way",
        ONE_WAY,
        evidence(*pairs(shuffled), start=3),
        Result(looked_at=(1, 2, 3, 4)),
    ),
    Trial(
        "what-we-bent-is-no-sample",
        "one_way",
        ONE_WAY,
        evidence(*pairs(with_digit, fault="changed:individual_number")),
        Result(unclear="標本が足りない (4件以上を要する)"),
    ),
    Trial(
        "numbers-of-different-lengths",
        "one_way",
        ONE_WAY,
        evidence(*pairs(lambda code: "5" if code == CODES[1] else shuffled(code))),
        Result(unclear="標本が足りない (4件以上を要する)", looked_at=(1, 2, 3, 4)),
    ),
]

TRIALS = (*PICKED_AT_RANDOM, *NOT_SEQUENTIAL, *ONE_WAYS)


@pytest.mark.parametrize("trial", rows(*TRIALS))
def test_rule(trial):
    assert trial.run() == trial.expected
