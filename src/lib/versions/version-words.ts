import { counted, formatDate, formatNumber } from '../i18n/formats.ts';
import { m } from '../i18n/paraglide/messages.js';
import type { Version } from './versions.ts';

/** What a version is called: its label, or the day of a restore point. */
export function versionName({ label, createdAt }: Pick<Version, 'label' | 'createdAt'>): string {
	return label || m.versions_restore_point_of({ date: formatDate(createdAt) });
}

/** Who froze it, and for which agency; of a restore point that it came by itself. */
export function versionAuthor({ createdBy }: Pick<Version, 'createdBy'>): string {
	return createdBy ? [createdBy.name, createdBy.agency].filter(Boolean).join(' · ') : m.versions_restore_point_text();
}

export function versionSize({ provisionCount, wordCount }: Pick<Version, 'provisionCount' | 'wordCount'>): string {
	return m.versions_size({ provisions: counted(provisionCount).shown, words: formatNumber(wordCount) });
}
