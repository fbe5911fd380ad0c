import { describe, expect, it } from 'vitest';
import { readTypeScript } from './Exports.js';
import { readCSharp, type Surface } from './PublicApi.js';

/** A member that one of the two SDKs has alone, and why. `*` stands for all members of a type, and for the type itself. */
type Differences = Readonly<Record<string, string>>;

const onlyInDotNet: Differences = {
  'ProtocolJson.*': "JSON is the platform's own in JavaScript",
  'IRoomViewer.*': "the hub's side of the connection",
  'SseEvents.*': 'of the feed over server-sent events, which no SDK reads',
  'HubClient.dispose': 'close in JavaScript',
  'HubClient.disposeAsync': 'close in JavaScript, which has nothing to wait for: SignalR closes its sockets by itself',
  'HubClientOptions.address': 'of the client that services make',
  'HubClientOptions.clientCertificates': 'certificates are given to fetch and webSocket in Node, and to the browser by its user',
  'HubClientOptions.configureHandler': 'fetch and webSocket in JavaScript',
  'HubClientOptions.httpMessageHandlerFactory': 'fetch and webSocket in JavaScript',
  'HubClientOptions.loggerFactory': "SignalR's own log is silent in JavaScript",
  'HubClientOptions.proxy': 'proxies are given to fetch and webSocket in Node, and to the browser by its user',
  'HubClientOptions.timeProvider': "timers are replaced as a whole in JavaScript's tests",
  'HubClientOptions.webSocketConfiguration': 'webSocket in JavaScript',
  'RoomClient.disposeAsync': 'close in JavaScript, which has nothing to wait for: SignalR closes its sockets by itself',
  'AgentTask.toRequest': 'startRun takes the task itself in JavaScript',
  'AgentRemovedPayload.reference': 'a shape needs no name in JavaScript',
  'MemberLeftPayload.reference': 'a shape needs no name in JavaScript',
  'MemberPayload.card': 'a shape needs no name in JavaScript',
  'Run.maxTaskLength': "the hub's bound, and an interface has no constants",
  'Run.maxDeclineReasonLength': "the hub's bound, and an interface has no constants",
  'Run.maxSupporters': "the hub's bound, and an interface has no constants",
  'RunPassage.maxTextLength': "the hub's bound, and an interface has no constants",
  'RoomClient.copyTranscriptTo': 'a browser downloads by getTranscriptUrl, and Node has fetch',
  'RoomWithMe.of': 'the hub makes the answer',
};

const onlyInJavaScript: Differences = {
  'HubClient.close': 'Dispose in .NET',
  'HubClientOptions.fetch': 'HttpMessageHandlerFactory in .NET',
  'HubClientOptions.session': "cookies are for the hub's own page",
  'HubClientOptions.webSocket': 'HttpMessageHandlerFactory and WebSocketConfiguration in .NET',
  'ListRunsRequest.*': 'named arguments in .NET',
  'ThreadOptions.*': 'named arguments in .NET',
  'RoomSettingsChange.*': 'a JsonObject in .NET',
  'RoomClient.getTranscriptUrl': 'a browser downloads by its cookie',
  'RoomClient.getAttendanceCsvUrl': 'a browser downloads by its cookie',
  'WatchOptions.*': 'a CancellationToken in .NET',
  'WebSocketConstructor.*': 'of the option webSocket',
  'EventsFrame.*': 'a kind of RoomFrame, which is one record in .NET',
  'ResumedFrame.*': 'a kind of RoomFrame, which is one record in .NET',
  'SnapshotFrame.*': 'a kind of RoomFrame, which is one record in .NET',
  'StorageFrame.*': 'a kind of RoomFrame, which is one record in .NET',
  'SnapshotUpdate.kind': 'a type of its own in .NET',
  'ResumedUpdate.kind': 'a type of its own in .NET',
  'EventsUpdate.kind': 'a type of its own in .NET',
  'ConnectionStateUpdate.kind': 'a type of its own in .NET',
  'PresenceUpdate.kind': 'a type of its own in .NET',
  'WatchingUpdate.kind': 'a type of its own in .NET',
  'StorageUpdate.kind': 'a type of its own in .NET',
  'DigestUpdate.kind': 'a type of its own in .NET',
};

/** The same under another name: exceptions are errors in JavaScript, and constants have no methods there. */
const names: Readonly<Record<string, string>> = { HubClientException: 'HubClientError' };
const functions: Readonly<Record<string, string>> = { isEnding: 'EventTypes', isRole: 'MemberRoles', hasEnded: 'RunStates' };

const dotNet = flatten(readCSharp('Swarms.Hub.Client', 'Swarms.Hub.Protocol'));
const javaScript = flatten(readTypeScript());

function flatten(surface: Surface): Map<string, string | undefined> {
  const flat = new Map<string, string | undefined>();
  for (const [type, members] of surface) {
    const owner = names[type] ?? type;
    if (type !== '') flat.set(`${owner}.*`, undefined);

    for (const [member, value] of members) flat.set(`${type === '' ? functions[member] : owner}.${member}`, value);
  }

  return flat;
}

function isAllowed(member: string, differences: Differences): boolean {
  return member in differences || `${member.split('.')[0]}.*` in differences;
}

describe('The public surfaces of the two SDKs', () => {
  it('are found', () => {
    expect(dotNet.size).toBeGreaterThan(200);
    expect(javaScript.size).toBeGreaterThan(200);
  });

  it('have nothing in .NET alone that no difference explains', () => {
    expect([...dotNet.keys()].filter(member => !javaScript.has(member) && !isAllowed(member, onlyInDotNet))).toEqual([]);
  });

  it('have nothing in JavaScript alone that no difference explains', () => {
    expect([...javaScript.keys()].filter(member => !dotNet.has(member) && !isAllowed(member, onlyInJavaScript))).toEqual([]);
  });

  it('have no difference explained that is none', () => {
    expect(Object.keys(onlyInDotNet).filter(member => !dotNet.has(member) || javaScript.has(member))).toEqual([]);
    expect(Object.keys(onlyInJavaScript).filter(member => !javaScript.has(member) || dotNet.has(member))).toEqual([]);
  });

  it('have the same constants with the same values', () => {
    const constants = [...dotNet].filter(([member, value]) => value !== undefined && javaScript.has(member));
    expect(constants.length).toBeGreaterThan(60);
    expect(Object.fromEntries(constants.map(([member]) => [member, javaScript.get(member)]))).toEqual(Object.fromEntries(constants));
  });
});
