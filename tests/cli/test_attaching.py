"""``denbun init``, ``adapter-check`` and ``doctor``, with the starter of every language."""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import subprocess

import pytest

from denbun.__main__ import ROOT
from denbun.init import LANGUAGES, STARTERS
from steps.attach.finding import CONVERSATION
from steps.attach.stamp import UNCHECKED, is_stamped, stamp
from steps.drivers.protocol import DriverError
from steps.sut import load_sut
from telegram_specs.network import SUT_ROLES
from tests.steps.attached import NETWORK, over_stdio

PAGE = (ROOT / "docs" / "sut-protocol.md").read_text("utf-8")
MOST_LINES, A_DOZEN = 150, 15
REFERENCE = "product: {name: x}\ndriver: {kind: reference}\npixit: {send_within: 2, settle: 0.01}\n"


@pytest.fixture
def begun(denbun, tmp_path):
    """Return a function that begins with a language; the starter is built where it has to be."""

    def begin(language):
        starter = LANGUAGES[language]
        tools = [starter.command[0], *shlex.split(starter.build)[:1]]
        if missing := [t for t in tools if not t.startswith("./") and not shutil.which(t)]:
            pytest.skip(f"no {missing[0]} here")
        said = denbun("init", tmp_path / "new", "--language", language, "--yes")
        assert said.code == 0, said.err
        if starter.build:
            build = shlex.split(starter.build)
            subprocess.run(build, cwd=tmp_path / "new", check=True, capture_output=True)
        return tmp_path / "new" / "sut.yaml"

    return begin


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_starter_unchanged_converses(begun, denbun, language):
    sut = begun(language)
    said = denbun("adapter-check", "--sut", sut, "--lang", "en")
    assert (said.code, said.err) == (2, "")
    assert said.out.endswith("conversation ok, system: none\n")
    assert "FAILED" not in said.out


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_starter_refuses_another_token(begun, language):
    starter = load_sut(begun(language)).driver
    env = {**os.environ, "DENBUN_TOKEN": "another"}
    driver, _ = over_stdio(starter.command, framing=starter.framing, cwd=starter.cwd, env=env)
    try:
        with pytest.raises(DriverError, match=r"^hello: wrong token$"):
            driver.start(NETWORK)
    finally:
        driver.stop()


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_starter_is_short(language):
    text = (STARTERS / LANGUAGES[language].file).read_text("utf-8")
    assert text.count("\n") <= MOST_LINES
    assert "docs/sut-protocol.md" in text


@pytest.mark.parametrize(("language", "fence"), [("python", "python"), ("node", "javascript")])
def test_a_dozen_lines_more_reach_the_wire(begun, denbun, language, fence):
    sut = begun(language)
    adapter = sut.with_name(LANGUAGES[language].file)
    section = PAGE.partition("**The first telegram.**")[2]
    (lines,) = re.findall(rf"```{fence}\n(    .*?)```", section, re.DOTALL)
    assert len([line for line in lines.splitlines() if line.strip()]) <= A_DOZEN
    before, mark, after = adapter.read_text("utf-8").partition("FIRST EVENT")
    rest = after.partition("\n")
    adapter.write_text(f"{before}{mark}{rest[0]}\n{lines}{rest[2]}", "utf-8")
    said = denbun("adapter-check", "--sut", sut, "--json")
    told = json.loads(said.out)
    event = next(check for check in told["checks"] if check["check"] == "event")
    assert (event["status"], event["seen"]) == ("ok", "juki → cs 住民票コード取得要求")
    assert (told["conversation"], told["system"], said.code) == ("ok", "partial", 2)


# -- init ----------------------------------------------------------------------------------


@pytest.mark.parametrize("role", SUT_ROLES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_what_init_writes_can_be_read(denbun, tmp_path, language, role):
    name = 'A"社: #1'
    said = denbun(
        "init", tmp_path / "new", "--language", language, "--role", role, "--name", name, "-y"
    )
    sut = load_sut(tmp_path / "new" / "sut.yaml")
    assert (sut.product.name, sut.role, sut.driver.framing) == (
        name,
        role,
        LANGUAGES[language].framing,
    )
    assert sut.driver.command == LANGUAGES[language].command
    assert f"denbun adapter-check --sut {tmp_path / 'new' / 'sut.yaml'}" in said.out
    assert f"denbun run --sut {tmp_path / 'new' / 'sut.yaml'}" in said.out


def test_init_asks_for_what_is_not_given(program, tmp_path):
    said = program("init", "new", given=b"node\ncs\nExample\n")
    assert said.code == 0
    sut = load_sut(tmp_path / "new" / "sut.yaml")
    assert (sut.product.name, sut.role, sut.driver.command[0]) == ("Example", "cs", "node")


INIT_USAGE = {
    "language": (
        ["--language", "fortran", "-y"],
        (
            "denbun: --language: unknown language. "
            f"expected one of {', '.join(LANGUAGES)}, got fortran"
        ),
    ),
    "role": (
        ["--role", "nws", "-y"],
        f"denbun: --role: unknown role. expected one of {', '.join(SUT_ROLES)}, got nws",
    ),
}


@pytest.mark.parametrize("name", INIT_USAGE)
def test_init_with_what_it_does_not_know(denbun, tmp_path, name):
    arguments, text = INIT_USAGE[name]
    said = denbun("init", tmp_path / "new", *arguments)
    assert (said.code, said.err) == (3, f"{text}\n")
    assert not (tmp_path / "new").exists()


def test_init_with_nobody_to_ask(program):
    said = program("init", "new", given=b"")
    assert said.code == 3
    assert said.err.endswith(
        "--language: not given and nobody to ask. expected the option, or --yes\n"
    )


@pytest.mark.parametrize("file", ["sut.yaml", "adapter.py"])
def test_init_overwrites_nothing(denbun, tmp_path, file):
    (tmp_path / file).write_text("mine")
    said = denbun("init", tmp_path, "--yes")
    assert said.code == 3
    assert said.err == (
        f"denbun: {tmp_path / file}: is there already. expected a folder without it\n"
    )
    assert [path.name for path in tmp_path.iterdir()] == [file]


# -- adapter-check and doctor ---------------------------------------------------------------


def test_a_passed_check_is_kept(denbun, tmp_path):
    sut = tmp_path / "sut.yaml"
    sut.write_text(REFERENCE)
    said = denbun("adapter-check", "--sut", sut)
    assert (said.code, said.out.splitlines()[-1]) == (0, "会話: 良、システム: 良")
    assert is_stamped(sut, role="juki")


@pytest.mark.parametrize("passed", [True, False])
def test_a_run_is_marked_unless_the_check_was_passed(program, tmp_path, passed):
    (tmp_path / "sut.yaml").write_text(REFERENCE)
    if passed:
        stamp(tmp_path / "sut.yaml", role="juki", passed=True)
    said = program("run", "--sut", "sut.yaml", "--tags", "@NUM-004.1", "--lang", "en")
    header = json.loads(
        (tmp_path / "conformance-report" / "results.jsonl").read_text("utf-8").splitlines()[0]
    )
    assert (UNCHECKED in header["marks"]) is not passed
    assert said.code == 0
    shown = (tmp_path / "conformance-report" / "report.html").read_text("utf-8")
    assert ("no passed adapter-check" in shown) is not passed


def test_every_failed_check_has_a_remedy(denbun, tmp_path):
    adapter = tmp_path / "adapter.py"
    adapter.write_text("print('ready', flush=True)\n")
    sut = tmp_path / "sut.yaml"
    sut.write_text("product: {name: x}\ndriver: {kind: stdio, command: [python3, adapter.py]}\n")
    said = denbun("adapter-check", "--sut", sut, "--json", "--lang", "en")
    told = json.loads(said.out)
    assert (said.code, told["conversation"], told["system"]) == (1, "broken", "none")
    (check,) = told["checks"]
    assert (check["check"], check["status"]) == ("hello", "failed")
    assert check["remedy"] == CONVERSATION["hello"].remedy_en
    assert not (tmp_path / "sut.yaml.checked").exists()


def test_the_doctor_lists_ports_and_remedies(begun, denbun):
    sut = begun("python")
    said = denbun("doctor", "--sut", sut, "--lang", "en")
    assert (said.code, said.err) == (1, "")
    assert "theirs: look at listens or pixit.addresses" in said.out
    assert re.search(r"harness → system  juki +cs_link +127\.0\.0\.1:9101 +TCP", said.out)


def test_the_doctor_is_content_with_a_whole_system(denbun, tmp_path):
    (tmp_path / "sut.yaml").write_text(REFERENCE)
    said = denbun("doctor", "--sut", tmp_path / "sut.yaml", "--json")
    told = json.loads(said.out)
    assert said.code == 0
    assert {check["status"] for check in told["checks"]} == {"ok"}
    assert told["ports"][0].keys() == {"way", "role", "link", "address", "protocol"}


@pytest.mark.parametrize("command", ["adapter-check", "doctor"])
def test_an_address_of_another_machine_is_no_fault_of_the_adapter(denbun, tmp_path, command):
    sut = tmp_path / "sut.yaml"
    sut.write_text(REFERENCE.replace("{send_within", "{bind: 192.0.2.10, send_within"))
    said = denbun(command, "--sut", sut)
    assert (said.code, "/pixit/bind: the bench cannot listen there (" in said.err) == (3, True)
