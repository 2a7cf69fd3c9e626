/** A figure of the bench, printed and written as a row. */
export interface Figure {
	what: string;
	value: string;
	aim?: string;
}

/** The value below which the share `p` (0–1) of the samples lies. */
export function percentile(samples: number[], p: number): number {
	const sorted = [...samples].sort((a, b) => a - b);
	return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * p))];
}

export function milliseconds(samples: number[], p: number): string {
	return `${percentile(samples, p).toFixed(1)} ms`;
}

export function printFigures(title: string, figures: Figure[]): void {
	const width = Math.max(...figures.map(({ what }) => what.length));
	process.stdout.write(`\n${title}\n`);
	for (const { what, value, aim } of figures)
		process.stdout.write(`  ${what.padEnd(width)}  ${value}${aim ? `  (aim ${aim})` : ''}\n`);
}
