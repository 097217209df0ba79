// @ts-check
/** From the second visit on, the laboratory works without a network (sw.js). */
import { siteAddress } from '../shared/assets.js';

export async function keepOffline() {
  const site = siteAddress();
  if (!site || !navigator.serviceWorker) return;
  try {
    const registration = await navigator.serviceWorker.register(new URL('sw.js', site), { updateViaCache: 'none' });
    const { waiting } = registration;
    if (!waiting) {
      await registration.update();
      return;
    }
    // A new version has arrived whole. If it takes over, it reloads this page, whose state is in its address.
    navigator.serviceWorker.addEventListener('controllerchange', () => location.reload(), { once: true });
    waiting.postMessage('take over');
  } catch {
    // Without the offline copy the page works as long as there is a network.
  }
}
