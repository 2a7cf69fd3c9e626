export type Theme = 'light' | 'dark' | 'system';

const THEMES: readonly Theme[] = ['light', 'dark', 'system'];

/** Cookie the server reads to write `data-theme` into the page before it is first painted. */
const THEME_COOKIE = 'plenum_theme';

const YEAR_SECONDS = 60 * 60 * 24 * 365;

/** The theme a cookie or a form field asks for; anything unknown follows the device. */
function parseTheme(value: string | null | undefined): Theme {
	return THEMES.find((theme) => theme === value) ?? 'system';
}

/** Shows the theme now and keeps it for the next visit. Browser only. */
export function applyTheme(theme: Theme): void {
	document.documentElement.dataset.theme = theme;
	const secure = location.protocol === 'https:' ? '; secure' : '';
	document.cookie = `${THEME_COOKIE}=${theme}; path=/; max-age=${YEAR_SECONDS}; samesite=lax${secure}`;
}

/** The theme the page shows now. */
export function currentTheme(): Theme {
	return typeof document === 'undefined' ? 'system' : parseTheme(document.documentElement.dataset.theme);
}
