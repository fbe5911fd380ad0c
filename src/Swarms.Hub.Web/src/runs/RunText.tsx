import { memo } from 'react';
import { textBlocks } from './textBlocks';
import './RunText.css';

/** Draws a text that may be long and may grow a hundred times a second. */
export function RunText({ text, isGrowing }: { text: string; isGrowing: boolean }) {
  return (
    <div className={isGrowing ? 'text growing' : 'text'}>
      {textBlocks(text).map((block, i) => (
        <Block key={i} text={block} />
      ))}
    </div>
  );
}

const Block = memo(function Block({ text }: { text: string }) {
  return <div>{text}</div>;
});
