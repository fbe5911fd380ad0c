import { useLayoutEffect, useRef } from 'react';
import { useLanguage } from '../language/useLanguage';
import { Painter, type Reader } from './Painter';
import { PlainText } from './PlainText';
import { setTextLanguage } from './words';
import './FormattedText.css';

/** How a text is read: a run's whole Markdown, a message's smaller set, or as it was written. */
export type Form = 'run' | 'message' | 'plain';

/** A text that grows outside React: `subscribe` calls back after each growth. */
export interface GrowingText {
  get(): string;
  subscribe(onGrow: () => void): () => void;
}

interface FormattedTextProps {
  readonly text: string | GrowingText;
  readonly form: Form;
  readonly isGrowing?: boolean;
}

/** Draws a text that may be long and may grow a hundred times a second. Its content is not React's: only what changed is touched. */
export function FormattedText({ text, form, isGrowing = false }: FormattedTextProps) {
  const language = useLanguage();
  useLayoutEffect(() => setTextLanguage(language), [language]);
  const box = useRef<HTMLDivElement>(null);
  const growing = useRef(isGrowing);
  const show = useRef<() => void>(undefined);
  useLayoutEffect(() => {
    const container = box.current;
    if (!container) return;

    let painter: Painter | undefined;
    let isCurrent = true;
    const get = () => (typeof text === 'string' ? text : text.get());
    const start = (createReader: () => Reader) => {
      if (!isCurrent) return;

      container.replaceChildren();
      painter = new Painter(container, createReader);
      painter.show(get(), growing.current);
    };
    show.current = () => painter?.show(get(), growing.current);
    const stop = typeof text === 'string' ? undefined : text.subscribe(show.current);
    if (form === 'plain') start(() => new PlainText());
    else if (readers) start(readers[form]);
    else {
      // Until the reader is loaded, the text is there as it was written.
      container.textContent = get();
      loadReaders().then(
        () => start(readers?.[form] ?? (() => new PlainText())),
        () => start(() => new PlainText()),
      );
    }

    return () => {
      isCurrent = false;
      stop?.();
      painter?.dispose();
    };
  }, [text, form]);
  useLayoutEffect(() => {
    growing.current = isGrowing;
    show.current?.();
  }, [isGrowing]);
  return <div ref={box} className={isGrowing ? 'formatted growing' : 'formatted'} data-form={form} />;
}

let readers: Readonly<Record<'run' | 'message', () => Reader>> | undefined;
let loading: Promise<void> | undefined;

/** Loads the renderer. Also called as a room opens, so that it is there when the first text is. */
export function loadReaders(): Promise<void> {
  return (loading ??= (async () => {
    const [growing, parser] = await Promise.all([import('./GrowingMarkdown'), import('./parser')]);
    readers = {
      run: () => new growing.GrowingMarkdown(parser.runParser),
      message: () => new growing.GrowingMarkdown(parser.messageParser),
    };
  })().catch((error: unknown) => {
    loading = undefined;
    throw error;
  }));
}
