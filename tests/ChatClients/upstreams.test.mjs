// The hub's upstreams against a server that others wrote. It speaks Chat Completions, Ollama's protocol and Anthropic's.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { LLMock } from '@copilotkit/aimock';
import { Hub } from './hub.mjs';

const Weather = { name: 'weather', arguments: '{"city":"Paris"}' };
const server = new LLMock({ port: 0 });
const hub = new Hub();

before(async () => {
  server.onMessage('Tell a story', { content: 'Once upon a time.' });
  server.onMessage('Think', { content: 'Four.', reasoning: 'Two and two.' });
  server.onMessage('How is the weather?', { toolCalls: [Weather] });
  server.onMessage('Be refused', { error: { message: 'The model is on fire.', type: 'invalid_request_error' }, status: 400 });
  await server.start();
  await hub.start(
    { address: server.url },
    '--Upstreams:other:Kind=openai', `--Upstreams:other:BaseAddress=${server.url}/v1`, '--Upstreams:other:ApiKey=sk-other',
    '--Upstreams:other:Models:0=gpt-9',
    '--Upstreams:school:Kind=ollama', `--Upstreams:school:BaseAddress=${server.url}`, '--Upstreams:school:Models:0=llama-9',
    '--Upstreams:claude:Kind=anthropic', `--Upstreams:claude:BaseAddress=${server.url}`, '--Upstreams:claude:ApiKey=sk-claude',
    '--Upstreams:claude:Models:0=claude-9',
  );
});

after(async () => {
  await hub.stop();
  await server.stop();
});

async function run(model, task) {
  const request = { agent_config: { agent_name: 'Writer', model_name: model, max_tokens: 100 }, task };
  const { run } = await hub.call('POST', `/api/rooms/${hub.room}/runs`, { kind: 'agent', request });
  const ended = await hub.ended();
  const { events } = await hub.call('GET', `/api/rooms/${hub.room}/events?after=0&limit=1000`);
  return { ended, events: events.filter((event) => event.run === run.id) };
}

function dataOf(events, type) {
  return events.filter((event) => event.type === type).map((event) => event.data);
}

// In Ollama's protocol this server counts no tokens, and tells its reasoning in a field that Ollama does not have.
const models = [
  { model: 'gpt-9', usage: 1, reasoning: 'Two and two.' },
  { model: 'llama-9', usage: 0, reasoning: '' },
  { model: 'claude-9', usage: 1, reasoning: 'Two and two.' },
];

for (const { model, usage, reasoning } of models) {
  test(`${model} tells a story`, async () => {
    const { ended, events } = await run(model, 'Tell a story');

    assert.deepEqual([ended.state, ended.text], ['done', 'Once upon a time.']);
    assert.equal(dataOf(events, 'chunk').map(({ content }) => content).join(''), 'Once upon a time.');
    assert.equal(dataOf(events, 'usage').length, usage);
  });

  test(`${model} thinks first`, async () => {
    const { ended, events } = await run(model, 'Think');

    assert.deepEqual([ended.state, ended.text], ['done', 'Four.']);
    assert.equal(dataOf(events, 'reasoning').map(({ content }) => content).join(''), reasoning);
  });

  test(`${model} calls a tool`, async () => {
    const { ended, events } = await run(model, 'How is the weather?');

    assert.equal(ended.state, 'done');
    const [call, ...more] = dataOf(events, 'tool_call');
    assert.deepEqual([call.name, JSON.parse(call.arguments), more.length], ['weather', { city: 'Paris' }, 0]);
  });

  test(`${model} is refused`, async () => {
    const { ended } = await run(model, 'Be refused');

    assert.deepEqual([ended.state, ended.error.code], ['error', 'upstream_rejected']);
    assert.match(ended.error.message, /on fire/);
  });
}
