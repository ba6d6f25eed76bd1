// A procedure as answers: choose a case and a way, and papers, time, fee and place follow; when the
// result is ready; what to pay. All of it stands in the page already: this hides what does not
// concern the reader, and counts. Nothing leaves the device.
(() => {
  "use strict";
  const root = document.documentElement;
  const page = document.querySelector("[data-ny-proc]");
  const given = window.niemyetAnswers;
  const app = window.NiemYet;
  const promise = window.NiemYetPromise;
  const prices = window.NiemYetFees;
  if (!page || !given || !app || !promise || !prices) {
    root.classList.remove("is-choosing");
    return;
  }
  const { text } = given;
  // A counter with hours of its own receives until it closes itself.
  const closing = given.counters[page.dataset.nyCounter] || given.calendar.closing;
  const calendar = { ...given.calendar, closing };

  const one = (selector, from = page) => from.querySelector(selector);
  const all = (selector, from = page) => Array.from(from.querySelectorAll(selector));
  const open = (elements) => elements.filter((element) => !element.closest("[hidden]"));
  const words = (element, name) =>
    (element.getAttribute(`data-${name}`) || "").split(" ").filter(Boolean);
  const distinct = (values) => values.filter((value, i) => values.indexOf(value) === i);
  function put(element, content) {
    if (element && element.textContent !== content) element.textContent = content;
  }
  const fill = (sentence, values) =>
    sentence.replace(/\{(\w+)\}/g, (whole, name) => (name in values ? values[name] : whole));
  const money = (amount) =>
    given.money[0].replace("{n}", String(amount).replace(/\B(?=(\d{3})+$)/g, given.money[1]));
  function date(day) {
    if (root.lang === "vi") return day.split("-").reverse().join("/");
    return new Intl.DateTimeFormat("en-GB", {
      timeZone: "UTC",
      day: "numeric",
      month: "long",
      year: "numeric",
    }).format(new Date(day));
  }
  const longDate = (day) =>
    `${window.niemyetOffice.days[(promise.weekday(day) + 1) % 7]}, ${date(day)}`;

  // The choice: kept in the address, so that it can be sent
  const form = one("[data-ny-choose]");
  const choice = { "truong-hop": "", cach: "" };
  const names = Object.keys(choice);
  const radios = (name) => (form ? all(`input[name=${name}]`, form) : []);
  const chosen = (name) => (choice[name] ? [choice[name]] : []);
  const labels = () =>
    names
      .filter((name) => choice[name])
      .map((name) =>
        radios(name)
          .find((radio) => radio.value === choice[name])
          .parentNode.textContent.trim(),
      );
  const meets = (own, wanted) =>
    !own.length || !wanted.length || wanted.some((id) => own.includes(id));
  const concerns = (element, cases, channels) =>
    meets(words(element, "cases"), cases) && meets(words(element, "channels"), channels);
  function read() {
    const asked = {};
    location.hash
      .slice(1)
      .split("&")
      .forEach((pair) => {
        const parts = pair.split("=");
        try {
          asked[parts[0]] = decodeURIComponent(parts[1] || "");
        } catch {
          /* a damaged address chooses nothing */
        }
      });
    names.forEach((name) => {
      choice[name] = "";
      radios(name).forEach((radio) => {
        if (radio.value === asked[name]) choice[name] = radio.value;
      });
      radios(name).forEach((radio) => {
        radio.checked = radio.value === choice[name];
      });
    });
  }
  function hash() {
    const pairs = names
      .filter((name) => choice[name])
      .map((name) => `${name}=${encodeURIComponent(choice[name])}`);
    return pairs.length ? `#${pairs.join("&")}` : "";
  }
  function write() {
    try {
      history.replaceState(null, "", location.href.split("#")[0] + hash());
    } catch {
      location.hash = hash();
    }
  }

  // What concerns the reader
  const limits = all("tr[data-limit]");
  const fees = all("tr[data-ny-fee]");
  const boxes = all("[data-ny-check]");
  const first = {};
  all("[data-ny-fact],[data-ny-note]").forEach((element) => {
    first[element.dataset.nyFact || `${element.dataset.nyNote}-note`] = element.textContent;
  });
  function filter() {
    limits
      .concat(fees, all(".ny-group"), all(".ny-check>li"), all("[data-amount]"))
      .forEach((element) => {
        element.hidden = !concerns(element, chosen("truong-hop"), chosen("cach"));
      });
    all(".ny-group").forEach((group) => {
      if (!open(all("li", group)).length) group.hidden = true;
    });
    all("[data-ny-count]").forEach((count) => {
      count.hidden = fees[count.dataset.nyCount].hidden;
    });
  }
  function fact(name, value, note) {
    put(one(`[data-ny-fact=${name}]`), value === undefined ? first[name] : value);
    put(one(`[data-ny-note=${name}]`), value === undefined ? first[`${name}-note`] : note || "");
  }
  const texts = (selector, from) => all(selector, from).map((element) => element.textContent);
  // The one thing that all rows say, with the small print beside it; undefined when they differ or
  // it is too long for the top of the page.
  function common(cells) {
    const said = distinct(cells.map((cell) => one("strong", cell).textContent));
    return said.length === 1 && said[0].length <= 40
      ? [said[0], distinct(texts(".ny-sub:not(:first-child)", cells[0])).join(" ")]
      : [];
  }
  function papers() {
    const here = open(boxes);
    const more = here.filter((box) => box.closest("[data-optional]")).length;
    return fill(text[more ? "choice_papers_more" : "choice_papers"], {
      n: here.length - more,
      more,
    });
  }
  function answer() {
    const isChosen = Boolean(hash());
    const here = open(limits);
    const payable = open(fees);
    const due = fees.filter((row) => !row.hasAttribute("data-optional"));
    const must = open(due).length ? open(due) : payable;
    const amounts = open(must.reduce((list, row) => list.concat(all("[data-amount]", row)), []));
    const time = isChosen ? common(here.map((row) => one("td:last-child", row))) : [];
    const fee = !isChosen ? [] : payable.length ? common(amounts) : [text.fee_not_stated];
    const said = {
      time: time[0] || text.choice_see_below,
      fee: fee[0] || text.choice_see_below,
      papers: papers(),
    };
    fact("time", time[0], time[1]);
    fact("fee", fee[0], fee[1]);
    fact(
      "how",
      choice.cach
        ? text[`short_${choice.cach}`].replace(/^./, (letter) => letter.toUpperCase())
        : undefined,
    );
    if (choice.cach === "online") fact("where", given.portal);
    else if (choice.cach === "post" && page.hasAttribute("data-ny-here"))
      fact("where", first.where, fill(text.where_post, { address: given.address }));
    else fact("where");
    if (!form) return;
    const now = one("[data-ny-now]");
    const slip = one("[data-ny-choice]");
    first.now = first.now || now.textContent;
    put(
      now,
      !isChosen ? first.now : here.length ? fill(text.choice_now, said) : text.choice_not_offered,
    );
    now.classList.toggle("is-chosen", isChosen);
    slip.hidden = !isChosen;
    put(slip, `${text.choice_printed}: ${labels().join(" · ")}`);
    document.querySelectorAll(".ny-lang").forEach((link) => {
      link.hash = hash();
    });
  }

  // Tick list, kept on this device
  const key = `papers.${page.dataset.nyProc}`;
  const progress = one("[data-ny-progress]");
  const ticked = (app.get(key) || "").split(" ");
  function count() {
    const here = open(boxes);
    const done = here.filter((box) => box.checked).length;
    put(progress, here.length ? fill(progress.dataset.text, { done, all: here.length }) : "");
    progress.classList.toggle("is-done", here.length > 0 && done === here.length);
  }
  function keep() {
    app.set(
      key,
      boxes
        .filter((box) => box.checked)
        .map((box) => box.dataset.nyCheck)
        .join(" "),
    );
    count();
  }
  boxes.forEach((box) => {
    box.checked = ticked.includes(box.dataset.nyCheck);
    box.addEventListener("change", keep);
  });
  all("[data-ny-clear]").forEach((button) => {
    button.addEventListener("click", () => {
      boxes.forEach((box) => {
        box.checked = false;
      });
      keep();
      app.set(key, null);
      put(one("[data-ny-toast]"), text.papers_cleared);
    });
  });

  // When the result is ready
  const teller = one("[data-ny-promise]");
  const dayInput = one("[data-ny-received]");
  const hourInput = one("[data-ny-received-at]");
  const save = one("[data-ny-ics]");
  let promised = null;
  function named(days, list) {
    const runs = [];
    days.forEach((day) => {
      const run = runs[runs.length - 1];
      if (run && run.name === list[day]) run.last = day;
      else runs.push({ first: day, last: day, name: list[day] });
    });
    const until = (run) => (run.last === run.first ? "" : ` – ${date(run.last)}`);
    return runs.map((run) => `${date(run.first)}${until(run)} (${run.name})`).join("; ");
  }
  function headline(due) {
    if (due.date === null)
      return fill(text[`due_no_${due.reason}`], {
        day: date(due.reason === "before_calendar" ? calendar.from : calendar.until),
      });
    return fill(
      text[
        due.earliest
          ? "due_between"
          : due.reason === "same_day" && due.date === dayInput.value
            ? "due_today"
            : "due_on"
      ],
      { day: longDate(due.date), first: due.earliest && longDate(due.earliest) },
    );
  }
  function reasons(due, limit) {
    if (due.date === null) return [];
    const told = [];
    const unit = limit.split(" ").find((word) => /_days$|^months$/.test(word));
    const worked = Object.keys(calendar.work).filter((day) => day > due.receipt && day <= due.date);
    if (due.receipt !== dayInput.value)
      told.push(fill(text.due_received_later, { day: longDate(due.receipt) }));
    if (due.reason === "after_cutoff")
      told.push(fill(text.due_after_cutoff, { time: limit.split(" ")[1] }));
    if (due.reason === "reception_only")
      told.push(fill(text.due_reception_only, { day: longDate(due.receipt) }));
    if (due.skipped.length)
      told.push(fill(text.due_skipped, { days: named(due.skipped, calendar.off) }));
    if (worked.length) told.push(fill(text.due_worked, { days: named(worked, calendar.work) }));
    if (unit)
      told.push(
        text[unit === "working_days" ? "due_counts_working_days" : "due_counts_calendar_days"],
      );
    return told;
  }
  function tell() {
    if (!teller) return;
    const here = open(limits);
    const codes = distinct(here.map((row) => row.dataset.limit));
    const lines = [];
    const out = one("[data-ny-due]");
    promised = null;
    const due = (code) =>
      promise.due(
        code,
        dayInput ? dayInput.value : calendar.from,
        hourInput ? hourInput.value : "00:00",
        calendar,
      );
    if (!codes.length) lines.push(["p", text.choice_not_offered]);
    else if (dayInput && (!dayInput.value || !hourInput.value))
      lines.push(["p", text.due_no_moment]);
    else if (codes.length === 1) {
      const found = due(codes[0]);
      if (found.date) promised = found;
      lines.push([found.date ? "strong" : "p", headline(found)]);
      reasons(found, codes[0]).forEach((reason) => {
        lines.push(["p", reason]);
      });
    } else {
      codes.forEach((code) => {
        const row = here.find((row) => row.dataset.limit === code);
        lines.push([
          "p",
          `${one("td:last-child strong", row).textContent.slice(0, 80)}: ${headline(due(code))}`,
        ]);
      });
      if (form) lines.push(["p", text.due_choose]);
    }
    if (save) save.disabled = !promised;
    if (out.textContent === lines.map((line) => line[1]).join("")) return;
    out.textContent = "";
    lines.forEach((line) => {
      out.appendChild(document.createElement(line[0])).textContent = line[1];
    });
    out.classList.toggle("is-promise", Boolean(promised));
  }

  // RFC 5545: commas, semicolons and line ends are escaped, a line has at most 75 octets, and no
  // character is cut in two.
  function property(name, value) {
    let bytes = 0;
    let out = "";
    Array.from(`${name}:${value.replace(/[\\;,]/g, "\\$&").replace(/\r?\n/g, "\\n")}`).forEach(
      (letter) => {
        const size = new Blob([letter]).size;
        if (bytes + size > 75) {
          out += "\r\n ";
          bytes = 1;
        }
        bytes += size;
        out += letter;
      },
    );
    return `${out}\r\n`;
  }
  function event() {
    const compact = (day) => day.replace(/-/g, "");
    const title = document.querySelector("h1").textContent.trim();
    const about = [
      title + (labels().length ? ` (${labels().join(" · ")})` : ""),
      fill(text.ics_handed_in, { day: `${longDate(dayInput.value)}, ${hourInput.value}` }),
    ];
    if (promised.earliest)
      about.push(fill(text.ics_earliest, { day: longDate(promised.earliest) }));
    about.push(text.ics_bring);
    const uid = [compact(promised.date), page.dataset.nyProc, compact(dayInput.value)].join("-");
    return [
      "BEGIN:VCALENDAR\r\nVERSION:2.0\r\n",
      `PRODID:-//Niem Yet//${root.lang.toUpperCase()}\r\nBEGIN:VEVENT\r\n`,
      property("UID", `${uid}@niemyet`),
      `DTSTAMP:${new Date().toISOString().replace(/[-:]|\.\d+/g, "")}\r\n`,
      `DTSTART;VALUE=DATE:${compact(promised.date)}\r\n`,
      `DTEND;VALUE=DATE:${compact(promise.add(promised.date, 1))}\r\n`,
      property("SUMMARY", fill(text.ics_summary, { title })),
      property("LOCATION", `${given.place}, ${given.ward}, ${given.address}`),
      property("DESCRIPTION", about.join("\n")),
      "TRANSP:TRANSPARENT\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n",
    ].join("");
  }
  if (save)
    save.addEventListener("click", () => {
      const link = document.createElement("a");
      link.href = URL.createObjectURL(new Blob([event()], { type: "text/calendar;charset=utf-8" }));
      link.download = `nhan-ket-qua-${page.dataset.nyProc}.ics`;
      link.click();
      setTimeout(() => {
        URL.revokeObjectURL(link.href);
      }, 10000);
    });

  // What to pay
  const adder = one("[data-ny-total]");
  // How many units of a fee, and how many times: null for a number that cannot be.
  function units(row) {
    const box = one(`[data-ny-count="${row.dataset.nyFee}"]`, adder);
    const fields = box ? all("input", box) : [];
    if (!fields.length) return [1, 1];
    if (fields[0].type === "checkbox") return [Number(fields[0].checked), 1];
    const counts = fields.map((field) =>
      field.checkValidity() && field.value !== "" ? Number(field.value) : null,
    );
    return counts.includes(null) ? null : [counts[0], fields.length > 1 ? counts[1] : 1];
  }
  function sum(cases, channels) {
    const rows = fees.filter((row) => concerns(row, cases, channels));
    let due = 0;
    const unknown = [];
    let isPaid = false;
    for (const row of rows) {
      const count = units(row);
      const name = one("th", row).firstChild.textContent.trim();
      if (!count) return fill(text.total_count, { min: 0, max: 9999 });
      if (row.hasAttribute("data-optional") && !count[0]) continue;
      const { amount } = all("[data-amount]", row).find((cell) =>
        concerns(cell, cases, channels),
      ).dataset;
      const each = prices.total(amount, count[0]);
      const status = amount.split(" ")[0];
      isPaid = true;
      if (each === null)
        unknown.push(
          fill(text[status === "by_province" ? "total_by_province" : "total_not_stated"], {
            name,
          }),
        );
      else due += each * count[1];
    }
    if (!isPaid) return text.total_enter;
    if (unknown.length)
      return fill(text[due ? "total_at_least" : "total_unknown"], {
        amount: money(due),
        unknown: unknown.join("; "),
      });
    return due ? fill(text.total_is, { amount: money(due) }) : text.total_free;
  }
  function addUp() {
    if (!adder) return;
    const ways = choice.cach ? [choice.cach] : distinct(limits.map((row) => row.dataset.channels));
    const cases = choice["truong-hop"]
      ? [choice["truong-hop"]]
      : radios("truong-hop")
          .map((radio) => radio.value)
          .filter(Boolean);
    let sums = [];
    (cases.length ? cases : [""]).forEach((id) => {
      ways.forEach((way) => {
        const wanted = id ? [id] : [];
        if (limits.some((row) => concerns(row, wanted, [way]))) sums.push(sum(wanted, [way]));
      });
    });
    sums = distinct(sums);
    put(
      one("[data-ny-sum]"),
      sums.length === 1 ? sums[0] : sums.length ? text.total_choose : text.choice_not_offered,
    );
  }

  function show() {
    filter();
    answer();
    count();
    tell();
    addUp();
  }
  if (form) {
    form.addEventListener("change", (event) => {
      choice[event.target.name] = event.target.value;
      write();
      show();
    });
    form.addEventListener("submit", (event) => {
      event.preventDefault();
    });
  }
  if (teller && dayInput) {
    const now = app.now();
    dayInput.min = calendar.from;
    dayInput.max = calendar.until;
    dayInput.value = now.day;
    hourInput.value = now.time;
    teller.addEventListener("input", () => {
      teller.classList.add("is-touched");
      tell();
    });
  }
  if (adder)
    adder.addEventListener("input", () => {
      adder.classList.add("is-touched");
      addUp();
    });
  // A link within the page takes the choice out of the address; it is put back.
  window.addEventListener("hashchange", () => {
    if (location.hash && !location.hash.includes("=")) {
      if (hash()) write();
      return;
    }
    read();
    show();
  });
  read();
  show();
  root.classList.remove("is-choosing");

  // Reading aloud: only by a voice that this device has itself, in the language of the page
  const speech = window.speechSynthesis;
  window.NiemYetVoice = () =>
    speech
      .getVoices()
      .find(
        (voice) => voice.localService && voice.lang.toLowerCase().split(/[-_]/)[0] === root.lang,
      );
  function offerReading() {
    if (offerReading.isDone || !window.NiemYetVoice()) return;
    offerReading.isDone = true;
    const script = document.createElement("script");
    script.src = `${root.dataset.root}assets/js/read.js`;
    document.head.append(script);
  }
  if (speech) {
    offerReading();
    if (speech.addEventListener) speech.addEventListener("voiceschanged", offerReading);
  }
})();
