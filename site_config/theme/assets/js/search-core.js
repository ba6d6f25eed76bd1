// SPDX-License-Identifier: MIT
// Search over short titles and popular names, made for Vietnamese syllables. Pure: no DOM, no state.
(function () {
  "use strict";

  // Shares of a full match: asking word, half-typed word, other marks than typed, guessed word. Then: bonus for neighbours, bonus
  // for a field matched as a whole, least share of the query a result covers, least share of the best score it reaches.
  const LIGHT = 0.15, PART = 0.8, HALF_MARKS = 0.9, OTHER_MARKS = 0.65, GUESS = 0.6, NEXT_TO = 0.6, WHOLE = 1.5, COVER = 0.3, KEEP = 0.2;
  const TITLE = 6;

  const WORD = /[\p{L}\p{M}\p{N}]+(?:\.[\p{L}\p{M}\p{N}]+)*/gu, WORD_OR_END = new RegExp(WORD.source + "|\0", "gu");
  const TONE = /[\u0300\u0301\u0303\u0309\u0323]/g, OPEN_Y = /\b(h|k|l|m|s|t|qu|v)y\b/g;

  // 1,001193 is a code typed in a hurry; soft hyphens and zero-width marks come with pasted text.
  const clean = (text) => String(text).normalize("NFC").toLowerCase()
    .replace(/[\u00ad\u200b-\u200f\ufeff]/g, "").replace(/(\d),(?=\d)/g, "$1.");

  const bare = (word) => word.normalize("NFD").replace(/[\u0300-\u036f]/g, "").replace(/đ/g, "d").replace(OPEN_Y, "$1i");
  const fold = (text) => bare(clean(text));
  const tokens = (text) => clean(text).match(WORD) || [];

  // The tone goes to the end, so that hoà equals hòa, and ký equals kí.
  const toneless = (word) => word.normalize("NFD").replace(TONE, "").replace(OPEN_Y, "$1i");
  const marked = (word) => toneless(word) + (word.normalize("NFD").match(TONE) || "");

  // Words that ask rather than name, folded. In a pair where one syllable alone may name something (hồ sơ, but hộ, sổ).
  const ASKING = new Set(("lam,gi,cho,cua,giay,xin,mua,muon,de,o,dau,phai,co,khong,duoc,nao,khi,ve,va,la,thi,minh,toi,nhu,mau,bao nhieu,bao lau," +
    "mat bao,dang ki,thu tuc,ho so,le phi,giay to,the nao,can gi,can nhung,co can,how,what,where,get,need,want,is,of,for").split(","));

  const rarity = (spread, all) => Math.log(1 + all / Math.min(spread, all)) / Math.log(1 + all);

  function build(docs) {
    const texts = [], fields = [], terms = new Map(), words = new Map();

    function add(doc, text, weight, alias) {
      if (!text) return;
      texts.push(text);
      fields.push({ doc, weight, alias, size: 0 });
    }

    docs.forEach((doc, id) => {
      add(id, doc.t, TITLE);
      (doc.a || []).forEach((alias) => add(id, alias, TITLE, alias));
      add(id, doc.n, 3);
      add(id, doc.k, 1);
      [doc.c].concat(doc.x).forEach((code) => {
        add(id, code, 10);
        if (!/^\d\.\d{6}$/.test(code)) return;
        add(id, code.replace(".", ""), 10);
        add(id, code.slice(2), 10);
      });
    });

    // One long text is read several times faster than thousands of short ones.
    const read = clean(texts.join("\0") + "\0").match(WORD_OR_END);

    // A place is the number of a word in all texts. Each text ends in a place without a word, so neighbours are always in one text.
    const fieldAt = new Int32Array(read.length + 1);
    let id = 0;
    read.forEach((text, i) => {
      if (text === "\0") { id += 1; return; }
      let word = words.get(text);
      if (!word) {
        const key = bare(text);
        if (!terms.has(key)) terms.set(key, { key, words: [], docs: 0, last: -1 });
        words.set(text, word = { mark: marked(text), places: [], term: terms.get(key) });
        word.term.words.push(word);
      }
      const { term, places } = word, { doc } = fields[id];
      if (term.last !== doc) { term.last = doc; term.docs += 1; }
      places.push(i + 1);
      fieldAt[i + 1] = id;
    });

    words.forEach(({ places, term }) => {
      const rare = rarity(term.docs, docs.length);
      places.forEach((place) => { fields[fieldAt[place]].size += rare; });
    });
    return { docs, terms, fields, fieldAt };
  }

  // At most one letter added, lost, changed, or two swapped.
  function near(a, b) {
    if (Math.abs(a.length - b.length) > 1) return false;
    let i = 0;
    while (i < a.length && a[i] === b[i]) i += 1;
    const same = (x, y) => a.slice(i + x) === b.slice(i + y);
    return same(1, 1) || same(1, 0) || same(0, 1) || (a[i] === b[i + 1] && a[i + 1] === b[i] && same(2, 2));
  }

  // What many speakers do not tell apart becomes one.
  const sound = (key) => key.replace(/^tr/, "ch").replace(/^x/, "s").replace(/^(gi|r)(?=[aeiou])/, "d").replace(/^n(?![gh])/, "l")
    .replace(/n[gh]$/, "n").replace(/ch?$/, "t");

  // Raw Telex keys: no Vietnamese syllable has w, or s f r x j after its first vowel.
  const telex = (key) => fold(key.replace(/^dd/, "d").replace(/([aou])w/g, "$1").replace(/w/g, "u").replace(/([aeo])\1/g, "$1")
    .replace(/([aeiouy])(.*)/, (all, vowel, rest) => vowel + rest.replace(/[sfrxj]/g, "")));

  function lookup(terms, key, open) {
    const found = new Map();
    if (open) terms.forEach((term) => { if (term.key.startsWith(key)) found.set(term, PART); });
    if (terms.has(key)) found.set(terms.get(key), 1);
    return found;
  }

  function match(terms, key, open) {
    let found = lookup(terms, key, open);
    // Never guess a number: a wrong code must not lead to another procedure.
    if (found.size || /\d/.test(key) || key.length < 3) return found;
    found = lookup(terms, telex(key), open);
    if (found.size) return found;
    const heard = sound(key);
    terms.forEach((term) => {
      term.sound = term.sound || sound(term.key);
      if (term.sound === heard || near(key, term.key)) found.set(term, GUESS);
    });
    return found;
  }

  function query(index, text, limit = 8) {
    const { docs, terms, fields, fieldAt } = index;
    // The national portal also writes 1.001193.000.00.00.H40. A pasted paragraph is cut.
    const words = tokens(text).map((word) => word.replace(/^(\d\.\d{6})\..*/, "$1")).slice(0, 24)
      .reduce((list, word) => {
        // "CT 01" is written CT01 in the data.
        const last = list.length - 1, joined = list[last] + word;
        return /^\d/.test(word) && terms.has(bare(joined)) ? list.slice(0, last).concat(joined) : list.concat(word);
      }, []);
    const keys = words.map(bare), marks = words.map(marked), plain = marks.join() === keys.join();
    const numbers = (like) => new Float64Array(like.length);
    const sum = numbers(docs), covered = numbers(docs), held = numbers(fields);
    const best = numbers(docs), part = numbers(docs), kept = numbers(fields);
    let before = new Float32Array(fieldAt.length), here = new Float32Array(fieldAt.length), total = 0;

    keys.forEach((key, i) => {
      const open = i === keys.length - 1, stem = toneless(words[i]), found = match(terms, key, open);
      const asking = [key, key + " " + keys[i + 1], keys[i - 1] + " " + key].some((part) => ASKING.has(part));
      let spread = 0;
      found.forEach((quality, term) => { spread += term.docs; });
      const worth = (asking ? LIGHT : 1) * rarity(spread || 1, docs.length);
      total += worth;
      [here, best, part, kept].forEach((list) => list.fill(0));
      found.forEach((quality, term) => term.words.forEach(({ mark, places }) => {
        const share = worth * quality * (plain || mark === marks[i] ? 1 : open && mark.startsWith(stem) ? HALF_MARKS : OTHER_MARKS);
        for (const place of places) {
          const id = fieldAt[place], { doc, weight } = fields[id], beside = before[place - 1];
          const score = weight * (beside ? share + NEXT_TO * (beside + share) : share);
          here[place] = share;
          if (share > kept[id]) { held[id] += share - kept[id]; kept[id] = share; }
          if (share > part[doc]) { covered[doc] += share - part[doc]; part[doc] = share; }
          if (score > best[doc]) { sum[doc] += score - best[doc]; best[doc] = score; }
        }
      }));
      [before, here] = [here, before];
    });

    const whole = numbers(docs), named = numbers(docs), shown = [];
    fields.forEach(({ doc, weight, alias, size }, id) => {
      const share = held[id];
      if (!share) return;
      const like = Math.min(1, share * share / (size * total));
      whole[doc] = Math.max(whole[doc], like * weight / TITLE);
      // An alias is worth showing only when it explains more of the query than the title.
      const tells = weight === TITLE ? share * (1 + 0.1 * (alias ? like : 1)) : 0;
      if (tells > named[doc]) { named[doc] = tells; shown[doc] = alias; }
    });

    const hits = [];
    docs.forEach((doc, id) => {
      const cover = covered[id] / total, kind = doc.p === "page" ? 0.8 : doc.p === "event" ? 0.85 : 1;
      if (cover >= COVER) hits.push({ doc, alias: shown[id] || null, score: sum[id] * cover * cover * (1 + WHOLE * whole[id]) * kind });
    });
    hits.sort((a, b) => b.score - a.score);
    return hits.filter((hit) => hit.score >= KEEP * hits[0].score).slice(0, limit);
  }

  const api = { fold, tokens, build, query };
  if (typeof module === "object" && module.exports) module.exports = api;
  if (typeof window === "object") window.NiemYetSearch = api;
})();
