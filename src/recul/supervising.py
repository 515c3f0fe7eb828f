"""Several processes behind one socket: started, watched, replaced, and stopped together.

They are forked after everything was loaded, so they share its memory. uvicorn's own supervisor
starts each from nothing, restarts without pause what dies at once, and waits without end for a
worker that does not stop.
"""

import logging
import os
import select
import signal
import socket
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from types import FrameType

from recul.vitals.counts import Counts

STOP_SECONDS = 9.5
SILENT_SECONDS = 60.0
"""A loop that has not turned for so long will not turn again."""
STARTING_SECONDS = 120.0
SETTLED_SECONDS = 10.0
LONGEST_PAUSE = 30.0
LOOK_SECONDS = 0.5
CANNOT_START = 3
"""uvicorn's exit status when an application did not start."""
SIGNALS = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP, signal.SIGCHLD)

log = logging.getLogger("recul")


@dataclass
class _Slot:
    number: int
    pid: int | None = None
    born: float = 0.0
    falls: int = 0
    """How often in a row it died soon after its start."""
    again_at: float = 0.0


@dataclass
class Supervisor:
    work: Callable[[int], int]
    """What a worker does; given its slot, it returns the exit status."""
    counts: Counts
    listening: socket.socket
    silent_seconds: float = SILENT_SECONDS
    slots: list[_Slot] = field(init=False)
    stopping: bool = field(default=False, init=False)

    def run(self) -> int:
        """Returns the exit status when all workers have stopped: 0 after a signal."""
        self.slots = [_Slot(number) for number in range(self.counts.workers)]
        woken, self._wake = os.pipe()
        for end in (woken, self._wake):
            os.set_blocking(end, False)
        signal.set_wakeup_fd(self._wake, warn_on_full_buffer=False)
        for number in SIGNALS:
            signal.signal(number, self._told)
        status = 0
        while not (self.stopping or status):
            status = self._look()
            select.select([woken], [], [], 0 if status else LOOK_SECONDS)
            _drain(woken)
        return self._stop() or status

    def _told(self, number: int, _frame: FrameType | None) -> None:
        if number != signal.SIGCHLD:
            self.stopping = True

    def _look(self) -> int:
        """Bury, replace, begin. Returns an exit status when it is no use going on."""
        for slot in self.slots:
            status = self._buried(slot)
            if status is not None and self._hopeless(status):
                log.critical("worker %d cannot start", slot.number)
                return CANNOT_START
            if slot.pid is None and time.monotonic() >= slot.again_at:
                self._begin(slot)
            elif self._silent(slot):
                log.error("worker %d no longer answers and is replaced", slot.number)
                os.kill(slot.pid or 0, signal.SIGKILL)
        return 0

    def _hopeless(self, status: int) -> bool:
        """None ever started: they will not the next time either."""
        never = not any(self.counts.pulse(slot.number).beat for slot in self.slots)
        return never and os.waitstatus_to_exitcode(status) == CANNOT_START

    def _buried(self, slot: _Slot) -> int | None:
        """The wait status of a worker that died, and a pause before the next one."""
        if slot.pid is None:
            return None
        pid, status = os.waitpid(slot.pid, os.WNOHANG)
        if pid == 0:
            return None
        slot.pid, now = None, time.monotonic()
        slot.falls = slot.falls + 1 if now - slot.born < SETTLED_SECONDS else 0
        slot.again_at = now + min(2.0 ** (slot.falls - 1), LONGEST_PAUSE) * bool(slot.falls)
        if not self.stopping:
            log.error("worker %d ended (%d)", slot.number, os.waitstatus_to_exitcode(status))
        return status

    def _silent(self, slot: _Slot) -> bool:
        if slot.pid is None:
            return False
        now, beat = time.monotonic(), self.counts.pulse(slot.number).beat
        return now - (beat or slot.born) > (self.silent_seconds if beat else STARTING_SECONDS)

    def _begin(self, slot: _Slot) -> None:
        self.counts.born(slot.number)
        slot.born = time.monotonic()
        # What arrives meanwhile waits until the worker has handlers of its own.
        before = signal.pthread_sigmask(signal.SIG_BLOCK, SIGNALS)
        slot.pid = os.fork()
        if slot.pid == 0:
            self._become_worker(slot.number)
        signal.pthread_sigmask(signal.SIG_SETMASK, before)

    def _become_worker(self, number: int) -> None:
        status = 1
        try:
            signal.set_wakeup_fd(-1)
            for each in SIGNALS:
                signal.signal(each, signal.SIG_DFL)
            signal.pthread_sigmask(signal.SIG_UNBLOCK, SIGNALS)
            status = self.work(number)
        except SystemExit as ended:
            status = ended.code if isinstance(ended.code, int) else 1
        except BaseException:
            log.exception("worker %d", number)
        finally:
            logging.shutdown()
            os._exit(status)

    def _stop(self) -> int:
        """No new visitor; whoever was being answered gets her answer."""
        self.listening.close()
        for slot in self._living():
            os.kill(slot.pid or 0, signal.SIGTERM)
        end = time.monotonic() + STOP_SECONDS
        while self._living() and time.monotonic() < end:
            time.sleep(0.02)
        for slot in (stuck := self._living()):
            log.error("worker %d did not stop and was killed", slot.number)
            os.kill(slot.pid or 0, signal.SIGKILL)
            os.waitpid(slot.pid or 0, 0)
        return 1 if stuck else 0

    def _living(self) -> list[_Slot]:
        for slot in self.slots:
            self._buried(slot)
        return [slot for slot in self.slots if slot.pid is not None]


def _drain(end: int) -> None:
    with suppress(BlockingIOError):
        os.read(end, 4096)
