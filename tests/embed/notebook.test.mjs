/** JupyterLab with a real kernel: Python sets the depth and reads the gradients that the page computes. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { cp, mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after } from 'node:test';
import { eventually } from '../browser/lab.mjs';
import { pageTest, picture } from '../browser/site.mjs';

const { HOSTS, JUPYTER } = process.env;
const TOKEN = 'lesson';

const folder = await mkdtemp(join(tmpdir(), 'gradient-flow-notebook-'));
await cp(join(HOSTS, 'notebook'), folder, { recursive: true });

/** JupyterLab's address, once it says it. */
const address = await new Promise((resolve, reject) => {
  const settings = { JUPYTER_CONFIG_DIR: join(folder, '.config'), JUPYTER_DATA_DIR: join(folder, '.data'), JUPYTERLAB_SETTINGS_DIR: join(folder, '.settings') };
  const args = ['lab', '--no-browser', '--ServerApp.ip=127.0.0.1', '--ServerApp.port=0', `--IdentityProvider.token=${TOKEN}`, `--ServerApp.root_dir=${folder}`, ...(process.getuid?.() === 0 ? ['--allow-root'] : [])];
  const server = spawn(JUPYTER, args, { env: { ...process.env, ...settings }, stdio: ['ignore', 'ignore', 'pipe'] });
  after(() => server.kill());
  let said = '';
  server.stderr.on('data', (text) => {
    said += text;
    const found = /http:\/\/127\.0\.0\.1:(\d+)\/lab/.exec(said);
    if (found) resolve(`http://127.0.0.1:${found[1]}/`);
  });
  server.on('exit', () => reject(new Error(`JupyterLab ended:\n${said}`)));
});

/** A notebook in JupyterLab. @param {import('playwright-core').Page} page */
function notebook(page) {
  const cell = (/** @type {number} */ index) => page.locator('.jp-Notebook .jp-CodeCell').nth(index);
  /** Runs the selected cell; the next one is then selected. */
  const run = () => page.keyboard.press('Shift+Enter');
  const runCell = async (/** @type {number} */ index) => {
    await cell(index).locator('.cm-content').click();
    await run();
  };
  /** Runs the first cell, once the kernel is there. */
  const begin = async () => {
    await cell(0).waitFor();
    await page.locator('.jp-StatusBar-TextItem').filter({ hasText: '| Idle' }).waitFor();
    await runCell(0);
  };
  const output = (/** @type {number} */ index, /** @type {RegExp} */ words) => cell(index).locator('.jp-OutputArea-output').filter({ hasText: words }).waitFor();
  return { cell, run, runCell, begin, output };
}

/** JupyterLab's scripts warn, for example of a plugin that takes long; errors, ours or theirs, and what names us are complaints. */
const expected = /^console warning: (?!.*gradient.flow).*\(http:\/\/127\.0\.0\.1:\d+\/static\/lab\/[^)]*\)$/s;
// A workspace of its own has no tabs of the test before.
const inJupyter = (/** @type {string} */ name) => ({ path: `${address}lab/workspaces/${name}/tree/${name}.ipynb?token=${TOKEN}`, viewport: { width: 1280, height: 1000 }, expected });

pageTest('Python sets the depth and reads the gradients back', inJupyter('lesson'), async (page) => {
  /** What the page sends to the kernel, which takes it in this order. @type {string[]} */
  const sent = [];
  page.on('websocket', (socket) => socket.on('framesent', ({ payload }) => sent.push(payload.toString())));
  /** Waits until a snapshot of this step is on its way. @param {number} step */
  const told = async (step) => {
    while (!sent.some((frame) => frame.includes('dw_rms') && frame.includes(`"step":${step},`))) await new Promise((resolve) => setTimeout(resolve, 50));
  };
  const { cell, run, runCell, begin, output } = notebook(page);
  const lab = (look) => page.evaluate(look);
  await begin();
  await page.waitForFunction(() => document.querySelector('gradient-flow')?.snapshot?.step === 0);
  assert.equal(await lab(() => document.querySelector('gradient-flow').snapshot.layers.dw_rms.length), 7);
  await told(0);
  await run();
  await output(1, /7 0\.25/);
  await page.waitForFunction(() => document.querySelector('gradient-flow').snapshot?.step === 5);
  const seen = await lab(() => [...document.querySelector('gradient-flow').snapshot.layers.dw_rms]);
  assert.equal(seen.length, 13);
  await told(5);
  await run();
  await output(2, /read 5/);
  /** What the cell printed after a word, once all of it is there. */
  const printed = async (word) => JSON.parse((await cell(2).locator('.jp-OutputArea-output').textContent()).replace(word, '').trim() || 'null');
  await eventually(() => printed('read 5 ').catch(() => []), (read) => assert.deepEqual(read.map(Math.fround), seen));

  // The other way: a control of the page, read by the same cell.
  sent.length = 0;
  await page.getByRole('textbox', { name: 'Depth' }).fill('3');
  await page.getByRole('textbox', { name: 'Depth' }).press('Enter');
  await page.waitForFunction(() => document.querySelector('gradient-flow').snapshot.layers.dw_rms.length === 4);
  await told(0);
  await runCell(2);
  await output(2, /read 0/);
  await eventually(() => printed('read 0 ').catch(() => []), (read) => assert.equal(read.length, 4));
  await picture(page, 'host-jupyter');
});

/** The numbers of a run that changed its rate after five steps. */
const reference = () => {
  const lab = document.createElement('gradient-flow');
  lab.config = { depth: 6, width: 16, data: 'iris', activation: 'prelu', slope: 0.01 };
  document.body.append(lab);
  return lab.step(5).then(async () => {
    lab.config = { learning_rate: 0.5 };
    const { layers } = await lab.step(3);
    const numbers = [...layers.dw_rms];
    lab.remove();
    return numbers;
  });
};

pageTest('what Python asks for is done in order, once, in one of several outputs', inJupyter('commands'), async (page) => {
  const { cell, run, runCell, begin, output } = notebook(page);
  const isAt = (step) => page.waitForFunction((step) => document.querySelector('gradient-flow')?.snapshot?.step === step, step);
  /** The cells whose outputs show the element. */
  const shown = () => page.evaluate(() => Array.from(document.querySelectorAll('gradient-flow'), (lab) => [...document.querySelectorAll('.jp-CodeCell')].indexOf(lab.closest('.jp-CodeCell'))));
  // Commands, with a change between them, that were there before the output was.
  await begin();
  await isAt(8);
  const config = await page.evaluate(() => document.querySelector('gradient-flow').config);
  assert.deepEqual([config.slope, config.learning_rate, config.depth], [0.01, 0.5, 6]);
  const numbers = await page.evaluate(() => [...document.querySelector('gradient-flow').snapshot.layers.dw_rms]);
  assert.deepEqual(numbers, await page.evaluate(reference));
  // An observer was told of it.
  const read = async () => {
    await runCell(1);
    await output(1, /seen|Error/);
    return cell(1).locator('.jp-OutputArea-output').textContent();
  };
  await eventually(read, (text) => assert.equal(text.trim(), "seen 8 0.01 20 0.5 ''"));

  // A second output of the same laboratory: it is there now, as it was.
  await runCell(2);
  await eventually(shown, (cells) => assert.deepEqual(cells, [2]));
  await run();
  await isAt(12);
  await cell(0).getByText('This laboratory is shown in another output').waitFor();
  await cell(0).getByRole('button', { name: 'Show it here' }).click();
  await eventually(shown, (cells) => assert.deepEqual(cells, [0]));
  await runCell(4);
  await isAt(13);

  // A later cell ends steps that would take hours.
  await runCell(5);
  await page.waitForFunction(() => document.querySelector('gradient-flow').snapshot.step > 100);
  await run();
  await isAt(0);

  // A slider of the page, and a value that is refused at once.
  await runCell(7);
  await page.waitForFunction(() => document.querySelector('gradient-flow').snapshot?.layers.dw_rms.length === 6);
  await runCell(8);
  await output(8, /depth cannot be 1000\. Allowed: a whole number from 1 to 100/);

  // To a step, and back from a later one.
  await runCell(9);
  await isAt(6);
  await runCell(10);
  await isAt(2);
});
