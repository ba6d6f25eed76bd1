// SPDX-License-Identifier: MIT
// The search box: an editable combobox with list autocomplete, after the ARIA Authoring Practices.
// Without it the form still opens the list of all procedures.
(() => {
  "use strict";

  const engine = window.NiemYetSearch;
  if (!engine) return;

  const LIMIT = 8;
  const SPEAK_AFTER = 350;
  const indexes = {};

  // The index is a script, because a page opened from a USB stick may not fetch; it is asked for
  // when the box is first used.
  function load(url) {
    if (!indexes[url]) {
      indexes[url] = new Promise((resolve, reject) => {
        const script = document.createElement("script");
        script.src = url;
        // Suggestions need no engine; it is built stage by stage when they are on the screen, or at
        // once for who types faster.
        script.onload = () => {
          const read = engine.reader(window.niemyetIndex);
          const stages = engine.stages(read);
          let built = null;
          const advance = () => {
            built = stages.shift()();
          };
          const step = () => {
            if (stages.length) {
              advance();
              setTimeout(step);
            }
          };
          const found = {
            read,
            engine() {
              while (stages.length) advance();
              return built;
            },
          };
          setTimeout(step);
          resolve(found);
        };
        script.onerror = () => {
          delete indexes[url];
          reject(new Error(url));
        };
        document.head.append(script);
      });
    }
    return indexes[url];
  }

  // From a folder no server turns an address that ends in / into its index page.
  function address(path, base) {
    const url = new URL(path, base);
    if (url.protocol === "file:") url.pathname = url.pathname.replace(/\/$/, "/index.html");
    return url.href;
  }

  function element(tag, className, ...content) {
    const made = document.createElement(tag);
    made.className = className;
    made.append(...content);
    return made;
  }

  const folded = new Map();

  function fold(word) {
    if (!folded.has(word)) folded.set(word, engine.fold(word));
    return folded.get(word);
  }

  // Gives what marks the words that were typed, with or without accents, and the typed part of the
  // last one.
  function highlighter(query) {
    const wanted = engine.tokens(query).map(engine.fold);
    const last = wanted[wanted.length - 1];
    return (text) =>
      wanted.length
        ? engine.pieces(text.normalize("NFC")).map((part, i) => {
            const word = i % 2 ? fold(part) : "";
            const length = wanted.includes(word)
              ? part.length
              : word && word.startsWith(last) && word.length === part.length
                ? last.length
                : 0;
            if (!length) return part;
            const line = document.createDocumentFragment();
            line.append(element("mark", "", part.slice(0, length)), part.slice(length));
            return line;
          })
        : [text];
  }

  function enhance(form, number) {
    const input = form.querySelector("input[name=q]");
    const list = form.querySelector(".ny-search__list");
    const status = form.querySelector(".ny-search__status");
    const text = form.dataset;
    const root = new URL(text.root || "./", document.baseURI);
    let results = [];
    let active = -1;
    let turn = 0;
    let speaking = 0;
    let isSuggesting = false;

    list.id = list.id || `ny-search-list-${number}`;
    list.setAttribute("role", "listbox");
    const label = text.listLabel || input.labels[0].textContent;
    list.setAttribute("aria-label", label);
    Object.entries({
      role: "combobox",
      "aria-autocomplete": "list",
      "aria-expanded": "false",
      "aria-controls": list.id,
      autocomplete: "off",
    }).forEach(([name, value]) => input.setAttribute(name, value));
    form.action = address(form.action);

    // Who finds nothing is led to a person.
    const none = element("div", "ny-search__none", element("p", "", text.none));
    none.hidden = true;
    [
      [text.tel && text.tel.replace(/^(?!tel:)/, "tel:"), "ny-search__call", text.hotline],
      [text.guideHref && address(text.guideHref, document.baseURI), "ny-search__guide", text.guide],
      [form.action, "ny-search__all", text.all],
    ].forEach(([href, name, label]) => {
      if (!href || !label) return;
      const link = element("a", name, label);
      link.href = href;
      none.append(link);
    });
    form.append(none);

    // Not on every key: a screen reader would talk over the typing.
    function say(message) {
      clearTimeout(speaking);
      speaking = setTimeout(() => {
        status.textContent = message;
      }, SPEAK_AFTER);
    }

    function choose(index) {
      if (active >= 0) list.children[active].setAttribute("aria-selected", "false");
      active = index;
      const option = list.children[active];
      if (!option) return input.removeAttribute("aria-activedescendant");
      option.setAttribute("aria-selected", "true");
      option.scrollIntoView({ block: "nearest" });
      input.setAttribute("aria-activedescendant", option.id);
    }

    // A heading would be no option of a listbox, so it stands before it; the list is named after
    // it.
    const head = element("p", "ny-search__head", text.suggest || "");
    head.hidden = true;
    head.setAttribute("aria-hidden", "true");
    list.before(head);

    function open(isOpen, isNone) {
      if (!isOpen) choose(-1);
      list.hidden = !isOpen;
      head.hidden = !isOpen || !isSuggesting;
      list.setAttribute("aria-label", isSuggesting ? text.suggest : label);
      none.hidden = !isNone;
      input.setAttribute("aria-expanded", String(isOpen));
    }

    function close() {
      turn += 1;
      open(false, false);
    }

    function render(query) {
      const highlight = highlighter(query);
      choose(-1);
      list.textContent = "";
      results.forEach(({ doc, alias }, i) => {
        const meta = element("span", "ny-search__meta", doc.m || "");
        if (doc.p === "event" && text.event && !isSuggesting)
          meta.prepend(element("span", "ny-search__tag", text.event), " ");
        if (alias) {
          const also = element("span", "ny-search__alias", ...highlight(alias));
          meta.append(doc.m ? " · " : "", also);
        }
        const option = element(
          "li",
          "ny-search__option",
          element("span", "ny-search__title", ...highlight(doc.t)),
          " ",
          meta,
        );
        option.id = `${list.id}-${i}`;
        option.setAttribute("role", "option");
        option.setAttribute("aria-selected", "false");
        list.append(option);
      });
      const n = results.length;
      open(n > 0, n === 0);
      say(n ? ((n === 1 && text.countOne) || text.count || "{n}").replace("{n}", n) : text.none);
    }

    // Resolves to whether the list shows what is in the box now.
    function search() {
      const query = input.value.trim();
      turn += 1;
      const mine = turn;
      isSuggesting = !query;
      if (!query && !text.suggest) {
        results = [];
        close();
        say("");
        return Promise.resolve(false);
      }
      return load(text.index).then((index) => {
        if (mine !== turn) return false;
        results = query
          ? engine.query(index.engine(), query, LIMIT)
          : index.read.events().map((doc) => ({ doc }));
        if (!query && !results.length) return false;
        render(query);
        return true;
      });
    }

    // The form still works where the index is missing.
    const ignore = () => {};

    // An option may not hold a link (nested-interactive), so what a link does is done here.
    function visit(index, inNewTab) {
      if (!results[index]) return;
      const url = address(results[index].doc.u, root);
      if (inNewTab) window.open(url, "_blank", "noopener");
      else location.assign(url);
    }

    function step(key) {
      const last = results.length - 1;
      choose(
        key === "ArrowDown" ? (active < last ? active + 1 : 0) : active > 0 ? active - 1 : last,
      );
    }

    // Where searching is the purpose of the page, and for who visits more than one, the index is
    // there before it is needed; else a hand on its way is enough.
    const fetchIndex = () => {
      load(text.index).catch(ignore);
    };
    const isReturning = navigator.serviceWorker && navigator.serviceWorker.controller;
    if (
      (isReturning || document.querySelector(".ny-hero, [data-ny-filter]")) &&
      !(navigator.connection && navigator.connection.saveData)
    ) {
      const rest = window.requestIdleCallback || setTimeout;
      if (document.readyState === "complete") rest(fetchIndex);
      else
        window.addEventListener("load", () => {
          rest(fetchIndex);
        });
    }
    form.addEventListener("pointerenter", fetchIndex, { once: true });

    // An empty box suggests life events.
    input.addEventListener("focus", () => {
      (text.suggest && !input.value.trim() ? search() : load(text.index)).catch(ignore);
    });
    input.addEventListener("input", () => {
      search().catch(ignore);
    });
    input.addEventListener("click", () => {
      if (list.hidden && none.hidden) search().catch(ignore);
    });

    input.addEventListener("keydown", (event) => {
      // Enter and the arrows belong to the input method while it composes a syllable.
      if (event.isComposing) return;
      const isOpen = !list.hidden;
      const key = event.key;
      if (key === "ArrowDown" || key === "ArrowUp") {
        event.preventDefault();
        if (event.altKey && key === "ArrowUp") close();
        else if (isOpen) {
          if (!event.altKey) step(key);
        } else
          search().then((shown) => {
            if (shown && !event.altKey && results.length) step(key);
          }, ignore);
      } else if (key === "Escape") {
        turn += 1;
        if (isOpen || !none.hidden) {
          event.preventDefault();
          close();
        } else if (input.value) {
          event.preventDefault();
          input.value = "";
          say("");
        }
      } else if (key === "Tab") {
        if (isOpen) close();
      } else if (["Home", "End", "ArrowLeft", "ArrowRight"].includes(key)) {
        choose(-1);
      }
    });

    // Also reached by the search key of a phone.
    form.addEventListener("submit", (event) => {
      if (active < 0 && !input.value.trim()) return;
      event.preventDefault();
      if (active >= 0) visit(active);
      else
        search().then(
          (shown) => {
            if (shown) visit(0);
          },
          () => form.submit(),
        );
    });

    // Pressing an option must not take the focus from the box before the click arrives, nor start
    // scrolling with the middle button.
    list.addEventListener("mousedown", (event) => {
      event.preventDefault();
    });
    ["click", "auxclick"].forEach((type) =>
      list.addEventListener(type, (event) => {
        const option = event.target.closest("[role=option]");
        if (!option || event.button > 1) return;
        visit(
          Array.from(list.children).indexOf(option),
          event.button === 1 || event.ctrlKey || event.metaKey || event.shiftKey,
        );
      }),
    );

    document.addEventListener("pointerdown", (event) => {
      if (!form.contains(event.target)) close();
    });
    form.addEventListener("focusout", (event) => {
      if (event.relatedTarget && !form.contains(event.relatedTarget)) close();
    });

    return (query, isMain) => {
      input.value = query;
      if (isMain) search().catch(ignore);
    };
  }

  const forms = Array.from(document.querySelectorAll("form[data-ny-search]"));
  const fill = forms.map(enhance);
  const asked = new URLSearchParams(location.search).get("q");
  if (asked && forms.length) {
    const main = document.querySelector("main form[data-ny-search]") || forms[0];
    forms.forEach((form, i) => fill[i](asked, form === main));
  }
})();
