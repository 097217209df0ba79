/** marimo: a notebook whose cells run again when what they read has changed. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { cp, mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after } from 'node:test';
import { pageTest, picture } from '../browser/site.mjs';

const { HOSTS, JUPYTER } = process.env;

const folder = await mkdtemp(join(tmpdir(), 'gradient-flow-marimo-'));
await cp(join(HOSTS, 'marimo'), folder, { recursive: true });

/** marimo's address, once it says it. */
const address = await new Promise((resolve, reject) => {
  const program = join(dirname(JUPYTER), 'marimo');
  const env = { ...process.env, HOME: folder, XDG_CONFIG_HOME: folder, XDG_STATE_HOME: folder, XDG_CACHE_HOME: folder, NO_COLOR: '1' };
  const server = spawn(program, ['run', 'lesson.py', '--headless', '--host', '127.0.0.1', '--no-token'], { cwd: folder, env });
  after(() => server.kill());
  let said = '';
  const hear = (/** @type {Buffer} */ text) => {
    said += text;
    const found = /http:\/\/127\.0\.0\.1:\d+/.exec(said);
    if (found) resolve(found[0]);
  };
  server.stdout.on('data', hear);
  server.stderr.on('data', hear);
  server.on('exit', () => reject(new Error(`marimo ended:\n${said}`)));
});

pageTest('a notebook of marimo, which has two outputs of one laboratory', { path: address }, async (page) => {
  const lab = page.locator('gradient-flow');
  const told = (words) => page.getByText(words).waitFor();
  // The commands were given before there was an output.
  await told("step 8, depth 6, 7 gradients, error ''");
  assert.equal(await lab.count(), 1);
  assert.deepEqual(await lab.evaluate(({ config, charts, speed }) => [config.slope, config.learning_rate, charts, speed]), [0.01, 0.5, 'signals', '20']);
  await page.getByText('This laboratory is shown in another output').waitFor();
  // What is changed in the page runs the cells that read it.
  await lab.evaluate((lab) => (lab.config = { depth: 3 }));
  await told("step 0, depth 3, 4 gradients, error ''");
  await lab.evaluate((lab) => lab.step(2));
  await told('step 2, depth 3, 4 gradients');
  await picture(page, 'host-marimo');
});
