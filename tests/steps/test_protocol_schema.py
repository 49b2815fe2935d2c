"""The JSON Schema and the OpenAPI document of the control protocol."""

from __future__ import annotations

import copy
import json
import subprocess
import sys
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from steps.drivers.http_endpoint import PATH
from steps.drivers.protocol import VERSION
from steps.protocol_schema import VERBS, openapi, schema
from telegram_specs.network import SUT_ROLES

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
SCHEMA = schema()


def validator(name):
    """Return the validator of one definition."""
    return Draft202012Validator({**SCHEMA, "anyOf": [{"$ref": f"#/$defs/{name}"}]})


MESSAGE, COMMAND = Draft202012Validator(SCHEMA), validator("command")


def definition(command):
    """Return the name of the definition of a command."""
    member = (
        "action" if command.get("action") == "flush" else VERBS.get(command["cmd"], ("", ""))[1]
    )
    return f"{command['cmd']}.{command[member]}" if member else command["cmd"]


def wrong(command, answer):
    """Return what the schema says against a command and its answer."""
    name = definition(command)
    told = f"{name}.answer" if f"{name}.answer" in SCHEMA["$defs"] else "answer"
    found = [*validator(name).iter_errors(command), *validator(told).iter_errors(answer)]
    return [f"{name}: {error.json_path} {error.message}" for error in found]


# -- the documents ---------------------------------------------------------------------------


def test_the_schema_is_a_schema():
    Draft202012Validator.check_schema(SCHEMA)


def test_the_openapi_document_is_one():
    meta = json.loads((HERE / "data" / "openapi-3.1.schema.json").read_text("utf-8"))
    document = openapi()
    Draft202012Validator(meta).validate(document)
    assert list(document["paths"]) == [PATH]
    for part in document["components"]["schemas"].values():
        Draft202012Validator.check_schema(part)


def test_every_reference_of_the_openapi_document_leads_somewhere():
    text = json.dumps(openapi())
    named = {part.split('"')[0] for part in text.split('"#/components/schemas/')[1:]}
    assert "#/$defs" not in text
    assert named <= openapi()["components"]["schemas"].keys()
    assert {"command", "answer", "observe.resident"} <= named


# -- messages ----------------------------------------------------------------------------------


def tee(folder, role):
    """Write a sut.yaml of the reference behind something that keeps what is said."""
    log = folder / f"{role}.log"
    reference = [sys.executable, "-m", "reference_impl", "--role", role, "--seed", "1"]
    command = [sys.executable, str(HERE / "tee.py"), str(log), *reference]
    (folder / "sut.yaml").write_text(
        json.dumps(
            {
                "product": {"name": "tee"},
                "role": role,
                "driver": {"kind": "stdio", "command": command, "cwd": str(ROOT)},
                "ics": ["provisional", "automatic_replenishment", "automatic_notice_import"],
                "pixit": {"settle": 0.005, "send_within": 0.3, "quiet_within": 4},
            }
        )
    )
    return folder / "sut.yaml", log


def conversation(log):
    """Return (command, answer) for all that a log holds."""
    said = [(line[0], json.loads(line[2:])) for line in log.read_text("utf-8").splitlines()]
    assert [who for who, _ in said] == [">", "<"] * (len(said) // 2)
    return list(zip([m for _, m in said[::2]], [m for _, m in said[1::2]], strict=True))


def recorded(folder, role, tags=None):
    sut, log = tee(folder, role)
    asked = ["--tags", tags] if tags else []
    command = [sys.executable, "-m", "denbun", "run", "--sut", sut, "--out", folder, *asked]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, check=False)
    assert done.returncode in {0, 1, 2}, done.stderr.decode()
    return conversation(log)


@pytest.fixture(scope="module")
def spoken(tmp_path_factory):
    return recorded(tmp_path_factory.mktemp("small"), "juki", "STOCK-001 or STOCK-004 or NUM-004")


def test_a_real_conversation_keeps_to_the_schema(spoken):
    assert [found for command, answer in spoken for found in wrong(command, answer)] == []
    assert not [c["seq"] for c, a in spoken if not (MESSAGE.is_valid(c) and MESSAGE.is_valid(a))]
    assert {definition(command) for command, _ in spoken} >= {
        "hello",
        "provision.household",
        "provision.stock",
        "trigger.birth",
        "trigger.fetch_codes",
        "trigger.flush",
        "observe.resident",
        "stop",
    }


@pytest.mark.slow
@pytest.mark.parametrize("role", SUT_ROLES)
def test_every_conversation_keeps_to_the_schema(tmp_path, role):
    spoken = recorded(tmp_path, role)
    assert [found for command, answer in spoken for found in wrong(command, answer)] == []


def without(*path):
    def bend(message):
        *above, last = path
        for name in above:
            message = message[name]
        del message[last]

    return bend


def with_(value, *path):
    def bend(message):
        *above, last = path
        for name in above:
            message = message[name]
        message[last] = value

    return bend


BROKEN_COMMANDS = {
    "no-seq": ("trigger.birth", without("seq")),
    "version": ("trigger.birth", with_(VERSION + 1, "v")),
    "seq-is-a-text": ("trigger.birth", with_("4", "seq")),
    "no-nonce": ("hello", without("nonce")),
    "unknown-role": ("hello", with_("juuki", "role")),
    "peer-without-port": ("hello", with_("127.0.0.1", "network", "peers", "cs", "tcp")),
    "unknown-verb": ("stop", with_("halt", "cmd")),
    "unknown-action": ("trigger.birth", with_("berth", "action")),
    "no-child": ("trigger.birth", without("args", "child")),
    "no-birth-date": ("trigger.birth", without("args", "child", "birth_date")),
    "sex-of-no-code": ("trigger.birth", with_("3", "args", "child", "sex")),
    "date-of-another-form": ("trigger.birth", with_("2026/05/01", "args", "child", "birth_date")),
    "unknown-argument": ("trigger.birth", with_("x", "args", "colour")),
    "short-code": ("provision.household", with_("1234567890", "args", "head", "juminhyo_code")),
    "codes-as-numbers": ("provision.stock", with_([22222222226], "args", "codes")),
    "count-as-text": ("trigger.fetch_codes", with_("20", "args", "count")),
}


@pytest.mark.parametrize("name", BROKEN_COMMANDS)
def test_a_broken_command_is_refused(spoken, name):
    kind, bend = BROKEN_COMMANDS[name]
    command = copy.deepcopy(next(c for c, _ in spoken if definition(c) == kind))
    assert COMMAND.is_valid(command)
    bend(command)
    assert not COMMAND.is_valid(command)


BROKEN_ANSWERS = {
    "no-seq": ("trigger.birth", without("seq")),
    "unknown-status": ("trigger.birth", with_("done", "status")),
    "no-handle": ("trigger.birth", without("handle")),
    "empty-handle": ("trigger.birth", with_("", "handle")),
    "alerts-as-text": ("trigger.birth", with_("stock_low", "alerts")),
    "alert-without-code": ("trigger.birth", with_([{"text": "x"}], "alerts")),
    "unknown-stage": ("trigger.birth", with_("middle", "stage")),
    "no-data": ("observe.resident", without("data")),
    "no-number": ("observe.resident", without("data", "individual_number")),
    "letters-for-digits": ("observe.resident", with_("12a", "data", "juminhyo_code")),
    "status-of-no-code": ("observe.resident", with_("gone", "data", "status")),
    "no-nonce": ("hello", without("nonce")),
    "listens-without-port": ("hello", with_({"juki": {"tcp": "here"}}, "listens")),
    "listens-on-an-unknown-wire": ("hello", with_({"juki": {"udp": "h:1"}}, "listens")),
}


@pytest.mark.parametrize("name", BROKEN_ANSWERS)
def test_a_broken_answer_is_refused(spoken, name):
    kind, bend = BROKEN_ANSWERS[name]
    found = next(a for c, a in spoken if definition(c) == kind and a["status"] == "ok")
    answer, judge = copy.deepcopy(found), validator(f"{kind}.answer")
    assert judge.is_valid(answer)
    bend(answer)
    assert not judge.is_valid(answer)


@pytest.mark.parametrize("status", ["rejected", "unsupported", "error", "pending"])
def test_only_what_was_done_tells_data(status):
    assert validator("observe.resident.answer").is_valid({"seq": 1, "status": status})
    assert not validator("observe.resident.answer").is_valid({"seq": 1, "status": "ok"})
