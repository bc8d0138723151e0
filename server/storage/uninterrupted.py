"""Lets a write end as it should when its caller is cancelled: a transaction cut short would keep the database locked."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from functools import wraps
from typing import Any, ParamSpec, TypeVar

Given = ParamSpec("Given")
Result = TypeVar("Result")


def uninterrupted(write: Callable[Given, Coroutine[Any, Any, Result]]) -> Callable[Given, Coroutine[Any, Any, Result]]:
    """Run a writing method in a task of its own; who is cancelled while waiting for it is so after it has ended."""

    @wraps(write)
    async def run(*args: Given.args, **kwargs: Given.kwargs) -> Result:
        task = asyncio.create_task(write(*args, **kwargs))
        try:
            return await asyncio.shield(task)
        except asyncio.CancelledError:
            await asyncio.wait([task])
            if not task.cancelled():
                task.exception()  # nobody is left to hear of it
            raise

    return run
