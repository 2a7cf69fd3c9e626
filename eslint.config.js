import svelte from 'eslint-plugin-svelte';
import ts from 'typescript-eslint';

/** Templates and scripts of .svelte files, without types (with them it takes minutes); oxlint reads every .ts. */
export default [
	{ ignores: ['.svelte-kit', 'build', 'src/lib/i18n/paraglide', '**/*.js', '**/*.ts'] },
	...svelte.configs.recommended,
	{
		files: ['**/*.svelte'],
		linterOptions: { reportUnusedDisableDirectives: 'error' },
		languageOptions: { parserOptions: { parser: ts.parser } },
		plugins: { '@typescript-eslint': ts.plugin },
		rules: {
			'@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_' }],
			'@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
			// Plenum is served at the root of its host.
			'svelte/no-navigation-without-resolve': 'off',
			// Maps and addresses are replaced whole, never changed in place.
			'svelte/prefer-svelte-reactivity': 'off'
		}
	}
];
