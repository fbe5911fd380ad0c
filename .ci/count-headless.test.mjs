import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'

const script = join(dirname(fileURLToPath(import.meta.url)), 'count-headless')

// Runs the script over one file of this name and text.
function count(name, text) {
  const folder = mkdtempSync(join(tmpdir(), 'headless-'))
  try {
    const file = join(folder, name)
    writeFileSync(file, text)
    const { status, stdout, stderr } = spawnSync(process.execPath, [script, file], { encoding: 'utf8' })
    assert.equal(stderr, '')
    return { status, places: stdout.trimEnd().split('\n').slice(0, -1).map(line => line.slice(folder.length + 1)), summary: stdout.trimEnd().split('\n').at(-1) }
  } finally {
    rmSync(folder, { recursive: true })
  }
}

test('a planted opening fails and is shown with its line', () => {
  const { status, places, summary } = count('A.cs', '// Reads the log.\n\n/// <summary>\n/// Owns the tail. What waits\n/// is bounded.\n/// </summary>\n')
  assert.equal(status, 1)
  assert.deepEqual(places, ['A.cs:4: What waits is bounded.'])
  assert.equal(summary, '1 of 3 sentences open without a subject: 33.33 in 100, fewer than 1 wanted')
})

test('fewer than one in a hundred pass, one in a hundred fails', () => {
  const plain = number => '// One is read.\n\n'.repeat(number)
  assert.equal(count('A.cs', `${plain(100)}// Who reads is known.\n`).status, 0)
  assert.equal(count('A.cs', `${plain(99)}// Who reads is known.\n`).status, 1)
})

for (const [name, text, expected] of [
  ['A.cs', '/// <param name="room">Which room it is.</param>\n/// <returns>What was read.</returns>', 2],
  ['A.cs', 'Call(); // Whoever calls waits.', 1],
  ['A.cs', '/* That it works is found out. */', 1],
  ['A.cs', '/// <summary>That <see cref="A.B"/> works is found out.</summary>', 1],
  ['a.ts', '/** What is read. */\nconst a = `// What` // Where it goes.', 2],
  ['a.tsx', "<p>Don't</p>\n{/* Who reads. */}", 1],
  ['a.css', 'a { content: "/* What */" } /* What is red. */', 1],
  ['a.md', 'Text. What is read\nis kept.\n\n- Who reads\n\n| Where it is | `What` |\n| --- | --- |', 3],
]) {
  test(`${expected} found in ${JSON.stringify(text)} of ${name}`, () => assert.equal(count(name, text).places.length, expected))
}

for (const [name, text] of [
  ['A.cs', 'var a = "// What"; var b = @"// What"; var c = \'"\'; var d = $"""\n    // What\n    """;'],
  ['A.cs', '// Who reads?'],
  ['A.cs', '// That is why. It reads what\n// Whoever wrote.'],
  ['a.ts', "const a = 'https://host/ // What'"],
  ['a.md', '# What it is\n\n```\nWhat is read.\n```\n\n    Who may?'],
]) {
  test(`nothing found in ${JSON.stringify(text)} of ${name}`, () => assert.deepEqual(count(name, text).places, []))
}
