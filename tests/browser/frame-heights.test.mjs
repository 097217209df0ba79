/** Snippets ask for the heights that frames need: measured in a column as most hosts have it. */
import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { pageTest } from './site.mjs';

const { SITE, ASSETS } = process.env;
const SOURCE = new URL('../../www/dialogs/frame-heights.js', import.meta.url);
const CONTROLS = ['none', 'depth', 'depth activation', 'depth activation learning-rate', 'depth activation learning-rate seed', null];
/** As narrow, as usual and as wide as the columns of hosts are; German has longer words. */
const COLUMNS = [600, 720, 820].flatMap((width) => ['en', 'de'].map((lang) => ({ width, lang })));

const PAGE = `<!doctype html><html lang="en"><title>Columns</title><link rel="icon" href="${SITE}icon.svg"><style>iframe { display: block; border: 0; height: 700px }</style>
<script>
  window.heights = new Map();
  window.answers = new Map();
  addEventListener('message', ({ data, source }) => {
    if (data.type !== 'gradient-flow-height') return;
    heights.set(source, data.height);
    answers.get(source)?.();
    for (const frame of document.querySelectorAll('iframe')) if (frame.contentWindow === source) frame.style.height = data.height + 'px';
  });
</script>`;

/** Frames of all columns, once they have asked for a height. @param {import('playwright-core').Page} page */
async function loadFrames(page) {
  for (const { width, lang } of COLUMNS) {
    // Its verdict takes more lines than most.
    const view = new URLSearchParams({ depth: '20', width: '8', lang, charts: 'signals', controls: 'none', trials: 'off' });
    await page.evaluate(([width, src]) => {
      const frame = Object.assign(document.createElement('iframe'), { width, src, title: src });
      document.body.append(frame);
      // One that is out of sight sleeps.
      frame.scrollIntoView();
    }, [width, `${SITE}embed.html#${view}`]);
    await page.waitForFunction(() => window.heights.has(document.querySelector('iframe:last-of-type').contentWindow));
  }
}

/** The greatest height that a selection asks for in any column. @param {import('playwright-core').Page} page @param {string} charts @param {string | null} controls */
async function neededHeight(page, charts, controls) {
  return page.evaluate(async ([charts, controls]) => {
    const frames = [...document.querySelectorAll('iframe')];
    for (const frame of frames) {
      // Parts are smaller in a low frame, and stay so if it never was higher.
      frame.style.height = '';
      Object.assign(frame.contentDocument.querySelector('gradient-flow'), { charts, controls });
    }
    /** What the frames ask for now, each in its next picture. */
    const ask = () => Promise.all(frames.map(({ contentWindow }) => new Promise((resolve) => {
      window.answers.set(contentWindow, () => resolve(window.heights.get(contentWindow)));
      contentWindow.postMessage({ type: 'gradient-flow-height' }, '*');
    })));
    // In the height that it has asked for it may ask for another one.
    let asked = [];
    for (let same = 0; same < 6; ) {
      const now = await ask();
      same = now.join() === asked.join() ? same + 1 : 0;
      asked = now;
    }
    return Math.max(...asked);
  }, [charts, controls]);
}

const roundUp = (height) => Math.ceil(height / 10) * 10;

pageTest('the heights of snippets are those that frames ask for', { path: 'columns.html', pages: { 'columns.html': PAGE }, viewport: { width: 900, height: 1300 } }, async (page) => {
  await loadFrames(page);
  /** @type {Record<'one' | 'two', number[]>} */
  const heights = { one: [], two: [] };
  for (const names of CONTROLS) {
    heights.one.push(roundUp(await neededHeight(page, 'signals', names)));
    heights.two.push(roundUp(await neededHeight(page, 'signals loss', names)));
  }
  const [two, three] = [await neededHeight(page, 'signals loss', 'none'), await neededHeight(page, 'signals loss factors', 'none')];
  const measured = { ...heights, further: three - two };
  if (process.env.UPDATE_REFERENCES) {
    const source = await readFile(SOURCE, 'utf8');
    const updated = source
      .replace(/one: \[.*?\]/, `one: [${heights.one.join(', ')}]`)
      .replace(/two: \[.*?\]/, `two: [${heights.two.join(', ')}]`)
      .replace(/further: \d+/, `further: ${measured.further}`);
    await writeFile(SOURCE, updated);
    return;
  }
  const { FRAME_HEIGHTS } = await page.evaluate((address) => import(address), new URL(`${ASSETS}dialogs/frame-heights.js`, SITE).href);
  assert.deepEqual(FRAME_HEIGHTS, measured, '`UPDATE_REFERENCES=1 cargo xtask test browser frame-heights` writes the new heights');
});
