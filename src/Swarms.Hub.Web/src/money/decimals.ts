/** Adds amounts as the hub writes them, with all their digits. */
export function sumOf(amounts: readonly string[]): string {
  const places = Math.max(0, ...amounts.map(placesOf));
  return textOf(
    amounts.reduce((sum, amount) => sum + unitsOf(amount, places), 0n),
    places,
  );
}

/** What is left of an amount, at least 0. */
export function leftOf(limit: string, used: string): string {
  const places = Math.max(placesOf(limit), placesOf(used));
  const left = unitsOf(limit, places) - unitsOf(used, places);
  return textOf(left < 0n ? 0n : left, places);
}

function placesOf(amount: string): number {
  return (amount.split('.')[1] ?? '').length;
}

function unitsOf(amount: string, places: number): bigint {
  const [whole = '0', part = ''] = amount.split('.');
  return /^-?\d+$/.test(whole) && /^\d*$/.test(part) ? BigInt(whole + part.padEnd(places, '0')) : 0n;
}

function textOf(units: bigint, places: number): string {
  const digits = units.toString().padStart(places + 1, '0');
  const part = places === 0 ? '' : digits.slice(-places).replace(/0+$/, '');
  return digits.slice(0, digits.length - places) + (part === '' ? '' : `.${part}`);
}
