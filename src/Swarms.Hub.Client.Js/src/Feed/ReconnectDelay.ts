const firstCapMilliseconds = 1_000;

/**
 * How long to wait before an attempt: none before the first, then a random part of a cap that doubles from one second
 * (full jitter, so that a room full of people does not come back in waves).
 */
export function reconnectDelay(failures: number, maxDelay: number): number {
  return failures === 0 ? 0 : Math.random() * Math.min(maxDelay, firstCapMilliseconds * 2 ** (failures - 1));
}
