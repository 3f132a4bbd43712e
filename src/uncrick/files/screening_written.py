"""What library/screening.yaml may hold: one model a part, as it is written."""

from typing import Literal

from pydantic import Field

from uncrick.care.level import Level
from uncrick.care.pain import Action, EnabledBy
from uncrick.care.screening import Because, Urgent
from uncrick.files.marked_yaml import WrittenModel

Keys = tuple[str, ...]


class WrittenLevel(WrittenModel):
    """What is shown at one level."""

    says: str


class WrittenAsking(WrittenModel):
    """When which set is asked."""

    full_every_days: int = Field(ge=1, le=365)
    full_after_days_away: int = Field(ge=1, le=365)
    full_at_pain: int = Field(ge=1, le=10)
    cautions_for_clinician: int = Field(ge=2, le=10)
    because: dict[Because, str]
    source: Keys = Field(min_length=1)


class WrittenGentler(WrittenModel):
    """What the ruling caution does."""

    repetitions: float = Field(gt=0, le=1)
    depth: float = Field(gt=0, le=1)
    speed: float = Field(gt=0, le=1)
    source: Keys = Field(min_length=1)


class WrittenQuestion(WrittenModel):
    """One question; the fields are those of `Question`."""

    domain: str
    text: str = Field(min_length=10)
    plainer: str = Field(min_length=10)
    why: str = Field(min_length=10)
    help: str = ""
    note: str = ""
    if_yes: Level
    urgent: Urgent = ""
    urgent_with: Keys = ()
    may_do: Keys = ()
    may_follow: str = ""
    only_alone: bool = False
    may_skip: bool = False
    applies_with: Keys = ()
    short_set: bool
    source: Keys = Field(min_length=1)


class WrittenRule(WrittenModel):
    """One line of a condition."""

    attribute: str
    at_least: int = Field(ge=1, le=3)
    ruling: Literal["caution", "exclude"]
    also: dict[str, int] = Field(default_factory=dict)


class WrittenCondition(WrittenModel):
    """One condition."""

    label: str
    ask: str
    level: Level
    rules: tuple[WrittenRule, ...] = Field(min_length=1)
    note: str = ""
    source: Keys = Field(min_length=1)


class WrittenStop(WrittenModel):
    """Something a person says while exercising."""

    text: str
    action: Action
    then: str = ""
    then_ask: Keys = ()
    level: Level = "ok"
    source: Keys = Field(min_length=1)


class WrittenPainRule(WrittenModel):
    """One pain rule; the fields are those of `PainRule`."""

    enabled_by: EnabledBy
    rest_limit: int = Field(ge=1, le=10)
    rise: int | None = Field(None, ge=1, le=10)
    red: int | None = Field(None, ge=1, le=10)
    stops_end_session: int = Field(ge=1, le=5)
    morning_rise: int = Field(ge=1, le=10)
    mornings: int = Field(ge=1, le=7)
    within_days: int = Field(ge=1, le=31)
    rest_days: int = Field(ge=1, le=7)
    settle_h: float = Field(ge=0, le=48)
    green: int | None = Field(None, ge=0, le=9)
    before: str
    during: str
    language: str
    after: str
    source: Keys = Field(min_length=1)


class WrittenPainRules(WrittenModel):
    """Both pain rules, and which holds for everybody."""

    default: str
    seed_strict: WrittenPainRule
    therapist_traffic_light: WrittenPainRule


class WrittenMorning(WrittenModel):
    """Bending after rising."""

    hours_after_rising: float = Field(gt=0, le=12)
    default_on: bool
    always_with: Keys
    postpone: tuple[dict[str, int], ...] = Field(min_length=1)
    offer: Keys
    source: Keys = Field(min_length=1)


class WrittenSitting(WrittenModel):
    """Bending after long sitting."""

    sitting_h: float = Field(gt=0, le=12)
    first: Keys
    before: tuple[dict[str, int], ...] = Field(min_length=1)
    minutes: float = Field(gt=0, le=30)
    source: Keys = Field(min_length=1)


class WrittenRepeat(WrittenModel):
    """How often a day."""

    sessions_per_day: int = Field(ge=1, le=10)
    source: Keys = Field(min_length=1)


class WrittenTimes(WrittenModel):
    """All rules of time."""

    morning_flexion: WrittenMorning
    after_long_sitting: WrittenSitting
    repeat_limit: WrittenRepeat


class WrittenScreening(WrittenModel):
    """The whole file."""

    wording: str
    language: str
    approved_by: str
    levels: dict[Level, WrittenLevel]
    emergency_numbers: dict[str, str]
    asking: WrittenAsking
    caution: WrittenGentler
    questions: dict[str, WrittenQuestion] = Field(min_length=1)
    conditions: dict[str, WrittenCondition] = Field(min_length=1)
    stops: dict[str, WrittenStop]
    pain_rules: WrittenPainRules
    time_rules: WrittenTimes
