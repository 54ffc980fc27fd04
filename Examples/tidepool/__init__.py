from .harmonics import Constituent, Prediction, predict
from .readings import Reading, gaps, parse_reading, read_log
from .stations import Datum, Station, StationRegistry

__all__ = [
    "Constituent",
    "Datum",
    "Prediction",
    "Reading",
    "Station",
    "StationRegistry",
    "gaps",
    "parse_reading",
    "predict",
    "read_log",
]
__version__ = "1.4.0"
