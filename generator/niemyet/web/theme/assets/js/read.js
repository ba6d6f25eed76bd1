// Reads a procedure aloud: what it is, papers, fee, time and place of the chosen case, as the page
// says them. Loaded by answers.js where the device has a voice of its own for the language of the
// page, so that nothing is sent to be spoken. One sentence is one utterance: to pause is to stop
// and to begin the same sentence again, since phones know no other pause.
(() => {
  "use strict";
  const page = document.querySelector("[data-ny-proc]");
  const { text } = window.niemyetAnswers;
  const speech = window.speechSynthesis;
  const SPEAKER =
    '<svg class="ny-ic" viewBox="0 0 24 24" aria-hidden="true"><path d="M3 9v6h4l5 5V4L7 9zm13.5' +
    " 3A4.5 4.5 0 0 0 14 8v8a4.5 4.5 0 0 0 2.5-4M14 3.2v2.1a7 7 0 0 1 0 13.4v2.1a9 9 0 0 0 0-17.6" +
    '"/></svg>';
  let lines = [];
  let at = 0;
  let turn = 0;
  let saying = null;
  let bar;
  let hold;
  const starters = [];

  const all = (selector, from = page) => Array.from(from.querySelectorAll(selector));
  const open = (selector, from) =>
    all(selector, from).filter((element) => !element.closest("[hidden]"));
  const says = (element) =>
    element
      ? element.textContent
          .replace(/\s*·\s*/g, ", ")
          .replace(/\s+/g, " ")
          .trim()
      : "";
  const voice = () => window.NiemYetVoice && window.NiemYetVoice();

  // What is read: [element, sentence] in the order in which people ask
  function script() {
    const told = [];
    const head = (id) => page.querySelector(`#${id}`);
    function add(element, sentence) {
      if (sentence) told.push([element, sentence]);
    }
    function section(id) {
      add(head(id), `${says(head(id))}.`);
    }
    const own = (cell) => says(cell.firstChild);
    add(document.querySelector("h1"), `${says(document.querySelector("h1"))}.`);
    open("[data-ny-choice]").forEach((element) => {
      add(element, `${says(element)}.`);
    });
    section("giay-to");
    open(".ny-check>li").forEach((item, i) => {
      const rest = all(".ny-check__m", item).map(says).join(". ");
      add(item, `${i + 1}. ${says(item.querySelector(".ny-check__n"))}. ${rest}`);
    });
    open("[aria-labelledby=giay-to]>.ny-box").forEach((element) => {
      add(element, says(element));
    });
    section("le-phi");
    open("tr[data-ny-fee]").forEach((row) => {
      const amounts = open("[data-amount]", row).map((cell) =>
        all(":scope>span,:scope>strong", cell).map(says).join(", "),
      );
      add(row, `${own(row.querySelector("th"))}: ${amounts.join("; ")}.`);
    });
    section("thoi-han");
    open("tr[data-limit]").forEach((row) => {
      const cells = all("th,td", row);
      const limit = cells.pop();
      add(
        row,
        `${cells.map(own).join(", ")}: ${all("strong,.ny-sub", limit).map(says).join(". ")}.`,
      );
    });
    open("[data-ny-fact=where]").forEach((where) => {
      const box = where.parentNode;
      const note = says(box.querySelector("[data-ny-note]"));
      add(box, `${says(box.querySelector("dt"))}: ${says(where)}. ${note}`);
    });
    return told;
  }

  function mark(element) {
    all(".is-read", document).forEach((old) => {
      old.classList.remove("is-read");
    });
    if (element) element.classList.add("is-read");
  }
  function paint(isOn, isHeld) {
    starters.forEach((button) => {
      button.setAttribute("aria-pressed", String(isOn));
    });
    bar.hidden = !isOn;
    hold.textContent = isHeld ? text.read_on : text.read_pause;
  }
  function silence() {
    turn += 1;
    saying = null;
    speech.cancel();
  }
  function stop() {
    const isInBar = bar.contains(document.activeElement);
    silence();
    mark(null);
    paint(false, false);
    lines = [];
    if (isInBar) starters.find((button) => button.offsetParent).focus();
  }
  function say() {
    const mine = turn;
    const chosen = voice();
    if (at >= lines.length || !chosen) {
      stop();
      return;
    }
    saying = new SpeechSynthesisUtterance(lines[at][1]);
    saying.voice = chosen;
    saying.lang = chosen.lang;
    saying.rate = 0.95;
    saying.onend = () => {
      if (mine === turn) {
        at += 1;
        say();
      }
    };
    saying.onerror = () => {
      if (mine === turn) stop();
    };
    mark(lines[at][0]);
    speech.speak(saying);
  }
  function start() {
    silence();
    lines = script();
    at = 0;
    paint(true, false);
    say();
  }
  function toggleHold() {
    if (saying) {
      silence();
      paint(true, true);
    } else {
      paint(true, false);
      say();
    }
  }

  function button(label, className, work) {
    const made = document.createElement("button");
    made.type = "button";
    made.className = className;
    made.textContent = label;
    made.addEventListener("click", work);
    return made;
  }
  function starter(list, className, isFirst) {
    if (!list) return;
    const item = document.createElement("li");
    const made = button(text.read_aloud, className, () => {
      if (bar.hidden) start();
      else stop();
    });
    made.dataset.nyRead = "";
    made.setAttribute("aria-pressed", "false");
    made.insertAdjacentHTML("afterbegin", SPEAKER);
    item.append(made);
    if (isFirst) list.prepend(item);
    else list.append(item);
    starters.push(made);
  }
  starter(page.querySelector(".ny-index ul"), "ny-read", true);
  starter(page.querySelector(".ny-share"), "", false);
  bar = document.createElement("div");
  bar.className = "ny-reading";
  bar.hidden = true;
  bar.setAttribute("role", "group");
  bar.setAttribute("aria-label", text.read_bar);
  hold = button(text.read_pause, "ny-btn", toggleHold);
  bar.append(hold, button(text.read_stop, "ny-btn", stop));
  page.after(bar);

  // Another case is another text; a page that is left is silent; a voice that is gone reads no
  // more.
  page.addEventListener("change", (event) => {
    if (!bar.hidden && event.target.closest("[data-ny-choose]")) stop();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !bar.hidden) stop();
  });
  window.addEventListener("hashchange", () => {
    if (!bar.hidden && location.hash.includes("=")) stop();
  });
  window.addEventListener("pagehide", silence);
  speech.addEventListener("voiceschanged", () => {
    const isThere = Boolean(voice());
    starters.forEach((made) => {
      made.parentNode.hidden = !isThere;
    });
    if (!isThere && !bar.hidden) stop();
  });
})();
