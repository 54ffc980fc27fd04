"""Tide stations, where they stand, and the level their gauges count from."""

import enum
from dataclasses import dataclass, field
from typing import Dict, Iterator, List, Optional


class Datum(enum.Enum):
    """The level that a gauge calls zero."""

    CHART = "chart"  # lowest astronomical tide
    MEAN_SEA = "msl"
    ORDNANCE = "ordnance"  # fixed by the national survey


@dataclass
class Station:
    """A tide gauge.

    Attributes:
        code: The short code that logs use.
        name: The name on the chart.
        latitude: Degrees north.
        longitude: Degrees east.
        datum: The level that readings count from.
    """

    code: str
    name: str
    latitude: float
    longitude: float
    datum: Datum = Datum.CHART
    aliases: List[str] = field(default_factory=list)

    def __post_init__(self):
        if not -90 <= self.latitude <= 90:
            raise ValueError(f"latitude {self.latitude} is not on Earth")
        if not self.code.isupper():
            raise ValueError("station codes are upper case")

    @property
    def label(self) -> str:
        return f"{self.name} ({self.code})"

    def matches(self, text: str) -> bool:
        """Say whether a text names this station.

        Args:
            text: A code, a name or an alias, in any case.

        Returns:
            Whether one of them is equal to the text.
        """
        names = [self.code, self.name, *self.aliases]
        return text.casefold() in (name.casefold() for name in names)


class StationRegistry:
    def __init__(self, stations: Optional[List[Station]] = None):
        # stations by code
        self._stations: Dict[str, Station] = {}
        for station in stations or []:
            self.add(station)

    def __len__(self):
        return len(self._stations)

    def __iter__(self) -> Iterator[Station]:
        return iter(self._stations.values())

    def add(self, station: Station, *, replace: bool = False) -> None:
        if station.code in self._stations and not replace:
            raise KeyError(f"{station.code} is registered already")
        self._stations[station.code] = station

    def find(self, text: str) -> Station:
        """Look a station up by any of its names.

        Args:
            text: A code, a name or an alias.

        Returns:
            The first station that matches.

        Raises:
            LookupError: If no station matches.
        """
        for station in self:
            if station.matches(text):
                return station
        raise LookupError(f"no station is called {text!r}")
