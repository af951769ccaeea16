"""Writing SVG: elements, escaped text, colours that can be read on light and on dark ground."""

from __future__ import annotations

import re
from unicodedata import east_asian_width
from xml.sax.saxutils import escape as _escape
from xml.sax.saxutils import quoteattr as _quoteattr

Value = str | float | None
Attributes = dict[str, Value]

FONT = "system-ui, 'Noto Sans CJK SC', 'PingFang SC', 'Microsoft YaHei', sans-serif"
PLAIN = "#7d8590"
"""Of what has no category: a grey that can be read on light and on dark ground."""
PAPER = "var(--jp-layout-color0, var(--vscode-editor-background, var(--colab-primary-surface-color, Canvas)))"
"""The ground of the notebook, for halos around letters and dots."""

_SHAPES = {"circle", "path", "polygon", "rect"}
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff\ud800-\udfff]")
_COLOUR = re.compile(r"#([0-9a-fA-F]{3}|[0-9a-fA-F]{6})")


def text(words: str) -> str:
    """Words as they may stand between tags. What XML cannot hold becomes U+FFFD."""
    return _escape(_FORBIDDEN.sub("\ufffd", words))


def tag(name: str, /, *inner: str, **attributes: Value) -> str:
    """An element; ``inner`` is markup. ``stroke_width=2`` is written ``stroke-width="2"``, None is left out."""
    written = "".join(
        f" {key.strip('_').replace('_', '-')}={_quoteattr(_FORBIDDEN.sub(chr(0xFFFD), _value(value)))}"
        for key, value in attributes.items()
        if value is not None
    )
    body = "".join(inner)
    # HTML knows no empty elements of its own, only those of SVG: <span/> would stay open.
    return f"<{name}{written}/>" if not body and name in _SHAPES else f"<{name}{written}>{body}</{name}>"


def label(x: float, y: float, words: str, size: float = 11, /, **attributes: Value) -> str:
    """A piece of text in the colour of the page."""
    attributes.setdefault("fill", "currentColor")
    return tag("text", text(words), x=x, y=y, font_size=size, **attributes)


def title(words: str) -> str:
    """What is shown when the pointer rests on the element around it."""
    return tag("title", text(words))


def halo(*inner: str) -> str:
    """A group whose letters stand out from what lies beneath."""
    style = f"paint-order:stroke;stroke:{PAPER};stroke-width:3px;stroke-linejoin:round"
    return tag("g", *inner, style=style)


def drawing(width: float, height: float, words: str, *inner: str) -> str:
    """A whole picture, as wide as the page allows."""
    return tag(
        "svg",
        *inner,
        xmlns="http://www.w3.org/2000/svg",
        viewBox=f"0 0 {_value(width)} {_value(height)}",
        width="100%",
        role="img",
        aria_label=words,
        font_family=FONT,
        style=f"max-width:{_value(width)}px;height:auto;display:block;color:inherit",
    )


def colour(written: str | None) -> str:
    """The colour of a document, if it is one that every drawer knows; grey otherwise."""
    return written.lower() if written and _COLOUR.fullmatch(written) else PLAIN


def line_style(base: str) -> str:
    """Draws lines a little darker on light ground and lighter on dark ground, where the browser can mix colours."""
    return f"stroke:color-mix(in oklab, {base} 80%, currentColor)"


def ink_on(base: str) -> str:
    """Black or white: what is easier to read on a colour."""
    digits = base[1:] if len(base) == 7 else "".join(2 * digit for digit in base[1:])
    red, green, blue = (int(digits[i : i + 2], 16) for i in (0, 2, 4))
    return "#111" if 0.299 * red + 0.587 * green + 0.114 * blue > 140 else "#fff"


def width_of(words: str, size: float) -> float:
    """About how wide a text is: letters of the Han script are square."""
    return size * sum(1.0 if east_asian_width(letter) in "WF" else 0.57 for letter in words)


def shortened(words: str, size: float, room: float) -> str:
    """The text, cut with an ellipsis where there is no room for all of it; empty where there is none at all."""
    if width_of(words, size) <= room:
        return words
    while words and width_of(words, size) + size > room:
        words = words[:-1]
    return f"{words.rstrip()}…" if words else ""


def _value(value: Value) -> str:
    if isinstance(value, str):
        return value
    return f"{value:.1f}".rstrip("0").rstrip(".") if isinstance(value, float) else str(value)
