import { type CounterDescription, one, split } from '../server/counters.ts';
import { socketCounters, type SocketMetrics } from '../server/sockets/report.ts';

/** Everything that is counted of live sockets. `/metrics` shows each as `plenum_live_{name}_total`. */
export const COUNTERS = {
	...socketCounters({ refusals: [], codes: [], faults: [] }),
	joins: split('Topics that pages asked for', 'outcome', ['joined', 'refused']),
	notices: one('Announcements heard from the database'),
	messages: one('Messages about topics handed to sockets'),
	gaps: one('Times announcements may have been missed because the connection to the database was lost'),
	messages_dropped: one('Messages that a slow reader was not sent; it is told to look again'),
	right_check_failures: one('Times the database did not say what somebody may see')
} as const satisfies Record<string, CounterDescription>;
export type LiveCounter = keyof typeof COUNTERS;

export interface LiveMetrics extends SocketMetrics {
	count(name: LiveCounter, by?: number, value?: string): void;
}
