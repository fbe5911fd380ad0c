import type { Run } from '../Protocol/Runs/Run.js';
import { FormattedText } from './FormattedText.js';
import { wordsFor, type Words } from './words.js';

/** A scroll position this close to the end counts as the end. */
const nearEnd = 4;

/** The contents of one element: the run, its text as it grows, and what is true of its connection. */
export class RunCard {
  readonly element = create('article', 'card', 'card');
  readonly #host: Element;
  readonly #heading = create('h2', 'heading', 'heading');
  readonly #state = create('span', 'state', 'state');
  readonly #task = create('div', 'task', 'task');
  readonly #text = create('div', 'text', 'text');
  readonly #notice = create('div', 'notice', 'notice');
  readonly #figures = create('footer', 'footer', 'usage');
  readonly #spoken = create('div', 'spoken', 'spoken');
  #pieces: { readonly agent: string | null | undefined; readonly text: FormattedText }[] = [];
  #run: Run | undefined;
  #words: Words;
  #language: string;
  #isFollowing = true;
  #isLive = false;
  #drawn = '';

  constructor(host: Element) {
    this.#host = host;
    ({ words: this.#words, language: this.#language } = wordsFor(host));
    const header = document.createElement('header');
    header.setAttribute('part', 'header');
    header.append(this.#heading, this.#state);
    this.#spoken.setAttribute('role', 'status');
    this.#spoken.setAttribute('aria-live', 'polite');
    this.#notice.hidden = true;
    this.#figures.hidden = true;
    this.#task.hidden = true;
    this.#task.dir = 'auto';
    this.#task.tabIndex = 0;
    this.#task.setAttribute('role', 'group');
    this.#text.tabIndex = 0;
    this.#text.setAttribute('role', 'group');
    this.#text.addEventListener('scroll', () => {
      this.#isFollowing = this.#text.scrollTop + this.#text.clientHeight >= this.#text.scrollHeight - nearEnd;
    });
    this.element.append(header, this.#task, this.#text, this.#notice, this.#figures, this.#spoken);
    this.showHeading();
    this.#state.textContent = this.#words.connecting;
  }

  get words(): Words {
    return this.#words;
  }

  /** Takes over the heading and the language of the page around. */
  showHeading(): void {
    ({ words: this.#words, language: this.#language } = wordsFor(this.#host));
    this.element.lang = this.#language;
    this.#task.setAttribute('aria-label', this.#words.task);
    const heading = this.#host.getAttribute('heading') ?? this.#run?.agent.name ?? this.#words.run;
    if (this.#heading.textContent === heading) return;

    this.#heading.textContent = heading;
    this.element.setAttribute('aria-label', heading);
    this.#text.setAttribute('aria-label', heading);
  }

  /** Shows the run as it is now. */
  show(run: Run, isVerified: boolean | undefined): void {
    const before = this.#run;
    this.#run = run;
    this.showHeading();
    this.#state.textContent = this.#words.states[run.state] ?? run.state;
    this.#task.textContent = run.task + (run.taskLength === undefined ? '' : '…');
    this.#task.hidden = run.task === '';
    this.#showText(run);
    this.#showFigures(run);
    const problem = run.hiddenAt ? this.#words.hidden : (run.error?.message ?? (isVerified === false ? this.#words.incomplete : ''));
    this.#showNotice(problem);
    this.element.setAttribute('aria-busy', String(run.state === 'running'));
    this.#markLive();
    this.#speak(before, run);
  }

  /** Says what is true of the connection; an empty text while all is well. */
  showConnection(text: string, isLive: boolean): void {
    this.#isLive = isLive;
    this.#markLive();
    if (text !== '' || this.#run === undefined) this.#showNotice(text);
    else this.#showNotice(this.#run.hiddenAt ? this.#words.hidden : (this.#run.error?.message ?? ''));
  }

  /** Ends with a refusal. The text stays, unless the run or the access to it is gone. */
  end(text: string): void {
    this.#text.replaceChildren();
    this.#task.hidden = true;
    this.#figures.hidden = true;
    this.#pieces = [];
    this.#state.textContent = '';
    this.element.removeAttribute('data-live');
    this.element.setAttribute('aria-busy', 'false');
    this.#showNotice(text);
    this.#spoken.textContent = text;
  }

  #markLive(): void {
    this.element.toggleAttribute('data-live', this.#isLive && this.#run?.state === 'running');
  }

  #showText(run: Run): void {
    const parts = run.parts ?? [{ agent: undefined, text: withMasks(run, this.#words.masked) }];
    const isSame = parts.length === this.#pieces.length && parts.every((part, i) => part.agent === this.#pieces[i]!.agent);
    if (!isSame) {
      this.#text.replaceChildren();
      this.#pieces = parts.map(part => ({ agent: part.agent, text: new FormattedText() }));
      for (const piece of this.#pieces) {
        if (typeof piece.agent === 'string') {
          const name = create('p', 'agent', 'agent');
          name.textContent = piece.agent;
          this.#text.append(name);
        }

        this.#text.append(piece.text.element);
      }
    }

    parts.forEach((part, i) => this.#pieces[i]!.text.show(part.text));
    const drawn = parts.map(part => part.text.length).join();
    if (this.#isFollowing && drawn !== this.#drawn) this.#text.scrollTop = this.#text.scrollHeight;
    this.#drawn = drawn;
  }

  #showFigures(run: Run): void {
    const number = new Intl.NumberFormat(this.#language);
    const seconds = run.startedAt && run.endedAt ? (Date.parse(run.endedAt) - Date.parse(run.startedAt)) / 1_000 : undefined;
    const figures = [
      run.agent.model ?? '',
      typeof run.usage?.totalTokens !== 'number' ? '' : this.#words.tokens(number.format(run.usage.totalTokens)),
      seconds === undefined ? '' : this.#words.seconds(number.format(Math.round(seconds * 10) / 10)),
    ].filter(text => text !== '');
    this.#figures.textContent = figures.join(' · ');
    this.#figures.hidden = figures.length === 0;
  }

  #showNotice(text: string): void {
    if (this.#notice.textContent !== text) this.#notice.textContent = text;
    this.#notice.hidden = text === '';
  }

  /** Beginnings and ends are spoken, words are not. */
  #speak(before: Run | undefined, run: Run): void {
    if (before === undefined || before.state === run.state) return;

    if (run.state === 'running') this.#spoken.textContent = this.#words.begun;
    else if (run.endedAt !== undefined) this.#spoken.textContent = `${this.#words.ended} ${this.#words.states[run.state] ?? run.state}`;
  }
}

function withMasks(run: Run, mark: string): string {
  let text = '';
  let last = 0;
  for (const mask of run.masks ?? []) {
    text += `${(run.text ?? '').slice(last, mask.at)}${mark}`;
    last = mask.at;
  }

  return text + (run.text ?? '').slice(last);
}

function create<K extends keyof HTMLElementTagNameMap>(name: K, className: string, part: string): HTMLElementTagNameMap[K] {
  const element = document.createElement(name);
  element.className = className;
  element.setAttribute('part', part);
  return element;
}
