"""Time budgets: an end for what would take a reader too long.

Limits of size and depth come first, for they are the same on every machine. A budget is for what
none of them foresees: without it, one file could hold up a build for ever.
"""

import signal
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NoReturn

_AGAIN_SECONDS = 1.0
"""What is out of time is told so again after this long, should something have swallowed it."""


class TimeLimitError(Exception):
    """The work was not done within its budget."""


@contextmanager
def time_limit(seconds: float) -> Iterator[None]:
    """Let the work in the `with` block take so many seconds of processor time, not counting what
    the system does for it, and no more. Raises OutOfTimeError in it.

    Budgets may lie in one another. There are none where the system has no such timer, and none
    outside of a process's main thread, which alone is told of signals.
    """
    is_main = threading.current_thread() is threading.main_thread()
    if not hasattr(signal, "ITIMER_VIRTUAL") or not is_main:
        yield
        return
    handler = signal.signal(signal.SIGVTALRM, _strike)
    left, _ = signal.setitimer(signal.ITIMER_VIRTUAL, seconds, _AGAIN_SECONDS)
    begun = time.process_time()
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, handler)
        if left:
            rest = left - (time.process_time() - begun)
            # A timer of 0 seconds would never strike.
            signal.setitimer(signal.ITIMER_VIRTUAL, max(rest, 0.001), _AGAIN_SECONDS)


def _strike(_signal: int, _frame: object) -> NoReturn:
    raise TimeLimitError
