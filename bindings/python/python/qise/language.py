"""The language of texts and exceptions where none is asked for."""

from __future__ import annotations

import os

from .literals import Lang

_chosen: list[Lang] = []


def set_language(lang: Lang | None) -> None:
    """Sets the language of texts, pages and exceptions for the whole process.

    Args:
        lang: ``en`` or ``zh``; None for what the environment variable QISE_LANG says, or else
            English.

    Raises:
        ValueError: ``lang`` is another word.

    Example:
        >>> qise.set_language("zh")
        >>> print(problem.eligible("n-boiler"))
        不可能：共 2 人，其中 1 人缺少技能、1 人语言不通
        >>> qise.set_language(None)
    """
    if lang not in ("en", "zh", None):
        raise ValueError(f"lang must be 'en', 'zh' or None, not {lang!r}")
    _chosen[:] = [] if lang is None else [lang]


def language(lang: Lang | None = None) -> Lang:
    """The language that is asked for, or else the one that is set."""
    if lang is not None:
        return lang
    if _chosen:
        return _chosen[0]
    return "zh" if os.environ.get("QISE_LANG") == "zh" else "en"


def said(text: str, text_zh: str, lang: Lang | None = None) -> str:
    """The words of a language."""
    return text_zh if language(lang) == "zh" else text
