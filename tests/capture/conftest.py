"""Telegrams of people who do not exist, and the check of what a test wrote."""

import pytest

from steps.capture.checking import check_files
from steps.capture.mapping import CaptureMap
from steps.register import load_register
from telegram_specs import check_digit, load_profile


@pytest.fixture(scope="session")
def profile():
    return load_profile()


@pytest.fixture(scope="session")
def register():
    return load_register()


def code_of(number):
    return f"{number:010}{check_digit('juminhyo_code', f'{number:010}')}"


def number_of(number):
    return f"{number:011}{check_digit('individual_number', f'{number:011}')}"


class Telegrams:
    """Makes telegrams of the CS link, each with a serial of its own."""

    def __init__(self, profile):
        self.profile = profile
        self._serial = 1000

    def make(self, telegram, sender="999016", receiver="000001", **values):
        self._serial += 1
        header = {
            "sender": sender,
            "receiver": receiver,
            "serial": f"{self._serial:010}",
            "ref_serial": "0000000000",
            "created_date": "2026-05-01",
            "created_time": "090000",
            "result": "0000",
        }
        return self.profile.spec(telegram).encode({**header, **values})

    def answer(self, asked, **values):
        said = self.profile.identify(asked).decode(asked).values
        known = {
            "sender": said["receiver"],
            "receiver": said["sender"],
            "ref_serial": said["serial"],
            "error_item": "",
        }
        return self.make("receipt", **{**known, **values})

    def request(self, code):
        return self.make("number_issue_request", juminhyo_code=code)

    def result(self, code, number, **values):
        person = {"juminhyo_code": code, "individual_number": number}
        return self.make("number_issue_result", "000001", "999016", **{**person, **values})

    def notice(self, code, number="", name="山田　花子", **values):
        known = {
            "entry": "1",
            "reason": "12",
            "event_date": "2026-05-01",
            "name": name,
            "furigana": "ヤマダ　ハナコ",
            "former_surname": "",
            "alias": "",
            "birth_date": "R8-05-01",
            "sex": "2",
            "municipality_code": "999016",
            "address": "見本県見本市中央１丁目",
            "juminhyo_code": code,
            "individual_number": number,
            "former_juminhyo_code": "",
            "former_individual_number": "",
        }
        return self.make("identity_notice", **{**known, **values})


@pytest.fixture
def telegrams(profile):
    return Telegrams(profile)


@pytest.fixture
def judge(profile, register, tmp_path):
    """Return a function that judges the bytes of files, given by name."""

    def run(known=None, roles=("juki", "cs", "atena", "chukan", "shinsei"), **files):
        paths = []
        for name, data in files.items():
            path = tmp_path / name.replace("_", ".")
            path.write_bytes(data)
            paths.append(path)
        return check_files(paths, profile, register, known=known or CaptureMap(), roles=roles)

    return run
