/** The place of what lies over a room. There it measures the room, as everything in it does; outside of a room it is the body. */
export function roomFrame(): HTMLElement {
  return document.querySelector<HTMLElement>('.room-frame') ?? document.body;
}
