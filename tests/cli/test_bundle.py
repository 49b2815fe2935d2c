"""``denbun bundle``: what is signed, what is not, and what shows when it was changed."""

from __future__ import annotations

import json
import shutil
import zipfile

import pytest

from reports.bundle import KeyProblem, load_private_key

SHOWN = {"results.jsonl", "report.html", "junit.xml", "summary.md"}
SIGNED = {"manifest.json", "manifest.sig", "public_key.pem"}
RAW = {"transcript.jsonl", "briefs.jsonl"}


@pytest.fixture
def key(denbun, tmp_path):
    denbun("bundle", "--new-key", "vendor.pem")
    return tmp_path / "vendor.pem"


@pytest.fixture
def bundle(denbun, faulty, key, tmp_path):
    said = denbun("bundle", faulty, "--key", key, "--out", "x.zip", "--lang", "en")
    assert said.code == 0
    return tmp_path / "x.zip"


def names(path):
    with zipfile.ZipFile(path) as archive:
        return set(archive.namelist())


def rewritten(path, change):
    """Write a bundle anew, without its signature being made anew."""
    with zipfile.ZipFile(path) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    change(members)
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in members.items():
            archive.writestr(name, data)


def test_a_new_key_is_for_its_owner_alone_and_never_replaced(denbun, key):
    assert key.stat().st_mode & 0o777 == 0o600
    assert b"PUBLIC KEY" in key.with_suffix(".pub").read_bytes()
    said = denbun("bundle", "--new-key", key)
    assert (said.code, said.err) == (3, f"denbun: --new-key: {key} exists. expected a new file\n")


def test_a_bundle_holds_what_may_be_shown_and_is_known_by_its_key(denbun, bundle, key):
    assert names(bundle) >= SHOWN | SIGNED
    assert not names(bundle) & RAW
    said = denbun("verify", bundle, "--public-key", key.with_suffix(".pub"), "--lang", "en")
    lines = said.out.splitlines()
    assert (said.code, lines[0].endswith(", the one given")) == (0, True)
    assert "without the transcript verdicts were not judged again" in said.out
    manifest = json.loads(zipfile.ZipFile(bundle).read("manifest.json"))
    assert manifest["run"]["claim"].startswith("not conformant to profile open")
    assert set(manifest["files"]) == names(bundle) - SIGNED


def test_a_bundle_with_raw_files_is_judged_again_and_private(denbun, faulty, key, tmp_path):
    out = tmp_path / "raw.zip"
    said = denbun("bundle", faulty, "--key", key, "--out", out, "--raw", "--lang", "en")
    assert "unmasked" in said.err
    assert (names(out) >= RAW, out.stat().st_mode & 0o777) == (True, 0o600)
    told = denbun("verify", out, "--lang", "en")
    assert (told.code, "derived again from telegrams alone: 1" in told.out) == (0, True)
    assert "whose it is was not checked" in told.out


def test_the_same_files_and_key_give_the_same_bytes(denbun, faulty, bundle, key, tmp_path):
    denbun("bundle", faulty, "--key", key, "--out", "again.zip", "--lang", "en")
    assert (tmp_path / "again.zip").read_bytes() == bundle.read_bytes()


def changed(name):
    def change(members):
        members[name] = members[name].replace(b"FAIL", b"PASS", 1)

    return change


def added(members):
    members["more.txt"] = b"more"


def removed(members):
    del members["summary.md"]


def hidden(members):
    members["../x"] = b"x"


def signature(members):
    members["manifest.sig"] = b"00" * 64


CHANGED = {
    "results": (changed("results.jsonl"), "results.jsonl: changed. expected SHA-256 "),
    "report": (changed("junit.xml"), "junit.xml: changed. expected SHA-256 "),
    "manifest": (
        lambda members: members.update(
            {"manifest.json": members["manifest.json"].replace(b"not conformant", b"conformant")}
        ),
        "manifest.sig: not of this manifest and key",
    ),
    "signature": (signature, "manifest.sig: not of this manifest and key"),
    "added": (added, "more.txt: added. expected the files of the manifest"),
    "removed": (removed, "summary.md: missing. expected the files of the manifest"),
    "path": (hidden, "expected plain names, each once"),
}


@pytest.mark.parametrize("name", CHANGED)
def test_a_changed_bundle_is_refused(denbun, bundle, name):
    spoil, told = CHANGED[name]
    rewritten(bundle, spoil)
    said = denbun("verify", bundle, "--lang", "en")
    assert said.code == 1
    assert told in said.err


def test_a_bundle_of_somebody_else_is_refused(denbun, bundle):
    denbun("bundle", "--new-key", "other.pem")
    said = denbun("verify", bundle, "--public-key", "other.pub")
    assert (said.code, "signed by another key. expected " in said.err) == (1, True)


def test_what_does_not_hold_is_not_signed(denbun, faulty, key, tmp_path):
    folder = shutil.copytree(faulty, tmp_path / "results")
    path = folder / "transcript.jsonl"
    path.write_bytes(path.read_bytes()[:-20])
    said = denbun("bundle", folder, "--key", key, "--out", "x.zip", "--lang", "en")
    assert (said.code, "so they are not signed: transcript.jsonl:" in said.err) == (1, True)
    assert not (tmp_path / "x.zip").exists()


def test_a_key_that_others_can_read_is_refused(denbun, faulty, key):
    key.chmod(0o644)
    said = denbun("bundle", faulty, "--key", key, "--out", "x.zip")
    told = f"denbun: --key: {key} can be read by others. expected mode 0600: chmod 600 {key}\n"
    assert (said.code, said.err) == (3, told)


def test_what_is_no_key_or_no_bundle_exits_3(denbun, faulty, key, tmp_path):
    (tmp_path / "no.pem").write_text("no key")
    (tmp_path / "no.pem").chmod(0o600)
    with pytest.raises(KeyProblem, match="expected an Ed25519 private key"):
        load_private_key(tmp_path / "no.pem")
    assert denbun("bundle", faulty, "--key", "no.pem", "--out", "x.zip").code == 3
    assert denbun("bundle", faulty, "--out", "x.zip").code == 3
    assert denbun("verify", key).code == 3
    assert denbun("verify", faulty, "--public-key", key.with_suffix(".pub")).code == 3


def test_a_key_or_results_that_are_not_there_are_asked_for(denbun, faulty):
    said = denbun("bundle", faulty, "--key", "new.pem", "--out", "x.zip")
    told = "--key: new.pem: no such file. expected a key; make one: --new-key new.pem"
    assert (said.code, said.err) == (3, f"denbun: {told}\n")
    said = denbun("verify", "x.zip")
    told = "x.zip: no such file or folder. expected the results of a run, or a bundle"
    assert (said.code, said.err) == (3, f"denbun: {told}\n")
