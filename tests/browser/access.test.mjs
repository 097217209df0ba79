/** Nothing that axe-core knows keeps anybody out: names, roles, contrast, landmarks. */
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { eventually, ready, step } from './lab.mjs';
import { pageTest } from './site.mjs';

const axe = await readFile(new URL('../node_modules/axe-core/axe.min.js', import.meta.url), 'utf8');

/** What axe-core finds. @param {import('playwright-core').Page} page */
async function violations(page) {
  await page.evaluate(axe);
  return page.evaluate(async () => {
    const { violations } = await window.axe.run();
    return violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.target.join(' ')).join(', ')}`);
  });
}

/** Waits until nothing is found: a colour may still be on its way from one state to the next. */
const clean = (page) => eventually(() => violations(page), (found) => assert.deepEqual(found, []));

for (const scheme of ['light', 'dark']) {
  pageTest(`everybody can read the docs, ${scheme}`, { bypassCSP: true, scheme, path: 'docs.html' }, async (page) => {
    await page.locator('[data-table="settings"] tr').nth(5).waitFor();
    await clean(page);
  });

  pageTest(`everybody can read the article, ${scheme}`, { bypassCSP: true, scheme, path: 'learn.html' }, async (page) => {
    await ready(page);
    await page.locator('.step.current').waitFor();
    await clean(page);
  });

  pageTest(`everybody can share, ${scheme}`, { bypassCSP: true, scheme }, async (page) => {
    await ready(page);
    await page.getByRole('button', { name: 'Share this experiment' }).click();
    await page.getByRole('dialog').waitFor();
    await clean(page);
  });

  for (const [width, height] of [[1280, 800], [390, 844]]) {
    // axe-core styles an element of its own, which the policy forbids.
    const options = { bypassCSP: true, viewport: { width, height }, scheme, path: '#depth=20&optimizer=momentum&clip=norm' };
    pageTest(`everybody can use it at ${width} px, ${scheme}`, options, async (page) => {
      await ready(page);
      if (width < 500) await page.getByRole('button', { name: 'Settings' }).click();
      for (const group of await page.locator('summary').all()) await group.click();
      await clean(page);
    });
  }
  for (const dialog of ['Export', 'Use your own data']) {
    pageTest(`everybody can use "${dialog}", ${scheme}`, { bypassCSP: true, scheme, path: '#depth=3' }, async (page) => {
      await ready(page);
      if (dialog === 'Export') await page.getByRole('button', { name: 'Export' }).click();
      else {
        await page.locator('details[data-group="data"] summary').click();
        await page.getByRole('button', { name: 'Use your own data …' }).click();
        const rows = Array.from({ length: 9 }, (_, i) => `${i + 1},0${i + 1}/02/2020,${i === 4 ? '' : (i * 7) % 11},${i % 2 ? 'x' : 'y'}`);
        const buffer = Buffer.from(['id,day,size,kind', ...rows].join('\n'));
        await page.getByLabel('Choose a file').setInputFiles({ name: 'a.csv', mimeType: 'text/csv', buffer });
        await page.getByRole('listitem').first().waitFor();
      }
      await page.getByRole('dialog', { name: dialog }).waitFor();
      await clean(page);
    });
  }
}

/** States of the laboratory, and how one gets there. @type {Record<string, { path: string, viewport?: { width: number, height: number }, act?: (page: import('playwright-core').Page) => Promise<unknown> }>} */
const STATES = {
  running: { path: '#depth=12&speed=5', act: (page) => page.evaluate(() => document.querySelector('gradient-flow').run()) },
  overflow: {
    path: '#depth=5&activation=relu&init=he_normal&learning-rate=50',
    act: async (page) => {
      await step(page, 30);
      await page.locator('.headline').filter({ hasText: 'Overflow' }).waitFor();
    },
  },
  kept: { path: '#depth=12', act: (page) => page.evaluate(() => document.querySelector('gradient-flow').pin()) },
  'looking back': {
    path: '#depth=12',
    act: async (page) => {
      await step(page, 9);
      await page.getByRole('slider', { name: 'Go back to a step' }).press('Home');
      await page.getByRole('button', { name: 'Back to latest' }).waitFor();
    },
  },
  'a table': { path: '#depth=12', act: (page) => page.getByRole('button', { name: 'Show as a table' }).first().click() },
  'a help': { path: '#depth=12', act: (page) => page.getByRole('button', { name: 'What am I looking at?' }).first().click() },
  refused: {
    path: '#depth=12',
    act: async (page) => {
      await page.evaluate(() => (document.querySelector('gradient-flow').config = { depth: 1000 }));
      await page.getByRole('alert').filter({ hasText: 'depth cannot be 1000' }).waitFor();
    },
  },
  'a walk through a step': {
    path: '#depth=3&width=16&charts=network',
    act: (page) => page.getByRole('button', { name: 'Walk through one step' }).click(),
  },
  'a map': { path: '#depth=3&charts=map', act: (page) => page.getByRole('button', { name: 'Measure', exact: true }).waitFor() },
  'own data': {
    path: '#depth=3',
    act: (page) => page.evaluate(() => document.querySelector('gradient-flow').useTable('a,b,kind\n1,2,x\n3,1,y\n4,5,x\n2,2,y\n', { name: 'a.csv' })),
  },
};

for (const scheme of ['light', 'dark']) {
  for (const [state, { path, act }] of Object.entries(STATES)) {
    pageTest(`everybody can use it: ${state}, ${scheme}`, { bypassCSP: true, scheme, path }, async (page) => {
      await ready(page);
      await act(page);
      await clean(page);
    });
  }
  for (const [part, width, height] of [[1, 1280, 800], [3, 390, 844], [5, 1280, 800]]) {
    pageTest(`everybody can take part ${part} of a lesson at ${width} px, ${scheme}`, { bypassCSP: true, scheme, viewport: { width, height }, path: `#lesson=vanishing/${part}` }, async (page) => {
      await ready(page);
      const skip = page.getByRole('button', { name: 'Skip and show' });
      await skip.or(page.locator('.puzzle')).first().waitFor();
      await clean(page);
      if (part === 5) return;
      await (part === 3 ? page.locator('.lesson-answer').first() : skip).click();
      await page.locator('.lesson-reveal').waitFor();
      await clean(page);
    });
  }

  pageTest(`everybody can choose a lesson, ${scheme}`, { bypassCSP: true, scheme, path: '#depth=3' }, async (page) => {
    await ready(page);
    await page.getByRole('button', { name: 'Lessons' }).click();
    await page.getByRole('dialog', { name: 'Lessons' }).waitFor();
    await clean(page);
  });
}
