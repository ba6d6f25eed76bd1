// The day a result is due, counted as generator/quantities.py counts it; a test compares the two on
// ten thousand cases. Days are texts (2026-11-25), times too (15:00), so that they compare as they
// stand. Nothing here reads the clock or the page.
(() => {
  "use strict";

  function add(day, count) {
    const date = new Date(`${day}T00:00:00Z`);
    date.setUTCDate(date.getUTCDate() + count);
    return date.toISOString().slice(0, 10);
  }

  // Monday is 0, as in the office's calendar.
  const weekday = (day) => (new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7;

  const isWeekly = (calendar, day) => calendar.weekly.includes(weekday(day));

  const isWorking = (calendar, day) =>
    day in calendar.work || (isWeekly(calendar, day) && !(day in calendar.off));

  // Until when a file is received on a day; "" when there are no counters. A day worked instead has
  // the hours of the first working weekday.
  function receivesUntil(calendar, day) {
    if (!Object.keys(calendar.closing).length) return isWorking(calendar, day) ? "24:00" : "";
    if (!(day in calendar.work) && day in calendar.off) return "";
    return (
      calendar.closing[day in calendar.work ? Math.min(...calendar.weekly) : weekday(day)] || ""
    );
  }

  function receipt(calendar, day, time) {
    const skipped = [];
    const isClosed = () => {
      const until = receivesUntil(calendar, day);
      return !until || time > until;
    };
    while (isClosed()) {
      if (
        day in calendar.off &&
        !isWorking(calendar, day) &&
        (isWeekly(calendar, day) || weekday(day) in calendar.closing)
      )
        skipped.push(day);
      day = add(day, 1);
      time = "00:00";
    }
    return { day, skipped };
  }

  function addWorkingDays(calendar, day, count) {
    const skipped = [];
    while (count > 0) {
      day = add(day, 1);
      if (isWorking(calendar, day)) count -= 1;
      else if (isWeekly(calendar, day)) skipped.push(day);
    }
    return { day, skipped };
  }

  // A number of days as a whole number of hundredths, so that no part of a day is lost or won.
  function hundredths(text) {
    const parts = text.split(".");
    return Number(parts[0]) * 100 + Number(`${parts[1] || ""}00`.slice(0, 2));
  }

  // The same day of a later month, or that month's last day; part of a month is that part of 30
  // days.
  function addMonths(day, count) {
    const months =
      Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7)) - 1 + Math.floor(count / 100);
    const last = new Date(Date.UTC(Math.floor(months / 12), (months % 12) + 1, 0)).getUTCDate();
    const same = new Date(
      Date.UTC(Math.floor(months / 12), months % 12, Math.min(Number(day.slice(8)), last)),
    )
      .toISOString()
      .slice(0, 10);
    return add(same, Math.ceil(((count % 100) * 30) / 100));
  }

  function lastDay(calendar, unit, number, day) {
    const count = hundredths(number);
    if (unit === "working_days") return addWorkingDays(calendar, day, Math.ceil(count / 100));
    const last = unit === "months" ? addMonths(day, count) : add(day, Math.ceil(count / 100));
    return addWorkingDays(calendar, add(last, -1), 1);
  }

  // `limit` as the page writes it: "working_days 7.5", "range 1 3 working_days", "same_day 15:00",
  // "text".
  function due(limit, day, time, calendar) {
    const words = limit.split(" ");
    const [kind] = words;
    const unit = kind === "range" ? words[3] : kind;
    if (unit === "text" || unit === "not_specified" || unit === "hours")
      return { date: null, reason: unit, skipped: [] };
    if (day < calendar.from) return { date: null, reason: "before_calendar", skipped: [] };
    if (day > calendar.until) return { date: null, reason: "beyond_calendar", skipped: [] };
    const received = receipt(calendar, day, time);
    let reason = "counted";
    let earliest = null;
    let end;
    if (kind === "same_day") {
      const isLate = Boolean(words[1]) && received.day === day && time > words[1];
      const isRest = !isWorking(calendar, received.day);
      reason = isRest ? "reception_only" : isLate ? "after_cutoff" : "same_day";
      end = addWorkingDays(calendar, received.day, isLate || isRest ? 1 : 0);
    } else {
      end = lastDay(calendar, unit, kind === "range" ? words[2] : words[1], received.day);
      if (kind === "range") earliest = lastDay(calendar, unit, words[1], received.day).day;
    }
    if (end.day > calendar.until) return { date: null, reason: "beyond_calendar", skipped: [] };
    return {
      date: end.day,
      reason,
      skipped: received.skipped.concat(end.skipped),
      receipt: received.day,
      earliest,
    };
  }

  window.NiemYetPromise = { due, add, weekday };
})();
