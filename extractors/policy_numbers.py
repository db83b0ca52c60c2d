"""文号 (numbers of policy documents): found in a text, read apart, and put in their standard form.

The standard form is 机关代字〔年份〕序号号 (GB/T 9704-2012). Printed are, for instance
    新财社〔2024〕181号    新材社【2024】181号    巴财社[2024]94 号    新人社发{2022}117号
    伊州财社【2023】90     新财社〔2014 〕70 号    国办发（2014）45号   新财社〔2024〕第018号
and what stands before is often not set off: 补助资金巴财社[2024]94号, 根据新材社【2024】181号.

`canonical` normalises brackets, spaces, 第, leading zeros and a missing 号. The issuer's characters are
never changed: 新材社 stays 新材社, and whether 新财社 was meant is for a check to say.
"""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib import resources

OPENING = "〔﹝［[【〖（({｛「『〈<＜"
"""What may stand before the year of a number."""
_CLOSING = "〕﹞］]】〗）)}｝」』〉>＞"
# Round and angle brackets hold years of all kinds; only 号 makes a number of them.
_ANY_YEAR = "（(〈<＜"
_WIDE_DIGIT = re.compile("[０-９]")
_DIGITS = str.maketrans("０１２３４５６７８９", "0123456789")
_HAN = "\u3400-\u9fff〇"
_RUN_BACKWARDS = re.compile(rf"\s*(?P<run>[{_HAN}]+)")
_NUMBER = re.compile(
    rf"(?P<open>[{re.escape(OPENING)}])\s*(?P<year>(?:19|20)\d\d)\s*"
    rf"(?P<close>[{re.escape(_CLOSING)}])\s*(?P<ordinal>第?)\s*(?P<serial>\d{{1,5}})"
    # Without 号, what follows must not make a quantity or a date of the digits.
    r"(?:\s*(?P<mark>号)|(?!\d|[.．]\d|,\d{3}(?!\d)|\s*[%％‰万亿元人个户名次件条份年月日类款项]))"
)
_SHORTEST_ISSUER = 2
_EARLIEST_YEAR = 1949


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The words of `policy_numbers.toml`."""

    longest_issuer: int
    always_before: tuple[str, ...]
    before_long: tuple[str, ...]
    not_alone: tuple[str, ...]
    title_endings: tuple[str, ...]
    plain_endings: tuple[str, ...]


@cache
def vocabulary() -> Vocabulary:
    """The words that bound issuer codes and end titles."""
    text = resources.files("extractors.templates").joinpath("policy_numbers.toml").read_text(encoding="utf-8")
    data = tomllib.loads(text)
    longest = int(data.pop("longest_issuer"))
    return Vocabulary(longest, **{name: tuple(words) for name, words in data.items()})


@dataclass(frozen=True, slots=True)
class PolicyNumber:
    """A document number and where it stands: `printed` is text[start:end].

    `notes` says in words what is unusual about its form, so that it is kept rather than guessed away.
    `is_set_off` where no word runs into it, so that its beginning is sure.
    """

    issuer: str
    year: int
    serial: int
    printed: str
    start: int
    end: int
    notes: tuple[str, ...] = ()
    is_set_off: bool = True

    @property
    def canonical(self) -> str:
        """The standard form: 新财社〔2024〕181号."""
        return f"{self.issuer}〔{self.year}〕{self.serial}号"

    def suspect(self, latest_year: int | None = None) -> str | None:
        """What is unusual about it, or None; later than `latest_year` (the fiscal year) is unusual."""
        notes = list(self.notes)
        if latest_year is not None and self.year > latest_year:
            notes.append(f"年份{self.year}晚于{latest_year}年")
        return "；".join(notes) or None


def find(text: str, known: frozenset[str] = frozenset()) -> tuple[PolicyNumber, ...]:
    """All document numbers of a text, in their order.

    `known` are canonical numbers printed elsewhere in the document. Where a number runs into the words
    before it, they show where it begins: 补助资伊州财社【2024】93号 (金 is missing in print).
    """
    return tuple(_numbers(text, known))


def with_known(
    text: str, numbers: tuple[PolicyNumber, ...], known: frozenset[str]
) -> tuple[PolicyNumber, ...]:
    """The numbers found in a text, found once more by known ones unless the beginning of all is sure."""
    return numbers if all(number.is_set_off for number in numbers) else find(text, known)


def parse(text: str) -> PolicyNumber | None:
    """The document number that a text wholly is, white space around it aside; else None."""
    stripped = text.strip()
    found = find(stripped)
    is_whole = len(found) == 1 and (found[0].start, found[0].end) == (0, len(stripped))
    return found[0] if is_whole else None


def _numbers(text: str, known: frozenset[str]) -> Iterator[PolicyNumber]:
    floor = 0
    for match in _NUMBER.finditer(text.translate(_DIGITS) if _WIDE_DIGIT.search(text) else text):
        before = _RUN_BACKWARDS.match(text[floor : match.start()][::-1])
        if before is None:
            continue
        floor = match.end()
        if match["mark"] is None and match["open"] in _ANY_YEAR:
            continue
        run = before["run"][::-1]
        issuer = _known_issuer(run, match, known) or issuer_code(run)
        if len(issuer) < _SHORTEST_ISSUER:
            continue
        start = match.start() - before.start("run") - len(issuer)
        yield PolicyNumber(
            issuer=issuer,
            year=int(match["year"]),
            serial=int(match["serial"]),
            printed=text[start : match.end()],
            start=start,
            end=match.end(),
            notes=tuple(_notes(issuer, match)),
            is_set_off=issuer == run,
        )


def _known_issuer(run: str, match: re.Match[str], known: frozenset[str]) -> str | None:
    """The longest end of the run that makes a known number."""
    rest = f"〔{int(match['year'])}〕{int(match['serial'])}号"
    return next((run[i:] for i in range(len(run)) if run[i:] + rest in known), None)


def issuer_code(run: str) -> str:
    """The issuer code (机关代字) at the end of a run of characters: 补助资金巴财社 gives 巴财社."""
    words = vocabulary()
    code = _after_last(run, words.always_before)
    return _after_last(code, words.before_long) if len(code) > words.longest_issuer else code


def _after_last(run: str, endings: tuple[str, ...]) -> str:
    """What follows the last of the endings behind which a code can stand; the run itself without any."""
    start = 0
    for ending in endings:
        if ending in run:  # of fifty, one or none
            at = run.rfind(ending, 0, -_SHORTEST_ISSUER)
            behind = at + len(ending)
            if at >= 0 and behind > start and _may_be_issuer(run[behind:]):
                start = behind
    return run[start:]


def _may_be_issuer(code: str) -> bool:
    return len(code) >= _SHORTEST_ISSUER and code not in vocabulary().not_alone


def _notes(issuer: str, match: re.Match[str]) -> Iterator[str]:
    if len(issuer) > vocabulary().longest_issuer:
        yield f"机关代字“{issuer}”过长，起点不明"
    if OPENING.index(match["open"]) != _CLOSING.index(match["close"]):
        yield f"括号不成对：{match['open']}{match['close']}"
    if int(match["year"]) < _EARLIEST_YEAR:
        yield f"年份{match['year']}过早"
    if match["ordinal"]:
        yield "序号前加了“第”字"
    if match["serial"].startswith("0"):
        yield f"序号{match['serial']}编了虚位"
    if match["mark"] is None:
        yield "缺“号”字"
