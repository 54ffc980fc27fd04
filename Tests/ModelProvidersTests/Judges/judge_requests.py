"""Judges requests by the typed request models of the services' own Python SDKs.

usage: judge_requests.py REQUESTS

REQUESTS has a JSON object on each line: `case`, `format` (openai-chat, openai-responses, openai-count, anthropic,
anthropic-beta, anthropic-count, anthropic-batch, gemini, cohere), `body`, the body of the request, `base`, what the case
is about, and perhaps `extra`, numbers that the service takes beside what the package knows. Unknown members are forbidden
at every depth, whatever the SDK itself would let pass, and lists that the SDKs leave lazy are walked through.

The same judge is then given wrong requests: accepted ones with one thing changed. It must reject each. The last line of
the output counts: accepted, rejected, caught (wrong ones that it rejects), missed (wrong ones that it accepts).
"""

import collections.abc
import copy
import importlib
import inspect
import json
import pkgutil
import sys
import typing
import warnings

import pydantic
from typing_extensions import NotRequired, TypedDict, is_typeddict

warnings.simplefilter("ignore")
# A lazy list inside a union is taken before it is read, so a wrong branch would win: the SDKs get lists to begin with.
typing.Iterable = typing.List

import anthropic.types
import anthropic.types.beta
import cohere
import openai.types
from google.genai import types as google

FORBIDDING = pydantic.ConfigDict(extra="forbid", arbitrary_types_allowed=True)


def modules_of(package):
    for found in pkgutil.walk_packages(package.__path__, package.__name__ + "."):
        try:
            yield importlib.import_module(found.name)
        except ImportError:
            continue


def forbid_unknown(packages):
    """Every typed dictionary and every model of these packages refuses members that it does not know."""
    models = []
    for package in packages:
        for module in modules_of(package):
            for value in list(vars(module).values()):
                if is_typeddict(value):
                    value.__pydantic_config__ = FORBIDDING
                elif inspect.isclass(value) and issubclass(value, pydantic.BaseModel):
                    value.model_config["extra"] = "forbid"
                    models.append(value)
    return models


forbid_unknown([openai.types, anthropic.types])
for model in forbid_unknown([cohere]):
    model.model_rebuild(force=True)


def parameters(function, name, dropped, **added):
    """The arguments of an SDK's method as a typed dictionary: what has no default is required."""
    hints = typing.get_type_hints(function, include_extras=True)
    members = {}
    for parameter in inspect.signature(function).parameters.values():
        if parameter.name in dropped or parameter.name == "self":
            continue
        hint = hints[parameter.name]
        members[parameter.name] = hint if parameter.default is inspect.Parameter.empty else NotRequired[hint]
    made = TypedDict(name, {**members, **added})
    made.__pydantic_config__ = FORBIDDING
    return made


def adapter(module, name):
    return pydantic.TypeAdapter(getattr(importlib.import_module(module), name))


CHAT = "openai.types.chat.completion_create_params"
RESPONSES = "openai.types.responses.response_create_params"
MESSAGES = "anthropic.types.message_create_params"
BETA = "anthropic.types.beta.message_create_params"
ADAPTERS = {
    ("openai-chat", False): adapter(CHAT, "CompletionCreateParamsNonStreaming"),
    ("openai-chat", True): adapter(CHAT, "CompletionCreateParamsStreaming"),
    ("openai-responses", False): adapter(RESPONSES, "ResponseCreateParamsNonStreaming"),
    ("openai-responses", True): adapter(RESPONSES, "ResponseCreateParamsStreaming"),
    ("openai-count", False): adapter("openai.types.responses.input_token_count_params", "InputTokenCountParams"),
    ("anthropic", False): adapter(MESSAGES, "MessageCreateParamsNonStreaming"),
    ("anthropic", True): adapter(MESSAGES, "MessageCreateParamsStreaming"),
    ("anthropic-beta", False): adapter(BETA, "MessageCreateParamsNonStreaming"),
    ("anthropic-beta", True): adapter(BETA, "MessageCreateParamsStreaming"),
    ("anthropic-count", False): adapter("anthropic.types.message_count_tokens_params", "MessageCountTokensParams"),
    ("anthropic-batch", False): adapter("anthropic.types.messages.batch_create_params", "BatchCreateParams"),
    ("cohere", False): pydantic.TypeAdapter(
        parameters(cohere.ClientV2.chat, "Chat", ["request_options"], stream=NotRequired[typing.Literal[False]])
    ),
    ("cohere", True): pydantic.TypeAdapter(
        parameters(cohere.ClientV2.chat_stream, "ChatStream", ["request_options"], stream=typing.Literal[True])
    ),
}


def walk(value):
    """Reads lazy lists to their end, which judges their elements."""
    if isinstance(value, (str, bytes)):
        return
    if isinstance(value, collections.abc.Mapping):
        for member in value.values():
            walk(member)
    elif isinstance(value, pydantic.BaseModel):
        for name in type(value).model_fields:
            walk(getattr(value, name))
    elif isinstance(value, collections.abc.Iterable):
        for element in value:
            walk(element)


# Gemini's body has generation settings in `generationConfig`; the SDK has one flat configuration for both.
GEMINI_TOP = ["systemInstruction", "tools", "toolConfig", "safetySettings", "cachedContent", "serviceTier", "labels"]


class GeminiBody(google._common.BaseModel):
    contents: typing.List[google.Content]
    config: google.GenerateContentConfig


def gemini(body):
    body = dict(body)
    config = dict(body.pop("generationConfig", {}))
    for name in GEMINI_TOP:
        if name in body:
            if name in config:
                raise ValueError(f"{name} stands in generationConfig too")
            config[name] = body.pop(name)
    if "systemInstruction" in config:
        # The SDK takes a text or parts too, and its union would let wrong ones pass as such.
        google.Content.model_validate(config["systemInstruction"])
    for tool in config.get("tools", []):
        google.Tool.model_validate_json(json.dumps(tool))
    walk(GeminiBody.model_validate_json(json.dumps({"config": config, **body})))


def judge(kind, body):
    """Raises where the SDK's types do not take the body."""
    if kind == "gemini":
        return gemini(body)
    # Strict: no number passes for a text, no text for a number; enumerations come as texts, hence from JSON.
    streams = body.get("stream") is True
    walk(ADAPTERS[(kind, streams)].validate_json(json.dumps(body), strict=True))


def at(body, path):
    for step in path:
        body = body[step]
    return body


def put(*path, value):
    def change(body):
        at(body, path[:-1])[path[-1]] = value
    return change


def drop(*path):
    def change(body):
        del at(body, path[:-1])[path[-1]]
    return change


def rename(*path, to):
    def change(body):
        parent = at(body, path[:-1])
        parent[to] = parent.pop(path[-1])
    return change


TURN = "tools, turn two"
WRONG = [
    ("openai-chat", TURN, "an unknown member", put("temprature", value=1)),
    ("openai-chat", TURN, "no model", drop("model")),
    ("openai-chat", TURN, "an unknown role", put("messages", 0, "role", value="robot")),
    ("openai-chat", TURN, "a call without a type", drop("messages", -3, "tool_calls", 0, "type")),
    ("openai-chat", TURN, "arguments as an object", put("messages", -3, "tool_calls", 0, "function", "arguments", value={})),
    ("openai-chat", TURN, "a result without its call's id", drop("messages", -1, "tool_call_id")),
    ("openai-chat", TURN, "a tool as Responses has it", put("tools", 0, value={"type": "function", "name": "f"})),
    ("openai-chat", "an image", "an image's address as text", put("messages", 0, "content", 1, "image_url", value="x")),
    ("openai-chat", "a schema", "a schema without a name", drop("response_format", "json_schema", "name")),
    ("openai-responses", TURN, "the limit's name of Chat Completions", put("max_tokens", value=5)),
    ("openai-responses", TURN, "a result without its output", drop("input", -1, "output")),
    ("openai-responses", TURN, "a tool as Chat Completions has it", put("tools", 0, value={"type": "function", "function": {}})),
    ("openai-responses", "an image", "a part of another interface", put("input", 0, "content", 1, "type", value="image_url")),
    ("openai-responses", "a schema", "a form outside of text", rename("text", to="response_format")),
    ("openai-count", TURN, "a limit where tokens are counted", put("max_output_tokens", value=5)),
    ("anthropic", TURN, "no maximum", drop("max_tokens")),
    ("anthropic", TURN, "a maximum as text", put("max_tokens", value="many")),
    ("anthropic", TURN, "a tool as OpenAI has it", rename("tools", 0, "input_schema", to="parameters")),
    ("anthropic", TURN, "a call's input as text", put("messages", -2, "content", -1, "input", value="{}")),
    ("anthropic", TURN, "a result's id under another name", rename("messages", -1, "content", 0, "tool_use_id", to="id")),
    ("anthropic", "an image", "a source without its type", drop("messages", 0, "content", 1, "source", "media_type")),
    ("anthropic", "a cached system prompt", "an unknown kind of cache", put("system", 0, "cache_control", "type", value="x")),
    ("gemini", TURN, "an unknown member of the configuration", put("generationConfig", value={"maxTokens": 5})),
    ("gemini", TURN, "a part of OpenAI's", put("contents", 0, "parts", 0, value={"type": "text", "text": "a"})),
    ("gemini", TURN, "contents under OpenAI's name", rename("contents", to="messages")),
    ("gemini", TURN, "a function's arguments as text", put("contents", -2, "parts", 1, "functionCall", "args", value="{}")),
    ("gemini", TURN, "a tool without its wrapper", put("tools", 0, value={"name": "f"})),
    ("gemini", "an image", "a picture's type under another name", rename("contents", 0, "parts", 1, "inlineData", "mimeType", to="mediaType")),
    ("cohere", TURN, "a member that only version 1 has", put("chat_history", value=[])),
    ("cohere", TURN, "no messages", drop("messages")),
    ("cohere", TURN, "an unknown role", put("messages", 0, "role", value="robot")),
    ("cohere", TURN, "a result without its call's id", drop("messages", -1, "tool_call_id")),
    ("cohere", TURN, "a function without a name", drop("tools", 0, "function", "name")),
    ("cohere", "all options", "a penalty as text", put("frequency_penalty", value="much")),
]  # fmt: skip


def judge_wrong(requests):
    """How many wrong requests are caught, and the names of those that are not."""
    accepted = {(request["format"], request["base"]): request["body"] for request in requests}
    caught, missed = 0, []
    for kind, base, name, change in WRONG:
        body = copy.deepcopy(accepted.get((kind, base)))
        try:
            change(body)
        except (KeyError, IndexError, TypeError, AttributeError) as error:
            missed.append(f"{kind}, {base}: {name} cannot be put into {json.dumps(body)[:600]}: {error!r}")
            continue
        try:
            judge(kind, body)
            missed.append(f"{kind}, {base}: {name} is accepted")
        except (pydantic.ValidationError, ValueError):
            caught += 1
    return caught, missed


def drop_extra(request):
    """Takes out the numbers that a service takes beside what its package knows."""
    for name in request.get("extra", []):
        value = request["body"].pop(name, 0)
        if isinstance(value, bool) or not isinstance(value, (int, float)):
            raise ValueError(f"{name} is no number: {value!r}")


def main():
    with open(sys.argv[1], encoding="utf-8") as lines:
        requests = [json.loads(line) for line in lines]
    good = []
    rejected = 0
    for request in requests:
        try:
            drop_extra(request)
            judge(request["format"], request["body"])
            good.append(request)
        except (pydantic.ValidationError, ValueError, KeyError) as error:
            rejected += 1
            print(f"{request['case']} ({request['format']}): {str(error)[:1500]}\n  {json.dumps(request['body'])[:1500]}")
    caught, missed = judge_wrong(good)
    for line in missed:
        print(line)
    print(f"{len(good)} accepted, {rejected} rejected, {caught} caught, {len(missed)} missed")
    sys.exit(1 if rejected or missed else 0)


main()
