"""How well pops are heard: made-up cracks, sounds that are no cracks, and a made-up session, in three tables.

No real crack was recorded, so none of this is an accuracy. Run it as

    python benchmarks/pop_detector.py                       the three tables and the speed
    python benchmarks/pop_detector.py --keys DIR            also real key strokes, a folder of keyboards with licences
    python benchmarks/pop_detector.py --fit                 fit the weights anew and print them

Speech is made by espeak-ng when it is installed, and by a crude voice model always. Real key strokes: the recordings
by Thomas Lai (MIT licence), as carried in the PyPI package keyboardsounds, folder profiles.
"""

import argparse
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import soundfile
from scipy.optimize import minimize
from scipy.signal import resample_poly

import pop_sounds as made
from pop_sounds import RATE_HZ, Floats, Rng
from uncrick.crack.hearing import group_pops
from uncrick.crack.pop import Hearing, Pop, knock_features, silence_to_finish, step

SNRS_DB = (40.0, 30.0, 26.0)
SAME_S = 3e-3
TEXT = (
    "Sit sideways on the chair and keep both feet on the floor. Turn slowly towards the back of the chair, "
    "stop before it hurts, and breathe. Pick up the paper cup, put it back, and take a break. "
)


def knocks_in(sound: Floats) -> list[Pop]:
    """Return every knock of a recording as a pop, however unlikely."""
    return pops_in(sound, accept=-1.0)


def cracks_in(sound: Floats) -> list[Pop]:
    """Return the pops of all cracks that count."""
    return [pop for crack in group_pops(pops_in(sound)) for pop in crack.pops]


def pops_in(sound: Floats, accept: float = 0.5) -> list[Pop]:
    """Return the pops heard in a whole recording, taken in blocks of 4096 samples."""
    hearing = Hearing(rate_hz=RATE_HZ, accept=accept)
    state, pops = None, []
    whole = np.concatenate([sound, silence_to_finish(hearing)])
    for at in range(0, len(whole), 4096):
        state, found = step(hearing, state, whole[at : at + 4096])
        pops += found
    return pops


def crack_track(rng: Rng, pops: tuple[Floats, ...], snr_db: float, n_cracks: int) -> tuple[Floats, list[Floats]]:
    """Return cracks 7 s apart, each in a room of its own, in noise; and the times of their pops.

    The signal is the loudest 5 ms of the crack, the noise the room's mean power.
    """
    n = int((n_cracks * 7.0 + 3.0) * RATE_HZ)
    track, times = np.zeros(n), []
    for i in range(n_cracks):
        dry, at_s = made.crack(rng, pops)
        heard = made.in_room(dry, made.room(rng))
        heard /= np.sqrt(made.loudest_power(heard))
        at = int((2.0 + i * 7.0 + rng.uniform(0, 1)) * RATE_HZ)
        track[at : at + len(heard)] += heard
        times.append(at / RATE_HZ + at_s)
    return 0.05 * (track + made.hiss(rng, n) * 10 ** (-snr_db / 20)), times


def noise_track(rng: Rng, sound: Floats, snr_db: float) -> Floats:
    """Return *sound* in a room and in noise."""
    heard = made.in_room(sound, made.room(rng))[: len(sound)]
    heard /= np.sqrt(made.loudest_power(heard))
    return 0.05 * (heard + made.hiss(rng, len(heard)) * 10 ** (-snr_db / 20))


def spoken(rng: Rng, length_s: float) -> Floats:
    """Return speech by espeak-ng in a voice drawn by chance."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "said.wav"
        voice = f"en+{rng.choice(['m1', 'm3', 'f2', 'f4'])}"
        words = ["espeak-ng", "-v", voice, "-s", str(rng.integers(130, 190)), "-w", str(path), TEXT * 12]
        subprocess.run(words, check=True)
        said, rate_hz = soundfile.read(path)
    return np.asarray(resample_poly(said, RATE_HZ, rate_hz)[: int(length_s * RATE_HZ)], dtype=np.float64)


def silence(rng: Rng, length_s: float) -> Floats:
    """Return nothing to hear."""
    return np.zeros(int(length_s * RATE_HZ))


def negatives(keys: Path | None) -> dict[str, Callable[[Rng, float], Floats]]:
    """Return everything that is no crack, by name: a function of chance and length."""
    found: dict[str, Callable[[Rng, float], Floats]] = {
        "typing, made": lambda rng, s: made.typing(rng, s, made.key_stroke, rng.uniform(3, 8)),
        "single keys, made": lambda rng, s: made.typing(rng, s, made.key_stroke, rng.uniform(0.4, 1.5)),
        "drums, knocks, steps, made": lambda rng, s: made.percussion(rng, s, rng.uniform(0.1, 2)),
        "voice, made": made.speech,
    }
    if keys is not None:
        strokes = [key for board in made.key_recordings(keys).values() for key in board]
        found["typing, real keys"] = lambda rng, s: made.typing(
            rng, s, lambda r: strokes[int(r.integers(len(strokes)))], rng.uniform(3, 8)
        )
        found["single keys, real"] = lambda rng, s: made.typing(
            rng, s, lambda r: strokes[int(r.integers(len(strokes)))], rng.uniform(0.4, 1.5)
        )
    if shutil.which("espeak-ng"):
        found["voice, espeak-ng"] = spoken
    return found


def matched(pops: list[Pop], times: list[Floats]) -> tuple[int, int, int]:
    """Return how many cracks had a pop heard, how many pops were heard, and how many heard pops were none."""
    heard = np.array([pop.t_s for pop in pops])
    near = [np.abs(heard[:, None] - t_s[None, :]) < SAME_S for t_s in times]
    cracks = sum(bool(n.any()) for n in near)
    right = sum(int(n.any(axis=0).sum()) for n in near)
    false = sum(not any(t_s[0] - 0.02 < at < t_s[-1] + 0.1 for t_s in times) for at in heard)
    return cracks, right, false


def table_of_cracks() -> None:
    """Print what is heard of made-up cracks."""
    pops = made.film_pops(5000, 60)
    print("\nMade-up cracks (half from the film model, half ringing tones), each in its own reverberant room")
    print(f"{'SNR':>5} {'cracks':>7} {'recall':>7} {'pops':>6} {'recall':>7} {'precision':>10}")
    for snr_db in SNRS_DB:
        rng = np.random.default_rng(int(snr_db))
        n_cracks = n_pops = cracks = right = false = 0
        for _ in range(8):
            track, times = crack_track(rng, pops, snr_db, 25)
            found = matched(cracks_in(track), times)
            n_cracks, n_pops = n_cracks + len(times), n_pops + sum(map(len, times))
            cracks, right, false = cracks + found[0], right + found[1], false + found[2]
        recalls = f"{cracks / n_cracks:7.3f} {n_pops:6} {right / n_pops:7.3f}"
        print(f"{snr_db:5.0f} {n_cracks:7} {recalls} {right / max(1, right + false):10.3f}")
    print("recorded real cracks: none, so no row")


def table_of_negatives(keys: Path | None) -> None:
    """Print how often other sounds are taken for a pop, with nobody watching."""
    print("\nSounds that are no cracks, 15 minutes each, 25-50 dB over the noise, no context")
    print(f"{'sound':28} {'false pops a minute':>20}")
    for name, make in negatives(keys).items():
        rng = np.random.default_rng(sum(map(ord, name)))
        n_false = sum(len(cracks_in(noise_track(rng, make(rng, 60.0), rng.uniform(25, 50)))) for _ in range(15))
        print(f"{name:28} {n_false / 15:20.2f}")


def table_of_session(keys: Path | None) -> None:
    """Print what is left in a made-up session: only pops near the end of a stretch, 12 s of every minute, count."""
    pops = made.film_pops(5000, 60)
    print(
        "\nMade-up session of 20 minutes, a stretch near its end or held 12 s of each minute, a crack in half of them,"
    )
    print("30 dB over the noise, and somebody else in the room making the sound")
    print(f"{'in the room':28} {'cracks':>7} {'heard':>7} {'false pops a minute':>20}")
    for name, make in {"nobody": silence, **negatives(keys)}.items():
        rng = np.random.default_rng(1000 + sum(map(ord, name)))
        n_cracks = n_heard = n_false = 0
        for _ in range(20):
            other = make(rng, 60.0)
            other = np.pad(other, (0, 60 * RATE_HZ - len(other)))
            track = noise_track(rng, other, 30.0) if other.any() else 0.05 * made.hiss(rng, len(other)) * 10**-1.5
            times: list[Floats] = []
            if rng.random() < 0.5:
                dry, at_s = made.crack(rng, pops)
                heard = made.in_room(dry, made.room(rng))
                at = int(rng.uniform(34, 44) * RATE_HZ)
                track[at : at + len(heard)] += 0.05 * heard / np.sqrt(made.loudest_power(heard))
                times.append(at / RATE_HZ + at_s)
            found = matched([pop for pop in cracks_in(track) if 33.0 <= pop.t_s <= 45.0], times)
            n_cracks, n_heard, n_false = n_cracks + len(times), n_heard + found[0], n_false + found[2]
        print(f"{name:28} {n_cracks:7} {n_heard:7} {n_false / 20:20.2f}")


def print_speed() -> None:
    """Print the detector's speed as a multiple of the sound's own, in processor time: steady on a busy machine."""
    rng = np.random.default_rng(3)
    quiet = 0.05 * made.hiss(rng, 60 * RATE_HZ) * 0.01
    busy = noise_track(rng, made.typing(rng, 60.0, made.key_stroke, 6.0), 40.0)
    print("\nSpeed, times real time (best of 3)")
    for name, sound in (("a quiet room", quiet), ("typing without a pause", busy)):
        best_s = np.inf
        for _ in range(3):
            start = time.process_time()
            pops_in(sound)
            best_s = min(best_s, time.process_time() - start)
        print(f"{name:28} {60.0 / best_s:8.0f}")


def examples(rng: Rng) -> tuple[Floats, Floats, Floats]:
    """Return features (K, 13), pop or not (K,), and weights that give every kind of sound its say (K,)."""
    rows: list[tuple[float, ...]] = []
    kinds: list[str] = []
    pops = made.film_pops(1, 60)
    for snr_db in (45.0, 35.0, 30.0, 26.0) * 12:
        track, times = crack_track(rng, pops, snr_db + rng.uniform(-2, 2), 25)
        true_s = np.concatenate(times)
        for pop in knocks_in(track):
            off_s = float(np.abs(true_s - pop.t_s).min())
            if off_s < SAME_S or off_s > 0.5:
                rows.append(knock_features(pop.knock, pop.n_others))
                kinds.append("pop" if off_s < SAME_S else "noise")
    for name, make in ((name, make) for name, make in negatives(None).items() if name.endswith("made")):
        for _ in range(16):
            for pop in knocks_in(noise_track(rng, make(rng, 60.0), rng.uniform(20, 50))):
                rows.append(knock_features(pop.knock, pop.n_others))
                kinds.append(name)
    kind = np.array(kinds)
    is_pop = (kind == "pop").astype(float)
    weight = np.zeros(len(kind))
    names = [str(name) for name in np.unique(kind)]
    for name in names:
        share = 0.5 if name == "pop" else 0.5 / (len(names) - 1)
        weight[kind == name] = share / np.count_nonzero(kind == name)
    return np.array(rows), is_pop, weight


def fit() -> None:
    """Print the weights of a logistic sum fitted on made-up cracks and made-up other sounds only."""
    x, is_pop, weight = examples(np.random.default_rng(1))
    sign = 2.0 * is_pop - 1.0

    def loss(b: Floats) -> tuple[float, Floats]:
        margin = sign * (x @ b)
        slope = -(x * (weight * sign / (1.0 + np.exp(margin)))[:, None]).sum(axis=0)
        return float(np.sum(weight * np.logaddexp(0.0, -margin)) + 1e-5 * b @ b), slope + 2e-5 * b

    found = minimize(loss, np.zeros(x.shape[1]), jac=True, method="L-BFGS-B", options={"maxiter": 5000})
    print("WEIGHTS: Final = (" + ", ".join(f"{w:.3f}" for w in found.x) + ")")


def main() -> None:
    """Read the command line and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--fit", action="store_true", help="fit the weights anew")
    parser.add_argument("--keys", type=Path, help="folder of recorded keyboards")
    arguments = parser.parse_args()
    if arguments.fit:
        fit()
        return
    table_of_cracks()
    table_of_negatives(arguments.keys)
    table_of_session(arguments.keys)
    print_speed()


if __name__ == "__main__":
    main()
