"""Templates become the Python a person would write: `paper.name`, not a call that looks whether
`name` is an attribute or a key.

The strings of a language are written into its templates, so that most of a page is ready before its
data are known. That, and passing over texts in which nothing needs escaping, halves the time of a
page.
"""

from __future__ import annotations

from keyword import iskeyword
from typing import Any

from jinja2 import nodes
from jinja2.compiler import CodeGenerator, Frame
from markupsafe import Markup, escape

STRINGS = "ui"
"""The name by which templates know the strings of their language; none of them gives it to
something else."""


def written(value: Any) -> str:
    """A value as HTML: what `escape` gives, without its cost where nothing needs escaping."""
    if type(value) is str and not (
        "&" in value or "<" in value or ">" in value or '"' in value or "'" in value
    ):
        return value
    return value if type(value) is Markup else escape(value)


class PlainCode(CodeGenerator):
    """Values in templates have attributes; that they may be mappings instead, which Jinja looks
    into, costs most of the time."""

    def visit_Template(self, node: nodes.Template, frame: Frame | None = None) -> None:
        super().visit_Template(node, frame)
        self.writeline(f"from {__name__} import {written.__name__}")

    def visit_Getattr(self, node: nodes.Getattr, frame: Frame) -> None:
        if iskeyword(node.attr):
            super().visit_Getattr(node, frame)
            return
        self._visit_owner(node.node, frame)
        self.write(f".{node.attr}")

    def visit_Getitem(self, node: nodes.Getitem, frame: Frame) -> None:
        self._visit_owner(node.node, frame)
        self.write("[")
        self.visit(node.arg, frame)
        self.write("]")

    def _visit_owner(self, node: nodes.Expr, frame: Frame) -> None:
        """What an attribute or a key is asked of. A name that is missing has none, so it need not
        be looked at first."""
        if isinstance(node, nodes.Name) and node.ctx == "load":
            self.write(frame.symbols.ref(node.name))
            return
        self.write("(")
        self.visit(node, frame)
        self.write(")")

    def _output_child_to_const(
        self, node: nodes.Expr, frame: Frame, finalize: CodeGenerator._FinalizeInfo
    ) -> str:
        """A string of the frame (`ui.home`) is known when its template is compiled."""
        if (
            isinstance(node, nodes.Getattr)
            and isinstance(node.node, nodes.Name)
            and node.node.name == STRINGS
        ):
            text = getattr(self.environment.globals.get(STRINGS), node.attr, None)
            if type(text) is str:
                return str(escape(text))
        return super()._output_child_to_const(node, frame, finalize)

    def _output_child_pre(
        self, node: nodes.Expr, frame: Frame, finalize: CodeGenerator._FinalizeInfo
    ) -> None:
        if frame.eval_ctx.volatile or not frame.eval_ctx.autoescape or finalize.src is not None:
            super()._output_child_pre(node, frame, finalize)
        else:
            self.write(f"{written.__name__}(")
