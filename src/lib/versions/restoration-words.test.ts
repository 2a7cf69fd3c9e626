import { afterEach, expect, test, vi } from 'vitest';
import { restorationSaid } from './restoration-words.ts';
import type { Restoration } from './restorations.ts';

const NOW = Date.parse('2026-11-29T10:00:00Z');
const at = (secondsAgo: number) => new Date(NOW - secondsAgo * 1000).toISOString();
const restoration = (more: Partial<Restoration>): Restoration => ({
	id: 'r1',
	version: { id: 'v1', label: 'Dự thảo lần 1', createdAt: at(9000) },
	uid: null,
	citation: '',
	restoredBy: { id: 'lan', name: 'Lan', title: '', agency: '' },
	restoredAt: at(2),
	takenBack: null,
	...more
});

function answering(...items: Restoration[]) {
	vi.stubGlobal('fetch', async () => Response.json({ items, next: null }, { headers: { date: new Date(NOW).toUTCString() } }));
}

afterEach(() => vi.unstubAllGlobals());

test('what somebody else has just restored is said once', async () => {
	const told = new Set<string>();
	answering(restoration({}));
	expect(await restorationSaid('d', 'hoa', told)).toBe('Lan vừa khôi phục cả văn bản theo Dự thảo lần 1.');
	expect(await restorationSaid('d', 'hoa', told)).toBeNull();
	answering(restoration({ citation: 'khoản 2 Điều 5', restoredAt: at(50), takenBack: { by: 'Bình', at: at(1) } }));
	expect(await restorationSaid('d', 'hoa', told)).toBe('Bình vừa hoàn tác việc khôi phục khoản 2 Điều 5 theo Dự thảo lần 1.');
});

test('what is old, and what one did oneself, is not', async () => {
	answering(restoration({ restoredAt: at(300) }));
	expect(await restorationSaid('d', 'hoa', new Set())).toBeNull();
	answering(restoration({}));
	expect(await restorationSaid('d', 'lan', new Set())).toBeNull();
});
