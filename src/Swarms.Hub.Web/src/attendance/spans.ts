import type { MemberAttendance } from 'swarms-hub-client';
import type { Language } from '../language/language';

/** The width of the bars, in parts. */
const parts = 1000;

/** The time from the first who came to the last who went, and the place of a time in it. */
export function spanOf(members: readonly Pick<MemberAttendance, 'times'>[]) {
  const times = members.flatMap(member => member.times.flatMap(({ from, until }) => [Date.parse(from), Date.parse(until)]));
  const first = times.reduce((one, other) => Math.min(one, other), Number.POSITIVE_INFINITY);
  const last = times.reduce((one, other) => Math.max(one, other), Number.NEGATIVE_INFINITY);
  const isoOf = (time: number) => new Date(Number.isFinite(time) ? time : 0).toISOString();
  return {
    from: isoOf(first),
    until: isoOf(last),
    place: (at: string) => (last > first ? ((Date.parse(at) - first) / (last - first)) * parts : 0),
  };
}

/** Hours and minutes; less than a minute in seconds. */
export function timeInWords({ t, duration }: Language, seconds: number): string {
  if (seconds < 60) return duration(seconds * 1000);

  const minutes = Math.round(seconds / 60);
  return minutes < 60
    ? t('duration.ofMinutes', { minutes })
    : t('duration.ofHours', { hours: Math.floor(minutes / 60), minutes: minutes % 60 });
}
