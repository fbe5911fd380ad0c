interface FilterFieldProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  /** The list that it filters: Arrow Down leads to its first button. */
  readonly listId: string;
}

/** A field that narrows a list as one types. Escape empties it. */
export function FilterField({ label, value, onChange, listId }: FilterFieldProps) {
  return (
    <input
      type="search"
      className="filter"
      value={value}
      onChange={event => onChange(event.target.value)}
      onKeyDown={event => {
        if (event.key !== 'ArrowDown') return;

        event.preventDefault();
        document.querySelector<HTMLElement>(`#${CSS.escape(listId)} button`)?.focus();
      }}
      aria-label={label}
      aria-controls={listId}
      placeholder={label}
      dir="auto"
      autoComplete="off"
    />
  );
}
