import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { toast, toasts } from './toast.svelte.ts';

beforeEach(() => {
	vi.useFakeTimers();
});
afterEach(() => {
	for (const { id } of [...toasts.shown]) toasts.dismiss(id);
	vi.useRealTimers();
});

const texts = () => toasts.shown.map(({ text }) => text);

test('a message leaves by itself after five seconds', () => {
	toast({ text: 'Đã lưu' });
	vi.advanceTimersByTime(4_999);
	expect(texts()).toEqual(['Đã lưu']);
	vi.advanceTimersByTime(1);
	expect(texts()).toEqual([]);
});

test('a message with an undo stays twice as long, and an error until it is dismissed', () => {
	toast({ text: 'Đã xóa', action: { label: 'Hoàn tác', run() {} } });
	toast({ text: 'Không lưu được', tone: 'error' });
	vi.advanceTimersByTime(9_999);
	expect(texts()).toEqual(['Đã xóa', 'Không lưu được']);
	vi.advanceTimersByTime(60_000);
	expect(texts()).toEqual(['Không lưu được']);
});

test('time stands still while somebody reads', () => {
	toast({ text: 'Đã lưu' });
	vi.advanceTimersByTime(4_000);
	toasts.pause();
	vi.advanceTimersByTime(60_000);
	expect(texts()).toEqual(['Đã lưu']);
	toasts.resume();
	vi.advanceTimersByTime(1_000);
	expect(texts()).toEqual([]);
});

test('the oldest give way to the fifth', () => {
	for (const text of ['1', '2', '3', '4', '5']) toast({ text });
	expect(texts()).toEqual(['2', '3', '4', '5']);
});
