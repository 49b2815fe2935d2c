"""Two ``sut.yaml``: which systems they make, and what makes no pair."""

from __future__ import annotations

from pathlib import Path

import pytest

from steps.pair import load_systems
from telegram_specs import SpecError

YAML = "product: {{name: {name}}}\nrole: {role}\ndriver: {{kind: reference}}\n{more}"


@pytest.fixture
def write(tmp_path):
    """Return a function that writes a sut.yaml and gives its path."""

    def at(name, role, more=""):
        path = tmp_path / f"{name}.yaml"
        path.write_text(YAML.format(name=name, role=role, more=more), "utf-8")
        return path

    return at


def test_no_file_is_the_reference():
    systems = load_systems((), None)
    assert (systems.sut.driver.kind, systems.role, systems.counterpart) == (
        "reference", "juki", None,
    )  # fmt: skip
    assert load_systems((), "cs").role == "cs"


def test_one_file_is_the_system_under_test(write):
    systems = load_systems((write("a", "cs"),), None)
    assert (systems.sut.product.name, systems.role, systems.counterpart) == ("a", "cs", None)
    assert load_systems((write("a", "cs"),), "juki").role == "juki"
    assert systems.pixit is systems.sut.pixit


@pytest.mark.parametrize(
    ("roles", "taken"),
    [
        (("juki", "cs"), "cs"),
        (("cs", "juki"), "juki"),
        (("atena", "chukan"), "chukan"),
        (("juki", "juki"), "juki_b"),
        (("shinsei", "shinsei"), "shinsei_b"),
    ],
)
def test_the_second_takes_its_role_or_that_of_the_other_municipality(write, roles, taken):
    systems = load_systems((write("a", roles[0]), write("b", roles[1])), None)
    assert (systems.role, systems.counterpart.role) == (roles[0], taken)
    assert systems.counterpart.sut.product.name == "b"


def test_the_other_municipality_brings_its_code(write):
    code = 'pixit: {municipality_code: "999041"}'
    systems = load_systems((write("a", "juki"), write("b", "juki", code)), None)
    assert systems.pixit.codes() == {"juki": "999016", "juki_b": "999041"}
    plain = load_systems((write("a", "juki"), write("b", "juki")), None)
    assert plain.pixit.codes() == {"juki": "999016", "juki_b": "999024"}


def test_the_longer_of_two_waits_holds(write):
    ours = write("a", "juki", "pixit: {settle: '0.1', send_within: '9', command_within: '7'}")
    theirs = write("b", "cs", "pixit: {settle: '0.2', send_within: '3', command_within: '99'}")
    pixit = load_systems((ours, theirs), None).pixit
    assert (pixit.settle, pixit.send_within, pixit.command_within) == (0.2, 9.0, 7.0)


def test_the_bench_takes_the_ports_that_either_names(write):
    ours = write("a", "juki", "pixit: {ports: {atena: {http: 9132}}}")
    theirs = write("b", "juki", "pixit: {ports: {shinsei: {http: 9252}}}")
    ports = load_systems((ours, theirs), None).pixit.ports
    assert ports == {"atena": {"http": 9132}, "shinsei_b": {"http": 9252}}


ELSEWHERE = "pixit:\n  bind: 192.0.2.10\n"
"""An address of documentation (RFC 5737), which no machine has."""


@pytest.mark.parametrize("bind", ["127.0.0.1", "0.0.0.0", "localhost"])
def test_the_bench_can_listen_at_an_address_of_this_machine(write, bind):
    load_systems((write("a", "juki", f"pixit: {{bind: {bind}}}"),), None).check_addresses()


def test_the_bench_cannot_listen_at_an_address_of_another_machine(write):
    systems = load_systems((write("a", "juki", ELSEWHERE), write("b", "cs", ELSEWHERE)), None)
    with pytest.raises(SpecError) as caught:
        systems.check_addresses()
    first, second = str(caught.value).splitlines()
    assert first == (
        "a.yaml:5 /pixit/bind: the bench cannot listen there (Cannot assign requested address). "
        "expected an address of this machine, such as 127.0.0.1, or 0.0.0.0 with `advertise`, "
        "got 192.0.2.10"
    )
    assert second == first.replace("a.yaml", "b.yaml")


OURS = 'pixit: {addresses: {juki: {tcp: "192.0.2.1:9101"}}, ports: {cs: {tcp: 9111}}'
WRONG = {
    "role": ("cs", "cs", "", "", ("b.yaml:2 /role: two systems in role cs. "
             "expected another role than cs, got cs")),
    "address": (
        "juki", "cs", OURS + "}", 'pixit: {addresses: {cs: {tcp: "192.0.2.1:9101"}}}',
        ("b.yaml:4 /pixit/addresses/cs/tcp: the other system listens there. "
        "expected its own address, got 192.0.2.1:9101"),
    ),
    "port": (
        "juki", "cs", OURS + "}", "pixit: {ports: {juki: {tcp: 9111}}}",
        ("b.yaml:4 /pixit/ports/juki/tcp: the other file names this port. "
        "expected another, got 9111"),
    ),
    "code": (
        "juki", "juki", "", 'pixit: {municipality_code: "999016"}',
        ("b.yaml:4 /pixit/municipality_code: the other system has this code. "
        "expected another municipality's, got 999016"),
    ),
    "partner": (
        "juki", "juki", 'pixit: {partner_code: "999024"}', 'pixit: {municipality_code: "999041"}',
        ("b.yaml:4 /pixit/municipality_code: not the other's partner_code. "
        "expected 999024, got 999041"),
    ),
    "municipality": (
        "juki", "cs", "", 'pixit: {municipality_code: "999041"}',
        ("b.yaml:4 /pixit/municipality_code: not the other's municipality. "
        "expected 999016, got 999041"),
    ),
    "tls": (
        "juki", "cs", "", "pixit: {tls: false}",
        "b.yaml:4 /pixit/tls: unlike the other file. expected true, got false",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", WRONG)
def test_what_makes_no_pair(write, name):
    role, other, ours, theirs, told = WRONG[name]
    with pytest.raises(SpecError) as caught:
        load_systems((write("a", role, ours), write("b", other, theirs)), None)
    assert str(caught.value) == told


def test_a_role_that_no_system_takes(write):
    with pytest.raises(SpecError, match="nws"):
        load_systems((write("a", "juki"), write("b", "nws")), None)


def test_a_person_is_no_counterpart(write):
    second = write("b", "cs")
    second.write_text(second.read_text("utf-8").replace("reference", "operator"), "utf-8")
    with pytest.raises(SpecError) as caught:
        load_systems((write("a", "juki"), second), None)
    assert str(caught.value) == (
        "b.yaml:3 /driver/kind: a person cannot be the counterpart. "
        "expected an adapter, got operator"
    )
    assert load_systems((second, write("a", "juki")), None).counterpart.role == "juki"


def test_a_third_file_is_too_many(write):
    files = (write("a", "juki"), write("b", "cs"), write("c", "atena"))
    with pytest.raises(SpecError) as caught:
        load_systems(files, None)
    told = f"--sut: 3 files. expected one or two, got {files[2]} besides"
    assert str(caught.value) == told


def test_like_files_in_two_folders_are_two_systems(tmp_path, monkeypatch):
    identities = []
    for name in ("a", "b", "a"):
        folder = tmp_path / name
        folder.mkdir(exist_ok=True)
        text = "product: {name: x}\ndriver: {kind: stdio, command: [./adapter]}\n"
        (folder / "sut.yaml").write_text(text, "utf-8")
        monkeypatch.chdir(folder)
        identities.append(load_systems((Path("sut.yaml"),), None).identities())
    assert identities[0] == identities[2] != identities[1]
