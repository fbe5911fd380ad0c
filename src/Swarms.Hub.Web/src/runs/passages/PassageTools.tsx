import { useEffect, useRef, useState, type RefObject } from 'react';
import type { PassageReaction, RoomClient, Run, RunPassage } from 'swarms-hub-client';
import { growingText } from 'swarms-hub-client/react';
import { useLanguage } from '../../language/useLanguage';
import { markPassage, unmarkPassage } from './markPassage';
import { findSelected, readPassage } from './passages';
import { refer } from '../../messages/references';
import { Problem } from '../../shared/Problem';
import { Toolbar } from '../../shared/controls/Toolbar';
import { useAction } from '../../shared/useAction';

const emojis = ['👍', '❤️', '🤔'];

interface PassageToolsProps {
  readonly run: Run;
  readonly client: RoomClient;
  readonly isOfRoom: boolean;
  /** The card, in which the selection is looked for. */
  readonly card: RefObject<HTMLElement | null>;
}

/** Quotes what is selected in a run's text, or reacts to it. It is there while something is selected. */
export function PassageTools({ run, client, isOfRoom, card }: PassageToolsProps) {
  const { t } = useLanguage();
  const [selected, setSelected] = useState('');
  useEffect(() => {
    const look = () => setSelected(selectionIn(card.current));
    document.addEventListener('selectionchange', look);
    return () => document.removeEventListener('selectionchange', look);
  }, [card]);
  const act = useAction(async (use: (found: RunPassage) => unknown) => {
    const held = isOfRoom ? growingText(client, run.id).get() : run.text;
    const text = held === undefined || held === '' ? ((await client.getRun(run.id)).text ?? '') : held;
    const place = findSelected(text, selected);
    if (!place) throw new Error(t('run.selectionNotFound'));

    await use(await client.findPassage(run.id, place.start, place.end));
  });
  if (selected === '' && act.error === undefined) return null;

  return (
    <>
      {selected !== '' && (
        // A press on a button would take the selection away before it counts.
        <div onMouseDown={event => event.preventDefault()} role="presentation">
          <Toolbar className="passage-tools" label={t('run.passageTools')}>
            <button onClick={() => void act.run(found => refer({ quote: found }))} disabled={act.isBusy}>
              {t('run.quote')}
            </button>
            {emojis.map(emoji => (
              <button
                key={emoji}
                className="reaction add"
                disabled={act.isBusy}
                onClick={() => void act.run(found => client.react(found.passage, emoji))}
              >
                {emoji}
              </button>
            ))}
          </Toolbar>
        </div>
      )}
      <Problem text={act.error} />
    </>
  );
}

interface PassageReactionsProps {
  readonly run: Run;
  readonly client: RoomClient;
  readonly me: string | undefined;
  readonly canReact: boolean;
  readonly canUnreact: boolean;
}

/** The reactions to passages of a run. One's own is taken back by its button. */
export function PassageReactions({ run, client, me, canReact, canUnreact }: PassageReactionsProps) {
  const { t } = useLanguage();
  const act = useAction((action: () => Promise<unknown>) => action());
  if (!run.reactions) return null;

  return (
    <>
      <Toolbar className="reactions" label={t('run.passageReactions')}>
        {run.reactions.map(reaction => {
          const isMine = me !== undefined && reaction.by.includes(me);
          return (
            <PassageChip
              key={reaction.emoji + JSON.stringify(reaction.passage)}
              reaction={reaction}
              client={client}
              length={run.text?.length ?? 0}
              isMine={isMine}
              onAct={(isMine ? canUnreact : canReact) ? action => void act.run(action) : undefined}
            />
          );
        })}
      </Toolbar>
      <Problem text={act.error} />
    </>
  );
}

interface PassageChipProps {
  readonly reaction: PassageReaction;
  readonly client: RoomClient;
  /** The length of the run's text. */
  readonly length: number;
  readonly isMine: boolean;
  /** Undefined for those who may not: they look at its passage. */
  readonly onAct: ((action: () => Promise<unknown>) => void) | undefined;
}

/** While one points at it or has the focus on it, its passage is marked. */
function PassageChip({ reaction: { emoji, passage, by }, client, length, isMine, onAct }: PassageChipProps) {
  const [text, setText] = useState('');
  const isLooking = useRef(false);
  const look = ({ currentTarget }: { readonly currentTarget: HTMLElement }) => {
    isLooking.current = true;
    const card = currentTarget.closest('.run');
    readPassage(client, passage).then(
      found => {
        setText(found.text.slice(0, 200));
        if (card && isLooking.current) markPassage(card, { text: found.text, near: length === 0 ? 0 : found.start / length });
      },
      () => undefined,
    );
  };
  const leave = () => {
    isLooking.current = false;
    unmarkPassage();
  };
  return (
    <button
      className="reaction"
      aria-pressed={isMine}
      aria-disabled={onAct === undefined}
      title={text}
      onPointerEnter={look}
      onPointerLeave={leave}
      onFocus={look}
      onBlur={leave}
      onClick={() => onAct?.(() => (isMine ? client.unreact(passage, emoji) : client.react(passage, emoji)))}
    >
      {emoji} {by.length}
    </button>
  );
}

function selectionIn(card: HTMLElement | null): string {
  const selection = document.getSelection();
  if (!card || !selection || selection.isCollapsed || selection.rangeCount === 0) return '';

  const selected = selection.getRangeAt(0);
  const text = [...card.querySelectorAll('.text')].find(element => element.contains(selected.startContainer));
  if (!text) return '';

  // A triple click selects up to the beginning of what follows the paragraph.
  const behind = selected.cloneRange();
  behind.setStartAfter(text);
  return text.contains(selected.endContainer) || behind.toString().trim() === '' ? selection.toString() : '';
}
