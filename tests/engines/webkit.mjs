/** WebKit: MiniBrowser of WebKitGTK on a screen in memory, through plain WebDriver over HTTP. */
import { spawn } from 'node:child_process';
import { createServer } from 'node:net';

const { WEBKIT_DRIVER, WEBKIT_BROWSER, XVFB } = process.env;

/** How long a script in the page may take, in milliseconds. */
const SCRIPT_TIMEOUT = 120_000;

/** WebDriver's names of keys that are no characters. */
const KEYS = new Map([['Enter', '\uE007'], ['Escape', '\uE00C'], ['Tab', '\uE004'], ['ArrowLeft', '\uE012'], ['ArrowRight', '\uE014']]);

/** A screen in memory; its number is what it writes when it is ready. */
async function startScreen() {
  const screen = spawn(XVFB, ['-displayfd', '3', '-screen', '0', '1280x900x24', '-nolisten', 'tcp'], { stdio: ['ignore', 'ignore', 'pipe', 'pipe'] });
  const number = await new Promise((resolve, reject) => {
    let said = '';
    screen.stderr.on('data', (text) => (said += text));
    screen.on('error', reject);
    screen.on('exit', () => reject(new Error(`Xvfb ended: ${said}`)));
    screen.stdio[3].once('data', (text) => resolve(String(text).trim()));
  });
  return { screen, display: `:${number}` };
}

/** A port that is free now. @returns {Promise<number>} */
function freePort() {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

/** Sends a command of WebDriver; its value. @param {string} url @param {'GET' | 'POST' | 'DELETE'} method @param {unknown} [body] */
async function send(url, method, body) {
  const response = await fetch(url, { method, body: body === undefined ? undefined : JSON.stringify(body), headers: { 'Content-Type': 'application/json' } });
  const { value } = await response.json();
  if (!response.ok) throw new Error(`${url.split('/').at(-1)}: ${value.error}: ${value.message}`);
  return value;
}

/** @returns {Promise<import('./face.mjs').Driver>} */
export async function start() {
  const { screen, display } = await startScreen();
  const port = await freePort();
  const environment = { ...process.env, DISPLAY: display, LIBGL_ALWAYS_SOFTWARE: '1', NO_AT_BRIDGE: '1' };
  const driver = spawn(WEBKIT_DRIVER, [`--port=${port}`], { env: environment, stdio: 'ignore' });
  // Without its screen the browser ends too, whatever this process dies of.
  const stop = () => [driver, screen].forEach((child) => child.kill());
  process.on('exit', stop);
  const root = `http://127.0.0.1:${port}`;
  while (!(await send(`${root}/status`, 'GET').catch(() => undefined))?.ready) {
    if (driver.exitCode !== null) throw new Error(`${WEBKIT_DRIVER} ended (${driver.exitCode})`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  const capabilities = { alwaysMatch: { 'webkitgtk:browserOptions': { binary: WEBKIT_BROWSER, args: ['--automation'] } } };
  const { sessionId } = await send(`${root}/session`, 'POST', { capabilities });
  const command = (name, body) => send(`${root}/session/${sessionId}/${name}`, body === undefined ? 'GET' : 'POST', body);
  await command('timeouts', { script: SCRIPT_TIMEOUT });
  await command('window/rect', { x: 0, y: 0, width: 1280, height: 900 });
  const pointer = ([kind, x, y]) =>
    kind === 'move' ? { type: 'pointerMove', x: Math.round(x), y: Math.round(y), duration: 0 } : { type: kind === 'down' ? 'pointerDown' : 'pointerUp', button: 0 };
  return {
    goto: (url) => command('url', { url }),
    async run(source) {
      const script = `const done = arguments[arguments.length - 1]; (${source}).then((text) => done({ text }), (error) => done({ error: String(error) }));`;
      const { text, error } = await command('execute/async', { script, args: [] });
      if (error !== undefined) throw new Error(error);
      return text;
    },
    mouse: (moves) => command('actions', { actions: [{ type: 'pointer', id: 'mouse', parameters: { pointerType: 'mouse' }, actions: moves.map(pointer) }] }),
    key(name) {
      const value = KEYS.get(name) ?? name;
      return command('actions', { actions: [{ type: 'key', id: 'keyboard', actions: [{ type: 'keyDown', value }, { type: 'keyUp', value }] }] });
    },
    png: async () => Buffer.from(await command('screenshot'), 'base64'),
    errors: [],
    async close() {
      await send(`${root}/session/${sessionId}`, 'DELETE').catch(() => undefined);
      stop();
      process.off('exit', stop);
    },
  };
}
