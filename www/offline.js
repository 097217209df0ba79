// @ts-check
/** From its second visit on, the laboratory works without a network (sw.js). */
import { site } from './assets.js';

export async function keep() {
  const home = site();
  if (!home || !navigator.serviceWorker) return;
  try {
    const registration = await navigator.serviceWorker.register(new URL('sw.js', home), { updateViaCache: 'none' });
    await registration.update();
  } catch {
    // It works with a network as it did.
  }
}
