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

/** JupyterLab's scripts warn, for example of a plugin that takes long; errors, ours or theirs, and what names us are complaints. */
const WARNING_OF_JUPYTER = /^console warning: (?!.*gradient.flow).*\(http:\/\/127\.0\.0\.1:\d+\/static\/lab\/[^)]*\)$/s;

pageTest('Python sets the depth and reads the gradients back', { path: `${address}lab/tree/lesson.ipynb?token=${TOKEN}`, viewport: { width: 1280, height: 1000 }, expected: WARNING_OF_JUPYTER }, async (page) => {
  /** What the page sends to the kernel, which takes it in this order. @type {string[]} */
  const sent = [];
  page.on('websocket', (socket) => socket.on('framesent', ({ payload }) => sent.push(payload.toString())));
  /** Waits until a snapshot of this step is on its way. @param {number} step */
  const told = async (step) => {
    while (!sent.some((frame) => frame.includes('dw_rms') && frame.includes(`"step":${step},`))) await new Promise((resolve) => setTimeout(resolve, 50));
  };
  const cell = (index) => page.locator('.jp-Notebook .jp-CodeCell').nth(index);
  /** Runs the selected cell; the next one is then selected. */
  const run = () => page.keyboard.press('Shift+Enter');
  const output = (index, words) => cell(index).locator('.jp-OutputArea-output').filter({ hasText: words }).waitFor();
  const lab = (look) => page.evaluate(look);
  await cell(0).waitFor();
  // The kernel is there.
  await page.locator('.jp-StatusBar-TextItem').filter({ hasText: '| Idle' }).waitFor();
  await cell(0).locator('.cm-content').click();
  await run();
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
  await page.getByRole('button', { name: 'Settings' }).click();
  await page.getByRole('textbox', { name: 'Depth' }).fill('3');
  await page.getByRole('textbox', { name: 'Depth' }).press('Enter');
  await page.waitForFunction(() => document.querySelector('gradient-flow').snapshot.layers.dw_rms.length === 4);
  await told(0);
  await cell(2).locator('.cm-content').click();
  await run();
  await output(2, /read 0/);
  await eventually(() => printed('read 0 ').catch(() => []), (read) => assert.equal(read.length, 4));
  await picture(page, 'host-jupyter');
});
