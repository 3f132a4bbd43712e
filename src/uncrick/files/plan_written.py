"""What a plan file may hold, as it is written; its JSON Schema is published for editors."""

from datetime import date
from typing import Annotated, Any, Final, Literal

from pydantic import Field

from uncrick.files.marked_yaml import WrittenModel
from uncrick.plan.record import Author, PartOfDay, Sides, Weekday

Name = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$", max_length=80)]
Line = Annotated[str, Field(min_length=1, max_length=200)]
Text = Annotated[str, Field(max_length=4000)]


class WrittenMost(WrittenModel):
    """What progress may never pass."""

    reps: int | None = Field(default=None, ge=1, le=60, description="repetitions")
    hold_s: float | None = Field(default=None, ge=0, le=120, description="seconds of a hold")
    duration_s: float | None = Field(default=None, gt=0, le=7200, description="seconds of a walk")


class WrittenPrescription(WrittenModel):
    """One exercise: how much, on which days, within which limits. What is left out is as the exercise has it."""

    exercise: Name = Field(description="id of an exercise, see: uncrick exercises")
    id: Name | None = Field(default=None, description="needed only when the same exercise is asked twice")
    sets: int | None = Field(default=None, ge=1, le=10)
    reps: int | None = Field(default=None, ge=1, le=60)
    hold_s: float | None = Field(default=None, ge=0, le=120)
    duration_s: float | None = Field(default=None, gt=0, le=7200)
    sides: Sides = "own"
    days: Literal["daily"] | tuple[Weekday, ...] = "daily"
    at: tuple[PartOfDay, ...] = Field(("any",), min_length=1, max_length=6, description="one entry a time of the day")
    most: WrittenMost = Field(default_factory=WrittenMost)
    depth: float = Field(1.0, gt=0, le=1, description="part of the own range of motion")
    progress: bool = Field(True, description="whether it may get harder by itself")
    instead: tuple[Name, ...] = Field((), max_length=10, description="what may take its place, by id")
    pain_rule: Literal["seed_strict", "therapist_traffic_light"] | None = None
    note: Text = ""


class WrittenRelaxation(WrittenModel):
    """A rule of the safety screen that a therapist makes milder for this person."""

    rule: Line = Field(description="id of a rule, see: uncrick screen --verdicts")
    to: Literal["allow", "caution"]
    on: date
    reason: Line


class WrittenClearance(WrittenModel):
    """A warning sign or condition that a therapist or clinician has looked at."""

    cause: Name = Field(description="id of a question or condition")
    by: Line | None = Field(default=None, description="who looked; the author if left out")
    on: date
    reason: Line


class WrittenSeal(WrittenModel):
    """The signature over everything above it; made by ``uncrick plan sign``."""

    by: Line
    on: date
    key: str = Field(pattern=r"^[A-Za-z0-9+/]{43}=$")
    signature: str = Field(pattern=r"^[A-Za-z0-9+/]{86}==$")


class WrittenPlan(WrittenModel):
    """The whole file."""

    plan: str = Field(pattern=r"^[a-z0-9][a-z0-9_-]*$", max_length=80, description="id of the plan")
    title: Line
    written_by: Line
    author: Author
    written_on: date
    for_: Line = Field(alias="for", description="whom the plan is for, as they want to be called")
    from_: date = Field(alias="from")
    until: date | None = None
    goals: tuple[Line, ...] = Field((), max_length=20)
    notes: Text = ""
    pain_rule: Literal["seed_strict", "therapist_traffic_light"] = "seed_strict"
    relax: tuple[WrittenRelaxation, ...] = Field((), max_length=50)
    cleared: tuple[WrittenClearance, ...] = Field((), max_length=50)
    exercises: tuple[WrittenPrescription, ...] = Field(min_length=1, max_length=50)
    signed: WrittenSeal | None = None


SCHEMA_ID: Final = "plan.schema.json"


def plan_schema() -> dict[str, Any]:
    """Return the JSON Schema of a plan file; docs/schemas/plan.schema.json is this very schema."""
    schema = WrittenPlan.model_json_schema(by_alias=True)
    head = {"$schema": "https://json-schema.org/draft/2020-12/schema", "$id": SCHEMA_ID}
    return head | schema | {"title": "An Uncrick plan"}
