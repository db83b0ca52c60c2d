"""An attribute that is computed when it is asked for first."""

from functools import cached_property
from typing import Any, Self, TypeVar, overload

_T_co = TypeVar("_T_co", covariant=True)


class lazy(cached_property[_T_co]):  # noqa: N801 - a decorator
    """`functools.cached_property` without the lock that it takes up to Python 3.11.

    Values are computed from what does not change: two threads that compute one come to the same.
    """

    @overload
    def __get__(self, instance: None, owner: type[Any] | None = None) -> Self: ...

    @overload
    def __get__(self, instance: object, owner: type[Any] | None = None) -> _T_co: ...

    def __get__(self, instance: object | None, owner: type[Any] | None = None) -> Self | _T_co:
        """The value; it stands in the object's `__dict__` from then on, which is looked at first."""
        if instance is None:
            return self
        assert self.attrname is not None  # noqa: S101 - told when its class was made
        value: _T_co = self.func(instance)
        instance.__dict__[self.attrname] = value
        return value
