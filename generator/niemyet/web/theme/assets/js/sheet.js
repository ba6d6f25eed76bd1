// Who came by the code of a printed sheet is told whether the sheet is still true, and if not, what has changed since when.
// The version stands in the address; it holds a day and a few letters for each part of the content (generator/versions.py).
(function () {
  "use strict";
  var words = window.niemyetSheet;
  var main = document.getElementById("noi-dung");
  var given = new URLSearchParams(location.search).get("v");
  if (!words || !main || !given) { return; }
  var DAY = 3, PART = 3, FIRST_DAY = Date.UTC(2020, 0, 1);
  var page = document.querySelector("[data-ny-version]");

  function fill(text, value) { return text.replace("{date}", value); }
  function date(iso) {
    var p = iso.split("-").map(Number);
    if (words.lang === "vi") { return p[2] + "/" + p[1] + "/" + p[0]; }
    var format = new Intl.DateTimeFormat(words.lang + "-GB", { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" });
    return format.format(new Date(Date.UTC(p[0], p[1] - 1, p[2])));
  }
  function dayOf(version) { return new Date(FIRST_DAY + parseInt(version.slice(0, DAY), 36) * 864e5).toISOString().slice(0, 10); }
  function partsOf(version) {
    var parts = [];
    for (var at = DAY; at < version.length; at += PART) { parts.push(version.slice(at, at + PART)); }
    return parts;
  }
  function make(tag, text, into) {
    var element = document.createElement(tag);
    if (text) { element.textContent = text; }
    into.appendChild(element);
    return element;
  }

  function changedIn(current) {
    var old = partsOf(given);
    return partsOf(current).map(function (part, n) { return part === old[n] ? -1 : n; }).filter(function (n) { return n >= 0; });
  }

  function show(isCurrent, lead, changes) {
    var box = document.createElement("div");
    box.className = "ny-grid ny-scan" + (isCurrent ? " ny-scan--ok" : "");
    box.setAttribute("role", "status");
    main.insertBefore(box, main.firstChild);
    // A live region is read when its text changes, so it must be there before its words.
    setTimeout(function () {
      make("p", lead, box).className = "ny-scan__lead";
      if (!changes.length) { return; }
      make("p", words.text.sheet_changed, box);
      var list = make("ul", "", box);
      changes.forEach(function (change) {
        var item = make("li", "", list);
        var link = make("a", change.name, item);
        link.href = change.href;
        item.appendChild(document.createTextNode(", " + change.since));
      });
    }, 50);
  }

  var home = new URL(document.documentElement.dataset.root, location.href).pathname;
  var path = location.pathname.slice(home.length).replace(/index\.html$/, "");
  var known = page ? [page.dataset.nyVersion] : words.versions[path] || [];
  if (!/^[0-9a-z]{6,60}$/.test(given) || !known.length || !known.some(function (version) { return version.length === given.length; })) {
    show(true, words.text.sheet_unknown, []);
    return;
  }
  var isCurrent = known.some(function (version) { return version.slice(DAY) === given.slice(DAY); });
  if (isCurrent) {
    show(true, fill(words.text.sheet_current, date(page ? page.dataset.nyDay : dayOf(known[0]))), []);
    return;
  }
  if (!page) {
    show(false, words.text.sheet_old, []);
    return;
  }
  var since = page.dataset.nySince.split(" ");
  show(false, words.text.sheet_old, changedIn(page.dataset.nyVersion).map(function (n) {
    var from = words.parts[n].id === "time" ? since[0] : words.parts[n].id === "fee" ? since[1] : "";
    return {
      name: words.parts[n].name,
      href: words.parts[n].href,
      since: from ? fill(words.text.sheet_from, date(from)) : fill(words.text.sheet_updated, date(page.dataset.nyDay))
    };
  }));
})();
