"""Time limits: no article can stop a build for ever.

Limits of size and depth apply first, because they are the same on every machine. A time limit is
for cases that they do not foresee.
"""

import signal
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NoReturn

_AGAIN_SECONDS = 1.0
"""Raise again after this many seconds, in case a library caught the first exception."""


class TimeLimitError(Exception):
    """The work took longer than its time limit."""


@contextmanager
def time_limit(seconds: float) -> Iterator[None]:
    """Limit the `with` block to this many seconds of processor time in user mode. Raises
    TimeLimitError in the block.

    Limits may be nested. There is no limit if the system has no such timer, or outside the main
    thread, because only the main thread receives signals.
    """
    is_main = threading.current_thread() is threading.main_thread()
    if not hasattr(signal, "ITIMER_VIRTUAL") or not is_main:
        yield
        return
    handler = signal.signal(signal.SIGVTALRM, _raise_time_limit)
    left, _ = signal.setitimer(signal.ITIMER_VIRTUAL, seconds, _AGAIN_SECONDS)
    begun = time.process_time()
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, handler)
        if left:
            rest = left - (time.process_time() - begun)
            # A timer of 0 seconds would be off.
            signal.setitimer(signal.ITIMER_VIRTUAL, max(rest, 0.001), _AGAIN_SECONDS)


def _raise_time_limit(_signal: int, _frame: object) -> NoReturn:
    raise TimeLimitError
