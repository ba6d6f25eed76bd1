// Keeps what a citizen opened for when there is no network. Pages come from the network first; a
// page that comes from this device says from which day it is. The frame (styles, scripts, fonts,
// search) is kept as one whole per version, so that versions never mix.
"use strict";

const VERSION = "[[version]]";
const FRAME = [[frame]];
const LANGUAGES = [[languages]];
const ZONE = [[zone]];
const WAIT = 3000;
const MOST_PAGES = 200;
const AT_ONCE = 6;
const SCOPE = self.registration.scope;
const OURS = `niemyet ${SCOPE} `;
const PAGES = `${OURS}${VERSION} pages`;
const PARTS = `${OURS}${VERSION} frame`;
const LIST = `${SCOPE}assets/offline.json`;
const SAVED = "X-Niemyet-Saved";

// How the page of each window came; empty again whenever the browser has put this script to sleep.
const served = new Map();

self.addEventListener("install", (event) => event.waitUntil(install()));
self.addEventListener("activate", (event) => event.waitUntil(activate()));
self.addEventListener("fetch", (event) => {
  const request = event.request;
  if (request.method !== "GET" || !request.url.startsWith(SCOPE) || request.headers.has("range"))
    return;
  if (request.mode === "navigate") event.respondWith(page(event));
  else if (["script", "style", "font", "image"].includes(request.destination))
    event.respondWith(part(event));
});
self.addEventListener("message", (event) => {
  const answer = (value) => {
    if (event.ports[0]) event.ports[0].postMessage(value);
  };
  const work = {
    opened: () => opened(event.source.url),
    state,
    save: () => saveAll(answer, event.data.isOnce),
    forget,
  }[event.data.type];
  if (work)
    event.waitUntil(
      work().then(
        (value) => answer({ done: true, value }),
        () => answer({ failed: true }),
      ),
    );
});

async function install() {
  const parts = await caches.open(PARTS);
  await each(FRAME, (path) => keep(parts, SCOPE + path, true));
  await carryOver();
  await self.skipWaiting();
}

async function activate() {
  const others = (await caches.keys()).filter(
    (name) => name.startsWith(OURS) && name !== PAGES && name !== PARTS,
  );
  await Promise.all(others.map((name) => caches.delete(name)));
  await self.clients.claim();
}

// What the version before had kept is asked for again, unless the lists of both versions say that
// it is the same.
async function carryOver() {
  const pages = await caches.open(PAGES);
  for (const name of (await caches.keys()).filter(
    (key) => key.startsWith(OURS) && key.endsWith(" pages") && key !== PAGES,
  )) {
    const before = await caches.open(name);
    const oldList = await before.match(LIST);
    const list = oldList && (await fetchList());
    const now = list ? keysOf(list) : new Map();
    const then = oldList ? keysOf(await oldList.json()) : now;
    const opened = (await before.keys())
      .map((request) => request.url)
      .filter((url) => url !== LIST);
    await each(new Set([...opened, ...now.keys()]), async (url) => {
      const saved = then.get(url) && then.get(url) === now.get(url) && (await before.match(url));
      if (saved) await pages.put(url, await stamped(saved, new Date()));
      else await keep(pages, url, false);
    });
    if (list) await pages.put(LIST, new Response(JSON.stringify(list)));
  }
}

async function page(event) {
  const url = bare(event.request.url);
  const saved = await find(url);
  const asked = ask(event.request);
  try {
    const response = await (saved ? soon(asked) : asked);
    if (saved && response.status >= 500) throw new Error(response.status);
    served.set(event.resultingClientId, "fresh");
    event.waitUntil(remember(url, response.clone()));
    return response;
  } catch {
    served.set(event.resultingClientId, "saved");
    event.waitUntil(late(asked, url, event.resultingClientId));
    if (saved) return dated(saved);
    const lang = LANGUAGES.find((id) => url.startsWith(`${SCOPE}${id}/`));
    const home = lang ? `${SCOPE}${lang}/` : SCOPE;
    const to = encodeURIComponent(event.request.url.slice(SCOPE.length));
    return Response.redirect(`${home}khong-co-mang/?to=${to}`);
  }
}

async function part(event) {
  const url = event.request.url;
  const saved = await find(url);
  const how = served.get(event.clientId);
  if (saved && how === "saved") return saved;
  try {
    const asked = ask(event.request);
    const response = await (saved ? soon(asked) : asked);
    if (saved && response.status >= 500) throw new Error(response.status);
    if (event.request.destination === "image" && !FRAME.includes(url.slice(SCOPE.length)))
      event.waitUntil(remember(url, response.clone()));
    return response.status === 200 ? fresh(response) : response;
  } catch {
    if (!saved) return Response.error();
    // A script may hold amounts too (the search does), so the page has to say from which day.
    const client =
      event.request.destination === "script" && (await self.clients.get(event.clientId));
    if (client) client.postMessage({ saved: saved.headers.get(SAVED) });
    return saved;
  }
}

// No cookies go out, and the browser's own store is asked to look again. A site behind a password
// is left to the browser.
async function ask(request) {
  const response = await fetch(new Request(request, { cache: "no-cache", credentials: "omit" }));
  return response.status === 401 ? fetch(request) : response;
}

// Left to itself a browser shows a style sheet again that it has in memory, next to a page of
// another version.
function fresh(response) {
  const headers = new Headers(response.headers);
  headers.set("Cache-Control", "no-cache");
  return new Response(response.body, { status: 200, headers });
}

function soon(promise) {
  return Promise.race([
    promise,
    new Promise((_, reject) => {
      setTimeout(() => reject(new Error("slow")), WAIT);
    }),
  ]);
}

async function late(asked, url, id) {
  const response = await asked.catch(() => null);
  if (!response || !response.ok) return;
  await remember(url, response);
  const client = await self.clients.get(id);
  if (client) client.postMessage({ isNew: true });
}

async function remember(url, response) {
  const pages = await caches.open(PAGES);
  if (response.status === 404 || response.status === 410)
    await pages.delete(url, { ignoreVary: true });
  if (!isWhole(response)) return;
  await pages.put(url, await stamped(response));
  const kept = await pages.keys();
  if (kept.length > MOST_PAGES && !(await pages.match(LIST)))
    await Promise.all(kept.slice(0, kept.length - MOST_PAGES).map((key) => pages.delete(key)));
}

function isWhole(response) {
  return response.status === 200 && response.type === "basic" && !response.redirected;
}

async function keep(cache, url, isNeeded) {
  const response = await fetch(url, { cache: "no-cache", credentials: "omit" });
  if (isWhole(response)) await cache.put(url, await stamped(response));
  else if (isNeeded || (response.status !== 404 && response.status !== 410))
    throw new Error(`${url} ${response.status}`);
}

// The day is the server's where it tells it: clocks of phones are wrong more often.
async function stamped(response, day) {
  const headers = new Headers(response.headers);
  const told = new Date(headers.get("Date") || NaN);
  headers.set(SAVED, (day || (Number.isNaN(told.getTime()) ? new Date() : told)).toISOString());
  headers.set("Cache-Control", "no-cache");
  ["Content-Encoding", "Content-Length", "Set-Cookie"].forEach((name) => headers.delete(name));
  return new Response(await response.blob(), { status: 200, headers });
}

async function dated(saved) {
  if (!/^text\/html/.test(saved.headers.get("Content-Type") || "")) return saved;
  const html = await saved.text();
  const lang = (/<html lang="([a-z]+)"/.exec(html) || [])[1];
  const told = html.replace(
    /(<div class="ny-saved"[^>]*data-saved="([^"]*)"[^>]*>)/,
    (tag, start, text) => start + text.replace("{date}", dayOf(saved.headers.get(SAVED), lang)),
  );
  return new Response(told, { status: 200, headers: saved.headers });
}

function dayOf(iso, lang) {
  const parts = {};
  new Intl.DateTimeFormat("en-GB", {
    timeZone: ZONE,
    day: "2-digit",
    month: "2-digit",
    year: "numeric",
  })
    .formatToParts(new Date(iso))
    .forEach((piece) => {
      parts[piece.type] = piece.value;
    });
  if (lang === "vi") return `${parts.day}/${parts.month}/${parts.year}`;
  return new Intl.DateTimeFormat(`${lang}-GB`, {
    timeZone: ZONE,
    day: "numeric",
    month: "long",
    year: "numeric",
  }).format(new Date(iso));
}

async function find(url) {
  // Codes on paper are in capitals; one of the two spellings is enough to keep.
  const small = url.startsWith(`${SCOPE}Q/`) ? SCOPE + url.slice(SCOPE.length).toLowerCase() : url;
  for (const name of [PAGES, PARTS]) {
    const saved = await (await caches.open(name)).match(small, { ignoreVary: true });
    if (saved) return saved;
  }
  return undefined;
}

function bare(url) {
  const address = new URL(url);
  return address.origin + address.pathname.replace(/\/index\.html$/, "/");
}

async function each(items, work) {
  const waiting = [...items];
  await Promise.all(
    Array.from({ length: AT_ONCE }, async () => {
      while (waiting.length) await work(waiting.shift());
    }),
  );
}

async function fetchList() {
  const response = await fetch(LIST, { cache: "no-cache", credentials: "omit" });
  if (!response.ok) throw new Error(LIST);
  return response.json();
}

function keysOf(list) {
  return new Map(list.files.map(([path, , key]) => [SCOPE + path, key]));
}

// The first page a citizen opened came before this script was there.
async function opened(url) {
  if (url.startsWith(SCOPE)) await keep(await caches.open(PAGES), bare(url), false);
}

async function saveAll(answer, isOnce) {
  const pages = await caches.open(PAGES);
  if (isOnce && (await pages.match(LIST))) return state();
  const list = await fetchList();
  const all = list.files.length;
  let done = 0;
  await each(keysOf(list).keys(), async (url) => {
    await keep(pages, url, false);
    done += 1;
    if (done % 10 === 0 || done === all) answer({ progress: done, all });
  });
  await pages.put(LIST, new Response(JSON.stringify(list)));
  return state();
}

async function state() {
  const pages = await caches.open(PAGES);
  const isAll = Boolean(await pages.match(LIST));
  const found = [];
  for (const request of (await pages.keys()).reverse().slice(0, isAll ? 0 : 60)) {
    const saved = await pages.match(request);
    const html = /^text\/html/.test(saved.headers.get("Content-Type") || "")
      ? await saved.text()
      : "";
    const title = /<title>([^<]*) · [^<]*<\/title>/.exec(html);
    const lang = (/<html lang="([a-z]+)"/.exec(html) || [])[1];
    if (title && !html.includes("data-ny-keep"))
      found.push({
        url: request.url,
        title: title[1],
        day: dayOf(saved.headers.get(SAVED), lang),
        lang,
      });
  }
  return { isAll, pages: found };
}

async function forget() {
  await caches.delete(PAGES);
  return state();
}
