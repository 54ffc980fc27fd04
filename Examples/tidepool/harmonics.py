import math
from datetime import datetime, timedelta, timezone
from typing import List, NamedTuple, Sequence

EPOCH = datetime(2000, 1, 1, tzinfo=timezone.utc)


class Constituent(NamedTuple):
    name: str
    speed: float  # degrees an hour
    amplitude: float  # metres
    phase: float = 0.0  # degrees

    def height(self, hours: float) -> float:
        return self.amplitude * math.cos(math.radians(self.speed * hours - self.phase))


class Prediction:
    def __init__(self, constituents: Sequence[Constituent], mean_level: float = 0.0):
        if not constituents:
            raise ValueError("at least one constituent is needed")
        self.constituents = tuple(constituents)
        self.mean_level = mean_level

    def height(self, moment: datetime) -> float:
        hours = (moment - EPOCH).total_seconds() / 3600
        return self.mean_level + sum(part.height(hours) for part in self.constituents)

    def is_rising(self, moment: datetime) -> bool:
        return self.height(moment + timedelta(minutes=1)) > self.height(moment)

    @property
    def range(self) -> float:
        return 2 * sum(part.amplitude for part in self.constituents)

    @classmethod
    def from_rows(cls, rows, mean_level=0.0):
        return cls([Constituent(name, float(speed), float(size)) for name, speed, size in rows], mean_level)


def predict(prediction: Prediction, start: datetime, hours: int, step: int = 10) -> List[float]:
    if hours < 1:
        raise ValueError(f"hours must be at least 1, not {hours}")
    if 60 % step != 0:
        raise ValueError("step must divide an hour")
    count = hours * 60 // step
    return [prediction.height(start + timedelta(minutes=step * index)) for index in range(count)]
