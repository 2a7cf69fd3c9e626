import type { Tone } from '../icon.ts';

/** Ground and ink of each tone; the pairs reach 4.5:1 in both themes. */
export const TONE_CLASSES: Record<Tone, string> = {
	neutral: 'bg-hover text-ink-soft',
	teal: 'bg-accent-soft text-accent',
	gold: 'bg-gold-soft text-gold',
	green: 'bg-green-soft text-green',
	red: 'bg-red-soft text-red',
	blue: 'bg-blue-soft text-blue'
};
