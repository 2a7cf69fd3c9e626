import { expect, it } from 'vitest';
import { nameBeingTyped, piecesOf, toBody, toWords } from './mentions.ts';

const ID = '0f8fad5b-d9cb-469f-a165-70867728950e';
const bình = { type: 'person' as const, id: ID, name: 'Trần Thị Bình' };
const sở = { type: 'agency' as const, id: ID.replace('0f', 'af'), name: 'Sở Tài chính' };

it('a comment is words and the names in it', () => {
	expect(piecesOf(`Nhờ @[Trần Thị Bình](person:${ID}) xem`)).toEqual(['Nhờ ', bình, ' xem']);
	expect(piecesOf(`@[x](team:${ID}) a@b.vn @[](person:${ID})`)).toHaveLength(1);
});

it('in a field a name is read as a name, and sent as who was chosen', () => {
	const body = `Nhờ @[Trần Thị Bình](person:${ID}) và @[Sở Tài chính](agency:${sở.id})`;
	const { words, mentions } = toWords(body);
	expect(words).toBe('Nhờ @Trần Thị Bình và @Sở Tài chính');
	expect(toBody(words, mentions)).toBe(body);
	expect(toBody('Nhờ @Trần Thị Bình', [])).toBe('Nhờ @Trần Thị Bình');
	expect(toBody('@Sở Tài', mentions), 'half a name is words').toBe('@Sở Tài');
});

it('of two names the longer one counts where both stand', () => {
	const long = { type: 'agency' as const, id: ID, name: 'Sở Tài chính thành phố' };
	expect(toBody('@Sở Tài chính thành phố', [sở, long])).toBe(`@[Sở Tài chính thành phố](agency:${ID})`);
});

it('a name is being typed behind an @ that begins a word', () => {
	expect(nameBeingTyped('Nhờ @Trần Th', 12)).toEqual({ from: 4, query: 'Trần Th' });
	expect(nameBeingTyped('@', 1)).toEqual({ from: 0, query: '' });
	expect(nameBeingTyped('thu@coquan.vn', 13)).toBeNull();
	expect(nameBeingTyped('@ xem', 5)).toBeNull();
});
