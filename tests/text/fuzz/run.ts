/**
 * Plays histories and says what went wrong: `node tests/text/fuzz/run.ts FROM TO STEPS [noundo] [without=act,act]`. Ends
 * with 1 when anything did that must never happen.
 */
import { play } from './play.ts';

const PROGRESS_EVERY = 10_000;
const [from = 1, to = 300, steps = 40] = process.argv.slice(2, 5).map(Number);
const without =
	process.argv
		.find((argument) => argument.startsWith('without='))
		?.slice(8)
		.split(',') ?? [];
const neverUndoes = process.argv.includes('noundo');
/** What went wrong, and in which histories. */
const wrong = new Map<string, number[]>();
let bold = 0;
let acts = 0;
const started = performance.now();
for (let seed = from; seed <= to; seed++) {
	const outcome = play({ seed, steps, without, withUndo: !neverUndoes && seed % 3 > 0 });
	acts += outcome.acts;
	if (outcome.bold.length > 0) bold++;
	for (const what of new Set(outcome.wrong.map((line) => line.replace(/: .*/, '')))) {
		wrong.set(what, [...(wrong.get(what) ?? []), seed]);
		process.stdout.write(`WRONG ${what}: ${seed}\n`);
	}
	const played = seed - from + 1;
	if (played % PROGRESS_EVERY === 0) process.stdout.write(`${played} histories played\n`);
}
const seconds = Math.round((performance.now() - started) / 1000);
process.stdout.write(
	`${to - from + 1} histories, ${acts} acts, ${seconds} s; in ${bold} of them something is not as bold as somebody meant\n`
);
for (const [what, seeds] of wrong)
	process.stdout.write(`WRONG ${what}: in ${seeds.length}, for example ${seeds.slice(0, 6).join(', ')}\n`);
process.exit(wrong.size > 0 ? 1 : 0);
