"""Steps: the API that numbers people who are not residents."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_bdd import given, then, when

from steps.clock import now
from steps.judge.answers import ACCEPTED, result_of
from steps.scene import Unprepared
from steps.sentences.proof import proof
from steps.sentences.token import expire_tokens
from steps.vocabulary import says
from steps.waiting import await_telegram
from telegram_specs import check_digit

if TYPE_CHECKING:
    from steps.scene import Scene

REQUEST, ANSWER = "jutogai_request", "jutogai_response"
KINDS = {"新規付番": "0", "既存の宛名番号による登録": "1"}
BASE = "8800000"
DONE, FAILED, REFUSED = (
    "登録が完了しました。",
    "エラーが発生しました。",
    "アクセストークンが無効です。",
)
CODES = {"E0001かE0004": ["E0001", "E0004"]}


def values_of(
    scene: Scene, name: str, kind: str = "新規付番", *, barred: str = "0"
) -> dict[str, str]:
    """Return what a business system tells of somebody who is not a resident."""
    if name not in scene.people:
        scene.people[name] = scene.world.residents.adult(name)
    person = scene.people[name]
    today = scene.today()
    return {
        "shorikubun": KINDS[kind],
        "shikuchosonkodo": scene.bench.pixit.municipality_code,
        "kojinbango": person.facts["individual_number"],
        "shimei": person.name,
        "seibetsu": person.sex,
        "seinengappi": person.birth_date,
        "jusho_yubinbango": person.household.postal_code,
        "gyomuid": "011",
        "nayosemotofuragu": "0",
        "tagyomusanshofukafuragu": barred,
        "sosashaid": "op0001",
        "sosanengappi": today.isoformat(),
        "sosajikoku": f"{now():%H:%M:%S}",
    }


def ask(scene: Scene, values: dict[str, str]) -> None:
    """Let the business system call the API."""
    scene.stimulate()
    scene.bench.act("gyomu", "request_jutogai", {"values": values})
    await_telegram(scene, REQUEST)
    scene.quiet()


def given_number(name: str) -> str:
    """Return a 宛名番号 that the municipality has for somebody already; always the same one."""
    base = BASE + str(sum(map(ord, name)) % 90 + 10)
    return base + check_digit("addressee_number", base)


@proof(REQUEST)
def prove_jutogai(scene: Scene) -> None:
    """Let somebody be numbered and see that it was done; else INCONCLUSIVE."""
    ask(scene, values_of(scene, "誠"))
    evidence = scene.evidence()
    asked = list(evidence.telegrams(REQUEST))
    answer = evidence.answer_to(asked[-1]) if asked else None
    if answer is None or result_of(answer) != ACCEPTED:
        raise Unprepared("正しい「住登外者宛名番号付番要求」が受理されない")
    scene.window = None


@given("業務システムのアクセストークンの期限が切れている")
def token_old(scene: Scene) -> None:
    scene.bench.new_token("gyomu", "atena")
    expire_tokens(scene, "gyomu")


@when(says("業務システムが住登外者「{name:Name}」の{kind:Kind}を求める"))
def asked(scene: Scene, name: str, kind: str) -> None:
    values = values_of(scene, name, kind)
    values |= {"atenabango": given_number(name)} if kind != "新規付番" else {}
    ask(scene, values)


@when(says("業務システムが氏名未定の住登外者「{name:Name}」の新規付番を求める"))
def asked_without_name(scene: Scene, name: str) -> None:
    values = values_of(scene, name)
    wanted = {"shorikubun", "shikuchosonkodo", "nayosemotofuragu", "tagyomusanshofukafuragu"}
    own = {"sosashaid", "sosanengappi", "sosajikoku"}
    ask(scene, {item: text for item, text in values.items() if item in wanted | own})


@when(
    says("業務システムが住登外者「{name:Name}」の{kind:Kind}を、他業務参照不可フラグを立てて求める")
)
def asked_barred(scene: Scene, name: str, kind: str) -> None:
    values = values_of(scene, name, kind, barred="1")
    values |= {"atenabango": given_number(name)} if kind != "新規付番" else {}
    ask(scene, values)


def judge_answer(scene: Scene, status: int, words: str, **more: object) -> None:
    """Judge the answer of the API to the last request."""
    scene.judge("api_answer", telegram=REQUEST, status=status, words=words, **more)


@then("その要求には、200と登録の完了が応答される")
def done(scene: Scene) -> None:
    judge_answer(scene, 200, f"HTTP 200と「{DONE}」", details=[DONE])


@then(says("その要求には、400と{codes}が応答される"))
def failed(scene: Scene, codes: str) -> None:
    allowed = CODES.get(codes, [codes])
    judge_answer(scene, 400, f"HTTP 400、{codes}と「{FAILED}」", codes=allowed, details=[FAILED])


@then("その要求は400で拒まれ、誤りの符号が観測される")
def failed_somehow(scene: Scene) -> None:
    judge_answer(scene, 400, f"HTTP 400と「{FAILED}」", details=[FAILED], tell=True)


@then("最初の要求には、errorsのない401が応答される")
def refused(scene: Scene) -> None:
    scene.judge("first_refused", telegram=REQUEST, status=401)
    scene.judge("plain_refusal", telegram=REQUEST, detail=REFUSED)


@then(says("「住登外者宛名番号付番結果」の宛名番号は、要求の宛名番号である"))
def same_number(scene: Scene) -> None:
    scene.judge(
        "item_same",
        telegram=ANSWER,
        item="result[0].atenabango",
        other=REQUEST,
        other_item="atenabango",
        words="要求の宛名番号",
    )


@then("「住登外者宛名番号付番結果」は、要求の市区町村コードと操作者・操作日時を含む")
def echoed(scene: Scene) -> None:
    for item in ("shikuchosonkodo", "sosashaid", "sosanengappi", "sosajikoku"):
        names = {"telegram": ANSWER, "item": f"result[0].{item}", "other": REQUEST}
        scene.judge("item_same", other_item=item, words="要求の値", **names)


@then("付番された宛名番号の検査数字は正しく、それまでのどれとも異なる")
def number_good(scene: Scene) -> None:
    item = {"telegram": ANSWER, "item": "atenabango"}
    scene.judge("check_digit", kind="addressee_number", words="正しい検査数字", **item)
    scene.judge("items_distinct", words="それまでのどれとも異なる値", **item)


@then("再度の要求に応じた番号が観測される")
def repeated(scene: Scene) -> None:
    scene.judge("repetition_told", telegram=ANSWER, item="atenabango")


@then(says("その者の情報は、他業務から参照{way:Way}"))
def barred(scene: Scene, way: str) -> None:
    scene.quiet()
    found = list(scene.evidence().telegrams(ANSWER))
    rows = (found[-1].values or {}).get("result") if found else None
    if not rows:
        raise Unprepared("付番されていない")
    data = scene.observe("atena", "jutogai", {"atenabango": str(rows[0]["atenabango"])})
    if data is not None:
        scene.keep("barred", "できない" if data.get("barred") else "できる")
    words = f"他業務から参照{way}"
    scene.judge("observed_is", key="barred", role="atena", expected=[way], words=words)
