// SPDX-License-Identifier: MIT
// Filters of the list of procedures. What is chosen stands in the address, so that it can be shared
// and Back undoes it.
(() => {
  "use strict";

  const form = document.querySelector("[data-ny-filter]");
  if (!form) return;

  // The order of the parts of `data-facets`, by the name of their control.
  const NAMES = ["linh-vuc", "doi-tuong", "cach", "phi", "han"];
  const ON = { phi: "mien", han: "trong-ngay" };
  const EVERY = NAMES.map((name, i) => i);
  const SAME_MOVE = 1200;

  const controls = NAMES.map((name) => form.elements[name]);
  const rows = Array.from(document.querySelectorAll("[data-facets]"), (row) => ({
    row,
    section: row.closest("[data-ny-letter]"),
    values: row.dataset.facets
      .split("|")
      .map((part, i) => (ON[NAMES[i]] ? (part ? [ON[NAMES[i]]] : []) : part.split(" "))),
  }));
  const letters = Array.from(document.querySelectorAll("[data-ny-letter]"), (section) => ({
    section,
    link: document.querySelector(
      `.ny-letters a[href="#${section.getAttribute("aria-labelledby")}"]`,
    ),
  }));
  const count = form.querySelector("[data-ny-filter-count]");
  const none = document.querySelector("[data-ny-filter-none]");
  const clears = Array.from(document.querySelectorAll("[data-ny-filter-clear]"));
  let moved = 0;
  let mover = null;

  const chosen = () =>
    controls.map((control) =>
      control.type === "checkbox" ? (control.checked ? control.value : "") : control.value,
    );

  // How many rows each value would leave is counted beside what the other controls let through.
  function show() {
    const wanted = chosen();
    const counts = NAMES.map(() => new Map());
    const full = new Set();
    let shown = 0;
    rows.forEach(({ row, section, values }) => {
      const missed = EVERY.filter((i) => wanted[i] && !values[i].includes(wanted[i]));
      row.hidden = missed.length > 0;
      if (!missed.length) {
        shown += 1;
        full.add(section);
      }
      if (missed.length < 2) {
        (missed.length ? missed : EVERY).forEach((i) =>
          values[i].forEach((value) => counts[i].set(value, (counts[i].get(value) || 0) + 1)),
        );
      }
    });
    letters.forEach(({ section, link }) => {
      section.hidden = !full.has(section);
      if (link) link.parentNode.hidden = section.hidden;
    });
    controls.forEach((control, i) => {
      if (control.type === "checkbox") {
        control.nextElementSibling.dataset.count = counts[i].get(control.value) || 0;
        return;
      }
      Array.from(control.options)
        .slice(1)
        .forEach((option) => {
          const n = counts[i].get(option.value) || 0;
          option.dataset.name = option.dataset.name || option.textContent;
          option.textContent = `${option.dataset.name} (${n})`;
          option.disabled = !n && !option.selected;
        });
    });
    const isFiltered = wanted.some(Boolean);
    count.textContent = count.dataset.nyFilterCount
      .replace("{n}", shown)
      .replace("{all}", rows.length);
    none.hidden = shown > 0;
    clears.forEach((button) => {
      button.hidden = !isFiltered;
    });
  }

  // A page from a folder may not be allowed to change its address; then it only filters.
  function remember(isNew) {
    const url = new URL(location.href);
    const wanted = chosen();
    NAMES.forEach((name, i) => {
      if (wanted[i]) url.searchParams.set(name, wanted[i]);
      else url.searchParams.delete(name);
    });
    if (url.href === location.href) return;
    try {
      history[isNew ? "pushState" : "replaceState"](null, "", url.href);
    } catch {
      /* see above */
    }
  }

  function read() {
    const asked = new URLSearchParams(location.search);
    controls.forEach((control, i) => {
      const value = asked.get(NAMES[i]) || "";
      if (control.type === "checkbox") control.checked = value === control.value;
      else
        control.value = Array.from(control.options).some((option) => option.value === value)
          ? value
          : "";
    });
    show();
  }

  // Whoever walks through a select with the arrow keys makes one step of history, not ten.
  form.addEventListener("change", (event) => {
    const now = performance.now();
    remember(event.target !== mover || now - moved > SAME_MOVE);
    moved = now;
    mover = event.target;
    show();
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
  });
  clears.forEach((button) =>
    button.addEventListener("click", () => {
      form.reset();
      remember(true);
      mover = null;
      show();
      controls[0].focus();
    }),
  );
  window.addEventListener("popstate", read);
  window.addEventListener("pageshow", (event) => {
    if (event.persisted) read();
  });

  // What nobody in the list is or offers need not be offered.
  const known = NAMES.map((name, i) => new Set(rows.flatMap(({ values }) => values[i])));
  controls.forEach((control, i) => {
    if (control.options)
      Array.from(control.options).forEach((option) => {
        if (option.value && !known[i].has(option.value)) option.remove();
      });
  });
  read();
})();
