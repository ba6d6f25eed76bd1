"""Makes the Chromium of the tests behave like the oldest engines that the scripts must run on.

`chromium_69.json` lists what a real Chromium 69 offers: for each object that a script can reach,
the names of its own properties. It was written once with `MEMBERS` in Qt WebEngine 5.12.
`remove_newer()` deletes from a page whatever is not in that list.
"""

from __future__ import annotations

import json
from pathlib import Path

FLOOR: dict[str, list[str]] = {
    key: names.split()
    for key, names in json.loads(
        Path(__file__).with_name("chromium_69.json").read_text("utf-8")
    ).items()
}
"""Names of own properties, by object."""

NOT_IN_SAFARI = {"BigInt", "requestIdleCallback", "cancelIdleCallback", "ResizeObserver"}
"""What Chromium 69 has and iOS 12 has not."""

NEEDED_BY_PLAYWRIGHT = {
    "window": ["globalThis", "BigInt64Array", "BigUint64Array"],
    "Element.prototype": ["checkVisibility"],
}
"""Playwright runs in the page too. A test looks at the sources for these names instead."""

MEMBERS = """keys => {
    const proto = Object.getPrototypeOf, typed = proto(Int8Array);
    const hidden = {
        '%Iterator%': proto(proto([][Symbol.iterator]())),
        '%TypedArray%': typed, '%TypedArray%.prototype': typed.prototype, window,
    };
    const found = {};
    keys.forEach(key => {
        const read = (object, name) => object && object[name];
        const object = hidden[key] || key.split('.').reduce(read, window);
        const isMember = name => !/^([0-9]+|on[a-z]+)$/.test(name);
        if (object) found[key] = [object, Object.getOwnPropertyNames(object).filter(isMember)];
    });
    return found;
}"""

REMOVE = """floor => {
    const members = (MEMBERS)(Object.keys(floor));
    Object.keys(members).forEach(key => {
        const [object, names] = members[key];
        names.forEach(name => { if (!floor[key].includes(name)) delete object[name] });
    });
}""".replace("MEMBERS", MEMBERS)


def remove_newer() -> str:
    """An init script: what neither Chromium 69 nor iOS 12 has is gone before the page begins."""
    floor = {
        key: [name for name in names if name not in NOT_IN_SAFARI]
        + NEEDED_BY_PLAYWRIGHT.get(key, [])
        for key, names in FLOOR.items()
    }
    return f"({REMOVE})({json.dumps(floor)})"


IGNORE_HOUR_CYCLE = """(() => {
    const Plain = Intl.DateTimeFormat;
    Intl.DateTimeFormat = function (locales, options) {
        const {hourCycle, ...known} = options || {};
        return new Plain(locales, known);
    };
    Intl.DateTimeFormat.prototype = Plain.prototype;
})()"""
"""An init script: hours are written from 1 to 12, as before Chrome 73 and Safari 13."""
