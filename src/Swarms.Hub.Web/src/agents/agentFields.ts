import type { AgentPreset, RoomAgent, SetAgentRequest } from 'swarms-hub-client';

/** A secret as the form holds it. One that the hub has already is empty until somebody enters another. */
export interface SecretField {
  readonly place: string;
  readonly value: string;
  readonly isSet: boolean;
}

/** An agent as the form holds it. */
export interface AgentFields {
  readonly id: string;
  readonly name: string;
  readonly model: string;
  readonly systemPrompt: string;
  readonly temperature: string;
  readonly maxTokens: string;
  readonly answersMentions: boolean;
  readonly presets: readonly AgentPreset[];
  readonly secrets: readonly SecretField[];
}

export function fieldsOf(agent: RoomAgent | undefined): AgentFields {
  return {
    id: agent?.id ?? '',
    name: agent?.name ?? '',
    model: agent?.model ?? 'gpt-4o',
    systemPrompt: agent?.systemPrompt ?? '',
    temperature: agent?.temperature?.toString() ?? '',
    maxTokens: agent?.maxTokens?.toString() ?? '',
    answersMentions: agent?.answersMentions ?? false,
    presets: agent?.presets ?? [],
    secrets: (agent?.secrets ?? []).map(place => ({ place, value: '', isSet: true })),
  };
}

/** Builds the request. Fields that the form does not show stay as they are. */
export function requestOf(fields: AgentFields, before: RoomAgent | undefined): SetAgentRequest {
  const { name, model, systemPrompt, temperature, maxTokens, answersMentions, presets } = fields;
  return {
    name: name.trim(),
    model: model.trim(),
    ...(systemPrompt.trim() === '' ? {} : { systemPrompt }),
    ...(temperature === '' ? {} : { temperature: Number(temperature) }),
    ...(maxTokens === '' ? {} : { maxTokens: Number(maxTokens) }),
    ...(before?.maxLoops === undefined ? {} : { maxLoops: before.maxLoops }),
    ...(before?.config === undefined ? {} : { config: before.config }),
    answersMentions,
    presets: presets.filter(({ title, prompt }) => title.trim() !== '' || prompt.trim() !== ''),
    secrets: secretsOf(fields, before),
  };
}

/** The secrets that change: those with a new value, and null for those that are gone. */
function secretsOf({ secrets }: AgentFields, before: RoomAgent | undefined): Record<string, string | null> {
  const kept = new Set(secrets.map(({ place }) => place.trim()));
  return Object.fromEntries([
    ...(before?.secrets ?? []).filter(place => !kept.has(place)).map(place => [place, null] as const),
    ...secrets.filter(({ value, place }) => value !== '' && place.trim() !== '').map(({ place, value }) => [place.trim(), value] as const),
  ]);
}

/** An id made of a name, which the host may change: what is no letter or digit of ASCII becomes a hyphen. */
export function idOf(name: string): string {
  return name
    .normalize('NFD')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-+|-+$/g, '')
    .slice(0, 40);
}
