"""What models-load does, by a Python package: peer.py openai|litellm unary|streams BASE_URL CONCURRENCY SECONDS_OR_ROUNDS"""

import asyncio
import json
import resource
import statistics
import sys
import time

QUESTION = [
    {"role": "system", "content": "Be terse."},
    {"role": "user", "content": "Write a docstring for: def add(a, b=None): …"},
]
package, mode, base, concurrency, amount = sys.argv[1], sys.argv[2], sys.argv[3], int(sys.argv[4]), float(sys.argv[5])

if package == "openai":
    import openai

    client = openai.AsyncOpenAI(api_key="not-a-key", base_url=base, max_retries=0, timeout=600)

    def ask(stream):
        return client.chat.completions.create(model="gpt-4o-mini", messages=QUESTION, stream=stream)

else:
    import litellm

    litellm.suppress_debug_info = True

    def ask(stream):
        return litellm.acompletion(
            model="openai/gpt-4o-mini", messages=QUESTION, stream=stream, api_base=base, api_key="not-a-key", num_retries=0, timeout=600
        )


async def worker(end):
    count = 0
    while time.perf_counter() < end:
        answer = await ask(False)
        assert answer.choices[0].message.content.startswith("Returns the sum")
        count += 1
    return count


async def stream():
    start, wait, count = time.perf_counter(), None, 0
    async for chunk in await ask(True):
        if chunk.choices and chunk.choices[0].delta.content:
            wait = wait or time.perf_counter() - start
            count += 1
    return count, wait


def processor():
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return usage.ru_utime + usage.ru_stime


async def main():
    figures = {}
    if mode == "unary":
        await asyncio.gather(*[worker(time.perf_counter() + 0.5) for _ in range(concurrency)])
        before, start = processor(), time.perf_counter()
        count = sum(await asyncio.gather(*[worker(start + amount) for _ in range(concurrency)]))
    else:
        await asyncio.gather(*[stream() for _ in range(min(concurrency, 10))])
        before, start, ends = processor(), time.perf_counter(), []
        for _ in range(int(amount)):
            ends += await asyncio.gather(*[stream() for _ in range(concurrency)])
        count = sum(tokens for tokens, _ in ends)
        figures["first_token_ms"] = statistics.median(wait for _, wait in ends) * 1000
    figures["per_second"] = count / (time.perf_counter() - start)
    figures["cpu_us"] = (processor() - before) * 1e6 / count
    with open("/proc/self/statm", encoding="ascii") as statm:
        figures["resident_mb"] = int(statm.read().split()[1]) * resource.getpagesize() / 2**20
    print(json.dumps(figures))


asyncio.run(main())
