"""Looks for what would stop the service, and says it."""

import importlib.metadata
import sys
from collections.abc import Callable
from dataclasses import dataclass

from extractors.model.errors import Language
from service.settings import Settings
from service.storage.database import Database
from service.storage.errors import DatabaseUnavailable, FolderNotWritable, SchemaNotCurrent
from service.storage.files import Files

_PYTHON = (3, 11)
_PACKAGES = ("pymupdf", "pydantic", "sqlmodel", "fastapi", "uvicorn", "openai", "instructor")


@dataclass(frozen=True, slots=True)
class Result:
    """One thing that was looked at."""

    what: str
    ok: bool
    says: str


def examine(settings: Settings) -> list[Result]:
    """Everything, in the order in which it is needed."""
    looks: list[Callable[[Settings], Result]] = [_python, _packages, _data_dir, _database, _model]
    return [look(settings) for look in looks]


def line(result: Result) -> str:
    """The result for people."""
    return f"{'正常' if result.ok else '故障'}  {result.what}：{result.says}"


def _python(_: Settings) -> Result:
    found = sys.version_info[:2]
    return Result("Python", found == _PYTHON, ".".join(map(str, sys.version_info[:3])))


def _packages(_: Settings) -> Result:
    missing = [name for name in _PACKAGES if not _version(name)]
    if missing:
        return Result("依赖", False, f"缺少 {'、'.join(missing)}，请运行 make demo 重新安装")
    return Result("依赖", True, "、".join(f"{name} {_version(name)}" for name in _PACKAGES))


def _version(name: str) -> str | None:
    try:
        return importlib.metadata.version(name)
    except importlib.metadata.PackageNotFoundError:
        return None


def _data_dir(settings: Settings) -> Result:
    try:
        Files(settings.data_dir).check()
    except FolderNotWritable as error:
        return Result("数据目录", False, f"{settings.data_dir}：{error.message(Language.ZH)}")
    return Result("数据目录", True, f"{settings.data_dir} 可写")


def _database(settings: Settings) -> Result:
    try:
        database = Database(settings.database)
        database.check()
    except SchemaNotCurrent as error:
        return Result("数据库", True, f"可连接；{error.message(Language.ZH)}")
    except DatabaseUnavailable as error:
        return Result("数据库", False, error.message(Language.ZH))
    database.close()
    return Result("数据库", True, f"{database.name}，结构为最新")


def _model(settings: Settings) -> Result:
    if settings.model:
        return Result("模型", True, f"{settings.llm_model}（{settings.llm_base_url}），未试连")
    return Result("模型", True, "未配置（YUSUAN_LLM_BASE_URL、YUSUAN_LLM_MODEL），只用内置的规则读取")
