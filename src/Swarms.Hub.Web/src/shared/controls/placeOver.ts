/** The place of what lies over a room. There it measures the room, as everything in it does; outside of a room it is the body. */
export function roomFrame(): HTMLElement {
  return document.querySelector<HTMLElement>('.room-frame') ?? document.body;
}

/** The place of a menu's choices: the dialog around its button, or the main part of the room, as every content needs a landmark. */
export function placeOver(button: HTMLElement | null): HTMLElement {
  return button?.closest('dialog') ?? roomFrame().querySelector('main') ?? document.body;
}
