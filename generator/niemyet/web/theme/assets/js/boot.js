// Runs before the first paint: remembers the colour scheme and the size of the text, so that a dark
// page never flashes white and no line moves, asks for the fonts at once, hides a page whose choice
// is still to be made, and knows the touch screen of the centre.
(() => {
  "use strict";
  const root = document.documentElement;

  function linked(rel, path) {
    const link = document.createElement("link");
    link.rel = rel;
    link.href = root.dataset.root + path;
    return link;
  }

  // A font that is asked for only when the styles are there may come between two moments of the
  // first picture. From a folder a browser gives no fonts ahead.
  if (location.protocol !== "file:")
    ["400", "600"].forEach((weight) => {
      const font = linked("preload", `assets/fonts/be-vietnam-pro-${weight}.woff2`);
      font.as = "font";
      font.type = "font/woff2";
      font.crossOrigin = "";
      document.head.append(font);
    });

  function kept(name) {
    try {
      return localStorage.getItem(`ny.${name}`);
    } catch {
      return null; /* storage may be closed; the system's choice stands */
    }
  }
  const scheme = kept("scheme");
  if (scheme === "dark" || scheme === "light") root.dataset.scheme = scheme;
  if (kept("text") === "large") root.dataset.text = "large";
  root.classList.add("js");
  // A page opened with a choice in its address waits until it is made, so that nothing moves under
  // the reader's eyes.
  if (/^#(truong-hop|cach)=/.test(location.hash)) {
    root.classList.add("is-choosing");
    setTimeout(() => {
      root.classList.remove("is-choosing");
    }, 1500);
  }

  // ?kiosk=1 holds until the window is closed.
  let isKiosk = /[?&]kiosk=1(&|$)/.test(location.search);
  try {
    if (isKiosk) sessionStorage.setItem("ny.kiosk", "1");
    isKiosk = isKiosk || sessionStorage.getItem("ny.kiosk") === "1";
  } catch {
    /* then only this page */
  }
  if (!isKiosk) return;
  root.dataset.kiosk = "";
  // Its styles stand after those of every page, which come below this script.
  new MutationObserver((changes, watch) => {
    const styles = document.querySelector("link[rel=stylesheet]");
    if (!styles) return;
    watch.disconnect();
    styles.after(linked("stylesheet", "assets/css/kiosk.css"));
  }).observe(document.head, { childList: true });
  [`kiosk-${root.lang}`, "kiosk"].forEach((name) => {
    const script = document.createElement("script");
    script.src = `${root.dataset.root}assets/js/${name}.js`;
    script.async = false;
    document.head.append(script);
  });
})();
