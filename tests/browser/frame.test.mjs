/** In a frame of somebody else's page: its height, its manners, a sandbox, and policies that forbid things. */
import assert from 'node:assert/strict';
import { eventually, still, until } from './lab.mjs';
import { pageTest, picture } from './site.mjs';

const { SITE } = process.env;
const COURSE = 'http://course.test/';

/** A page of another origin, with one frame of ours. */
const course = (fragment, { attributes = '', policy = '', style = '', after = '' } = {}) => ({
  path: `${COURSE}unit.html`,
  headers: policy ? { 'Content-Security-Policy': policy } : {},
  pages: {
    [`${COURSE}unit.html`]: `<!doctype html><html lang="en"><title>Unit 3</title><link rel="icon" href="${SITE}icon.svg"><style>iframe { display: block; width: 100%; height: 300px; border: 0 } ${style}</style>
      <p>Before</p><iframe src="${SITE}embed.html#${fragment}" title="Experiment" ${attributes}></iframe><p>After</p>${after}`,
  },
});

/** The frame of ours, once it shows something. */
async function lab(page) {
  const frame = await (await page.waitForSelector('iframe')).contentFrame();
  await frame.waitForFunction(() => document.querySelector('gradient-flow')?.snapshot);
  return frame;
}

const HOST = `<script>
  window.heard = [];
  addEventListener('message', ({ data }) => {
    window.heard.push(data);
    // As Canvas does it, and as our README says.
    if (data.subject === 'lti.frameResize' || data.type === 'gradient-flow-height') document.querySelector('iframe').style.height = data.height + 'px';
  });
</script>`;

/** How far the frame's parts can be scrolled. */
const hidden = (frame) =>
  frame.evaluate(async () => {
    for (let i = 0; i < 4; i += 1) await new Promise(requestAnimationFrame);
    const { shadowRoot } = document.querySelector('gradient-flow');
    const beyond = (element) => element.scrollHeight - element.clientHeight;
    return [document.documentElement, shadowRoot.querySelector('.figures'), shadowRoot.querySelector('.status')].map(beyond);
  });

const heights = (page) => page.evaluate(() => ({ plain: heard.findLast((m) => m.type === 'gradient-flow-height')?.height, canvas: heard.findLast((m) => m.subject === 'lti.frameResize')?.height, count: heard.length }));

for (const [width, charts] of [[1280, 'signals loss history histograms'], [1280, 'signals'], [900, 'signals loss factors'], [390, 'signals loss']]) {
  pageTest(`a frame of ${width} px gets the height that ${charts} need`, { ...course(`depth=4&width=8&charts=${charts.replaceAll(' ', '+')}&controls=depth+activation`, { after: HOST }), viewport: { width, height: 900 } }, async (page) => {
    const frame = await lab(page);
    await page.waitForFunction(() => window.heard.length > 1);
    const settled = () => until(page, async () => {
      const before = window.heard.length;
      await new Promise((resolve) => setTimeout(resolve, 300));
      return window.heard.length === before;
    });
    await eventually(() => hidden(frame), (parts) => assert.deepEqual(parts, [0, 0, 0], 'nothing to scroll in it'));
    await settled();
    const first = await heights(page);
    assert.equal(first.plain, first.canvas);
    assert.ok(first.plain > 300 && first.count < 12, JSON.stringify(first));
    await picture(page, `frame-${width}-${charts}`);
    // More to see needs more height; less needs less.
    await frame.evaluate(() => (document.querySelector('gradient-flow').charts = 'signals loss history histograms factors updates'));
    await page.waitForFunction((height) => heard.at(-1).height > height, first.plain);
    await eventually(() => hidden(frame), (parts) => assert.deepEqual(parts, [0, 0, 0]));
    await settled();
    await frame.evaluate((charts) => (document.querySelector('gradient-flow').charts = charts), charts);
    await page.waitForFunction((height) => heard.at(-1).height === height, first.plain);
  });
}

/** The background of the laboratory and that of its first chart, which is drawn a frame later. */
const ground = (frame) =>
  frame.evaluate(() => {
    const { shadowRoot } = document.querySelector('gradient-flow');
    // Chromium warns of a canvas that is often read back, unless it is made for that.
    const copy = new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true });
    copy.drawImage(shadowRoot.querySelector('figure canvas'), -1, -1);
    const [red, green, blue] = copy.getImageData(0, 0, 1, 1).data;
    return [getComputedStyle(shadowRoot.querySelector('.lab')).backgroundColor, `rgb(${red}, ${green}, ${blue})`];
  });
const [LIGHT, DARK] = [Array(2).fill('rgb(255, 255, 255)'), Array(2).fill('rgb(21, 24, 29)')];

pageTest('a message from the page around switches the theme, whatever was chosen before', course('depth=3&width=8&charts=signals&theme=dark'), async (page) => {
  const frame = await lab(page);
  const send = (message) => page.evaluate((message) => document.querySelector('iframe').contentWindow.postMessage(message, '*'), message);
  const becomes = (colour) => eventually(() => ground(frame), (found) => assert.deepEqual(found, colour));
  await becomes(DARK);
  await send({ type: 'gradient-flow-theme', theme: 'light' });
  await becomes(LIGHT);
  // What is no theme changes nothing, nor does another address of the same experiment.
  await send({ type: 'gradient-flow-theme', theme: 'sepia' });
  await frame.evaluate(() => (location.hash = '#depth=3&width=8&charts=signals&theme=dark&speed=30'));
  await frame.waitForFunction(() => document.querySelector('gradient-flow').speed === '30');
  // The canvas is empty until it is drawn again.
  await becomes(LIGHT);
  await send({ type: 'gradient-flow-theme', theme: 'dark' });
  await becomes(DARK);
  await picture(page, 'frame-theme-dark');
  await send({ type: 'gradient-flow-theme', theme: 'auto' });
  await becomes(LIGHT);
  await page.emulateMedia({ colorScheme: 'dark' });
  await becomes(DARK);
  // Only the page around may say so.
  await frame.evaluate(() => postMessage({ type: 'gradient-flow-theme', theme: 'light' }, '*'));
  await page.emulateMedia({ colorScheme: 'light' });
  await page.emulateMedia({ colorScheme: 'dark' });
  await becomes(DARK);
});

/** Hosts that switch their theme in different ways: by color-scheme, by a background alone, and one that fades. */
const HOST_STYLES = {
  'color-scheme': ':root { color-scheme: light } :root[data-theme="dark"] { color-scheme: dark; background: #111 }',
  'a background': 'body { background: #fff } :root[data-theme="dark"] body { background: rgb(20 20 30) }',
  'a background that fades': 'body { background: #fff; transition: background-color 0.3s } :root[data-theme="dark"] body { background: #123 }',
};
for (const [what, style] of Object.entries(HOST_STYLES)) {
  // The reader's system is dark all the time.
  pageTest(`frames.js gives frames their height and the theme of a page that has ${what}`, { ...course('depth=3&width=8&charts=signals+loss&controls=none', { style, after: `<script src="${SITE}frames.js" async></script>` }), scheme: 'dark' }, async (page) => {
    const frame = await lab(page);
    const becomes = (colour) => eventually(() => ground(frame), (found) => assert.deepEqual(found, colour));
    await becomes(LIGHT);
    await eventually(() => hidden(frame), (parts) => assert.deepEqual(parts, [0, 0, 0], 'nothing to scroll in it'));
    await page.evaluate(() => (document.documentElement.dataset.theme = 'dark'));
    await becomes(DARK);
    await picture(page, `frames-script-${what}`);
    await page.evaluate(() => delete document.documentElement.dataset.theme);
    await becomes(LIGHT);
  });
}

pageTest('frames.js finds a frame that has told its height before, and leaves others alone', course('depth=3&width=8&charts=signals+loss&controls=none', { after: '<iframe srcdoc="A film" title="Film"></iframe>' }), async (page) => {
  const frame = await lab(page);
  await eventually(() => hidden(frame), (parts) => assert.ok(parts[1] > 0, 'it needs more'));
  await page.evaluate((src) => document.body.append(Object.assign(document.createElement('script'), { src })), `${SITE}frames.js`);
  await eventually(() => hidden(frame), (parts) => assert.deepEqual(parts, [0, 0, 0]));
  // One that comes later, and one that is loaded anew.
  await page.evaluate(() => {
    const later = document.querySelector('iframe').cloneNode();
    later.style.height = '';
    later.src += '&lang=de';
    document.body.prepend(later);
  });
  await page.waitForFunction(() => document.querySelector('iframe').style.height !== '');
  assert.equal(await page.evaluate(() => document.querySelector('[title=Film]').style.height), '');
});

pageTest('a frame runs by itself only while one sees it', { ...course('depth=3&width=8&autoplay&speed=max', { style: 'p { height: 2000px }' }) }, async (page) => {
  const element = await page.waitForSelector('iframe');
  const frame = await element.contentFrame();
  await frame.waitForFunction(() => customElements.get('gradient-flow'), undefined, { polling: 50 });
  const step = () => frame.evaluate(() => document.querySelector('gradient-flow').snapshot?.step ?? 0);
  // It has been told that it is not seen: a later observer of the same element hears the same.
  await frame.evaluate(
    () =>
      new Promise((resolve) => {
        new IntersectionObserver(([{ isIntersecting }]) => isIntersecting || resolve()).observe(document.querySelector('gradient-flow'));
      }),
  );
  const before = await still(step);
  assert.ok(before < 3, `unseen it has made ${before} steps`);
  await element.scrollIntoViewIfNeeded();
  await frame.waitForFunction(() => document.querySelector('gradient-flow').snapshot?.step > 20);
  await page.evaluate(() => scrollTo(0, 0));
  // What was on its way may still arrive; then it stands still.
  await still(step);
});

const STRICT = `default-src 'none'; style-src 'unsafe-inline'; img-src ${new URL(SITE).origin}; frame-src ${new URL(SITE).origin}`;
/** A sandboxed frame has no worker under our server's policy; Chromium says so, and it computes in the page. */
const NO_WORKER = /worker|blob:/i;

pageTest('it works in a sandbox without an origin, under the strictest policies around and in it', {
  ...course('depth=4&width=8&charts=signals&controls=activation', { attributes: 'sandbox="allow-scripts"', policy: STRICT }),
  expected: NO_WORKER,
}, async (page) => {
  const frame = await lab(page);
  assert.equal(await frame.evaluate(() => self.origin), 'null');
  const told = await frame.evaluate(async () => {
    const lab = document.querySelector('gradient-flow');
    const { step, layers } = await lab.step(10);
    lab.run();
    return { step, layers: layers.dw_rms.length };
  });
  assert.deepEqual(told, { step: 10, layers: 5 });
  await frame.waitForFunction(() => document.querySelector('gradient-flow').snapshot.step > 15);
  // It begins anew, and goes on running.
  await frame.evaluate(() => {
    window.steps = [];
    document.querySelector('gradient-flow').addEventListener('gradient-flow-snapshot', ({ detail }) => window.steps.push(detail.step));
  });
  await frame.getByRole('combobox', { name: 'Activation' }).selectOption('relu');
  await frame.waitForFunction(() => document.querySelector('gradient-flow').config.activation === 'relu' && window.steps.includes(0) && window.steps.at(-1) > 2);
  await frame.getByRole('button', { name: 'Pause', exact: true }).click();
  assert.deepEqual(await page.context().cookies(), []);
  await picture(page, 'frame-sandboxed');
});

pageTest('a table of one\'s own is pasted, looked at and trained on in a sandbox without an origin', {
  ...course('depth=3&width=8&controls=all', { attributes: 'sandbox="allow-scripts"', style: 'iframe { height: 700px }' }),
  expected: NO_WORKER,
}, async (page) => {
  const frame = await lab(page);
  await frame.locator('details[data-group="data"] summary').press('Enter');
  await frame.getByRole('button', { name: 'Use your own data …' }).press('Enter');
  const dialog = frame.getByRole('dialog', { name: 'Use your own data' });
  const rows = Array.from({ length: 24 }, (_, i) => `${i},${i % 2 ? 'red' : 'blue'},${i % 3 ? 'yes' : 'no'}`);
  await dialog.getByRole('textbox', { name: /paste/i }).fill(['size,colour,bought', ...rows].join('\n'));
  await dialog.getByText('24 rows, 2 features, 2 classes').waitFor();
  await picture(page, 'frame-sandboxed-table');
  await dialog.getByRole('button', { name: 'Use this table' }).click();
  await frame.waitForFunction(() => document.querySelector('gradient-flow').config.data === 'upload' && document.querySelector('gradient-flow').snapshot.classes.length === 2);
  const told = await frame.evaluate(async () => {
    const lab = document.querySelector('gradient-flow');
    const { step, classes } = await lab.step(3);
    return { step, classes, script: await lab.toPyTorch() };
  });
  assert.deepEqual([told.step, [...told.classes].sort()], [3, ['no', 'yes']]);
  assert.match(told.script, /TABLE = \{.*"features": \["size", "colour = (red|blue)"\]/);
});

pageTest('neither cookies nor storage are touched', { ...course('depth=3&width=8'), firstVisit: true }, async (page) => {
  const frame = await lab(page);
  const kept = await frame.evaluate(async () => [document.cookie, localStorage.length, sessionStorage.length, (await indexedDB.databases()).length]);
  assert.deepEqual(kept, ['', 0, 0, 0]);
});

for (const [what, policy, words] of [
  ['wasm', "default-src 'self'; script-src 'self'", /forbids WebAssembly.*wasm-unsafe-eval/],
  ['every script', "default-src 'self'; script-src 'none'", /security policy of this page forbids its scripts/],
]) {
  pageTest(`where a policy forbids ${what} it says so`, { ...course('depth=3&width=8'), expected: /Content Security Policy|wasm|CSP/i }, async (page) => {
    await page.route('**/embed.html', async (route) => {
      const response = await route.fetch();
      await route.fulfill({ response, headers: { ...response.headers(), 'content-security-policy': policy } });
    });
    await page.reload();
    const frame = page.frameLocator('iframe');
    await frame.locator('.text, .silent', { hasText: words }).waitFor();
    await picture(page, `frame-forbidden-${what}`);
  });
}
