// The touch screen of the centre, begun with ?kiosk=1: nobody leaves the site, and whoever walks away leaves nothing behind.
// Loaded by boot.js together with its words (niemyetKiosk); kiosk.css makes targets big.
(function () {
  "use strict";
  var words = window.niemyetKiosk, root = document.documentElement;
  if (!words) return;
  var WARN = 15, STALE = 15 * 60e3;
  var home = new URL(root.dataset.root, document.baseURI), start = home.href + (home.protocol === "file:" ? "index.html" : "");
  var last = Date.now(), opened = last, isLeaving = false;

  // Nothing of one person for the next: ticks, entries, and pages behind the back button.
  function memory(work) { try { return work(); } catch (error) { return null; } }
  // The number of the visitor. It stands where all pages see the same: a page from the back/forward cache of Firefox has an old copy of
  // sessionStorage.
  function turn() { return Number(memory(function () { return localStorage.getItem("ny.kiosk.turn"); })) || 1; }
  function ours(store) { return Object.keys(store).filter(function (key) { return /^ny\.(?!kiosk)/.test(key); }); }
  function wipe() {
    memory(function () { ours(localStorage).forEach(function (key) { localStorage.removeItem(key); }); });
    memory(function () { ours(sessionStorage).forEach(function (key) { sessionStorage.removeItem(key); }); });
    memory(function () { localStorage.setItem("ny.kiosk.turn", String(turn() + 1)); });
  }
  function leave() {
    if (isLeaving) return;
    isLeaving = true;
    wipe();
    empty();
    restart();
  }
  function fields() { return Array.prototype.slice.call(document.querySelectorAll("input, textarea")); }
  // Firefox fills a textarea again with what stood there when the page was left, whatever `autocomplete` says.
  function empty() {
    Array.prototype.forEach.call(document.forms, function (form) { form.reset(); });
    fields().forEach(function (field) {
      field.checked = field.defaultChecked;
      field.value = field.defaultValue;
    });
  }
  // Where the home page is already open, a browser only loads it again and keeps the state of its entry; it would seem somebody else's for ever.
  function restart() {
    history.replaceState(null, "");
    location.replace(start);
  }
  // Every entry of the history bears the number of its visitor; one without it that is come back to is nobody's.
  function isOfSomebodyElse() {
    var came = performance.getEntriesByType("navigation")[0], number = history.state && history.state.nyTurn;
    return number ? number < turn() : Boolean(came && came.type === "back_forward");
  }
  if (isOfSomebodyElse()) { restart(); return; }
  ["pushState", "replaceState"].forEach(function (name) {
    var plain = history[name];
    history[name] = function (state, title, url) { plain.call(history, Object.assign({}, state, { nyTurn: turn() }), title, url); };
  });
  function number() { history.replaceState(history.state, ""); }
  number();
  window.addEventListener("hashchange", number);
  // No page is kept as somebody left it. Most browsers do not put one into the back/forward cache that listens to unload; for the others it is
  // emptied when it is left, whatever was typed into it, and loaded anew when it is come back to.
  window.addEventListener("unload", function () { /* to listen is enough */ });
  window.addEventListener("pagehide", function () {
    empty();
    document.body.textContent = "";
  });
  window.addEventListener("pageshow", function (event) {
    if (!event.persisted) return;
    if (isOfSomebodyElse()) restart(); else location.reload();
  });

  function isUntouched() {
    var isHome = location.href.split(/[?#]/)[0].replace(/index\.html$/, "") === home.href;
    var isEmpty = !memory(function () { return ours(localStorage).length + ours(sessionStorage).length; });
    var isBlank = fields().every(function (field) {
      return field.type === "checkbox" || field.type === "radio" ? field.checked === field.defaultChecked : field.value === field.defaultValue;
    });
    return isHome && isEmpty && isBlank && window.scrollY < 50 && !document.querySelector("dialog[open]");
  }

  function element(tag, className, text) {
    var made = document.createElement(tag);
    if (className) made.className = className;
    if (text) made.textContent = text;
    return made;
  }
  function button(text, className, work) {
    var made = element("button", "ny-btn" + (className ? " " + className : ""), text);
    made.type = "button";
    made.addEventListener("click", work);
    return made;
  }
  function dialog(role, title) {
    var box = element("dialog", "ny-kiosk"), heading = element("h2", "", title);
    heading.id = "ny-kiosk-" + role;
    box.setAttribute("role", role);
    box.setAttribute("aria-labelledby", heading.id);
    box.append(heading);
    return box;
  }

  var asking, count, showing, shown, picture;
  function build() {
    asking = dialog("alertdialog", words.text.kiosk_there);
    count = element("p", "ny-kiosk__count");
    asking.append(count, button(words.text.kiosk_stay, "ny-btn--pri", touched), button(words.text.kiosk_done, "", leave));
    asking.addEventListener("close", touched);

    showing = dialog("dialog", words.text.kiosk_phone);
    picture = element("img");
    picture.alt = "";
    shown = element("p", "ny-kiosk__address");
    showing.append(element("p", "", words.text.kiosk_phone_hint), picture, shown, button(words.text.kiosk_close, "ny-btn--pri", function () { showing.close(); }));

    var bar = element("nav", "ny-kiosk-bar");
    bar.setAttribute("aria-label", words.text.kiosk_bar);
    bar.append(
      button(words.text.kiosk_home, "", function () { location.assign(start); }),
      button(words.text.kiosk_back, "", function () { history.back(); }),
      button(words.text.kiosk_done, "ny-btn--pri", leave)
    );
    document.body.append(bar, asking, showing);
    // A browser fills fields again when a page is loaded anew.
    Array.prototype.forEach.call(document.querySelectorAll("input, textarea, form"), function (field) { field.autocomplete = "off"; });
    setInterval(tick, 1000);
    keepEverything();
  }

  function touched() {
    last = Date.now();
    if (asking && asking.open) asking.close();
  }
  function tick() {
    // Whoever listens is there without touching anything.
    if (document.querySelector(".ny-reading:not([hidden])") && window.speechSynthesis.speaking) touched();
    var left = Math.ceil(words.idle - (Date.now() - last) / 1000);
    if (isUntouched()) {
      // Nobody is there. What hangs on the screen all day is looked up again when that cannot fail.
      var isSafe = home.protocol !== "file:" && navigator.onLine && navigator.serviceWorker && navigator.serviceWorker.controller;
      if (left <= 0 && isSafe && Date.now() - opened > STALE) leave();
      return;
    }
    if (left <= 0) { leave(); return; }
    if (left > WARN) return;
    count.textContent = words.text.kiosk_leaving.replace("{n}", left);
    if (!asking.open) {
      if (showing.open) showing.close();
      asking.showModal();
    }
  }
  ["pointerdown", "pointermove", "keydown", "wheel", "touchstart", "scroll", "input"].forEach(function (type) {
    window.addEventListener(type, function () { if (!asking || !asking.open) last = Date.now(); }, { capture: true, passive: true });
  });

  // No way out: what leads elsewhere is shown to be opened on a phone.
  function isInside(url) { return url.href.indexOf(home.href) === 0 && !/\.(?!html$)[a-z0-9]+$/i.test(url.pathname.slice(home.pathname.length)); }
  function show(url, link) {
    var isOurs = url.href.indexOf(home.href) === 0, image = link.querySelector("img");
    var address = isOurs ? words.site + url.href.slice(home.href.length) : url.href.replace(/^(mailto|tel):([^?]*).*/, "$2");
    if (/^(blob|data|javascript):/.test(address)) address = words.site + location.href.slice(home.href.length).replace(/index\.html$/, "");
    try { address = decodeURI(address); } catch (error) { /* then as it is */ }
    shown.textContent = address;
    picture.hidden = !image;
    if (image) picture.src = image.src;
    if (!showing.open) showing.showModal();
  }
  function guard(event) {
    var link = event.target.closest && event.target.closest("a[href]");
    if (!link) return;
    var url = new URL(link.href, document.baseURI), isPlain = event.type === "click" && !event.button && !link.target && !link.hasAttribute("download");
    if (isInside(url) && isPlain && !event.ctrlKey && !event.metaKey && !event.shiftKey && !event.altKey) return;
    event.preventDefault();
    event.stopPropagation();
    if (isInside(url)) location.assign(url.href);
    else show(url, link);
  }
  ["click", "auxclick"].forEach(function (type) { document.addEventListener(type, guard, true); });
  ["contextmenu", "dragstart"].forEach(function (type) {
    document.addEventListener(type, function (event) { event.preventDefault(); }, true);
  });
  document.addEventListener("keydown", function (event) {
    var isCommand = (event.ctrlKey || event.metaKey) && /^[a-z+=-]$/i.test(event.key) && !/^[acvxz]$/i.test(event.key);
    if (isCommand && !(words.print && event.key === "p") || /^F\d+$/.test(event.key) || (event.altKey && /^Arrow/.test(event.key))) event.preventDefault();
  }, true);
  window.open = function () { return null; };
  if (words.print) root.dataset.kioskPrint = "";
  else window.print = function () { /* the screen has no printer */ };

  // A screen without a network must not stand still, and what everybody opened must not be told apart: it keeps everything.
  function keepEverything() {
    if (!navigator.serviceWorker || !document.querySelector("link[rel=manifest]")) return;
    navigator.serviceWorker.ready.then(function (found) { found.active.postMessage({ type: "save", isOnce: true }); });
  }

  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", build);
  else build();
})();
