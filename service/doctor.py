"""Looks for what would stop the service, and says it."""

import asyncio
import importlib
import importlib.metadata
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from extractors.llm.client import Profile
from extractors.llm.providers import Mode
from extractors.model.errors import Language, YusuanError
from service.settings import Settings
from service.storage.database import Database
from service.storage.errors import DatabaseUnavailable, FolderNotWritable, SchemaNotCurrent
from service.storage.files import Files

_PYTHON = (3, 11)
_PACKAGES = ("pymupdf", "pydantic", "sqlmodel", "fastapi", "uvicorn", "openai", "instructor")


@dataclass(frozen=True, slots=True)
class Result:
    """One thing that was looked at, and what was found, in the words of each language."""

    ok: bool
    what: tuple[str, str]
    says: tuple[str, str]


def examine(settings: Settings) -> list[Result]:
    """Everything, in the order in which it is needed."""
    looks: list[Callable[[Settings], Result]] = [_python, _packages, _data_dir, _database]
    return [*(look(settings) for look in looks), *_model(settings)]


def line(result: Result, language: Language) -> str:
    """The result for people."""
    which = 0 if language is Language.ZH else 1
    verdict = (("正常", "故障"), ("ok   ", "FAULT"))[which][not result.ok]
    return f"{verdict}  {result.what[which]}{'：' if which == 0 else ': '}{result.says[which]}"


def _python(_: Settings) -> Result:
    found = ".".join(map(str, sys.version_info[:3]))
    return Result(sys.version_info[:2] == _PYTHON, ("Python", "Python"), (found, found))


def _packages(_: Settings) -> Result:
    what = ("依赖", "packages")
    missing = [name for name in _PACKAGES if not _version(name)]
    if missing:
        zh, en = "、".join(missing), ", ".join(missing)
        says = (f"缺少 {zh}，请运行 make demo 重新安装", f"{en} missing; run make demo to install them")
        return Result(False, what, says)
    found = [f"{name} {_version(name)}" for name in _PACKAGES]
    return Result(True, what, ("、".join(found), ", ".join(found)))


def _version(name: str) -> str | None:
    try:
        return importlib.metadata.version(name)
    except importlib.metadata.PackageNotFoundError:
        return None


def _data_dir(settings: Settings) -> Result:
    what, folder = ("数据目录", "data folder"), settings.data_dir
    try:
        Files(folder).check()
    except FolderNotWritable as error:
        zh, en = _both(error)
        return Result(False, what, (f"{folder}：{zh}", f"{folder}: {en}"))
    return Result(True, what, (f"{folder} 可写", f"{folder} can be written to"))


def _database(settings: Settings) -> Result:
    what = ("数据库", "database")
    try:
        database = Database(settings.database)
        database.check()
    except SchemaNotCurrent as error:
        zh, en = _both(error)
        return Result(True, what, (f"可连接；{zh}", f"can be reached. {en}"))
    except DatabaseUnavailable as error:
        return Result(False, what, _both(error))
    database.close()
    return Result(True, what, (f"{database.name}，结构为最新", f"{database.name}, its schema up to date"))


def _both(error: YusuanError) -> tuple[str, str]:
    return error.message(Language.ZH), error.message(Language.EN)


def _model(settings: Settings) -> list[Result]:
    what, profile = ("模型", "model"), settings.model
    if profile is None:
        zh = "未配置（YUSUAN_LLM_BASE_URL、YUSUAN_LLM_MODEL），只用内置的规则读取"
        en = "none configured (YUSUAN_LLM_BASE_URL, YUSUAN_LLM_MODEL): the built-in reader works alone"
        return [Result(True, what, (zh, en))]
    # Loads openai: only where there is a model.
    probing = importlib.import_module("extractors.llm.probe")
    found = asyncio.run(probing.probe(profile))
    answers = found["answers"]
    which = f"{profile.base_url}, {profile.provider.name}"
    where = (f"{profile.model}（{which}）", f"{profile.model} ({which})")
    if not answers.ok:
        zh, en = _both(answers.error)
        return [Result(False, what, (f"{where[0]}{zh}", f"{where[1]} {en}"))]
    told = (f"{where[0]}有回答", f"{where[1]} answers")
    return [Result(True, what, told), *_modes(profile, found), *_limits(profile, found)]


def _modes(profile: Profile, found: Mapping[str, Any]) -> Iterator[Result]:
    """The ways to tell the shape of a reply; it is a fault where the one that would be used fails."""
    used = profile.provider.for_model(profile.model).mode
    works = [mode for mode in Mode if mode in found and found[mode].ok]
    for mode in Mode:
        if mode not in found:
            continue
        one, what = found[mode], (f"模型 {mode}", f"model, {mode}")
        here = ("（使用中）", " (in use)") if mode is used else ("", "")
        if one.ok:
            yield Result(True, what, (f"可用{here[0]}", f"works{here[1]}"))
            continue
        zh, en = _both(one.error)
        if mode is used:
            others = ", ".join(works) or "-"
            zh = f"{zh}。可用的方式：{others}；请在 YUSUAN_LLM_PROVIDER 所指的文件里改 mode"
            en = f"{en}. What works: {others}; set mode in a file of your own that YUSUAN_LLM_PROVIDER names"
        yield Result(mode is not used, what, (f"不可用{here[0]}：{zh}", f"does not work{here[1]}: {en}"))


def _limits(profile: Profile, found: Mapping[str, Any]) -> Iterator[Result]:
    """What it tells of its limits and costs; a fault is only a budget that nobody can keep."""
    context, usage, price = found["context"], found["usage"], found["price"]
    stated = profile.provider.for_model(profile.model).context
    length = (f"{context.value} 个 token", f"{context.value} tokens")
    if not context.ok:
        length = (f"服务未说明，按 {stated} 个 token", f"not told by the server; taken for {stated} tokens")
    yield Result(True, ("模型上下文长度", "model, context length"), length)
    counted = (f"有说明；本次检查用了 {usage.value} 个", f"stated; this examination took {usage.value}")
    if not usage.ok:
        counted = ("服务不说明用量，费用将是未知", "not stated by the server; costs will be unknown")
    yield Result(True, ("模型用量（token）", "model, usage (tokens)"), counted)
    known = (f"每百万 token 输入 / 输出 {price.value}", f"a million tokens in / out: {price.value}")
    if not price.ok:
        known = ("未知；可写进 YUSUAN_LLM_PROVIDER 所指的文件", "unknown; a file of your own may state it")
    can_be_kept = price.ok or profile.budget is None
    yield Result(can_be_kept, ("模型价格", "model, price"), known)
