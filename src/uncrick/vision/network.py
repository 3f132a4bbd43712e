"""One neural network held ready: floats in, floats out, nothing copied and nothing computed that no one reads."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import flatbuffers
import numpy as np
from ai_edge_litert import schema_py_generated as schema
from ai_edge_litert.interpreter import Interpreter

from uncrick.vision.picture import Float32s
from uncrick.vision.quiet import hushed


class Network:
    """A LiteRT network with one picture as its input.

    weights : a .tflite file. n_threads : how many threads one run may use. wanted : which of the file's outputs are
    read, by their place; everything that only the others need is left out. None wants them all.
    Not safe to share between threads: each watch holds its own.
    """

    def __init__(self, weights: Path, n_threads: int, wanted: Sequence[int] | None = None) -> None:
        content = weights.read_bytes()
        if wanted is not None:
            content = pruned(content, wanted)
        self._interpreter: Any = Interpreter(model_content=content, num_threads=n_threads)
        with hushed():
            self._interpreter.allocate_tensors()
        details = self._interpreter.get_input_details()[0]
        self._input: int = details["index"]
        self._outputs: list[int] = [each["index"] for each in self._interpreter.get_output_details()]
        self.size_px: int = int(details["shape"][1])

    def input(self) -> Float32s:
        """Return the (size_px, size_px, 3) memory of the input: fill it, let go of it, then `run`."""
        view: Float32s = self._interpreter.tensor(self._input)()[0]
        return view

    def run(self) -> None:
        """Compute the wanted outputs from what lies in the input."""
        self._interpreter.invoke()

    def output(self, i: int) -> Float32s:
        """Return the i-th wanted output of the last run as a view: the next run writes over it."""
        view: Float32s = self._interpreter.tensor(self._outputs[i])()[0]
        return view


def pruned(content: bytes, wanted: Sequence[int]) -> bytes:
    """Return the network of a .tflite file without the steps that only unwanted outputs need.

    The wanted outputs stay the same to the last bit. In the landmark model, the picture of who is body and who is
    background takes half of the work.
    """
    model = schema.ModelT.InitFromObj(schema.Model.GetRootAs(content, 0))
    graph = model.subgraphs[0]
    outputs = [int(graph.outputs[i]) for i in wanted]
    needed, kept = set(outputs), []
    for operator in reversed(graph.operators):
        if needed.intersection(int(i) for i in operator.outputs):
            kept.append(operator)
            needed.update(int(i) for i in operator.inputs)
    graph.operators = kept[::-1]
    graph.outputs = np.array(outputs, dtype=np.int32)
    builder = flatbuffers.Builder(len(content))
    builder.Finish(model.Pack(builder), b"TFL3")
    return bytes(builder.Output())
