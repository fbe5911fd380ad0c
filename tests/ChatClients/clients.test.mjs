// Programs that were written for OpenAI's API: nothing of them changes but the address and the key.
import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, test } from 'node:test';
import { createOpenAICompatible } from '@ai-sdk/openai-compatible';
import { HumanMessage } from '@langchain/core/messages';
import { ChatOpenAI } from '@langchain/openai';
import { generateText, jsonSchema, stepCountIs, streamText, tool } from 'ai';
import OpenAI from 'openai';
import { chatFrames, frames, Hub, Upstream } from './hub.mjs';

const upstream = new Upstream();
const hub = new Hub();
const call = { id: 'call_a', name: 'weather', arguments: '{"city":"Paris"}' };
const parameters = { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] };
const calling = chatFrames.toolCall(call) + chatFrames.end('tool_calls');
let runsBefore = 0;
let number = 0;

before(async () => {
  await upstream.start();
  await hub.start(upstream);
});
after(async () => {
  await hub.stop();
  upstream.stop();
});
beforeEach(async () => {
  upstream.requests.length = 0;
  runsBefore = (await hub.runs()).length;
});

/** A question that no other test asks: the hub gives the same call its failure again. */
const question = () => `Tell story ${++number}`;
const started = async () => (await hub.runs()).length - runsBefore;

/** Answers with a first piece, and with the rest once the promise is fulfilled. */
function tellSlowly(goOn) {
  upstream.answer = async (response) => {
    response.writeHead(200, { 'Content-Type': 'text/event-stream' });
    response.write(frames.chunk('Once '));
    await goOn;
    response.end(frames.chunk('upon') + frames.usage + frames.done);
  };
}

describe('openai', () => {
  const client = (options) => new OpenAI({ baseURL: `${hub.address}/v1`, apiKey: hub.token, ...options });
  const ask = (more) => ({ model: 'gpt-4.1', messages: [{ role: 'user', content: question() }], ...more });

  test('streams, with its usage', async () => {
    upstream.tell(frames.chunk('Once '), frames.chunk('upon'), frames.usage, frames.done);
    let text = '';
    let usage;
    const stream = await client().chat.completions.create(ask({ stream: true, stream_options: { include_usage: true } }));
    for await (const chunk of stream) {
      text += chunk.choices[0]?.delta.content ?? '';
      usage = chunk.usage ?? usage;
    }
    assert.equal(text, 'Once upon');
    assert.equal(usage.total_tokens, 7);
    assert.equal((await hub.ended()).text, 'Once upon');
  });

  test('gets a whole answer', async () => {
    upstream.tell(frames.chunk('Once upon'), frames.usage, frames.done);
    const answer = await client().chat.completions.create(ask());
    assert.equal(answer.choices[0].message.content, 'Once upon');
    assert.equal(answer.choices[0].finish_reason, 'stop');
    assert.equal(answer.usage.prompt_tokens, 3);
  });

  test('calls tools, and gives their results', async () => {
    const tools = [{ type: 'function', function: { name: 'weather', parameters, function: () => 'rain', parse: JSON.parse } }];
    upstream.answer = (response, request) => {
      response.writeHead(200, { 'Content-Type': 'text/event-stream' });
      response.end(request === 1 ? calling : chatFrames.text('It rains.') + chatFrames.end('stop'));
    };
    assert.equal(await client().chat.completions.runTools(ask({ model: 'gpt-tools', stream: true, tools })).finalContent(), 'It rains.');
    const [, answer, result] = upstream.requests[1].messages;
    assert.deepEqual([result.content, result.tool_call_id, answer.tool_calls[0].function.name], ['rain', 'call_a', 'weather']);
  });

  test('lists the models', async () => {
    const ids = [];
    for await (const model of client().models.list()) ids.push(model.id);
    assert.deepEqual(ids, ['gpt-tools']);
    assert.equal((await client().models.retrieve('gpt-tools')).owned_by, 'chat');
    await assert.rejects(client().models.retrieve('no/model'), OpenAI.NotFoundError);
  });

  test('tells what is wrong, in words', async () => {
    await assert.rejects(client({ apiKey: 'sk-wrong' }).chat.completions.create(ask()), (error) => {
      assert.ok(error instanceof OpenAI.AuthenticationError);
      assert.match(error.message, /API key is missing or unknown/);
      return true;
    });
    await assert.rejects(client().chat.completions.create(ask({ n: 2 })), (error) => {
      assert.ok(error instanceof OpenAI.BadRequestError);
      assert.match(error.message, /n must be 1/);
      assert.deepEqual([error.type, error.code], ['invalid_request_error', 'invalid']);
      return true;
    });
    assert.equal(await started(), 0);
    upstream.refuse(404, 'There is no model gpt-9.');
    await assert.rejects(client().chat.completions.create(ask({ model: 'gpt-9' })), /404 .*There is no model gpt-9/);
    assert.equal(await started(), 1);
  });

  test('tells of a failure within the stream', async () => {
    upstream.tell(frames.chunk('Once '), 'event: error\ndata: {"error":"The model is on fire."}\n\n');
    const stream = await client().chat.completions.create(ask({ stream: true }));
    await assert.rejects(async () => {
      for await (const _ of stream);
    }, /The model is on fire/);
    assert.equal(await started(), 1);
  });

  test('repeats what was refused before any work, and not what may be paid for', async () => {
    upstream.answer = (response, request) => {
      if (request > 1) return response.writeHead(200, { 'Content-Type': 'text/event-stream' }).end(frames.chunk('Yes') + frames.done);
      response.writeHead(429, { 'Content-Type': 'application/json', 'Retry-After': '0' }).end('{"detail":"Busy"}');
    };
    assert.equal((await client().chat.completions.create(ask())).choices[0].message.content, 'Yes');
    assert.equal(upstream.requests.length, 2);
    upstream.refuse(500, 'It broke.');
    await assert.rejects(client().chat.completions.create(ask()), /It broke/);
    assert.equal(upstream.requests.length, 3);
  });

  test('joins its run when it gave up waiting and asks again', async () => {
    let goOn;
    tellSlowly(new Promise((told) => (goOn = told)));
    const answering = client({ timeout: 700, maxRetries: 5 }).chat.completions.create(ask());
    setTimeout(goOn, 1500);
    assert.equal((await answering).choices[0].message.content, 'Once upon');
    assert.equal(upstream.requests.length, 1);
    assert.equal(await started(), 1);
  });

  test('hangs up, and the run goes on', async () => {
    let goOn;
    tellSlowly(new Promise((told) => (goOn = told)));
    const stream = await client().chat.completions.create(ask({ stream: true }));
    for await (const chunk of stream) if (chunk.choices[0].delta.content) break;
    stream.controller.abort();
    goOn();
    const run = await hub.ended();
    assert.deepEqual([run.state, run.text], ['done', 'Once upon']);
  });
});

describe('the AI SDK', () => {
  const model = (id = 'gpt-4.1') =>
    createOpenAICompatible({ name: 'hub', baseURL: `${hub.address}/v1`, apiKey: hub.token, includeUsage: true }).chatModel(id);

  test('streams, with its usage', async () => {
    upstream.tell(frames.chunk('Once '), frames.chunk('upon'), frames.usage, frames.done);
    const result = streamText({ model: model(), prompt: question() });
    assert.equal(await result.text, 'Once upon');
    assert.equal((await result.usage).totalTokens, 7);
    assert.equal(await result.finishReason, 'stop');
  });

  test('gets a whole answer with the words for the system', async () => {
    upstream.tell(frames.chunk('Once upon'), frames.usage, frames.done);
    const result = await generateText({ model: model(), system: 'Be brief.', prompt: question() });
    assert.equal(result.text, 'Once upon');
    assert.equal(upstream.requests[0].agent_config.system_prompt, 'Be brief.');
  });

  test('calls tools, and gives their results', async () => {
    upstream.answer = (response, request) => {
      response.writeHead(200, { 'Content-Type': 'text/event-stream' });
      response.end(request === 1 ? calling : chatFrames.text('It rains.') + chatFrames.end('stop'));
    };
    const weather = tool({ inputSchema: jsonSchema(parameters), execute: ({ city }) => `rain in ${city}` });
    const result = streamText({ model: model('gpt-tools'), prompt: question(), tools: { weather }, stopWhen: stepCountIs(3) });
    assert.equal(await result.text, 'It rains.');
    assert.match(upstream.requests[1].messages[2].content, /rain in Paris/);
  });

  test('tells the words of a refusal, and its retries are not paid for', async () => {
    upstream.refuse(500, 'It broke.');
    await assert.rejects(generateText({ model: model(), prompt: question() }), /It broke/);
    assert.equal(upstream.requests.length, 1);
    assert.equal(await started(), 1);
  });

  test('hangs up, and the run goes on', async () => {
    let goOn;
    tellSlowly(new Promise((told) => (goOn = told)));
    const leaving = new AbortController();
    const { textStream } = streamText({ model: model(), prompt: question(), abortSignal: leaving.signal, onError() {} });
    for await (const piece of textStream) if (piece) break;
    leaving.abort();
    goOn();
    const run = await hub.ended();
    assert.deepEqual([run.state, run.text], ['done', 'Once upon']);
  });
});

describe('LangChain', () => {
  const model = (options) =>
    new ChatOpenAI({ model: 'gpt-4.1', apiKey: hub.token, configuration: { baseURL: `${hub.address}/v1` }, ...options });

  test('streams', async () => {
    upstream.tell(frames.chunk('Once '), frames.chunk('upon'), frames.usage, frames.done);
    let text = '';
    let tokens;
    for await (const chunk of await model().stream([new HumanMessage(question())])) {
      text += chunk.content;
      tokens = chunk.usage_metadata?.total_tokens ?? tokens;
    }
    assert.deepEqual([text, tokens], ['Once upon', 7]);
  });

  test('gets a whole answer, and calls of tools', async () => {
    upstream.tell(calling);
    const bound = model({ model: 'gpt-tools' }).bindTools([{ type: 'function', function: { name: 'weather', parameters } }]);
    const answer = await bound.invoke([new HumanMessage(question())]);
    assert.deepEqual(
      answer.tool_calls.map(({ id, name, args }) => [id, name, args.city]),
      [['call_a', 'weather', 'Paris']],
    );
  });

  test('tells the words of a refusal, and its retries are not paid for', async () => {
    upstream.refuse(502, 'It broke.');
    await assert.rejects(model({ maxRetries: 2 }).invoke([new HumanMessage(question())]), /It broke/);
    assert.equal(upstream.requests.length, 1);
    assert.equal(await started(), 1);
  });
});
