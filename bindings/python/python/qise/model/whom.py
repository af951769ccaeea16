"""What is asked of people, and what is wished."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from .mistakes import Mistakes, shown, wrong
from .says import each, ref
from .things import Category, Skill, Team, Thing, Volunteer

if TYPE_CHECKING:
    from .book import Book


def level(book: Book, skill: str, value: Any) -> int:
    """A level of a skill."""
    if isinstance(value, bool) or not isinstance(value, int):
        raise wrong(
            "wrong_type", value, (f'the level of "{skill}", a whole number from 1', f'"{skill}" 的级别，从 1 起的整数')
        )
    most = book._levels(skill)
    if not 1 <= value <= most:
        where = book._where(Skill, skill)
        hint = (f"{where} states how many levels there are", f"级别数见 {where}") if where else ("", "")
        expected = f'a level of "{skill}" from 1 to {most}', f'"{skill}" 的级别，1 至 {most}'
        raise wrong("level_out_of_range", value, expected, hint)
    return value


def quality(book: Book, value: Any) -> dict[str, Any]:
    """Something that is true of a person or not."""
    if isinstance(value, Mapping):
        from .shapes import QUALITY

        return QUALITY.read(book, value)
    if isinstance(value, tuple):
        if len(value) != 2 or isinstance(value[1], str):
            raise wrong("wrong_type", value, ('a pair such as ("nursing", 2)', '("nursing", 2) 之类的一对值'))
        return skill_at(book, value[0], value[1])
    for kind in (Team, Volunteer, Category):
        if isinstance(value, kind) or (type(value) is str and _is_other(book, kind, value)):
            return {kind.word: ref(kind)(book, value)}
    return skill_at(book, value, None)


def _is_other(book: Book, kind: type[Thing], key: str) -> bool:
    """Whether an id that is that of no skill is one of this kind."""
    return book._knows(kind, key) and key not in book._known(Skill)


def skill_at(book: Book, skill: Any, at_level: Any) -> dict[str, Any]:
    """A skill that is asked for."""
    if not isinstance(skill, str) or (isinstance(skill, Thing) and not isinstance(skill, Skill)):
        expected = "a skill, team, volunteer or category", "技能、队伍、志愿者或服务类别"
        if at_level is not None:
            expected = "a skill with its level, since nothing else has one", "附级别的技能（其他各项没有级别）"
        raise wrong("wrong_type", skill, expected)
    asked = {"skill": str(skill)}
    return settled(book, asked if at_level is None else {**asked, "level": at_level})


def settled(book: Book, quality: dict[str, Any]) -> dict[str, Any]:
    """A quality whose level is one of its skill."""
    if "skill" in quality:
        if "level" in quality:
            level(book, quality["skill"], quality["level"])
        book._ask(Skill, quality["skill"], quality.get("level", 1))
    return quality


def requires(book: Book, value: Any) -> dict[str, Any]:
    """What is asked of the person who serves."""
    if isinstance(value, Mapping):
        if any(isinstance(one, (list, tuple)) or key in ("all", "any", "none") for key, one in value.items()):
            from .shapes import REQUIRES

            return REQUIRES.read(book, value)
        found, mistakes = [], []
        for key, one in value.items():
            try:
                found.append(skill_at(book, key, one))
            except Mistakes as wrong_here:
                mistakes += wrong_here.under(f"[{shown(str(key))[0]}]")
        if mistakes:
            raise Mistakes(mistakes)
        return {"all": found}
    every, any_of, mistakes = [], [], []
    is_one = isinstance(value, (str, tuple)) or not isinstance(value, Iterable)
    for index, one in enumerate([value] if is_one else value):
        try:
            if isinstance(one, list):
                any_of.append(each(quality)(book, one))
            else:
                every.append(quality(book, one))
        except Mistakes as wrong_here:
            mistakes += wrong_here.mistakes if is_one else wrong_here.under(f"[{index}]")
    if mistakes:
        raise Mistakes(mistakes)
    asked: dict[str, Any] = {"all": every} if every else {}
    return {**asked, "any": any_of} if any_of else asked


def prefers(book: Book, value: Any) -> list[dict[str, Any]]:
    """Wishes, with their prices."""
    from .shapes import PREFERENCE, price

    def wish(book: Book, value: Any) -> dict[str, Any]:
        if isinstance(value, tuple) and len(value) == 2:
            return {**quality(book, value[0]), "price": price(book, value[1])}
        if not isinstance(value, Mapping):
            expected = "a wish with its price, such as {bat: 600}", "附代价的意愿，例如 {bat: 600}"
            raise wrong("wrong_type", value, expected)
        return PREFERENCE.read(book, value)

    if isinstance(value, Mapping) and not PREFERENCE.fields.keys() & value.keys():
        return list(each(wish)(book, list(value.items())))
    return list(each(wish)(book, value))
