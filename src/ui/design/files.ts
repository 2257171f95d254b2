/**
 * Opening, saving and going back: which document takes the place of the one being edited, and that the latter stays
 * kept. It must not know React; what people are to be told goes to the notices.
 */
import { serialize } from '../../model/canonical.ts';
import { emptyDesign, type Design } from '../../model/document.ts';
import type { ViewStore } from '../app/view.ts';
import type { Autosave } from './autosave.ts';
import type { Reading } from './reading.ts';
import type { Library, StoredDesign } from './library.ts';
import type { Memory } from './memory.ts';
import { freshDocumentId, type DesignStore, type Origin } from './store.ts';

export interface Example {
  readonly file: string;
  readonly name: string;
  readonly teaches: string;
}

export interface FileServices {
  readonly design: DesignStore;
  readonly view: ViewStore;
  readonly library: Library;
  readonly memory: Memory;
  readonly autosave: Autosave;
}

/** Checking foreign data is no part of the first picture: it is fetched while the storage is being asked. */
const loadReading = () => import('./reading.ts');

export class Files {
  private asked: Promise<readonly Example[]> | null = null;

  constructor(private readonly services: FileServices) {
    void loadReading();
    services.autosave.subscribe(({ phase, problem }, before) => {
      if (phase === 'refused' && problem !== before.problem) this.tellRefused(problem);
      if (phase === 'saved') services.view.dismiss('storage');
    });
  }

  get library(): Library {
    return this.services.library;
  }

  get autosave(): Autosave {
    return this.services.autosave;
  }

  startNew(): void {
    this.show(emptyDesign(), 'own');
  }

  /** Puts a design in the place of the current one, which stays kept if it was one's own. */
  show(design: Design, origin: Origin, hash = ''): void {
    const before = this.services.design.getState();
    const wasOwn = before.isChanged || before.origin === 'own';
    const id = freshDocumentId();
    this.services.view.select([]);
    this.services.view.setState({ renaming: null, linking: null, menu: null, isWelcome: false });
    this.services.design.open({ id, design, origin });
    this.services.memory.rememberTab({ id, hash });
    if (wasOwn && before.design.nodes.length > 0)
      this.offerWayBack(before.documentId, before.design.name, origin);
    else this.services.view.dismiss('way-back');
  }

  /** "Your own design is kept: go back to it". */
  offerWayBack(id: string, name: string, origin: Origin): void {
    const what = { link: 'This design came with a link.', file: 'This design came from a file.' };
    const said = origin === 'link' || origin === 'file' ? `${what[origin]} ` : '';
    this.services.view.notify({
      id: 'way-back',
      tone: 'info',
      text: `${said}Your own design “${name}” is kept.`,
      actions: [{ label: 'Go back to it', run: () => void this.openStored(id) }],
    });
  }

  async openStored(id: string): Promise<boolean> {
    await this.services.autosave.flush();
    const stored = await this.newest(id);
    const { readText } = await loadReading();
    const reading = stored && readText(stored.text, `“${stored.name}”`);
    if (!reading?.design) {
      this.complain(
        reading ?? { problem: 'That design is no longer in the storage of this browser.', details: [] },
      );
      return false;
    }
    this.services.view.select([]);
    this.services.view.dismiss('way-back');
    this.services.design.open({ id, design: reading.design, origin: 'own' });
    this.services.memory.rememberTab({ id, hash: '' });
    return true;
  }

  /** A stored design, or its journal where the tab ended before it was saved. */
  async newest(id: string): Promise<StoredDesign | null> {
    const stored = await this.services.library.load(id);
    const journal = this.services.memory.journal(id);
    return journal && (!stored || journal.savedAt > stored.savedAt) ? journal : stored;
  }

  list(): Promise<readonly StoredDesign[]> {
    return this.services.library.list();
  }

  /** Opens a link as a copy of its own. True when it is shown. */
  async openLink(hash: string): Promise<boolean> {
    const { readLink } = await loadReading();
    const reading = await readLink(hash);
    // It is told once why it cannot be opened, and not again with each reload.
    if (!reading.design) history.replaceState(history.state, '', location.pathname + location.search);
    return this.accept(reading, 'link', hash);
  }

  async openFile(file: File): Promise<boolean> {
    const name = `“${file.name.slice(0, 60)}”`;
    if (file.size > MOST_BYTES) {
      const problem = `${name} is too large for a design: over ${MOST_BYTES / 1_000_000} MB.`;
      this.complain({ problem, details: [] });
      return false;
    }
    try {
      const bytes = new Uint8Array(await file.arrayBuffer());
      const { readFileBytes } = await loadReading();
      return this.accept(await readFileBytes(bytes, name, file.name.replace(/\.[^.]*$/, '')), 'file');
    } catch {
      this.complain({
        problem: `${name} could not be read; it may have been moved or deleted.`,
        details: [],
      });
      return false;
    }
  }

  /** Shows what was read; what is only partly readable is offered, never opened unasked. */
  accept(reading: Reading, origin: Origin, hash = ''): boolean {
    if (reading.design && !reading.isPartial) {
      this.services.view.dismiss('bad-input');
      this.show(reading.design, origin, hash);
      this.tellUnderstood(reading);
      return true;
    }
    const { design } = reading;
    this.complain(reading, design ? () => this.show(design, origin, hash) : undefined);
    return false;
  }

  /** Asked for once; again only where that failed. */
  async examples(): Promise<readonly Example[]> {
    this.asked ??= this.askForExamples();
    const examples = await this.asked;
    if (examples.length === 0) this.asked = null;
    return examples;
  }

  private async askForExamples(): Promise<readonly Example[]> {
    try {
      const answer = await fetch('examples/index.json');
      const list: unknown = answer.ok ? await answer.json() : [];
      return Array.isArray(list) ? (list as Example[]) : [];
    } catch {
      return [];
    }
  }

  /** An example to look at; null when it did not arrive. */
  async readExample(file: string): Promise<Design | null> {
    return (await fetchExample(file).catch(() => null))?.design ?? null;
  }

  async openExample(file: string): Promise<boolean> {
    try {
      return this.accept(await fetchExample(file), 'example');
    } catch {
      this.complain({
        problem: 'This example could not be loaded; check the connection and try again.',
        details: [],
      });
      return false;
    }
  }

  /** Hands the design to the browser as a file. */
  saveFile(): void {
    const { design } = this.services.design.getState();
    const text = serialize(design, schemaAddress());
    handOver(new Blob([text], { type: 'application/json' }), `${fileName(design.name)}.json`);
  }

  private tellRefused(problem: string | null): void {
    const actions = [{ label: 'Save as a file', run: () => this.saveFile() }];
    this.services.view.notify({ id: 'storage', tone: 'warning', text: problem ?? 'Not saved.', actions });
  }

  /** What a foreign file was read as, and what was not understood; of one of ours what had to be tidied. */
  private tellUnderstood({ summary, details }: Reading): void {
    const isWhole = details.length === 0;
    if (isWhole && summary === undefined) return this.services.view.dismiss('understood');
    const text = isWhole
      ? `${summary} Everything was understood.`
      : (summary ?? 'Opened, after some tidying.');
    this.services.view.notify({ id: 'understood', tone: 'info', text, details });
  }

  private complain(reading: Pick<Reading, 'problem' | 'details'>, openRest?: () => void): void {
    this.services.view.notify({
      id: 'bad-input',
      tone: 'bad',
      text: reading.problem ?? 'This could not be opened.',
      details: reading.details,
      actions: openRest ? [{ label: 'Open what could be read', run: openRest }] : [],
    });
  }
}

/** As many as the largest design has characters; a larger file is not even read. */
const MOST_BYTES = 16_000_000;

/** Where this page's host publishes the schema of its files. */
const schemaAddress = () => new URL('schema/loadbearing-1.json', document.baseURI).href;

/** Saves it where the browser saves files. */
export function handOver(blob: Blob, name: string): void {
  const address = URL.createObjectURL(blob);
  const anchor = document.createElement('a');
  anchor.href = address;
  anchor.download = name;
  anchor.click();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}

/** Letters, digits and dashes only, so that every file system takes it. */
export function fileName(name: string): string {
  const plain = name
    .normalize('NFKD')
    .replace(/[^\w]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .toLowerCase();
  return plain.slice(0, 60) || 'design';
}

async function fetchExample(file: string): Promise<Reading> {
  const answer = await fetch(`examples/${encodeURIComponent(file)}`);
  if (!answer.ok) throw new Error(String(answer.status));
  const { readText } = await loadReading();
  return readText(await answer.text(), 'This example');
}
