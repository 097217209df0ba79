/** The notebook package as it is installed, and what one of its labs sends to a page. */
import { execFile } from 'node:child_process';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';

export const PYTHON = join(dirname(process.env.JUPYTER), 'python');

/** What a Python script prints. @param {string} script */
export const python = async (script) => (await promisify(execFile)(PYTHON, ['-c', script], { maxBuffer: 2 ** 24 })).stdout;

/** The folder of the package, with its module widget.js. */
export const widgetFolder = async () => (await python('import gradient_flow, pathlib; print(pathlib.Path(gradient_flow.__file__).parent)')).trim();

/** The state of `lab`, which the script makes, as a page gets it. @param {string} script @returns {Promise<Record<string, any>>} */
export const labState = async (script) =>
  JSON.parse(await python(`import json\nfrom gradient_flow import Lab\n${script}\nstate = lab.get_state()\nprint(json.dumps({name: state[name] for name in state if name not in ("_esm", "layout")}))`));
