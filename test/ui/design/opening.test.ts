// Opening never overwrites one's own work; what is broken is said in one sentence and offered as far as it goes.
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { KINDS, VOCABULARY } from '../../../src/kinds/catalog.ts';
import { emptyDesign } from '../../../src/model/document.ts';
import { serialize } from '../../../src/model/canonical.ts';
import { encodeLink } from '../../../src/model/url.ts';
import { boot } from '../../../src/ui/app/boot.ts';
import type { Services } from '../../../src/ui/app/context.ts';
import { fileName } from '../../../src/ui/design/files.ts';
import { createServices, shop } from '../app/editor.tsx';

let services: Services;
const theirs = { ...shop, name: 'Theirs' };

beforeEach(() => {
  services = createServices({ ...shop, name: 'Mine' }).services;
  vi.stubGlobal('fetch', () => Promise.reject(new Error('offline')));
});
afterEach(() => {
  services.files.autosave.stop();
  services.run.dispose();
  vi.unstubAllGlobals();
});

const shown = () => services.design.getState().design.name;
const notices = () => services.view.getState().notices;
const notice = (id: string) => notices().find((each) => each.id === id);
const keepMine = async () => {
  services.design.edit({ type: 'setSeed', seed: 7 });
  await services.files.autosave.flush();
};
const linkTo = async (name: string) => `#${await encodeLink({ ...shop, name }, {}, VOCABULARY)}`;

it('opens a link beside one’s own work, with a way back', async () => {
  await keepMine();
  await services.files.openLink(await linkTo('Theirs'));
  expect(shown()).toBe('Theirs');
  expect(notice('way-back')?.text).toContain('Your own design “Mine” is kept.');
  notice('way-back')?.actions?.[0].run();
  await vi.waitFor(() => expect(shown()).toBe('Mine'));
  expect(services.design.getState().design.seed).toBe(7);
});

it('refuses a damaged link in one sentence and leaves everything as it was', async () => {
  const before = services.design.getState().design;
  const link = await linkTo('Theirs');
  for (const bad of [
    link.slice(0, -5),
    link.replace(/.$/, (last) => (last === 'A' ? 'B' : 'A')),
    '#a9.x',
    '#foo',
  ]) {
    location.hash = bad;
    expect(await services.files.openLink(bad), bad).toBe(false);
    // A reload does not complain again.
    expect(location.hash, bad).toBe('');
    expect(notice('bad-input')?.text).toMatch(/^This link cannot be opened\. .+[.]$/);
    expect(services.design.getState().design).toBe(before);
  }
});

it('refuses a file that is none, and says where it stops', async () => {
  expect(await services.files.openFile(new File(['{"format":'], 'x.json'))).toBe(false);
  expect(notice('bad-input')?.text).toMatch(/^“x\.json” cannot be opened\. .*line 1/);
  expect(await services.files.openFile(new File(['[1,2]'], 'y.json'))).toBe(false);
  expect(shown()).toBe('Mine');
});

it('opens a file that only had to be tidied, and says what was', async () => {
  const open = (design: object) => services.files.openFile(new File([JSON.stringify(design)], 't.json'));
  expect(await open({ ...theirs, name: 'N'.repeat(200) })).toBe(true);
  expect(shown()).toBe('N'.repeat(80));
  expect(notice('understood')).toMatchObject({
    text: 'Opened, after some tidying.',
    details: [expect.stringContaining('at most 80 characters')],
  });
  expect(await open(theirs)).toBe(true);
  expect(notice('understood')).toBeUndefined();
});

it('offers what could be read of a partly broken file, and opens it only when asked', async () => {
  const node = { id: 'q', kind: 'teapot', label: 'q', position: { x: 0, y: 0 }, params: {} };
  const text = JSON.stringify({ ...theirs, nodes: [...theirs.nodes, node] });
  expect(await services.files.openFile(new File([text], 't.json'))).toBe(false);
  expect(shown()).toBe('Mine');
  const offer = notice('bad-input');
  expect(offer?.details?.join()).toContain('teapot');
  offer?.actions?.find((action) => action.label === 'Open what could be read')?.run();
  expect(shown()).toBe('Theirs');
  expect(services.design.getState().design.nodes).toHaveLength(3);
});

it('takes markup in names as the text it is', async () => {
  const name = '<img src=x onerror=alert(1)>';
  await services.files.openFile(new File([serialize({ ...shop, name })], 'x'));
  expect(shown()).toBe(name);
});

it('starts with the work of this tab, else with the last one', async () => {
  await keepMine();
  services.design.open({ id: 'other', design: emptyDesign('Other'), origin: 'example' });
  await boot(services, '');
  expect(shown()).toBe('Mine');
});

it('starts with a link, and keeps an edited copy of it over a reload', async () => {
  await keepMine();
  const hash = await linkTo('Theirs');
  await boot(services, hash);
  expect(shown()).toBe('Theirs');
  expect(notice('way-back')?.text).toContain('“Mine”');
  services.design.edit({ type: 'rename', id: null, label: 'My copy of theirs' });
  await services.files.autosave.flush();
  services.design.open({ id: 'fresh page', design: emptyDesign(), origin: 'own' });
  await boot(services, hash);
  expect(shown()).toBe('My copy of theirs');
});

it('takes up the journal where the tab ended before it was saved', async () => {
  await keepMine();
  const id = services.design.getState().documentId;
  const text = serialize({ ...shop, name: 'Later' });
  services.memory.writeJournal({ id, name: 'Later', savedAt: Date.now() + 1_000, text });
  await boot(services, '');
  expect(shown()).toBe('Later');
});

it('runs the first example on the first visit, and greets', async () => {
  const files: Record<string, unknown> = {
    'index.json': [{ file: 'a.json', name: 'A', teaches: '' }],
    'a.json': theirs,
  };
  vi.stubGlobal(
    'fetch',
    async (path: string) => new Response(JSON.stringify(files[path.split('/').at(-1) ?? ''])),
  );
  await boot(services, '');
  expect(shown()).toBe('Theirs');
  expect(services.view.getState().isWelcome).toBe(true);
  await vi.waitFor(() => expect(services.run.state.getState().play).toBe('playing'));
});

it('starts empty where there is no example', async () => {
  await boot(services, '');
  expect(shown()).toBe('Mine');
  expect(notices()).toEqual([]);
});

it('says once that storage is refused, and offers a file instead', async () => {
  vi.spyOn(Storage.prototype, 'setItem').mockImplementation(() => {
    throw new DOMException('denied', 'SecurityError');
  });
  await keepMine();
  expect(notice('storage')?.text).toMatch(/^Not saved: this browser refuses storage/);
  expect(notice('storage')?.actions?.[0].label).toBe('Save as a file');
  services.view.dismiss('storage');
  services.design.edit({ type: 'setSeed', seed: 8 });
  await services.files.autosave.flush();
  expect(notice('storage')).toBeUndefined();
  vi.restoreAllMocks();
});

it('names files so that every system takes them', () => {
  expect(fileName('Checkout on Black Friday!')).toBe('checkout-on-black-friday');
  expect(fileName('../../é <b>')).toBe('e-b');
  expect(fileName('…')).toBe('design');
});

it('adds next to the selected component every kind that may be linked, and no other link', async () => {
  const { addComponent } = await import('../../../src/ui/design/actions.ts');
  for (const kind of Object.keys(KINDS)) {
    services.design.open({ id: 'x', design: shop, origin: 'own' });
    services.view.select(['n2']);
    const id = addComponent(services, kind);
    const { nodes, links } = services.design.getState().design;
    expect(nodes, kind).toHaveLength(4);
    for (const link of links.slice(1)) expect([link.from, link.to]).toContain(id);
    const added = nodes[3].position;
    expect(nodes.slice(0, 3).some(({ position }) => position.x === added.x && position.y === added.y)).toBe(
      false,
    );
  }
});
