// What a number of units costs, as Amount.total in generator/model.py says it; null where nobody can say.
// `amount` as the page writes it: "fixed 8000", "tiered 1-2:2000 3-:1000 max:200000", "free", "by_province", "not_stated".
(function () {
  "use strict";
  function total(amount, count) {
    var words = amount.split(" "), kind = words[0], sum = 0, most = Infinity, isPriced = true;
    if (kind === "free") return 0;
    if (kind !== "fixed" && kind !== "tiered") return null;
    words.slice(1).forEach(function (word) {
      if (word.slice(0, 4) === "max:") { most = Number(word.slice(4)); return; }
      if (kind === "fixed") { sum = Number(word) * count; return; }
      var tier = /^(\d+)-(\d*):(\d+)$/.exec(word), last = tier[2] ? Number(tier[2]) : Infinity;
      isPriced = count <= last;
      sum += Number(tier[3]) * Math.max(0, Math.min(count, last) - Number(tier[1]) + 1);
    });
    return isPriced ? Math.min(sum, most) : null;
  }
  window.NiemYetFees = { total: total };
})();
