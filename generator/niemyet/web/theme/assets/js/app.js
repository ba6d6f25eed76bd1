// What a page gains with JavaScript; without it everything is still there to read. Nothing leaves the device.
(function () {
  "use strict";
  var root = document.documentElement;
  function all(selector) { return Array.prototype.slice.call(document.querySelectorAll(selector)); }
  var store = {
    get: function (key) { try { return localStorage.getItem("ny." + key); } catch (error) { return null; } },
    set: function (key, value) {
      try { if (value === null) localStorage.removeItem("ny." + key); else localStorage.setItem("ny." + key, value); } catch (error) { /* storage may be closed */ }
    }
  };

  // Colour scheme
  all("[data-ny-theme]").forEach(function (button) {
    var system = window.matchMedia("(prefers-color-scheme: dark)");
    function isDark() { return root.dataset.scheme ? root.dataset.scheme === "dark" : system.matches; }
    function paint() { button.setAttribute("aria-pressed", String(isDark())); }
    button.hidden = false;
    button.addEventListener("click", function () {
      root.dataset.scheme = isDark() ? "light" : "dark";
      store.set("scheme", root.dataset.scheme);
      paint();
    });
    paint();
  });

  // Large text: what is written in rem grows, and the windows of media queries do not
  all("[data-ny-text]").forEach(function (button) {
    function paint() { button.setAttribute("aria-pressed", String(root.dataset.text === "large")); }
    button.hidden = false;
    button.addEventListener("click", function () {
      if (root.dataset.text) delete root.dataset.text; else root.dataset.text = "large";
      store.set("text", root.dataset.text || null);
      paint();
    });
    paint();
  });

  // Menu on a narrow screen
  all("[data-ny-menu]").forEach(function (button) {
    var menu = document.getElementById(button.getAttribute("aria-controls"));
    function set(open) {
      menu.classList.toggle("is-open", open);
      button.setAttribute("aria-expanded", String(open));
    }
    button.hidden = false;
    button.addEventListener("click", function () { set(button.getAttribute("aria-expanded") !== "true"); });
    document.addEventListener("keydown", function (event) {
      if (event.key === "Escape" && button.getAttribute("aria-expanded") === "true") { set(false); button.focus(); }
    });
  });

  // Open now? Always by the clock of Vietnam, seven hours ahead of UTC all year, whatever the phone says. Intl cannot be asked: before Chrome 73
  // and Safari 13 it does not know hourCycle and writes 2 for 14.
  var office = window.niemyetOffice, AHEAD = 7 * 60 * 60e3;
  function now() {
    var moment = new Date(Date.now() + AHEAD).toISOString();
    return { day: moment.slice(0, 10), time: moment.slice(11, 16) };
  }
  function addDays(day, count) {
    var date = new Date(day + "T00:00:00Z");
    date.setUTCDate(date.getUTCDate() + count);
    return date.toISOString().slice(0, 10);
  }
  function weekday(day) { return new Date(day + "T00:00:00Z").getUTCDay(); }
  function spans(day, counter) {
    if (office.off[day]) return [];
    return (office.counters[counter] || office.hours)[office.work.indexOf(day) >= 0 ? 1 : weekday(day)] || [];
  }
  function say(key, values) {
    return office.text[key].replace(/\{(\w+)\}/g, function (whole, name) { return values[name]; });
  }
  function openState(counter) {
    var here = now(), today = spans(here.day, counter), i;
    for (i = 0; i < today.length; i++) {
      if (here.time < today[i][0]) return ["closed", say("closed_opens_at", { time: office.clock[today[i][0]] })];
      if (here.time < today[i][1]) return ["open", say("open_until", { time: office.clock[today[i][1]] })];
    }
    for (i = 1; i < 15; i++) {
      var day = addDays(here.day, i), next = spans(day, counter);
      if (next.length) {
        var when = i === 1 ? office.text.tomorrow : office.days[weekday(day)];
        if (i > 6) when += ", " + new Intl.DateTimeFormat(root.lang, { timeZone: "UTC", day: "numeric", month: "long" }).format(new Date(day));
        var name = office.off[here.day];
        return ["closed", say(name ? "closed_holiday" : "closed_opens_on", { time: office.clock[next[0][0]], day: when, name: name })];
      }
    }
    return ["closed", office.text.closed];
  }
  if (office) window.NiemYet = { get: store.get, set: store.set, now: now };
  if (office) {
    var paintStatus = function () {
      all("[data-ny-status]").forEach(function (element) {
        var state = openState(element.dataset.nyStatus);
        element.dataset.state = state[0];
        element.textContent = state[1];
      });
    };
    paintStatus();
    setInterval(paintStatus, 60000);
    var names = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"], today = names[weekday(now().day)];
    all("[data-ny-days]").forEach(function (row) { row.classList.toggle("is-today", row.dataset.nyDays.split(" ").indexOf(today) >= 0); });
  }

  // Somebody scanned a printed sheet: say whether it is still true.
  if (/[?&]v=/.test(location.search)) {
    ["sheet-" + root.lang, "sheet"].reduce(function (before, name) {
      return before.then(function () {
        return new Promise(function (done) {
          var script = document.createElement("script");
          script.src = root.dataset.root + "assets/js/" + name + ".js";
          script.onload = done;
          document.head.appendChild(script);
        });
      });
    }, Promise.resolve());
  }

  // Rating and error slip: their script comes when it is wanted.
  function report() {
    if (report.asked) return;
    report.asked = true;
    var script = document.createElement("script");
    script.src = root.dataset.root + "assets/js/report.js";
    document.head.appendChild(script);
  }
  all("[data-ny-rate]").forEach(function (box) { box.addEventListener("toggle", report); });
  if (document.querySelector("[data-ny-slip]")) report();

  // Share and print
  all("[data-ny-share]").forEach(function (button) {
    button.addEventListener("click", function () {
      if (navigator.share) { navigator.share({ title: document.title, url: location.href }).catch(function () { /* the person closed it */ }); return; }
      var toast = document.querySelector("[data-ny-toast]"), done = document.querySelector("[data-done]");
      var tell = function (text) { if (toast) toast.textContent = text; };
      if (navigator.clipboard) navigator.clipboard.writeText(location.href).then(function () { tell(done ? done.dataset.done : ""); }, function () { tell(location.href); });
      else tell(location.href);
    });
  });
  all("[data-ny-print]").forEach(function (button) { button.addEventListener("click", function () { window.print(); }); });
  // On paper a page says from where and of which day it is; what is folded is open.
  window.addEventListener("beforeprint", function () {
    all("details:not(.ny-rate)").forEach(function (d) { d.open = true; });
    if (!office || document.querySelector(".ny-sheet")) return;
    var own = document.querySelector("link[rel=canonical]"), line = document.querySelector(".ny-printed"), day = document.querySelector("[data-ny-printed-on]");
    if (!line) {
      line = document.createElement("p");
      line.className = "ny-printed";
      line.textContent = own ? office.text.printed_from + " " + own.href : "";
      document.querySelector("main").append(line);
    }
    if (!day) {
      day = document.createElement("span");
      day.dataset.nyPrintedOn = "";
      line.append(line.textContent ? " · " : "", day);
    }
    day.textContent = say("printed_on", { date: new Intl.DateTimeFormat(root.lang === "vi" ? "vi-VN" : "en-GB",
      { timeZone: "UTC", day: "2-digit", month: "2-digit", year: "numeric" }).format(new Date(now().day)) });
  });
})();
