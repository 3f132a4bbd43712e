"""One network: trimmed, quiet, and the same answers."""

import numpy as np
import pytest

from uncrick.vision.landmarks import WANTED
from uncrick.vision.network import Network
from uncrick.vision.weights import MODELS, landmark_weights


@pytest.mark.parametrize("model", MODELS)
def test_leaving_out_what_no_one_reads_changes_nothing_that_is_read(model) -> None:
    """The trimmed network's answers are the published network's answers, to the last bit."""
    picture = np.random.default_rng(3).random((256, 256, 3), dtype=np.float32)
    answers = []

    for wanted in (None, WANTED):
        network = Network(landmark_weights(model), n_threads=1, wanted=wanted)
        network.input()[:] = picture
        network.run()
        places = WANTED if wanted is None else range(len(WANTED))
        answers.append([network.output(i).copy() for i in places])

    for whole, trimmed in zip(*answers, strict=True):
        np.testing.assert_array_equal(trimmed, whole)


def test_loading_a_network_says_nothing(capfd) -> None:
    """stderr belongs to the program: the libraries' greetings do not show."""
    Network(landmark_weights("lite"), n_threads=1)

    assert capfd.readouterr() == ("", "")
