"""A source read in a thread of its own, a few items ahead, so that decoding and looking overlap."""

from collections.abc import Iterable, Iterator
from queue import Empty, Full, Queue
from threading import Event, Thread
from typing import Generic, TypeVar

T = TypeVar("T")

POLL_S = 0.1
"""How long a waiting thread may take to notice that it is no longer wanted."""


class Ahead(Generic[T]):
    """Iterate over *source* while a thread reads it.

    n_ahead : how many items may wait. newest_only : when they are full the oldest is dropped, as a live camera wants
    it; otherwise the thread waits, as a file wants it. patience_s : TimeoutError when no item comes for this long.
    What the source raises is raised here. `close` (or leaving a `with`) ends the thread.
    """

    def __init__(
        self, source: Iterable[T], n_ahead: int = 4, newest_only: bool = False, patience_s: float | None = None
    ) -> None:
        self._queue: Queue[tuple[T] | BaseException | None] = Queue(maxsize=n_ahead)
        self._newest_only = newest_only
        self._patience_s = patience_s
        self._unwanted = Event()
        self._thread = Thread(target=self._read, args=(source,), daemon=True, name="uncrick-ahead")
        self._thread.start()

    def __enter__(self) -> "Ahead[T]":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def __iter__(self) -> Iterator[T]:
        return self

    def __next__(self) -> T:
        try:
            item = self._queue.get(timeout=self._patience_s)
        except Empty:
            raise TimeoutError from None
        if isinstance(item, tuple):
            return item[0]
        self._queue.put(item)  # asked again, it ends again
        if item is None:
            raise StopIteration
        raise item

    def close(self) -> None:
        """Let the thread end; it closes its source. A source that hangs is left behind."""
        self._unwanted.set()
        self._drop_oldest()  # a thread that waits for room goes on at once and sees that it is unwanted
        self._thread.join(timeout=1)

    def _read(self, source: Iterable[T]) -> None:
        items = iter(source)
        end: BaseException | None = None
        try:
            for item in items:
                if not self._put((item,)):
                    break
        except Exception as error:
            end = error
        finally:
            close = getattr(items, "close", None)
            if close is not None:
                close()
        self._put(end)

    def _put(self, item: tuple[T] | BaseException | None) -> bool:
        while not self._unwanted.is_set():
            try:
                self._queue.put(item, timeout=0 if self._newest_only else POLL_S)
            except Full:
                if self._newest_only:
                    self._drop_oldest()
            else:
                return True
        return False

    def _drop_oldest(self) -> None:
        try:
            self._queue.get_nowait()
        except Empty:
            return
