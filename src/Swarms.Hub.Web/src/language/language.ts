import { en } from './en';
import { piecesOf, type MessageKey, type Messages, type Plural, type ValuesArgument } from './messages';

export const languageCodes = ['en', 'de'] as const;

export type LanguageCode = (typeof languageCodes)[number];

/** Browsers write at least so many decimals. An amount with more is shown as the hub has it. */
const mostDecimals = 20;

/** Writes the texts, numbers and times of the interface in one language. */
export interface Language {
  readonly code: LanguageCode;
  /** Returns a text of the message files, its placeholders filled. */
  readonly t: <K extends MessageKey>(key: K, ...values: ValuesArgument<K, string | number>) => string;
  /** Returns the template of a text, for placeholders that are filled with elements. */
  readonly template: (key: MessageKey, count?: number) => string;
  readonly number: (value: number) => string;
  /** An amount of US dollars, with all its digits. */
  readonly dollars: (value: number) => string;
  /** The same of an amount as the hub writes it. It becomes no binary number, which has fewer digits. */
  readonly amount: (text: string) => string;
  /** The time of day for today, the date too for other days. */
  readonly time: (at: string) => string;
  readonly dateAndTime: (at: string) => string;
  readonly duration: (milliseconds: number) => string;
  /** Sorts names as people of this language do. */
  readonly compare: (a: string, b: string) => number;
}

/** English is part of the page's own file. German is loaded when it is first wanted. */
export async function loadLanguage(code: LanguageCode): Promise<Language> {
  // The browser knows which English: the date of the day is written in several ways.
  const locale = navigator.languages.find(tag => languageOf(tag) === code) ?? code;
  return createLanguage(code, code === 'de' ? (await import('./de')).de : en, locale);
}

export function createLanguage(code: LanguageCode, messages: Messages, locale: string = code): Language {
  const plurals = new Intl.PluralRules(locale);
  const numbers = new Intl.NumberFormat(locale);
  const dollars = new Intl.NumberFormat(locale, {
    style: 'currency',
    currency: 'USD',
    currencyDisplay: 'narrowSymbol',
    minimumFractionDigits: 0,
    maximumFractionDigits: 12,
  });
  const amounts = new Intl.NumberFormat(locale, {
    style: 'currency',
    currency: 'USD',
    currencyDisplay: 'narrowSymbol',
    minimumFractionDigits: 0,
    maximumFractionDigits: mostDecimals,
  });
  const times = new Intl.DateTimeFormat(locale, { timeStyle: 'short' });
  const datesAndTimes = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' });
  const { compare } = new Intl.Collator(locale, { numeric: true });

  const template: Language['template'] = (key, count) => {
    const message: string | Plural = messages[key];
    return typeof message === 'string' ? message : message[plurals.select(count ?? 0) === 'one' ? 'one' : 'other'];
  };
  const t: Language['t'] = (key, ...[values]) => {
    const held: Partial<Record<string, string | number>> = values ?? {};
    const pieces = piecesOf(template(key, Number(held['count'])));
    return pieces.map((piece, i) => (i % 2 === 0 ? piece : inText(held[piece] ?? ''))).join('');
  };
  const inText = (value: string | number) => (typeof value === 'number' ? numbers.format(value) : isolate(value));
  return {
    code,
    t,
    template,
    number: value => numbers.format(value),
    dollars: value => dollars.format(value),
    amount: text => ((text.split('.')[1] ?? '').length > mostDecimals ? text : amounts.format(text as Intl.StringNumericLiteral)),
    time: at => {
      const date = new Date(at);
      return (date.toDateString() === new Date().toDateString() ? times : datesAndTimes).format(date);
    },
    dateAndTime: at => datesAndTimes.format(new Date(at)),
    duration: milliseconds => {
      const seconds = Math.max(0, Math.round(milliseconds / 1000));
      return seconds < 60
        ? t('duration.seconds', { seconds })
        : t('duration.minutes', { minutes: Math.floor(seconds / 60), seconds: seconds % 60 });
    },
    compare,
  };
}

/** Returns the first of the browser's languages that the page has. */
export function languageOfBrowser(): LanguageCode {
  const known = navigator.languages.map(languageOf);
  return known.find(code => code !== undefined) ?? 'en';
}

function languageOf(tag: string): LanguageCode | undefined {
  const language = tag.toLowerCase().split('-')[0];
  return languageCodes.find(code => code === language);
}

const rightToLeft = /[\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}\p{Bidi_Control}]/u;

/** Keeps a name that is written from right to left from turning the words around it. */
function isolate(value: string): string {
  return rightToLeft.test(value) ? `\u2068${value}\u2069` : value;
}

/** Stands in until, or where, no other language is loaded. */
export const english = createLanguage('en', en);
