import os
import stat

import pytest

from reports.ownerfile import open_private, write_private


@pytest.mark.parametrize("go_on", [False, True])
@pytest.mark.parametrize("mode", [None, 0o644])
def test_a_file_is_its_owner_s_alone_whoever_could_read_it_before(tmp_path, go_on, mode):
    path = tmp_path / "briefs.jsonl"
    if mode:
        path.write_bytes(b"before ")
        path.chmod(mode)
    with os.fdopen(open_private(path, go_on=go_on), "wb") as file:
        file.write(b"now")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert path.read_bytes() == (b"before now" if mode and go_on else b"now")


def test_a_whole_file_is_its_owner_s_alone(tmp_path):
    path = tmp_path / "key.pem"
    path.write_bytes(b"before")
    path.chmod(0o644)
    write_private(path, b"now")
    assert (stat.S_IMODE(path.stat().st_mode), path.read_bytes()) == (0o600, b"now")
