// A printed address: on to the page, with the version of the sheet that was scanned and in its
// language. Without this the page itself leads on.
(() => {
  "use strict";
  const root = document.documentElement;
  const lang = new URLSearchParams(location.search).get("l");
  const there = lang && /^[a-z]{2}$/.test(lang) && root.getAttribute(`data-${lang}`);
  location.replace((there || root.getAttribute("data-page")) + location.search);
})();
