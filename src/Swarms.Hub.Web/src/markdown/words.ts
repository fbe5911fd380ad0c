/** What the drawing of texts says itself. */
export const words = {
  copy: 'Copy',
  copied: 'Copied',
  copyCode: 'Copy code',
  showDiagram: 'Show diagram',
  showSource: 'Show source',
  diagram: 'Diagram',
  showPicture: (alt: string, place: string) => `Show picture${alt === '' ? '' : ` “${alt}”`} from ${place}`,
  pictureFailed: (alt: string) => `The picture${alt === '' ? '' : ` “${alt}”`} could not be loaded`,
};
