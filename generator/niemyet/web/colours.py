"""The colours of the brand as custom properties, which stand before the style sheet of the site."""

from __future__ import annotations

from niemyet.view.brand import schemes

STYLES = "assets/css/niemyet.css"
_LIGHT, _DARK = ":root", ":root[data-scheme=dark]"
_DARK_BY_SYSTEM = ":root:not([data-scheme=light])"
_PREFERS_DARK, _PREFERS_CONTRAST = "(prefers-color-scheme:dark)", "(prefers-contrast:more)"


def custom_properties() -> str:
    """The colours of every scheme: what a reader chose goes before what the system asks for."""
    light, dark, more_light, more_dark = (
        "".join(f"--{name.replace('_', '-')}:{colour};" for name, colour in scheme.items())
        for scheme in schemes().values()
    )
    light, dark = f"color-scheme:light;{light}", f"color-scheme:dark;{dark}"
    both = f"{_PREFERS_CONTRAST} and {_PREFERS_DARK}"
    return (
        f"{_LIGHT}{{{light}}}\n"
        f"@media {_PREFERS_DARK}{{{_DARK_BY_SYSTEM}{{{dark}}}}}\n"
        f"{_DARK}{{{dark}}}\n"
        f"@media {_PREFERS_CONTRAST}{{{_LIGHT}{{{more_light}}}{_DARK}{{{more_dark}}}}}\n"
        f"@media {both}{{{_DARK_BY_SYSTEM}{{{more_dark}}}}}\n"
    )
