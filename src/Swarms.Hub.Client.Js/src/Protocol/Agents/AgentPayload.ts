import type { RoomEvent } from '../Feed/RoomEvent.js';
import { given, PayloadFields } from '../PayloadFields.js';
import type { RoomAgent } from './RoomAgent.js';

/** The data of `agent.changed`. */
export interface AgentPayload {
  /** The agent from now on. */
  readonly agent: RoomAgent;
}

export const AgentPayload = {
  /** Reads the data of an event. A field that is missing or of another type is empty. */
  read(data: RoomEvent['data']): AgentPayload {
    const agent = PayloadFields.object(data, 'agent');
    const config = agent['config'];
    return {
      agent: {
        id: PayloadFields.text(agent, 'id') ?? '',
        name: PayloadFields.text(agent, 'name') ?? '',
        model: PayloadFields.text(agent, 'model') ?? '',
        ...given('systemPrompt', PayloadFields.text(agent, 'systemPrompt')),
        ...given('temperature', PayloadFields.figure(agent, 'temperature')),
        ...given('maxTokens', PayloadFields.number(agent, 'maxTokens')),
        ...given('maxLoops', PayloadFields.number(agent, 'maxLoops')),
        ...given('config', isObject(config) ? config : undefined),
        presets: PayloadFields.list(agent, 'presets').map(item => {
          const preset = isObject(item) ? item : {};
          return { title: PayloadFields.text(preset, 'title') ?? '', prompt: PayloadFields.text(preset, 'prompt') ?? '' };
        }),
        answersMentions: PayloadFields.isTrue(agent, 'answersMentions'),
        secrets: PayloadFields.list(agent, 'secrets').filter(name => typeof name === 'string'),
      },
    };
  },
};

function isObject(value: unknown): value is RoomEvent['data'] {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
