// Writes every case: `node write-cases.mjs [folder]`.
await import('./write-fold.mjs');
await import('./write-talk.mjs');
await import('./write-runs.mjs');
await import('./write-endings.mjs');
await import('./write-feed.mjs');
await import('./write-links.mjs');
