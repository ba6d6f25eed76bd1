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

  const CODE = /^\d\.\d{6}$/;

  // The index in stages, so that a slow phone can take breath between them; the last one gives it. Numbers stand in typed arrays,
  // and there is no object for each of many thousand words.
  function stages(docs) {
    const texts = [], fields = [], terms = new Map(), numbers = new Map(), words = [], list = [];
    let length, fieldAt, wordAt, termOf;

    function add(doc, text, weight, alias) {
      if (!text) return;
      texts.push(text);
      fields.push({ doc, weight, alias });
    }

    function collect() {
      docs.forEach((doc, id) => {
        add(id, doc.t, TITLE);
        (doc.a || []).forEach((alias) => add(id, alias, TITLE, alias));
        add(id, doc.n, 3);
        add(id, doc.k, 1);
        [doc.c].concat(doc.x).forEach((code) => add(id, code, 10));
      });
    }

    // One long text is read several times faster than thousands of short ones. A place is the number of a word in all texts.
    // Each text ends in a place without a word (number 0), so neighbours are always in one text.
    function number() {
      const read = clean(texts.join("\0") + "\0").match(WORD_OR_END);
      length = read.length;
      fieldAt = new Int32Array(length + 1);
      wordAt = new Int32Array(length + 1);
      for (let i = 0, id = 0; i < length; i += 1) {
        const text = read[i];
        fieldAt[i + 1] = id;
        if (text === "\0") { id += 1; continue; }
        let found = numbers.get(text);
        if (found === undefined) numbers.set(text, found = numbers.size + 1);
        wordAt[i + 1] = found;
      }
    }

    // A code is also known without its dot, and without its first digit.
    function group() {
      termOf = new Int32Array(numbers.size + 1);
      numbers.forEach((id, text) => {
        const key = bare(text);
        let term = terms.get(key);
        if (!term) {
          list.push(term = { key, words: [], docs: 0, id: list.length + 1 });
          terms.set(key, term);
          if (CODE.test(key)) terms.set(key.replace(".", ""), term).set(key.slice(2), term);
        }
        termOf[id] = term.id;
        term.words.push(words[id] = { text, mark: "", places: null });
      });
    }

    // The places of every word lie side by side in one array. How much a field says in all is the rarity of its words.
    function place() {
      const ends = new Int32Array(numbers.size + 2), last = new Int32Array(list.length + 1).fill(-1), spread = new Int32Array(list.length + 1);
      const docOf = Int32Array.from(fields, ({ doc }) => doc), places = new Int32Array(length);
      for (let at = 1; at <= length; at += 1) {
        const id = wordAt[at], term = termOf[id], doc = docOf[fieldAt[at]];
        ends[id + 1] += 1;
        if (last[term] !== doc) { last[term] = doc; spread[term] += 1; }
      }
      for (let id = 1; id < ends.length; id += 1) ends[id] += ends[id - 1];
      const rare = new Float64Array(words.length), sizes = new Float64Array(fields.length), next = ends.slice();
      list.forEach((term) => { term.docs = spread[term.id]; });
      for (let id = 1; id < words.length; id += 1) {
        rare[id] = rarity(spread[termOf[id]], docs.length);
        words[id].places = places.subarray(ends[id], ends[id + 1]);
      }
      for (let at = 1; at <= length; at += 1) {
        const id = wordAt[at];
        places[next[id]++] = at;
        sizes[fieldAt[at]] += rare[id];
      }
      return { docs, terms, fields, fieldAt, sizes };
    }

    return [collect, number, group, place];
  }

  const build = (docs) => stages(docs).reduce((before, stage) => stage(), null);

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
    if (open) terms.forEach((term, known) => { if (known.startsWith(key)) found.set(term, PART); });
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
    const { docs, terms, fields, fieldAt, sizes } = index;
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
      found.forEach((quality, term) => term.words.forEach((word) => {
        const { places } = word, mark = plain ? "" : word.mark = word.mark || marked(word.text);
        const share = worth * quality * (plain || mark === marks[i] ? 1 : open && mark.startsWith(stem) ? HALF_MARKS : OTHER_MARKS);
        for (let at = 0; at < places.length; at += 1) {
          const place = places[at], id = fieldAt[place], { doc, weight } = fields[id], beside = before[place - 1];
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
    fields.forEach((field, id) => {
      const share = held[id], { doc, weight, alias } = field;
      if (!share) return;
      const like = Math.min(1, share * share / (sizes[id] * total));
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

  const api = { fold, tokens, stages, build, query };
  if (typeof module === "object" && module.exports) module.exports = api;
  if (typeof window === "object") window.NiemYetSearch = api;
})();
