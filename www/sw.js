// @ts-check
/**
 * Without a network: keeps one version of the site's pages, whole, and serves all of it or nothing.
 *
 * The build writes here what belongs to this version. A new version is fetched beside the old one, each file
 * compared with its digest, and takes over when a page is loaded anew and no other of the old one is open.
 */
/**
 * What we need of a service worker's scope, whose types do not go with those of pages.
 * @typedef {Event & { request: Request, respondWith: (response: Promise<Response>) => void }} Fetch
 * @typedef {{ registration: ServiceWorkerRegistration, clients: { matchAll: (options: object) => Promise<{ url: string }[]> }, skipWaiting: () => void,
 *   addEventListener: (kind: string, hear: (event: any) => void) => void }} Scope
 */
const worker = /** @type {Scope} */ (/** @type {unknown} */ (self));

/** Each file with its SHA-256. @type {Record<string, string>} */
const FILES = {};

const { scope } = worker.registration;
/** All sites of an origin share its caches: ours begin with our address. */
const OURS = `gradient-flow ${scope} `;
/** A name that changes with every file. */
const cached = digest(new TextEncoder().encode(JSON.stringify(FILES))).then((version) => caches.open(OURS + version).then((cache) => ({ cache, name: OURS + version })));

/** @param {BufferSource} bytes */
async function digest(bytes) {
  return Array.from(new Uint8Array(await crypto.subtle.digest('SHA-256', bytes)), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** The response for a file of this version. @param {string} name */
async function take(name) {
  // What the browser holds may be of another version.
  for (const cache of /** @type {const} */ (['default', 'reload'])) {
    const response = await fetch(new URL(name, scope), { cache });
    if (/no-store/.test(response.headers.get('Cache-Control') ?? '')) throw new Error('This host wants nothing to be kept.');
    if (response.ok && (await digest(await response.clone().arrayBuffer())) === FILES[name]) return response;
  }
  throw new Error(`${name} is not of this version.`);
}

async function install() {
  const { cache } = await cached;
  await Promise.all(Object.keys(FILES).map(async (name) => cache.put(new URL(name, scope), await take(name))));
}

async function clean() {
  const { name } = await cached;
  const old = (await caches.keys()).filter((key) => key.startsWith(OURS) && key !== name);
  await Promise.all(old.map((key) => caches.delete(key)));
}

/** @param {Request} request @param {string} name */
async function serve(request, name) {
  const { cache } = await cached;
  return (await cache.match(new URL(name, scope))) ?? fetch(request);
}

/** A page has been loaded anew and asks for the new version: not under the feet of another one of the old. */
async function takeOver() {
  const windows = await worker.clients.matchAll({ includeUncontrolled: true });
  if (windows.filter(({ url }) => url.startsWith(scope)).length < 2) worker.skipWaiting();
}

worker.addEventListener('install', (event) => event.waitUntil(install()));
worker.addEventListener('activate', (event) => event.waitUntil(clean()));
worker.addEventListener('message', ({ data }) => {
  if (data === 'take over') takeOver();
});
worker.addEventListener('fetch', (/** @type {Fetch} */ event) => {
  const { origin, pathname } = new URL(event.request.url);
  const address = origin + pathname;
  if (event.request.method !== 'GET' || !address.startsWith(scope)) return;
  const name = address.slice(scope.length) || 'index.html';
  if (name in FILES) event.respondWith(serve(event.request, name));
});
