"""Everything that others may call says what it is, and where its numbers come from."""

import ast

from tests.house.tree import ROOT, SRC, modules, text_of


def test_every_public_name_has_a_docstring():
    """Each module, and each public class, function and method in it, opens with a sentence about itself."""
    silent = []
    for path in modules(SRC):
        tree = ast.parse(text_of(path))
        where = path.relative_to(ROOT).as_posix()
        if path.name != "__init__.py" and ast.get_docstring(tree) is None:
            silent.append(where)
        silent += [f"{where}:{node.lineno}  {node.name}" for node in public(tree) if ast.get_docstring(node) is None]

    assert silent == []


def public(parent):
    """Yield the public classes and functions of a module or class; what is inside a function is nobody else's."""
    for node in parent.body:
        if isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef) and not node.name.startswith("_"):
            yield node
            if isinstance(node, ast.ClassDef):
                yield from public(node)
