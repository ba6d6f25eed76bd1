// Runs before the first paint: remembers the colour scheme so that a dark page never flashes white.
(function () {
  "use strict";
  var scheme = null;
  try { scheme = localStorage.getItem("ny.scheme"); } catch (error) { /* storage may be closed; the system's choice stands */ }
  if (scheme === "dark" || scheme === "light") document.documentElement.dataset.scheme = scheme;
  document.documentElement.classList.add("js");
})();
