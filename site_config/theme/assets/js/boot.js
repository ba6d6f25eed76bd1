// Runs before the first paint: remembers the colour scheme and the size of the text, so that a dark page never flashes white and no line
// moves, hides a page whose choice is still to be made, and knows the touch screen of the centre.
(function () {
  "use strict";
  function kept(name) {
    try { return localStorage.getItem("ny." + name); } catch (error) { return null; /* storage may be closed; the system's choice stands */ }
  }
  var scheme = kept("scheme");
  if (scheme === "dark" || scheme === "light") document.documentElement.dataset.scheme = scheme;
  if (kept("text") === "large") document.documentElement.dataset.text = "large";
  document.documentElement.classList.add("js");
  // A page opened with a choice in its address waits until it is made, so that nothing moves under the reader's eyes.
  if (/^#(truong-hop|cach)=/.test(location.hash)) {
    document.documentElement.classList.add("is-choosing");
    setTimeout(function () { document.documentElement.classList.remove("is-choosing"); }, 1500);
  }

  // ?kiosk=1 holds until the window is closed.
  var root = document.documentElement, isKiosk = /[?&]kiosk=1(&|$)/.test(location.search);
  try {
    if (isKiosk) sessionStorage.setItem("ny.kiosk", "1");
    isKiosk = isKiosk || sessionStorage.getItem("ny.kiosk") === "1";
  } catch (error) { /* then only this page */ }
  if (!isKiosk) return;
  root.dataset.kiosk = "";
  var sheet = document.createElement("link");
  sheet.rel = "stylesheet";
  sheet.href = root.dataset.root + "assets/css/kiosk.css";
  document.head.append(sheet);
  ["kiosk-" + root.lang, "kiosk"].forEach(function (name) {
    var script = document.createElement("script");
    script.src = root.dataset.root + "assets/js/" + name + ".js";
    script.async = false;
    document.head.append(script);
  });
})();
