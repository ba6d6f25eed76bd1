// The rating under a page and the error slip: they fill in a letter, which only the person sends.
// Nothing is kept.
(() => {
  "use strict";
  const all = (selector, inside = document) => Array.from(inside.querySelectorAll(selector));
  const words = (element) => element.textContent.replace(/\s+/g, " ").trim();
  function letter(link, to, subject, lines) {
    const body = lines.filter(Boolean).join("\r\n");
    const query = `subject=${encodeURIComponent(subject)}&body=${encodeURIComponent(body)}`;
    link.href = `mailto:${to}?${query}`;
  }

  all("[data-ny-rate]").forEach((box) => {
    const link = box.querySelector("[data-ny-rate-mail]");
    const more = all("fieldset", box).slice(1);
    function write() {
      const mark = box.querySelector("[type=radio]:checked");
      more.forEach((group, at) => {
        // What no longer fits the mark is taken back.
        if (mark && mark.value > 3 !== (at === 1))
          all("input", group).forEach((input) => {
            input.checked = false;
          });
      });
      const chosen = all("input:checked", box).map((input) => `- ${words(input.parentNode)}`);
      letter(
        link,
        box.dataset.nyRate,
        `${box.dataset.subject}: ${words(document.querySelector("h1"))}`,
        chosen.concat(box.querySelector("textarea").value, location.href.split(/[?#]/)[0]),
      );
    }
    box.addEventListener("input", write);
    write();
  });

  all("[data-ny-slip]").forEach((slip) => {
    const link = document.querySelector("[data-ny-slip-mail]");
    const to = link.getAttribute("href").slice(7).split("?")[0];
    const code = (/[?&]ma=([0-9]\.[0-9]{6})(?:&|$)/.exec(location.search) || [])[1];
    if (code) slip.querySelector("[data-ny-slip-code]").value = code;
    function write() {
      const label = (field) => words(slip.querySelector(`label[for=${field.id}]`));
      const lines = all("[id^=bs-]", slip).map(
        (field) => field.value && `${label(field).replace(/:$/, "")}: ${field.value}`,
      );
      const chosen = all("input:checked", slip).map((input) => `- ${words(input.parentNode)}`);
      const about = slip.querySelector("[data-ny-slip-code]").value;
      const subject = link.dataset.subject + (about ? `: ${about}` : "");
      letter(link, to, subject, chosen.concat(lines));
    }
    slip.addEventListener("input", write);
    write();
  });
})();
