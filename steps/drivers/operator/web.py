"""The page: the request as a form, on loopback, below a path that nobody can guess.

It works without scripts; the one script only looks for news and shows the time that is left.
"""

from __future__ import annotations

import asyncio
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from aiohttp import web

from reports.template import environment_of
from steps.background import Background
from steps.drivers.operator.desk import Stale
from steps.drivers.operator.reading import ABSENT, AS_SHOWN, rows_of
from steps.drivers.operator.words import LANGS, OUTCOMES, SCOPES, STAGES, pick, say

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence
    from typing import Any

    from steps.drivers.operator.desk import Desk
    from steps.drivers.operator.reading import Problem, Raw
    from steps.drivers.operator.words import Lang

__all__ = ["Page"]

HERE = Path(__file__).parent
HOST = "127.0.0.1"
WITHIN = 10.0
NEWS_WITHIN = 20.0
LOOK = 0.05
GRACE = 0.5
FILES = {"page.css": "text/css", "page.js": "text/javascript"}
HEADERS = {
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; script-src 'self'; "
    "connect-src 'self'; img-src data:; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "no-store",
}
LARGEST = 1_000_000


class Page:
    """Serves the desk to a browser on this machine.

    Args:
        desk: what is shown and answered.
        token: the part of the path that only the operator knows.
        port: to listen at, 0 for a free one.
        lang: the language in which the page opens.
    """

    def __init__(self, desk: Desk, *, token: str, port: int, lang: Lang) -> None:
        self._desk = desk
        self._token = token
        self._port = port
        self._lang: Lang = lang
        self._background: Background | None = None
        self._runner: web.AppRunner | None = None

    @property
    def url(self) -> str:
        """Where the operator looks."""
        return f"http://{HOST}:{self._port}/{self._token}/"

    def start(self) -> None:
        """Begin to serve. Raises OSError when the port is taken."""
        if self._background is None:
            self._background = Background()
            self._background.run(self._serve(), within=WITHIN)

    def stop(self) -> None:
        """End, once browsers that wait had a moment to hear of it."""
        if self._background:
            self._background.run(self._end(), within=WITHIN)
            self._background.close()
            self._background = None

    async def _serve(self) -> None:
        app = web.Application(client_max_size=LARGEST, middlewares=[_guarded])
        base = f"/{self._token}"
        app.add_routes(
            [
                web.get(f"{base}/", self._show),
                web.post(f"{base}/", self._take),
                web.get(f"{base}/news", self._news),
                *(web.get(f"{base}/{name}", _file(name, kind)) for name, kind in FILES.items()),
            ]
        )
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=GRACE)
        await self._runner.setup()
        site = web.TCPSite(self._runner, HOST, self._port)
        await site.start()
        if not self._port:
            self._port = int(self._runner.addresses[0][1])

    async def _end(self) -> None:
        await asyncio.sleep(GRACE)
        if self._runner:
            await self._runner.cleanup()

    # -- requests ------------------------------------------------------------------------------

    async def _show(self, request: web.Request) -> web.Response:
        return self._page(request, {}, ())

    async def _news(self, request: web.Request) -> web.Response:
        """Answer when the desk has changed, at the latest after a while."""
        seen = request.query.get("version", "")
        deadline = asyncio.get_running_loop().time() + NEWS_WITHIN
        view = self._desk.view()
        while str(view.version) == seen and asyncio.get_running_loop().time() < deadline:
            await asyncio.sleep(LOOK)
            view = self._desk.view()
        task = view.task.number if view.task else None
        return web.json_response(
            {"version": view.version, "state": view.state, "task": task, "left": view.left}
        )

    async def _take(self, request: web.Request) -> web.Response:
        """Take a button: answer, one more row, pause, going on, more time."""
        form = await request.post()
        raw: Raw = {}
        for name, value in form.items():
            if isinstance(value, str):
                raw.setdefault(name, []).append(value)
        press = next(iter(raw.pop("press", ["answer"])))
        simple = {
            "pause": self._desk.pause,
            "go_on": self._desk.go_on,
            "more_time": self._desk.more_time,
        }
        if press in simple:
            simple[press]()
            return self._page(request, raw, ())
        if press.startswith("row:"):
            path = press.removeprefix("row:")
            raw[f"rows.{path}"] = [str(rows_of(path, raw) + 1)]
            return self._page(request, raw, (), focus=f"{path}.{rows_of(path, raw) - 1}")
        number = next(iter(raw.get("task", ["0"])))
        try:
            problems = self._desk.submit(int(number) if number.isdecimal() else 0, raw)
        except Stale:
            return self._page(request, {}, (), note="stale")
        if problems:
            return self._page(request, raw, problems)
        raise web.HTTPSeeOther(f"/{self._token}/?lang={self._language(request)}")

    def _language(self, request: web.Request) -> Lang:
        asked = request.query.get("lang")
        for lang in LANGS:
            if lang == asked:
                return lang
        return self._lang

    def _page(
        self,
        request: web.Request,
        raw: Raw,
        problems: Sequence[Problem],
        *,
        note: str = "",
        focus: str = "",
    ) -> web.Response:
        lang, view = self._language(request), self._desk.view()
        if view.task is None or raw.get("task", [str(view.task.number)]) != [str(view.task.number)]:
            raw = {}
        text = _template().render(
            view=view,
            task=view.task,
            case=view.task.case if view.task else None,
            raw=raw,
            problems={problem.path: problem for problem in problems},
            first=problems[0].path if problems else focus,
            note=note,
            lang=lang,
            other=next(other for other in LANGS if other != lang),
            one=lambda path: next(iter(raw.get(path, ())), ""),
            rows=lambda path: rows_of(path, raw),
            say=lambda key, **values: say(key, lang, **values),
            pick=lambda pair: pick(pair, lang),
            outcomes=OUTCOMES,
            stages=STAGES,
            scopes=SCOPES,
            absent=ABSENT,
            as_shown=AS_SHOWN,
        )
        return web.Response(text=text, content_type="text/html")


@web.middleware
async def _guarded(
    request: web.Request, handler: Callable[[web.Request], Awaitable[web.StreamResponse]]
) -> web.StreamResponse:
    """Refuse what another site sends, and add the headers that keep everything on this page."""
    origin = request.headers.get("Origin")
    if origin not in {None, "null", f"http://{request.host}"}:
        raise web.HTTPForbidden
    try:
        response = await handler(request)
    except web.HTTPException as error:
        error.headers.update(HEADERS)
        raise
    response.headers.update(HEADERS)
    return response


def _file(name: str, kind: str) -> Callable[[web.Request], Awaitable[web.Response]]:
    text = (HERE / name).read_text(encoding="utf-8")

    async def answer(_request: web.Request) -> web.Response:
        return web.Response(text=text, content_type=kind, charset="utf-8")

    return answer


@cache
def _template() -> Any:
    return environment_of(HERE).get_template("page.html.j2")
