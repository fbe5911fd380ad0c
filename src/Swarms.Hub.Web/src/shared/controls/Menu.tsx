import { Menu as Base } from '@base-ui/react/menu';
import { Children, cloneElement, Fragment, isValidElement, useRef, useState, type KeyboardEvent, type ReactNode } from 'react';
import { placeOver } from './placeOver';
import './Menu.css';

interface MenuProps {
  readonly label: string;
  /** The name for screen readers, where the label is a sign. */
  readonly name?: string;
  /** Buttons, links and lines. A component among them that has such ones itself puts them into {@link MenuItems}. */
  readonly children: ReactNode;
}

/** The distance from the button and from the edges of the window, in pixels. */
const gap = 4;

/** A button that opens a few choices, above everything else. A choice, Escape or a click elsewhere closes them again. */
export function Menu({ label, name, children }: MenuProps) {
  const place = useRef<HTMLSpanElement>(null);
  const [isOpen, setOpen] = useState(false);
  const [container, setContainer] = useState<HTMLElement>();
  const onOpenChange = (open: boolean) => {
    setContainer(placeOver(place.current));
    setOpen(open);
  };
  const onKeyDown = ({ key }: KeyboardEvent) => {
    if (key !== 'Tab') return;

    // From the button the browser moves on, as from any other.
    place.current?.querySelector('button')?.focus();
    setOpen(false);
  };
  return (
    <span className="menu" ref={place}>
      <Base.Root modal={false} open={isOpen} onOpenChange={onOpenChange}>
        <Base.Trigger className="button" aria-label={name}>
          {label}
        </Base.Trigger>
        <Base.Portal container={container}>
          <Base.Positioner className="menu-place" positionMethod="fixed" align="end" sideOffset={gap} collisionPadding={gap}>
            <Base.Popup className="menu-items" onKeyDown={onKeyDown}>
              <MenuItems>{children}</MenuItems>
            </Base.Popup>
          </Base.Positioner>
        </Base.Portal>
      </Base.Root>
    </span>
  );
}

/** Makes choices of a menu of buttons and links. A button with `aria-pressed` is a choice that is on or off. */
export function MenuItems({ children }: { readonly children: ReactNode }) {
  return Children.map(children, asItem);
}

/** Choices under a heading. */
export function MenuGroup({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  return (
    <Base.Group className="menu-group">
      <Base.GroupLabel className="menu-label">{label}</Base.GroupLabel>
      <MenuItems>{children}</MenuItems>
    </Base.Group>
  );
}

interface ItemProps {
  readonly children?: ReactNode;
  readonly disabled?: boolean;
  readonly 'aria-pressed'?: boolean;
}

function asItem(node: ReactNode): ReactNode {
  if (!isValidElement<ItemProps>(node)) return node;

  const { children, disabled = false, 'aria-pressed': pressed } = node.props;
  switch (node.type) {
    case Fragment:
      return <MenuItems>{children}</MenuItems>;
    case 'hr':
      return <Base.Separator render={<hr />} />;
    case 'a':
      return <Base.LinkItem render={node} closeOnClick />;
    case 'button':
      return pressed === undefined ? (
        <Base.Item render={node} nativeButton disabled={disabled} />
      ) : (
        <Base.CheckboxItem
          render={cloneElement<ItemProps>(node, { 'aria-pressed': undefined })}
          nativeButton
          disabled={disabled}
          checked={pressed}
          closeOnClick
        />
      );
    default:
      return node;
  }
}
