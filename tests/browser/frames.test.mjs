/** Embeds of every size, with few and all controls: nothing overlaps, nothing is cut off, and a chart is always in sight. */
import assert from 'node:assert/strict';
import { badlyFramed } from './boxes.mjs';
import { ready, settled, step } from './lab.mjs';
import { pageTest, picture } from './site.mjs';

const SIZES = [
  [240, 200], [240, 320], [240, 480], [320, 200], [320, 240], [320, 420], [320, 568], [360, 420], [390, 640], [390, 844],
  [480, 300], [640, 240], [640, 360], [640, 400], [640, 520], [768, 500], [768, 1024], [820, 420], [820, 480],
  [900, 300], [900, 480], [1024, 768], [1280, 400], [1280, 800], [1920, 1080],
];
/** The attribute `controls`. */
const CONTROLS = ['none', 'depth', 'depth activation', 'depth activation learning-rate', 'all'];

/** What else is on the screen, by the query, and what is done. @type {Record<string, { query: string, act: (page: import('playwright-core').Page) => Promise<unknown> }>} */
const STATES = {
  start: { query: 'depth=20', act: async () => {} },
  overflow: { query: 'depth=10&activation=relu&init=normal&learning-rate=10', act: (page) => step(page, 5) },
  kept: {
    query: 'activation=relu&init=he_normal&learning-rate=0.04',
    act: async (page) => {
      await step(page, 30);
      await page.evaluate(() => document.querySelector('gradient-flow').pin());
      await page.evaluate(() => (document.querySelector('gradient-flow').config = { learning_rate: 0.02 }));
      await step(page, 1);
    },
  },
  'looking back': {
    query: 'data=spiral&depth=3&width=16',
    act: async (page) => {
      await page.evaluate(() => document.querySelector('gradient-flow').setAttribute('charts', 'history'));
      await step(page, 30);
      await page.locator('.scrub input').fill('10');
      await page.evaluate(() => document.querySelector('gradient-flow').setAttribute('charts', 'signals'));
    },
  },
};

/** Waits for the new size, and two frames: in the first, observers learn it. @param {import('playwright-core').Page} page @param {{ width: number, height: number }} size */
async function resize(page, size) {
  await page.setViewportSize(size);
  await page.evaluate(async ({ width, height }) => {
    for (let frames = 0; frames < 2; frames = innerWidth === width && innerHeight === height ? frames + 1 : 0) await new Promise(requestAnimationFrame);
  }, size);
}

for (const lang of ['en', 'de']) {
  for (const [state, { query, act }] of Object.entries(STATES)) {
    pageTest(`an embed is whole at every size, ${state}, ${lang}`, { path: `embed.html#${query}&charts=signals&lang=${lang}`, viewport: { width: 640, height: 480 } }, async (page) => {
      await ready(page);
      await act(page);
      await settled(page);
      const bad = [];
      for (const controls of CONTROLS) {
        await page.evaluate((names) => document.querySelector('gradient-flow').setAttribute('controls', names), controls);
        for (const [width, height] of SIZES) {
          await resize(page, { width, height });
          const found = await badlyFramed(page);
          bad.push(...found.map((text) => `${controls} ${width}x${height}: ${text}`));
          if (controls === 'depth' && height < 500) await picture(page, `frame ${lang} ${state} ${width}x${height}`);
        }
      }
      assert.deepEqual(bad, []);
    });
  }
}
