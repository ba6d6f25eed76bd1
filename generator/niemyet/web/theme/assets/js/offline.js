// Without a network: hands the site over to sw.js, says when a page comes from this device or a
// newer one is there, and serves the page "khong-co-mang/" on which a citizen keeps the whole site
// or removes what is kept.
(() => {
  "use strict";
  const root = document.documentElement;
  const worker = navigator.serviceWorker;
  const note = document.querySelector(".ny-saved");
  if (!worker || !note || !document.querySelector("link[rel=manifest]")) return;
  const home = new URL(root.dataset.root, document.baseURI);

  function dayOf(iso) {
    const zone = (window.niemyetOffice || {}).zone;
    const parts = {};
    if (root.lang !== "vi") {
      return new Intl.DateTimeFormat(`${root.lang}-GB`, {
        timeZone: zone,
        day: "numeric",
        month: "long",
        year: "numeric",
      }).format(new Date(iso));
    }
    new Intl.DateTimeFormat("en-GB", {
      timeZone: zone,
      day: "2-digit",
      month: "2-digit",
      year: "numeric",
    })
      .formatToParts(new Date(iso))
      .forEach((part) => {
        parts[part.type] = part.value;
      });
    return `${parts.day}/${parts.month}/${parts.year}`;
  }
  function saySaved(iso) {
    if (!note.textContent) note.textContent = note.dataset.saved.replace("{date}", dayOf(iso));
  }
  function sayNew() {
    if (note.querySelector("button")) return;
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = note.dataset.reload;
    button.addEventListener("click", () => {
      location.reload();
    });
    note.append((note.textContent ? " " : "") + note.dataset.new, button);
  }
  // A page that was just loaded may be the newest already; its day of change tells.
  function checkNew() {
    fetch(location.pathname, { method: "HEAD", cache: "no-cache", credentials: "omit" }).then(
      (response) => {
        const theirs = Date.parse(response.headers.get("Last-Modified") || "");
        const ours = Date.parse(document.lastModified);
        if (response.ok && theirs !== ours) sayNew();
      },
      () => {
        /* the network has gone again; the next visit will tell */
      },
    );
  }

  let wasControlled = Boolean(worker.controller);
  worker.addEventListener("controllerchange", () => {
    if (wasControlled) checkNew();
    wasControlled = true;
  });
  worker.addEventListener("message", (event) => {
    if (event.data.saved) saySaved(event.data.saved);
    if (event.data.isNew) sayNew();
  });
  if (worker.startMessages) worker.startMessages();
  window.addEventListener("load", () => {
    worker.register(new URL("sw.js", home), { updateViaCache: "none" }).catch(() => {
      /* the site works without */
    });
    if (!worker.controller) ask({ type: "opened" });
  });

  function ask(message, progress) {
    return worker.ready.then(
      (registration) =>
        new Promise((done, fail) => {
          const channel = new MessageChannel();
          channel.port1.onmessage = (event) => {
            if (event.data.done) done(event.data.value);
            else if (event.data.failed) fail(new Error(message.type));
            else if (progress) progress(event.data);
          };
          registration.active.postMessage(message, [channel.port2]);
        }),
    );
  }

  // The page on which all this is arranged
  const place = document.querySelector("[data-ny-keep]");
  if (!place) return;
  const part = (name) => place.querySelector(`[data-ny-${name}]`);
  const megabytes = (size) =>
    `${new Intl.NumberFormat(root.lang, { maximumFractionDigits: 1 }).format(size / 1e6)} MB`;
  const save = part("save");
  const forget = part("forget");
  const list = part("kept");
  const told = part("told");

  function show(state) {
    list.textContent = "";
    state.pages.forEach((page) => {
      const item = document.createElement("li");
      const link = document.createElement("a");
      const day = document.createElement("span");
      const decoded = new DOMParser().parseFromString(page.title, "text/html").body.textContent;
      link.href = page.url;
      link.textContent = decoded;
      if (page.lang !== root.lang) link.lang = page.lang;
      day.className = "ny-sub";
      day.textContent = list.dataset.text.replace("{date}", page.day);
      item.append(link, day);
      list.append(item);
    });
    part("nothing").hidden = state.isAll || state.pages.length > 0;
    part("whole").hidden = !state.isAll;
    forget.hidden = !state.isAll && !state.pages.length;
  }
  function work(message) {
    save.disabled = forget.disabled = true;
    return ask(message, (at) => {
      told.textContent = told.dataset.text.replace("{done}", at.progress).replace("{all}", at.all);
    })
      .then(
        (state) => {
          show(state);
          told.textContent = told.dataset[message.type];
        },
        () => {
          told.textContent = told.dataset.failed;
        },
      )
      .then(() => {
        save.disabled = forget.disabled = false;
      });
  }

  const to = new URLSearchParams(location.search).get("to");
  if (to !== null) {
    const wanted = new URL(to, home);
    if (wanted.href.startsWith(home.href)) part("retry").querySelector("a").href = wanted.href;
    part("retry").hidden = false;
  }
  ask({ type: "state" })
    .then((state) => {
      part("cannot").hidden = true;
      part("can").hidden = false;
      show(state);
      return fetch(new URL("assets/offline.json", home), {
        cache: "no-cache",
        credentials: "omit",
      }).then((answer) => answer.json());
    })
    .then(
      (all) => {
        save.textContent = save.dataset.text.replace("{size}", megabytes(all.size));
        save.hidden = false;
      },
      () => {
        /* no network: nothing can be added, what is kept stays */
      },
    );
  save.addEventListener("click", () => {
    work({ type: "save" });
  });
  forget.addEventListener("click", () => {
    work({ type: "forget" });
  });
})();
