const firstCapMilliseconds = 1_000;

export const ReconnectDelay = {
  /**
   * How long to wait before an attempt: none before the first, then a random part of a cap that doubles from one second (full jitter, so
   * that a room full of people does not come back in waves).
   */
  after(failures: number, longest: number, part: number): number {
    return failures === 0 ? 0 : part * Math.min(longest, firstCapMilliseconds * 2 ** Math.min(failures - 1, 30));
  },
};
