import { readdirSync } from 'node:fs';
import { basename } from 'node:path';
import { describe, expect, it } from 'vitest';
import { alike, type Docs, readCSharpDocs, readTypeScriptDocs, rememberType, renamed, writeTypeScriptDocs } from './Docs.js';

const root = new URL('../../../', import.meta.url);

/** Files that one of the two SDKs has alone, and why. */
const onlyInDotNet: Readonly<Record<string, string>> = {
  'Commands/Handlers/FactoryHandler': 'only .NET has a factory of clients',
  'Commands/Handlers/HubHandler': "fetch and webSocket are the program's own in JavaScript",
  'Commands/Handlers/OwnHandler': "fetch and webSocket are the program's own in JavaScript",
  'Commands/Problem': "the part of an answer that .NET's serializer must know",
  'Commands/WireTypes': "JSON is the platform's own in JavaScript",
  'Feed/CallerContext': 'JavaScript has one thread',
  'Feed/RunningTasks': 'a disposal waits for nothing in JavaScript',
  HubClientOptionsValidator: 'only .NET has services',
  SwarmsHubClientServiceCollectionExtensions: 'only .NET has services',
  'Protocol/Feed/IRoomViewer': "the hub's side of the connection",
  'Protocol/Feed/SseEvents': 'of the feed over server-sent events, which no SDK reads',
  'Protocol/OneOfAttribute': "TypeScript's types list their values",
  'Protocol/ProtocolJson': "JSON is the platform's own in JavaScript",
  'Protocol/ProtocolJsonContext': "JSON is the platform's own in JavaScript",
  'Protocol/Runs/Calls/RunState.Calls': 'TypeScript has no partial classes',
  'Protocol/Runs/Lanes/RunState.Lanes': 'TypeScript has no partial classes',
  'Protocol/Runs/Proposals/RunState.Proposals': 'TypeScript has no partial classes',
  'Protocol/Runs/Races/RunState.Races': 'TypeScript has no partial classes',
  'Protocol/Runs/Threads/RunState.Threads': 'TypeScript has no partial classes',
  'Protocol/UtcTimeConverter': "JSON is the platform's own in JavaScript",
};
const onlyInJavaScript: Readonly<Record<string, string>> = {
  'Commands/RoomCommands': 'TypeScript has no partial classes',
  'Feed/Deadline': "the platform's own in .NET",
  'Feed/FeedConnection': 'the tests of .NET have a real SignalR hub',
  'Feed/FeedEndpoint': 'the element for pages, which only JavaScript has, goes another way',
  'Feed/FetchTransport': 'a handler carries calls and polls in .NET',
  'Feed/Inbox': "the platform's own in .NET",
  'Feed/WakeUps': 'only browsers tell of their network and their sleep',
  index: 'only a package of modules has one',
};

/** Sentences that differ, and why. */
const differences: Readonly<Record<string, string>> = {
  'Commands/HubApi#HubApi': 'each platform has its own error for an object that is closed',
  'Commands/HubApi#stopping': 'tokens are cancelled, signals abort',
  'Feed/ConnectionState#offline': 'only browsers tell of their network',
  'Feed/NetworkFault#NetworkFault': 'assemblies and modules',
  'Feed/NetworkFault#describe': 'only .NET knows its proxy',
  'Feed/NetworkFault#is': 'only .NET has classes for faults of the network',
  'Feed/RoomEndpoint#stopping': 'tokens are cancelled, signals abort',
  'HubClient#openRoom': "cookies are for the hub's own page",
  'HubClientError#fromHub': 'SignalR tells close codes in words in JavaScript',
  'HubClientError#retryAfter': 'seconds',
  'HubClientOptions#connectTimeout': 'milliseconds',
  'HubClientOptions#keepAliveInterval': 'milliseconds',
  'HubClientOptions#maxReconnectDelay': 'milliseconds',
  'HubClientOptions#serverTimeout': 'milliseconds',
  'HubClientOptions#useTickets': 'only JavaScript runs in Node',
  'Protocol/PayloadFields#object': 'only .NET has JSON elements that are none',
  'Protocol/Rooms/RoomState#RoomState': 'JavaScript has one thread',
  'Protocol/Runs/RunState#RunState': 'JavaScript has one thread',
  'RoomClient#onUpdate': 'events are a word of C#',
  'RoomClient#token': "cookies are for the hub's own page",
  'RoomClient#watch': 'tokens are cancelled, signals abort',
  'Feed/RoomWatch#RoomWatch': 'a generator is called in more ways',
  'Feed/RoomWatch#next': 'a generator says that it is done',
};
/** Written in another way altogether: one record in .NET, and a type for each kind of frame in JavaScript. */
const apart = ['Protocol/Feed/RoomFrame'];

function filesIn(project: string, extension: string, prefix = ''): Map<string, URL> {
  const folder = new URL(`${project}/`, root);
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(
    file => file.endsWith(extension) && !/^(obj|bin)\//.test(file),
  );
  return new Map(
    files.sort().map(file => {
      const path = prefix + file.slice(0, -extension.length);
      const name = basename(path);
      return [path.slice(0, path.length - name.length) + (renamed[name] ?? name), new URL(file, folder)];
    }),
  );
}

const dotNet = new Map([...filesIn('Swarms.Hub.Client', '.cs'), ...filesIn('Swarms.Hub.Protocol', '.cs', 'Protocol/')]);
// The hooks for React and the element for pages have no twins: .NET has neither.
const javaScript = new Map([...filesIn('Swarms.Hub.Client.Js/src', '.ts')].filter(([file]) => !/^(React|Embed)\//.test(file)));
const both = [...dotNet.keys()].filter(file => javaScript.has(file));
[...dotNet.keys(), ...javaScript.keys()].forEach(file => rememberType(basename(file)));

/** `TWINS=write npm test` says in JavaScript what was changed in .NET. */
const writes = process.env.TWINS === 'write';

describe('The files of the two SDKs', () => {
  it('are the same but for those that a difference explains', () => {
    expect([...dotNet.keys()].filter(file => !javaScript.has(file))).toEqual(Object.keys(onlyInDotNet));
    expect([...javaScript.keys()].filter(file => !dotNet.has(file))).toEqual(Object.keys(onlyInJavaScript));
  });

  it.each(both.filter(file => !apart.includes(file)))('%s says the same in the same order', file => {
    const twin = readCSharpDocs(dotNet.get(file)!);
    if (writes) writeTypeScriptDocs(javaScript.get(file)!, new Map([...twin].filter(([name]) => !(`${file}#${name}` in differences))));

    const { docs, free } = readTypeScriptDocs(javaScript.get(file)!);
    const shared = [...twin.keys()].filter(name => docs.has(name));
    const compared = shared.filter(name => !(`${file}#${name}` in differences));
    const said = (what: Docs) => Object.fromEntries(compared.map(name => [name, alike(what.get(name))]));
    expect(said(docs)).toEqual(said(twin));
    const members = shared.filter(name => !free.has(name));
    expect([...docs.keys()].filter(name => members.includes(name))).toEqual(members);
  });

  it('say the same wherever no difference is left', () => {
    const stale = Object.keys(differences).filter(difference => {
      const [file = '', name = ''] = difference.split('#');
      const said = javaScript.has(file) ? readTypeScriptDocs(javaScript.get(file)!).docs.get(name) : undefined;
      return said === undefined || alike(said) === alike(readCSharpDocs(dotNet.get(file)!).get(name));
    });
    expect(stale).toEqual([]);
  });
});
