"""What a model hands out: ids that know what they name."""

from __future__ import annotations

from typing import ClassVar


class Thing(str):
    """The id of something in a model: a text that knows what it names.

    Whatever takes an id takes a thing, also the methods of problems and plans.
    """

    __slots__ = ()

    kind: ClassVar[str] = ""
    """Name of its list in the document, such as ``needs``."""
    word: ClassVar[str] = "thing"
    """What it is, in English; also the method of `Model` that makes it."""
    word_zh: ClassVar[str] = "条目"
    """The same in Chinese."""

    @property
    def id(self) -> str:
        """The id, as a plain text."""
        return str(self)

    def __str__(self) -> str:
        return str.__str__(self)

    def __repr__(self) -> str:
        return f"{type(self).__name__}({str.__repr__(self)})"


class Area(Thing):
    """A part of the land."""

    __slots__ = ()
    kind, word, word_zh = "areas", "area", "区域"


class Category(Thing):
    """A kind of service."""

    __slots__ = ()
    kind, word, word_zh = "categories", "category", "服务类别"


class Depot(Thing):
    """Where goods are kept."""

    __slots__ = ()
    kind, word, word_zh = "depots", "depot", "仓库"


class Dimension(Thing):
    """In what loads are counted."""

    __slots__ = ()
    kind, word, word_zh = "dimensions", "dimension", "载量单位"


class Good(Thing):
    """A kind of thing that needs ask for."""

    __slots__ = ()
    kind, word, word_zh = "goods", "good", "物资"


class Need(Thing):
    """What a resident asks for."""

    __slots__ = ()
    kind, word, word_zh = "needs", "need", "需求"


class Place(Thing):
    """A place that others refer to."""

    __slots__ = ()
    kind, word, word_zh = "places", "place", "地点"


class Profile(Thing):
    """A way of moving."""

    __slots__ = ()
    kind, word, word_zh = "profiles", "profile", "出行方式"


class Project(Thing):
    """What the office groups needs by."""

    __slots__ = ()
    kind, word, word_zh = "projects", "project", "项目"


class Skill(Thing):
    """A skill, credential or language."""

    __slots__ = ()
    kind, word, word_zh = "skills", "skill", "技能"


class Team(Thing):
    """A standing organisation of volunteers."""

    __slots__ = ()
    kind, word, word_zh = "teams", "team", "队伍"


class Vehicle(Thing):
    """A vehicle that several people may take."""

    __slots__ = ()
    kind, word, word_zh = "vehicles", "vehicle", "车辆"


class Volunteer(Thing):
    """A person who helps."""

    __slots__ = ()
    kind, word, word_zh = "volunteers", "volunteer", "志愿者"


THINGS: tuple[type[Thing], ...] = (
    *(Area, Category, Depot, Dimension, Good, Need, Place),
    *(Profile, Project, Skill, Team, Vehicle, Volunteer),
)
"""All of them."""

KINDS = {thing.kind: thing for thing in THINGS}
"""By the name of their list in the document."""

COLOURS = ("red", "orange", "yellow", "green", "white", "blue", "purple")
"""Categories that are always there."""
