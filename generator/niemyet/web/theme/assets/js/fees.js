// What a number of units costs, as Amount.total in generator/model.py says it; null where nobody
// can say. `amount` as the page writes it: "fixed 8000", "tiered 1-2:2000 3-:1000 max:200000",
// "free", "by_province", "not_stated".
(() => {
  "use strict";
  function total(amount, count) {
    const [kind, ...words] = amount.split(" ");
    let sum = 0;
    let most = Infinity;
    let isPriced = true;
    if (kind === "free") return 0;
    if (kind !== "fixed" && kind !== "tiered") return null;
    words.forEach((word) => {
      if (word.startsWith("max:")) {
        most = Number(word.slice(4));
        return;
      }
      if (kind === "fixed") {
        sum = Number(word) * count;
        return;
      }
      const tier = /^(\d+)-(\d*):(\d+)$/.exec(word);
      const last = tier[2] ? Number(tier[2]) : Infinity;
      isPriced = count <= last;
      sum += Number(tier[3]) * Math.max(0, Math.min(count, last) - Number(tier[1]) + 1);
    });
    return isPriced ? Math.min(sum, most) : null;
  }
  window.NiemYetFees = { total };
})();
