/** Returns whether a name has the sought letters, without accents and in any case. */
export function matches(name: string, sought: string): boolean {
  return plain(name).includes(plain(sought).trim());
}

function plain(text: string): string {
  return text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
}
