"""One event loop on a thread of its own: of the bench, and of the page of an operator."""

from __future__ import annotations

import asyncio
import threading
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine
    from typing import Any

__all__ = ["Background"]

T = TypeVar("T")


class Background:
    """Runs coroutines and plain calls on its loop and waits for their results."""

    def __init__(self) -> None:
        self.loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self.loop.run_forever, name="loop", daemon=True)
        self._thread.start()

    def run(self, coroutine: Coroutine[Any, Any, T], *, within: float | None = None) -> T:
        """Run a coroutine to its end; TimeoutError when it takes longer than ``within`` seconds."""
        return asyncio.run_coroutine_threadsafe(coroutine, self.loop).result(within)

    def call(self, function: Callable[..., T], *args: object) -> T:
        """Call a function on the loop's thread, where the nodes live."""

        async def on_loop() -> T:
            return function(*args)

        return self.run(on_loop())

    def close(self) -> None:
        """End every task, then the loop and its thread; once."""
        if self.loop.is_closed():
            return

        async def end_tasks() -> None:
            tasks = [t for t in asyncio.all_tasks() if t is not asyncio.current_task()]
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
            await self.loop.shutdown_asyncgens()

        self.run(end_tasks(), within=5)
        self.loop.call_soon_threadsafe(self.loop.stop)
        self._thread.join(5)
        self.loop.close()
