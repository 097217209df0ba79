/** Serves folders as somebody's static host would, each with a policy of its own. */
import { createServer } from 'node:http';
import { readFile } from 'node:fs/promises';
import { extname, join, normalize } from 'node:path';
import { after } from 'node:test';

const TYPES = { '.html': 'text/html; charset=utf-8', '.js': 'text/javascript', '.mjs': 'text/javascript', '.css': 'text/css', '.wasm': 'application/wasm', '.svg': 'image/svg+xml' };

/**
 * The address of a folder, until the tests end.
 * @param {string} folder
 * @param {Record<string, string>} [headers]
 * @param {{ there: boolean }} [network] While it is not there, nobody gets an answer.
 */
export async function host(folder, headers = {}, network = { there: true }) {
  const server = createServer(async (request, response) => {
    if (!network.there) {
      request.socket.destroy();
      return;
    }
    const path = normalize(decodeURIComponent(new URL(request.url, 'http://host').pathname));
    const file = join(folder, path.endsWith('/') ? `${path}index.html` : path);
    try {
      const body = await readFile(file);
      response.writeHead(200, { 'Content-Type': TYPES[extname(file)] ?? 'application/octet-stream', ...headers }).end(body);
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  after(() => server.close());
  server.unref();
  return `http://127.0.0.1:${server.address().port}/`;
}
