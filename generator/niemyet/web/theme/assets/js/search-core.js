// SPDX-License-Identifier: MIT
// Search over short titles and popular names, made for Vietnamese syllables. Pure: no DOM, no
// state.
(() => {
  "use strict";

  // Shares of a full match: asking word, half-typed word, other marks than typed, guessed word.
  // Then: bonus for neighbours, bonus for a field matched as a whole, least share of the query a
  // result covers, least share of the best score it reaches.
  const LIGHT = 0.15;
  const PART = 0.8;
  const HALF_MARKS = 0.9;
  const OTHER_MARKS = 0.65;
  const GUESS = 0.6;
  const NEXT_TO = 0.6;
  const WHOLE = 1.5;
  const COVER = 0.3;
  const KEEP = 0.2;
  // What a word weighs in each group of the index: titles and popular names, official name, sector,
  // codes.
  const TITLE = 6;
  const WEIGHTS = [TITLE, 3, 1, 10];

  // Words in letters of any script; and the same for texts in Latin letters alone, which a phone
  // can compile and run far faster.
  const ANY = "[\\p{L}\\p{M}\\p{N}]+";
  const LATIN = "[\\dA-Za-zªµº²³¹¼-¾À-ÖØ-öø-\u024f\u0300-\u036f\u1e00-\u1eff]+";
  const patterns = (part, flags) =>
    ["", "| "].map((end) => new RegExp(`(${part}(?:\\.${part})*${end})`, flags));
  const OF_ANY = patterns(ANY, "gu");
  const OF_LATIN = patterns(LATIN, "g");
  const BEYOND = /[^\0-\u024f\u0300-\u036f\u1e00-\u1eff\u2000-\u206f\u20a0-\u20bf]/;
  const pattern = (text, end = 0) => (BEYOND.test(text) ? OF_ANY : OF_LATIN)[end];
  const TONE = /[\u0300\u0301\u0303\u0309\u0323]/g;
  const OPEN_Y = /\b(h|k|l|m|s|t|qu|v)y\b/g;

  // 1,001193 is a code typed in a hurry; soft hyphens and zero-width marks come with pasted text.
  const clean = (text) =>
    String(text)
      .normalize("NFC")
      .toLowerCase()
      .replace(/[\u00ad\u200b-\u200f\ufeff]/g, "")
      .replace(/(\d),(?=\d)/g, "$1.");

  const bare = (word) =>
    word
      .normalize("NFD")
      .replace(/[\u0300-\u036f]/g, "")
      .replace(/đ/g, "d")
      .replace(OPEN_Y, "$1i");
  const fold = (text) => bare(clean(text));
  const cut = (text, end) => text.match(pattern(text, end)) || [];
  const tokens = (text) => cut(clean(text));
  // A text in pieces; every other one is a word.
  const pieces = (text) => text.split(pattern(text));

  // The tone goes to the end, so that hoà equals hòa, and ký equals kí.
  const toneless = (word) => word.normalize("NFD").replace(TONE, "").replace(OPEN_Y, "$1i");
  const marked = (word) => toneless(word) + (word.normalize("NFD").match(TONE) || "");

  // Words that ask rather than name, folded. In a pair where one syllable alone may name something
  // (hồ sơ, but hộ, sổ).
  const ASKING = new Set(
    (
      "lam,gi,cho,cua,giay,xin,mua,muon,de,o,dau,phai,co,khong,duoc,nao,khi,ve,va,la,thi,minh," +
      "toi,nhu,mau,bao nhieu,bao lau,mat bao,dang ki,thu tuc,ho so,le phi,giay to,the nao,can gi," +
      "can nhung,co can,how,what,where,get,need,want,is,of,for"
    ).split(","),
  );

  const rarity = (spread, all) => Math.log(1 + all / Math.min(spread, all)) / Math.log(1 + all);

  const CODE = /^\d\.\d{6}$/;

  // The index has every word once, and texts as one character for each of their words
  // (search_index.py); "!" ends a text, "#" a group.
  const END_OF_TEXT = 0x21;
  const END_OF_GROUP = 0x23;
  const KINDS = { p: ["procedure", 1], e: ["event", 0.85], o: ["page", 0.8] };

  function numberAt(coded, at) {
    const c = coded.charCodeAt(at);
    return c < 0x5c
      ? c - 0x3d
      : c < 0xa1
        ? c - 0x3e
        : c < 0xd800
          ? c - 0x60
          : coded.codePointAt(at) - 0x2860;
  }

  // The results themselves, written out when they are shown.
  function reader(index) {
    const words = index.words.split(" ");
    const urls = index.urls.split(" ");
    const lines = index.lines.split("\n");
    const text = (coded, start = 0, end = coded.length) => {
      const read = [];
      for (let i = start; i < end; i += coded.charCodeAt(i) < 0xd800 ? 1 : 2)
        read.push(words[numberAt(coded, i)]);
      return read.join(" ");
    };
    const doc = (id) => {
      const [names, , , codes] = index.texts[id].split("#").map((group) => group.split("!"));
      return {
        id,
        t: text(names[0]),
        c: text(codes[0]),
        u: urls[id],
        m: lines[id],
        p: KINDS[index.kinds[id]][0],
      };
    };
    const events = () =>
      Array.from(index.kinds).flatMap((kind, id) => (kind === "e" ? [doc(id)] : []));
    return { texts: index.texts, kinds: index.kinds, words: index.words, text, doc, events };
  }

  // The index in stages, so that a slow phone can take breath between them; the last one gives it.
  function stages(read) {
    const { texts } = read;
    const terms = new Map();
    const words = [];
    const list = [];
    const numbers = new Map();
    const starts = [0];
    const parts = [];
    const fields = [];
    let termOf;

    // One long text is read several times faster than thousands of short ones. A written word may
    // hold no word, or several.
    function spell() {
      cut(clean(`${read.words} `), 1).forEach((word) => {
        if (word === " ") {
          starts.push(parts.length);
          return;
        }
        let number = numbers.get(word);
        if (number === undefined) {
          number = numbers.size + 1;
          numbers.set(word, number);
        }
        parts.push(number);
      });
    }

    // A code is also known without its dot, and without its first digit.
    function group() {
      const spelled = Array.from(numbers.keys());
      const keys = bare(spelled.join(" ")).split(" ");
      termOf = new Int32Array(spelled.length + 1);
      keys.forEach((key, i) => {
        let term = terms.get(key);
        if (!term) {
          term = { key, words: [], docs: 0, id: list.length + 1 };
          list.push(term);
          terms.set(key, term);
          if (CODE.test(key)) terms.set(key.replace(".", ""), term).set(key.slice(2), term);
        }
        termOf[i + 1] = term.id;
        words[i + 1] = { text: spelled[i], mark: "", id: i + 1 };
        term.words.push(words[i + 1]);
      });
    }

    // A place is the number of a word in all texts. Each text ends in a place without a word
    // (number 0), so neighbours are in one text. From the last place of a word each leads to the
    // one before.
    function collect() {
      let most = 1;
      let room = 1;
      let length = 1;
      for (let i = 1; i < starts.length; i += 1) most = Math.max(most, starts[i] - starts[i - 1]);
      texts.forEach((coded) => {
        room += coded.length + 1;
      });
      const places = () => new Int32Array(room * most);
      const fieldAt = places();
      const wordAt = places();
      const earlier = places();
      const last = new Int32Array(words.length);
      const seen = new Int32Array(list.length + 1).fill(-1);
      const spread = new Int32Array(list.length + 1);
      for (let doc = 0; doc < texts.length; doc += 1) {
        const coded = texts[doc];
        for (let at = 0, start = 0, from = length, group = 0; at <= coded.length; at += 1) {
          const c = at < coded.length ? coded.charCodeAt(at) : END_OF_GROUP;
          if (c === END_OF_TEXT || c === END_OF_GROUP) {
            if (at > start) fields.push({ doc, weight: WEIGHTS[group], start, end: at, from });
            start = at + 1;
            from = length += 1;
            if (c === END_OF_GROUP) group += 1;
          } else {
            const number = numberAt(coded, at);
            const next = starts[number + 1];
            for (let i = starts[number]; i < next; i += 1) {
              const word = parts[i];
              const term = termOf[word];
              fieldAt[length] = fields.length;
              wordAt[length] = word;
              earlier[length] = last[word];
              last[word] = length;
              if (seen[term] !== doc) {
                seen[term] = doc;
                spread[term] += 1;
              }
              length += 1;
            }
            if (c >= 0xd800) at += 1;
          }
        }
      }
      list.forEach((term) => {
        term.docs = spread[term.id];
      });
      const rare = (word) => rarity(spread[termOf[word]], texts.length);
      return {
        read,
        terms,
        fields,
        fieldAt,
        wordAt,
        earlier,
        last,
        length,
        rare,
        sizes: new Float64Array(fields.length),
      };
    }

    return [spell, group, collect];
  }

  const build = (index) => stages(reader(index)).reduce((before, stage) => stage(), null);

  // At most one letter added, lost, changed, or two swapped.
  function near(a, b) {
    if (Math.abs(a.length - b.length) > 1) return false;
    let i = 0;
    while (i < a.length && a[i] === b[i]) i += 1;
    const same = (x, y) => a.slice(i + x) === b.slice(i + y);
    return (
      same(1, 1) ||
      same(1, 0) ||
      same(0, 1) ||
      (a[i] === b[i + 1] && a[i + 1] === b[i] && same(2, 2))
    );
  }

  // What many speakers do not tell apart becomes one.
  const sound = (key) =>
    key
      .replace(/^tr/, "ch")
      .replace(/^x/, "s")
      .replace(/^(gi|r)(?=[aeiou])/, "d")
      .replace(/^n(?![gh])/, "l")
      .replace(/n[gh]$/, "n")
      .replace(/ch?$/, "t");

  // Raw Telex keys: no Vietnamese syllable has w, or s f r x j after its first vowel.
  const telex = (key) =>
    fold(
      key
        .replace(/^dd/, "d")
        .replace(/([aou])w/g, "$1")
        .replace(/w/g, "u")
        .replace(/([aeo])\1/g, "$1")
        .replace(/([aeiouy])(.*)/, (all, vowel, rest) => vowel + rest.replace(/[sfrxj]/g, "")),
    );

  function lookup(terms, key, open) {
    const found = new Map();
    if (open)
      terms.forEach((term, known) => {
        if (known.startsWith(key)) found.set(term, PART);
      });
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

  // How much a field says in all: the rarity of its words.
  function size(index, id) {
    const { sizes, wordAt, rare } = index;
    if (!sizes[id])
      for (let at = index.fields[id].from; wordAt[at]; at += 1) sizes[id] += rare(wordAt[at]);
    return sizes[id];
  }

  function query(index, text, limit = 8) {
    const { read, terms, fields, fieldAt, earlier, last } = index;
    const { texts } = read;
    // The national portal also writes 1.001193.000.00.00.H40. A pasted paragraph is cut.
    const words = tokens(text)
      .map((word) => word.replace(/^(\d\.\d{6})\..*/, "$1"))
      .slice(0, 24)
      .reduce((list, word) => {
        // "CT 01" is written CT01 in the data.
        const last = list.length - 1;
        const joined = list[last] + word;
        return /^\d/.test(word) && terms.has(bare(joined))
          ? list.slice(0, last).concat(joined)
          : list.concat(word);
      }, []);
    const keys = words.map(bare);
    const marks = words.map(marked);
    const plain = marks.join() === keys.join();
    const numbers = (like) => new Float64Array(like.length);
    const sum = numbers(texts);
    const covered = numbers(texts);
    const held = numbers(fields);
    const best = numbers(texts);
    const part = numbers(texts);
    const kept = numbers(fields);
    let before = new Float32Array(index.length);
    let here = new Float32Array(index.length);
    let total = 0;

    keys.forEach((key, i) => {
      const open = i === keys.length - 1;
      const stem = toneless(words[i]);
      const found = match(terms, key, open);
      const asking = [key, `${key} ${keys[i + 1]}`, `${keys[i - 1]} ${key}`].some((part) =>
        ASKING.has(part),
      );
      let spread = 0;
      found.forEach((quality, term) => {
        spread += term.docs;
      });
      const worth = (asking ? LIGHT : 1) * rarity(spread || 1, texts.length);
      total += worth;
      [here, best, part, kept].forEach((list) => list.fill(0));
      found.forEach((quality, term) =>
        term.words.forEach((word) => {
          if (!plain && !word.mark) word.mark = marked(word.text);
          const mark = plain ? "" : word.mark;
          const share =
            worth *
            quality *
            (plain || mark === marks[i]
              ? 1
              : open && mark.startsWith(stem)
                ? HALF_MARKS
                : OTHER_MARKS);
          for (let place = last[word.id]; place; place = earlier[place]) {
            const id = fieldAt[place];
            const { doc, weight } = fields[id];
            const beside = before[place - 1];
            const score = weight * (beside ? share + NEXT_TO * (beside + share) : share);
            here[place] = share;
            if (share > kept[id]) {
              held[id] += share - kept[id];
              kept[id] = share;
            }
            if (share > part[doc]) {
              covered[doc] += share - part[doc];
              part[doc] = share;
            }
            if (score > best[doc]) {
              sum[doc] += score - best[doc];
              best[doc] = score;
            }
          }
        }),
      );
      [before, here] = [here, before];
    });

    const whole = numbers(texts);
    const named = numbers(texts);
    const shown = [];
    fields.forEach((field, id) => {
      const share = held[id];
      const { doc, weight, start } = field;
      const isAlias = weight === TITLE && start > 0;
      if (!share) return;
      const like = Math.min(1, (share * share) / (size(index, id) * total));
      whole[doc] = Math.max(whole[doc], (like * weight) / TITLE);
      // An alias is worth showing only when it explains more of the query than the title.
      const tells = weight === TITLE ? share * (1 + 0.1 * (isAlias ? like : 1)) : 0;
      if (tells > named[doc]) {
        named[doc] = tells;
        shown[doc] = isAlias ? field : null;
      }
    });

    const hits = [];
    texts.forEach((coded, id) => {
      const cover = covered[id] / total;
      const [, kind] = KINDS[read.kinds[id]];
      if (cover >= COVER)
        hits.push({ id, score: sum[id] * cover * cover * (1 + WHOLE * whole[id]) * kind });
    });
    hits.sort((a, b) => b.score - a.score);
    return hits
      .filter((hit) => hit.score >= KEEP * hits[0].score)
      .slice(0, limit)
      .map(({ id, score }) => {
        const alias = shown[id] && read.text(texts[id], shown[id].start, shown[id].end);
        return { doc: read.doc(id), alias: alias || null, score };
      });
  }

  const api = { fold, tokens, pieces, reader, stages, build, query };
  if (typeof module === "object" && module.exports) module.exports = api;
  if (typeof window === "object") window.NiemYetSearch = api;
})();
