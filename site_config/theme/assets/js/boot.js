// Runs before the first paint: remembers the colour scheme, so that a dark page never flashes white, and hides a page whose choice is still to be made.
(function () {
  "use strict";
  var scheme = null;
  try { scheme = localStorage.getItem("ny.scheme"); } catch (error) { /* storage may be closed; the system's choice stands */ }
  if (scheme === "dark" || scheme === "light") document.documentElement.dataset.scheme = scheme;
  document.documentElement.classList.add("js");
  // A page opened with a choice in its address waits until it is made, so that nothing moves under the reader's eyes.
  if (/^#(truong-hop|cach)=/.test(location.hash)) {
    document.documentElement.classList.add("is-choosing");
    setTimeout(function () { document.documentElement.classList.remove("is-choosing"); }, 1500);
  }
})();
