import http from 'node:http';

// Reads runs from the upstream, numbers their chunks and hands each to `send(room, event)`.
export function relay(send) {
  const sequences = new Map();

  return function start(request, response) {
    const room = new URL(request.url, 'http://peer').searchParams.get('room');
    let body = '';
    request.on('data', part => { body += part; });
    request.on('end', () => {
      const run = crypto.randomUUID().replaceAll('-', '').slice(0, 26);
      const call = http.request(JSON.parse(body).upstream, { method: 'POST' }, answer => {
        response.end();
        let rest = '';
        answer.setEncoding('utf8');
        answer.on('data', part => {
          const frames = (rest + part).split('\n\n');
          rest = frames.pop();
          for (const frame of frames) {
            if (!frame.startsWith('event: chunk\ndata: '))
              continue;

            const sequence = (sequences.get(room) ?? 0) + 1;
            sequences.set(room, sequence);
            send(room, { sequence, at: new Date().toISOString(), type: 'chunk', run, data: JSON.parse(frame.slice(19)) });
          }
        });
      });
      call.end('{}');
    });
  };
}
