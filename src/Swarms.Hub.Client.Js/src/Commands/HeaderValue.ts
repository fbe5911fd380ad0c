/** Tokens and keys travel in a header, which carries visible ASCII characters only. */
export const HeaderValue = {
  /** Refuses a secret that no header carries, without repeating it. */
  require(secret: string, name: string): void {
    if (!/^[!-~]+$/.test(secret))
      throw new TypeError(`${name}: a token or key has visible ASCII characters only: no spaces, line breaks or other letters.`);
  },
};
