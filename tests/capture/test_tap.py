"""The proxy and its recorder, over real sockets."""

import asyncio
import contextlib
import json
import os
import random
import signal
import subprocess
import sys

import pytest

from reports import TranscriptWriter, read_transcript
from reports.transcript import FOOTER
from steps.capture.proxy import Proxy
from steps.capture.recorder import Recorder
from telegram_specs.network import Endpoint
from tests.capture.conftest import code_of
from tests.cli.conftest import environment

WITHIN = 10
LOCAL = "127.0.0.1"


class Heard:
    """A listener that keeps everything."""

    def __init__(self):
        self.bytes = {}
        self.ends = []
        self.failures = []

    def opened(self, number, caller):
        assert caller.startswith(LOCAL)
        self.bytes[number] = [b"", b""]

    def passed(self, number, side, data):
        self.bytes[number][side] += data

    def ended(self, number, side, *, finished):
        self.ends.append((number, side, finished))

    def failed(self, number, text):
        self.failures.append((number, text))


async def through(serve, call, listener):
    """Let ``call`` talk to ``serve`` through the proxy."""
    serving = []

    async def served(reader, writer):
        serving.append(asyncio.current_task())
        try:
            await serve(reader, writer)
        finally:
            writer.close()
            with contextlib.suppress(OSError):
                await writer.wait_closed()

    server = await asyncio.start_server(served, LOCAL, 0)
    port = server.sockets[0].getsockname()[1]
    proxy = Proxy(Endpoint(LOCAL, port), listener)
    here = await proxy.listen(Endpoint(LOCAL, 0))
    try:
        async with asyncio.timeout(WITHIN):
            return await call(here.port)
    finally:
        await proxy.close()
        server.close()
        await asyncio.gather(*serving, return_exceptions=True)


async def echo_backwards(reader, writer):
    data = await reader.read(-1)  # only the end of the caller's side lets it answer
    writer.write(data[::-1])
    writer.write_eof()
    await writer.drain()
    writer.close()
    await writer.wait_closed()


class Deaf(Heard):
    """A listener that keeps nothing."""

    def passed(self, number, side, data):
        pass


def test_bytes_pass_as_they_are_in_any_split_and_a_half_close_is_kept():
    heard, source = Heard(), random.Random(4)
    said = [source.randbytes(size) for size in (1, 300_000, 70_000, 5)]

    async def one(port, data):
        reader, writer = await asyncio.open_connection(LOCAL, port)
        while data:
            size = source.choice([1, 7, 4096, 65536])
            writer.write(data[:size])
            await writer.drain()
            data = data[size:]
        writer.write_eof()
        answer = await reader.read(-1)
        writer.close()
        await writer.wait_closed()
        return answer

    async def call(port):
        return await asyncio.gather(*(one(port, data) for data in said))

    answers = asyncio.run(through(echo_backwards, call, heard))
    assert answers == [data[::-1] for data in said]
    assert sorted(map(tuple, heard.bytes.values())) == sorted((d, d[::-1]) for d in said)
    assert sorted(heard.ends) == [(n, side, True) for n in (1, 2, 3, 4) for side in (0, 1)]


def test_a_reader_that_is_slow_slows_the_sender_down():
    size, taken = 64 * 1024 * 1024, asyncio.Event()

    async def call(port):
        _, writer = await asyncio.open_connection(LOCAL, port)
        writer.write(bytes(size))
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0.5):
                await writer.drain()
        waiting = writer.transport.get_write_buffer_size()
        taken.set()
        await writer.drain()
        writer.close()
        await writer.wait_closed()
        return waiting

    async def serve(reader, writer):
        await taken.wait()
        while await reader.read(1 << 20):
            pass
        writer.close()
        await writer.wait_closed()

    assert asyncio.run(through(serve, call, Deaf())) > 0


@pytest.mark.parametrize("side", [0, 1])
def test_a_side_that_dies_takes_the_other_with_it(side):
    heard = Heard()

    async def serve(reader, writer):
        await reader.readexactly(1)
        if side == 1:
            writer.transport.abort()
            return
        writer.write(b"x")
        assert await reader.read(-1) == b""  # sees the end of the caller
        writer.close()

    async def call(port):
        reader, writer = await asyncio.open_connection(LOCAL, port)
        writer.write(b"a")
        if side == 0:
            await reader.readexactly(1)
            writer.close()
            return b""
        try:
            return await reader.read(-1)
        except ConnectionResetError:
            return b""
        finally:
            writer.close()

    assert asyncio.run(through(serve, call, heard)) == b""
    assert heard.bytes[1][0] == b"a"


def test_nobody_behind_the_proxy_is_told_of():
    heard = Heard()

    async def run():
        proxy = Proxy(Endpoint(LOCAL, 1), heard)
        here = await proxy.listen(Endpoint(LOCAL, 0))
        reader, writer = await asyncio.open_connection(LOCAL, here.port)
        with pytest.raises(ConnectionError):
            await reader.readexactly(1)
        writer.close()
        with contextlib.suppress(ConnectionError):
            await writer.wait_closed()
        await proxy.close()

    asyncio.run(run())
    assert [number for number, _ in heard.failures] == [1]


def test_what_passes_becomes_a_transcript(profile, telegrams, tmp_path, judge):
    path = tmp_path / "tap.jsonl"
    asked = [telegrams.request(code_of(n)) for n in (1, 2)]
    answers = {one: telegrams.answer(one) for one in asked}

    async def serve(reader, writer):
        for one in asked:
            writer.write(answers[await reader.readexactly(len(one))])
        await reader.read(-1)
        writer.close()

    async def call(port):
        reader, writer = await asyncio.open_connection(LOCAL, port)
        for one in asked:
            for byte in one:
                writer.write(bytes([byte]))
                await writer.drain()
            assert await reader.readexactly(len(answers[one])) == answers[one]
        writer.write(b"000078DB02")
        writer.close()
        await writer.wait_closed()
        await asyncio.sleep(0.05)

    with TranscriptWriter(path) as writer:
        recorder = Recorder(profile, writer, link="cs_link")
        asyncio.run(through(serve, call, recorder))
        tail = recorder.close()
    records = read_transcript(path, tail=tail)
    assert [record.telegram for record in records[:4]] == ["number_issue_request", "receipt"] * 2
    assert [record.answers for record in records[:4]] == [None, 1, None, 3]
    assert [record.raw for record in records[:4:2]] == asked
    assert records[-1].note == FOOTER
    outcome = judge(tap_jsonl=path.read_bytes())
    assert outcome.telegrams["number_issue_request"] == 2
    assert dict(outcome.troubles) == {}
    cut = path.read_bytes().splitlines(keepends=True)[:-1]
    assert judge(tap_jsonl=b"".join(cut)).troubles == {"unfinished": 1}


@pytest.mark.skipif(os.name == "nt", reason="signals")
def test_ctrl_c_ends_the_command_with_a_footer(tmp_path, telegrams):
    async def run():
        async def serve(reader, writer):
            writer.write(telegrams.answer(await reader.readexactly(len(asked))))
            await reader.read(-1)
            writer.close()

        asked = telegrams.request(code_of(1))
        server = await asyncio.start_server(serve, LOCAL, 0)
        port = server.sockets[0].getsockname()[1]
        command = ["tap", "--listen", f"{LOCAL}:0", "--to", f"{LOCAL}:{port}", "--out", "t.jsonl"]
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "denbun",
            *command,
            cwd=tmp_path,
            env=environment(),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        async with asyncio.timeout(6 * WITHIN):
            line = (await process.stderr.readline()).decode()
            here = int(line.split()[2].rstrip(",").rpartition(":")[2])
            reader, writer = await asyncio.open_connection(LOCAL, here)
            writer.write(asked)
            await reader.readexactly(78)
            process.send_signal(signal.SIGINT)
            out, err = await process.communicate()
            writer.close()
        server.close()
        return process.returncode, out.decode(), err.decode()

    code, out, err = asyncio.run(run())
    assert code == 0, err
    assert "個人番号生成要求" in out
    assert code_of(1) not in out + err
    records = read_transcript(tmp_path / "t.jsonl")
    assert [record.telegram for record in records] == ["number_issue_request", "receipt", None]
    assert records[-1].note == FOOTER
    assert (
        err.split()[-1] == json.loads((tmp_path / "t.jsonl").read_text().splitlines()[-1])["hash"]
    )
