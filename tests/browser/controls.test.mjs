import assert from 'node:assert/strict';
import { config, ready } from './lab.mjs';
import { pageTest } from './site.mjs';

pageTest('every slider moves by one press of an arrow key, and back by one click', { path: '#depth=3&width=8' }, async (page) => {
  await ready(page);
  await page.evaluate(() => {
    for (const group of document.querySelector('gradient-flow').shadowRoot.querySelectorAll('details')) group.open = true;
  });
  const rows = page.locator('[data-field]').filter({ has: page.getByRole('slider') });
  const names = await rows.evaluateAll((all) => all.filter((row) => !row.hidden).map((row) => row.dataset.field));
  assert.ok(names.includes('depth') && names.includes('learning_rate') && names.length > 4, `${names}`);
  const defaults = await page.evaluate(() =>
    Object.fromEntries(document.querySelector('gradient-flow').schema.fields.map((field) => [field.name, field.default])),
  );
  const stuck = [];
  for (const name of names) {
    const row = page.locator(`[data-field="${name}"]`);
    const before = (await config(page))[name];
    await row.getByRole('slider').press('ArrowRight');
    const after = (await config(page))[name];
    if (!(after > before)) stuck.push(`${name} stays at ${before}`);
    else await row.getByRole('button', { name: 'back to' }).click();
    if (stuck.length === 0) assert.equal((await config(page))[name], defaults[name], name);
  }
  assert.deepEqual(stuck, []);
});
