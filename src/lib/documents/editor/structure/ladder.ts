import type { Node } from '@tiptap/pm/model';
import { LEVELS, levelRank, type Level } from '../../../text/levels.ts';
import { profileOf, type ProfileId } from '../../schema/profiles.ts';
import { ancestors, levelOf, usedLevels } from './blocks.ts';

const STATE: Level[] = ['chapter', 'section', 'article', 'clause', 'point', 'indent'];
const PARTY: Level[] = ['section', 'clause', 'point', 'indent'];

/** The steps between which Tab and Shift-Tab move: those usual in the profile and those that the document uses. */
export function ladder(doc: Node, profile: ProfileId): Level[] {
	const usual = profileOf(profile).family === 'party' ? PARTY : STATE;
	const used = usedLevels(doc);
	return LEVELS.filter((level) => usual.includes(level) || used.has(level));
}

/** One step down (1) or up (-1) the ladder; null beyond its ends. */
export function step(steps: readonly Level[], level: Level, by: 1 | -1): Level | null {
	return steps[steps.indexOf(level) + by] ?? null;
}

/**
 * The level of a provision written directly under the block at `index`: that of its first child; else that of the first
 * child of the last sibling that has one; else what is usual (an article under a chapter, a clause under `I-`).
 */
export function childLevel(doc: Node, index: number, profile: ProfileId): Level {
	const level = levelOf(doc.child(index)) ?? 'article';
	const own = firstChild(doc, index, level);
	if (own) return own;
	for (let at = index - 1; at >= 0; at--) {
		if (levelOf(doc.child(at)) !== level) continue;
		const siblings = firstChild(doc, at, level);
		if (siblings) return siblings;
	}
	if (level === 'indent') return 'indent';
	const isRoman = profileOf(profile).family === 'party' || doc.child(index).attrs.mark === 'roman';
	if (levelRank(level) < levelRank('article')) return isRoman ? 'clause' : 'article';
	return LEVELS[levelRank(level) + 1] ?? 'indent';
}

/** The level that a plain paragraph at `index` gets when it becomes a provision: one below what it stands under. */
export function levelInPlace(doc: Node, index: number, profile: ProfileId): Level {
	for (let at = index - 1; at >= 0; at--) {
		if (levelOf(doc.child(at)) !== null) return childLevel(doc, at, profile);
		if (doc.child(at).type.name === 'appendix') break;
	}
	return profileOf(profile).family === 'party' ? 'section' : 'article';
}

/** The level of the provision that contains the one at `index`; null when none does. */
export function parentLevel(doc: Node, index: number): Level | null {
	const [parent] = ancestors(doc, index);
	return parent === undefined ? null : levelOf(doc.child(parent));
}

function firstChild(doc: Node, index: number, level: Level): Level | null {
	for (let at = index + 1; at < doc.childCount; at++) {
		const next = levelOf(doc.child(at));
		if (next) return levelRank(next) > levelRank(level) ? next : null;
		if (doc.child(at).type.name === 'appendix') return null;
	}
	return null;
}
