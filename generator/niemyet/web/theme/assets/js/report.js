// The rating under a page and the error slip: they fill in a letter, which only the person sends. Nothing is kept.
(function () {
  "use strict";
  function all(selector, inside) { return Array.prototype.slice.call((inside || document).querySelectorAll(selector)); }
  function words(element) { return element.textContent.replace(/\s+/g, " ").trim(); }
  function letter(link, to, subject, lines) {
    link.href = "mailto:" + to + "?subject=" + encodeURIComponent(subject) + "&body=" + encodeURIComponent(lines.filter(Boolean).join("\r\n"));
  }

  all("[data-ny-rate]").forEach(function (box) {
    var link = box.querySelector("[data-ny-rate-mail]"), more = all("fieldset", box).slice(1);
    function write() {
      var mark = box.querySelector("[type=radio]:checked");
      more.forEach(function (group, at) {
        // What no longer fits the mark is taken back.
        if (mark && (mark.value > 3) !== (at === 1)) all("input", group).forEach(function (input) { input.checked = false; });
      });
      var chosen = all("input:checked", box).map(function (input) { return "- " + words(input.parentNode); });
      letter(link, box.dataset.nyRate, box.dataset.subject + ": " + words(document.querySelector("h1")), chosen.concat(box.querySelector("textarea").value, location.href.split(/[?#]/)[0]));
    }
    box.addEventListener("input", write);
    write();
  });

  all("[data-ny-slip]").forEach(function (slip) {
    var link = document.querySelector("[data-ny-slip-mail]"), to = link.getAttribute("href").slice(7).split("?")[0];
    var code = (/[?&]ma=([0-9]\.[0-9]{6})(?:&|$)/.exec(location.search) || [])[1];
    if (code) slip.querySelector("[data-ny-slip-code]").value = code;
    function write() {
      var lines = all("[id^=bs-]", slip).map(function (field) { return field.value && words(slip.querySelector("label[for=" + field.id + "]")).replace(/:$/, "") + ": " + field.value; });
      var chosen = all("input:checked", slip).map(function (input) { return "- " + words(input.parentNode); });
      letter(link, to, link.dataset.subject + (slip.querySelector("[data-ny-slip-code]").value ? ": " + slip.querySelector("[data-ny-slip-code]").value : ""), chosen.concat(lines));
    }
    slip.addEventListener("input", write);
    write();
  });
})();
