import type { en } from './en';

/** Two forms of a text. `Intl.PluralRules` chooses one by `count`. */
export interface Plural {
  readonly one: string;
  readonly other: string;
}

export type MessageKey = keyof typeof en;

/** All texts of one language. */
export type Messages = { readonly [K in MessageKey]: (typeof en)[K] extends string ? string : Plural };

type Template<K extends MessageKey> = (typeof en)[K] extends string ? (typeof en)[K] : Extract<(typeof en)[K], Plural>[keyof Plural];

type Placeholders<T> = T extends `${string}{${infer Name}}${infer Rest}` ? Name | Placeholders<Rest> : never;

/** The values for the placeholders of a text. */
export type MessageValues<K extends MessageKey, Value> = Readonly<Record<Placeholders<Template<K>>, Value>>;

/** A text without placeholders takes no values. */
export type ValuesArgument<K extends MessageKey, Value> = [Placeholders<Template<K>>] extends [never] ? [] : [MessageValues<K, Value>];

/** The template of a text, in pieces: text and the names of placeholders, in turn. */
export function piecesOf(template: string): string[] {
  return template.split(/\{(\w+)\}/);
}
