// The npm package as its users get it: packed, installed into an empty folder, and used there. The programs of consumer/ are the users'.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { cp, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { frames, Hub, Upstream } from '../ChatClients/hub.mjs';

const run = promisify(execFile);
const here = fileURLToPath(new URL('.', import.meta.url));
const sdk = join(here, '../../src/Swarms.Hub.Client.Js');
/** The folder is empty at first. React and the compilers are found above it, as in a workspace. */
const folder = join(here, 'obj', 'consumer');
const installed = join(folder, 'node_modules', 'swarms-hub-client');
const story = ['Once ', 'upon ', 'a ', 'time'];

/** The Node that runs the tests, and those that the package is made for. */
const nodes = { own: process.execPath, 22: nodeOf('22'), 24: nodeOf('24') };

function nodeOf(version) {
  return join(here, 'node_modules', `node-${version}`, 'bin', 'node');
}

/** Runs a Node in the folder, and returns what it printed. */
async function node(program, ...args) {
  const { stdout } = await run(program, args, { cwd: folder });
  return stdout.trim();
}

/** Runs a tool of this folder's packages in the consumer's. */
const tool = (path, ...args) => node(process.execPath, join(here, 'node_modules', path), ...args);

async function filesIn(path) {
  const entries = await readdir(path, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
}

before(async () => {
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  const packed = await run('npm', ['pack', '--json', '--pack-destination', dirname(folder)], { cwd: sdk, maxBuffer: 1 << 24 });
  // The build, which runs first, may print something of its own.
  const [{ filename }] = Object.values(JSON.parse(packed.stdout.slice(packed.stdout.search(/^[[{]/m))));
  await writeFile(join(folder, 'package.json'), '{ "private": true, "type": "module" }');
  await run('npm', ['install', '--prefer-offline', '--no-audit', '--no-fund', '--ignore-scripts', join('..', filename)], { cwd: folder });
  await cp(join(here, 'consumer'), folder, { recursive: true });
  const readme = await readFile(join(installed, 'README.md'), 'utf8');
  await writeFile(join(folder, 'StoryRoom.tsx'), readme.match(/^```tsx\n(.*?)^```$/ms)[1]);
});

describe('the tarball', () => {
  test('has licence, readme, types, and the sources to which its maps lead', async () => {
    const files = await filesIn(installed);
    for (const name of ['LICENSE', 'README.md', 'dist/index.js', 'dist/index.d.ts', 'dist/React/index.js', 'dist/React/index.d.ts'])
      assert.ok(files.includes(join(installed, name)), name);

    const maps = files.filter((file) => file.startsWith(join(installed, 'dist')) && file.endsWith('.map'));
    assert.ok(maps.some((file) => file.endsWith('.d.ts.map')));
    for (const map of maps) {
      const { sources } = JSON.parse(await readFile(map, 'utf8'));
      assert.deepEqual(sources.filter((source) => !existsSync(join(dirname(map), source))), [], map);
    }
  });

  test('has neither tests nor packages for development', async () => {
    const files = (await filesIn(installed)).map((file) => relative(installed, file));
    assert.deepEqual(files.filter((file) => /\.test\.|^tests\//.test(file)), []);
    assert.deepEqual(['react', 'vitest', 'typescript'].filter((name) => existsSync(join(folder, 'node_modules', name))), []);
  });

  test('holds the licence of the repository', async () => {
    assert.equal(await readFile(join(installed, 'LICENSE'), 'utf8'), await readFile(join(here, '../../LICENSE'), 'utf8'));
  });
});

describe('TypeScript', () => {
  for (const mode of ['node16', 'nodenext', 'bundler'])
    test(`compiles a program, and the readme's sample of the hooks, with ${mode}`, () =>
      tool('typescript/bin/tsc', '-p', `tsconfig.${mode}.json`));

  test('refuses a wrong program', async () => {
    await writeFile(join(folder, 'wrong.ts'), "import { HubClient } from 'swarms-hub-client';\nnew HubClient(1).nothing();\n");
    const compiled = tool('typescript/bin/tsc', '-p', 'tsconfig.wrong.json');
    await assert.rejects(compiled, (error) => /Property 'nothing' does not exist/.test(error.stdout));
  });
});

test("Vite builds the readme's sample of the hooks into a page", async () => {
  await tool('vite/bin/vite.js', 'build', '--logLevel', 'error');
  const scripts = (await filesIn(join(folder, 'dist'))).filter((file) => file.endsWith('.js'));
  assert.equal(scripts.length, 1);
  const script = await readFile(scripts[0], 'utf8');
  assert.match(script, /WatchRoom/);
  assert.match(script, /a robot that paints/);
});

describe('a started hub', () => {
  const upstream = new Upstream();
  const hub = new Hub();
  before(async () => {
    await upstream.start();
    await hub.start(upstream);
    upstream.tell(...story.map(frames.chunk), frames.usage, frames.done);
  });
  after(async () => {
    await hub.stop();
    upstream.stop();
  });

  for (const [version, program] of Object.entries(nodes))
    describe(`on Node ${version}`, { skip: !existsSync(program) && process.env.CI === undefined }, () => {
      for (const file of ['program.mjs', 'program.cjs'])
        test(`is watched by ${file}`, async () => {
          assert.equal(await node(program, file, hub.address), `${story.join('')} done`);
        });

      test('is watched by hooks', async () => {
        assert.equal(await node(program, 'hooks.mjs', hub.address), `Story night live Ada ${story.join('')} done`);
      });
    });
});
