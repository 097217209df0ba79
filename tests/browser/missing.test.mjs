/** Where something is missing, a sentence says what, or something else takes its place: never an empty or a busy page. */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { eventually, ready, step } from './lab.mjs';
import { pageTest, picture } from './site.mjs';

const { SITE, SITE_FOLDER } = process.env;
const SMALL = 'data=xor&depth=3&width=8';
/** What the browser says of files that a test lets fail. */
const MISSING_FILE = /Failed to load|ERR_FAILED|404|request failed|MIME type|net::|dynamically imported/;

/** Features without which it cannot run, by what the sentence says of them. */
const NEEDED = {
  'WebAssembly': () => delete window.WebAssembly,
  'SIMD in WebAssembly': () => (WebAssembly.validate = () => false),
  'custom elements': () => Object.defineProperty(window, 'customElements', { value: undefined }),
  'canvas': () => (HTMLCanvasElement.prototype.getContext = () => null),
  'MessageChannel': () => delete window.MessageChannel,
  'ResizeObserver': () => delete window.ResizeObserver,
  'MutationObserver': () => delete window.MutationObserver,
  'style sheets made by scripts': () => delete window.CSSStyleSheet,
  'DecompressionStream': () => delete window.DecompressionStream,
  'light-dark()': () => (CSS.supports = () => false),
  'a current JavaScript': () => delete Object.hasOwn,
  'JavaScript modules': () => delete HTMLScriptElement.prototype.noModule,
};

for (const [what, remove] of Object.entries(NEEDED)) {
  pageTest(`without ${what} a sentence says so`, { path: 'about:blank', expected: /./ }, async (page) => {
    await page.addInitScript(remove);
    for (const address of [`${SITE}index.html`, `${SITE}embed.html`, pathToFileURL(join(SITE_FOLDER, 'gradient-flow.html')).href]) {
      await page.goto(`${address}#${SMALL}`);
      const notice = page.getByRole('alert').filter({ hasText: `lacks ${what}` });
      await notice.waitFor();
      assert.match(await notice.textContent(), /Chrome and Edge from version 123, Firefox from 120 and Safari from 17\.5/);
      assert.equal(await page.locator('gradient-flow').count(), 0);
    }
    await picture(page, `missing ${what}`);
  });
}

pageTest('in a page of somebody else it says so in its own place', {
  path: 'about:blank',
  pages: { 'host.html': '<!doctype html><link rel="icon" href="icon.svg"><p>before</p><gradient-flow></gradient-flow><p>after</p><script type="module" src="gradient-flow.js"></script>' },
}, async (page) => {
  await page.addInitScript(NEEDED.DecompressionStream);
  await page.goto(new URL('host.html', SITE).href);
  await page.getByRole('alert').filter({ hasText: 'lacks DecompressionStream' }).waitFor();
  assert.match(await page.locator('body').innerText(), /^before\s+Gradient Flow cannot run[^]*after$/);
});

/** Features that something else replaces. */
const REPLACED = {
  'IntersectionObserver': () => delete window.IntersectionObserver,
  'checkVisibility': () => delete Element.prototype.checkVisibility,
  'locks': () => Object.defineProperty(Navigator.prototype, 'locks', { value: undefined }),
  'Promise.withResolvers': () => delete Promise.withResolvers,
  'service workers': () => Object.defineProperty(Navigator.prototype, 'serviceWorker', { value: undefined }),
  'clipboard': () => Object.defineProperty(Navigator.prototype, 'clipboard', { value: undefined }),
  'modal dialogs': () => {
    delete HTMLDialogElement.prototype.showModal;
    delete HTMLDialogElement.prototype.close;
  },
  'history': () => (History.prototype.replaceState = () => { throw new DOMException('forbidden', 'SecurityError'); }),
  'storage': () => Object.defineProperty(window, 'localStorage', { get: () => { throw new DOMException('forbidden', 'SecurityError'); } }),
  'caches': () => delete window.caches,
};

for (const [what, remove] of Object.entries(REPLACED)) {
  pageTest(`without ${what} it works`, { path: 'about:blank' }, async (page) => {
    await page.addInitScript(remove);
    await page.goto(new URL(`index.html#${SMALL}`, SITE).href);
    await ready(page);
    assert.equal((await step(page, 3)).step, 3);
    await page.getByRole('button', { name: 'Run', exact: true }).click();
    await page.waitForFunction(() => document.querySelector('gradient-flow').snapshot.step > 5);
    await page.getByRole('button', { name: 'Pause', exact: true }).click();
    await page.getByRole('button', { name: 'Share this experiment' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.waitFor();
    await dialog.getByRole('button', { name: 'Close' }).click();
    await dialog.waitFor({ state: 'detached' });
  });
}

pageTest('where nothing may be copied, the text is selected and it says what to press', { path: `#${SMALL}` }, async (page) => {
  await ready(page);
  await page.evaluate(() => {
    Object.defineProperty(Navigator.prototype, 'clipboard', { value: undefined });
    document.execCommand = () => false;
  });
  await page.getByRole('button', { name: 'Share this experiment' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: 'Copy' }).click();
  await dialog.getByText('The text is selected: press Ctrl+C').waitFor();
  assert.equal(await dialog.getByRole('button', { name: 'Copied' }).count(), 0);
  const selected = await page.evaluate(() => {
    const { activeElement: area } = document.querySelector('gradient-flow').shadowRoot;
    return area.selectionEnd - area.selectionStart === area.value.length && area.value.length > 10;
  });
  assert.ok(selected);
});

const FILES = {
  'the page': ['**/pages/page.js', 'missing'],
  'the modules': ['**/joined.js', 'missing'],
  'modules of another type': ['**/joined.js', 'wrong type'],
  'modules that are cut short': ['**/joined.js', 'cut'],
  'every module': ['**/assets/*/**/*.js', 'missing'],
};

for (const [what, [pattern, how]] of Object.entries(FILES)) {
  pageTest(`without ${what} a sentence says that it has not started`, { path: 'about:blank', expected: /./ }, async (page) => {
    await page.route(pattern, async (route) => {
      if (how === 'missing') return route.fulfill({ status: 404, body: 'not here' });
      const response = await route.fetch();
      if (how === 'cut') return route.fulfill({ response, body: (await response.text()).slice(0, 700) });
      return route.fulfill({ response, headers: { 'content-type': 'text/html' } });
    });
    await page.goto(new URL(`index.html#${SMALL}`, SITE).href);
    await eventually(() => page.locator('main').innerText(), (text) => assert.match(text, /Gradient Flow has not started/));
  });
}

const BROKEN = {
  'a wasm of another release': ['**/*.wasm', (body) => Buffer.concat([body.subarray(0, 8), Buffer.from([0, 3, 1, 97, 0])])],
  'a wasm that is cut short': ['**/*.wasm', (body) => body.subarray(0, 5000)],
  'data that are cut short': ['**/iris.csv.deflate', (body) => body.subarray(0, 40)],
  'data of another kind': ['**/iris.csv.deflate', () => Buffer.from('<!doctype html><title>Sign in</title>')],
};

for (const [what, [pattern, change]] of Object.entries(BROKEN)) {
  pageTest(`${what}: one sentence, and a way to try again`, { path: 'about:blank', expected: MISSING_FILE }, async (page) => {
    let isBroken = true;
    await page.route(pattern, async (route) => {
      if (!isBroken) return route.continue();
      const response = await route.fetch();
      return route.fulfill({ response, body: change(await response.body()) });
    });
    await page.goto(new URL('index.html#data=iris&depth=3&width=8', SITE).href);
    await page.getByRole('button', { name: 'Try again' }).waitFor();
    const text = await page.locator('.status').innerText();
    assert.match(text, /arrived incomplete|a different file|from two releases/, text);
    isBroken = false;
    // What has been made of a wasm stays until the page is left.
    if (what === 'a wasm of another release') await page.reload();
    else await page.getByRole('button', { name: 'Try again' }).click();
    await ready(page);
    assert.equal((await step(page, 2)).step, 2);
  });
}

pageTest('a dialog whose file is missing says so, and opens when it is there', { path: `#${SMALL}`, expected: MISSING_FILE }, async (page) => {
  await ready(page);
  await page.route('**/dialogs/dialogs.css', (route) => route.fulfill({ status: 404, body: '' }));
  const share = page.getByRole('button', { name: 'Share this experiment' });
  await share.click();
  await page.getByRole('alert').filter({ hasText: 'dialogs.css could not be loaded' }).waitFor();
  await page.unroute('**/dialogs/dialogs.css');
  await share.click();
  await page.getByRole('dialog').waitFor();
});

/** Policies that forbid one thing each, and what then stands on the page; nothing if it works all the same. */
const POLICIES = {
  "script-src 'self'": /security policy \(CSP\) of this page forbids WebAssembly/,
  "script-src 'self' 'wasm-unsafe-eval'; connect-src 'none'": /could not be loaded: there is no connection, or something on the way blocks it/,
  "script-src 'self' 'wasm-unsafe-eval'; worker-src 'none'": null,
  "script-src 'self' 'wasm-unsafe-eval'; style-src 'none'": null,
  "script-src 'self' 'wasm-unsafe-eval'; img-src 'none'; font-src 'none'; media-src 'none'; object-src 'none'; frame-src 'none'": null,
  "script-src 'self' 'wasm-unsafe-eval'; base-uri 'none'; form-action 'none'; manifest-src 'none'": null,
  "script-src 'self' 'wasm-unsafe-eval'; require-trusted-types-for 'script'; trusted-types 'none'": null,
};

for (const [policy, sentence] of Object.entries(POLICIES)) {
  const body = '<!doctype html><link rel="icon" href="data:,"><script type="module" src="gradient-flow.js"></script><gradient-flow data="xor" depth="3" width="8"></gradient-flow>';
  pageTest(`under ${policy} it works, or says why not`, { path: 'policy.html', pages: { 'policy.html': body }, headers: { 'Content-Security-Policy': policy }, expected: /./ }, async (page) => {
    if (sentence) {
      await eventually(() => page.locator('gradient-flow .status').innerText(), (text) => assert.match(text, sentence));
      return;
    }
    await ready(page);
    assert.equal((await step(page, 3)).step, 3);
    const display = () => page.evaluate(() => getComputedStyle(document.querySelector('gradient-flow').shadowRoot.querySelector('.bar')).display);
    await eventually(display, (found) => assert.equal(found, 'flex', 'it has its styles'));
    await picture(page, `policy ${policy}`);
  });
}
