/** The colours of the lines, by the names of the theme's. */
export const colourNames = [
  '--accent',
  '--warm',
  '--code-name',
  '--code-keyword',
  '--code-string',
  '--bad',
  '--code-number',
  '--soft',
] as const;

/** Who sees no colours tells the lines apart by their dashes. */
export const dashes: readonly (readonly number[])[] = [[], [8, 4], [2, 4], [10, 4, 2, 4], [14, 6], [4, 2], [6, 6], [2, 8]];
