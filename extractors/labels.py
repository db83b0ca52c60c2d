"""Labelled paragraphs: 预算安排规模：77.00万元, （一）项目名称：…, or a label alone as a heading.

设立的政策依据：…。文件依据：伊州财社【2024】93号     预算安排规模（万元）：77.00     六、年度预算安排
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from extractors.model.document import Passage

_NUMBER = r"(?:[(]?[一二三四五六七八九十\d]{1,3}[)]?[、.,]?|[①-⑳])?"
_SENTENCE_ENDS = "。；;!！"
# A label of so many characters is met nowhere but as a label, so that it needs no full stop before it.
_UNMISTAKABLE = 6


@dataclass(frozen=True, slots=True)
class Labelled:
    """A stretch of text and the field that its label announces, None where it has no label.

    `whole` is the stretch with its label. `label` is as printed, `qualifier` what stands in brackets
    behind it: 万元 in 预算安排规模（万元）.
    """

    field: str | None
    value: Passage
    whole: Passage
    label: str = ""
    qualifier: str | None = None


@dataclass(frozen=True)
class Labels:
    """Printed labels and the fields that they announce."""

    fields: Mapping[str, str]

    def split(self, passage: Passage) -> Iterator[Labelled]:
        """The stretches of a paragraph, each with its label; nothing is left out but the labels."""
        alone = self._alone.fullmatch(passage.plain)
        if alone is not None:
            yield self._labelled(alone, passage, len(passage))
            return
        marks = list(self._marks(passage.plain))
        first = marks[0].start() if marks else len(passage)
        if first or not marks:
            unlabelled = passage.part(0, first)
            yield Labelled(None, unlabelled, unlabelled)
        for index, mark in enumerate(marks):
            end = marks[index + 1].start() if index + 1 < len(marks) else len(passage)
            yield self._labelled(mark, passage, end)

    def _marks(self, plain: str) -> Iterator[re.Match[str]]:
        """The labels of a paragraph."""
        for mark in self._before_colon.finditer(plain) if ":" in plain else ():
            unmistakable = len(mark["label"]) >= _UNMISTAKABLE
            begins = mark.start() == 0 or plain[mark.start() - 1] in _SENTENCE_ENDS or unmistakable
            if begins:
                yield mark

    def _labelled(self, mark: re.Match[str], passage: Passage, end: int) -> Labelled:
        return Labelled(
            field=self.fields[mark["label"]],
            value=passage.part(mark.end(), end),
            whole=passage.part(mark.start(), end),
            label=mark["label"],
            qualifier=mark["qualifier"],
        )

    @property
    def _pattern(self) -> str:
        alternatives = "|".join(sorted(map(re.escape, self.fields), key=len, reverse=True))
        first = re.escape("".join({label[0] for label in self.fields}))  # most characters begin no label
        return rf"{_NUMBER}(?=[{first}])(?P<label>{alternatives})(?:\((?P<qualifier>[^()]{{1,12}})\))?"

    @cached_property
    def _before_colon(self) -> re.Pattern[str]:
        return re.compile(self._pattern + ":")

    @cached_property
    def _alone(self) -> re.Pattern[str]:
        return re.compile(self._pattern)
