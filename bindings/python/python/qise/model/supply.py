"""What is brought and driven: goods, depots, vehicles."""

from __future__ import annotations

from .book import Book, given
from .dicts import Amounts, Loads, Requires, Spans, Stock, Where
from .telling import told
from .things import Depot, Dimension, Good, Vehicle
from .words import Length, Minutes, Unload


class Supply(Book):
    """What a model says of things."""

    @told
    def dimension(self, id: str, *, name: str | None = None) -> Dimension:
        """In what loads are counted: kilograms, seats. Made by being named in a ``capacity``, too.

        Args:
            id: its id.
            name: name for people.

        Raises:
            ModelError: an argument is wrong; told at the line of the call.

        Example:
            >>> m.dimension("kg", name="公斤")
            Dimension('kg')
        """
        return Dimension(self._add(Dimension, id, given(locals())))

    @told
    def good(
        self,
        id: str,
        *,
        name: str | None = None,
        unit: str | None = None,
        load: Loads | None = None,
        comes_back: bool | None = None,
    ) -> Good:
        """A kind of thing that needs ask for: fodder, a wheelchair, a tool.

        Args:
            id: its id.
            name: name for people.
            unit: in what it is counted: bale, piece.
            load: what one of it takes on board: ``{"kg": 15}``.
            comes_back: whether what is not left with a need returns to a depot.

        Raises:
            ModelError: an argument is wrong; told at the line of the call.

        Example:
            >>> m.good("bale", name="草捆", unit="bale", load={"kg": 15})
            Good('bale')
        """
        return Good(self._add(Good, id, given(locals())))

    @told
    def depot(
        self,
        id: str,
        *,
        at: Where,
        name: str | None = None,
        window: Spans | None = None,
        windows: Spans | None = None,
        minutes: Minutes | None = None,
        service: Length | None = None,
        stock: Stock | None = None,
    ) -> Depot:
        """Where goods are kept.

        Args:
            id: its id.
            at: a place, or ``(latitude, longitude)``.
            name: name for people.
            window: when a call may start; always if missing.
            windows: the same by the word of the document.
            minutes: how long a call takes; no time if missing.
            service: the same as a duration.
            stock: what it keeps: ``{bale: 40, saw: None}``, None for as much as anybody asks for;
                or dicts with ``restocks``.

        Raises:
            ModelError: an argument is wrong; told at the line of the call.

        Example:
            >>> saw = m.good("saw")
            >>> m.depot("store", at=(38.83, 105.66), window="8:00-17:00", stock={saw: 4})
            Depot('store')
        """
        return Depot(self._add(Depot, id, given(locals())))

    @told
    def vehicle(
        self,
        id: str,
        *,
        at: Where,
        name: str | None = None,
        profile: str | None = None,
        capacity: Loads | None = None,
        range_m: int | None = None,
        drivers: Requires | None = None,
        window: Spans | None = None,
        windows: Spans | None = None,
        carries: Amounts | None = None,
        unload: Unload | None = None,
    ) -> Vehicle:
        """A vehicle that several people may take, one at a time.

        Args:
            id: its id.
            at: where its routes start and end: a place, or ``(latitude, longitude)``.
            name: name for people.
            profile: how it moves; the first profile if missing.
            capacity: what it can carry: ``{"kg": 1500}``.
            range_m: no route with it is longer, in metres.
            drivers: who may take it, as ``requires`` of a need.
            window: when it may be out; always if missing.
            windows: the same by the word of the document.
            carries: goods on board at the start of every route: ``{saw: 1}``.
            unload: in which order it is unloaded.

        Raises:
            ModelError: an argument is wrong; told at the line of the call.

        Example:
            >>> m.vehicle("truck", at=(38.83, 105.66), capacity={"kg": 1500}, drivers="licence")
            Vehicle('truck')
        """
        return Vehicle(self._add(Vehicle, id, given(locals())))
