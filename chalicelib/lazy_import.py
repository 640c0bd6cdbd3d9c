"""Modules that are imported when they are first used.

A cold start pays for an import whether the request needs it or not. PyJWT brings ``cryptography`` and takes 40 ms: an
exchange with a client secret needs neither.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any


class LazyModule:
    """Stands for the module of this name; imports it when the first of its members is asked for."""

    def __init__(self, name: str) -> None:
        self._name = name

    def __getattr__(self, member: str) -> Any:
        return getattr(import_module(self._name), member)


if TYPE_CHECKING:
    import jwt
else:
    jwt = LazyModule("jwt")

__all__ = ["LazyModule", "jwt"]
