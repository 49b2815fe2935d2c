"""Broken files: each ends with exactly the message that its first line tells."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from telegram_specs import SpecError, load_profile, self_check

BROKEN = Path(__file__).parent / "broken"
PROFILE = 'id: broken\nedition: "1"\nlabel: 壊れた\nstatus: private\nnote: 試験\n'
PLACES = {
    "telegrams": "telegrams/{}.yaml",
    "codes": "codes/{}.yaml",
    "charsets": "charsets/{}.yaml",
    "profile": "profile.yaml",
    "vectors": "vectors/bad/receipt.yaml",
}


@pytest.mark.parametrize(
    "path", sorted(BROKEN.glob("*/*.yaml")), ids=lambda path: f"{path.parent.name}-{path.stem}"
)
def test_broken(path, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    folder = Path("p")
    place = folder / PLACES[path.parent.name].format(path.stem)
    place.parent.mkdir(parents=True)
    (folder / "profile.yaml").write_text(PROFILE, encoding="utf-8")
    shutil.copy(path, place)
    with pytest.raises(SpecError) as caught:
        self_check(load_profile(folder))
    lines = path.read_text("utf-8").splitlines()
    expected = [line.removeprefix("# ") for line in lines if line.startswith("# ")]
    assert str(caught.value).splitlines() == expected
