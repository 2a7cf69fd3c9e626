import { fold } from '../../base/fold.ts';
import type { Icon } from '../icon.ts';

/** Something the command palette can go to or do. */
export interface Command {
	id: string;
	label: string;
	/** Quieter text behind the label: the agency of a document, the kind of a thing. */
	hint?: string;
	icon?: Icon;
	/** Other words people may type for it. */
	keywords?: string;
	shortcut?: string;
	href?: string;
	run?: () => void;
}

export interface CommandGroup {
	heading: string;
	commands: readonly Command[];
}

/**
 * The groups with only the commands that match, best first; groups without a match are left out. Every typed word must
 * begin a word (best), or occur in the text, whatever its diacritics and order: `chuyen doi` finds "Chuyển đổi số".
 */
export function matchCommands(groups: readonly CommandGroup[], query: string): CommandGroup[] {
	const words = fold(query).split(/\s+/).filter(Boolean);
	if (words.length === 0) return groups.filter((group) => group.commands.length > 0);
	return groups
		.map((group) => ({
			heading: group.heading,
			commands: group.commands
				.map((command) => ({ command, score: score(command, words) }))
				.filter(({ score }) => score > 0)
				.sort((a, b) => b.score - a.score)
				.map(({ command }) => command)
		}))
		.filter((group) => group.commands.length > 0);
}

function score(command: Command, words: readonly string[]): number {
	const label = fold(command.label);
	const rest = fold(`${command.hint ?? ''} ${command.keywords ?? ''}`);
	let sum = label.startsWith(words.join(' ')) ? 4 : 0;
	for (const word of words) {
		if (beginsWord(label, word)) sum += 3;
		else if (label.includes(word)) sum += 2;
		else if (rest.includes(word)) sum += 1;
		else return 0;
	}
	return sum;
}

function beginsWord(text: string, word: string): boolean {
	return text.startsWith(word) || text.includes(` ${word}`);
}
