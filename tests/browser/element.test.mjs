/** The element in somebody else's page: its face for scripts, its manners, and that nothing of it stays behind. */
import assert from 'node:assert/strict';
import { config, eventually, ready, rebuild, still, trainers, until } from './lab.mjs';
import { trainer } from './said.mjs';
import { openAfresh, pageTest, picture } from './site.mjs';

const SCRIPT = '<script type="module" src="gradient-flow.js"></script>';
/** @param {string} body @param {string} [head] */
const host = (body, head = '') => ({
  path: 'host.html',
  pages: { 'host.html': `<!doctype html><html lang="en"><title>Host</title><link rel="icon" href="icon.svg">${head}${body}` },
});

/** Everything that the browser has thrown away is gone. */
async function collect(page) {
  const client = await page.context().newCDPSession(page);
  await client.send('HeapProfiler.collectGarbage');
  await client.detach();
}

const memory = (page) => page.evaluate(async () => (await (await import(`${window.ASSETS}wasm/gradient_flow.js`)).default()).memory.buffer.byteLength);

pageTest('attributes and properties say the same, both ways', host(`${SCRIPT}<gradient-flow depth="4" width="8" residual></gradient-flow>`), async (page) => {
  await ready(page);
  const { depth, width, residual } = await config(page);
  assert.deepEqual([depth, width, residual], [4, 8, true]);
  const said = await page.evaluate(async () => {
    const lab = document.querySelector('gradient-flow');
    const attribute = (name) => lab.getAttribute(name);
    const heard = [];
    lab.addEventListener('gradient-flow-config', (event) => heard.push(event.detail.depth));
    lab.config = { depth: 5, learning_rate: 0.05, residual: false };
    const set = ['depth', 'learning-rate', 'residual'].map(attribute);
    lab.config = { depth: 10, activation: 'prelu' };
    const defaults = ['depth', 'slope', 'activation'].map(attribute);
    lab.setAttribute('width', '16');
    await null;
    const changed = lab.config.width;
    lab.setAttribute('width', '9999');
    await null;
    const refused = [lab.config.width, attribute('width')];
    lab.removeAttribute('width');
    lab.removeAttribute('slope');
    await null;
    const removed = [lab.config.width, lab.config.slope];
    lab.charts = 'loss';
    lab.speed = 5;
    lab.theme = 'dark';
    lab.autoplay = true;
    const view = ['charts', 'speed', 'theme', 'autoplay'].map(attribute);
    lab.theme = null;
    return { set, defaults, changed, refused, removed, view, theme: attribute('theme'), heard };
  });
  assert.deepEqual(said, {
    set: ['5', '0.05', null],
    defaults: [null, null, 'prelu'],
    changed: 16,
    refused: [16, '9999'],
    removed: [64, 0.25],
    view: ['loss', '5', 'dark', ''],
    theme: null,
    heard: [5, 10, 10, 10],
  });
});

pageTest('what attributes name twice is there once', host(`${SCRIPT}<gradient-flow depth="3" width="8" charts="loss signals,loss" controls="depth learning-rate learning_rate depth"></gradient-flow>`), async (page) => {
  await ready(page);
  const [charts, sliders] = await page.evaluate(() => ['figure', '.controls input[type=range]'].map((part) => document.querySelector('gradient-flow').shadowRoot.querySelectorAll(`.grid ${part}, ${part}.grid, ${part}`).length));
  assert.deepEqual([charts, sliders], [2, 2]);
});

pageTest('a control writes the attribute; the element copies with its experiment', host(`${SCRIPT}<gradient-flow depth="4" width="8" controls="activation"></gradient-flow>`), async (page) => {
  await ready(page);
  await rebuild(page, () => page.getByRole('combobox', { name: 'Activation' }).selectOption('tanh'));
  const copied = await page.evaluate(async () => {
    const copy = document.querySelector('gradient-flow').cloneNode();
    document.body.append(copy);
    await copy.ready;
    return [copy.outerHTML, copy.config.activation, copy.snapshot.layers.dw_rms.length];
  });
  assert.deepEqual(copied, ['<gradient-flow depth="4" width="8" controls="activation" activation="tanh"></gradient-flow>', 'tanh', 5]);
});

pageTest('what was set before the script was there counts', host('<gradient-flow width="8"></gradient-flow>'), async (page) => {
  const early = await page.evaluate(async () => {
    const lab = document.querySelector('gradient-flow');
    lab.config = { depth: 3, activation: 'relu' };
    lab.charts = 'loss';
    const script = Object.assign(document.createElement('script'), { type: 'module', src: 'gradient-flow.js' });
    document.head.append(script);
    await customElements.whenDefined('gradient-flow');
    await lab.ready;
    return { own: Object.keys(lab), config: lab.config, html: lab.outerHTML };
  });
  assert.deepEqual(early.own, []);
  assert.deepEqual([early.config.depth, early.config.width, early.config.activation], [3, 8, 'relu']);
  assert.equal(early.html, '<gradient-flow width="8" charts="loss" depth="3" activation="relu"></gradient-flow>');
});

pageTest('a step asked for right after a change is the new network\'s', host(`${SCRIPT}<gradient-flow depth="4" width="8"></gradient-flow>`), async (page) => {
  await ready(page);
  const layers = await page.evaluate(async () => {
    const lab = document.querySelector('gradient-flow');
    lab.config = { depth: 7 };
    const one = await lab.step(2);
    lab.config = { depth: 2, data: 'iris' };
    const two = await lab.step(3);
    return [one.step, one.layers.dw_rms.length, two.step, two.layers.dw_rms.length];
  });
  assert.deepEqual(layers, [2, 8, 3, 3]);
});

pageTest('several share one module; what is out of sight waits, and loads nothing', host(
  `${SCRIPT}<gradient-flow depth="3" width="8" autoplay speed="max"></gradient-flow><div class="gap"></div>
  <gradient-flow id="below" depth="2" width="8" autoplay speed="max"></gradient-flow><gradient-flow hidden></gradient-flow>`,
  '<style>.gap { height: 3000px }</style>',
), async (page) => {
  const asked = await openAfresh(page, 'host.html');
  await ready(page);
  await page.waitForFunction(() => document.querySelector('gradient-flow').snapshot.step > 3);
  assert.equal(trainers(page).length, 1, 'only the one that is seen has a worker');
  assert.equal(await page.evaluate(() => document.querySelector('#below').snapshot), undefined);

  const steps = () => page.evaluate(() => [...document.querySelectorAll('gradient-flow')].map((lab) => lab.snapshot?.step ?? -1));
  await page.evaluate(() => document.querySelector('#below').scrollIntoView());
  await page.waitForFunction(() => document.querySelector('#below').snapshot?.step > 3);
  // The first comes to stand still, while the other goes on.
  await until(page, async () => {
    const lab = document.querySelector('gradient-flow');
    const { step } = lab.snapshot;
    for (let snapshots = 0; snapshots < 20; snapshots += 1) {
      await new Promise((resolve) => document.querySelector('#below').addEventListener('gradient-flow-snapshot', resolve, { once: true }));
    }
    return lab.snapshot.step === step;
  });
  const [above] = await steps();
  await page.evaluate(() => scrollTo(0, 0));
  await page.waitForFunction((step) => document.querySelector('gradient-flow').snapshot.step > step, above);
  // Hidden by a style that no observer hears of, and shown again.
  await page.evaluate(() => (document.querySelector('gradient-flow').style.visibility = 'hidden'));
  const hidden = await still(async () => (await steps())[0]);
  await page.evaluate(() => (document.querySelector('gradient-flow').style.visibility = ''));
  await page.waitForFunction((step) => document.querySelector('gradient-flow').snapshot.step > step, hidden);
  assert.equal((await steps())[2], -1, 'the hidden one was never begun');
  assert.equal(asked.filter((name) => name === `${process.env.ASSETS}wasm/gradient_flow_bg.wasm`).length, 1);
  assert.equal(asked.filter((name) => name === `${process.env.ASSETS}data/digits.csv.deflate`).length, 1);
});

pageTest('moved it runs on; removed it stops, and is itself again when it comes back', host(
  `${SCRIPT}<gradient-flow depth="3" width="8"></gradient-flow><main></main>`,
), async (page) => {
  await ready(page);
  const told = await page.evaluate(async () => {
    const lab = document.querySelector('gradient-flow');
    await lab.step(5);
    document.querySelector('main').append(lab);
    const moved = (await lab.step(1)).step;
    lab.remove();
    lab.setAttribute('depth', '4');
    await new Promise((resolve) => setTimeout(resolve, 50));
    const waiting = lab.step(1).then((snapshot) => snapshot.step);
    document.body.append(lab);
    return { moved, again: await waiting, layers: lab.snapshot.layers.dw_rms.length, running: lab.running };
  });
  assert.deepEqual(told, { moved: 6, again: 1, layers: 5, running: false });
  // The worker of before ends a moment after its element was removed.
  await trainer(page);
});

pageTest('a hundred come and go and leave nothing behind', host(`${SCRIPT}<main></main>`), async (page) => {
  const round = (count, frames) =>
    page.evaluate(async ([count, frames]) => {
      await customElements.whenDefined('gradient-flow');
      window.gone ??= [];
      for (let i = 0; i < count; i += 1) {
        const lab = document.createElement('gradient-flow');
        lab.config = { depth: 20, width: 8 };
        lab.charts = 'signals history weights boundary';
        document.querySelector('main').append(lab);
        await lab.ready;
        await lab.step(20);
        for (let frame = 0; frame < frames; frame += 1) await new Promise(requestAnimationFrame);
        lab.pin();
        lab.run();
        lab.remove();
        window.gone.push(new WeakRef(lab));
      }
    }, [count, frames]);
  // The memory that later ones may need is that of elements which have been drawn, however fast each of them goes.
  await round(5, 2);
  await collect(page);
  const client = await page.context().newCDPSession(page);
  await client.send('Performance.enable');
  const counts = async () => {
    const { metrics } = await client.send('Performance.getMetrics');
    return Object.fromEntries(metrics.filter(({ name }) => ['Nodes', 'JSEventListeners'].includes(name)).map(({ name, value }) => [name, value]));
  };
  const before = { ...(await counts()), memory: await memory(page) };
  await round(100, 0);
  await page.waitForFunction(() => !document.querySelector('gradient-flow'));
  // The last worker ends a moment after its element.
  while (page.workers().length > 0) await new Promise((resolve) => setTimeout(resolve, 20));
  // What a timer still holds is let go when it is over.
  await eventually(
    async () => {
      await collect(page);
      const left = await page.evaluate(() => window.gone.filter((gone) => gone.deref()).length);
      return { left, after: await counts() };
    },
    ({ left, after }) => {
      assert.ok(left <= 1, `${left} of 105 elements are still there`);
      assert.ok(after.Nodes - before.Nodes < 500 && after.JSEventListeners - before.JSEventListeners < 100, JSON.stringify({ before, after }));
    },
  );
  assert.equal(await memory(page), before.memory, 'what the charts held was given back');
});

const HOSTILE = `<style>
  * { box-sizing: content-box; letter-spacing: 4px; text-transform: uppercase; line-height: 3; font-family: monospace; color: red; text-align: right }
  button, input, select, label, p, figure, canvas, header { display: none !important; padding: 40px }
  body { font-size: 40px; word-spacing: 2em; white-space: pre }
</style>`;

const bars = (page) =>
  page.evaluate(() =>
    ['.bar', '.status', '.controls', '.figures', '.run'].map((part) => {
      const { x, y, width, height } = document.querySelector('gradient-flow').shadowRoot.querySelector(part).getBoundingClientRect();
      return [part, x, y, width, height].join(' ');
    }).join('\n'),
  );

pageTest("somebody else's style sheet changes nothing inside", host(
  `<style>body { margin: 0 }</style>${SCRIPT}<gradient-flow depth="3" width="8"></gradient-flow>`,
), async (page) => {
  await ready(page);
  // Fixes that are tried come into the status.
  const own = await still(() => bars(page));
  const text = await page.getByRole('button', { name: 'Keep this run for comparison' }).innerText();
  await page.evaluate((style) => document.head.insertAdjacentHTML('beforeend', style), HOSTILE);
  assert.equal(await bars(page), own);
  assert.equal(await page.getByRole('button', { name: 'Keep this run for comparison' }).innerText(), text);
});

pageTest('it works in a shadow root, and its events come out of it', host(`${SCRIPT}<main></main>`), async (page) => {
  const heard = await page.evaluate(async () => {
    await customElements.whenDefined('gradient-flow');
    const heard = new Set();
    for (const kind of ['snapshot', 'config', 'diagnosis', 'error']) addEventListener(`gradient-flow-${kind}`, (event) => heard.add(`${kind} ${event.target.localName}`));
    const root = document.querySelector('main').attachShadow({ mode: 'open' });
    root.innerHTML = '<gradient-flow depth="3" width="8"></gradient-flow>';
    const lab = root.querySelector('gradient-flow');
    await lab.ready;
    lab.config = { depth: 4 };
    lab.config = { depth: 400 };
    await lab.step(2);
    lab.setAttribute('depth', '2');
    await null;
    return { heard: [...heard].sort(), depth: lab.config.depth };
  });
  assert.deepEqual(heard, { heard: ['config main', 'diagnosis main', 'error main', 'snapshot main'], depth: 2 });
  await page.getByRole('combobox', { name: 'Activation' }).selectOption('relu');
  await page.waitForFunction(() => document.querySelector('main').shadowRoot.querySelector('gradient-flow').getAttribute('activation') === 'relu');
});

/** Waits until a colour covers more than so many pixels of `signals`. */
const painted = (page, colour, least) =>
  page.waitForFunction(([colour, least]) => {
    const canvas = document.querySelector('gradient-flow').shadowRoot.querySelector('[data-chart=signals] canvas');
    const copy = new OffscreenCanvas(canvas.width, canvas.height).getContext('2d');
    copy.drawImage(canvas, 0, 0);
    const { data } = copy.getImageData(0, 0, canvas.width, canvas.height);
    let count = 0;
    for (let i = 0; i < data.length; i += 4) if (data[i] * 65536 + data[i + 1] * 256 + data[i + 2] === colour) count += 1;
    return count > least;
  }, [colour, least]);

pageTest('custom properties of the page paint it, charts and all, whenever they change', host(
  `${SCRIPT}<gradient-flow depth="3" width="8"></gradient-flow>`,
  '<style>.paper { --gradient-flow-ground: #fff8e7; --gradient-flow-panel: oklch(93% 0.03 90); --gradient-flow-accent: teal; --gradient-flow-font: serif }</style>',
), async (page) => {
  await ready(page);
  await painted(page, 0xffffff, 10000);
  await page.evaluate(() => document.documentElement.classList.add('paper'));
  await painted(page, 0xfff8e7, 10000);
  await painted(page, 0x008080, 20);
  assert.equal(await page.evaluate(() => getComputedStyle(document.querySelector('gradient-flow').shadowRoot.querySelector('.run')).color), 'rgb(255, 248, 231)');
  assert.match(await page.evaluate(() => document.querySelector('gradient-flow').toSVG('signals')), /#008080/i);
  await picture(page, 'painted');
});

pageTest('light or dark, it goes with the page', { ...host(`${SCRIPT}<gradient-flow depth="3" width="8"></gradient-flow>`), scheme: 'dark' }, async (page) => {
  await ready(page);
  await painted(page, 0xffffff, 10000);
  await page.evaluate(() => (document.documentElement.style.colorScheme = 'light dark'));
  await painted(page, 0x15181d, 10000);
  await page.evaluate(() => document.querySelector('gradient-flow').setAttribute('theme', 'light'));
  await painted(page, 0xffffff, 10000);
});

pageTest('while it has the focus its keys do not turn pages', host(`${SCRIPT}<gradient-flow depth="3" width="8"></gradient-flow>`), async (page) => {
  await ready(page);
  await page.evaluate(() => {
    window.turned = [];
    document.addEventListener('keydown', (event) => window.turned.push(event.key));
  });
  await page.locator('figure[data-chart="signals"] canvas').focus();
  for (const key of ['ArrowRight', 's', 'PageDown', 'Home']) await page.keyboard.press(key);
  await page.waitForFunction(() => document.querySelector('gradient-flow').snapshot.step === 1);
  await page.getByRole('slider', { name: 'Depth' }).focus();
  await page.keyboard.press('ArrowRight');
  await page.waitForFunction(() => document.querySelector('gradient-flow').config.depth === 4);
  assert.deepEqual(await page.evaluate(() => window.turned), []);
  await page.keyboard.press('Escape');
  await page.evaluate(() => document.activeElement.blur());
  await page.keyboard.press('ArrowRight');
  assert.deepEqual(await page.evaluate(() => window.turned), ['Escape', 'ArrowRight']);
  // A deeper network begins anew.
  await page.waitForFunction(() => document.querySelector('gradient-flow').snapshot.step === 0);
});
