// @ts-check
/**
 * The service worker: keeps one version of the site's pages, whole, and serves all of it or nothing.
 *
 * The build lists here the files of this version. A new version is fetched beside the old one, each file is compared
 * with its digest, and it takes over when a page is reloaded and no other page of the old version is open.
 */
/**
 * What is used of a service worker's scope: its types and those of pages exclude each other.
 * @typedef {Event & { request: Request, respondWith: (response: Promise<Response>) => void }} FetchEvent
 * @typedef {{ registration: ServiceWorkerRegistration, clients: { matchAll: (options: object) => Promise<{ url: string }[]> }, skipWaiting: () => void,
 *   addEventListener: (kind: string, listener: (event: any) => void) => void }} Scope
 */
const worker = /** @type {Scope} */ (/** @type {unknown} */ (self));

/** The SHA-256 of each file. @type {Record<string, string>} */
const FILES = {};

const { scope } = worker.registration;
/** All sites of an origin share its caches: the names of ours begin with our address. */
const PREFIX = `gradient-flow ${scope} `;
/** This version's cache, whose name changes with every file. */
const cached = digest(new TextEncoder().encode(JSON.stringify(FILES))).then((version) => caches.open(PREFIX + version).then((cache) => ({ cache, name: PREFIX + version })));

/** @param {BufferSource} bytes */
async function digest(bytes) {
  return Array.from(new Uint8Array(await crypto.subtle.digest('SHA-256', bytes)), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** The response for a file of this version. @param {string} name */
async function fetchVersioned(name) {
  // What the browser's HTTP cache holds may be of another version: if so, ask again without it.
  for (const cache of /** @type {const} */ (['default', 'reload'])) {
    const response = await fetch(new URL(name, scope), { cache });
    if (/no-store/.test(response.headers.get('Cache-Control') ?? '')) throw new Error('This site does not allow offline copies.');
    if (response.ok && (await digest(await response.clone().arrayBuffer())) === FILES[name]) return response;
  }
  throw new Error(`${name} is not of this version.`);
}

async function install() {
  const { cache } = await cached;
  await Promise.all(Object.keys(FILES).map(async (name) => cache.put(new URL(name, scope), await fetchVersioned(name))));
}

async function deleteOldVersions() {
  const { name } = await cached;
  const old = (await caches.keys()).filter((key) => key.startsWith(PREFIX) && key !== name);
  await Promise.all(old.map((key) => caches.delete(key)));
}

/** @param {Request} request @param {string} name */
async function serve(request, name) {
  const { cache } = await cached;
  return (await cache.match(new URL(name, scope))) ?? fetch(request);
}

/** A reloaded page asks for this version. Another open page of the old version must keep its files. */
async function takeOver() {
  const windows = await worker.clients.matchAll({ includeUncontrolled: true });
  if (windows.filter(({ url }) => url.startsWith(scope)).length < 2) worker.skipWaiting();
}

worker.addEventListener('install', (event) => event.waitUntil(install()));
worker.addEventListener('activate', (event) => event.waitUntil(deleteOldVersions()));
worker.addEventListener('message', ({ data }) => {
  if (data === 'take over') takeOver();
});
worker.addEventListener('fetch', (/** @type {FetchEvent} */ event) => {
  const { origin, pathname } = new URL(event.request.url);
  const address = origin + pathname;
  if (event.request.method !== 'GET' || !address.startsWith(scope)) return;
  const name = address.slice(scope.length) || 'index.html';
  if (name in FILES) event.respondWith(serve(event.request, name));
});
