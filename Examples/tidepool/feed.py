import asyncio
from typing import AsyncIterator, Awaitable, Callable, Optional

from .readings import Reading, parse_reading

Fetch = Callable[[str], Awaitable[str]]


class FeedClosed(Exception):
    pass


async def latest(fetch: Fetch, station: str, *, retries: int = 3, pause: float = 0.5) -> Reading:
    if retries < 0:
        raise ValueError("retries must not be negative")
    for attempt in range(retries + 1):
        line = await fetch(station)
        if line:
            return parse_reading(line.split(","))
        await asyncio.sleep(pause * 2**attempt)
    raise FeedClosed(f"{station} sent nothing in {retries + 1} attempts")


async def follow(fetch: Fetch, station: str, limit: Optional[int] = None) -> AsyncIterator[Reading]:
    count = 0
    last = None
    while limit is None or count < limit:
        reading = await latest(fetch, station)
        if reading != last:
            yield reading
            count += 1
        last = reading


def high_water_alarm(level: float, *, margin: float = 0.1):
    if level <= 0:
        raise ValueError("level must be positive")

    def is_alarming(reading: Reading) -> bool:
        return not reading.is_suspect and reading.height >= level - margin

    return is_alarming
