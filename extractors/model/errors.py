"""Every error a user can meet, each with a stable slug and its sentence in Chinese and English.

Trouble inside a document that can still be read is no exception but a `Gap` (see `findings`).
"""

from enum import StrEnum
from typing import ClassVar


class Language(StrEnum):
    """The languages of messages (`YUSUAN_LANG`)."""

    ZH = "zh"
    EN = "en"


class YusuanError(Exception):
    """Root of all errors of this project: what went wrong, where, and what to do."""

    slug: ClassVar[str] = "error"
    zh: ClassVar[str] = "出错了。"
    en: ClassVar[str] = "Something went wrong."

    def __init__(self, **details: object) -> None:
        self.details = details
        super().__init__(self.message(Language.EN))

    def message(self, language: Language) -> str:
        """The sentence for a person, in their language."""
        template = self.zh if language is Language.ZH else self.en
        return template.format(**self.details)


class UnreadableDocument(YusuanError):
    """The bytes cannot be read as a disclosure PDF at all."""

    slug = "unreadable-document"


class MissingFile(UnreadableDocument):
    """There is no file at the path, or it may not be read. Details: name."""

    slug = "missing-file"
    zh = "找不到或无权读取文件“{name}”，请检查路径。"
    en = "The file “{name}” does not exist or may not be read; check the path."


class EmptyFile(UnreadableDocument):
    """Zero bytes. Details: name."""

    slug = "empty-file"
    zh = "文件“{name}”是空的（0 字节），请重新下载或上传。"
    en = "The file “{name}” is empty (0 bytes); download or upload it again."


class NotAPdf(UnreadableDocument):
    """The bytes do not begin as a PDF does, whatever the file is called. Details: name."""

    slug = "not-a-pdf"
    zh = "文件“{name}”的内容不是 PDF（扩展名不算数），请提供 PDF 原件。"
    en = "The content of “{name}” is not a PDF, whatever its name says; provide the PDF itself."


class EncryptedPdf(UnreadableDocument):
    """A password is needed to open it. Details: name."""

    slug = "encrypted-pdf"
    zh = "文件“{name}”设有打开密码，请提供未加密的版本。"
    en = "“{name}” is protected by a password; provide a version without one."


class BrokenPdf(UnreadableDocument):
    """It begins as a PDF but is truncated or damaged. Details: name."""

    slug = "broken-pdf"
    zh = "文件“{name}”已损坏或不完整，请重新下载后再试。"
    en = "“{name}” is damaged or incomplete; download it again."


class NoPages(UnreadableDocument):
    """A PDF without a single page. Details: name."""

    slug = "no-pages"
    zh = "文件“{name}”里没有页面。"
    en = "“{name}” has no pages."


class TooManyPages(UnreadableDocument):
    """More pages than allowed. Details: name, pages, limit."""

    slug = "too-many-pages"
    zh = "文件“{name}”有 {pages} 页，超过上限 {limit} 页（设置 YUSUAN_MAX_PAGES）。"
    en = "“{name}” has {pages} pages, over the limit of {limit} (setting YUSUAN_MAX_PAGES)."


class FileTooLarge(UnreadableDocument):
    """More bytes than allowed. Details: name, limit (MB)."""

    slug = "file-too-large"
    zh = "文件“{name}”超过大小上限 {limit} MB（设置 YUSUAN_MAX_UPLOAD_MB）。"
    en = "“{name}” is over the size limit of {limit} MB (setting YUSUAN_MAX_UPLOAD_MB)."


class ModelUnavailable(YusuanError):
    """The configured model endpoint gave no usable answer. Details: reason."""

    slug = "model-unavailable"
    zh = "模型服务没有给出可用的回答：{reason}"
    en = "The model endpoint gave no usable answer: {reason}"


class ReplyRejected(YusuanError):
    """The model answered, but not as the reply schema asks. Details: reason."""

    slug = "reply-rejected"
    zh = "模型的回答不符合要求的格式：{reason}"
    en = "The model's answer does not fit the reply schema: {reason}"


class BudgetSpent(ModelUnavailable):
    """A call was not made because it could have cost more than is left. Details: budget, setting, reason."""

    slug = "budget-spent"
    zh = "模型费用预算（{budget}，设置 {setting}）不够再问一次：{reason}"
    en = "The model's budget ({budget}, setting {setting}) does not cover another call: {reason}"
