"""Time zones: the meaning of the names and offsets that people write after a time."""

import re
from datetime import timedelta, timezone, tzinfo
from functools import lru_cache
from typing import Final
from zoneinfo import ZoneInfo, available_timezones

ZONE_MINUTES: Final = {
    # Minutes east of UTC. RFC 2822, section 4.3 defines UT, GMT and the eight names from EST to
    # PDT; the others follow the use of news agencies in their region.
    "Z": 0, "UT": 0, "UTC": 0, "GMT": 0, "WET": 0,
    "EST": -300, "EDT": -240, "CST": -360, "CDT": -300, "MST": -420, "MDT": -360,
    "PST": -480, "PDT": -420, "AKST": -540, "AKDT": -480, "HST": -600, "AST": -240, "ADT": -180,
    "NST": -210, "NDT": -150, "BRT": -180, "BRST": -120, "ART": -180, "UYT": -180, "CLT": -240,
    "CLST": -180, "BOT": -240, "VET": -240, "COT": -300, "PET": -300, "ECT": -300,
    "BST": 60, "WEST": 60, "CET": 60, "MEZ": 60, "WAT": 60, "CEST": 120, "MESZ": 120, "EET": 120,
    "CAT": 120, "SAST": 120, "EEST": 180, "MSK": 180, "TRT": 180, "EAT": 180, "IDT": 180,
    "IRST": 210, "IRDT": 270, "GST": 240, "AFT": 270, "PKT": 300, "UZT": 300, "YEKT": 300,
    "IST": 330, "NPT": 345, "ICT": 420, "WIB": 420, "SGT": 480, "MYT": 480, "HKT": 480, "PHT": 480,
    "AWST": 480, "KST": 540, "JST": 540, "WIT": 540, "ACST": 570, "ACDT": 630, "AEST": 600,
    "AEDT": 660, "NZST": 720, "NZDT": 780,
}  # fmt: skip
AMBIGUOUS_ZONES: Final = {
    # CST follows RFC 2822, section 4.3; the others follow the newspapers with the most readers.
    "CST": "North American Central Standard Time, UTC-6; it can also be China's, UTC+8",
    "IST": "Indian Standard Time, UTC+5:30; it can also be Israel's, UTC+2, or Ireland's, UTC+1",
    "BST": "British Summer Time, UTC+1; it can also be Bangladesh's, UTC+6",
    "AST": "Atlantic Standard Time, UTC-4; it can also be Arabia's, UTC+3",
    "ADT": "Atlantic Daylight Time, UTC-3; it can also be Arabia's, UTC+4",
    "GST": "Gulf Standard Time, UTC+4; it can also be South Georgia's, UTC-2",
}
# Names that American papers use all year; the date decides about summer time.
SEASONAL_ZONES: Final = {
    "ET": "America/New_York", "CT": "America/Chicago",
    "MT": "America/Denver", "PT": "America/Los_Angeles",
}  # fmt: skip

_OFFSET = re.compile(
    r"(?:utc|gmt)?\s?([+-])(\d\d?)(?::?(\d\d)(?::?(\d\d))?)?", re.IGNORECASE | re.ASCII
)


@lru_cache(maxsize=1024)
def time_zone(written: str) -> tuple[tzinfo | None, str | None]:
    """Return (zone, warning) for a name or an offset: the zone is None if there is no such zone,
    the warning is None if the name has one meaning only."""
    if offset := _OFFSET.fullmatch(written):
        sign, hours, minutes, seconds = offset.groups(default="0")
        east = timedelta(hours=int(hours), minutes=int(minutes), seconds=int(seconds))
        east = -east if sign == "-" else east
        # From Baker Island to Kiribati: any other offset is a mistake in the text.
        if int(minutes) > 59 or not timedelta(hours=-12) <= east <= timedelta(hours=14):
            return None, f"impossible UTC offset {written}"
        return timezone(east), None
    name = written.upper()
    if name in ZONE_MINUTES:
        reading = AMBIGUOUS_ZONES.get(name)
        warning = f"{name} is read as {reading}" if reading else None
        return timezone(timedelta(minutes=ZONE_MINUTES[name])), warning
    if key := _iana_names().get(SEASONAL_ZONES.get(name, written).lower()):
        return ZoneInfo(key), None
    return None, f"unknown time zone {written}"


@lru_cache(maxsize=1)
def _iana_names() -> dict[str, str]:
    """Return the names of the time zone database by their lower-case form.

    They include no "right/" zones, which count leap seconds.
    """
    return {name.lower(): name for name in available_timezones()}
