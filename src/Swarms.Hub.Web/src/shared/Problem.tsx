/** Why something did not work; read out when it appears. */
export function Problem({ text }: { text: string | undefined }) {
  return <div role="alert">{text !== undefined && <p className="problem">{text}</p>}</div>;
}
