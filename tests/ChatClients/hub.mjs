// A hub as its users start it, a room in it, and an upstream that answers as a test tells it to. Nothing here knows the clients.
import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const Root = fileURLToPath(new URL('../../', import.meta.url));
const Ready = 'Swarms.Hub is ready: open ';

/** Returns the frames of a Swarms API stream. */
export const frames = {
  chunk: (content) => `event: chunk\ndata: ${JSON.stringify({ content })}\n\n`,
  usage: 'event: usage\ndata: {"input_tokens":3,"output_tokens":4}\n\n',
  done: 'event: done\ndata: {"status":"finished"}\n\n',
};

/** Returns the frames of a Chat Completions stream. */
export const chatFrames = {
  text: (content) => chatFrame({ content }),
  toolCall: ({ id, name, arguments: text }) =>
    chatFrame({ tool_calls: [{ index: 0, id, type: 'function', function: { name, arguments: text } }] }),
  end: (reason) => `${chatFrame({}, reason)}data: [DONE]\n\n`,
};

function chatFrame(delta, reason = null) {
  const choices = [{ index: 0, delta, finish_reason: reason }];
  return `data: ${JSON.stringify({ id: 'c1', object: 'chat.completion.chunk', created: 1, model: 'gpt-tools', choices })}\n\n`;
}

/** An upstream. Each test sets `answer`, and `requests` are the bodies that came. */
export class Upstream {
  requests = [];
  answer = (response) => response.end();

  async start() {
    this.server = createServer(async (request, response) => {
      let body = '';
      for await (const piece of request) body += piece;
      this.requests.push(JSON.parse(body));
      await this.answer(response, this.requests.length);
    });
    await new Promise((listening) => this.server.listen(0, '127.0.0.1', listening));
    this.address = `http://127.0.0.1:${this.server.address().port}`;
  }

  /** Answers every request with a stream of these frames. */
  tell(...pieces) {
    this.answer = (response) => {
      response.writeHead(200, { 'Content-Type': 'text/event-stream' });
      response.end(pieces.join(''));
    };
  }

  /** Refuses every request. */
  refuse(status, detail) {
    this.answer = (response) => {
      response.writeHead(status, { 'Content-Type': 'application/json' });
      response.end(JSON.stringify({ detail }));
    };
  }

  stop() {
    this.server.closeAllConnections();
    this.server.close();
  }
}

/** A started hub with one room. */
export class Hub {
  async start(upstream, ...settings) {
    this.folder = await mkdtemp(join(tmpdir(), 'swarms-hub-clients-'));
    const configuration = ['Release', 'Debug'].find((name) => existsSync(assembly(name)));
    if (!configuration) throw new Error('Build the hub first: dotnet build --configuration Release');
    this.process = spawn(
      'dotnet',
      [
        assembly(configuration), '--urls=http://127.0.0.1:0', `--Storage:Path=${join(this.folder, 'hub.db')}`, '--Storage:MinFreeBytes=0',
        `--Upstream:BaseAddress=${upstream.address}`, '--Upstream:ApiKey=sk-upstream', '--Runs:DrainTimeout=00:00:00.2',
        '--Runs:MaxParallelPerRoom=20', '--Upstreams:chat:Kind=openai', `--Upstreams:chat:BaseAddress=${upstream.address}/v1`,
        '--Upstreams:chat:ApiKey=sk-chat', '--Upstreams:chat:Models:0=gpt-tools', ...settings,
      ],
      { cwd: this.folder, stdio: ['ignore', 'pipe', 'inherit'] },
    );
    this.address = await new Promise((ready, failed) => {
      let output = '';
      this.process.stdout.on('data', (piece) => {
        output += piece;
        const found = output.split('\n').find((line) => line.startsWith(Ready));
        if (found) ready(found.slice(Ready.length).trim().replace(/\/$/, ''));
      });
      this.process.on('exit', () => failed(new Error(`The hub did not start:\n${output}`)));
    });
    const room = await this.call('POST', '/api/rooms', { name: 'Clients', memberName: 'Ann' });
    this.room = room.room.id;
    this.token = room.token;
  }

  /** Calls the hub's own API. */
  async call(method, path, body) {
    const answer = await fetch(this.address + path, {
      method,
      headers: { 'Content-Type': 'application/json', ...(this.token && { Authorization: `Bearer ${this.token}` }) },
      body: body && JSON.stringify(body),
    });
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
    return answer.json();
  }

  /** Returns the room's runs, newest first. */
  async runs() {
    return (await this.call('GET', `/api/rooms/${this.room}/runs`)).runs;
  }

  /** Waits until the newest run has ended, and returns it with its text. */
  async ended() {
    for (;;) {
      const [{ id }] = await this.runs();
      const run = await this.call('GET', `/api/rooms/${this.room}/runs/${id}`);
      if (run.endedAt) return run;
      await new Promise((later) => setTimeout(later, 20));
    }
  }

  async stop() {
    const exited = new Promise((exit) => this.process.on('exit', exit));
    this.process.kill('SIGTERM');
    await exited;
    await rm(this.folder, { recursive: true });
  }
}

function assembly(configuration) {
  return join(Root, 'src/Swarms.Hub/bin', configuration, 'net10.0/Swarms.Hub.dll');
}
