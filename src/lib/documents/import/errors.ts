/**
 * Why a file cannot be imported. `empty`: nothing in it. `old-word`: a .doc of Word 97–2003, or a Word file with a
 * password. `pdf`, `rtf`: those formats. `zip`: an archive that is no Word file. `broken`: a Word file that cannot be
 * read. `large`: it holds or unpacks to more than is allowed. `unknown`: anything else that is not text.
 */
const IMPORT_PROBLEMS = ['empty', 'old-word', 'pdf', 'rtf', 'zip', 'broken', 'large', 'unknown'] as const;

export type ImportProblem = (typeof IMPORT_PROBLEMS)[number];

/** A file that cannot be imported; nothing was stored. */
export class ImportError extends Error {
	readonly problem: ImportProblem;

	constructor(problem: ImportProblem, options?: ErrorOptions) {
		super(`This file cannot be imported: ${problem}.`, options);
		this.name = 'ImportError';
		this.problem = problem;
	}
}
