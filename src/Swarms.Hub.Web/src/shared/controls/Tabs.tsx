import { Tabs as Base } from '@base-ui/react/tabs';
import type { ReactNode } from 'react';
import './Tabs.css';

interface Tab {
  readonly id: string;
  readonly title: string;
  readonly content: ReactNode;
}

interface TabsProps {
  /** The name of the row of tabs. */
  readonly label: string;
  readonly tabs: readonly Tab[];
}

/** One of several contents at a time, each behind a title. The arrow keys move between the titles. */
export function Tabs({ label, tabs }: TabsProps) {
  return (
    <Base.Root className="tabs" defaultValue={tabs[0]?.id}>
      <Base.List className="tab-list" aria-label={label} activateOnFocus>
        {tabs.map(({ id, title }) => (
          <Base.Tab key={id} value={id}>
            {title}
          </Base.Tab>
        ))}
      </Base.List>
      {tabs.map(({ id, content }) => (
        <Base.Panel key={id} className="tab-panel" value={id}>
          {content}
        </Base.Panel>
      ))}
    </Base.Root>
  );
}
