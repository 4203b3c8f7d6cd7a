"""The client's connection: an answer belongs to the request that it was sent for, and to no other."""

import asyncio
import contextlib
from collections.abc import Awaitable, Callable

import pytest

from tests.chaos.wire import Connection, Reply, Unanswered, Unreachable

_HEAD = b"HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\n"
Talk = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


def _meet(talk: Talk, *, requests: int = 1) -> list[Reply]:
    """Send requests, one after the other, to a server that talks like this; return the answers."""

    talks: list[asyncio.Task[None]] = []

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        talks.append(asyncio.create_task(_talk(reader, writer)))

    async def _talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(ConnectionError):
            await talk(reader, writer)
        writer.close()
        with contextlib.suppress(ConnectionError):
            await writer.wait_closed()

    async def run() -> list[Reply]:
        server = await asyncio.start_server(serve, "127.0.0.1", 0)
        line = Connection(server.sockets[0].getsockname()[1], timeout=2)
        replies = []
        async with server:
            try:
                for _ in range(requests):
                    await line.open()
                    replies.append(await line.exchange(b"x"))
            finally:
                line.close()
                await asyncio.gather(*talks)
        return replies

    return asyncio.run(run())


def test_a_connection_is_kept_for_the_next_request() -> None:
    met = 0

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        nonlocal met
        met += 1
        while await reader.read(1):
            writer.write(_HEAD + b"%d" % met)

    assert [reply.body for reply in _meet(talk, requests=2)] == [b"1", b"1"]


def test_a_second_answer_is_not_taken_for_that_of_the_next_request() -> None:
    met = 0

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        nonlocal met
        met += 1
        while await reader.read(1):
            writer.write((_HEAD + b"%d" % met) * 2)

    assert [reply.body for reply in _meet(talk, requests=2)] == [b"1", b"2"]


def test_a_cut_answer_is_none() -> None:
    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read(1)
        writer.write(_HEAD)

    with pytest.raises(Unanswered):
        _meet(talk)


def test_where_nobody_listens_nothing_is_sent() -> None:
    async def run() -> None:
        server = await asyncio.start_server(lambda *_: None, "127.0.0.1", 0)
        port = server.sockets[0].getsockname()[1]
        server.close()
        await server.wait_closed()
        await Connection(port, timeout=2).open()

    with pytest.raises(Unreachable):
        asyncio.run(run())
