/** Once opened, the laboratory works without a network; a new version comes whole or not at all. */
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { cp, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pageTest } from '../browser/site.mjs';
import { ready, step, until } from '../browser/lab.mjs';
import { host } from './hosts.mjs';

const { SITE, SITE_FOLDER, ASSETS } = process.env;

/** A copy of the site in a sub-folder of a host of its own, which can be cut off. */
async function deploy() {
  const root = await mkdtemp(join(tmpdir(), 'gradient-flow-offline-'));
  const folder = join(root, 'courses', 'lab');
  await cp(SITE_FOLDER, folder, { recursive: true });
  const network = { there: true };
  const address = `${await host(root, {}, network)}courses/lab/`;
  return { root, folder, address, network };
}

/**
 * The next version: another name in the bar, in a folder of another name; half of it is a service worker that promises
 * files that are not there.
 */
async function release(folder, name, { half = false } = {}) {
  const next = `assets/release-${name}/`;
  const bar = join(folder, ASSETS, 'joined.js');
  const before = await readFile(bar, 'utf8');
  const after = before.replace(/\['Gradient Flow[^']*'\]/, `['Gradient Flow ${name}']`);
  assert.notEqual(after, before);
  const digests = new Map();
  const sign = (file, text) => digests.set(file, createHash('sha256').update(text).digest('hex'));
  sign(`${next}joined.js`, after);
  if (!half) {
    await writeFile(bar, after);
    await rename(join(folder, ASSETS), join(folder, next));
  }
  for (const page of ['index.html', 'embed.html', 'docs.html', 'learn.html']) {
    const text = (await readFile(join(folder, page), 'utf8')).replaceAll(ASSETS, next);
    sign(page, text);
    if (!half) await writeFile(join(folder, page), text);
  }
  const worker = join(folder, 'sw.js');
  let list = (await readFile(worker, 'utf8')).replaceAll(ASSETS, next);
  for (const [file, digest] of digests) list = list.replace(new RegExp(`'${file}': '\\w+'`), `'${file}': '${digest}'`);
  await writeFile(worker, list);
}

/** Waits until the page's service worker is in this state. */
const state = (page, which) => until(page, async (which) => (await navigator.serviceWorker.getRegistration())?.[which]?.state !== undefined, which);
const kept = async (page) => {
  await state(page, 'active');
  await until(page, async () => (await navigator.serviceWorker.getRegistration())?.active?.state === 'activated');
};
const brand = (page) => page.locator('.brand').textContent();
const versions = (page) => page.evaluate(async () => (await caches.keys()).length);

const first = await deploy();
pageTest('it works without a network, from a sub-folder', { path: `${first.address}#depth=4` }, async (page) => {
  await ready(page);
  await kept(page);
  const { layers } = await step(page, 5);
  first.network.there = false;
  await page.goto('about:blank');
  for (const path of ['#depth=4', 'index.html#depth=4', 'embed.html#depth=4']) {
    await page.goto(first.address + path);
    await ready(page);
    assert.deepEqual((await step(page, 5)).layers, layers, path);
  }
  await page.goto(`${first.address}?again#data=iris&depth=2`);
  await ready(page);
  await page.getByRole('button', { name: 'Share this experiment' }).click();
  await page.getByRole('dialog').waitFor();
  await rm(first.root, { recursive: true });
});

const second = await deploy();
// A calm verdict: trials load their modules when they begin, and a page that is being replaced may not find them any more.
const calm = `${second.address}#activation=relu&init=he_normal&learning-rate=0.04`;
pageTest('a new version takes over on a reload, whole', { path: calm }, async (page) => {
  await ready(page);
  await kept(page);
  await page.reload();
  await ready(page);
  assert.equal(await brand(page), 'Gradient Flow');
  // Not under the feet of another page of the old one.
  const other = await page.context().newPage();
  await other.goto(calm);
  await ready(other);
  await release(second.folder, '2');
  await page.reload();
  await ready(page);
  await until(page, async () => (await navigator.serviceWorker.getRegistration())?.waiting?.state === 'installed');
  await page.reload();
  await ready(page);
  assert.deepEqual([await brand(page), await brand(other)], ['Gradient Flow', 'Gradient Flow']);
  await other.close();
  await page.reload();
  await page.locator('.brand').filter({ hasText: 'Gradient Flow 2' }).waitFor();
  await ready(page);
  await until(page, async () => (await caches.keys()).length === 1);
  second.network.there = false;
  await page.reload();
  await ready(page);
  assert.equal(await brand(page), 'Gradient Flow 2');
  await rm(second.root, { recursive: true });
});

const third = await deploy();
pageTest('half a version is none', { path: third.address }, async (page) => {
  await ready(page);
  await kept(page);
  await release(third.folder, '3', { half: true });
  const failed = await page.evaluate(async () => {
    const registration = await navigator.serviceWorker.getRegistration();
    const found = new Promise((resolve) => registration.addEventListener('updatefound', () => resolve(registration.installing), { once: true }));
    await registration.update();
    const next = await found;
    return new Promise((resolve) => {
      const look = () => next.state === 'redundant' && resolve(true);
      next.addEventListener('statechange', look);
      look();
    });
  });
  assert.ok(failed);
  third.network.there = false;
  await page.reload();
  await ready(page);
  assert.equal(await brand(page), 'Gradient Flow');
  await rm(third.root, { recursive: true });
});

pageTest('a host that wants nothing kept is obeyed', { path: SITE }, async (page) => {
  await ready(page);
  // The page's own try and this one are the same, or this one is the next: it ends in nothing either way.
  const left = await page.evaluate(async () => {
    const registration = await navigator.serviceWorker.register('sw.js', { updateViaCache: 'none' });
    const { installing } = registration;
    await new Promise((resolve) => {
      const look = () => (!installing || installing.state === 'redundant') && resolve();
      installing?.addEventListener('statechange', look);
      look();
    });
    return [registration.waiting, registration.active].map((worker) => worker?.state ?? null);
  });
  assert.deepEqual(left, [null, null]);
  await until(page, async () => {
    const registration = await navigator.serviceWorker.getRegistration();
    return registration === undefined || (!registration.installing && !registration.waiting && !registration.active);
  });
  assert.ok((await versions(page)) <= 1);
  await page.reload();
  await ready(page);
  assert.equal(await page.evaluate(() => navigator.serviceWorker.controller), null);
});
