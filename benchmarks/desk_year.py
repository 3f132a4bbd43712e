"""A year of working days at the desk, and many more: 10,000 random streams of news, and no rule may break in any.

Each week is one made-up person with wishes of their own; each day of it is random: typing, reading, calls, locks, sleep
told and untold, Do Not Disturb, films, standing, sources that fail, clocks that are set, breaks done, left and hurt.
`tests/desk/days.py` brings the days and keeps the rules: never a nudge in a call, in Do Not Disturb, in a presentation,
in quiet hours, to nobody, twice for one spell unless asked, more than the day may have, two unasked in an hour; one
break owed at a time; every owed break taken or given up with a reason. Real days are another matter.

    python -m benchmarks.desk_year --days 10000 --processes 2
"""

import argparse
import json
import random
import sys
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from datetime import time, timedelta

from tests.desk.days import MONDAY, Keeper, end_of_day, working_day

from uncrick.desk.companion import Settings
from uncrick.desk.found import BreakResolved, Nudged, SpellEnded, Turned
from uncrick.desk.manners import Manners

WEEK = 5
NIGHT_S = 30000.0


def week(seed: int) -> Counter[str]:
    """Live one person's five working days; raises AssertionError, with the seed, when a rule is broken."""
    draw = random.Random(seed)
    keeper, start_s = Keeper(Settings(_wishes(draw))), 0.0
    try:
        for day in range(WEEK):
            for x in working_day(draw, start_s, MONDAY + timedelta(days=day)):
                keeper.hear(x)
            end_of_day(keeper)
            start_s = (keeper.state.sitting.at_s if keeper.state else 0.0) + NIGHT_S
    except AssertionError as error:
        raise AssertionError(f"seed {seed}: {error}") from error
    return _counted(keeper)


def _wishes(draw: random.Random) -> Manners:
    quiet = draw.choice(((time(20), time(8)), (time(18), time(9)), (time(12), time(13)), (time(0), time(0))))
    every_s = draw.choice((1200.0, 2700.0, 2700.0, 3600.0))
    return Manners(every_s, draw.choice((2, 4, 8, 8)), quiet_from=quiet[0], quiet_to=quiet[1])


def _counted(keeper: Keeper) -> Counter[str]:
    n: Counter[str] = Counter(days=WEEK)
    for event in keeper.found:
        match event:
            case Nudged(phase=phase):
                n[f"nudges: {phase}"] += 1
            case BreakResolved(became=became):
                n["owed breaks"] += 1
                n[f"owed, then {became}"] += 1
            case SpellEnded(why=why):
                n[f"spells ended by {why}"] += 1
            case Turned(to=to):
                n[f"turned to level {to}"] += 1
            case _:
                pass
    n["most nudges on one date"] = max(keeper.days.values(), default=0)
    return n


def main() -> int:
    """Live the days and print what happened in them; 1 when a rule was broken."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--days", type=int, default=10000)
    parser.add_argument("--processes", type=int, default=1)
    parser.add_argument("--first-seed", type=int, default=0)
    parser.add_argument("--json", action="store_true")
    args = parser.parse_args()
    seeds = range(args.first_seed, args.first_seed + -(-args.days // WEEK))
    total: Counter[str] = Counter()
    most = 0
    try:
        with ProcessPoolExecutor(args.processes) as pool:
            for one in pool.map(week, seeds, chunksize=10):
                most = max(most, one.pop("most nudges on one date"))
                total += one
    except AssertionError as error:
        sys.stderr.write(f"a rule was broken, {error}\n")
        return 1
    total["most nudges on one date"] = most
    if args.json:
        print(json.dumps(dict(sorted(total.items()))))
    else:
        for name, n in sorted(total.items()):
            print(f"{name:<32}{n:>10,}")
        print("rules broken                             0")
    return 0


if __name__ == "__main__":
    sys.exit(main())
