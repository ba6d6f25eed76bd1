// A printed address: on to the page, with the version of the sheet that was scanned and in its language. Without this the page
// itself leads on.
(function () {
  "use strict";
  var root = document.documentElement;
  var lang = new URLSearchParams(location.search).get("l");
  var there = lang && /^[a-z]{2}$/.test(lang) && root.getAttribute("data-" + lang);
  location.replace((there || root.getAttribute("data-page")) + location.search);
})();
