import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const SHARED = resolve(import.meta.dirname, '../../../shared/data/legal');

/** A law of 220 articles: the real one where the shared folder is there, else a generated text of the same shape. */
export function lawText(): { text: string; source: string } {
	const real = existsSync(SHARED) ? readdirSync(SHARED).find((name) => name.startsWith('45-2019')) : undefined;
	if (real) return { text: readFileSync(join(SHARED, real), 'utf8'), source: 'a law of 220 articles' };
	return { text: generatedLaw(), source: 'a generated law of 220 articles' };
}

const SENTENCE =
	'Cơ quan, tổ chức, cá nhân có liên quan chịu trách nhiệm phối hợp thực hiện, bảo đảm công khai, minh bạch và đúng thời hạn theo quy định của pháp luật';

function generatedLaw(): string {
	const lines = [
		'QUỐC HỘI',
		'CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM',
		'Độc lập - Tự do - Hạnh phúc',
		'LUẬT MẪU',
		'Căn cứ Hiến pháp;'
	];
	let article = 0;
	for (const chapter of [
		'I',
		'II',
		'III',
		'IV',
		'V',
		'VI',
		'VII',
		'VIII',
		'IX',
		'X',
		'XI',
		'XII',
		'XIII',
		'XIV',
		'XV',
		'XVI',
		'XVII'
	]) {
		lines.push(`Chương ${chapter}`, 'QUY ĐỊNH MẪU');
		const last = chapter === 'XVII' ? 220 : article + 13;
		while (article < last) {
			lines.push(`Điều ${++article}. Tên điều thứ ${article}`);
			for (let clause = 1; clause <= 2; clause++) {
				lines.push(`${clause}. ${SENTENCE}, bao gồm:`);
				for (const point of ['a', 'b']) lines.push(`${point}) ${SENTENCE};`);
			}
		}
	}
	return lines.join('\n');
}

/** A decree with so many provisions, as long as the longest real ones: nine to each article. */
export function decreeText(provisions: number): string {
	const lines: string[] = [];
	for (let nth = 0; nth < provisions; nth++) {
		const at = nth % 9;
		if (at === 0) lines.push(`Điều ${nth / 9 + 1}. Tên điều thứ ${nth / 9 + 1}`);
		else if (at % 3 === 1) lines.push(`${Math.ceil(at / 3)}. ${SENTENCE}, bao gồm:`);
		else lines.push(`${at % 3 === 2 ? 'a' : 'b'}) ${SENTENCE};`);
	}
	return lines.join('\n');
}
