/** A pause of the room that is longer is as long as this where pauses are skipped. */
export const longestPause = 2000;

/** The place of each event, in milliseconds from the first. Pauses longer than a bound are cut to it. */
export function placesOf(times: readonly number[], longest = Number.POSITIVE_INFINITY): number[] {
  let place = 0;
  return times.map((time, index) => (place += index === 0 ? 0 : Math.min(time - times[index - 1]!, longest)));
}

/** Returns how many of the places are not after one. Places do not fall. */
export function countUntil(places: readonly number[], place: number): number {
  let low = 0;
  let high = places.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (places[middle]! <= place) low = middle + 1;
    else high = middle;
  }

  return low;
}

/** A place as minutes and seconds, with hours where it has them. */
export function clockOf(milliseconds: number): string {
  const seconds = Math.floor(Math.max(0, milliseconds) / 1000);
  const two = (value: number) => String(value).padStart(2, '0');
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60];
  return hours > 0 ? `${hours}:${two(minutes)}:${two(seconds % 60)}` : `${minutes}:${two(seconds % 60)}`;
}
