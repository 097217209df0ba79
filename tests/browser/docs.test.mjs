/** The docs page tells everything that there is, and its examples run. */
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pageTest, picture } from './site.mjs';

const firsts = (page, table) => page.locator(`[data-table="${table}"] tbody tr td:first-child code`).allTextContents();

pageTest('it lists every setting, chart, member, event and custom property', { path: 'docs.html' }, async (page) => {
  await page.locator('[data-table="settings"] tr').nth(5).waitFor();
  const truth = await page.evaluate(async () => {
    const { GradientFlow } = await import('./gradient-flow.js');
    const { load, wasm } = await import(`${window.ASSETS}shared/wasm.js`);
    const { ENGLISH } = await import(`${window.ASSETS}shared/words.js`);
    await load();
    const { fields, charts } = JSON.parse(wasm.schema(ENGLISH.table));
    const hidden = ['constructor', 'connectedCallback', 'disconnectedCallback'];
    const members = Object.getOwnPropertyNames(GradientFlow.prototype).filter((name) => !hidden.includes(name));
    return { fields: fields.map(({ attribute }) => attribute), charts: charts.map(({ id }) => id), members };
  });
  assert.deepEqual((await firsts(page, 'settings')).sort(), truth.fields.sort());
  assert.deepEqual(await firsts(page, 'charts'), truth.charts);
  assert.deepEqual((await firsts(page, 'members')).map((name) => name.split('(')[0]).sort(), truth.members.sort());
  const css = (await Promise.all(['shared/colours.css', 'gradient-flow.css'].map((name) => readFile(join(process.env.SITE_FOLDER, process.env.ASSETS, name), 'utf8')))).join('');
  const painted = new Set(Array.from(css.matchAll(/--gradient-flow-[a-z-]+/g), ([name]) => name).filter((name) => !name.endsWith('-')));
  assert.deepEqual((await firsts(page, 'properties')).sort(), [...painted].sort());
  const declared = await readFile(join(process.env.SITE_FOLDER, 'elements.d.ts'), 'utf8');
  assert.deepEqual(await firsts(page, 'events'), Array.from(declared.matchAll(/'(gradient-flow-\w+)':/g), ([, name]) => name));
  const keys = await page.evaluate(async () => (await import(`${window.ASSETS}shared/view-attributes.js`)).VIEW_ATTRIBUTES);
  assert.deepEqual((await firsts(page, 'view')).sort(), keys.sort());
});

for (const [width, height, scheme] of [[1280, 800, 'light'], [390, 844, 'dark']]) {
  pageTest(`its examples run and its snippets name this site, at ${width} px, ${scheme}`, { path: 'docs.html', viewport: { width, height }, scheme }, async (page) => {
    await page.locator('[data-table="settings"] tr').nth(5).waitFor();
    assert.equal(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth), 0);
    await picture(page, `docs-${width}`);
    const labs = page.locator('gradient-flow');
    for (let i = 0; i < (await labs.count()); i += 1) {
      await labs.nth(i).scrollIntoViewIfNeeded();
      await page.waitForFunction((i) => document.querySelectorAll('gradient-flow')[i].snapshot?.step === 0, i);
    }
    await page.getByRole('button', { name: 'Run this script' }).click();
    await page.locator('output').filter({ hasText: /sigmoid: \d\.\de-\d+, tanh: \d/ }).first().waitFor();
    await picture(page, `docs-script-${width}`);
    assert.match(await page.locator('pre[data-style]').textContent(), /^\.paper \{\n {2}--gradient-flow-ground: #fff8e7;\n/);
    const [tag] = await page.locator('#element pre').allTextContents();
    assert.equal(tag, '<gradient-flow depth="16" width="32" charts="signals" controls="depth activation"></gradient-flow>');
    // Whatever address of this site a snippet names is there.
    const named = (await page.locator('pre[data-site]').allTextContents()).flatMap((text) => [...text.matchAll(/https?:[^"#)\s]+/g)].map(([address]) => address));
    assert.ok(named.length >= 4);
    for (const address of new Set(named)) assert.equal((await page.request.get(address)).status(), 200, address);
    await page.locator('#looks gradient-flow').scrollIntoViewIfNeeded();
    await picture(page, `docs-looks-${width}`);
    await page.evaluate(() => scrollTo(0, document.querySelector('#settings').offsetTop));
    await picture(page, `docs-settings-${width}`);
  });
}
