// Who came by the code of a printed sheet is told whether the sheet is still true, and if not, what
// has changed since when. The version stands in the address; it holds a day and a few letters for
// each part of the content (generator/versions.py).
(() => {
  "use strict";
  const words = window.niemyetSheet;
  const main = document.getElementById("noi-dung");
  const given = new URLSearchParams(location.search).get("v");
  if (!words || !main || !given) {
    return;
  }
  const DAY = 3;
  const PART = 3;
  const FIRST_DAY = Date.UTC(2020, 0, 1);
  const page = document.querySelector("[data-ny-version]");

  const fill = (text, value) => text.replace("{date}", value);
  function date(iso) {
    const p = iso.split("-").map(Number);
    if (words.lang === "vi") {
      return `${p[2]}/${p[1]}/${p[0]}`;
    }
    const format = new Intl.DateTimeFormat(`${words.lang}-GB`, {
      day: "numeric",
      month: "long",
      year: "numeric",
      timeZone: "UTC",
    });
    return format.format(new Date(Date.UTC(p[0], p[1] - 1, p[2])));
  }
  const dayOf = (version) =>
    new Date(FIRST_DAY + parseInt(version.slice(0, DAY), 36) * 864e5).toISOString().slice(0, 10);
  function partsOf(version) {
    const parts = [];
    for (let at = DAY; at < version.length; at += PART) {
      parts.push(version.slice(at, at + PART));
    }
    return parts;
  }
  function make(tag, text, into) {
    const element = document.createElement(tag);
    if (text) {
      element.textContent = text;
    }
    into.appendChild(element);
    return element;
  }

  function changedIn(current) {
    const old = partsOf(given);
    return partsOf(current)
      .map((part, n) => (part === old[n] ? -1 : n))
      .filter((n) => n >= 0);
  }

  function show(isCurrent, lead, changes) {
    const box = document.createElement("div");
    box.className = `ny-grid ny-scan${isCurrent ? " ny-scan--ok" : ""}`;
    box.setAttribute("role", "status");
    main.insertBefore(box, main.firstChild);
    // A live region is read when its text changes, so it must be there before its words.
    setTimeout(() => {
      make("p", lead, box).className = "ny-scan__lead";
      if (!changes.length) {
        return;
      }
      make("p", words.text.sheet_changed, box);
      const list = make("ul", "", box);
      changes.forEach((change) => {
        const item = make("li", "", list);
        const link = make("a", change.name, item);
        link.href = change.href;
        item.appendChild(document.createTextNode(`, ${change.since}`));
      });
    }, 50);
  }

  const home = new URL(document.documentElement.dataset.root, location.href).pathname;
  const path = location.pathname.slice(home.length).replace(/index\.html$/, "");
  const known = page ? [page.dataset.nyVersion] : words.versions[path] || [];
  if (
    !/^[0-9a-z]{6,60}$/.test(given) ||
    !known.length ||
    !known.some((version) => version.length === given.length)
  ) {
    show(true, words.text.sheet_unknown, []);
    return;
  }
  const isCurrent = known.some((version) => version.slice(DAY) === given.slice(DAY));
  if (isCurrent) {
    show(
      true,
      fill(words.text.sheet_current, date(page ? page.dataset.nyDay : dayOf(known[0]))),
      [],
    );
    return;
  }
  if (!page) {
    show(false, words.text.sheet_old, []);
    return;
  }
  const since = page.dataset.nySince.split(" ");
  show(
    false,
    words.text.sheet_old,
    changedIn(page.dataset.nyVersion).map((n) => {
      const from =
        words.parts[n].id === "time" ? since[0] : words.parts[n].id === "fee" ? since[1] : "";
      return {
        name: words.parts[n].name,
        href: words.parts[n].href,
        since: from
          ? fill(words.text.sheet_from, date(from))
          : fill(words.text.sheet_updated, date(page.dataset.nyDay)),
      };
    }),
  );
})();
