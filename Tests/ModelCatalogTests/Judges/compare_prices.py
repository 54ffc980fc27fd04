#!/usr/bin/env python3
"""Compares costs with those of genai-prices (PyPI), an independent list of prices.

Reads a JSON object a line: a model's row in one class of service, its probes (usages of one kind of token each, below
and above every limit) and random usages, each with the cost that ours comes to in millionths of a millionth of a dollar:
    {"provider": "openai", "model": "gpt-4o", "service": "batch",
     "probes": [[input, read, write, output, cost], ...], "usages": [...]}
Writes a line for each: absent (the other list does not have the model or the class), differ (the unit prices do, with
the first probe and both costs), or agree, with how many usages were compared and which were unequal.
"""
import datetime
import decimal
import json
import sys

from genai_prices import Usage, calc_price

decimal.getcontext().prec = 60
PROVIDERS = {"gemini": "google"}
CLASSES = {
    "batch": {"processing": "batch"},
    "flex": {"service_tier": "flex"},
    "priority": {"service_tier": "priority"},
}
# The day of our catalogue: the other list knows prices by date.
NOW = datetime.datetime(2026, 11, 21, tzinfo=datetime.timezone.utc)


def price(row, usage):
    """What the other list says that a usage costs; None where it does not have the model or its class."""
    tokens = {"input_tokens": usage[0], "output_tokens": usage[3]}
    if usage[1]:
        tokens["cache_read_tokens"] = usage[1]
    if usage[2]:
        tokens["cache_write_tokens"] = usage[2]
    provider = PROVIDERS.get(row["provider"], row["provider"])
    context = CLASSES.get(row["service"])
    extra = {"price_context": context} if context else {}
    try:
        found = calc_price(
            Usage(**tokens), row["model"], provider_id=provider, genai_request_timestamp=NOW, **extra
        )
    except LookupError:
        return None
    is_own = any(found.model.id == model.id for model in found.provider.models)
    if context and not (is_own and any(context == dict(v.when) for v in found.model.price_variants or [])):
        return None
    return found.total_price


def verdict(row):
    answer = {"model": f"{row['provider']}/{row['model']}", "service": row["service"], "compared": 0, "unequal": []}
    for probe in row["probes"]:
        theirs = price(row, probe)
        if theirs is None:
            return answer | {"verdict": "absent"}
        ours = decimal.Decimal(probe[4]) / 10**12
        if theirs != ours:
            kind = f"input {probe[0]} (read {probe[1]}, written {probe[2]}), output {probe[3]}"
            return answer | {"verdict": "differ", "detail": f"{kind}: {ours.normalize():f} here, {theirs:f} there"}
    for usage in row["usages"]:
        answer["compared"] += 1
        theirs = price(row, usage)
        if theirs != decimal.Decimal(usage[4]) / 10**12:
            answer["unequal"].append(f"{usage}: {theirs} there")
    return answer | {"verdict": "agree"}


for line in sys.stdin:
    print(json.dumps(verdict(json.loads(line))))
