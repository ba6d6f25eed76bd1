// SPDX-License-Identifier: MIT
// The search box: an editable combobox with a list, as the ARIA authoring practices describe it. Without it the form still
// opens the list of all procedures.
(function () {
  "use strict";
  var engine = window.NiemYetSearch;
  if (!engine) return;
  var loading = {};

  // The index is a script, so that it also loads from a USB stick; it is fetched when the box is first used.
  function load(url) {
    if (!loading[url]) {
      loading[url] = new Promise(function (resolve, reject) {
        var script = document.createElement("script");
        script.src = url;
        script.onload = function () { resolve(engine.build(window.niemyetIndex.docs)); };
        script.onerror = function () { delete loading[url]; reject(new Error(url)); };
        document.head.appendChild(script);
      });
    }
    return loading[url];
  }

  function element(tag, className, text) {
    var made = document.createElement(tag);
    if (className) made.className = className;
    if (text) made.textContent = text;
    return made;
  }

  // Marks the words that were typed, accents or not; the last one may be half typed.
  function highlight(text, query) {
    var wanted = engine.tokens(query).map(engine.fold), line = document.createDocumentFragment();
    text.split(/([\p{L}\p{M}\p{N}.]+)/u).forEach(function (part) {
      var folded = engine.fold(part);
      var hit = part.trim() && wanted.some(function (word, i) { return folded === word || (i === wanted.length - 1 && folded.indexOf(word) === 0); });
      line.appendChild(hit ? element("mark", "", part) : document.createTextNode(part));
    });
    return line;
  }

  function enhance(form, number) {
    var input = form.querySelector("input[name=q]"), list = form.querySelector(".ny-search__list"), status = form.querySelector(".ny-search__status");
    var id = list.id = "ny-list-" + number, results = [], active = -1, asked = 0;
    var none = element("p", "ny-search__none", form.dataset.none + " ");
    none.hidden = true;
    if (form.dataset.tel) {
      var call = element("a", "", form.dataset.hotline);
      call.href = form.dataset.tel;
      none.appendChild(call);
    }
    form.appendChild(none);
    list.setAttribute("role", "listbox");
    list.setAttribute("aria-label", form.dataset.listLabel || "");
    input.setAttribute("role", "combobox");
    input.setAttribute("aria-autocomplete", "list");
    input.setAttribute("aria-expanded", "false");
    input.setAttribute("aria-controls", id);

    function close() {
      list.hidden = true;
      none.hidden = true;
      input.setAttribute("aria-expanded", "false");
      choose(-1);
    }
    function choose(index) {
      var options = list.children;
      if (options[active]) options[active].setAttribute("aria-selected", "false");
      active = index;
      if (options[active]) {
        options[active].setAttribute("aria-selected", "true");
        options[active].scrollIntoView({ block: "nearest" });
        input.setAttribute("aria-activedescendant", options[active].id);
      } else {
        input.removeAttribute("aria-activedescendant");
      }
    }
    function address(doc) { return new URL(form.dataset.root + doc.u, location.href); }
    function open(index, event) {
      if (!results[index]) return;
      var url = address(results[index].doc);
      if (location.protocol === "file:") url = new URL(url.href.replace(/\/?$/, "/index.html"));
      if (event && (event.ctrlKey || event.metaKey)) window.open(url.href, "_blank", "noopener");
      else location.assign(url.href);
    }
    function show(query) {
      list.textContent = "";
      active = -1;
      input.removeAttribute("aria-activedescendant");
      results.forEach(function (result, i) {
        var option = element("li"), meta = element("span", "ny-search__meta");
        option.id = id + "-" + i;
        option.setAttribute("role", "option");
        option.setAttribute("aria-selected", "false");
        var title = element("span", "ny-search__title");
        title.appendChild(highlight(result.doc.t, query));
        meta.appendChild(document.createTextNode(result.doc.m));
        if (result.alias) {
          meta.appendChild(document.createTextNode(" · "));
          meta.appendChild(highlight(result.alias, query));
        }
        option.appendChild(title);
        option.appendChild(meta);
        list.appendChild(option);
      });
      list.hidden = !results.length;
      none.hidden = results.length > 0;
      input.setAttribute("aria-expanded", String(results.length > 0));
      status.textContent = results.length ? form.dataset.count.replace("{n}", results.length) : form.dataset.none;
    }
    function search() {
      var query = input.value.trim(), turn = ++asked;
      if (!query) { close(); status.textContent = ""; return Promise.resolve(); }
      return load(form.dataset.index).then(function (index) {
        if (turn !== asked) return;
        results = engine.query(index, query, 8);
        show(query);
      }, function () { /* no index, no list: the form itself still works */ });
    }

    input.addEventListener("focus", function () { load(form.dataset.index).catch(function () { /* tried again on typing */ }); }, { once: true });
    input.addEventListener("input", search);
    input.addEventListener("keydown", function (event) {
      var last = results.length - 1, isOpen = !list.hidden;
      if (event.key === "ArrowDown" || event.key === "ArrowUp") {
        event.preventDefault();
        if (!isOpen) { search(); return; }
        choose(event.key === "ArrowDown" ? (active >= last ? 0 : active + 1) : (active <= 0 ? last : active - 1));
      } else if (event.key === "Escape") {
        if (isOpen || !none.hidden) { event.preventDefault(); close(); } else { input.value = ""; }
      } else if (event.key === "Tab") {
        close();
      }
    });
    form.addEventListener("submit", function (event) {
      if (!input.value.trim()) return;
      event.preventDefault();
      if (!list.hidden) open(Math.max(active, 0));
      else search();
    });
    // Pressing must not take the focus from the box before the click arrives.
    list.addEventListener("mousedown", function (event) { event.preventDefault(); });
    list.addEventListener("click", function (event) {
      var option = event.target.closest("[role=option]");
      if (option) open(Array.prototype.indexOf.call(list.children, option), event);
    });
    document.addEventListener("click", function (event) { if (!form.contains(event.target)) close(); });
    form.addEventListener("focusout", function (event) { if (event.relatedTarget && !form.contains(event.relatedTarget)) close(); });

    var asked0 = new URLSearchParams(location.search).get("q");
    if (asked0) { input.value = asked0; search(); }
  }

  Array.prototype.forEach.call(document.querySelectorAll("form[data-ny-search]"), enhance);
})();
