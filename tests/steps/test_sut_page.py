"""docs/sut-protocol.md: its messages, and its conversation tried on a real system."""

from __future__ import annotations

import json
import re
import sys
from collections import Counter
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from steps.attach.check import attached
from steps.pixit import REFERENCE_PIXIT
from steps.protocol_schema import schema
from steps.sut import Product, StdioChoice, SutFile
from telegram_specs import load_profile

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
PAGE = (ROOT / "docs" / "sut-protocol.md").read_text("utf-8")
BIRTH = PAGE.partition("## 9. ")[2].partition("## 10. ")[0]
WIRE = re.compile(r"^    (\w+) → (\w+) +(DB[0-9]{4}|(?:POST) /\S+|[0-9]{3}) ", re.MULTILINE)
EXAMPLES = [
    json.loads(line) for line in re.findall(r"^(?:[<>] )?(\{\"v\".*\})$", PAGE, re.MULTILINE)
]


def shape(value):
    """Return the names and types of a message, without its values."""
    match value:
        case dict():
            return {name: shape(member) for name, member in value.items()}
        case list():
            return [shape(member) for member in value[:1]]
    return type(value).__name__


def spoken(text):
    """Return (who, message) of every line of a conversation."""
    said = re.findall(r"^([<>]) (\{.*\})$", text, re.MULTILINE)
    return [(who, json.loads(message)) for who, message in said]


def test_every_message_of_the_page_keeps_to_the_schema():
    judge = Draft202012Validator(schema())
    assert len(EXAMPLES) > 25
    assert [e for e in EXAMPLES if not judge.is_valid(e)] == []


@pytest.fixture(scope="module")
def replayed(tmp_path_factory):
    """Do what the page's conversation does, on the reference; return what was said and sent."""
    log = tmp_path_factory.mktemp("page") / "log"
    command = [sys.executable, str(HERE / "tee.py"), str(log), sys.executable, "-m"]
    command += ["reference_impl", "--role", "juki", "--seed", "1"]
    sut = SutFile(
        product=Product(name="tee"),
        driver=StdioChoice(kind="stdio", command=tuple(command), cwd=ROOT),
        pixit=REFERENCE_PIXIT.model_copy(update={"quiet_within": 20.0, "command_within": 30.0}),
    )
    profile = load_profile()
    with attached(sut, role="juki", profile=profile, profile_folder=None, seed=1) as (bench, _):
        bench.start()
        handles, last = {}, None
        for who, message in spoken(BIRTH):
            if who == "<":
                handles[message.get("handle")] = last and last.handle
                continue
            args = _renamed(message.get("args", {}), handles)
            match message["cmd"]:
                case "provision":
                    codes = known_to_the_cs(bench) if message["kind"] == "stock" else {}
                    last = bench.provision("juki", message["kind"], args | codes)
                case "trigger" if message["action"] == "flush":
                    assert bench.quiesce()
                    last = None
                case "trigger":
                    began = len(bench.journal.records)
                    last = bench.act("juki", message["action"], args)
                case "observe":
                    last = bench.observe("juki", message["what"], args)
                case _:
                    last = None
        records = bench.journal.records[began:]
    return spoken(log.read_text("utf-8")), records


def known_to_the_cs(bench):
    """Let the CS give the two codes of the page's stock, as it accepts those only."""
    bench.act("juki", "fetch_codes", {"count": 2})
    assert bench.quiesce()
    lists = [r for r in bench.journal.records if r.telegram == "juminhyo_code_list"]
    return {"codes": [row["juminhyo_code"] for row in lists[-1].values["codes"]]}


def _renamed(args, handles):
    text = json.dumps(args)
    for ours, theirs in handles.items():
        if ours and theirs:
            text = text.replace(f'"{ours}"', json.dumps(theirs))
    return json.loads(text)


def test_the_conversation_of_the_page_is_what_is_said(replayed):
    real = {}
    for (_, command), (_, answer) in zip(replayed[0][::2], replayed[0][1::2], strict=True):
        name = command.get("kind") or command.get("action") or command.get("what")
        real[command["cmd"], name] = (command, answer)
    page = spoken(BIRTH)
    for (_, command), (_, answer) in zip(page[::2], page[1::2], strict=True):
        name = command.get("kind") or command.get("action") or command.get("what")
        asked, told = real[command["cmd"], name]
        assert shape(asked).keys() == shape(command).keys()
        assert told["status"] == answer["status"]
        assert shape(answer).keys() - {"alerts"} <= shape(told).keys()
        if command["cmd"] == "hello":
            assert asked["network"].keys() == command["network"].keys()
            assert asked["network"]["tls"].keys() == command["network"]["tls"].keys()
            assert command["network"]["links"].items() <= asked["network"]["links"].items()
        elif command["cmd"] == "observe":
            assert answer["data"].keys() <= told["data"].keys()


def test_the_telegrams_of_the_page_are_those_that_pass(replayed):
    profile, passed = load_profile(), Counter()
    for record in replayed[1]:
        if record.telegram == "receipt" or "juki" not in {record.sender, record.receiver}:
            continue
        spec = profile.specs.get(record.telegram)
        if record.http and record.http.status:
            name = str(record.http.status)
        elif record.http:
            name = f"{record.http.method} {record.http.target}"
        else:
            name = spec.wire_id
        passed[record.sender, record.receiver, name] += 1
    told = Counter(found for found in WIRE.findall(BIRTH) if "juki" in found[:2])
    receipts = Counter(f for f in told if f[2] == "DB9001")
    assert told - receipts == passed
