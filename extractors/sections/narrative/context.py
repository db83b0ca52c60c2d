"""What a clause that names no subject goes on about: the last fact, its whole, the thing it describes."""

from typing import NamedTuple

from extractors.model.amounts import Text


class Parts(NamedTuple):
    """The facts that follow are parts of `whole`, until the stop `until` (； or 。).

    `of` is the fact of the whole, `first` the index of the first part; both by position in the facts.
    `named` counts the parts; `in_commas` says that no ； stood among them.
    """

    whole: Text
    until: str
    of: int | None
    first: int
    is_purpose: bool
    in_commas: bool = True
    named: int = 0

    @property
    def is_comma_list(self) -> bool:
        """Whether commas alone stand between its parts."""
        return self.in_commas and self.named > 1


class Context(NamedTuple):
    """What a nameless clause goes on about.

    `current` is the index of the last fact, `own` its subject without its whole and without variants,
    `thing` what a feature (价值) would belong to, `ended` the list of parts that has just ended.
    """

    current: int | None = None
    own: str = ""
    thing: Text | None = None
    parts: tuple[Parts, ...] = ()
    ended: Parts | None = None

    def after(self, stops: str) -> "Context":
        """The context behind ； or 。, where lists of parts end.

        A list whose parts stand between commas ends at ；, one whose parts stand between ； goes on.
        """
        if not self.parts:
            return self if self.ended is None else self._replace(ended=None)
        kept = [p for p in self.parts if "。" not in stops and p.until == "。" and not p.is_comma_list]
        ended = next((p for p in self.parts if p not in kept and p.of is not None and not p.is_purpose), None)
        return self._replace(parts=tuple(p._replace(in_commas=False) for p in kept), ended=ended)

    def with_part(self, own: str, thing: Text, fact: int) -> "Context":
        """The context with one more named thing and its fact, a part of the list that is open, if any."""
        parts = self.parts
        if parts:
            parts = (*parts[:-1], parts[-1]._replace(named=parts[-1].named + 1))
        return Context(fact, own, thing, parts)

    @property
    def is_purpose(self) -> bool:
        """Whether it stands in a list of what money is for (用于)."""
        return any(parts.is_purpose for parts in self.parts)

    @property
    def divided(self) -> tuple[Text | None, int | None]:
        """What 其中 opens the parts of, and its fact: behind a list that a colon opened, what that listed."""
        if self.ended is not None and self.ended.until == ";":
            return self.ended.whole, self.ended.of
        return self.thing, self.current

    @property
    def whole_of_list(self) -> Parts | None:
        """The list whose whole a nameless change may be about: one of commas, or one that has just ended.

        One part alone is no whole list: 其中：人员经费5万元。较上年增加1万元。公用经费2万元。
        """
        if not self.parts:
            return self.ended if self.ended is not None and self.ended.named > 1 else None
        last = self.parts[-1]
        return last if last.of is not None and not last.is_purpose and last.is_comma_list else None


class Bracket(NamedTuple):
    """A bracket with statements of its own: the context before it, and whether a reason holds it."""

    outside: Context
    in_reason: bool


class Reason(NamedTuple):
    """A reason being read: where it begins, the context that it explains, the index of its first fact."""

    start: int
    explains: Context
    first: int
