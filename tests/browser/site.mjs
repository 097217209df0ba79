/**
 * The harness of the browser tests: one Chromium per file of tests, a fresh context per test, and
 * a test fails when its page complains, whatever else it asserts.
 *
 * `cargo xtask test browser` serves the built site and says by the environment where all is.
 */
import assert from 'node:assert/strict';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { chromium } from 'playwright-core';

const { SITE, ASSETS, CHROMIUM, ARTIFACTS } = process.env;
assert.ok(SITE && ASSETS && CHROMIUM && ARTIFACTS, 'run these tests by `cargo xtask test browser`');

/** Longest time for a whole test; a shared machine may be slow, a hanging page is not waited for. */
const TEST_TIMEOUT = 180_000;
/** Longest wait for one condition. */
const WAIT_TIMEOUT = 60_000;

/** So many expected complaints are those of a page that fails again and again: two of each of its files are fewer. */
const STORM = 300;

/** @type {Promise<import('playwright-core').Browser> | undefined} */
let browser;

const launch = () =>
  chromium.launch({
    executablePath: CHROMIUM,
    args: [
      // As root, Chromium runs without its sandbox or not at all.
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
      // Pages of other, invented origins frame ours, which is on this machine.
      '--disable-features=LocalNetworkAccessChecks',
    ],
  });

after(async () => (await browser)?.close());

/**
 * A test on a page of the site.
 *
 * @param {string} name
 * @param {{ path?: string, viewport?: { width: number, height: number }, scheme?: 'light' | 'dark',
 *   motion?: 'reduce' | 'no-preference', bypassCSP?: boolean, pages?: Record<string, string>, headers?: Record<string, string>,
 *   expected?: RegExp, locale?: string, touch?: boolean, firstVisit?: boolean }} options `path` below the site's address, with its fragment; with reduced motion, the usual,
 *   the page does not run by itself; `pages` are further pages of the site, by their paths, and `headers` theirs;
 *   complaints that are `expected` are none; `locale` is what the reader prefers, English unless a test says otherwise;
 *   `touch` is a finger in place of a mouse; on a `firstVisit` the page offers a lesson
 * @param {(page: import('playwright-core').Page) => Promise<void>} work
 */
export function pageTest(name, options, work) {
  const { path = '', viewport = { width: 1280, height: 800 }, scheme = 'light', motion = 'reduce', bypassCSP = false, pages = {}, headers = {}, expected, locale = 'en-US', touch = false, firstVisit = false } = options;
  test(name, { timeout: TEST_TIMEOUT }, async () => {
    browser ??= launch();
    const context = await (await browser).newContext({ viewport, colorScheme: scheme, reducedMotion: motion, bypassCSP, locale, hasTouch: touch });
    context.setDefaultTimeout(WAIT_TIMEOUT);
    // Where tests import the site's modules from.
    await context.addInitScript((assets) => Object.assign(window, { ASSETS: assets }), new URL(ASSETS, SITE).href);
    if (!firstVisit) {
      await context.addInitScript(() => {
        try {
          localStorage.setItem('gradient-flow-lessons', localStorage.getItem('gradient-flow-lessons') ?? '{}');
        } catch {
          // A sandboxed frame keeps nothing.
        }
      });
    }
    const page = await context.newPage();
    const complaints = listen(page, expected);
    for (const [name, body] of Object.entries(pages)) {
      await context.route(new URL(name, SITE).href, (route) => route.fulfill({ body, contentType: 'text/html; charset=utf-8', headers }));
    }
    try {
      await page.goto(new URL(path, SITE).href);
      await work(page);
    } catch (error) {
      await picture(page, `failed ${name}`);
      await saveComparedPictures(error, `failed ${name}`);
      throw complaints.length ? new Error(`the page complained: ${complaints.join('\n')}`, { cause: error }) : error;
    } finally {
      await context.close();
    }
    assert.deepEqual([...complaints], [], 'the page complained');
    assert.ok(complaints.expected < STORM, `the page complained ${complaints.expected} times of what is expected`);
  });
}

/**
 * Opens an address in a page that has left the one before, whose last requests would be counted too.
 *
 * @param {import('playwright-core').Page} page
 * @param {string} path below the site's address
 * @returns {Promise<string[]>} what is asked for from now on, workers included: paths below the site's address,
 *   without fragments; it grows
 */
export async function openAfresh(page, path) {
  await page.goto('about:blank');
  const asked = [];
  page.on('request', (request) => asked.push(request.url().slice(SITE.length).replace(/#.*/, '') || 'index.html'));
  await page.goto(new URL(path, SITE).href);
  return asked;
}

/**
 * Collects console errors and warnings (violations of the content security policy are among
 * them), uncaught exceptions, failed requests and refused ones.
 *
 * @param {import('playwright-core').Page} page
 * @param {RegExp} [expected]
 * @returns {string[] & { expected: number }} `expected` counts those that are expected
 */
function listen(page, expected) {
  /** @type {string[] & { expected: number }} */
  const complaints = Object.assign([], { expected: 0 });
  const complain = (/** @type {string} */ text) => {
    // On a slow machine the wasm may wait some seconds for the last module.
    const late = /preloaded using link preload but not used within a few seconds/;
    if (expected?.test(text)) complaints.expected += 1;
    else if (!late.test(text)) complaints.push(text);
  };
  page.on('console', (message) => {
    if (['error', 'warning', 'assert'].includes(message.type())) {
      complain(`console ${message.type()}: ${message.text()} (${message.location().url})`);
    }
  });
  page.on('pageerror', (error) => complain(`uncaught: ${error.stack ?? error}`));
  page.on('requestfailed', (request) => {
    // A page that is left while it loads is not at fault.
    if (request.failure()?.errorText !== 'net::ERR_ABORTED') {
      complain(`request failed: ${request.url()} ${request.failure()?.errorText}`);
    }
  });
  page.on('response', (response) => {
    if (response.status() >= 400) complain(`${response.status()}: ${response.url()}`);
  });
  return complaints;
}

/**
 * Leaves the pictures that an assertion has compared in target/test-artifacts, as `NAME-CHART-actual.png` and
 * `NAME-CHART-expected.png`; of several charts only those that differ.
 *
 * @param {unknown} error The assertion's. It compared PNG data URLs, one or by charts, as `pictures` in lab.mjs
 *   returns them; anything else leaves nothing.
 * @param {string} name
 */
export async function saveComparedPictures(error, name) {
  if (!(error instanceof assert.AssertionError)) return;
  const sides = ['actual', 'expected'].map((side) => [side, typeof error[side] === 'string' ? { '': error[side] } : Object(error[side])]);
  const [[, actual], [, expected]] = sides;
  for (const [side, pictures] of sides) {
    for (const [chart, url] of Object.entries(pictures)) {
      const [, png] = /^data:image\/png;base64,(.*)$/.exec(url) ?? [];
      if (!png || (chart && actual[chart] === expected[chart])) continue;
      await mkdir(ARTIFACTS, { recursive: true });
      await writeFile(artifact([name, chart, side].join(' ')), Buffer.from(png, 'base64'));
    }
  }
}

/** The path of a picture in target/test-artifacts. @param {string} name */
const artifact = (name) => join(ARTIFACTS, `${name.replaceAll(/[^\w]+/g, '-')}.png`);

/**
 * Leaves a picture of the page in target/test-artifacts.
 *
 * @param {import('playwright-core').Page} page
 * @param {string} name
 */
export async function picture(page, name) {
  await mkdir(ARTIFACTS, { recursive: true });
  await page.screenshot({ path: artifact(name) });
}
