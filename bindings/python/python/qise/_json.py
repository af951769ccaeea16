"""Documents as Python has them: parsed once, handed out as copies."""

from __future__ import annotations

import json
from typing import Any, NoReturn, TypeAlias, TypeVar

Document: TypeAlias = dict[str, Any]

_Tree = TypeVar("_Tree")


def encoded(document: object) -> bytes:
    """The bytes of a document given as str, bytes, or a dict as `json.loads` makes them."""
    if isinstance(document, str):
        return document.encode()
    if isinstance(document, bytes):
        return document
    if isinstance(document, dict):
        return json.dumps(document, ensure_ascii=False).encode()
    raise TypeError(f"a document is str, bytes or dict, not {type(document).__name__}")


def parsed(text: str) -> Document:
    """The dict of a document. Whoever keeps it hands out copies."""
    document: Document = json.loads(text)
    return document


def copied(tree: _Tree) -> _Tree:
    """A copy of dicts and lists in each other; other values never change, and are shared."""
    return _copied(tree)  # type: ignore[no-any-return]


def _copied(tree: Any) -> Any:
    # By exact type, which is several times as fast as copy.deepcopy.
    kind = type(tree)
    if kind is dict:
        return {key: _copied(value) for key, value in tree.items()}
    if kind is list:
        return [_copied(value) for value in tree]
    return tree


class _ReadOnly:
    """What a problem hands out and keeps: lists and dicts as ever, that nobody can change."""

    def _refused(self, *_: object, **__: object) -> NoReturn:
        raise TypeError(
            "a problem never changes: work on a copy, such as to_dict(), or ask for another problem, such as without()"
        )

    __setitem__ = __delitem__ = __ior__ = __iadd__ = __imul__ = _refused
    clear = pop = update = append = extend = insert = remove = sort = reverse = popitem = setdefault = _refused


class _Dict(_ReadOnly, dict[str, Any]):
    def __reduce__(self) -> tuple[type, tuple[dict[str, Any]]]:
        return dict, (dict(self),)


class _List(_ReadOnly, list[Any]):
    def __reduce__(self) -> tuple[type, tuple[list[Any]]]:
        return list, (list(self),)


def kept(tree: Any) -> Any:
    """A copy of dicts and lists in each other that nobody can change; it can be handed out again and again."""
    kind = type(tree)
    if kind is dict:
        return _Dict((key, kept(value)) for key, value in tree.items())
    if kind is list:
        return _List(kept(value) for value in tree)
    return tree
