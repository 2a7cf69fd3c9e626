import { seeded } from '../../sync/support/seeded.ts';
import type { Histogram } from './histogram.ts';

export interface Pace {
	actors: number;
	/** How often each of them acts. */
	perSecond: number;
	seconds: number;
	act(actor: number, now: number): void;
	/** How late the acts were, in milliseconds: the generator's own lag. */
	lag: Histogram;
}

/** Lets many actors act at an even pace, each at its own moment of the period, as people who do not know each other. */
export async function pace({ actors, perSecond, seconds, act, lag }: Pace): Promise<void> {
	const period = 1000 / perSecond;
	const random = seeded(actors * 31 + perSecond);
	const moments = Array.from({ length: actors }, (_, actor) => ({ actor, at: random() * period })).sort((a, b) => a.at - b.at);
	const began = performance.now();
	let next = 0;
	const dueOf = (number: number) => Math.floor(number / actors) * period + moments[number % actors].at;
	await new Promise<void>((resolve) => {
		const step = () => {
			const now = performance.now() - began;
			let due = dueOf(next);
			while (due <= now && due < seconds * 1000) {
				const at = performance.now();
				lag.add(at - began - due);
				act(moments[next % actors].actor, at);
				due = dueOf(++next);
			}
			if (now >= seconds * 1000) resolve();
			else setTimeout(step, 1);
		};
		step();
	});
}

/** The most acts that such a pace can come to. */
export function actsOf({ actors, perSecond, seconds }: Pick<Pace, 'actors' | 'perSecond' | 'seconds'>): number {
	return actors * Math.ceil(perSecond * seconds + 1);
}
