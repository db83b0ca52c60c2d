"""What can go wrong with a job beyond what is wrong with a document."""

from extractors.model.errors import Language, YusuanError
from service.storage.records import Json


class ReaderCrashed(YusuanError):
    """The process that read the document died of it."""

    slug = "reader-crashed"
    zh = "读取该文件的进程意外退出，已停止重试；请保留原件并报告此问题。"
    en = "The process that read this file died; it is not tried again. Keep the file and report this."


class StoredFileLost(YusuanError):
    """The stored PDF is no longer there."""

    slug = "stored-file-lost"
    zh = "已存的 PDF 原件不见了，请重新上传。"
    en = "The stored PDF is gone; upload it again."


class InternalError(YusuanError):
    """A fault of the program, written to its log."""

    slug = "internal-error"
    zh = "程序内部出错，详情已写入日志。"
    en = "The program failed; its log says more."


class NoSuchDocument(YusuanError):
    """There is no document with that id. Details: id."""

    slug = "no-such-document"
    zh = "没有编号为 {id} 的文件。"
    en = "There is no document {id}."


class NoSuchItem(YusuanError):
    """The value is not, or no longer, among those to review."""

    slug = "no-such-item"
    zh = "待核对的值中没有这一项；文件可能已重新读取，请刷新页面。"
    en = "This value is not in the review queue; the document may have been read again. Reload the page."


class StaleDecision(YusuanError):
    """Somebody else decided on the value in between."""

    slug = "stale-decision"
    zh = "这一项在您打开页面之后已被他人处理，请刷新后再决定。"
    en = "Somebody decided on this value after you opened it; reload it and decide again."


class BadDecision(YusuanError):
    """A decision that says too little, or too much. Details: reason."""

    slug = "bad-decision"
    zh = "无法接受这一处理：{reason}"
    en = "This decision cannot be taken: {reason}"


class NotAReading(YusuanError):
    """A file that should hold extractions and holds something else. Details: name."""

    slug = "not-a-reading"
    zh = "{name} 不是读取结果（`yusuan extract --json` 或 `yusuan export` 写出的 JSON）。"
    en = "{name} holds no extractions (JSON as `yusuan extract --json` or `yusuan export` writes it)."


class NoModel(YusuanError):
    """What was asked for needs a model, and none is configured."""

    slug = "no-model"
    zh = "未配置模型：请设置 YUSUAN_LLM_BASE_URL 和 YUSUAN_LLM_MODEL。"
    en = "No model is configured: set YUSUAN_LLM_BASE_URL and YUSUAN_LLM_MODEL."


def message_of(slug: str, details: Json, language: Language) -> str:
    """The sentence of a stored error."""
    kinds = {kind.slug: kind for kind in _all_kinds(YusuanError)}
    return kinds.get(slug, InternalError)(**details).message(language)


def _all_kinds(root: type[YusuanError]) -> list[type[YusuanError]]:
    return [root, *(kind for child in root.__subclasses__() for kind in _all_kinds(child))]
