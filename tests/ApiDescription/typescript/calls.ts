// Calls a started hub by the types that openapi-typescript generates: create, invite, join, say, start a run, read its events, take its
// transcript, meet a refusal.
import createClient from "openapi-fetch";
import type { components, paths } from "./hub.js";

const address = process.argv[2] ?? "";
const patienceMs = 30_000;

function require(isTrue: boolean, what: string): asserts isTrue {
  if (!isTrue) throw new Error(`The hub's answer was not as expected: ${what}.`);
}

const hub = createClient<paths>({ baseUrl: address });
const created = (await hub.POST("/api/rooms", { body: { name: "TypeScript", memberName: "Ada" } })).data;
require(created?.token !== undefined, "the room's token");
const role: components["schemas"]["MemberRole"] = created.member.role;
require(role === "host", "the creator is a host");

const host = createClient<paths>({ baseUrl: address, headers: { Authorization: `Bearer ${created.token}` } });
const path = { room: created.room.id };
const invite = (await host.POST("/api/rooms/{room}/invites", { params: { path }, body: { role: "participant", maxUses: 2 } })).data;
require(invite !== undefined, "the invite");
const joined = (await hub.POST("/api/join", { body: { code: invite.code, name: "Grace" } })).data;
require(joined?.member.role === "participant", "the guest is a participant");
const said = (await host.POST("/api/rooms/{room}/messages", { params: { path }, body: { text: "Hello" } })).data;
require(said !== undefined && said.sequence > 0, "the message has a sequence");

const started = (
  await host.POST("/api/rooms/{room}/runs", {
    params: { path },
    body: { kind: "agent", request: { task: "Count", simulation: { chunks: 3, chunksPerSecond: 0 } } },
  })
).data;
require(started !== undefined, "the run");
const run = started.run.id;
for (const end = Date.now() + patienceMs; ; ) {
  const now = (await host.GET("/api/rooms/{room}/runs/{run}", { params: { path: { ...path, run } } })).data;
  require(now !== undefined && Date.now() < end, "the run ends");
  if (now.state !== "queued" && now.state !== "running") break;
}

const page = (await host.GET("/api/rooms/{room}/events", { params: { path, query: { after: "0", limit: 1000 } } })).data;
require(typeof page === "object" && page.events.some((event) => event.type === "done" && event.run === run), "the log has the run's end");
const transcript = (await host.GET("/api/rooms/{room}/transcript", { params: { path, query: { format: "json" } } })).data;
require(typeof transcript === "object" && transcript.messages[0]?.text === "Hello", "the transcript has the message");
const refused = await host.GET("/api/rooms/{room}/runs/{run}", { params: { path: { ...path, run: "no-such-run" } } });
require(refused.response.status === 404 && refused.error?.code === "not_found", "the refusal has its code");
