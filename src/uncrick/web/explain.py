"""The explain page: why a joint pops, readable as it comes, and stretched on request."""

import asyncio
import json
import re
from collections.abc import Mapping

from jinja2 import Environment
from pydantic import BaseModel, ConfigDict, Field, ValidationError
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import Route

from uncrick.app.explaining import Bench, BusyError, page_record, stretches_text
from uncrick.errors import Problem, ProblemsError
from uncrick.web.explain_figures import courses, quiet_chart, short, theories_chart
from uncrick.web.frame import Frame

MAX_BODY_BYTES = 2048
"""A question is a handful of numbers."""


class JointAsked(BaseModel):
    """Numbers of a joint by name, in their units; what is not named has its default."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True, allow_inf_nan=False)

    values: dict[str, float] = Field(max_length=15)


class Explaining:
    """The page, its data and its bench."""

    def __init__(self, frame: Frame, templates: Environment) -> None:
        self._frame = frame
        self._templates = templates
        self._bench = Bench()
        self._html = ""

    def routes(self) -> list[Route]:
        """Return where the page and its data are."""
        return [
            Route("/explain", self.page),
            Route("/explain/stretches.json", self.stretches),
            Route("/api/joint", self.joint, methods=["POST"]),
        ]

    def close(self) -> None:
        """End what runs beside the program."""
        self._bench.close()

    def page(self, request: Request) -> Response:
        """Show the page, whole without any script."""
        refused = self._frame.refusal(request)
        if refused is not None:
            return refused
        self._bench.warm()
        self._html = self._html or self._written()
        return HTMLResponse(self._html, headers={"cache-control": "no-cache"})

    async def stretches(self, request: Request) -> Response:
        """Give the stretches computed beforehand."""
        if not self._frame.visitors.knows(request):
            return refused(401, "door", "open the link that the program printed")
        return Response(stretches_text(), media_type="application/json", headers={"cache-control": "no-cache"})

    async def joint(self, request: Request) -> Response:
        """Stretch one joint now, in a process of its own; the origin was looked at on the way in."""
        if not self._frame.visitors.knows(request):
            return refused(401, "door", "open the link that the program printed")
        body = b""
        async for piece in request.stream():
            body += piece
            if len(body) > MAX_BODY_BYTES:
                return refused(413, "body", f"more than {MAX_BODY_BYTES} bytes; a joint is a handful of numbers")
        try:
            asked = JointAsked.model_validate_json(body)
            self._bench.admit()
            return JSONResponse(await asyncio.to_thread(self._bench.stretch, asked.values))
        except ValidationError as error:
            first = error.errors(include_url=False)[0]
            return refused(422, ".".join(map(str, first["loc"])) or "body", first["msg"])
        except BusyError as error:
            return refused(429, "stretch", str(error))
        except asyncio.CancelledError:  # Ctrl-C: whoever waits for a stretch is told so, and the terminal stays quiet
            return refused(503, "stretch", "the program is ending")
        except ProblemsError as error:
            return problems_told(422, list(error.problems))

    def _written(self) -> str:
        record = page_record()
        weights = [row["rank_correlation_with_collapse_over_growth"] for row in record["deciders"]]
        said = {name: [in_parts(sentence) for sentence in record[name]] for name in ("unsettled", "does_not")}
        return self._templates.get_template("explain.html").render(
            **record | said | {"bands": [band_row(band) for band in record["bands"]]},
            courses={name: courses(stretch) for name, stretch in record["theories"].items()},
            theories_chart=theories_chart(record["map"]),
            quiet_chart=quiet_chart(record["quiet"]),
            strongest=sorted(weights, key=abs, reverse=True)[:2],
            n_draws=sum(record["verdicts"][name] for name in ("crack", "quiet cavity", "no cavity")),
        )


def in_parts(sentence: str) -> list[tuple[str, str]]:
    """Return a sentence as pieces of text, each with the source named after it; none after the last."""
    pieces = re.split(r"\(([a-z]+\d{4})\)", sentence)
    return list(zip(pieces[::2], [*pieces[1::2], ""], strict=True))


def band_row(band: Mapping[str, object]) -> dict[str, object]:
    """Return a band as the page shows it: three digits that count, shares in per cent."""
    times, unit = (100.0, "%") if band["unit"] == "share" else (1.0, str(band["unit"]))
    low, high = (short(float(end) * times) for end in str(band["wanted"]).split(" to "))
    got = short(float(str(band["got"])) * times)
    what = str(band["what"]).replace("CO2", "CO₂")
    return {**band, "what": what, "got": f"{got} {unit}", "wanted": f"{low} to {high} {unit}"}


def refused(status: int, where: str, says: str) -> JSONResponse:
    """Return one problem as an answer."""
    return problems_told(status, [Problem(where, says)])


def problems_told(status: int, problems: list[Problem]) -> JSONResponse:
    """Return problems as an answer, each with where it is, what it says and a hint."""
    told = [{"where": p.where, "says": p.says, "hint": p.hint} for p in problems]
    headers = {"retry-after": "1"} if status == 429 else None
    return JSONResponse({"problems": json.loads(json.dumps(told))}, status, headers=headers)
