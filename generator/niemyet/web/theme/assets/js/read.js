// Reads a procedure aloud: what it is, papers, fee, time and place of the chosen case, as the page says them. Loaded by answers.js where the
// device has a voice of its own for the language of the page, so that nothing is sent to be spoken. One sentence is one utterance: to pause
// is to stop and to begin the same sentence again, since phones know no other pause.
(function () {
  "use strict";
  var root = document.documentElement, page = document.querySelector("[data-ny-proc]"), text = window.niemyetAnswers.text;
  var speech = window.speechSynthesis, lines = [], at = 0, turn = 0, saying = null, bar, hold, starters = [];

  function all(selector, from) { return Array.prototype.slice.call((from || page).querySelectorAll(selector)); }
  function open(selector, from) { return all(selector, from).filter(function (element) { return !element.closest("[hidden]"); }); }
  function says(element) { return element ? element.textContent.replace(/\s*·\s*/g, ", ").replace(/\s+/g, " ").trim() : ""; }
  function voice() { return window.NiemYetVoice && window.NiemYetVoice(); }

  // What is read: [element, sentence] in the order in which people ask
  function script() {
    var told = [], head = function (id) { return page.querySelector("#" + id); };
    function add(element, sentence) { if (sentence) told.push([element, sentence]); }
    function section(id) { add(head(id), says(head(id)) + "."); }
    function own(cell) { return says(cell.firstChild); }
    add(document.querySelector("h1"), says(document.querySelector("h1")) + ".");
    open("[data-ny-choice]").forEach(function (element) { add(element, says(element) + "."); });
    section("giay-to");
    open(".ny-check>li").forEach(function (item, i) {
      var rest = all(".ny-check__m", item).map(says).join(". ");
      add(item, (i + 1) + ". " + says(item.querySelector(".ny-check__n")) + ". " + rest);
    });
    open("[aria-labelledby=giay-to]>.ny-box").forEach(function (element) { add(element, says(element)); });
    section("le-phi");
    open("tr[data-ny-fee]").forEach(function (row) {
      var amounts = open("[data-amount]", row).map(function (cell) { return all(":scope>span,:scope>strong", cell).map(says).join(", "); });
      add(row, own(row.querySelector("th")) + ": " + amounts.join("; ") + ".");
    });
    section("thoi-han");
    open("tr[data-limit]").forEach(function (row) {
      var cells = all("th,td", row), limit = cells.pop();
      add(row, cells.map(own).join(", ") + ": " + all("strong,.ny-sub", limit).map(says).join(". ") + ".");
    });
    open("[data-ny-fact=where]").forEach(function (where) {
      var box = where.parentNode, note = says(box.querySelector("[data-ny-note]"));
      add(box, says(box.querySelector("dt")) + ": " + says(where) + ". " + note);
    });
    return told;
  }

  function mark(element) {
    all(".is-read", document).forEach(function (old) { old.classList.remove("is-read"); });
    if (element) element.classList.add("is-read");
  }
  function paint(isOn, isHeld) {
    starters.forEach(function (button) { button.setAttribute("aria-pressed", String(isOn)); });
    bar.hidden = !isOn;
    hold.textContent = isHeld ? text.read_on : text.read_pause;
  }
  function silence() {
    turn += 1;
    saying = null;
    speech.cancel();
  }
  function stop() {
    var isInBar = bar.contains(document.activeElement);
    silence();
    mark(null);
    paint(false, false);
    lines = [];
    if (isInBar) starters.filter(function (button) { return button.offsetParent; })[0].focus();
  }
  function say() {
    var mine = turn, chosen = voice();
    if (at >= lines.length || !chosen) { stop(); return; }
    saying = new SpeechSynthesisUtterance(lines[at][1]);
    saying.voice = chosen;
    saying.lang = chosen.lang;
    saying.rate = 0.95;
    saying.onend = function () { if (mine === turn) { at += 1; say(); } };
    saying.onerror = function () { if (mine === turn) stop(); };
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
    if (saying) { silence(); paint(true, true); } else { paint(true, false); say(); }
  }

  function button(label, className, work) {
    var made = document.createElement("button");
    made.type = "button";
    made.className = className;
    made.textContent = label;
    made.addEventListener("click", work);
    return made;
  }
  function starter(list, className, isFirst) {
    if (!list) return;
    var item = document.createElement("li"), made = button(text.read_aloud, className, function () { if (bar.hidden) start(); else stop(); });
    made.dataset.nyRead = "";
    made.setAttribute("aria-pressed", "false");
    made.insertAdjacentHTML("afterbegin", '<svg class="ny-ic" viewBox="0 0 24 24" aria-hidden="true"><path d="M3 9v6h4l5 5V4L7 9zm13.5 3A4.5 4.5 0 0 0 14 8v8a4.5 4.5 0 0 0 2.5-4M14 3.2v2.1a7 7 0 0 1 0 13.4v2.1a9 9 0 0 0 0-17.6"/></svg>');
    item.append(made);
    if (isFirst) list.prepend(item); else list.append(item);
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

  // Another case is another text; a page that is left is silent; a voice that is gone reads no more.
  page.addEventListener("change", function (event) { if (!bar.hidden && event.target.closest("[data-ny-choose]")) stop(); });
  document.addEventListener("keydown", function (event) { if (event.key === "Escape" && !bar.hidden) stop(); });
  window.addEventListener("hashchange", function () { if (!bar.hidden && location.hash.indexOf("=") > 0) stop(); });
  window.addEventListener("pagehide", silence);
  speech.addEventListener("voiceschanged", function () {
    var isThere = Boolean(voice());
    starters.forEach(function (made) { made.parentNode.hidden = !isThere; });
    if (!isThere && !bar.hidden) stop();
  });
})();
