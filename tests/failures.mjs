/** A reporter for `node --test`: one line for each test that failed, as `FILE: NAME`; xtask counts them. */
import { basename } from 'node:path';

/** @param {AsyncIterable<{ type: string, data: any }>} events */
export default async function* failures(events) {
  for await (const { type, data } of events) {
    // A file is reported as a test of its own; of one whose tests failed, those have been named.
    if (type !== 'test:fail' || data.details?.error?.failureType === 'subtestsFailed') continue;
    yield `${basename(data.file ?? '')}: ${data.name.replaceAll('\n', ' ')}\n`;
  }
}
