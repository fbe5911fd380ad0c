/** What the promise resolves to, or the other value if that takes longer. */
export async function withDeadline<T, U>(promise: Promise<T>, milliseconds: number, otherwise: () => U): Promise<T | U> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const tooLate = new Promise<U>(resolve => {
    timer = setTimeout(() => resolve(otherwise()), milliseconds);
  });
  try {
    return await Promise.race([promise, tooLate]);
  } finally {
    clearTimeout(timer);
  }
}
