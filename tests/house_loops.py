"""The rule of the house for compiled loops, as those of tests/house.py."""

import ast
import builtins

from tests.house import Files


def loops_that_name_others(files: Files) -> list[str]:
    """A compiled loop names constants of its own file alone: kept code notices no other change."""
    return [
        f"{source.name}: {loop.name} names {name}"
        for source in files
        if source.path.parts[0] == "graphs"
        for loop in ast.walk(source.tree)
        if isinstance(loop, ast.FunctionDef)
        if any(isinstance(one, ast.Name) and one.id == "compiled" for one in loop.decorator_list)
        for name in sorted(_named_in(loop) - _constants(source.tree) - {"np", *dir(builtins)})
    ]


def _named_in(function: ast.FunctionDef) -> set[str]:
    """Return the names that a function takes from outside."""
    names = [one for line in function.body for one in ast.walk(line) if isinstance(one, ast.Name)]
    own = {one.id for one in names if isinstance(one.ctx, ast.Store)}
    return {one.id for one in names} - own - {one.arg for one in function.args.args}


def _constants(tree: ast.Module) -> set[str]:
    """Return the names in capitals that a file itself gives a value."""
    lines = [line for line in tree.body if isinstance(line, ast.Assign)]
    found = {
        one.id for line in lines for one in ast.walk(line.targets[0]) if isinstance(one, ast.Name)
    }
    return {name for name in found if name.isupper()}
