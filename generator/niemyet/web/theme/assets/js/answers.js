// A procedure as answers: choose a case and a way, and papers, time, fee and place follow; when the result is ready; what to pay.
// All of it stands in the page already: this hides what does not concern the reader, and counts. Nothing leaves the device.
(function () {
  "use strict";
  var root = document.documentElement, page = document.querySelector("[data-ny-proc]");
  var given = window.niemyetAnswers, app = window.NiemYet, promise = window.NiemYetPromise, prices = window.NiemYetFees;
  if (!page || !given || !app || !promise || !prices) { root.classList.remove("is-choosing"); return; }
  var text = given.text, calendar = given.calendar;
  // A counter with hours of its own receives until it closes itself.
  if (given.counters[page.dataset.nyCounter]) calendar = Object.assign({}, calendar, { closing: given.counters[page.dataset.nyCounter] });

  function one(selector, from) { return (from || page).querySelector(selector); }
  function all(selector, from) { return Array.prototype.slice.call((from || page).querySelectorAll(selector)); }
  function open(elements) { return elements.filter(function (element) { return !element.closest("[hidden]"); }); }
  function words(element, name) { return (element.getAttribute("data-" + name) || "").split(" ").filter(Boolean); }
  function distinct(values) { return values.filter(function (value, i) { return values.indexOf(value) === i; }); }
  function put(element, content) { if (element && element.textContent !== content) element.textContent = content; }
  function fill(sentence, values) { return sentence.replace(/\{(\w+)\}/g, function (whole, name) { return name in values ? values[name] : whole; }); }
  function money(amount) { return given.money[0].replace("{n}", String(amount).replace(/\B(?=(\d{3})+$)/g, given.money[1])); }
  function date(day) {
    if (root.lang === "vi") return day.split("-").reverse().join("/");
    return new Intl.DateTimeFormat("en-GB", { timeZone: "UTC", day: "numeric", month: "long", year: "numeric" }).format(new Date(day));
  }
  function longDate(day) { return window.niemyetOffice.days[(promise.weekday(day) + 1) % 7] + ", " + date(day); }

  // The choice: kept in the address, so that it can be sent
  var form = one("[data-ny-choose]"), choice = { "truong-hop": "", cach: "" }, names = Object.keys(choice);
  function radios(name) { return form ? all("input[name=" + name + "]", form) : []; }
  function chosen(name) { return choice[name] ? [choice[name]] : []; }
  function labels() {
    return names.filter(function (name) { return choice[name]; }).map(function (name) {
      return radios(name).filter(function (radio) { return radio.value === choice[name]; })[0].parentNode.textContent.trim();
    });
  }
  function meets(own, wanted) { return !own.length || !wanted.length || wanted.some(function (id) { return own.indexOf(id) >= 0; }); }
  function concerns(element, cases, channels) { return meets(words(element, "cases"), cases) && meets(words(element, "channels"), channels); }
  function read() {
    var asked = {};
    location.hash.slice(1).split("&").forEach(function (pair) {
      var parts = pair.split("=");
      try { asked[parts[0]] = decodeURIComponent(parts[1] || ""); } catch (error) { /* a damaged address chooses nothing */ }
    });
    names.forEach(function (name) {
      choice[name] = "";
      radios(name).forEach(function (radio) { if (radio.value === asked[name]) choice[name] = radio.value; });
      radios(name).forEach(function (radio) { radio.checked = radio.value === choice[name]; });
    });
  }
  function hash() {
    var pairs = names.filter(function (name) { return choice[name]; }).map(function (name) { return name + "=" + encodeURIComponent(choice[name]); });
    return pairs.length ? "#" + pairs.join("&") : "";
  }
  function write() {
    try { history.replaceState(null, "", location.href.split("#")[0] + hash()); } catch (error) { location.hash = hash(); }
  }

  // What concerns the reader
  var limits = all("tr[data-limit]"), fees = all("tr[data-ny-fee]"), boxes = all("[data-ny-check]"), first = {};
  all("[data-ny-fact],[data-ny-note]").forEach(function (element) { first[element.dataset.nyFact || element.dataset.nyNote + "-note"] = element.textContent; });
  function filter() {
    limits.concat(fees, all(".ny-group"), all(".ny-check>li"), all("[data-amount]")).forEach(function (element) {
      element.hidden = !concerns(element, chosen("truong-hop"), chosen("cach"));
    });
    all(".ny-group").forEach(function (group) { if (!open(all("li", group)).length) group.hidden = true; });
    all("[data-ny-count]").forEach(function (count) { count.hidden = fees[count.dataset.nyCount].hidden; });
  }
  function fact(name, value, note) {
    put(one("[data-ny-fact=" + name + "]"), value === undefined ? first[name] : value);
    put(one("[data-ny-note=" + name + "]"), value === undefined ? first[name + "-note"] : note || "");
  }
  function texts(selector, from) { return all(selector, from).map(function (element) { return element.textContent; }); }
  // The one thing that all rows say, with the small print beside it; undefined when they differ or it is too long for the top of the page.
  function common(cells) {
    var said = distinct(cells.map(function (cell) { return one("strong", cell).textContent; }));
    return said.length === 1 && said[0].length <= 40 ? [said[0], distinct(texts(".ny-sub:not(:first-child)", cells[0])).join(" ")] : [];
  }
  function papers() {
    var here = open(boxes), more = here.filter(function (box) { return box.closest("[data-optional]"); }).length;
    return fill(text[more ? "choice_papers_more" : "choice_papers"], { n: here.length - more, more: more });
  }
  function answer() {
    var isChosen = Boolean(hash()), here = open(limits), payable = open(fees), due = fees.filter(function (row) { return !row.hasAttribute("data-optional"); });
    var must = open(due).length ? open(due) : payable, amounts = open(must.reduce(function (list, row) { return list.concat(all("[data-amount]", row)); }, []));
    var time = isChosen ? common(here.map(function (row) { return one("td:last-child", row); })) : [];
    var fee = !isChosen ? [] : payable.length ? common(amounts) : [text.fee_not_stated];
    var said = { time: time[0] || text.choice_see_below, fee: fee[0] || text.choice_see_below, papers: papers() };
    fact("time", time[0], time[1]);
    fact("fee", fee[0], fee[1]);
    fact("how", choice.cach ? text["short_" + choice.cach].replace(/^./, function (letter) { return letter.toUpperCase(); }) : undefined);
    if (choice.cach === "online") fact("where", given.portal);
    else if (choice.cach === "post" && page.hasAttribute("data-ny-here")) fact("where", first.where, fill(text.where_post, { address: given.address }));
    else fact("where");
    if (!form) return;
    var now = one("[data-ny-now]"), slip = one("[data-ny-choice]");
    first.now = first.now || now.textContent;
    put(now, !isChosen ? first.now : here.length ? fill(text.choice_now, said) : text.choice_not_offered);
    now.classList.toggle("is-chosen", isChosen);
    slip.hidden = !isChosen;
    put(slip, text.choice_printed + ": " + labels().join(" · "));
    document.querySelectorAll(".ny-lang").forEach(function (link) { link.hash = hash(); });
  }

  // Tick list, kept on this device
  var key = "papers." + page.dataset.nyProc, progress = one("[data-ny-progress]"), ticked = (app.get(key) || "").split(" ");
  function count() {
    var here = open(boxes), done = here.filter(function (box) { return box.checked; }).length;
    put(progress, here.length ? fill(progress.dataset.text, { done: done, all: here.length }) : "");
    progress.classList.toggle("is-done", here.length > 0 && done === here.length);
  }
  function keep() {
    app.set(key, boxes.filter(function (box) { return box.checked; }).map(function (box) { return box.dataset.nyCheck; }).join(" "));
    count();
  }
  boxes.forEach(function (box) {
    box.checked = ticked.indexOf(box.dataset.nyCheck) >= 0;
    box.addEventListener("change", keep);
  });
  all("[data-ny-clear]").forEach(function (button) {
    button.addEventListener("click", function () {
      boxes.forEach(function (box) { box.checked = false; });
      keep();
      app.set(key, null);
      put(one("[data-ny-toast]"), text.papers_cleared);
    });
  });

  // When the result is ready
  var teller = one("[data-ny-promise]"), dayInput = one("[data-ny-received]"), hourInput = one("[data-ny-received-at]"), save = one("[data-ny-ics]"), promised = null;
  function named(days, list) {
    var runs = [];
    days.forEach(function (day) {
      var run = runs[runs.length - 1];
      if (run && run.name === list[day]) run.last = day; else runs.push({ first: day, last: day, name: list[day] });
    });
    return runs.map(function (run) { return date(run.first) + (run.last === run.first ? "" : " – " + date(run.last)) + " (" + run.name + ")"; }).join("; ");
  }
  function headline(due) {
    if (due.date === null) return fill(text["due_no_" + due.reason], { day: date(due.reason === "before_calendar" ? calendar.from : calendar.until) });
    return fill(text[due.earliest ? "due_between" : due.reason === "same_day" && due.date === dayInput.value ? "due_today" : "due_on"],
      { day: longDate(due.date), first: due.earliest && longDate(due.earliest) });
  }
  function reasons(due, limit) {
    if (due.date === null) return [];
    var told = [], unit = limit.split(" ").filter(function (word) { return /_days$|^months$/.test(word); })[0];
    var worked = Object.keys(calendar.work).filter(function (day) { return day > due.receipt && day <= due.date; });
    if (due.receipt !== dayInput.value) told.push(fill(text.due_received_later, { day: longDate(due.receipt) }));
    if (due.reason === "after_cutoff") told.push(fill(text.due_after_cutoff, { time: limit.split(" ")[1] }));
    if (due.reason === "reception_only") told.push(fill(text.due_reception_only, { day: longDate(due.receipt) }));
    if (due.skipped.length) told.push(fill(text.due_skipped, { days: named(due.skipped, calendar.off) }));
    if (worked.length) told.push(fill(text.due_worked, { days: named(worked, calendar.work) }));
    if (unit) told.push(text[unit === "working_days" ? "due_counts_working_days" : "due_counts_calendar_days"]);
    return told;
  }
  function tell() {
    if (!teller) return;
    var here = open(limits), codes = distinct(here.map(function (row) { return row.dataset.limit; })), lines = [], out = one("[data-ny-due]");
    promised = null;
    function due(code) { return promise.due(code, dayInput ? dayInput.value : calendar.from, hourInput ? hourInput.value : "00:00", calendar); }
    if (!codes.length) lines.push(["p", text.choice_not_offered]);
    else if (dayInput && (!dayInput.value || !hourInput.value)) lines.push(["p", text.due_no_moment]);
    else if (codes.length === 1) {
      var found = due(codes[0]);
      if (found.date) promised = found;
      lines.push([found.date ? "strong" : "p", headline(found)]);
      reasons(found, codes[0]).forEach(function (reason) { lines.push(["p", reason]); });
    } else {
      codes.forEach(function (code) {
        var row = here.filter(function (row) { return row.dataset.limit === code; })[0];
        lines.push(["p", one("td:last-child strong", row).textContent.slice(0, 80) + ": " + headline(due(code))]);
      });
      if (form) lines.push(["p", text.due_choose]);
    }
    if (save) save.disabled = !promised;
    if (out.textContent === lines.map(function (line) { return line[1]; }).join("")) return;
    out.textContent = "";
    lines.forEach(function (line) { out.appendChild(document.createElement(line[0])).textContent = line[1]; });
    out.classList.toggle("is-promise", Boolean(promised));
  }

  // RFC 5545: commas, semicolons and line ends are escaped, a line has at most 75 octets, and no character is cut in two.
  function property(name, value) {
    var bytes = 0, out = "";
    Array.from(name + ":" + value.replace(/[\\;,]/g, "\\$&").replace(/\r?\n/g, "\\n")).forEach(function (letter) {
      var size = new Blob([letter]).size;
      if (bytes + size > 75) { out += "\r\n "; bytes = 1; }
      bytes += size;
      out += letter;
    });
    return out + "\r\n";
  }
  function event() {
    var compact = function (day) { return day.replace(/-/g, ""); }, title = document.querySelector("h1").textContent.trim();
    var about = [title + (labels().length ? " (" + labels().join(" · ") + ")" : ""), fill(text.ics_handed_in, { day: longDate(dayInput.value) + ", " + hourInput.value })];
    if (promised.earliest) about.push(fill(text.ics_earliest, { day: longDate(promised.earliest) }));
    about.push(text.ics_bring);
    return "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Niem Yet//" + root.lang.toUpperCase() + "\r\nBEGIN:VEVENT\r\n"
      + property("UID", compact(promised.date) + "-" + page.dataset.nyProc + "-" + compact(dayInput.value) + "@niemyet")
      + "DTSTAMP:" + new Date().toISOString().replace(/[-:]|\.\d+/g, "") + "\r\nDTSTART;VALUE=DATE:" + compact(promised.date)
      + "\r\nDTEND;VALUE=DATE:" + compact(promise.add(promised.date, 1)) + "\r\n" + property("SUMMARY", fill(text.ics_summary, { title: title }))
      + property("LOCATION", given.place + ", " + given.ward + ", " + given.address) + property("DESCRIPTION", about.join("\n"))
      + "TRANSP:TRANSPARENT\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";
  }
  if (save) save.addEventListener("click", function () {
    var link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([event()], { type: "text/calendar;charset=utf-8" }));
    link.download = "nhan-ket-qua-" + page.dataset.nyProc + ".ics";
    link.click();
    setTimeout(function () { URL.revokeObjectURL(link.href); }, 10000);
  });

  // What to pay
  var adder = one("[data-ny-total]");
  // How many units of a fee, and how many times: null for a number that cannot be.
  function units(row) {
    var box = one('[data-ny-count="' + row.dataset.nyFee + '"]', adder), fields = box ? all("input", box) : [];
    if (!fields.length) return [1, 1];
    if (fields[0].type === "checkbox") return [Number(fields[0].checked), 1];
    var counts = fields.map(function (field) { return field.checkValidity() && field.value !== "" ? Number(field.value) : null; });
    return counts.indexOf(null) >= 0 ? null : [counts[0], fields.length > 1 ? counts[1] : 1];
  }
  function sum(cases, channels) {
    var rows = fees.filter(function (row) { return concerns(row, cases, channels); }), due = 0, unknown = [], isPaid = false;
    for (var i = 0; i < rows.length; i++) {
      var count = units(rows[i]), name = one("th", rows[i]).firstChild.textContent.trim();
      if (!count) return fill(text.total_count, { min: 0, max: 9999 });
      if (rows[i].hasAttribute("data-optional") && !count[0]) continue;
      var amount = all("[data-amount]", rows[i]).filter(function (cell) { return concerns(cell, cases, channels); })[0].dataset.amount;
      var each = prices.total(amount, count[0]), status = amount.split(" ")[0];
      isPaid = true;
      if (each === null) unknown.push(fill(text[status === "by_province" ? "total_by_province" : "total_not_stated"], { name: name }));
      else due += each * count[1];
    }
    if (!isPaid) return text.total_enter;
    if (unknown.length) return fill(text[due ? "total_at_least" : "total_unknown"], { amount: money(due), unknown: unknown.join("; ") });
    return due ? fill(text.total_is, { amount: money(due) }) : text.total_free;
  }
  function addUp() {
    if (!adder) return;
    var ways = choice.cach ? [choice.cach] : distinct(limits.map(function (row) { return row.dataset.channels; }));
    var cases = choice["truong-hop"] ? [choice["truong-hop"]] : radios("truong-hop").map(function (radio) { return radio.value; }).filter(Boolean);
    var sums = [];
    (cases.length ? cases : [""]).forEach(function (id) {
      ways.forEach(function (way) {
        var wanted = id ? [id] : [];
        if (limits.some(function (row) { return concerns(row, wanted, [way]); })) sums.push(sum(wanted, [way]));
      });
    });
    sums = distinct(sums);
    put(one("[data-ny-sum]"), sums.length === 1 ? sums[0] : sums.length ? text.total_choose : text.choice_not_offered);
  }

  function show() { filter(); answer(); count(); tell(); addUp(); }
  if (form) {
    form.addEventListener("change", function (event) { choice[event.target.name] = event.target.value; write(); show(); });
    form.addEventListener("submit", function (event) { event.preventDefault(); });
  }
  if (teller && dayInput) {
    var now = app.now();
    dayInput.min = calendar.from;
    dayInput.max = calendar.until;
    dayInput.value = now.day;
    hourInput.value = now.time;
    teller.addEventListener("input", function () { teller.classList.add("is-touched"); tell(); });
  }
  if (adder) adder.addEventListener("input", function () { adder.classList.add("is-touched"); addUp(); });
  // A link within the page takes the choice out of the address; it is put back.
  window.addEventListener("hashchange", function () {
    if (location.hash && location.hash.indexOf("=") < 0) { if (hash()) write(); return; }
    read();
    show();
  });
  read();
  show();
  root.classList.remove("is-choosing");

  // Reading aloud: only by a voice that this device has itself, in the language of the page
  var speech = window.speechSynthesis;
  window.NiemYetVoice = function () {
    return speech.getVoices().filter(function (voice) { return voice.localService && voice.lang.toLowerCase().split(/[-_]/)[0] === root.lang; })[0];
  };
  function offerReading() {
    if (offerReading.isDone || !window.NiemYetVoice()) return;
    offerReading.isDone = true;
    var script = document.createElement("script");
    script.src = root.dataset.root + "assets/js/read.js";
    document.head.append(script);
  }
  if (speech) {
    offerReading();
    if (speech.addEventListener) speech.addEventListener("voiceschanged", offerReading);
  }
})();
