const BASIS = /^[-–]?\s*(?:Căn cứ|Thực hiện|Theo đề nghị|Xét|Trên cơ sở|Quán triệt|Thi hành)\s/u;
const ENACTING = /^(?:QUYẾT NGHỊ|QUYẾT ĐỊNH|NGHỊ QUYẾT|NGHỊ ĐỊNH|CHỈ THỊ|KẾT LUẬN)\s*:$/u;

/** Whether a line begins as a legal basis does. */
export function isBasis(text: string): boolean {
	return BASIS.test(text);
}

/** Whether a line that begins so is a basis anywhere before the text, and not only among others. */
export function isSurelyBasis(text: string): boolean {
	return text.endsWith(';') || /^[-–]?\s*Căn cứ/u.test(text);
}

/** Whether a line is the enacting line: `QUYẾT NGHỊ:`. */
export function isEnacting(text: string): boolean {
	return ENACTING.test(text);
}
