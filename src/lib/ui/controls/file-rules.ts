/**
 * Whether a file may be dropped or chosen, judged the way an input's `accept` is: by extension (`.docx`), media type
 * (`text/html`) or family (`image/*`). The server checks the true content again.
 */
export function acceptsFile(accept: string, file: { name: string; type: string }): boolean {
	const rules = accept
		.split(',')
		.map((rule) => rule.trim().toLowerCase())
		.filter(Boolean);
	if (rules.length === 0) return true;
	const name = file.name.toLowerCase();
	const type = file.type.toLowerCase();
	return rules.some((rule) => {
		if (rule.startsWith('.')) return name.endsWith(rule);
		if (rule.endsWith('/*')) return type.startsWith(rule.slice(0, -1));
		return type === rule;
	});
}
