import csv
import datetime
from dataclasses import dataclass
from typing import Iterable, Iterator, Optional, TextIO, Tuple

DEFAULT_INTERVAL = datetime.timedelta(minutes=6)


class LogError(ValueError):
    def __init__(self, message: str, line: int):
        super().__init__(f"line {line}: {message}")
        self.line = line


@dataclass(frozen=True)
class Reading:
    station: str
    moment: datetime.datetime
    height: float  # metres above the station's datum
    is_suspect: bool = False

    def shifted(self, metres: float) -> "Reading":
        return Reading(self.station, self.moment, self.height + metres, self.is_suspect)


def parse_reading(row, line=1, limit=20.0):
    if len(row) < 3:
        raise LogError(f"expected 3 columns, found {len(row)}", line)
    station, moment, height = row[:3]
    try:
        reading = Reading(station.strip(), datetime.datetime.fromisoformat(moment), float(height))
    except ValueError as error:
        raise LogError(str(error), line) from error
    if abs(reading.height) > limit:
        raise LogError(f"{reading.height} m is more than any tide", line)
    return reading


def read_log(file: TextIO, *, delimiter: str = ",", skip_errors: bool = False) -> Iterator[Reading]:
    for line, row in enumerate(csv.reader(file, delimiter=delimiter), start=1):
        if not row or row[0].startswith("#"):
            continue
        try:
            yield parse_reading(row, line)
        except LogError:
            if not skip_errors:
                raise


# Pairs of moments between which at least one reading is missing.
def gaps(
    readings: Iterable[Reading],
    interval: datetime.timedelta = DEFAULT_INTERVAL,
) -> Iterator[Tuple[datetime.datetime, datetime.datetime]]:
    if interval <= datetime.timedelta(0):
        raise ValueError("interval must be positive")
    previous: Optional[Reading] = None
    for reading in readings:
        if previous is not None and reading.moment - previous.moment > interval:
            yield previous.moment, reading.moment
        previous = reading


def metres(feet: float) -> float: return feet * 0.3048
