"""How the desk companion stands, as one record for command, page and notice alike."""

import math
from dataclasses import asdict
from typing import Any

from uncrick.app.desk import Desk
from uncrick.app.desk_words import SIGHT_NAMES, UNSEEN, sentences
from uncrick.desk.activity import SIGHTS, Sight
from uncrick.desk.manners import every_s, most_a_day, n_shown_on
from uncrick.desk.nudge import NudgeSettings, held_by, local_at
from uncrick.desk.sitting import presence, sat_s


def status_record(desk: Desk) -> dict[str, Any]:
    """Return how things stand now. Lengths are in minutes; null is "not known" or "none"."""
    state = desk.state
    if state is None:
        return {"running": True, "sentences": []}
    where, why = presence(desk.settings.sitting, state.sitting)
    nudge, spell = state.nudge, state.sitting.spell
    local = local_at(nudge, state.sitting.at_s)
    every = every_s(desk.settings.manners, nudge.level)
    return {
        "running": True,
        "at": local.isoformat() if local else None,
        "presence": where,
        "why": why,
        "spell_min": None if spell is None else round(sat_s(state.sitting) / 60, 2),
        "unseen_min": None if spell is None else round(spell.unknown_s / 60, 2),
        "since": _local(desk, spell.began_s) if spell else None,
        "every_min": round(every / 60, 1),
        "owed": _owed(desk),
        "held": held_by(NudgeSettings(desk.settings.manners, desk.settings.sitting), nudge, state.sitting),
        "silent_until": _local(desk, nudge.silent_until_s) if nudge.silent_until_s > state.sitting.at_s else None,
        "silent": nudge.silent_why if nudge.silent_until_s > state.sitting.at_s else None,
        "level": nudge.level,
        "n_shown": n_shown_on(nudge.log, local.date().toordinal()) if local else 0,
        "most_a_day": most_a_day(desk.settings.manners, nudge.level),
        "on_break": state.sitting.on_break,
        "standing": state.sitting.standing,
        "sees": [{"what": w, "name": SIGHT_NAMES[w], **_sight(desk, w)} for w in SIGHTS],
        "camera_light": asdict(desk.light) if desk.light is not None else None,
        "settings": desk.written.model_dump(mode="json"),
        "sentences": list(sentences(desk)),
        "near": [says for says in sentences(desk) if not says.startswith(UNSEEN)],
    }


def _sight(desk: Desk, what: Sight) -> dict[str, Any]:
    seen = desk.seen.get(what)
    return {"known": bool(seen and seen.known), "says": seen.says if seen else ""}


def _owed(desk: Desk) -> dict[str, Any] | None:
    owed = desk.state.nudge.owed if desk.state else None
    if owed is None:
        return None
    return {
        "phase": owed.phase,
        "since": _local(desk, owed.since_s),
        "until": _local(desk, owed.until_s) if owed.phase == "put_off" else None,
        "asked": owed.asked,
    }


def _local(desk: Desk, t_s: float) -> str | None:
    if desk.state is None or not math.isfinite(t_s):
        return None
    at = local_at(desk.state.nudge, t_s)
    return at.isoformat() if at else None
