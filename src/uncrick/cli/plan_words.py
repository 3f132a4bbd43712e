"""How the orders of `uncrick plan` say an amount, and how they read a day."""

from datetime import date


def amount_words(amount: tuple[str, int, int, float, float]) -> str:
    """Return an amount as a person reads it."""
    _, sets, reps, hold_s, duration_s = amount
    if duration_s:
        return f"{duration_s / 60:g} min"
    return f"{sets} x {reps}" + (f", held {hold_s:g} s" if hold_s else "")


def day_of(written: str) -> date:
    """Return the day that an option names, today without one."""
    from uncrick.errors import Problem, ProblemsError

    if not written:
        return date.today()
    try:
        return date.fromisoformat(written)
    except ValueError:
        raise ProblemsError([Problem("--on", f"found '{written}', wanted a day like 2026-11-22")]) from None
