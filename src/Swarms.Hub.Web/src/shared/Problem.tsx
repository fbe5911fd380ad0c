import './Problem.css';

/** Says why something did not work. Screen readers read it out when it appears. */
export function Problem({ text }: { text: string | undefined }) {
  return <div role="alert">{text !== undefined && <p className="problem">{text}</p>}</div>;
}
