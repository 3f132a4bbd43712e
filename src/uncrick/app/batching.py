"""A thousand recordings as easily as one: judged in parallel, gone on with after any interruption, put into tables."""

import hashlib
from collections.abc import Callable, Generator, Iterable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from uncrick.app.batch_files import Source, copies_among, find_sources
from uncrick.app.batch_judge import Job, Refused, program_here
from uncrick.app.batch_pool import Done, judge_here
from uncrick.app.batch_ray import judge_on_ray
from uncrick.app.looking import Model, Wanted, line_for
from uncrick.errors import Problem, ProblemsError
from uncrick.files.batch_part import Parts, own_folder
from uncrick.files.batch_table import Judged, open_tables
from uncrick.files.library import read_library

Progress = Callable[[int, int], None]
"""Called with the number of files that are done and of all files."""
MAX_WORKERS = 1024


@dataclass(frozen=True, slots=True)
class BatchWanted:
    """What to judge and where to put it.

    sources : folders, patterns and files. out : a folder, made where it is missing. exercise : an id, or empty for
    whichever is seen. n_workers : processes on this machine. ray : address of a cluster, None for this machine.
    """

    sources: tuple[str, ...]
    out: Path
    exercise: str = ""
    model: Model = "full"
    n_workers: int = 1
    ray: str | None = None


@dataclass(frozen=True, slots=True)
class Batched:
    """What came of it: numbers of files.

    n_judged : of which there are rows now, *n_before* of them from an earlier run. n_partial : of these, not whole.
    interrupted : Ctrl-C was pressed; the tables hold what was finished.
    """

    n_files: int
    n_judged: int
    n_before: int
    n_partial: int
    n_failed: int
    n_copies: int
    interrupted: bool


@dataclass(frozen=True, slots=True)
class Told:
    """What is said of one file: its rows, or why there are none."""

    file: str
    judged: Judged | None = None
    failure: str = ""
    same_as: str = ""


def run_batch(wanted: BatchWanted, progress: Progress, tell: Callable[[Told], None]) -> Batched:
    """Judge every file that is not judged yet, then write the tables; *tell* hears of every file, by name.

    Each file that is finished is kept at once, so killing this process loses only files in work. A file that failed
    is tried again the next time. Raises ProblemsError where there is nothing to judge, no such exercise, no cluster,
    or no room to write.
    """
    _check(wanted)
    with own_folder(wanted.out) as parts:
        sources = find_sources(wanted.sources, wanted.out)
        copies = copies_among(sources)
        keys = {one.name: _key(one, wanted) for one in sources if one.name not in copies}
        batch = _Batch(wanted, parts, {one.name: one for one in sources}, keys, copies)
        n_before = batch.begin()
        interrupted = batch.work_off(progress)
        return batch.close(n_before, interrupted, tell)


def _check(wanted: BatchWanted) -> None:
    if not 1 <= wanted.n_workers <= MAX_WORKERS:
        raise ProblemsError([Problem("--workers", f"{wanted.n_workers} workers, wanted 1 to {MAX_WORKERS}")])
    line_for(read_library(), Wanted(Path(), wanted.exercise), "")


def _key(source: Source, wanted: BatchWanted) -> str:
    """Return what a part is called: another file, another content or another question has another key."""
    facts = (source.path, source.n_bytes, source.changed_ns, wanted.exercise, wanted.model, program_here())
    return hashlib.sha256("\0".join(map(str, facts)).encode(errors="surrogateescape")).hexdigest()


class _Batch:
    """One run: which files are open, which failed."""

    def __init__(
        self,
        wanted: BatchWanted,
        parts: Parts,
        sources: Mapping[str, Source],
        keys: Mapping[str, str],
        copies: Mapping[str, str],
    ) -> None:
        self.wanted, self.parts, self.sources, self.keys, self.copies = wanted, parts, sources, keys, copies
        self.left: dict[str, str] = {}
        self.failures: dict[str, str] = {}

    def begin(self) -> int:
        """Find what is still open, by path; return how many files were done before."""
        self.left = {self.sources[name].path: name for name, key in self.keys.items() if not self.parts.has(key)}
        return len(self.keys) - len(self.left)

    def work_off(self, progress: Progress) -> bool:
        """Judge what is open, keeping each part at once; return whether Ctrl-C was pressed."""
        n_all = len(self.keys)
        n_done = n_all - len(self.left)
        progress(n_done, n_all)
        if not self.left:
            return False
        try:
            with closing(self._judging()) as judging:
                for job, outcome in judging:
                    self._keep(self.left[job.path], outcome)
                    n_done += 1
                    progress(n_done, n_all)
        except KeyboardInterrupt:
            return True
        return False

    def close(self, n_before: int, interrupted: bool, tell: Callable[[Told], None]) -> Batched:
        """Write the tables from the parts, telling of every file, and return the numbers."""
        n_judged = n_partial = n_failed = n_copies = 0
        about = {"exercise": self.wanted.exercise, "model": self.wanted.model, "by": program_here()}
        with open_tables(self.wanted.out, about) as tables:
            for told in self._told():
                if told.judged is not None:
                    tables.add(told.file, told.judged)
                    n_judged += 1
                    n_partial += bool(told.judged.set.partial)
                elif told.failure:
                    tables.add_failure(told.file, told.failure)
                    n_failed += 1
                else:
                    tables.add_copy(told.file, told.same_as)
                    n_copies += 1
                tell(told)
        return Batched(len(self.sources), n_judged, n_before, n_partial, n_failed, n_copies, interrupted)

    def _judging(self) -> Generator[Done, None, None]:
        wanted = self.wanted
        jobs = [Job(path, wanted.exercise, wanted.model, program_here()) for path in self.left]
        if wanted.ray is not None:
            return judge_on_ray(jobs, wanted.ray)
        return judge_here(jobs, min(wanted.n_workers, len(jobs)))

    def _keep(self, name: str, outcome: Judged | Refused) -> None:
        if isinstance(outcome, Refused):
            self.failures[name] = outcome.reason
        else:
            self.parts.write(self.keys[name], outcome)

    def _told(self) -> Iterable[Told]:
        """Yield what is known of every file, by name; a copy of a file that failed failed with it."""
        for name in self.sources:
            first = self.copies.get(name, name)
            if first in self.failures:
                yield Told(name, failure=self.failures[first])
            elif name in self.copies:
                yield Told(name, same_as=first)
            elif (judged := self.parts.read(self.keys[name])) is not None:
                yield Told(name, judged=judged)


def closing_sentences(batched: Batched, out: Path) -> Sequence[str]:
    """Return the end of a batch in words."""
    said = [f"{_files(batched.n_judged)} judged, {batched.n_before} of them before."]
    if batched.n_partial:
        said.append(f"{_files(batched.n_partial)} only in part (sets.parquet says why).")
    if batched.n_copies:
        said.append(f"{_files(batched.n_copies)} the same as another, counted once (copies.parquet).")
    if batched.n_failed:
        said.append(f"{_files(batched.n_failed)} could not be judged (failures.parquet says why).")
    if batched.interrupted:
        left = batched.n_files - batched.n_judged - batched.n_failed - batched.n_copies
        said.append(f"Stopped from the keyboard, {_files(left)} left: the same command goes on from here.")
    return (*said, f"Tables written: {out}")


def _files(n: int) -> str:
    return f"{n} file" if n == 1 else f"{n} files"
