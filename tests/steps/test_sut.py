"""sut.yaml: what is filled in, and what a mistake in it is told as."""

from __future__ import annotations

import pytest

from steps.ics import OPTIONS
from steps.pixit import REFERENCE_PIXIT, Pixit
from steps.sut import load_sut, reference_sut
from telegram_specs import SpecError
from telegram_specs.network import SUT_ROLES

SMALL = """\
product: {name: 住民記録}
driver:
  kind: stdio
  command: [python, adapter.py]
"""
ATTACHED = "product: {name: 住民記録}\ndriver: {kind: reference}\n"


@pytest.fixture
def load(tmp_path):
    """Return a function that loads a text as sut.yaml."""

    def read(text: str):
        path = tmp_path / "sut.yaml"
        path.write_text(text, encoding="utf-8")
        return load_sut(path)

    return read


def test_the_smallest_file(load, tmp_path):
    sut = load(SMALL)
    assert (sut.product.name, sut.product.version) == ("住民記録", "")
    assert (sut.role, sut.ics, sut.pixit) == ("juki", (), Pixit())
    assert sut.driver.command == ("python", "adapter.py")
    assert sut.driver.cwd == tmp_path / "."
    assert not sut.driver.managed


def test_a_whole_file(load, tmp_path):
    sut = load(
        """\
product: {name: 住民記録, version: "0010"}
role: cs
driver: {kind: stdio, command: [./adapter], cwd: tools, managed: true}
ics: [provisional]
pixit:
  bind: 0.0.0.0
  ports: {juki: {tcp: "19101", http: "19102"}}
  addresses: {cs: {tcp: "cs.example:9111"}}
  tls: false
  settle: "0.5"
  municipality_code: "999024"
  client_id: one
  client_secret: synthetic-secret
  gyomu_client_id: two
  gyomu_client_secret: synthetic-secret-too
"""
    )
    assert sut.product.version == "0010"
    assert (sut.role, sut.ics, sut.driver.managed) == ("cs", ("provisional",), True)
    assert sut.driver.cwd == tmp_path / "tools"
    assert sut.pixit.ports == {"juki": {"tcp": 19101, "http": 19102}}
    assert sut.pixit.addresses_by_role() == {"cs": {"tcp": "cs.example:9111"}}
    assert (sut.pixit.tls, sut.pixit.settle) == (False, 0.5)
    assert sut.pixit.client_of("juki") == ("one", "synthetic-secret")
    assert sut.pixit.client_of("gyomu") == ("two", "synthetic-secret-too")
    assert "synthetic-secret" not in repr(sut)


def test_an_absolute_folder_is_kept(load, tmp_path):
    assert load(f"{SMALL}  cwd: {tmp_path}\n").driver.cwd == tmp_path


DRIVERS = {
    "{kind: http, url: 'http://127.0.0.1:8080'}": ["http 127.0.0.1:8080"],
    "{kind: http, url: 'http://localhost:8080/'}": ["http 127.0.0.1:8080"],
    "{kind: http, url: 'http://[::1]:8080'}": ["http ::1:8080"],
    "{kind: http, url: 'https://juki.example', remote: true}": ["http juki.example:443"],
    "{kind: spool, in: a, out: b, framing: kv}": ["spool HERE/a"],
    "{kind: stdio, command: [a, b]}": ["stdio HERE ('a', 'b') []"],
    "{kind: operator}": ["HERE/sut.yaml"],
    "{kind: operator, port: 8080}": ["operator 8080"],
    "{kind: managed, start: [a], cwd: x, control: {kind: spool, in: a, out: b}}": [
        "managed HERE/x ('a',) []",
        "spool HERE/a",
    ],
    "{kind: managed, start: [a], control: {kind: stdio, command: [b]}}": ["managed HERE ('a',) []"],
}


@pytest.mark.parametrize("driver", DRIVERS)
def test_what_identifies_a_system(load, tmp_path, driver):
    sut = load(f"product: {{name: x}}\ndriver: {driver}\n")
    found = [name.replace(str(tmp_path), "HERE") for name in sut.identities()]
    assert found == DRIVERS[driver]


def test_an_address_identifies_a_system_whatever_drives_it(load, tmp_path):
    at = "pixit: {addresses: {juki: {tcp: 'localhost:9101', http: '192.0.2.7:443'}}}\n"
    places = ["address 127.0.0.1:9101", "address 192.0.2.7:443"]
    own = "stdio HERE ('a',) ['127.0.0.1:9101', '192.0.2.7:443']"
    for driver, first in (("{kind: stdio, command: [a]}", own), ("{kind: operator, port: 1}", "")):
        sut = load(f"product: {{name: x}}\ndriver: {driver}\n{at}")
        found = [name.replace(str(tmp_path), "HERE") for name in sut.identities()]
        assert found == [first or "operator 1", *places]


def test_folders_are_counted_from_the_file(load, tmp_path):
    sut = load(
        "product: {name: x}\n"
        "driver: {kind: managed, start: [a], control: {kind: spool, in: a, out: /b}}\n"
    )
    control = sut.driver.control
    assert (control.inbox, str(control.outbox)) == (tmp_path / "a", "/b")


@pytest.mark.parametrize("role", SUT_ROLES)
def test_the_reference_is_attached_like_any_other(role):
    sut = reference_sut(role)
    assert (sut.role, sut.driver.kind, sut.identities()) == (role, "reference", ())
    assert (sut.ics, sut.pixit) == (tuple(OPTIONS), REFERENCE_PIXIT)


PORTS = {
    "free-ones": "{ports: {cs: {tcp: 0}, atena: {http: 0}}}",
    "elsewhere": "{addresses: {juki: {tcp: '192.0.2.1:9111'}}, ports: {cs: {tcp: 9111}}}",
    "of-a-file-for-two-roles": (
        "{addresses: {juki: {tcp: '127.0.0.1:9101'}, cs: {tcp: '127.0.0.1:9111'}},"
        " ports: {juki: {tcp: 9101}, cs: {tcp: 9111}}}"
    ),
}


@pytest.mark.parametrize("name", PORTS)
def test_ports_that_are_in_nobodys_way(load, name):
    assert load(f"{ATTACHED}pixit: {PORTS[name]}\n").pixit.ports["cs"]


BROKEN = {
    "unknown-key": (
        f"{SMALL}rolle: cs\n",
        (
            "sut.yaml:5 /rolle: unknown key. "
            "expected a key that may stand here, got `rolle`; did you mean `role`?"
        ),
    ),
    "unknown-key-deeper": (
        f"{ATTACHED}pixit:\n  setle: 1\n",
        (
            "sut.yaml:4 /pixit/setle: unknown key. "
            "expected a key that may stand here, got `setle`; did you mean `settle`?"
        ),
    ),
    "unknown-key-like-no-other": (
        f"{ATTACHED}xyzzy: 1\n",
        "sut.yaml:3 /xyzzy: unknown key. expected a key that may stand here, got `xyzzy`",
    ),
    "no-product": (
        "driver: {kind: reference}\n",
        "sut.yaml:1: key missing. expected `product`, got no such key",
    ),
    "no-command": (
        "product: {name: x}\ndriver:\n  kind: stdio\n",
        "sut.yaml:2 /driver: key missing. expected `command`, got no such key",
    ),
    "unknown-role": (
        f"{ATTACHED}role: jukki\n",
        (
            "sut.yaml:3 /role: wrong value. "
            "expected 'juki', 'cs', 'atena', 'chukan' or 'shinsei', got `jukki`"
        ),
    ),
    "unknown-driver": (
        "product: {name: x}\ndriver: {kind: telepathy}\n",
        (
            "sut.yaml:2 /driver/kind: wrong value. expected 'stdio', 'http', 'spool', "
            "'managed', 'operator' or 'reference', got `telepathy`"
        ),
    ),
    "no-driver-kind": (
        "product: {name: x}\ndriver: {command: [a]}\n",
        "sut.yaml:2 /driver: key missing. expected `kind`, got no such key",
    ),
    "command-is-empty": (
        "product: {name: x}\ndriver: {kind: stdio, command: []}\n",
        "sut.yaml:2 /driver/command: wrong value. expected at least one entry, got nothing",
    ),
    "unknown-framing": (
        "product: {name: x}\ndriver: {kind: stdio, command: [a], framing: xml}\n",
        "sut.yaml:2 /driver/framing: wrong value. expected 'json' or 'kv', got `xml`",
    ),
    "key-of-another-driver": (
        "product: {name: x}\ndriver:\n  kind: spool\n  in: a\n  out: b\n  url: x\n",
        "sut.yaml:6 /driver/url: unknown key. expected a key that may stand here, got `url`",
    ),
    "no-port": (
        "product: {name: x}\ndriver: {kind: http, url: 'http://127.0.0.1:99999'}\n",
        "sut.yaml:2 /driver: `url` is wrong. expected http://HOST:PORT, got `http://127.0.0.1:99999`",
    ),
    "no-host": (
        "product: {name: x}\ndriver: {kind: http, url: 'http://[::1'}\n",
        "sut.yaml:2 /driver: `url` is wrong. expected http://HOST:PORT, got `http://[::1`",
    ),
    "no-url": (
        "product: {name: x}\ndriver: {kind: http, url: 'host:80'}\n",
        "sut.yaml:2 /driver: `url` is wrong. expected http://HOST:PORT, got `host:80`",
    ),
    "no-such-port": (
        "product: {name: x}\ndriver: {kind: http, url: 'http://127.0.0.1:99999'}\n",
        (
            "sut.yaml:2 /driver: `url` is wrong. expected http://HOST:PORT, "
            "got `http://127.0.0.1:99999`"
        ),
    ),
    "no-address": (
        "product: {name: x}\ndriver: {kind: http, url: 'http://[::1:80'}\n",
        "sut.yaml:2 /driver: `url` is wrong. expected http://HOST:PORT, got `http://[::1:80`",
    ),
    "no-name-of-a-host": (
        f"{ATTACHED}pixit:\n  addresses: {{juki: {{tcp: 'a..b:80'}}}}\n",
        "sut.yaml:4 /pixit/addresses: not host:port: 'a..b:80'",
    ),
    "not-on-this-machine": (
        "product: {name: x}\ndriver: {kind: http, url: 'http://192.0.2.7:80'}\n",
        (
            "sut.yaml:2 /driver: `url` is not on this machine. expected a loopback address such as "
            "127.0.0.1, or `remote: true` beside it, got `http://192.0.2.7:80`"
        ),
    ),
    "one-port-twice": (
        f"{ATTACHED}pixit:\n  ports:\n    cs: {{tcp: 9111}}\n    atena: {{http: 9111}}\n",
        (
            "sut.yaml:6 /pixit/ports/atena/http: the bench's cs tcp is there. "
            "expected a port of its own, or 0 for any, got 9111"
        ),
    ),
    "one-port-for-both-wires": (
        f"{ATTACHED}role: cs\npixit: {{ports: {{juki: {{tcp: 9101, http: 9101}}}}}}\n",
        (
            "sut.yaml:4 /pixit/ports/juki/http: the bench's juki tcp is there. "
            "expected a port of its own, or 0 for any, got 9101"
        ),
    ),
    "port-of-the-system": (
        (
            f"{ATTACHED}pixit:\n  addresses: {{juki: {{tcp: '127.0.0.1:9111'}}}}\n"
            "  ports: {cs: {tcp: 9111}}\n"
        ),
        (
            "sut.yaml:5 /pixit/ports/cs/tcp: the system's juki tcp is there. "
            "expected a port of its own, or 0 for any, got 9111"
        ),
    ),
    "port-of-the-page": (
        (
            "product: {name: x}\ndriver: {kind: operator, port: 9111}\n"
            "pixit: {ports: {cs: {tcp: 9111}}}\n"
        ),
        (
            "sut.yaml:3 /pixit/ports/cs/tcp: the page of `driver` is there. "
            "expected a port of its own, or 0 for any, got 9111"
        ),
    ),
    "one-folder": (
        "product: {name: x}\ndriver: {kind: spool, in: a, out: a}\n",
        "sut.yaml:2 /driver: `in` and `out` are one folder. expected two, got `a`",
    ),
    "managed-by-nothing": (
        "product: {name: x}\ndriver:\n  kind: managed\n  start: [a]\n",
        "sut.yaml:2 /driver: key missing. expected `control`, got no such key",
    ),
    "managed-by-itself": (
        (
            "product: {name: x}\ndriver:\n  kind: managed\n  start: [a]\n"
            "  control: {kind: managed}\n"
        ),
        (
            "sut.yaml:5 /driver/control/kind: wrong value. "
            "expected 'stdio', 'http' or 'spool', got `managed`"
        ),
    ),
    "background-without-stop": (
        (
            "product: {name: x}\ndriver:\n  kind: managed\n  start: [a]\n  background: true\n"
            "  control: {kind: http, url: 'http://localhost:1'}\n"
        ),
        "sut.yaml:2 /driver: `stop` is missing. expected one, as `background` is true",
    ),
    "deadline-of-no-command": (
        f"{ATTACHED}pixit: {{deadlines: {{birth: 3}}}}\n",
        (
            "sut.yaml:3 /pixit/deadlines/birth: wrong value. expected 'hello', 'provision', "
            "'trigger', 'flush', 'observe', 'clock', 'reset' or 'stop', got `birth`"
        ),
    ),
    "port-is-a-word": (
        f"{ATTACHED}pixit:\n  ports:\n    cs: {{tcp: many}}\n",
        "sut.yaml:5 /pixit/ports/cs/tcp: wrong value. expected a whole number, got `many`",
    ),
    "port-beyond-the-last": (
        f"{ATTACHED}pixit:\n  ports:\n    cs: {{tcp: 99999}}\n",
        (
            "sut.yaml:5 /pixit/ports/cs/tcp: wrong value. "
            "expected less than or equal to 65535, got `99999`"
        ),
    ),
    "negative-port": (
        f"{ATTACHED}pixit:\n  ports:\n    cs: {{tcp: -1}}\n",
        (
            "sut.yaml:5 /pixit/ports/cs/tcp: wrong value. "
            "expected greater than or equal to 0, got `-1`"
        ),
    ),
    "unknown-bench-role": (
        f"{ATTACHED}pixit:\n  ports: {{css: {{tcp: 1}}}}\n",
        (
            "sut.yaml:4 /pixit/ports: unknown role 'css'. "
            "expected one of juki, cs, nws, atena, chukan, shinsei, portal, gyomu, "
            "juki_b, shinsei_b"
        ),
    ),
    "no-host-and-port": (
        f"{ATTACHED}pixit:\n  addresses: {{juki: {{tcp: localhost}}}}\n",
        "sut.yaml:4 /pixit/addresses: not host:port: 'localhost'",
    ),
    "wrong-check-digit": (
        f"{ATTACHED}pixit:\n  municipality_code: '999017'\n",
        (
            "sut.yaml:4 /pixit/municipality_code: "
            "not a municipality code with its check digit: '999017'"
        ),
    ),
    "no-municipality-code": (
        f"{ATTACHED}pixit:\n  municipality_code: here\n",
        "sut.yaml:4 /pixit/municipality_code: not a municipality code with its check digit: 'here'",
    ),
    "unknown-option": (
        f"{ATTACHED}ics: [provisonal]\n",
        (f"sut.yaml:3 /ics: unknown option 'provisonal'. expected one of {', '.join(OPTIONS)}"),
    ),
    "command-is-one-text": (
        "product: {name: x}\ndriver: {kind: stdio, command: python a.py}\n",
        "sut.yaml:2 /driver/command: wrong value. expected a sequence, got `python a.py`",
    ),
    "time-is-a-word": (
        f"{ATTACHED}pixit: {{settle: soon}}\n",
        "sut.yaml:3 /pixit/settle: wrong value. expected a number, got `soon`",
    ),
    "unknown-wire": (
        f"{ATTACHED}pixit:\n  ports:\n    cs: {{udp: 1}}\n",
        "sut.yaml:5 /pixit/ports/cs/udp: wrong value. expected 'tcp' or 'http', got `udp`",
    ),
    "no-time-at-all": (
        f"{ATTACHED}pixit: {{settle: 0}}\n",
        "sut.yaml:3 /pixit/settle: wrong value. expected greater than 0, got `0`",
    ),
    "duplicate-key": (
        f"{ATTACHED}role: juki\nrole: cs\n",
        "sut.yaml:4: key given twice. expected one, got another role",
    ),
    "not-yaml": (
        "product: {name: x\n",
        (
            "sut.yaml:2: not YAML (did not find expected ',' or '}'). expected YAML, "
            "got something else"
        ),
    ),
    "a-list": (
        "- product\n",
        "sut.yaml:1: wrong document. expected a mapping, got a sequence",
    ),
    "empty": ("", "sut.yaml:1: wrong document. expected a mapping, got nothing"),
    "several-mistakes": (
        "product: {nam: x}\nrole: x\n",
        (
            "sut.yaml:1 /product: key missing. expected `name`, got no such key\n"
            "sut.yaml:1 /product/nam: unknown key. "
            "expected a key that may stand here, got `nam`; did you mean `name`?\n"
            "sut.yaml:2 /role: wrong value. "
            "expected 'juki', 'cs', 'atena', 'chukan' or 'shinsei', got `x`\n"
            "sut.yaml:1: key missing. expected `driver`, got no such key"
        ),
    ),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_file(load, name):
    text, told = BROKEN[name]
    with pytest.raises(SpecError) as caught:
        load(text)
    assert str(caught.value) == told
