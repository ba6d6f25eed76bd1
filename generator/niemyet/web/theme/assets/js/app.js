// What a page gains with JavaScript; without it everything is still there to read. Nothing leaves
// the device.
(() => {
  "use strict";
  const root = document.documentElement;
  const all = (selector) => Array.from(document.querySelectorAll(selector));
  const store = {
    get(key) {
      try {
        return localStorage.getItem(`ny.${key}`);
      } catch {
        return null;
      }
    },
    set(key, value) {
      try {
        if (value === null) localStorage.removeItem(`ny.${key}`);
        else localStorage.setItem(`ny.${key}`, value);
      } catch {
        /* storage may be closed */
      }
    },
  };

  // Colour scheme
  all("[data-ny-theme]").forEach((button) => {
    const system = window.matchMedia("(prefers-color-scheme: dark)");
    const isDark = () => (root.dataset.scheme ? root.dataset.scheme === "dark" : system.matches);
    function paint() {
      button.setAttribute("aria-pressed", String(isDark()));
    }
    button.hidden = false;
    button.addEventListener("click", () => {
      root.dataset.scheme = isDark() ? "light" : "dark";
      store.set("scheme", root.dataset.scheme);
      paint();
    });
    paint();
  });

  // Large text: what is written in rem grows, and the windows of media queries do not
  all("[data-ny-text]").forEach((button) => {
    function paint() {
      button.setAttribute("aria-pressed", String(root.dataset.text === "large"));
    }
    button.hidden = false;
    button.addEventListener("click", () => {
      if (root.dataset.text) delete root.dataset.text;
      else root.dataset.text = "large";
      store.set("text", root.dataset.text || null);
      paint();
    });
    paint();
  });

  // Menu on a narrow screen
  all("[data-ny-menu]").forEach((button) => {
    const menu = document.getElementById(button.getAttribute("aria-controls"));
    function set(open) {
      menu.classList.toggle("is-open", open);
      button.setAttribute("aria-expanded", String(open));
    }
    button.hidden = false;
    button.addEventListener("click", () => {
      set(button.getAttribute("aria-expanded") !== "true");
    });
    document.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && button.getAttribute("aria-expanded") === "true") {
        set(false);
        button.focus();
      }
    });
  });

  // Open now? Always by the clock of Vietnam, seven hours ahead of UTC all year, whatever the phone
  // says. Intl cannot be asked: before Chrome 73 and Safari 13 it does not know hourCycle and
  // writes 2 for 14.
  const office = window.niemyetOffice;
  const AHEAD = 7 * 60 * 60e3;
  function now() {
    const moment = new Date(Date.now() + AHEAD).toISOString();
    return { day: moment.slice(0, 10), time: moment.slice(11, 16) };
  }
  function addDays(day, count) {
    const date = new Date(`${day}T00:00:00Z`);
    date.setUTCDate(date.getUTCDate() + count);
    return date.toISOString().slice(0, 10);
  }
  const weekday = (day) => new Date(`${day}T00:00:00Z`).getUTCDay();
  function spans(day, counter) {
    if (office.off[day]) return [];
    return (
      (office.counters[counter] || office.hours)[office.work.includes(day) ? 1 : weekday(day)] || []
    );
  }
  const say = (key, values) =>
    office.text[key].replace(/\{(\w+)\}/g, (whole, name) => values[name]);
  function openState(counter) {
    const here = now();
    const today = spans(here.day, counter);
    for (const [opens, closes] of today) {
      if (here.time < opens)
        return ["closed", say("closed_opens_at", { time: office.clock[opens] })];
      if (here.time < closes) return ["open", say("open_until", { time: office.clock[closes] })];
    }
    for (let i = 1; i < 15; i += 1) {
      const day = addDays(here.day, i);
      const next = spans(day, counter);
      if (next.length) {
        let when = i === 1 ? office.text.tomorrow : office.days[weekday(day)];
        const inWords = { timeZone: "UTC", day: "numeric", month: "long" };
        if (i > 6) when += `, ${new Intl.DateTimeFormat(root.lang, inWords).format(new Date(day))}`;
        const name = office.off[here.day];
        return [
          "closed",
          say(name ? "closed_holiday" : "closed_opens_on", {
            time: office.clock[next[0][0]],
            day: when,
            name,
          }),
        ];
      }
    }
    return ["closed", office.text.closed];
  }
  if (office) window.NiemYet = { get: store.get, set: store.set, now };
  if (office) {
    const paintStatus = () => {
      all("[data-ny-status]").forEach((element) => {
        const state = openState(element.dataset.nyStatus);
        [element.dataset.state, element.textContent] = state;
      });
    };
    paintStatus();
    setInterval(paintStatus, 60000);
    const today = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"][weekday(now().day)];
    all("[data-ny-days]").forEach((row) => {
      row.classList.toggle("is-today", row.dataset.nyDays.split(" ").includes(today));
    });
  }

  // Somebody scanned a printed sheet: say whether it is still true.
  if (/[?&]v=/.test(location.search)) {
    [`sheet-${root.lang}`, "sheet"].reduce(
      (before, name) =>
        before.then(
          () =>
            new Promise((done) => {
              const script = document.createElement("script");
              script.src = `${root.dataset.root}assets/js/${name}.js`;
              script.onload = done;
              document.head.appendChild(script);
            }),
        ),
      Promise.resolve(),
    );
  }

  // Rating and error slip: their script comes when it is wanted.
  function report() {
    if (report.asked) return;
    report.asked = true;
    const script = document.createElement("script");
    script.src = `${root.dataset.root}assets/js/report.js`;
    document.head.appendChild(script);
  }
  all("[data-ny-rate]").forEach((box) => {
    box.addEventListener("toggle", report);
  });
  if (document.querySelector("[data-ny-slip]")) report();

  // Share and print
  all("[data-ny-share]").forEach((button) => {
    button.addEventListener("click", () => {
      if (navigator.share) {
        navigator.share({ title: document.title, url: location.href }).catch(() => {
          /* the person closed it */
        });
        return;
      }
      const toast = document.querySelector("[data-ny-toast]");
      const done = document.querySelector("[data-done]");
      const tell = (text) => {
        if (toast) toast.textContent = text;
      };
      if (navigator.clipboard)
        navigator.clipboard.writeText(location.href).then(
          () => {
            tell(done ? done.dataset.done : "");
          },
          () => {
            tell(location.href);
          },
        );
      else tell(location.href);
    });
  });
  all("[data-ny-print]").forEach((button) => {
    button.addEventListener("click", () => {
      window.print();
    });
  });
  // On paper a page says from where and of which day it is; what is folded is open.
  window.addEventListener("beforeprint", () => {
    all("details:not(.ny-rate)").forEach((d) => {
      d.open = true;
    });
    if (!office || document.querySelector(".ny-sheet")) return;
    const own = document.querySelector("link[rel=canonical]");
    let line = document.querySelector(".ny-printed");
    let day = document.querySelector("[data-ny-printed-on]");
    if (!line) {
      line = document.createElement("p");
      line.className = "ny-printed";
      line.textContent = own ? `${office.text.printed_from} ${own.href}` : "";
      document.querySelector("main").append(line);
    }
    if (!day) {
      day = document.createElement("span");
      day.dataset.nyPrintedOn = "";
      line.append(line.textContent ? " · " : "", day);
    }
    day.textContent = say("printed_on", {
      date: new Intl.DateTimeFormat(root.lang === "vi" ? "vi-VN" : "en-GB", {
        timeZone: "UTC",
        day: "2-digit",
        month: "2-digit",
        year: "numeric",
      }).format(new Date(now().day)),
    });
  });
})();
