import { useDraft } from '../../shared/drafts';

/** The run from which the composer's next run goes on. */
export interface Onward {
  readonly how: 'continues' | 'supersedes';
  readonly runId: string;
}

export function writeOnward({ how, runId }: Onward): string {
  return `${how} ${runId}`;
}

export function readOnward(text: string): Onward | undefined {
  const [how, runId] = text.split(' ');
  return (how === 'continues' || how === 'supersedes') && runId ? { how, runId } : undefined;
}

/** The run from which the composer goes on, kept as a draft is. */
export function useOnward(roomId: string): [Onward | undefined, (onward: Onward | undefined) => void] {
  const [text, setText] = useDraft(roomId, 'onward');
  return [readOnward(text), onward => setText(onward ? writeOnward(onward) : '')];
}
