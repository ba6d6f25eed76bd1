// The touch screen of the centre, begun with ?kiosk=1: nobody leaves the site, and whoever walks
// away leaves nothing behind. Loaded by boot.js together with its words (niemyetKiosk); kiosk.css
// makes targets big.
(() => {
  "use strict";
  const words = window.niemyetKiosk;
  const root = document.documentElement;
  if (!words) return;
  const WARN = 15;
  const STALE = 15 * 60e3;
  const home = new URL(root.dataset.root, document.baseURI);
  const start = home.href + (home.protocol === "file:" ? "index.html" : "");
  const opened = Date.now();
  let last = opened;
  let isLeaving = false;

  // Nothing of one person for the next: ticks, entries, and pages behind the back button.
  function memory(work) {
    try {
      return work();
    } catch {
      return null;
    }
  }
  // The number of the visitor. It stands where all pages see the same: a page from the back/forward
  // cache of Firefox has an old copy of sessionStorage.
  const turn = () => Number(memory(() => localStorage.getItem("ny.kiosk.turn"))) || 1;
  const ours = (store) => Object.keys(store).filter((key) => /^ny\.(?!kiosk)/.test(key));
  function wipe() {
    memory(() => {
      ours(localStorage).forEach((key) => {
        localStorage.removeItem(key);
      });
    });
    memory(() => {
      ours(sessionStorage).forEach((key) => {
        sessionStorage.removeItem(key);
      });
    });
    memory(() => {
      localStorage.setItem("ny.kiosk.turn", String(turn() + 1));
    });
  }
  function leave() {
    if (isLeaving) return;
    isLeaving = true;
    wipe();
    empty();
    restart();
  }
  const fields = () => Array.from(document.querySelectorAll("input, textarea"));
  // Firefox fills a textarea again with what stood there when the page was left, whatever
  // `autocomplete` says.
  function empty() {
    Array.from(document.forms).forEach((form) => {
      form.reset();
    });
    fields().forEach((field) => {
      field.checked = field.defaultChecked;
      field.value = field.defaultValue;
    });
  }
  // Where the home page is already open, a browser only loads it again and keeps the state of its
  // entry; it would seem somebody else's for ever.
  function restart() {
    history.replaceState(null, "");
    location.replace(start);
  }
  // Every entry of the history bears the number of its visitor; one without it that is come back to
  // is nobody's.
  function isOfSomebodyElse() {
    const came = performance.getEntriesByType("navigation")[0];
    const number = history.state && history.state.nyTurn;
    return number ? number < turn() : Boolean(came && came.type === "back_forward");
  }
  if (isOfSomebodyElse()) {
    restart();
    return;
  }
  ["pushState", "replaceState"].forEach((name) => {
    const plain = history[name];
    history[name] = (state, title, url) => {
      plain.call(history, { ...state, nyTurn: turn() }, title, url);
    };
  });
  function number() {
    history.replaceState(history.state, "");
  }
  number();
  window.addEventListener("hashchange", number);
  // No page is kept as somebody left it. Most browsers do not put one into the back/forward cache
  // that listens to unload; for the others it is emptied when it is left, whatever was typed into
  // it, and loaded anew when it is come back to.
  window.addEventListener("unload", () => {
    /* to listen is enough */
  });
  window.addEventListener("pagehide", () => {
    empty();
    document.body.textContent = "";
  });
  window.addEventListener("pageshow", (event) => {
    if (!event.persisted) return;
    if (isOfSomebodyElse()) restart();
    else location.reload();
  });

  function isUntouched() {
    const isHome = location.href.split(/[?#]/)[0].replace(/index\.html$/, "") === home.href;
    const isEmpty = !memory(() => ours(localStorage).length + ours(sessionStorage).length);
    const isBlank = fields().every((field) =>
      field.type === "checkbox" || field.type === "radio"
        ? field.checked === field.defaultChecked
        : field.value === field.defaultValue,
    );
    return (
      isHome && isEmpty && isBlank && window.scrollY < 50 && !document.querySelector("dialog[open]")
    );
  }

  function element(tag, className, text) {
    const made = document.createElement(tag);
    if (className) made.className = className;
    if (text) made.textContent = text;
    return made;
  }
  function button(text, className, work) {
    const made = element("button", `ny-btn ${className}`.trim(), text);
    made.type = "button";
    made.addEventListener("click", work);
    return made;
  }
  function dialog(role, title) {
    const box = element("dialog", "ny-kiosk");
    const heading = element("h2", "", title);
    heading.id = `ny-kiosk-${role}`;
    box.setAttribute("role", role);
    box.setAttribute("aria-labelledby", heading.id);
    box.append(heading);
    return box;
  }

  let asking;
  let count;
  let showing;
  let shown;
  let picture;
  function build() {
    asking = dialog("alertdialog", words.text.kiosk_there);
    count = element("p", "ny-kiosk__count");
    asking.append(
      count,
      button(words.text.kiosk_stay, "ny-btn--pri", touched),
      button(words.text.kiosk_done, "", leave),
    );
    asking.addEventListener("close", touched);

    showing = dialog("dialog", words.text.kiosk_phone);
    picture = element("img");
    picture.alt = "";
    shown = element("p", "ny-kiosk__address");
    showing.append(
      element("p", "", words.text.kiosk_phone_hint),
      picture,
      shown,
      button(words.text.kiosk_close, "ny-btn--pri", () => {
        showing.close();
      }),
    );

    const bar = element("nav", "ny-kiosk-bar");
    bar.setAttribute("aria-label", words.text.kiosk_bar);
    bar.append(
      button(words.text.kiosk_home, "", () => {
        location.assign(start);
      }),
      button(words.text.kiosk_back, "", () => {
        history.back();
      }),
      button(words.text.kiosk_done, "ny-btn--pri", leave),
    );
    document.body.append(bar, asking, showing);
    // A browser fills fields again when a page is loaded anew.
    document.querySelectorAll("input, textarea, form").forEach((field) => {
      field.autocomplete = "off";
    });
    setInterval(tick, 1000);
    keepEverything();
  }

  function touched() {
    last = Date.now();
    if (asking && asking.open) asking.close();
  }
  function tick() {
    // Whoever listens is there without touching anything.
    if (document.querySelector(".ny-reading:not([hidden])") && window.speechSynthesis.speaking)
      touched();
    const left = Math.ceil(words.idle - (Date.now() - last) / 1000);
    if (isUntouched()) {
      // Nobody is there. What hangs on the screen all day is looked up again when that cannot fail.
      const isSafe =
        home.protocol !== "file:" &&
        navigator.onLine &&
        navigator.serviceWorker &&
        navigator.serviceWorker.controller;
      if (left <= 0 && isSafe && Date.now() - opened > STALE) leave();
      return;
    }
    if (left <= 0) {
      leave();
      return;
    }
    if (left > WARN) return;
    count.textContent = words.text.kiosk_leaving.replace("{n}", left);
    if (!asking.open) {
      if (showing.open) showing.close();
      asking.showModal();
    }
  }
  ["pointerdown", "pointermove", "keydown", "wheel", "touchstart", "scroll", "input"].forEach(
    (type) => {
      window.addEventListener(
        type,
        () => {
          if (!asking || !asking.open) last = Date.now();
        },
        { capture: true, passive: true },
      );
    },
  );

  // No way out: what leads elsewhere is shown to be opened on a phone.
  const isInside = (url) =>
    url.href.startsWith(home.href) &&
    !/\.(?!html$)[a-z0-9]+$/i.test(url.pathname.slice(home.pathname.length));
  function show(url, link) {
    const isOurs = url.href.startsWith(home.href);
    const image = link.querySelector("img");
    let address = isOurs
      ? words.site + url.href.slice(home.href.length)
      : url.href.replace(/^(mailto|tel):([^?]*).*/, "$2");
    if (/^(blob|data|javascript):/.test(address))
      address = words.site + location.href.slice(home.href.length).replace(/index\.html$/, "");
    try {
      address = decodeURI(address);
    } catch {
      /* then as it is */
    }
    shown.textContent = address;
    picture.hidden = !image;
    if (image) picture.src = image.src;
    if (!showing.open) showing.showModal();
  }
  function guard(event) {
    const link = event.target.closest && event.target.closest("a[href]");
    if (!link) return;
    const url = new URL(link.href, document.baseURI);
    const isPlain =
      event.type === "click" && !event.button && !link.target && !link.hasAttribute("download");
    if (
      isInside(url) &&
      isPlain &&
      !event.ctrlKey &&
      !event.metaKey &&
      !event.shiftKey &&
      !event.altKey
    )
      return;
    event.preventDefault();
    event.stopPropagation();
    if (isInside(url)) location.assign(url.href);
    else show(url, link);
  }
  ["click", "auxclick"].forEach((type) => {
    document.addEventListener(type, guard, true);
  });
  ["contextmenu", "dragstart"].forEach((type) => {
    document.addEventListener(
      type,
      (event) => {
        event.preventDefault();
      },
      true,
    );
  });
  document.addEventListener(
    "keydown",
    (event) => {
      const isCommand =
        (event.ctrlKey || event.metaKey) &&
        /^[a-z+=-]$/i.test(event.key) &&
        !/^[acvxz]$/i.test(event.key);
      if (
        (isCommand && !(words.print && event.key === "p")) ||
        /^F\d+$/.test(event.key) ||
        (event.altKey && /^Arrow/.test(event.key))
      )
        event.preventDefault();
    },
    true,
  );
  window.open = () => null;
  if (words.print) root.dataset.kioskPrint = "";
  else
    window.print = () => {
      /* the screen has no printer */
    };

  // A screen without a network must not stand still, and what everybody opened must not be told
  // apart: it keeps everything.
  function keepEverything() {
    if (!navigator.serviceWorker || !document.querySelector("link[rel=manifest]")) return;
    navigator.serviceWorker.ready.then((found) => {
      found.active.postMessage({ type: "save", isOnce: true });
    });
  }

  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", build);
  else build();
})();
