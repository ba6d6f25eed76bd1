"""A thin face over the site adapter, so that plain `mkdocs build` and `mkdocs serve` work too."""

from __future__ import annotations

import datetime as dt
import shutil
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import jinja2
import material
from mkdocs.config import config_options
from mkdocs.config.base import Config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort, PluginError
from mkdocs.plugins import BasePlugin
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page as MkDocsPage

from niemyet.cli.clock import today
from niemyet.model.catalogue import Catalogue
from niemyet.source.overrides import OWN_THEME, TEMPLATES, THEME
from niemyet.view.words import Words
from niemyet.web.hand_written import Prose
from niemyet.web.html import Compiled
from niemyet.web.mkdocs import SHELL, assets_in
from niemyet.web.shell import Frames, Shell, frame

MATERIAL = Path(material.__file__).parent
SITE_CSS = "assets/css/site.css"
"""The styles a project adds after the program's."""
EMPTY = "niemyet-empty"
"""The template of hand-written pages: only what Markdown makes of them is wanted, so there is no
frame to fill."""


class NiemYetConfig(Config):
    today = config_options.Optional(config_options.Type(str))


class NiemYetPlugin(BasePlugin[NiemYetConfig]):
    """Gathers the data unless it was handed over, collects shells and hand-written pages, and
    stamps at the end."""

    def __init__(self) -> None:
        self.catalogue: Catalogue | None = None
        self.given: Catalogue | None = None
        self.csp = True

    def use(self, catalogue: Catalogue, *, csp: bool = True) -> None:
        """Hands over a catalogue that has been checked already; then only frames are made, and no
        site is written."""
        self.given = catalogue
        self.csp = csp

    def on_startup(self, *, command: str, dirty: bool) -> None:
        self.csp = command != "serve"

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        root = Path(config.config_file_path).parent
        self.catalogue = self.given or self._load(root)
        self.shells: dict[str, str] = {}
        self.prose: list[Prose] = []
        config.site_url = self.catalogue.settings.site_url
        # The frame is our own, and a file of the project goes before one of the program. Material's
        # scripts and styles stay behind; decision record 0003 says why.
        others = [
            folder for folder in config.theme.dirs if not Path(folder).is_relative_to(MATERIAL)
        ]
        first = 1 if config.theme.custom_dir else 0
        config.theme.dirs = [*others[:first], str(root / OWN_THEME), str(THEME), *others[first:]]
        return config

    def _load(self, root: Path) -> Catalogue:
        from niemyet.cli.report import render_text
        from niemyet.publish.project import has_errors, load_project

        self.today = dt.date.fromisoformat(self.config.today) if self.config.today else today()
        project = load_project(root, self.today)
        if has_errors(project.findings):
            print(render_text(project.findings, "vi", project.texts))
            raise Abort("Dữ liệu có lỗi, trang cũ được giữ nguyên.")
        return project.catalogue

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        assert self.catalogue is not None
        self.has_site_css = files.get_file_from_path(SITE_CSS) is not None
        for lang in self.catalogue.languages:
            files.append(File.generated(config, f"{SHELL}/{lang}.md", content=f"# {lang}\n"))
        return files

    def on_env(
        self, env: jinja2.Environment, *, config: MkDocsConfig, files: Files
    ) -> jinja2.Environment:
        env.bytecode_cache = Compiled("theme", "")
        assert env.loader is not None
        env.loader = jinja2.ChoiceLoader([env.loader, jinja2.DictLoader({EMPTY: ""})])
        return env

    def on_page_content(
        self, html: str, *, page: MkDocsPage, config: MkDocsConfig, files: Files
    ) -> str:
        assert self.catalogue is not None
        folder, _, name = page.file.src_uri.rpartition("/")
        if folder != SHELL:
            lang = folder or self.catalogue.settings.default_language
            self.prose.append(
                Prose(
                    slug=name.removesuffix(".md"),
                    lang=lang,
                    title=str(page.meta.get("title", name)),
                    description=str(page.meta.get("description", "")),
                    html=html,
                    source=f"content/pages/{page.file.src_uri}",
                )
            )
            page.meta["template"] = EMPTY
        return html

    def on_page_context(
        self, context: Any, *, page: MkDocsPage, config: MkDocsConfig, nav: Any
    ) -> Any:
        assert self.catalogue is not None
        folder, _, name = page.file.src_uri.rpartition("/")
        if folder == SHELL:
            lang = name.removesuffix(".md")
            written = [p.slug for p in self.prose if p.lang == lang]
            context["ny"] = frame(Words(self.catalogue, lang), written, csp=self.csp)
            context["ny"]["site_css"] = SITE_CSS if self.has_site_css else ""
        return context

    def on_post_page(self, output: str, *, page: MkDocsPage, config: MkDocsConfig) -> str:
        folder, _, name = page.file.src_uri.rpartition("/")
        if folder == SHELL:
            self.shells[name.removesuffix(".md")] = output
        return ""  # MkDocs writes no page that is empty; ours are stamped below

    def frames(self, out: Path) -> Frames:
        """What was collected; the theme's files are in `out`. Raises: PluginError."""
        missing = {name for html in self.shells.values() for name in Shell(html).missing()}
        if missing:
            raise PluginError(f"main.html thiếu các chỗ {', '.join(sorted(missing))}")
        prose = sorted(self.prose, key=lambda p: (p.slug, p.lang))
        return Frames(shells=self.shells, prose=tuple(prose), assets=assets_in(out))

    def on_post_build(self, *, config: MkDocsConfig) -> None:
        assert self.catalogue is not None
        out = Path(config.site_dir)
        (out / "sitemap.xml.gz").unlink(missing_ok=True)
        if self.given is None:
            from niemyet.publish.build import build
            from niemyet.publish.site_writer import MARKER

            root = Path(config.config_file_path).parent
            with TemporaryDirectory(prefix="niemyet-") as folder:
                site = Path(folder) / "site"
                build(root, site, self.today, csp=self.csp, frames=self.frames(out))
                shutil.copytree(site, out, dirs_exist_ok=True, ignore=lambda *_: [MARKER])

    def on_serve(self, server: Any, *, config: MkDocsConfig, builder: Any) -> Any:
        root = Path(config.config_file_path).parent
        for folder in (
            root / "procedures",
            root / "content",
            root / "site_config",
            THEME,
            TEMPLATES,
        ):
            server.watch(str(folder))
        return server
