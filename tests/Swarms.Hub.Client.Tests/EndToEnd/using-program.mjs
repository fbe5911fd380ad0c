// A program on the JavaScript SDK that makes every call of a room once, and prints the answers as one line of JSON.
const [sdk, address] = process.argv.slice(2);
const { HubClient, TranscriptFormats } = await import(sdk);
const hub = new HubClient(address);
const { upstream, roomCreation } = await hub.getServer();
const room = await hub.createRoom('Biology', 'Ada');
const host = await room.getMember();
const ends = room.open().then(
  () => 'quietly',
  error => error.code,
);

const renamed = await room.rename('Botany');
const invite = await room.createInvite({ role: 'viewer' });
const guest = await hub.join(invite.code, 'Bob');
const changed = await room.changeMember(guest.member.id, { name: 'Robert', role: 'participant' });
const sequence = await guest.say('Hello 👋');
await room.react(sequence, '👍');
await guest.raiseHand();
const raised = await room.getRoom();
await guest.lowerHand();
const run = await room.startRun({
  request: { agent_config: { agent_name: 'Teacher' }, task: 'Explain leaves', simulation: { chunks: 3, chunksPerSecond: 0 } },
});
await until(() => room.state?.findRun(run.id)?.endedAt !== undefined);
const stored = await room.getRun(run.id);
const cancelled = await room.cancelRun(run.id);
const found = await room.listRuns({ query: 'leaves', limit: 1 });
const transcripts = {};
for (const format of Object.values(TranscriptFormats)) {
  const texts = [await room.getTranscript(format)];
  // A replay is of a whole room.
  if (format !== TranscriptFormats.replay) texts.push(await room.getTranscript(format, run.id));
  // Usage has no words.
  transcripts[format] = texts.map(text => text.includes(format === TranscriptFormats.usage ? run.id : 'Explain leaves'));
}
const transcript = JSON.parse(await room.getTranscript('json'));
const secrets = { llm_api_key: 'sk-of-the-agent' };
await room.setAgent('poet', { name: 'Poet', model: 'gpt-4o', maxTokens: 20, answersMentions: true, secrets });
await until(() => room.state?.findAgent('poet') !== undefined);
const started = await guest.startAgent('poet', 'A haiku about rain', 'once');
const again = await guest.startAgent('poet', 'A haiku about rain', 'once');
const agents = (await room.getRoom()).agents;
await room.removeAgent('poet');
await until(() => room.state?.agents.length === 0);
const unknown = await room.startAgent('poet', 'A haiku').catch(error => error.code);
await room.revokeInvite(invite.invite.id);
const refused = await hub.join(invite.code, 'Eve').catch(error => error.code);
await guest.leave();
const third = await hub.join((await room.createInvite({ role: 'viewer' })).url, 'Carol');
await room.removeMember(third.member.id);
const removed = await third.getRoom().catch(error => error.code);
await room.delete();
const end = await ends;
const deleted = await room.say('Anybody?').catch(error => [error.code, error.isFinal]);
hub.close();
const closed = await hub.getServer().catch(error => error.name);

console.log(
  JSON.stringify({
    upstream: upstream.kind,
    roomCreation,
    host: host.role,
    renamed: renamed.name,
    changed: [changed.name, changed.role],
    raised: raised.members.map(member => member.handRaised),
    reactions: room.state.messages[0].reactions[0].emoji,
    verified: room.isVerified(run.id),
    same: stored.text === room.state.findRun(run.id).text,
    cancelled: cancelled.state,
    found: found.runs.map(known => known.id === run.id),
    transcripts,
    transcript: [
      transcript.room.name,
      transcript.messages.map(said => said.text),
      transcript.reactions.map(reaction => reaction.target === sequence),
    ],
    agents: agents.map(agent => [agent.id, agent.maxTokens, agent.secrets]),
    started: [started.agent.id, started.agent.name, started.id === again.id],
    unknown,
    refused,
    removed,
    end,
    state: room.connectionState,
    deleted,
    closed,
  }),
);

async function until(isSo) {
  while (!isSo()) await new Promise(resolve => setTimeout(resolve, 20));
}
